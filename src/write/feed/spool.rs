//! Where encoded items wait for their documents.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;
use tempfile::SpooledTempFile;

/// Bytes up to here stay in memory; what is more goes into a temporary file without a name.
const IN_MEMORY: usize = 1024 * 1024;

/// How many bytes go to the file, or come from it, at once: some fifty items.
const BLOCK: usize = 256 * 1024;

/// Bytes written one after the other and read back in any order, best in the order of writing or
/// backwards.
pub(super) struct Spool {
    file: SpooledTempFile,
    length: u64,
    /// Bytes that wait to be written; later those that were read last.
    block: Vec<u8>,
    /// Where the block begins.
    start: u64,
}

/// Where some bytes of a spool are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    offset: u64,
    /// Their number.
    pub(super) length: u32,
}

impl Stored {
    fn end(self) -> u64 {
        self.offset + u64::from(self.length)
    }
}

impl Spool {
    /// An empty spool; its file, if it needs one, lies in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Spool {
            file: SpooledTempFile::new_in(IN_MEMORY, folder),
            length: 0,
            block: Vec::new(),
            start: 0,
        }
    }

    pub(super) fn store(&mut self, bytes: &[u8]) -> io::Result<Stored> {
        let too_long = |_| io::Error::other("an item is longer than 4 GB");
        let length = u32::try_from(bytes.len()).map_err(too_long)?;
        if self.block.len() + bytes.len() > BLOCK {
            self.file.write_all(&self.block)?;
            self.start += u64::try_from(self.block.len()).unwrap_or_default();
            self.block.clear();
        }
        self.block.extend_from_slice(bytes);
        let offset = self.length;
        self.length += u64::from(length);
        Ok(Stored { offset, length })
    }

    /// Ends the writing, so that bytes can be loaded.
    pub(super) fn complete(&mut self) -> io::Result<()> {
        self.file.write_all(&self.block)
    }

    /// Bytes that were stored. Nothing may be stored after that.
    pub(super) fn load(&mut self, stored: Stored) -> io::Result<&[u8]> {
        if self.within(stored).is_none() {
            self.read_around(stored)?;
        }
        let range = self.within(stored);
        let bytes = range.and_then(|range| self.block.get(range));
        bytes.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Where in the block some bytes are, if they are there.
    fn within(&self, stored: Stored) -> Option<Range<usize>> {
        let from = usize::try_from(stored.offset.checked_sub(self.start)?).ok()?;
        let to = from.checked_add(usize::try_from(stored.length).ok()?)?;
        (to <= self.block.len()).then_some(from..to)
    }

    /// Reads a block that some bytes end, where reading goes backwards, or begin.
    fn read_around(&mut self, stored: Stored) -> io::Result<()> {
        let most = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        let (start, end) = if stored.offset < self.start {
            let start = stored.end().saturating_sub(most);
            (start.min(stored.offset), stored.end())
        } else {
            let end = self.length.min(stored.offset.saturating_add(most));
            (stored.offset, end.max(stored.end()))
        };
        let length = usize::try_from(end - start).map_err(io::Error::other)?;
        // The bytes of the last block stay until others take their place.
        self.block.resize(length, 0);
        self.start = start;
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut self.block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_in_any_order_from_memory_and_from_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(folder.path());
        let large = vec![b'x'; IN_MEMORY];
        let first = spool.store(b"first").unwrap();
        let second = spool.store(&large).unwrap();
        let third = spool.store(b"third").unwrap();
        spool.complete().unwrap();
        for _ in 0..2 {
            assert_eq!(spool.load(third).unwrap(), b"third");
            assert_eq!(spool.load(second).unwrap(), large);
            assert_eq!(spool.load(first).unwrap(), b"first");
            assert_eq!(spool.load(second).unwrap(), large);
        }
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
