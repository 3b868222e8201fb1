//! What a pull did.

use crate::error::Warning;
use serde::Serialize;

/// The report of a pull, as `--report FILE` writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PullReport {
    /// The version of this form.
    pub version: u32,
    /// Counts of feeds and reading lists.
    pub feeds: FeedCounts,
    /// Counts of articles.
    pub articles: Counts,
    /// Each feed and list, in the order of the subscriptions.
    pub sources: Vec<FeedReport>,
    /// The files that were saved, in the order in which they were: relative to the archive.
    pub saved: Vec<String>,
    /// What could not be had, and what a person may want to change.
    pub warnings: Vec<Warning>,
    /// How long the run took.
    pub seconds: f64,
}

/// Counts of feeds and reading lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FeedCounts {
    /// Those that were read.
    pub read: u64,
    /// Those that said that nothing changed.
    pub unchanged: u64,
    /// Those that were not to be asked yet.
    pub waiting: u64,
    /// Those that could not be had.
    pub failed: u64,
    /// Those that are gone for ever.
    pub gone: u64,
}

/// Counts of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles that were saved.
    pub saved: u64,
    /// Changed texts of articles that were saved before.
    pub editions: u64,
    /// Items that stand in the archive already.
    pub known: u64,
    /// Items that the selection leaves out.
    pub left_out: u64,
}

/// What came of a feed or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FeedReport {
    /// The name of its source.
    pub name: String,
    /// Its address, or the list's file.
    pub url: String,
    /// What came of asking.
    pub status: FeedStatus,
    /// Counts of its items.
    #[serde(flatten)]
    pub articles: Counts,
    /// Why it could not be had, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What came of asking for a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedStatus {
    /// It was read.
    Read,
    /// Nothing changed.
    Unchanged,
    /// It is not to be asked yet.
    Waiting,
    /// It could not be had.
    Failed,
    /// It is gone for ever.
    Gone,
}

impl FeedCounts {
    pub(super) fn add(&mut self, status: FeedStatus) {
        let count = match status {
            FeedStatus::Read => &mut self.read,
            FeedStatus::Unchanged => &mut self.unchanged,
            FeedStatus::Waiting => &mut self.waiting,
            FeedStatus::Failed => &mut self.failed,
            FeedStatus::Gone => &mut self.gone,
        };
        *count += 1;
    }
}

impl Counts {
    pub(super) fn add(&mut self, other: Counts) {
        self.saved += other.saved;
        self.editions += other.editions;
        self.known += other.known;
        self.left_out += other.left_out;
    }
}

impl PullReport {
    /// Whether nothing could be read and nothing else was done.
    pub fn is_failure(&self) -> bool {
        let FeedCounts {
            read,
            unchanged,
            waiting,
            failed,
            gone,
        } = self.feeds;
        failed + gone > 0 && read + unchanged + waiting == 0 && self.saved.is_empty()
    }
}
