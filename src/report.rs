//! What a run did: counts, outputs and warnings.

use crate::error::Warning;
use crate::images::{self, Fetching};
use serde::Serialize;

/// The report of a run, as `--report FILE` writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The version of this form.
    pub version: u32,
    /// Counts of articles.
    pub articles: Articles,
    /// Counts of images.
    pub images: images::Counts,
    /// The outputs, sorted by path.
    pub outputs: Vec<OutputReport>,
    /// What was skipped, lost, replaced or guessed, in the order of files.
    pub warnings: Vec<Warning>,
    /// How long the run took.
    pub seconds: f64,
}

/// Counts of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Articles {
    /// Files understood as articles, duplicates included.
    pub read: u64,
    /// Files meant as articles that could not be read.
    pub skipped: u64,
    /// Files that hold an article that another file holds too.
    pub duplicates: u64,
    /// Distinct articles in this run's outputs.
    pub written: u64,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutputReport {
    /// The file, relative to where the user stands.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// The number of articles in it.
    pub articles: u64,
    /// Whether its bytes are other than before the run.
    pub changed: bool,
}

impl Report {
    /// Whether something was skipped, lost or replaced, so that `--strict` objects.
    pub fn has_losses(&self) -> bool {
        self.warnings.iter().any(|warning| warning.code.is_loss())
    }

    /// Whether any output's bytes are other than before.
    pub fn has_changes(&self) -> bool {
        self.outputs.iter().any(|output| output.changed)
    }
}

/// The parts of a run that take time, for progress on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Listing files and reading their heads.
    Listing,
    /// Reading, cleaning and encoding articles.
    Articles,
    /// Finishing outputs, format by format, and putting them into place.
    Writing,
}

/// Watches a run. All methods may be called from any thread.
pub trait Observer: Sync {
    /// A stage begins. `total` is what [`Observer::advance`] will add up to, if known.
    fn begin(&self, stage: Stage, total: u64);
    /// Some of the stage is done.
    fn advance(&self, stage: Stage, amount: u64);
    /// The stage ends.
    fn end(&self, stage: Stage);
    /// Pictures are downloaded, a window of articles at a time, within [`Stage::Articles`].
    fn fetching(&self, _event: Fetching<'_>) {}
}

/// Watches nothing.
pub struct Unobserved;

impl Observer for Unobserved {
    fn begin(&self, _stage: Stage, _total: u64) {}
    fn advance(&self, _stage: Stage, _amount: u64) {}
    fn end(&self, _stage: Stage) {}
}
