//! What the state holds, frame by frame.

use crate::clean::{Ends, Sketch};
use crate::error::Warning;
use crate::images::ImageSnapshot;
use crate::model::{Checksum, Day, Digest, Timestamp};
use crate::model::{Moment, Stamp};
use crate::read::Locator;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// One frame. The kinds follow each other in the order in which they stand here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Frame {
    /// What the whole state depends on.
    Begin(Begin),
    /// A file, in the order of the walk.
    File(FileNote),
    /// What an article says at its ends.
    Ends(EndsNote),
    /// The sketch of an article that was compared.
    Sketch(SketchNote),
    /// An article of some output, in the order of the catalogue.
    Article(ArticleNote),
    /// Outputs that were made together.
    Unit(UnitNote),
}

/// What the whole state depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// The program and the settings that made the outputs.
    pub maker: Digest,
    /// When the run began.
    pub began: Moment,
}

/// A file and what it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileNote {
    /// The position of the input that it lies in.
    pub root: u32,
    /// The path below the input, as the file system spells it.
    pub path: Vec<u8>,
    /// Its length and times; none for standard input.
    pub stamp: Option<Stamp>,
    /// The digest of its bytes.
    pub content: Digest,
    /// What came of it.
    pub outcome: Outcome,
}

impl FileNote {
    /// Where the file stands in the walk, relative to another.
    pub fn order(&self, root: u32, path: &[u8]) -> Ordering {
        (self.root, self.path.as_slice()).cmp(&(root, path))
    }
}

/// What came of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// It is no article.
    NoArticle,
    /// It can't be read as the article that it is meant to be: its path inside the input, and why.
    Refused(String, Vec<Warning>),
    /// It holds articles.
    Articles {
        /// The position of the reader that took them.
        reader: u32,
        /// The articles, in the order in which they stand in the file.
        items: Vec<ItemNote>,
        /// What was passed over between them.
        warnings: Vec<Warning>,
    },
}

/// What articles are compared by to find the saves of one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The hash of the address's comparison key, if there is an address.
    pub address: Option<u64>,
    /// What saves of one page have in common, fragments and hosts for small screens apart: the address's
    /// hash, else the id's.
    pub group: u64,
    /// The same with the fragment.
    pub page: u64,
    /// The hash of the title, white space apart; none where it tells nothing.
    pub title: Option<u64>,
    /// The hash of site and time, where a byline gives a time of day.
    pub byline: Option<u64>,
    /// The hash of site and number, where the address ends with a long number.
    pub number: Option<u64>,
    /// See [`crate::read::Item::passages`].
    pub passages: [Option<u64>; 2],
    /// When the container was written that it stands in: decides between members of one group with the same time.
    pub issued: Option<Timestamp>,
    /// See [`crate::read::Item::content`]. Decides where nothing else does.
    pub content: Digest,
}

/// What the first pass keeps of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ItemNote {
    /// Where it lies in its file.
    pub at: Locator,
    /// The article's id, hashed.
    pub key: Digest,
    /// When it was first published.
    pub published: Option<Timestamp>,
    /// The day of its publication, where no more is known.
    pub published_day: Option<Day>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// The name of its source.
    pub source: String,
    /// What it is compared with others by.
    pub fingerprint: Fingerprint,
    /// See [`super::super::scan::Record::taken`].
    pub taken: bool,
    /// How many items before it in its file are the same to the byte and have no note of their own.
    pub repeats: u64,
}

/// What an article says at its ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndsNote {
    /// The digest of its content.
    pub of: Digest,
    /// The lines.
    pub ends: Ends,
}

/// The sketch of an article's text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SketchNote {
    /// The digest of its content and of what was learnt of its source.
    pub of: Digest,
    /// The sketch.
    pub sketch: Sketch,
}

/// What an article of some output was made of, and what came of it beside the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ArticleNote {
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Its id, hashed.
    pub key: Digest,
    /// The path of its file, for messages.
    pub path: String,
    /// Where in the file it lay when the warnings were raised.
    pub at: Locator,
    /// Its address, which servers of pictures are told.
    pub address: Option<String>,
    /// Everything that outputs take of it but its pictures.
    pub facts: Digest,
    /// What its file and its text gave cause to warn of.
    pub warnings: Vec<Warning>,
    /// The images that it shows.
    pub images: Vec<ImageSnapshot>,
    /// Files that it would show if they were there.
    pub absent: Vec<String>,
    /// The selectors of its site's facts that matched something in it.
    pub selectors: Vec<String>,
}

impl ArticleNote {
    /// Its place among the articles of a catalogue.
    pub fn place(&self) -> ArticlePlace {
        place(self.published, self.key)
    }
}

/// What articles are sorted by: see [`crate::model::Catalogue`].
pub type ArticlePlace = (bool, Option<Timestamp>, Digest);

/// The place of an article.
pub fn place(published: Option<Timestamp>, key: Digest) -> ArticlePlace {
    (published.is_none(), published, key)
}

/// Outputs that were made together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitNote {
    /// The writer's name.
    pub format: String,
    /// The unit's name; none for what is made whenever the writer makes anything.
    pub unit: Option<String>,
    /// What it was made of.
    pub fingerprint: Digest,
    /// The number of its articles.
    pub articles: u64,
    /// The outputs.
    pub outputs: Vec<OutputNote>,
}

/// An output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OutputNote {
    /// The name relative to the output folder.
    pub name: String,
    /// Its length and times as it stood in its place.
    pub stamp: Stamp,
    /// The checksum of its bytes.
    pub checksum: Checksum,
    /// The number of articles in it.
    pub articles: u64,
    /// See [`crate::write::Output::note`].
    pub note: Option<String>,
    /// What was shortened or could not be done.
    pub warnings: Vec<Warning>,
}
