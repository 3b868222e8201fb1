//! What tells whether a file still holds the bytes that were written into it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Write};
use twox_hash::XxHash3_128;

/// The 128 bits of XXH3 over a file's bytes. It finds every accident and withstands no forger,
/// which suits files of our own; on outputs of hundreds of megabytes it costs a fraction of what
/// [`Digest`](super::Digest) costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksum([u8; 16]);

/// In hexadecimal.
impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// The checksum of bytes that come piece by piece; a [`Write`] that never fails.
#[derive(Clone, Default)]
pub struct ChecksumHasher(XxHash3_128);

impl ChecksumHasher {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The checksum of all bytes so far.
    pub fn finish(&self) -> Checksum {
        Checksum(self.0.finish_128().to_be_bytes())
    }
}

/// What texts are told apart by where it costs nothing if two are taken for one, since they are compared then.
pub(crate) fn rough_hash(text: &str) -> u64 {
    XxHash3_128::oneshot(text.as_bytes()) as u64
}

impl fmt::Debug for ChecksumHasher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ChecksumHasher({})", self.finish())
    }
}

impl Write for ChecksumHasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
