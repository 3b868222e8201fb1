//! What a run did: counts, outputs and warnings.

use crate::error::Warning;
use crate::images::{self, FetchEvent};
use serde::Serialize;
use std::fmt;

/// The report of a run, as `--report FILE` writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of this form.
    pub version: u32,
    /// Counts of articles.
    pub articles: Articles,
    /// Counts of images.
    pub images: images::Counts,
    /// The outputs, sorted by path.
    pub outputs: Vec<OutputReport>,
    /// The outputs of earlier runs that were removed, or in a dry run would be: files, relative to
    /// where the user stands, sorted.
    pub removed: Vec<String>,
    /// Files that hold one article, sorted.
    pub joined: Vec<JoinedReport>,
    /// What sources say at the ends of many of their articles, and what is therefore no part of any:
    /// removed by the rule `boilerplate`. Sorted by source.
    pub boilerplate: Vec<BoilerplateReport>,
    /// What was skipped, lost, replaced or guessed, in the order of files.
    pub warnings: Vec<Warning>,
    /// The files of the inputs that no reader takes, for `--verbose`: relative to where the user stands.
    #[serde(skip)]
    pub passed_over: Vec<String>,
    /// How long the run took.
    pub seconds: f64,
}

/// Files that hold one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct JoinedReport {
    /// The one whose text stands: its path relative to where the user stands, with the number of the
    /// article where the file holds several.
    pub kept: String,
    /// The others, sorted.
    pub others: Vec<String>,
}

/// What a source says at the ends of its articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BoilerplateReport {
    /// The source's name.
    pub source: String,
    /// What it says, a line each, the most frequent first; of lines that differ in names and dates one.
    pub lines: Vec<String>,
    /// How many of the articles that were looked at say any of it.
    pub saying: u64,
    /// How many articles were looked at.
    pub looked_at: u64,
}

/// Counts of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Articles {
    /// Files understood as articles, duplicates included.
    pub read: u64,
    /// Files meant as articles that could not be read.
    pub skipped: u64,
    /// Files that hold an article that another file holds too.
    pub duplicates: u64,
    /// Files of the inputs that no reader takes: they hold no article.
    pub passed_over: u64,
    /// Distinct articles in this run's outputs.
    pub written: u64,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OutputReport {
    /// The file, relative to where the user stands.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// The number of articles in it.
    pub articles: u64,
    /// Whether its bytes are other than before the run.
    pub changed: bool,
    /// In a dry run, why it was made anew; none where it is kept as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Why an output was made anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Reason {
    /// No earlier run noted what it made: this is the first one, or settings or version changed.
    Unknown,
    /// No earlier run made it.
    New,
    /// Articles came, changed or left.
    Articles {
        /// Articles that are new to the archive.
        added: u64,
        /// Articles that changed.
        edited: u64,
        /// Articles that are there no more, in this output.
        removed: u64,
    },
    /// The outputs beside it, or the choice of articles, are others.
    Neighbours,
    /// Pictures are others, or came or went.
    Pictures {
        /// The number of articles that show them.
        articles: u64,
    },
    /// An output does not stand as it was left.
    Output {
        /// Its name in the output folder.
        name: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unknown => {
                formatter.write_str("first run with this version and these settings")
            }
            Reason::New => formatter.write_str("new"),
            Reason::Neighbours => formatter.write_str("the outputs beside it changed"),
            Reason::Pictures { articles } => {
                write!(formatter, "other pictures in {articles} articles")
            }
            Reason::Output { name } => write!(formatter, "{name} is missing or was touched"),
            Reason::Articles {
                added,
                edited,
                removed,
            } => {
                let counts = [(added, "added"), (edited, "edited"), (removed, "removed")];
                let counts = counts.iter().filter(|(count, _)| **count > 0);
                let words: Vec<String> = counts
                    .map(|(count, word)| format!("{count} {word}"))
                    .collect();
                write!(formatter, "articles: {}", words.join(", "))
            }
        }
    }
}

impl Report {
    /// Whether something was skipped, lost or replaced, so that `--strict` objects.
    pub fn has_losses(&self) -> bool {
        self.warnings.iter().any(|warning| warning.code.is_loss())
    }

    /// Whether any output's bytes are other than before, or an output was removed.
    pub fn has_changes(&self) -> bool {
        !self.removed.is_empty() || self.outputs.iter().any(|output| output.changed)
    }
}

/// The parts of a run that take time, for progress on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    fn fetching(&self, _event: FetchEvent<'_>) {}
}

/// Watches nothing.
pub struct Unobserved;

impl Observer for Unobserved {
    fn begin(&self, _stage: Stage, _total: u64) {}
    fn advance(&self, _stage: Stage, _amount: u64) {}
    fn end(&self, _stage: Stage) {}
}
