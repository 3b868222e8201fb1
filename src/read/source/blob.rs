//! Bytes that were unpacked: in memory, or in a temporary file where they are many.

use super::copied;
use crate::model::ResourceBytes;
use crate::read::{Source, Span};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// More bytes than these are kept in a temporary file.
pub(crate) const MOST_IN_MEMORY: u64 = 32 << 20;

/// The bytes of a member.
pub(crate) struct Blob {
    pub length: u64,
    bytes: BlobBytes,
}

enum BlobBytes {
    Memory(Vec<u8>),
    /// From a position of a file on.
    File(Mutex<File>, u64),
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Blob {
            length: bytes.len() as u64,
            bytes: BlobBytes::Memory(bytes),
        }
    }
}

impl Blob {
    /// Some bytes of a file, which stay where they are.
    pub(crate) fn part_of(file: File, span: Span) -> Self {
        Blob {
            length: span.length,
            bytes: BlobBytes::File(Mutex::new(file), span.start),
        }
    }

    /// The bytes, where they are in memory.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        match self.bytes {
            BlobBytes::Memory(bytes) => bytes,
            BlobBytes::File(..) => Vec::new(),
        }
    }

    pub(crate) fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.bytes {
            BlobBytes::Memory(bytes) => Ok(copied(bytes, position, buffer)),
            BlobBytes::File(file, start) => {
                let left = usize::try_from(self.length.saturating_sub(position));
                let room = buffer.len().min(left.unwrap_or(usize::MAX));
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start.saturating_add(position)))?;
                file.read(buffer.get_mut(..room).unwrap_or_default())
            }
        }
    }

    pub(crate) fn in_memory(&self) -> Option<&[u8]> {
        match &self.bytes {
            BlobBytes::Memory(bytes) => Some(bytes),
            BlobBytes::File(..) => None,
        }
    }
}

/// Takes bytes into memory, and into a file where they are many.
#[derive(Default)]
pub(crate) struct Spool {
    memory: Vec<u8>,
    file: Option<File>,
    length: u64,
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len() as u64;
        if self.file.is_none() && self.length > MOST_IN_MEMORY {
            let mut file = tempfile::tempfile()?;
            file.write_all(&std::mem::take(&mut self.memory))?;
            self.file = Some(file);
        }
        match &mut self.file {
            Some(file) => file.write_all(bytes)?,
            None => self.memory.extend_from_slice(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Spool {
    pub(crate) fn finish(self) -> io::Result<Blob> {
        Ok(Blob {
            length: self.length,
            bytes: match self.file {
                Some(file) => BlobBytes::File(Mutex::new(file), 0),
                None => BlobBytes::Memory(self.memory),
            },
        })
    }
}

/// The bytes of a container within another.
pub(crate) struct BlobSource {
    pub blob: Arc<Blob>,
    pub path: String,
}

impl Source for BlobSource {
    fn path(&self) -> &str {
        &self.path
    }

    fn name(&self) -> &str {
        self.path.rsplit(['/', '!']).next().unwrap_or_default()
    }

    fn folders(&self) -> &[String] {
        &[]
    }

    fn length(&self) -> u64 {
        self.blob.length
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.blob.read_at(position, buffer)
    }

    fn in_memory(&self) -> Option<&[u8]> {
        self.blob.in_memory()
    }

    fn held(&self, span: Span) -> Arc<dyn ResourceBytes> {
        Arc::new(PartOfBlob {
            blob: Arc::clone(&self.blob),
            span,
        })
    }
}

/// Some bytes of a member.
pub(crate) struct PartOfBlob {
    pub blob: Arc<Blob>,
    pub span: Span,
}

impl ResourceBytes for PartOfBlob {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        if self.span.length > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = vec![0; usize::try_from(self.span.length).unwrap_or_default()];
        let mut read = 0;
        while let Some(room) = bytes.get_mut(read..).filter(|room| !room.is_empty()) {
            match self.blob.read_at(self.span.start + read as u64, room)? {
                0 => break,
                count => read += count,
            }
        }
        bytes.truncate(read);
        Ok(bytes)
    }
}
