//! The ZIP container (EPUB 3.3, section 4.2; PKWARE APPNOTE 6.3.3).
//!
//! `mimetype` comes first and stored, pictures are stored, texts arrive compressed. Times are
//! fixed, names are ASCII, there are no data descriptors and no extra fields but those of ZIP64,
//! which appear only where a number does not fit otherwise. The directory is sorted by name.

pub(in crate::write::epub) mod deflate;

use crate::error::{Error, Result};
use crate::write::Staged;
use deflate::Deflated;
use flate2::Crc;
use std::io::{self, BufWriter, Seek, Write};
use std::path::PathBuf;

const MIMETYPE: &str = "mimetype";
/// Methods (APPNOTE, section 4.4.5). Pictures are stored: they are compressed already.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// The version that a reader needs for DEFLATE, and for ZIP64 (APPNOTE, section 4.4.3).
const VERSION: u16 = 20;
const VERSION_ZIP64: u16 = 45;
/// 1 January 1980, the first day that ZIP knows.
const DATE: u16 = 0x0021;
const LOCAL_HEADER: u32 = 0x0403_4b50;
const DIRECTORY_HEADER: u32 = 0x0201_4b50;
const DIRECTORY_END: u32 = 0x0605_4b50;
const ZIP64_END: u32 = 0x0606_4b50;
const ZIP64_LOCATOR: u32 = 0x0706_4b50;
/// Bytes of a local header and a directory entry beside their names.
const HEADERS: u64 = 30 + 46;

/// An EPUB container that is being written.
pub(in crate::write::epub) struct Container {
    file: BufWriter<Staged>,
    path: PathBuf,
    entries: Vec<ZipEntry>,
    length: u64,
    directory_length: u64,
}

struct ZipEntry {
    name: String,
    method: u16,
    crc: u32,
    compressed: u32,
    length: u32,
    offset: u64,
}

impl Container {
    /// Begins a container with its `mimetype`.
    pub(in crate::write::epub) fn begin(file: Staged) -> Result<Self> {
        let mut container = Container {
            path: file.target().to_owned(),
            file: BufWriter::with_capacity(256 * 1024, file),
            entries: Vec::new(),
            length: 0,
            directory_length: 0,
        };
        container.store(MIMETYPE, b"application/epub+zip")?;
        Ok(container)
    }

    /// Adds a compressed text.
    pub(in crate::write::epub) fn add(&mut self, name: &str, text: &Deflated) -> Result<()> {
        let result = self.entry(
            name,
            DEFLATED,
            text.crc(),
            text.bytes().len(),
            text.length(),
        );
        let entry = self.checked(result)?;
        let written = self.write_entry(&entry, text.bytes());
        self.keep(entry, written)
    }

    /// Adds bytes as they are.
    pub(in crate::write::epub) fn store(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let result = self.entry(name, STORED, crc.sum(), bytes.len(), bytes.len() as u64);
        let entry = self.checked(result)?;
        let written = self.write_entry(&entry, bytes);
        self.keep(entry, written)
    }

    /// The size that the file would have if it ended now.
    pub(in crate::write::epub) fn length(&self) -> u64 {
        self.length + self.directory_length
    }

    /// The bytes that an entry takes beside its content.
    pub(in crate::write::epub) fn overhead(name: &str) -> u64 {
        HEADERS + 2 * name.len() as u64
    }

    /// Writes the directory and hands over the file and its length.
    pub(in crate::write::epub) fn finish(mut self) -> Result<(Staged, u64)> {
        let written = self.write_directory();
        self.checked(written)?;
        let path = self.path;
        let mut file = self
            .file
            .into_inner()
            .map_err(|error| Error::output(&path)(error.into_error()))?;
        let length = file.stream_position().map_err(Error::output(&path))?;
        Ok((file, length))
    }

    fn checked<T>(&self, result: io::Result<T>) -> Result<T> {
        result.map_err(Error::output(&self.path))
    }

