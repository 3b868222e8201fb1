//! A ZIP as its directory describes it (PKWARE APPNOTE 6.3.3), read without trusting a number in
//! it.

use crate::Rule;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;
const LOCAL: &[u8] = b"PK\x03\x04";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// The longest directory that is read: some million files.
const DIRECTORY_LIMIT: u64 = 128_000_000;
/// The most bytes that one file may inflate to, and all of a book.
const FILE_LIMIT: u64 = 256_000_000;
const BOOK_LIMIT: u64 = 8_000_000_000;
/// How much smaller than its content a compressed file may be, where it is no small one. Text
/// shrinks to a fifth, what is made to hurt to a thousandth.
const RATIO: u64 = 300;
const SMALL: u64 = 1_000_000;

/// A ZIP that is open.
pub(super) struct Archive {
    source: BufReader<File>,
    length: u64,
    pub(super) entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    inflated: u64,
}

/// A file as the directory describes it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Bytes that are no UTF-8 are replaced.
    pub(super) name: String,
    pub(super) name_is_text: bool,
    pub(super) fields: Fields,
    pub(super) offset: u64,
}

/// What the directory and a file's own header both say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) compressed: u64,
    pub(super) length: u64,
}

/// A file's own header.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) name: Vec<u8>,
    pub(super) fields: Fields,
    /// The length of the extra field.
    pub(super) extra: usize,
    /// Where the content begins.
    pub(super) content: u64,
}

/// Why a file's content can't be had.
pub(super) type Fault = (Rule, String);

impl Archive {
    /// Reads the directory.
    ///
    /// # Errors
    /// Outside, what the system says; inside, what is wrong with the ZIP.
    pub(super) fn open(mut file: File) -> io::Result<Result<Self, String>> {
        let length = file.seek(SeekFrom::End(0))?;
        let mut archive = Archive {
            source: BufReader::new(file),
            length,
            entries: Vec::new(),
            by_name: HashMap::new(),
            inflated: 0,
        };
        let Some((count, directory)) = archive.directory()? else {
            return Ok(Err("it is no ZIP, or its end is missing".to_owned()));
        };
        let entries = entries(&directory);
        if entries.len() as u64 != count {
            let found = entries.len();
            return Ok(Err(format!(
                "its directory has {found} files and says that they are {count}"
            )));
        }
        for (index, entry) in entries.iter().enumerate() {
            archive.by_name.insert(entry.name.clone(), index);
        }
        archive.entries = entries;
        Ok(Ok(archive))
    }

