//! The document model: what readers make and writers take.
//!
//! Two kinds of content are kept apart by type. An [`Entry`] is what a reader found, untrusted;
//! an [`Article`] is clean by construction, so that a writer can pass on whatever it holds. This
//! module imports nothing of the crate.

mod address;
mod article;
mod body;
mod catalogue;
mod checksum;
mod date;
mod digest;
mod elements;
mod entry;
mod language;
mod newest;
mod picture;
mod profile;
mod proxy;
mod references;
mod site;
mod stamp;
mod text;

pub use address::Address;
pub(crate) use address::{decode_some, forget_user, hexadecimal_byte, is_iri};
pub use article::{Article, ArticleId, ArticleSource, Format, Publication};
pub use body::{
    Alignment, AnchorName, Block, Body, BoxKind, Captioned, Cell, CellPlace, CodeLanguage,
    Definition, Direction, Formula, Heading, HeadingLevel, Inline, InvalidFormula, LanguageSpan,
    Link, List, ListItem, Listing, MAXIMUM_DEPTH, MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS,
    Math, MathAttribute, MathElement, Note, NoteReference, Numbering, Numerals, Phrase, PhraseKind,
    RowGroup, Ruby, Scope, Shape, Table, TablePart, Target, TextBox, TooDeep, plain_text,
    says_nothing,
};
pub use catalogue::{ArticleKey, Catalogue, Listed, Selection};
pub(crate) use checksum::{Checksum, ChecksumHasher, rough_hash};
pub(crate) use date::names_month;
pub use date::{Day, Timestamp, WrittenTime};
pub use digest::Digest;
pub(crate) use elements::is_void;
pub use entry::{Byline, Entry, Head, Markup, PageTimes};
pub use language::Language;
pub use newest::Newest;
pub use picture::{
    Embed, EmbedKind, Figure, Image, ImageSource, MediaType, Original, Picture, PictureBytes,
    PictureFile, Pictures, Rendition, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources, ShownResources,
};
pub use profile::Profile;
pub(crate) use references::{numbered, push_escaped};
pub use site::{Proxy, Site, Sites};
pub(crate) use stamp::{Moment, Stamp};
pub use text::{CleanText, is_invisible, is_xml_character};
pub(crate) use text::{Words, is_character, is_han, names_nothing};

/// A time zone of the IANA database.
pub type Zone = chrono_tz::Tz;
