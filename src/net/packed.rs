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
}

impl<Inner: Read> Packed<Inner> {
    pub fn new(inner: Inner, is_gzip: bool) -> Self {
        let counting = Counting { inner, count: 0 };
        if is_gzip {
            Packed::Gzip(Box::new(MultiGzDecoder::new(counting)))
        } else {
            Packed::Plain(counting)
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
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}
