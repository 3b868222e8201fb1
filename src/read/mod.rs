//! Reading: an archive's files become [`Entry`](crate::model::Entry)s, untrusted and in one piece.
//!
//! A run goes over a file twice. [`Reader::scan`] tells where its articles lie and what their heads
//! say; [`Reader::load`] reads one of them, so that a file of ten thousand articles is never held
//! whole. A format is a file in this folder and one line in the registry.

mod archive;
mod coding;
mod container;
mod epub;
mod evernote;
mod exports;
pub mod feed;
mod front_matter;
mod item;
mod json;
mod mail;
mod markdown;
mod mhtml;
mod page;
mod passages;
mod passed_over;
mod places;
mod probe;
mod seeming;
mod services;
mod side_files;
mod single;
mod source;
mod walk;
mod warc;
mod wordpress;
mod xhtml;
mod zip;

pub use archive::Archive;
pub use container::{MemberPlace, open_container, open_container_in_memory, parted, read_list};

pub use epub::Epub;
pub use evernote::Evernote;
pub use exports::{Ghost, Medium, Omnivore, ReaderJson, Substack, Wallabag};
pub use feed::Feed;

pub use front_matter::FrontMatter;
pub use item::{Item, Loaded, Locator};
pub use mail::Mail;
pub use markdown::Markdown;
pub use mhtml::Mhtml;
pub use page::Page;
pub use passed_over::PassedOver;
pub use probe::{Probe, SNIFF_LENGTH};
pub use seeming::{FileKind, Seeming, seems_to_be};
pub(crate) use seeming::{holds_addresses_only, source_seems_to_be};
pub(crate) use services::is_private;
pub(crate) use side_files::without_side_files;
pub use source::encoding::MOST_BYTES;
pub use source::file::FileSource;
pub use source::{MemorySource, Source, Span, SpanReader};
pub use walk::{FileList, walk};
pub use warc::Warc;
pub use wordpress::WordPress;

use crate::error::Warning;
use crate::model::Format;

/// Reads one file format. Implementations hold no state, so that one serves all threads.
///
/// A format with one article a file tells its own files from others and makes an
/// [`Entry`](crate::model::Entry) of one:
///
/// ```
/// use offprint::model::{Entry, Format, Markup};
/// use offprint::reader::{Confidence, Loaded, Locator, Probe, ReadOptions, Reader, Source};
/// use offprint::{Input, Registry, Settings, Unobserved, Warning, convert};
///
/// /// Reads notes: a title, an empty line, and the text in HTML.
/// struct Note;
///
/// static NOTE: Format = Format {
///     name: "note",
///     description: "Notes",
///     files: "*.note",
///     options: &["from", "encoding"],
/// };
///
/// impl Reader for Note {
///     fn format(&self) -> &Format {
///         &NOTE
///     }
///
///     fn sniff(&self, probe: &Probe<'_>) -> Confidence {
///         match probe.name().ends_with(".note") {
///             true => Confidence::Certain,
///             false => Confidence::No,
///         }
///     }
///
///     fn load(&self, source: &dyn Source, at: &Locator, options: &ReadOptions) -> Result<Loaded, Warning> {
///         let (text, warnings) = source.text(at, options)?;
///         let (title, body) = text.split_once("\n\n").unwrap_or(("", &text));
///         let mut head = source.head(at);
///         head.title = Some(title.to_owned());
///         let entry = Entry {
///             head,
///             body_line: 3,
///             markup: Markup::Article(body.to_owned()),
///             resources: source.resources(),
///         };
///         Ok(Loaded { entry, warnings })
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let note = Input::memory("lamp.note", "The lamp is lit\n\n<p>It shines again.</p>");
/// let folder = tempfile::tempdir()?;
/// let mut settings = Settings::for_inputs([note]);
/// settings.out = folder.path().to_owned();
/// let report = convert(&Registry::standard().with_reader(Note), &settings, &Unobserved)?;
/// assert_eq!(report.articles.written, 1);
/// # Ok(())
/// # }
/// ```
///
/// A format with several articles a file brings a [`Reader::scan`] of its own, which tells where each
/// of them lies.
pub trait Reader: Send + Sync {
    /// What the registry tells about the reader.
    fn format(&self) -> &Format;

    /// How sure the reader is that a file is its own.
    fn sniff(&self, probe: &Probe<'_>) -> Confidence;

    /// Whether what the reader gives are saved pages of any kind, which may hold no article at all: such
    /// pages are passed over with a warning.
    fn gives_pages(&self) -> bool {
        false
    }

    /// Goes over a file once, from first to last, and gives each article in it to `each`, in the
    /// order in which they stand. What can't be read as an article is passed over with a warning;
    /// what gives cause to warn of an article that can be read is left to [`Reader::load`].
    ///
    /// As it stands here, it is for formats with one article a file, and loads that one.
    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let at = Locator::whole(source.length());
        let loaded = self.load(source, &at, options);
        match (loaded, source.digest()) {
            (Err(warning), _) => vec![warning],
            (Ok(_), Err(error)) => vec![source.unreadable(&error)],
            (Ok(loaded), Ok(content)) => {
                each(Item::new(at, loaded.entry, content));
                Vec::new()
            }
        }
    }

    /// Reads one article. Its head is the one that [`Reader::scan`] gave, and the time that it takes
    /// depends on the article's length, not on that of the file.
    ///
    /// # Errors
    /// A warning where the article can't be read, or is not there any more.
    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning>;

    /// Whether articles are made of other files too, so that a file that stayed as it was does not
    /// tell that they did.
    fn reads_neighbours(&self) -> bool {
        false
    }
}

/// What users say about files beside their names.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The charset of files that are not UTF-8, if it is not to be guessed.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Whether the reader was named by the user, who therefore knows what the files hold.
    pub is_named: bool,
}

/// How sure a reader is that a file is its own. The surest reader gets the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Confidence {
    /// It is not, and the file may be passed over quietly if no other reader wants it.
    No,
    /// It may be: the reader would read it, or warn that it is broken.
    Maybe,
    /// It is.
    Certain,
}
