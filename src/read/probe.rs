//! What a reader sees of a file to tell whether it is its own.

use super::source::bytes_at;
use super::{Source, Span};
use std::borrow::Cow;
use std::io::{self, Read};

/// How many bytes of a file [`Probe::first`] gives at most.
pub const SNIFF_LENGTH: usize = 8 * 1024;

/// How many bytes of a file's end [`Probe::last`] gives at most: archives that are told by their end
/// (ZIP, Parquet) say there where their directory lies.
const TAIL_LENGTH: u64 = 1024;

/// What a reader sees of a file to tell whether it is its own.
pub struct Probe<'source> {
    source: &'source dyn Source,
    first: Cow<'source, [u8]>,
}

impl<'source> Probe<'source> {
    /// Looks at a source.
    ///
    /// # Errors
    /// Where its first bytes can't be read.
    pub fn new(source: &'source dyn Source) -> io::Result<Self> {
        let first = match source.in_memory() {
            Some(all) => Cow::Borrowed(all.get(..SNIFF_LENGTH).unwrap_or(all)),
            None => {
                let head = Span {
                    start: 0,
                    length: SNIFF_LENGTH as u64,
                };
                let mut first = Vec::with_capacity(SNIFF_LENGTH);
                source.reader(head).read_to_end(&mut first)?;
                Cow::Owned(first)
            }
        };
        Ok(Probe { source, first })
    }

    /// The first bytes, at most [`SNIFF_LENGTH`].
    pub fn first(&self) -> &[u8] {
        &self.first
    }

    /// More of the first bytes, up to so many; those of [`Probe::first`] where the system refuses.
    pub(super) fn first_of(&self, length: usize) -> Cow<'_, [u8]> {
        match bytes_at(self.source, 0, length) {
            Ok(first) => Cow::Owned(first),
            Err(_) => Cow::Borrowed(self.first()),
        }
    }

    /// Whether [`Probe::first`] ends before the file does, so that it may end within a character.
    pub fn is_cut(&self) -> bool {
        (self.first.len() as u64) < self.source.length()
    }

    /// The last bytes, at most 1 KiB; read when asked for. Nothing where the system refuses.
    pub fn last(&self) -> Vec<u8> {
        let length = self.source.length().min(TAIL_LENGTH);
        let tail = Span {
            start: self.source.length() - length,
            length,
        };
        let mut last = Vec::new();
        match self.source.reader(tail).read_to_end(&mut last) {
            Ok(_) => last,
            Err(_) => Vec::new(),
        }
    }

    /// The file's name without folders.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// The folder names that the file lies in, outermost first, from the input folder on.
    pub fn folders(&self) -> &[String] {
        self.source.folders()
    }

    /// The name of the folder that the file lies in; of one that lies in no folder of the input, that of
    /// the input, as far as it is named.
    pub(super) fn folder(&self) -> Option<&str> {
        let own = self.source.folders().last().map(String::as_str);
        own.or_else(|| {
            let (named, _) = self.source.path().rsplit_once('/')?;
            named.rsplit('/').next()
        })
    }

    /// The number of bytes in the file.
    pub fn length(&self) -> u64 {
        self.source.length()
    }

    /// Whether a file lies at a path relative to this one's folder.
    pub fn has_neighbour(&self, path: &str) -> bool {
        self.source.resources().find(path).is_some()
    }
}
