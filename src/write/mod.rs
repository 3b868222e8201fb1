//! Writing: articles become outputs.
//!
//! A writer is split in two. [`Writer::encode`] turns one article into a part, purely and in
//! parallel, and does everything dear: markup, escaping, compression. A [`Sink`] appends parts
//! serially and in order, and does as little as it can. So the bytes of an output can't depend on
//! the number of threads.

pub mod epub;
pub mod feed;
mod html;
mod icon;
mod opds;
mod staging;
mod subject;
mod unit;
mod write_behind;
mod writer_run;
pub mod xhtml;

pub use epub::Epub;
pub use feed::{Atom, JsonFeed, Opml, Rss};
pub use staging::{Committed, OutputFolder, Sealed, Staged, remove_temporary_files};
pub(crate) use staging::{DEPTH, remove_files};
pub use subject::Subject;
pub use unit::{Kept, Unit, articles_of};
pub use writer_run::{AnyWriter, EncodedPart, WriterRun};

use crate::error::{Result, Warning};
use crate::model::{Address, Catalogue, Format, Publication, Timestamp};

/// Makes outputs of one format.
pub trait Writer: Send + Sync {
    /// What one article contributes to the outputs.
    type Part: Send;

    /// What the registry tells about the writer.
    fn format(&self) -> &Format;

    /// Whether its outputs hold pictures, so that they have to be downloaded.
    fn embeds_pictures(&self) -> bool;

    /// What its outputs are made of, in units that are made or kept whole. A writer whose outputs
    /// all depend on everything has one, [`Unit::whole`]. Articles in no unit are not read on its
    /// behalf; those of a unit that is kept ([`Run::kept`]) are not handed to it.
    fn units(&self, run: &Run<'_>) -> Vec<Unit>;

    /// Whether a file of this name in the output folder is one that this writer makes for this
    /// publication in some run. What it claims, no longer makes and is not noted as having made is
    /// named in the report, and left alone.
    fn claims(&self, name: &str, run: &Run<'_>) -> bool;

    /// Turns one article into its part. Pure: the same article, pictures and settings give the
    /// same part. The subject's run is the one that the outputs were opened with.
    ///
    /// # Errors
    /// [`crate::Error::Writer`], where a library that it builds on refuses.
    fn encode(&self, subject: &Subject<'_>) -> Result<Self::Part>;

    /// Begins the outputs.
    ///
    /// # Errors
    /// Where a file can't be made in the output folder.
    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Self::Part> + 'run>>;
}

/// Takes the parts of a writer's outputs in the catalogue's order.
pub trait Sink: Send {
    /// What one article contributes.
    type Part: Send;

    /// Adds the part of the article at `position` of the catalogue.
    ///
    /// # Errors
    /// Where the output can't be written.
    fn append(&mut self, position: usize, part: Self::Part) -> Result<()>;

    /// Ends the outputs and hands them over; they are put into place by the caller.
    ///
    /// # Errors
    /// Where the output can't be written.
    fn finish(self: Box<Self>) -> Result<Vec<Output>>;
}

/// What all writers of a run know.
#[derive(Clone, Copy, Debug)]
pub struct Run<'run> {
    /// The publication.
    pub publication: &'run Publication,
    /// The settings.
    pub settings: &'run Settings,
    /// Every article of the run, in order.
    pub catalogue: &'run Catalogue,
    /// The units of earlier runs that stand and are not to be made.
    pub kept: &'run Kept,
}

/// A finished output that waits to be put into place.
#[derive(Debug)]
pub struct Output {
    /// The file.
    pub file: Sealed,
    /// The unit that it belongs to; none where it is made whenever its writer makes anything.
    pub unit: Option<String>,
    /// What the writer wants to know of it in later runs that keep the unit ([`Kept::notes`]).
    pub note: Option<String>,
    /// The number of articles in it.
    pub articles: usize,
    /// What was shortened or could not be done.
    pub warnings: Vec<Warning>,
}

/// Settings of all writers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Settings of the feeds.
    pub feeds: FeedSettings,
    /// Settings of the books.
    pub book: BookSettings,
    /// Whether the run makes both books and feeds that can name a file of theirs: then a small
    /// square of the newest cover (`NAME-icon.jpg`) stands for the publication in the feeds.
    pub icon: bool,
}

/// Settings of the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedSettings {
    /// The number of newest articles in a subscription document; `None` is all.
    pub items: Option<usize>,
    /// Which address of a picture the feeds name.
    pub image_addresses: ImageAddresses,
    /// How much of an article an item holds.
    pub content: FeedContent,
    /// Archive documents beside the subscription documents (RFC 5005, section 4).
    pub archive: FeedArchive,
    /// Whether each source has subscription documents of its own.
    pub by_source: bool,
    /// The most bytes that a document may have; `None` is no bound.
    pub max_bytes: Option<u64>,
    /// WebSub hubs that tell subscribers of changes. They need a base address.
    pub hubs: Vec<Address>,
    /// How long a program may wait before it asks for an RSS feed again, in minutes.
    pub minutes_to_live: Option<u32>,
    /// The names of the feed formats that the run writes. The outline (`feeds.opml`) leads to each
    /// feed in the first of them.
    pub outlined: Vec<String>,
}

