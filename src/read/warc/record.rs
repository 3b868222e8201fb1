//! Records of a WARC (ISO 28500): one after the other, plain or each in a gzip member of its own.

use super::members::{Counted, Members};
use crate::read::Source;
use crate::read::mhtml::Fields;
use crate::read::source::encoding::MOST_BYTES;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// The most bytes that a record's length makes room for before they are there.
const MOST_RESERVED: u64 = 1_000_000;

/// The most bytes of a record's own header.
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

/// How much of a record's block is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What comes before the first empty line, where an answer tells of itself, up to so many bytes.
    Fields(u64),
    /// All, up to so many bytes.
    Block(u64),
}

/// How far a walk came.
pub(super) struct Passed {
    /// Where what holds the last record ends.
    pub at: u64,
    /// How many bytes might still have been inflated.
    pub left: u64,
    /// Whether there is nothing more.
    pub is_all: bool,
}

/// Goes over the records from a position on, and inflates at most so many bytes. `each` is told of a record, and
/// then, once it is known, where what holds it ends; it says whether to go on.
///
/// # Errors
/// Where the bytes can't be read, are no WARC, or inflate to more than they may.
pub(super) fn walk<R: BufRead>(
    reader: R,
    from: u64,
    most: u64,
    wanted: Wanted,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<Passed> {
    let mut counted = Counted::new(reader, from);
    let mut members = Members::new(most);
    loop {
        let at = counted.at;
        skip_space(&mut counted)?;
        let first = counted.fill_buf()?;
        if first.is_empty() {
            return Ok(Passed {
                at,
                left: members.left,
                is_all: true,
            });
        }
        let is_gzip = first.starts_with(&[0x1F, 0x8B]);
        let start = Start {
            at: counted.at,
            skipped: 0,
        };
        let goes_on = match is_gzip {
            true => members.next(&mut counted, wanted, each)?,
            false => one(&mut counted, start, wanted, each)?,
        };
        if !goes_on || !each(Step::End(counted.at))? {
            return Ok(Passed {
                at: counted.at,
                left: members.left,
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
    wanted: Wanted,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<bool> {
    let mut skipped = 0;
    loop {
        skip_space(member)?;
        if member.fill_buf()?.is_empty() {
            return Ok(true);
        }
        if !one(member, Start { at, skipped }, wanted, each)? {
            return Ok(false);
        }
        skipped += 1;
    }
}

/// One record.
fn one<R: BufRead>(
    reader: &mut R,
    start: Start,
    wanted: Wanted,
    each: &mut dyn FnMut(Step) -> io::Result<bool>,
) -> io::Result<bool> {
    let fields = fields(reader)?;
    let length = fields
        .value("content-length")
        .and_then(|text| text.trim().parse::<u64>().ok());
    let Some(length) = length else {
        return Err(broken("a record has no length"));
    };
    let mut block = reader.take(length);
    let beginning = beginning(&mut block, wanted)?;
    let met = Met {
        start,
        fields,
        head: beginning,
    };
    let goes_on = each(Step::Record(met))?;
    pass_over(&mut block)?;
    if block.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(goes_on)
}

/// As much of a block as is wanted.
fn beginning<R: BufRead>(block: &mut io::Take<R>, wanted: Wanted) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    match wanted {
        Wanted::Block(most) => {
            // A length is what the file says; what is not there takes no room.
            let length = block.limit().min(most).min(MOST_RESERVED);
            beginning.reserve(usize::try_from(length).unwrap_or_default());
            block.take(most).read_to_end(&mut beginning)?;
        }
        Wanted::Fields(most) => read_fields(&mut block.take(most), &mut beginning)?,
    }
    Ok(beginning)
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

/// One record's fields and block.
pub(super) fn at<R: BufRead>(reader: R, skipped: u32) -> io::Result<(Fields, Vec<u8>)> {
    let mut found = None;
    // What stands before it in its member is bounded as a file of no length is.
    let wanted = Wanted::Block(MOST_BYTES);
    walk(reader, 0, LEAST_BOUND, wanted, &mut |step| {
        if let Step::Record(met) = step
            && met.start.skipped == skipped
        {
            found = Some((met.fields, met.head));
        }
        Ok(found.is_none())
    })?;
    found.ok_or_else(|| broken("the record is not there any more"))
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
            let length = fields.value("content-length");
            let length = length.and_then(|text| text.trim().parse().ok());
            let block = &mut (&mut text).take(length.unwrap_or_default());
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
