//! Bytes of a picture on their way into the cache.

use super::cache::Cache;
use blake3::{Hash, Hasher};
use std::io::{self, Write};
use tempfile::NamedTempFile;

/// A file that bytes arrive in, and their hash, which is their name in the cache.
#[derive(Debug)]
pub(super) struct Incoming {
    file: NamedTempFile,
    hasher: Hasher,
}

impl Incoming {
    /// An empty file of the cache.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn new(cache: &Cache) -> io::Result<Self> {
        Ok(Incoming {
            file: cache.incoming()?,
            hasher: Hasher::new(),
        })
    }

    /// The file and the hash of all bytes that were written.
    pub fn finish(self) -> (NamedTempFile, Hash) {
        (self.file, self.hasher.finalize())
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
