//! Where records begin in a web archive, where nothing but the bytes tells.

use crate::read::{Source, Span};
use flate2::read::GzDecoder;
use std::io::{self, Read};

/// How many bytes are looked through at a time for the beginning of a record.
const PIECE: u64 = 64 << 10;

/// How records begin in a file: each in a gzip member, or plain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Member,
    Plain,
}

impl Begins {
    pub fn of(source: &dyn Source) -> io::Result<Self> {
        let mut first = [0; 2];
        let read = source.stream(source.span()).read(&mut first)?;
        Ok(match read == 2 && first == [0x1F, 0x8B] {
            true => Begins::Member,
            false => Begins::Plain,
        })
    }

    /// The first place in a stretch at which a record may begin.
    pub fn find(self, source: &dyn Source, from: u64, size: u64) -> Option<u64> {
        let end = from + size;
        let mut start = from;
        while start < end {
            // A mark may stand across the end of a piece.
            let span = Span {
                start,
                length: PIECE + 16,
            };
            let mut bytes = Vec::new();
            source.stream(span).read_to_end(&mut bytes).ok()?;
            let found = memchr::memmem::find_iter(&bytes, self.mark());
            let mut found = found.map(|at| (at, start + at as u64));
            let found = match self {
                Begins::Member => found.find(|(_, at)| is_record(source, *at)),
                Begins::Plain => found.find(|(at, _)| is_version(bytes.get(at + 1..))),
            };
            let found = found.map(|(_, at)| match self {
                Begins::Member => at,
                Begins::Plain => at + 1,
            });
            if found.is_some() {
                return found;
            }
            start += PIECE;
        }
        None
    }

    fn mark(self) -> &'static [u8] {
        match self {
            // Deflated, as every member is (RFC 1952, section 2.3).
            Begins::Member => &[0x1F, 0x8B, 8],
            Begins::Plain => b"\nWARC/",
        }
    }
}

/// Whether a record begins with these bytes: `WARC/1.1` in a line of its own.
fn is_version(bytes: Option<&[u8]>) -> bool {
    let version = bytes.and_then(|bytes| bytes.strip_prefix(b"WARC/"));
    version.is_some_and(|version| {
        matches!(version, [b'0'..=b'9', b'.', b'0'..=b'9', b'\r' | b'\n', ..])
            || matches!(
                version,
                [
                    b'0'..=b'9',
                    b'.',
                    b'0'..=b'9',
                    b'0'..=b'9',
                    b'\r' | b'\n',
                    ..
                ]
            )
    })
}

/// Whether a gzip member holds a record.
fn is_record(source: &dyn Source, at: u64) -> bool {
    let span = Span {
        start: at,
        length: source.length().saturating_sub(at),
    };
    let mut first = [0; 5];
    let read = GzDecoder::new(source.stream(span)).read_exact(&mut first);
    read.is_ok() && &first == b"WARC/"
}
