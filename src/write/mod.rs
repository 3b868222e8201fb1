//! Writing: articles become outputs.
//!
//! A writer is split in two. [`Writer::encode`] turns one article into a part, purely and in
//! parallel, and does everything dear: markup, escaping, compression. A [`Sink`] appends parts
//! serially and in order, and does as little as it can. So the bytes of an output can't depend on
//! the number of threads.

pub mod feed;
mod lane;
mod staging;
mod stubs;
pub mod xhtml;

pub use feed::{Atom, JsonFeed, Rss};
pub use lane::{AnyWriter, Bank, Lane};
pub use staging::{Committed, OutputFolder, Sealed, Staged};
pub use stubs::Epub;

use crate::error::{Result, Warning};
use crate::model::{Address, Article, Catalogue, Format, Pictures, Publication, Selection};

/// Makes outputs of one format.
pub trait Writer: Send + Sync {
    /// What one article contributes to the outputs.
    type Part: Send;

    /// What the registry tells about the writer.
    fn format(&self) -> &Format;

    /// Whether its outputs hold pictures, so that they have to be downloaded.
    fn embeds_pictures(&self) -> bool;

    /// Which articles its outputs hold. The others are not read on its behalf.
    fn select(&self, run: &Run<'_>) -> Selection;

    /// Whether a file of this name in the output folder is one that this writer makes for this
    /// publication in some run. What it claims and no longer makes is reported, or removed with
    /// `--prune`.
    fn claims(&self, name: &str, run: &Run<'_>) -> bool;

    /// Turns one article into its part. Pure: the same article, pictures and settings give the
    /// same part.
    ///
    /// # Errors
    /// [`crate::Error::Writer`], where a library that it builds on refuses.
    fn encode(
        &self,
        article: &Article,
        position: usize,
        pictures: &Pictures,
        run: &Run<'_>,
    ) -> Result<Self::Part>;

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
}

/// A finished output that waits to be put into place.
#[derive(Debug)]
pub struct Output {
    /// The file.
    pub file: Staged,
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
}

/// What the table of contents groups articles by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Year or month, then day.
    #[default]
    Date,
    /// Source, then month.
    Source,
}
