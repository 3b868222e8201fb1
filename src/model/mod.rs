//! The document model: what readers make and writers take.
//!
//! Two kinds of content are kept apart by type. An [`Entry`] is what a reader found, untrusted;
//! an [`Article`] is clean by construction, so that a writer can pass on whatever it holds. This
//! module imports nothing of the crate.

mod address;
mod anchor;
mod article;
mod body;
mod captioned;
mod catalogue;
mod checksum;
mod date;
mod depth;
mod digest;
mod entry;
mod formula;
mod host;
mod image;
mod inline;
mod language;
mod list;
mod listing;
mod newest;
mod note;
mod phrase;
mod picture;
mod profile;
mod proxy;
mod resource;
mod site;
mod stamp;
mod table;
mod text;
mod text_box;

pub use address::Address;
pub(crate) use address::{decode_some, forget_user, hexadecimal_byte, is_iri};
pub use anchor::AnchorName;
pub use article::{Article, ArticleId, Format, Publication, Source};
pub use body::{Block, Body, Heading, HeadingLevel, MAXIMUM_DEPTH, TooDeep};
pub use captioned::Captioned;
pub use catalogue::{ArticleKey, Catalogue, Listed, Selection};
pub(crate) use checksum::{Checksum, ChecksumHasher};
pub(crate) use date::names_month;
pub use date::{Day, Timestamp, WrittenTime};
pub use digest::Digest;
pub use entry::{Byline, Entry, Head, Markup, PageTimes};
pub use formula::{
    Formula, InvalidFormula, MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathAttribute,
    MathElement, Shape,
};
pub use image::{Embed, EmbedKind, Figure, Image, ImageSource};
pub use inline::{Direction, Inline, Link, Ruby, Span, Target, plain_text, says_nothing};
pub use language::Language;
pub use list::{Definition, Item, List, Numbering, Numerals};
pub use listing::{CodeLanguage, Listing};
pub use newest::Newest;
pub use note::{Note, NoteReference};
pub use phrase::{Phrase, PhraseKind};
pub use picture::{MediaType, Original, Picture, PictureBytes, PictureFile, Pictures, Rendition};
pub use profile::Profile;
pub use resource::{
    Resource, ResourceBytes, ResourceId, ResourceLookup, Resources, ShownResources,
};
pub use site::{Proxy, Site, Sites};
pub(crate) use stamp::{Moment, Stamp};
pub use table::{Alignment, Cell, CellPlace, RowGroup, Scope, Table, TablePart};
pub(crate) use text::is_character;
pub(crate) use text::names_nothing;
pub use text::{CleanText, is_invisible, is_xml_character};
pub(crate) use text::{Words, is_han};
pub use text_box::{BoxKind, TextBox};

/// A time zone of the IANA database.
pub type Zone = chrono_tz::Tz;
