//! Where encoded items wait for their documents.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::SpooledTempFile;

/// Bytes up to here stay in memory; what is more goes into a temporary file without a name.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Bytes written one after the other and read back in any order.
pub(super) struct Spool {
    file: SpooledTempFile,
    length: u64,
}

/// Where some bytes of a spool are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    offset: u64,
    /// Their number.
    pub(super) length: u32,
}

impl Spool {
    /// An empty spool; its file, if it needs one, lies in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Spool {
            file: SpooledTempFile::new_in(IN_MEMORY, folder),
            length: 0,
        }
    }

    pub(super) fn store(&mut self, bytes: &[u8]) -> io::Result<Stored> {
        let too_long = |_| io::Error::other("an item is longer than 4 GB");
        let length = u32::try_from(bytes.len()).map_err(too_long)?;
        self.file.write_all(bytes)?;
        let offset = self.length;
        self.length += u64::from(length);
        Ok(Stored { offset, length })
    }

    /// Reads bytes back into `buffer`, which holds nothing else afterwards. Nothing may be stored
    /// after that.
    pub(super) fn load(&mut self, stored: Stored, buffer: &mut Vec<u8>) -> io::Result<()> {
        buffer.clear();
        buffer.resize(usize::try_from(stored.length).unwrap_or(usize::MAX), 0);
        self.file.seek(SeekFrom::Start(stored.offset))?;
        self.file.read_exact(buffer)
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
        let mut buffer = Vec::new();
        spool.load(third, &mut buffer).unwrap();
        assert_eq!(buffer, b"third");
        spool.load(first, &mut buffer).unwrap();
        assert_eq!(buffer, b"first");
        spool.load(second, &mut buffer).unwrap();
        assert_eq!(buffer, large);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
