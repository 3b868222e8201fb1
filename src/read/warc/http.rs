//! What a server answered, as a WARC keeps it: RFC 9112.

use crate::read::mhtml::Fields;
use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;
use std::borrow::Cow;
use std::io::Read;

/// The most codings of one body that are undone.
const MOST_CODINGS: usize = 3;

/// The status and the fields of an answer, and where its body begins.
pub(super) struct Answer {
    pub status: u16,
    pub fields: Fields,
    pub body: usize,
}

impl Answer {
    /// Reads the beginning of a block; nothing where it is none of an answer.
    pub fn of(block: &[u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', block)?;
        let line = String::from_utf8_lossy(block.get(..end)?);
        let (protocol, rest) = line.split_once(' ')?;
        let status = rest.trim_start().get(..3)?.parse().ok()?;
        if !protocol.to_ascii_uppercase().starts_with("HTTP/") {
            return None;
        }
        let rest = block.get(end + 1..)?;
        let (fields, length) = Fields::split(rest);
        Some(Answer {
            status,
            fields,
            body: end + 1 + length,
        })
    }

    /// The type of the body, in lower case without parameters.
    pub fn kind(&self) -> String {
        kind(self.fields.value("content-type").unwrap_or_default())
    }

    /// The body as the server meant it; nothing where it is coded in a way that is not known, or is
    /// longer than it may be.
    pub fn decoded(&self, block: &[u8], most: u64) -> Option<Vec<u8>> {
        let body = block.get(self.body..).unwrap_or_default();
        let value = |name| {
            self.fields
                .value(name)
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let body = match value("transfer-encoding").contains("chunked") {
            true => unchunked(body),
            false => Cow::Borrowed(body),
        };
        let codings = value("content-encoding");
        let mut codings = codings.split(',').map(str::trim).rev().take(MOST_CODINGS);
        codings.try_fold(body.into_owned(), |body, coding| undone(coding, body, most))
    }
}

/// A body without one coding (RFC 9110, section 8.4.1; RFC 7932, RFC 8878). Some programs keep the field
/// and undo the coding, so that markup is taken as it stands.
fn undone(coding: &str, body: Vec<u8>, most: u64) -> Option<Vec<u8>> {
    if body.trim_ascii_start().starts_with(b"<") {
        return Some(body);
    }
    match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            read(MultiGzDecoder::new(body.as_slice()), most)
        }
        "deflate" => read(ZlibDecoder::new(body.as_slice()), most)
            .filter(|decoded| !decoded.is_empty())
            .or_else(|| read(DeflateDecoder::new(body.as_slice()), most)),
        "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
            read(StreamingDecoder::new(body.as_slice()).ok()?, most)
        }
        // Brotli begins with nothing of its own, but hardly ever is it text.
        "br" if std::str::from_utf8(&body).is_err() => {
            read(Decompressor::new(body.as_slice(), 4096), most)
        }
        _ => Some(body),
    }
}

/// A type without its parameters, in lower case.
pub(super) fn kind(text: &str) -> String {
    let kind = text.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

/// As much as can be decoded: a body that was cut is shown as far as it goes.
fn read(reader: impl Read, most: u64) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let read = reader
        .take(most.saturating_add(1))
        .read_to_end(&mut decoded);
    let is_whole = decoded.len() as u64 <= most && (read.is_ok() || !decoded.is_empty());
    is_whole.then_some(decoded)
}

/// A body without the lengths of its chunks; as it stands where it has none, whatever the server said.
fn unchunked(body: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest.get(..1024).unwrap_or(rest)) {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or_default());
        let length = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(length, 16) else {
            break;
        };
        let data = rest.get(end + 1..).unwrap_or_default();
        if length == 0 {
            return Cow::Owned(whole);
        }
        whole.extend_from_slice(data.get(..length).unwrap_or(data));
        let after = data.get(length..).unwrap_or_default();
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
    match whole.is_empty() {
        true => Cow::Borrowed(body),
        false => Cow::Owned(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::unchunked;

    #[test]
    fn chunks_are_joined_and_what_has_none_stays() {
        assert_eq!(
            unchunked(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").as_ref(),
            b"abcde"
        );
        assert_eq!(
            unchunked(b"<html>\nno chunks").as_ref(),
            b"<html>\nno chunks"
        );
        assert_eq!(unchunked(b"5\r\nab").as_ref(), b"ab");
    }
}
