//! Writing: articles become outputs.
//!
//! A writer is split in two. [`Writer::encode`] turns one article into a part, purely and in
//! parallel, and does everything dear: markup, escaping, compression. A [`Sink`] appends parts
//! serially and in order, and does as little as it can. So the bytes of an output can't depend on
//! the number of threads.

mod assets;
mod encode_input;
pub mod epub;
pub mod feed;
pub mod html;
mod icon;
mod opds;
mod properties;
mod settings;
mod staging;
mod unit;
mod write_behind;
mod writer_run;
pub mod xhtml;

pub use assets::Asset;
pub use encode_input::EncodeInput;
pub use epub::{
    BookSettings, CoverFont, CoverSize, CssMode, Epub, EpubOptions, GroupBy, Split, Style,
};
pub use feed::{Atom, JsonFeed, Opml, Rss};
pub use feed::{FeedArchive, FeedContent, FeedOptions, FeedSettings, ImageAddresses};
pub use properties::{Kind, Properties};
pub use settings::{NoSettings, Settings, WriterSettings};
pub(crate) use staging::{DEPTH, remove_files};
pub use staging::{OutputFolder, Sealed, Staged, remove_temporary_files};
pub use unit::{Kept, Unit, articles_of};
pub use writer_run::{AnyWriter, EncodedPart, WriterRun};

use crate::error::{Result, Warning};
use crate::model::{Catalogue, Format, Publication};

/// Makes outputs of one format.
pub trait Writer: Send + Sync {
    /// What one article contributes to the outputs.
    type Part: Send;

    /// Its settings, which `run.settings.get()` gives; [`NoSettings`] where there are none.
    type Settings: WriterSettings;

    /// What the registry tells about the writer.
    fn format(&self) -> &Format;

    /// What its outputs are to those of other writers.
    fn kind(&self) -> Kind {
        Kind::Other
    }

    /// Whether it writes where no format is asked for.
    fn is_default(&self) -> bool {
        false
    }

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
    /// same part. The input's run is the one that the outputs were opened with.
    ///
    /// # Errors
    /// [`crate::Error::Writer`], where a library that it builds on refuses.
    fn encode(&self, input: &EncodeInput<'_>) -> Result<Self::Part>;

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
#[non_exhaustive]
pub struct Run<'run> {
    /// The publication.
    pub publication: &'run Publication,
    /// The settings of all writers.
    pub settings: &'run Settings,
    /// Every article of the run, in order.
    pub catalogue: &'run Catalogue,
    /// The units of earlier runs that stand and are not to be made.
    pub kept: &'run Kept,
    /// The names of the formats that the run writes.
    pub formats: &'run [&'run str],
    /// Whether the run makes both books and feeds that can name a file of theirs: then a small
    /// square of the newest cover (`NAME-icon.jpg`) stands for the publication in the feeds.
    pub icon: bool,
    /// The paths, relative to the input, of articles that could not be read.
    pub unreadable: &'run [String],
}

impl<'run> Run<'run> {
    /// A run that writes no other format, keeps nothing and read everything.
    pub fn new(
        publication: &'run Publication,
        settings: &'run Settings,
        catalogue: &'run Catalogue,
    ) -> Self {
        Run {
            publication,
            settings,
            catalogue,
            kept: Kept::nothing(),
            formats: &[],
            icon: false,
            unreadable: &[],
        }
    }
}

/// A finished output that waits to be put into place.
#[derive(Debug)]
#[non_exhaustive]
pub struct Output {
    /// The file.
    pub file: Sealed,
    /// The unit that it belongs to; none where it is made whenever its writer makes anything.
    pub unit: Option<String>,
    /// What the writer wants to know of it in later runs that keep the unit ([`Kept::notes`]).
    pub note: Option<String>,
    /// The number of articles in it.
    pub articles: usize,
    /// The shared assets that it names ([`OutputFolder::asset`]).
    pub assets: Vec<Asset>,
    /// What was shortened or could not be done.
    pub warnings: Vec<Warning>,
}

impl Output {
    /// An output of a unit, with nothing to be said of it.
    pub fn of_unit(file: Sealed, unit: impl Into<String>, articles: usize) -> Self {
        Output {
            file,
            unit: Some(unit.into()),
            note: None,
            articles,
            assets: Vec::new(),
            warnings: Vec::new(),
        }
    }
}
