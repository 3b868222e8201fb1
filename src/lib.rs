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
//! [`convert`] saves no articles: it fetches no page and watches no site, which is what the command
//! `offprint pull` does, and it downloads pictures only where [`Settings`] allow the network. The library
//! prints nothing, and writes nowhere but into the folders that [`Settings`] name. It reads a
//! configuration file only for a program that asks for it: [`settings::load`] reads an `offprint.toml`
//! and [`settings::resolve`] makes [`Settings`] of it. The command that does all this is the feature
//! `cli`, which a program of one's own turns off with `default-features = false`.

mod clean;
mod config;
mod error;
mod images;
pub mod model;
mod net;
mod options;
/// The pages whose code is to compile.
#[cfg(doctest)]
#[doc = include_str!("../docs/src/how-to/own-reader.md")]
mod own_reader {}
mod pipeline;
mod pull;
mod read;
mod registry;
mod report;
mod write;

pub use config::{Input, Settings};
pub use error::{Cause, Code, ConfigurationError, Error, Result, Warning};
pub use images::{Counts as ImageCounts, FetchEvent};
pub use pipeline::convert;
pub use registry::Registry;
pub use report::{
    Articles, BoilerplateReport, JoinedReport, Observer, OutputReport, Reason, Report, Stage,
    Unobserved,
};

/// The parts of [`Settings`].
pub mod settings {
    pub use crate::clean::Settings as CleanSettings;
    pub use crate::config::{Filter, Options, PatternOptions, Period, load, resolve};
    pub use crate::images::{Limits, NetworkLimits, Profile, Settings as ImageSettings};
    pub use crate::write::{
        BookSettings, CoverFont, CoverSize, CssMode, FeedArchive, FeedContent, FeedSettings,
        GroupBy, ImageAddresses, Settings as WriteSettings, Split, Style,
    };
}

/// What a reader of one's own needs, and the readers that Offprint brings.
pub mod reader {
    pub use crate::read::{
        Archive, Confidence, Epub as EpubReader, Evernote, Feed, FileSource, FrontMatter, Ghost,
        Item, Loaded, Locator, MOST_BYTES, Mail, Markdown, Medium, MemorySource, Mhtml, Omnivore,
        Page, Probe, ReadOptions, Reader, ReaderJson, SNIFF_LENGTH, Source, Span, SpanReader,
        Substack, Wallabag, Warc, WordPress,
    };
}

/// What a writer of one's own needs, and the writers that Offprint brings.
pub mod writer {
    pub use crate::write::{
        AnyWriter, Asset, Atom, EncodeInput, EncodedPart, Epub, JsonFeed, Kept, Kind, NoSettings,
        Opml, Output, OutputFolder, Rss, Run, Sealed, Sink, Staged, Unit, Writer, WriterRun,
        WriterSettings, articles_of, html, xhtml,
    };
}

/// What the command asks for beside the library's door. It may change with any version.
#[doc(hidden)]
pub mod command {
    pub use crate::clean::{DateSource, Removed, RemovedPicture};
    pub use crate::config::{
        MOST_JOBS, archive_folders, bytes, duration, image_cache, reading_lists,
    };
    pub use crate::images::{Cache, Prune, Summary};
    pub use crate::pipeline::{
        Statistics, Understood, Wanted, nothing_found, remove_temporary_files, statistics,
        understand, understand_each,
    };
    pub use crate::read::seems_to_be;

    /// Saving what is new in feeds and reading lists: `offprint pull`.
    pub mod pull {
        pub use crate::config::{PullSettings, resolve_pull};
        pub use crate::pipeline::pull;
        pub use crate::pull::{Counts, FeedReport, FeedStatus, Observer, PullReport};
    }
}

/// Single steps of a run, for fuzz targets and benches, which repeat one without the others. They may
/// change with any version.
#[doc(hidden)]
pub mod parts {
    /// See [`crate::model::Article`].
    pub mod clean {
        pub use crate::clean::{absence, address, body, clean, complete, dates, id, source};
    }

    /// What is taken of an archive.
    pub mod config {
        pub use crate::config::SelectionFacts;
    }

    /// Pictures, asked for one by one.
    pub mod images {
        pub use crate::images::{Candidate, ImageSet, ImageStore, Purpose, Wanted};
    }

    /// Containers before a reader sees their members.
    pub mod read {
        pub use crate::read::{open_container, open_container_in_memory};
    }
}
