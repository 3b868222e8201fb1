//! Records of a WARC (ISO 28500): one after the other, plain or each in a gzip member of its own.

use crate::read::Source;
use crate::read::encoding::MOST_BYTES;
use crate::read::mhtml::Fields;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// The most bytes of a record's own header.
const MOST_HEADER: u64 = 256 * 1024;

/// What all that is inflated may have, as a multiple of the file.
const MOST_RATIO: u64 = 300;

/// What may be inflated of a file however short it is.
const LEAST_BOUND: u64 = 64_000_000;

/// Where a record begins, and how it is found from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Its first byte, or that of the gzip member that it stands in.
    pub at: u64,
    /// How many records stand before it in the member.
    pub skipped: u32,
}

/// A record that was met.
pub(super) struct Met<'record> {
    pub start: Start,
    pub fields: &'record Fields,
    /// The beginning of its block.
    pub head: &'record [u8],
}

/// Goes over the records from a position on. `each` is told of a record, and then, once it is known,
/// where what holds it ends; it says whether to go on.
///
/// # Errors
/// Where the bytes can't be read, are no WARC, or inflate to more than they may.
pub(super) fn walk<R: BufRead>(
    reader: R,
    from: u64,
    length: u64,
    head: u64,
    each: &mut dyn FnMut(Step<'_>) -> io::Result<bool>,
) -> io::Result<()> {
    let mut counted = Counted {
        inner: reader,
        at: from,
    };
    let bound = length
        .saturating_mul(MOST_RATIO)
        .saturating_add(LEAST_BOUND);
    let mut inflated = 0_u64;
    loop {
        skip_space(&mut counted)?;
        let first = counted.fill_buf()?;
        if first.is_empty() {
            return Ok(());
        }
        let is_gzip = first.starts_with(&[0x1F, 0x8B]);
        let start = counted.at;
        let goes_on = if is_gzip {
            let mut member = GzDecoder::new(counted).take(bound.saturating_sub(inflated));
            let goes_on = {
                let mut text = io::BufReader::with_capacity(32 * 1024, &mut member);
                let goes_on = records(&mut text, start, head, each)?;
                io::copy(&mut text, &mut io::sink())?;
                goes_on
            };
            inflated = bound.saturating_sub(member.limit());
            counted = member.into_inner().into_inner();
            if inflated >= bound {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    "it inflates to more than it may",
                ));
            }
            goes_on
        } else {
            one(
                &mut counted,
                Start {
                    at: start,
                    skipped: 0,
                },
                head,
                each,
            )?
        };
        if !goes_on || !each(Step::End(counted.at))? {
            return Ok(());
        }
    }
}

/// What a walk meets.
pub(super) enum Step<'record> {
    Record(Met<'record>),
    /// The records that were met since the last end lie before this position.
    End(u64),
}

/// The records of a member.
fn records<R: BufRead>(
    member: &mut R,
    at: u64,
    head: u64,
    each: &mut dyn FnMut(Step<'_>) -> io::Result<bool>,
) -> io::Result<bool> {
    let mut skipped = 0;
    loop {
        skip_space(member)?;
        if member.fill_buf()?.is_empty() {
            return Ok(true);
        }
        if !one(member, Start { at, skipped }, head, each)? {
            return Ok(false);
        }
        skipped += 1;
    }
}

/// One record.
fn one<R: BufRead>(
    reader: &mut R,
    start: Start,
    head: u64,
    each: &mut dyn FnMut(Step<'_>) -> io::Result<bool>,
) -> io::Result<bool> {
    let fields = fields(reader)?;
    let length = fields
        .value("content-length")
        .and_then(|text| text.trim().parse::<u64>().ok());
    let Some(length) = length else {
        return Err(broken("a record has no length"));
    };
    let mut block = reader.take(length);
    let mut beginning = Vec::new();
    (&mut block).take(head).read_to_end(&mut beginning)?;
    let met = Met {
        start,
        fields: &fields,
        head: &beginning,
    };
    let goes_on = each(Step::Record(met))?;
    io::copy(&mut block, &mut io::sink())?;
    if block.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(goes_on)
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
    let mut limited = reader.take(MOST_HEADER);
    loop {
        let before = header.len();
        limited.read_until(b'\n', &mut header)?;
        let line = header.get(before..).unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return Ok(Fields::of(&header));
        }
    }
}

/// One record's fields and block.
pub(super) fn at<R: BufRead>(reader: R, skipped: u32) -> io::Result<(Fields, Vec<u8>)> {
    let mut found = None;
    // What stands before it in its member is bounded as a file of no length is.
    walk(reader, 0, 0, MOST_BYTES, &mut |step| {
        if let Step::Record(met) = step
            && met.start.skipped == skipped
        {
            found = Some((met.fields.clone(), met.head.to_vec()));
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

/// Knows how far it has been read.
struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}