    /// The place of a file of this name in the directory.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The bytes at a position, fewer where the file ends.
    fn bytes(&mut self, position: u64, length: u64) -> io::Result<Vec<u8>> {
        self.source.seek(SeekFrom::Start(position))?;
        let mut bytes = Vec::new();
        self.source.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The number of files that the end names, and the directory's bytes.
    fn directory(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        let start = self.length.saturating_sub(22 + 65_535);
        let tail = self.bytes(start, 22 + 65_535)?;
        let is_end = |at: &usize| {
            let rest = tail.get(*at..).unwrap_or_default();
            let comment = u16_le(rest, 20).map(usize::from);
            rest.starts_with(END) && comment.is_some_and(|comment| rest.len() == 22 + comment)
        };
        let Some(at) = (0..tail.len().saturating_sub(21)).rev().find(is_end) else {
            return Ok(None);
        };
        let end = tail.get(at..).unwrap_or_default();
        let position = start + at as u64;
        let (count, length, offset) = match self.end_64(position)? {
            Some(numbers) => numbers,
            None => {
                let numbers = (u16_le(end, 10), u32_le(end, 12), u32_le(end, 16));
                let (Some(count), Some(length), Some(offset)) = numbers else {
                    return Ok(None);
                };
                (u64::from(count), u64::from(length), u64::from(offset))
            }
        };
        let fits = offset
            .checked_add(length)
            .is_some_and(|end| end <= position);
        if !fits || length > DIRECTORY_LIMIT {
            return Ok(None);
        }
        Ok(Some((count, self.bytes(offset, length)?)))
    }

    /// Count, length and offset of the directory where a ZIP64 record stands before the end.
    fn end_64(&mut self, end: u64) -> io::Result<Option<(u64, u64, u64)>> {
        let Some(position) = end.checked_sub(20) else {
            return Ok(None);
        };
        let locator = self.bytes(position, 20)?;
        if !locator.starts_with(LOCATOR_64) {
            return Ok(None);
        }
        let record = self.bytes(u64_le(&locator, 8).unwrap_or(u64::MAX), 56)?;
        let numbers = (
            u64_le(&record, 32),
            u64_le(&record, 40),
            u64_le(&record, 48),
        );
        Ok(match numbers {
            (Some(count), Some(length), Some(offset)) if record.starts_with(END_64) => {
                Some((count, length, offset))
            }
            _ => None,
        })
    }

    /// A file's own header.
    ///
    /// # Errors
    /// Where the system can't read it.
    pub(super) fn header(&mut self, entry: &Entry) -> io::Result<Option<Header>> {
        let fixed = self.bytes(entry.offset, 30)?;
        let lengths = (u16_le(&fixed, 26), u16_le(&fixed, 28));
        let (true, (Some(name), Some(extra))) = (fixed.starts_with(LOCAL), lengths) else {
            return Ok(None);
        };
        let (name_length, extra_length) = (u64::from(name), usize::from(extra));
        let name = self.bytes(entry.offset + 30, name_length)?;
        let extra = self.bytes(entry.offset + 30 + name_length, u64::from(extra))?;
        let Some(mut fields) = fields(&fixed, 6) else {
            return Ok(None);
        };
        widen(&mut fields, None, &extra);
        Ok(Some(Header {
            fields,
            content: entry.offset + 30 + name_length + extra_length as u64,
            extra: extra_length,
            name,
        }))
    }

    /// A file's content.
    ///
    /// # Errors
    /// Outside, what the system says; inside, why the content can't be had, or is not what the
    /// directory says.
    pub(super) fn read(&mut self, index: usize) -> io::Result<Result<Vec<u8>, Fault>> {
        let Some(entry) = self.entries.get(index).cloned() else {
            return Ok(Err((Rule::ZipEntry, "there is no such file".to_owned())));
        };
        if let Some(fault) = self.beyond_measure(&entry.fields) {
            return Ok(Err(fault));
        }
        let Some(header) = self.header(&entry)? else {
            let message = "no file stands where the directory says that it does";
            return Ok(Err((Rule::ZipEntry, message.to_owned())));
        };
        self.source.seek(SeekFrom::Start(header.content))?;
        let source = self.source.by_ref().take(entry.fields.compressed);
        let mut bytes = Vec::new();
        let read = match entry.fields.method {
            STORED => source.take(FILE_LIMIT).read_to_end(&mut bytes),
            _ => {
                let decoder = DeflateDecoder::new(source);
                decoder
                    .take(entry.fields.length + 1)
                    .read_to_end(&mut bytes)
            }
        };
        self.inflated += bytes.len() as u64;
        Ok(match read {
            Ok(_) => as_described(bytes, &entry.fields),
            Err(error) => Err((Rule::ZipData, format!("it does not inflate: {error}"))),
        })
    }

    fn beyond_measure(&self, fields: &Fields) -> Option<Fault> {
        let bomb = fields.length > SMALL && fields.length / RATIO > fields.compressed;
        if bomb || fields.length > FILE_LIMIT || self.inflated > BOOK_LIMIT {
            let (from, to) = (fields.compressed, fields.length);
            let message = format!("{from} bytes would inflate to {to}; it was not looked at");
            return Some((Rule::ZipLimit, message));
        }
        if !matches!(fields.method, STORED | DEFLATED) {
            let message = format!("it is compressed by method {}", fields.method);
            return Some((Rule::ZipMethod, message));
        }
        None
    }
}

fn as_described(bytes: Vec<u8>, fields: &Fields) -> Result<Vec<u8>, Fault> {
    let mut sum = Crc::new();
    sum.update(&bytes);
    if bytes.len() as u64 != fields.length {
        let message = format!(
            "it does not have the {} bytes that it should",
            fields.length
        );
        Err((Rule::ZipData, message))
    } else if sum.sum() != fields.crc {
        Err((Rule::ZipData, "its checksum is wrong".to_owned()))
    } else {
        Ok(bytes)
    }
}

/// The directory's records, up to the first that is none.
fn entries(directory: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = directory;
    while let Some((entry, after)) = entry(rest) {
        entries.push(entry);
        rest = after;
    }
    entries
}

fn entry(record: &[u8]) -> Option<(Entry, &[u8])> {
    if !record.starts_with(DIRECTORY) {
        return None;
    }
    let mut fields = fields(record, 8)?;
    let mut offset = u64::from(u32_le(record, 42)?);
    let lengths = [
        u16_le(record, 28)?,
        u16_le(record, 30)?,
        u16_le(record, 32)?,
    ];
    let [name, extra, comment] = lengths.map(usize::from);
    let rest = record.get(46..)?;
    let (name, rest) = rest.split_at_checked(name)?;
    let (extra, rest) = rest.split_at_checked(extra)?;
    let (_, rest) = rest.split_at_checked(comment)?;
    widen(&mut fields, Some(&mut offset), extra);
    let entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        name_is_text: std::str::from_utf8(name).is_ok(),
        fields,
        offset,
    };
    Some((entry, rest))
}

/// The fields from the flags on, which stand in the same order in both kinds of header.
fn fields(record: &[u8], at: usize) -> Option<Fields> {
    Some(Fields {
        flags: u16_le(record, at)?,
        method: u16_le(record, at + 2)?,
        crc: u32_le(record, at + 8)?,
        compressed: u64::from(u32_le(record, at + 12)?),
        length: u64::from(u32_le(record, at + 16)?),
    })
}

/// Takes the numbers that don't fit from the ZIP64 extra field.
fn widen(fields: &mut Fields, offset: Option<&mut u64>, extra: &[u8]) {
    const FULL: u64 = u32::MAX as u64;
    let mut rest = extra;
    while let (Some(kind), Some(length)) = (u16_le(rest, 0), u16_le(rest, 2)) {
        let after = rest.get(4..).unwrap_or_default();
        let Some((content, next)) = after.split_at_checked(usize::from(length)) else {
            return;
        };
        rest = next;
        if kind != 1 {
            continue;
        }
        let mut at = 0;
        let numbers = [
            Some(&mut fields.length),
            Some(&mut fields.compressed),
            offset,
        ];
        for number in numbers
            .into_iter()
            .flatten()
            .filter(|number| **number == FULL)
        {
            *number = u64_le(content, at).unwrap_or(FULL);
            at += 8;
        }
        return;
    }
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*two))
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

fn u64_le(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at + 8)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}
