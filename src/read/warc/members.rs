//! The gzip members of a web archive, one after the other.

use super::record::{Step, pass_over, records};
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// What the gzip members of a file share: to make a decoder takes as long as a short record.
pub(super) struct Members<'left, R> {
    decoder: Option<GzDecoder<Counted<R>>>,
    room: Vec<u8>,
    /// How many bytes may still be inflated.
    left: &'left mut u64,
}

impl<'left, R: BufRead> Members<'left, R> {
    /// None so far, of which so many bytes may be inflated.
    pub fn new(left: &'left mut u64) -> Self {
        Members {
            decoder: None,
            room: Vec::new(),
            left,
        }
    }

    /// Goes over the records of the member at which the file stands, and leaves it behind that.
    pub fn next(
        &mut self,
        file: &mut Counted<R>,
        each: &mut dyn FnMut(Step) -> io::Result<bool>,
    ) -> io::Result<bool> {
        let at = file.at;
        let file_itself = std::mem::replace(file, Counted::NOTHING);
        let decoder = match self.decoder.take() {
            Some(mut decoder) => {
                decoder.reset(file_itself);
                decoder
            }
            None => GzDecoder::new(file_itself),
        };
        let mut member = decoder.take(*self.left);
        let mut text = Buffered::new(&mut member, &mut self.room);
        let passed = records(&mut text, at, each).and_then(|goes_on| {
            pass_over(&mut text)?;
            Ok(goes_on)
        });
        *self.left = member.limit();
        let mut decoder = member.into_inner();
        *file = decoder.reset(Counted::NOTHING);
        self.decoder = Some(decoder);
        match *self.left {
            0 => Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it inflates to more than it may",
            )),
            _ => passed,
        }
    }
}

/// Knows how far it has been read. Between two members the decoder has one of nothing.
pub(super) struct Counted<R> {
    inner: Option<R>,
    pub at: u64,
}

impl<R> Counted<R> {
    /// A file of which so much has been read.
    pub fn new(file: R, at: u64) -> Self {
        Counted {
            inner: Some(file),
            at,
        }
    }

    const NOTHING: Self = Counted { inner: None, at: 0 };
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let inner = self.inner.as_mut();
        let count = inner.map_or(Ok(0), |inner| inner.read(buffer))?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match &mut self.inner {
            Some(inner) => inner.fill_buf(),
            None => Ok(&[]),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        if let Some(inner) = &mut self.inner {
            inner.consume(amount);
        }
    }
}

/// How much is inflated at a time.
const ROOM: usize = 32 * 1024;

/// Reads through room that the members of a file share: the library's own reader would be given new room, and fill
/// it with zeros, for each.
struct Buffered<'room, R> {
    inner: R,
    room: &'room mut Vec<u8>,
    /// What is read and not yet taken.
    start: usize,
    end: usize,
}

impl<'room, R: Read> Buffered<'room, R> {
    fn new(inner: R, room: &'room mut Vec<u8>) -> Self {
        room.resize(ROOM, 0);
        Buffered {
            inner,
            room,
            start: 0,
            end: 0,
        }
    }
}

impl<R: Read> Read for Buffered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Buffered<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = self.inner.read(self.room)?;
        }
        Ok(self.room.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.start = self.end.min(self.start + amount);
    }
}