    fn entry(
        &self,
        name: &str,
        method: u16,
        crc: u32,
        compressed: usize,
        length: u64,
    ) -> io::Result<ZipEntry> {
        Ok(ZipEntry {
            name: name.to_owned(),
            method,
            crc,
            compressed: u32::try_from(compressed).map_err(too_large)?,
            length: u32::try_from(length).map_err(too_large)?,
            offset: self.length,
        })
    }

    fn write_entry(&mut self, entry: &ZipEntry, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(&local_header(entry)?)?;
        self.file.write_all(bytes)
    }

    fn keep(&mut self, entry: ZipEntry, written: io::Result<()>) -> Result<()> {
        self.checked(written)?;
        self.length += 30 + entry.name.len() as u64 + u64::from(entry.compressed);
        self.directory_length += 46 + entry.name.len() as u64;
        self.entries.push(entry);
        Ok(())
    }

    fn write_directory(&mut self) -> io::Result<()> {
        self.entries
            .sort_by(|a, b| (a.name != MIMETYPE, &a.name).cmp(&(b.name != MIMETYPE, &b.name)));
        let mut length = 0;
        for entry in &self.entries {
            let record = directory_entry(entry)?;
            length += record.len() as u64;
            self.file.write_all(&record)?;
        }
        let end = directory_end(self.entries.len() as u64, length, self.length);
        self.file.write_all(&end)
    }
}

fn too_large<E>(_: E) -> io::Error {
    io::Error::other("one file of a book is larger than 4 GB")
}

/// The fields that the local header and the directory entry share, from the version needed on.
fn common_fields(record: &mut Vec<u8>, entry: &ZipEntry, version: u16) {
    // Bit 11 says that the name is UTF-8, which ASCII is without saying.
    let flags: u16 = if entry.name.is_ascii() { 0 } else { 1 << 11 };
    // The time is midnight.
    for field in [version, flags, entry.method, 0, DATE] {
        record.extend_from_slice(&field.to_le_bytes());
    }
    for field in [entry.crc, entry.compressed, entry.length] {
        record.extend_from_slice(&field.to_le_bytes());
    }
}

fn local_header(entry: &ZipEntry) -> io::Result<Vec<u8>> {
    let name_length = u16::try_from(entry.name.len()).map_err(too_large)?;
    let mut record = LOCAL_HEADER.to_le_bytes().to_vec();
    common_fields(&mut record, entry, VERSION);
    record.extend_from_slice(&name_length.to_le_bytes());
    record.extend_from_slice(&0u16.to_le_bytes());
    record.extend_from_slice(entry.name.as_bytes());
    Ok(record)
}

fn directory_entry(entry: &ZipEntry) -> io::Result<Vec<u8>> {
    let name_length = u16::try_from(entry.name.len()).map_err(too_large)?;
    let far = entry.offset >= u64::from(u32::MAX);
    let version = if far { VERSION_ZIP64 } else { VERSION };
    let extra_length: u16 = if far { 12 } else { 0 };
    let mut record = DIRECTORY_HEADER.to_le_bytes().to_vec();
    // Who made it: the version alone, which says that attributes are those of DOS (APPNOTE, section
    // 4.4.2), for there are none.
    record.extend_from_slice(&version.to_le_bytes());
    common_fields(&mut record, entry, version);
    // No comment, the first disk, no attributes (section 4.3.12).
    for field in [name_length, extra_length, 0, 0, 0] {
        record.extend_from_slice(&field.to_le_bytes());
    }
    record.extend_from_slice(&0u32.to_le_bytes());
    record.extend_from_slice(&saturated(entry.offset).to_le_bytes());
    record.extend_from_slice(entry.name.as_bytes());
    if far {
        // The extra field of ZIP64 holds only what did not fit (APPNOTE, section 4.5.3).
        record.extend_from_slice(&1u16.to_le_bytes());
        record.extend_from_slice(&8u16.to_le_bytes());
        record.extend_from_slice(&entry.offset.to_le_bytes());
    }
    Ok(record)
}