impl Default for FeedSettings {
    fn default() -> Self {
        FeedSettings {
            items: Some(50),
            image_addresses: ImageAddresses::default(),
            content: FeedContent::default(),
            archive: FeedArchive::default(),
            by_source: false,
            max_bytes: None,
            hubs: Vec::new(),
            minutes_to_live: Some(60),
            outlined: vec!["atom".to_owned(), "rss".to_owned(), "json".to_owned()],
        }
    }
}

/// How much of an article an item holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedContent {
    /// Summary and text.
    #[default]
    Full,
    /// The summary only.
    Summary,
}

/// The periods of archive documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedArchive {
    /// There are none.
    #[default]
    None,
    /// One document a month.
    Month,
    /// One document a year.
    Year,
}

/// Which address of a picture the feeds name in their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImageAddresses {
    /// The one that the archive names, which may lead through a proxy that its readers need.
    #[default]
    Archived,
    /// The picture's own.
    Origin,
}

/// Settings of the books.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookSettings {
    /// The levels of the table of contents.
    pub group_by: GroupBy,
    /// Where one volume ends and the next begins.
    pub split: Split,
    /// The bound of one volume's file in bytes. With [`Split::Never`] there is one book as long as
    /// it stays within the bound, and volumes as with [`Split::Size`] when it does not.
    pub max_size: Option<u64>,
    /// Whether Traditional Chinese and Japanese are set vertically, pages turning to the left.
    pub vertical: bool,
    /// A style sheet beside the built-in one, or in its place.
    pub style: Style,
    /// The size of the cover picture in pixels.
    pub cover: CoverSize,
    /// The time that stands for the newest article's as the time of the last change
    /// (`SOURCE_DATE_EPOCH`).
    pub modified: Option<Timestamp>,
    /// The paths, relative to the input, of articles that could not be read; the colophon lists
    /// them.
    pub unreadable: Vec<String>,
}

/// Where one volume of a book ends and the next begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// One book.
    #[default]
    Never,
    /// A volume a year.
    Year,
    /// A volume a month.
    Month,
    /// A volume a week, by ISO 8601: from Monday, named by the week's own year.
    Week,
    /// A volume a day.
    Day,
    /// As many days in a volume as [`BookSettings::max_size`] allows; 50 MB where it is not set.
    Size,
}

/// What a book looks like, beside the built-in style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// The built-in style sheet alone.
    #[default]
    BuiltIn,
    /// CSS that follows the built-in style sheet.
    Added(String),
    /// CSS that takes its place.
    Replaced(String),
}

/// The size of a cover picture in pixels, and its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverSize {
    /// From left to right.
    pub width: u16,
    /// From top to bottom.
    pub height: u16,
    /// Whether it is grey, for electronic paper.
    pub grey: bool,
}

impl Default for CoverSize {
    /// 3:4, as most e-readers' screens.
    fn default() -> Self {
        CoverSize {
            width: 1200,
            height: 1600,
            grey: false,
        }
    }
}

/// What the table of contents groups articles by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Month, then day; years instead of months where there are more than two of them.
    #[default]
    Date,
    /// Source, then month.
    Source,
}
