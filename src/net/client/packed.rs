//! Responses that may come packed.

use flate2::read::MultiGzDecoder;
use std::io::{self, Read};

/// Bytes of a response as they are meant, whether they come packed or not.
pub(super) enum Packed<Inner: Read> {
    Plain(Counting<Inner>),
    Gzip(Box<MultiGzDecoder<Counting<Inner>>>),
}

/// Counts the bytes that come through.
pub(super) struct Counting<Inner> {
    inner: Inner,
    count: u64,
    has_failed: bool,
}

impl<Inner: Read> Packed<Inner> {
    pub fn new(inner: Inner, is_gzip: bool) -> Self {
        let counting = Counting {
            inner,
            count: 0,
            has_failed: false,
        };
        if is_gzip {
            Packed::Gzip(Box::new(MultiGzDecoder::new(counting)))
        } else {
            Packed::Plain(counting)
        }
    }

    /// Whether what came from the server is at fault, and not the way here.
    pub fn is_damaged(&self) -> bool {
        match self {
            Packed::Plain(_) => false,
            Packed::Gzip(packed) => !packed.get_ref().has_failed,
        }
    }

    /// The bytes that came from the server so far, as it sent them.
    pub fn received(&self) -> u64 {
        match self {
            Packed::Plain(plain) => plain.count,
            Packed::Gzip(packed) => packed.get_ref().count,
        }
    }
}

impl<Inner: Read> Read for Packed<Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Packed::Plain(plain) => plain.read(buffer),
            Packed::Gzip(packed) => packed.read(buffer),
        }
    }
}

impl<Inner: Read> Read for Counting<Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        match &read {
            Ok(count) => self.count += *count as u64,
            Err(_) => self.has_failed = true,
        }
        read
    }
}
