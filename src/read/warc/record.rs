//! Records of a WARC (ISO 28500): one after the other, plain or each in a gzip member of its own.

use super::members::{Counted, Members};
use crate::read::Source;
use crate::read::mhtml::Fields;
use crate::read::source::encoding::MOST_BYTES;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};
use std::ops::Range;

/// The most bytes that a record's length makes room for before they are there.
const MOST_RESERVED: u64 = 1_000_000;

/// The most bytes of a record's own header, and of that of the answer in it.
const MOST_HEADER: u64 = 256 * 1024;

/// What all that is inflated may have, as a multiple of the file.
pub(super) const MOST_RATIO: u64 = 300;

/// What may be inflated of a file however short it is.
pub(super) const LEAST_BOUND: u64 = 64_000_000;

/// Where a record begins, and how it is found from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Its first byte, or that of the gzip member that it stands in.
    pub at: u64,
    /// How many records stand before it in the member.
    pub skipped: u32,
}

/// A record that was met.
pub(super) struct Met {
    pub start: Start,
    pub fields: Fields,
    /// The beginning of its block.
    pub head: Vec<u8>,
}

/// How far a walk came.
pub(super) struct Passed {
    /// Where what holds the last record ends.
    pub at: u64,
    /// Whether there is nothing more.
    pub is_all: bool,
}

