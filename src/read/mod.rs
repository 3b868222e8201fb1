//! Reading: files of an archive become [`Entry`]s, untrusted and in one piece.

mod archive;
mod byline;
mod encoding;
mod front_matter;
mod header;
mod seed;
mod walk;
mod yaml;

pub use archive::Archive;
pub use front_matter::FrontMatter;
pub use walk::{Found, walk};

use crate::error::Warning;
use crate::model::{Entry, Format};

/// Makes entries of one file format. Implementations hold no state, so that one serves all threads.
pub trait Reader: Send + Sync {
    /// What the registry tells about the reader.
    fn format(&self) -> &Format;

    /// How sure the reader is that a file is its own, by its first bytes (at most
    /// [`SNIFF_LENGTH`]) and its name without folders.
    fn sniff(&self, head: &[u8], name: &str) -> Confidence;

    /// Reads one file. Called twice in a run: once for [`Extent::Head`], to list the article, and
    /// once for [`Extent::Whole`].
    fn read(&self, document: &Document<'_>, extent: Extent) -> Reading;
}

/// How many bytes of a file [`Reader::sniff`] sees at most.
pub const SNIFF_LENGTH: usize = 8 * 1024;

/// How many bytes of a file are enough for [`Extent::Head`]: readers look for a header no further.
pub const HEAD_LENGTH: usize = 64 * 1024;

/// How sure a reader is that a file is its own. The surest reader gets the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not, and the file may be passed over quietly if no other reader wants it.
    No,
    /// It may be: the reader would read it, or warn that it is broken.
    Maybe,
    /// It is.
    Certain,
}

/// A file's bytes and where they came from.
#[derive(Clone, Copy, Debug)]
pub struct Document<'bytes> {
    /// For messages: the path relative to the input, with `/` between its parts.
    pub path: &'bytes str,
    /// The folder names that the file lies in, outermost first, from the input folder on.
    pub folders: &'bytes [String],
    /// The bytes: all of them, or the head of a larger file for [`Extent::Head`].
    pub bytes: &'bytes [u8],
    /// The charset of files that are not UTF-8, if the user names one.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// How much of an entry is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything but the text; the markup may be cut or empty, and warnings are not wanted. The bytes
    /// are the first [`HEAD_LENGTH`] of a file, or all of a shorter one.
    Head,
    /// Everything.
    Whole,
}

impl Extent {
    /// Whether a file that was read for this may have been cut within a character.
    fn may_cut(self, bytes: &[u8]) -> bool {
        self == Extent::Head && bytes.len() >= HEAD_LENGTH
    }
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The articles in it; none where the file can't be read, which costs a warning.
    pub entries: Vec<Entry>,
    /// What was skipped, replaced or guessed, with path and line.
    pub warnings: Vec<Warning>,
}
