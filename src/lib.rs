//! Offprint turns an archive of saved articles into feeds and e-books.
//!
//! [`convert`] reads articles (saved ones, a file each, and those of feeds), cleans them into one
//! [`model`], gets their pictures, and lets writers make RSS, Atom, JSON Feed and EPUB of them:
//!
//! ```
//! use offprint::{Input, Registry, Settings, Unobserved, convert};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let head = "<!--1640915226000-->\n[The lamp is lit](https://ada.example/lamp)\n------\n";
//! let article = Input::memory("lamp.html", format!("{head}<p>It shines again.</p>"));
//! let folder = tempfile::tempdir()?;
//! let mut settings = Settings::for_inputs([article]);
//! settings.formats = vec!["atom".to_owned(), "json".to_owned()];
//! settings.out = folder.path().join("feeds");
//! let report = convert(&Registry::standard(), &settings, &Unobserved)?;
//! assert_eq!(report.articles.written, 1);
//! assert!(settings.out.join("atom.xml").exists() && settings.out.join("feed.json").exists());
//! # Ok(())
//! # }
//! ```
//!
//! What comes from outside is never trusted: a reader makes [`model::Entry`]s of text and markup, cleaning
//! makes [`model::Article`]s of those, which can't hold raw markup, and a writer sees nothing else. What
//! was skipped, lost or guessed is a [`Warning`] in the [`Report`]; only an [`Error`] ends a run. The same
//! articles and settings give the same bytes, on any machine, with any number of threads.
//!
//! What is written can be read back: name `feeds/atom.xml` as an input, and each of its entries is an
//! article. A format of one's own is a [`reader::Reader`] or a [`writer::Writer`], added to the
//! [`Registry`].
//!
//! [`convert`] saves no articles: it fetches no page and watches no site, and downloads pictures only where
//! [`Settings`] allow the network; that is what the command `offprint pull` is for. The library prints
//! nothing, and writes nowhere but into the folders that [`Settings`] name. It reads a configuration file only for a program that asks for it:
//! [`settings::load`] reads an `offprint.toml` and [`settings::resolve`] makes [`Settings`] of it. The
//! command that does all this is the feature `cli`, which a program of one's own turns off with
//! `default-features = false`.

// What stands hidden here is for the command and the tests, and may change with any version.
#[doc(hidden)]
pub mod clean;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod images;
pub mod model;
#[doc(hidden)]
pub mod net;
mod options;
/// The pages whose code is to compile.
#[cfg(doctest)]
#[doc = include_str!("../docs/src/how-to/own-reader.md")]
mod own_reader {}
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod pull;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod registry;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod write;

pub use config::{Input, Settings};
pub use error::{Code, ConfigurationError, Error, Result, Warning};
pub use images::{Counts as ImageCounts, FetchEvent};
pub use pipeline::convert;
pub use registry::Registry;
pub use report::{Articles, Observer, OutputReport, Reason, Report, Stage, Unobserved};

/// The parts of [`Settings`].
pub mod settings {
    pub use crate::clean::Settings as CleanSettings;
    pub use crate::config::{Filter, Options, PatternOptions, Period, load, resolve};
    pub use crate::images::{Limits, Profile, Settings as ImageSettings};
    pub use crate::write::{
        BookSettings, CoverSize, FeedArchive, FeedContent, FeedSettings, GroupBy, ImageAddresses,
        Settings as WriteSettings, Split, Style,
    };
}

/// What a reader of one's own needs, and the readers that Offprint brings.
pub mod reader {
    pub use crate::read::{
        Archive, Confidence, Feed, FileSource, FrontMatter, Item, Loaded, Locator, MOST_BYTES,
        Markdown, MemorySource, Probe, ReadOptions, Reader, SNIFF_LENGTH, Source, Span, SpanReader,
    };
}

/// What a writer of one's own needs, and the writers that Offprint brings.
pub mod writer {
    pub use crate::write::{
        AnyWriter, Asset, Atom, EncodeInput, EncodedPart, Epub, JsonFeed, Kept, Kind, NoSettings,
        Opml, Output, OutputFolder, Rss, Run, Sealed, Sink, Staged, Unit, Writer, WriterRun,
        WriterSettings, html, xhtml,
    };
}