/// Goes over the records of a part of a file, and inflates at most so many bytes, of which it leaves what is left.
/// `each` is told of a record, and then, once it is known, where what holds it ends; it says whether to go on.
///
/// # Errors
/// Where the bytes can't be read, are no WARC, or inflate to more than they may.
pub(super) fn walk<R: BufRead>(
    reader: R,
    part: Range<u64>,
    left: &mut u64,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<Passed> {
    let mut counted = Counted::new(reader, part.start);
    let mut members = Members::new(left);
    loop {
        let at = counted.at;
        skip_space(&mut counted)?;
        let first = counted.fill_buf()?;
        if first.is_empty() {
            return Ok(Passed { at, is_all: true });
        }
        let is_gzip = first.starts_with(&[0x1F, 0x8B]);
        let start = Start {
            at: counted.at,
            skipped: 0,
        };
        let goes_on = match is_gzip {
            true => members.next(&mut counted, each)?,
            false => {
                let most = part.end.saturating_sub(counted.at);
                one(&mut counted, start, most, each)?
            }
        };
        if !goes_on || !each(Step::End(counted.at))? {
            return Ok(Passed {
                at: counted.at,
                is_all: false,
            });
        }
    }
}

/// What a walk meets.
pub(super) enum Step {
    Record(Met),
    /// The records that were met since the last end lie before this position.
    End(u64),
}

/// The records of a member.
pub(super) fn records<R: BufRead>(
    member: &mut R,
    at: u64,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<bool> {
    let mut skipped = 0;
    loop {
        skip_space(member)?;
        if member.fill_buf()?.is_empty() {
            return Ok(true);
        }
        if !one(member, Start { at, skipped }, u64::MAX, each)? {
            return Ok(false);
        }
        skipped += 1;
    }
}

/// One record, behind whose beginning so many bytes are there at most.
fn one<R: BufRead>(
    reader: &mut R,
    start: Start,
    most: u64,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<bool> {
    let fields = fields(reader)?;
    let length = content_length(&fields)?;
    let mut block = reader.take(length);
    let beginning = beginning(&mut block)?;
    let met = Met {
        start,
        fields,
        head: beginning,
    };
    let goes_on = each(Step::Record(met))?;
    if !goes_on {
        return Ok(false);
    }
    if length > most {
        // What is not there is not looked for: the record behind it may say the same of itself.
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    pass_over(&mut block)?;
    match block.limit() {
        0 => Ok(true),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// What comes before a block's first empty line, where an answer tells of itself.
fn beginning<R: BufRead>(block: &mut io::Take<R>) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    read_fields(&mut block.take(MOST_HEADER), &mut beginning)?;
    if !names_type(&beginning) {
        // The text itself has to tell what it is.
        block.take(TEXT_AHEAD).read_to_end(&mut beginning)?;
    }
    Ok(beginning)
}

/// How much is looked at of a text whose type is not named.
const TEXT_AHEAD: u64 = 512;

/// Whether the fields of an answer name the type of its body.
fn names_type(fields: &[u8]) -> bool {
    let name = b"content-type:";
    fields.split(|byte| *byte == b'\n').any(|line| {
        line.get(..name.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(name))
    })
}

/// Reads up to the first empty line.
fn read_fields<R: BufRead>(reader: &mut R, fields: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let before = fields.len();
        let count = reader.read_until(b'\n', fields)?;
        let line = fields.get(before..).unwrap_or_default();
        if count == 0 || line.trim_ascii().is_empty() {
            return Ok(());
        }
    }
}

/// Reads to the end.
pub(super) fn pass_over<R: BufRead>(reader: &mut R) -> io::Result<()> {
    loop {
        let count = reader.fill_buf()?.len();
        if count == 0 {
            return Ok(());
        }
        reader.consume(count);
    }
}

/// The version line and the fields of a record.
fn fields<R: BufRead>(reader: &mut R) -> io::Result<Fields> {
    let mut version = Vec::new();
    reader.take(64).read_until(b'\n', &mut version)?;
    if !version.starts_with(b"WARC/") {
        return Err(broken(
            "a record does not begin where the one before it ends",
        ));
    }
    let mut header = Vec::new();
    read_fields(&mut reader.take(MOST_HEADER), &mut header)?;
    Ok(Fields::of(&header))
}

/// One record's fields and block, of bytes that end where it ends, or the next begins. Where the record is longer or
/// shorter than it says, or damaged, its block is what is there.
pub(super) fn at<R: BufRead>(reader: R, skipped: u32) -> io::Result<(Fields, Vec<u8>)> {
    let mut file = Counted::new(reader, 0);
    skip_space(&mut file)?;
    if !file.fill_buf()?.starts_with(&[0x1F, 0x8B]) {
        return block_after(&mut file, skipped);
    }
    // What stands before it in its member is bounded as a file of no length is.
    let member = GzDecoder::new(file).take(LEAST_BOUND + MOST_BYTES);
    block_after(&mut io::BufReader::new(member), skipped)
}

/// The record behind so many others.
fn block_after<R: BufRead>(reader: &mut R, skipped: u32) -> io::Result<(Fields, Vec<u8>)> {
    for _ in 0..skipped {
        let length = content_length(&fields(reader)?)?;
        pass_over(&mut reader.take(length))?;
        skip_space(reader)?;
    }
    let fields = fields(reader)?;
    let length = content_length(&fields)?.min(MOST_BYTES);
    // A length is what the file says; what is not there takes no room.
    let room = length.min(MOST_RESERVED);
    let mut block = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    if let Err(error) = reader.take(length).read_to_end(&mut block) {
        // A record that is cut is shown as far as it goes.
        return match block.is_empty() {
            true => Err(error),
            false => Ok((fields, block)),
        };
    }
    let mut behind = Vec::new();
    let room = MOST_BYTES.saturating_sub(block.len() as u64);
    // Damage behind it is none of it.
    let _ = reader.take(BEHIND.min(room)).read_to_end(&mut behind);
    if !is_ended(&behind) {
        block.append(&mut behind);
        let _ = reader
            .take(room.saturating_sub(BEHIND))
            .read_to_end(&mut block);
    }
    Ok((fields, block))
}

/// How many bytes tell whether a record ends where it says.
const BEHIND: u64 = 16;

/// Whether a record has its end before these bytes: two line ends, and the next one or nothing.
fn is_ended(rest: &[u8]) -> bool {
    let behind = rest.trim_ascii_start();
    behind.is_empty()
        || behind.starts_with(b"WARC/")
        || rest.starts_with(b"\r\n\r\n")
        || rest.starts_with(b"\n\n")
}

fn content_length(fields: &Fields) -> io::Result<u64> {
    let length = fields.value("content-length");
    let length = length.and_then(|text| text.trim().parse().ok());
    length.ok_or_else(|| broken("a record has no length"))
}

/// The most bytes of a first record that are looked past.
const MOST_FIRST: u64 = 256_000_000;

/// How gzip packed a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Packed {
    /// A web archive record by record, so that each of them is found by its own member.
    Records,
    /// A web archive as a whole: it has to be unpacked first, or each record would be looked for from the
    /// beginning.
    Whole,
    /// Something else.
    Other,
}

impl Packed {
    /// Looks at the first record.
    pub(in crate::read) fn of(source: &dyn Source) -> Self {
        let is_web_archive = || -> io::Result<bool> {
            let mut first = [0; 5];
            GzDecoder::new(source.stream(source.span())).read_exact(&mut first)?;
            Ok(&first == b"WARC/")
        };
        let ends_with_first = || -> io::Result<bool> {
            let member = GzDecoder::new(source.stream(source.span())).take(MOST_FIRST);
            let mut text = io::BufReader::with_capacity(32 * 1024, member);
            let fields = fields(&mut text)?;
            let length = content_length(&fields).unwrap_or_default();
            let block = &mut (&mut text).take(length);
            io::copy(block, &mut io::sink())?;
            skip_space(&mut text)?;
            Ok(text.fill_buf()?.is_empty())
        };
        match (is_web_archive(), ends_with_first()) {
            (Ok(true), Ok(false)) => Packed::Whole,
            // A damaged one is read as far as it goes, which the reader of web archives does.
            (Ok(true), _) => Packed::Records,
            _ => Packed::Other,
        }
    }
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn skip_space<R: BufRead>(reader: &mut R) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let space = buffer
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        if space == 0 {
            return Ok(());
        }
        reader.consume(space);
    }
}