/// The records after the directory: those of ZIP64 only where a number needs them.
fn directory_end(count: u64, length: u64, offset: u64) -> Vec<u8> {
    let short_count = u16::try_from(count).unwrap_or(u16::MAX);
    let mut record = Vec::new();
    // The largest number of a field says that the real one stands in the record of ZIP64.
    let large = short_count == u16::MAX || length.max(offset) >= u64::from(u32::MAX);
    if large {
        record.extend_from_slice(&ZIP64_END.to_le_bytes());
        // The record's length without what stands before and in this field (APPNOTE, section 4.3.14).
        record.extend_from_slice(&44u64.to_le_bytes());
        record.extend_from_slice(&VERSION_ZIP64.to_le_bytes());
        record.extend_from_slice(&VERSION_ZIP64.to_le_bytes());
        // This disk and that of the directory: there is one.
        record.extend_from_slice(&[0; 8]);
        for field in [count, count, length, offset] {
            record.extend_from_slice(&field.to_le_bytes());
        }
        record.extend_from_slice(&ZIP64_LOCATOR.to_le_bytes());
        record.extend_from_slice(&0u32.to_le_bytes());
        record.extend_from_slice(&(offset + length).to_le_bytes());
        record.extend_from_slice(&1u32.to_le_bytes());
    }
    record.extend_from_slice(&DIRECTORY_END.to_le_bytes());
    // The same two in the record without ZIP64 (section 4.3.16); at its end, a comment of no length.
    record.extend_from_slice(&[0; 4]);
    record.extend_from_slice(&short_count.to_le_bytes());
    record.extend_from_slice(&short_count.to_le_bytes());
    record.extend_from_slice(&saturated(length).to_le_bytes());
    record.extend_from_slice(&saturated(offset).to_le_bytes());
    record.extend_from_slice(&0u16.to_le_bytes());
    record
}

fn saturated(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::OutputFolder;
    use std::io::Read;

    fn written(fill: impl FnOnce(&mut Container)) -> Vec<u8> {
        let directory = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(directory.path()).unwrap();
        let mut container = Container::begin(folder.stage("a.epub").unwrap()).unwrap();
        fill(&mut container);
        let (staged, _) = container.finish().unwrap();
        staged.seal().unwrap().commit().unwrap();
        std::fs::read(directory.path().join("a.epub")).unwrap()
    }

    #[test]
    fn the_first_bytes_are_those_that_the_specification_asks_for() {
        let bytes = written(|_| ());
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(
            &bytes[26..58],
            b"\x08\x00\x00\x00mimetypeapplication/epub+zip"
        );
    }

    #[test]
    fn a_reader_of_others_reads_what_was_written() {
        let bytes = written(|container| {
            container.store("b.png", &[7; 200_000]).unwrap();
            let text = Deflated::whole(b"text").unwrap();
            container.add("a.txt", &text).unwrap();
        });
        let mut archive = zip::ZipArchive::new(io::Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = (0..archive.len())
            .map(|index| archive.by_index(index).unwrap().name().to_owned())
            .collect();
        assert_eq!(names, ["mimetype", "a.txt", "b.png"]);
        let mut content = Vec::new();
        archive
            .by_name("b.png")
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        assert_eq!(content, vec![7; 200_000]);
        assert!(
            !bytes
                .windows(4)
                .any(|window| window == ZIP64_END.to_le_bytes())
        );
    }

    #[test]
    fn the_length_is_known_before_the_end() {
        let mut length = 0;
        let bytes = written(|container| {
            let text = Deflated::whole(b"abc").unwrap();
            container.add("text/a.xhtml", &text).unwrap();
            length = container.length();
        });
        assert_eq!(length + 22, bytes.len() as u64);
    }

    #[test]
    fn hostile_58_zip64_appears_only_where_numbers_need_it() {
        assert_eq!(directory_end(3, 200, 1000).len(), 22);
        assert_eq!(
            directory_end(65_534, 200, u64::from(u32::MAX) - 1).len(),
            22
        );
        assert_eq!(directory_end(65_535, 200, 1000).len(), 22 + 56 + 20);
        assert_eq!(
            directory_end(3, 200, u64::from(u32::MAX)).len(),
            22 + 56 + 20
        );
    }
}
