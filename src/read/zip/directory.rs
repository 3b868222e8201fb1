//! The directory of a ZIP archive as it stands in the file, held against what its end says of it: a library that
//! reads as many members as the end names, and each name once, passes over the others in silence.

use crate::read::Source;
use crate::read::source::bytes_at;
use crate::read::source::cursor::Cursor;
use std::collections::HashMap;
use std::io;

/// How a line of the directory begins (APPNOTE 6.3.10, section 4.3.12), and how long it is without its names.
const MARK: &[u8] = b"PK\x01\x02";
const LENGTH: usize = 46;

/// The same of the header that stands before a member (section 4.3.7).
const OWN_MARK: &[u8] = b"PK\x03\x04";
const OWN_LENGTH: usize = 30;

/// The most lines that are gone over.
const MOST: usize = 200_000;

/// The most lines of names that several have.
const MOST_AGAIN: usize = 2_000;

/// What the directory has that a library does not read.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// In words.
    pub faults: Vec<String>,
    /// The lines of names that several have, in their order.
    pub repeated: Vec<Line>,
}

/// A line of the directory.
#[derive(Debug)]
pub(crate) struct Line {
    pub name: String,
    pub is_encrypted: bool,
    pub method: u16,
    pub crc: u32,
    pub packed: u32,
    pub length: u32,
    /// Where the member's own header begins in the archive.
    pub header: u32,
}

impl Line {
    fn of(line: &[u8], name: &[u8]) -> Self {
        let short = |at: usize| {
            let bytes = line.get(at..at + 2).and_then(|two| two.try_into().ok());
            u16::from_le_bytes(bytes.unwrap_or_default())
        };
        let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
        Line {
            name: String::from_utf8_lossy(name).into_owned(),
            is_encrypted: short(8) & 1 == 1,
            method: short(10),
            crc: long(16),
            packed: long(20),
            length: long(24),
            header: long(42),
        }
    }

    /// Where its bytes begin, in an archive that begins at a position of its file: behind its own header.
    ///
    /// # Errors
    /// Where the system refuses, or the header is none, or only a longer one tells (ZIP64).
    pub(crate) fn data_start(&self, source: &dyn Source, archive: u64) -> io::Result<u64> {
        let start = archive.saturating_add(u64::from(self.header));
        let header = bytes_at(source, start, OWN_LENGTH)?;
        let is_long = [self.packed, self.length, self.header].contains(&u32::MAX);
        let number = |at: usize| {
            let bytes = header.get(at..at + 2).and_then(|two| two.try_into().ok());
            u64::from(u16::from_le_bytes(bytes.unwrap_or_default()))
        };
        match header.starts_with(OWN_MARK) && header.len() == OWN_LENGTH && !is_long {
            true => Ok(start + OWN_LENGTH as u64 + number(26) + number(28)),
            false => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// What the directory has that is not read.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn look(source: &dyn Source, start: u64, read: usize) -> io::Result<Directory> {
    let mut cursor = Cursor::at(source, start, 1);
    // The first line of each name, until there is another.
    let mut names: HashMap<Vec<u8>, Option<Line>> = HashMap::new();
    let mut found = Directory::default();
    let mut beyond = 0_usize;
    while names.len() + found.repeated.len() + beyond < MOST {
        let line = cursor.peek(LENGTH)?.to_vec();
        if !line.starts_with(MARK) || line.len() < LENGTH {
            break;
        }
        let number = |at: usize| {
            let bytes = line.get(at..at + 2).and_then(|two| two.try_into().ok());
            usize::from(u16::from_le_bytes(bytes.unwrap_or_default()))
        };
        let (name, more) = (number(28), number(30) + number(32));
        cursor.advance(LENGTH);
        let name_bytes = cursor.peek(name)?.get(..name).unwrap_or_default().to_vec();
        cursor.advance(name);
        cursor.peek(more)?;
        cursor.advance(more);
        let own = Line::of(&line, &name_bytes);
        match names.get_mut(&name_bytes) {
            Some(_) if found.repeated.len() >= MOST_AGAIN => beyond += 1,
            Some(first) => found.repeated.extend(first.take().into_iter().chain([own])),
            None => {
                names.insert(name_bytes, Some(own));
            }
        }
    }
    if beyond > 0 {
        let message = format!("{beyond} members are left out, since others have their names");
        found.faults.push(message);
    }
    let unread = names.len().saturating_sub(read);
    if unread > 0 {
        let message =
            format!("{unread} members are left out: the directory has more than its end says");
        found.faults.push(message);
    }
    Ok(found)
}
