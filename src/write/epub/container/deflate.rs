//! Text compressed in the workers (RFC 1951), in a form that the sink can lengthen cheaply.

use crate::error::Result;
use crate::write::epub::defect;
use flate2::{Compress, CompressError, Compression, Crc, FlushCompress, Status};
use std::cell::RefCell;

thread_local! {
    /// The compressor of this thread. Its tables take some 300 kB, too much to make anew for every
    /// document.
    static STREAM: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), false));
}

/// Compressed text whose end may still be missing.
///
/// The links at an article's end name its neighbours, which only the sink knows. So a worker
/// compresses the text up to there and flushes to a byte boundary; the sink compresses the few
/// bytes that remain and appends them.
#[derive(Debug, Default)]
pub(in crate::write::epub) struct Deflated {
    bytes: Vec<u8>,
    crc: Crc,
    length: u64,
}

impl Deflated {
    /// Compresses a whole text.
    pub(in crate::write::epub) fn whole(text: &[u8]) -> Result<Self> {
        Deflated::default().finish(text)
    }

    /// Compresses the beginning of a text; [`Deflated::finish`] has to follow.
    pub(in crate::write::epub) fn beginning(text: &[u8]) -> Result<Self> {
        let mut deflated = Deflated::default();
        deflated.add_beginning(text)?;
        Ok(deflated)
    }

    /// Adds the end of the text.
    pub(in crate::write::epub) fn finish(mut self, end: &[u8]) -> Result<Self> {
        self.push(end, FlushCompress::Finish)?;
        Ok(self)
    }

    /// Adds text that is not the last.
    pub(in crate::write::epub) fn add_beginning(&mut self, text: &[u8]) -> Result<()> {
        self.push(text, FlushCompress::Sync)
    }

    /// Adds what was compressed elsewhere, which a byte boundary ends as well.
    pub(in crate::write::epub) fn append(&mut self, other: Deflated) {
        self.crc.combine(&other.crc);
        self.length += other.length;
        self.bytes.extend_from_slice(&other.bytes);
    }

    /// The compressed bytes.
    pub(in crate::write::epub) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The CRC-32 of the text.
    pub(in crate::write::epub) fn crc(&self) -> u32 {
        self.crc.sum()
    }

    /// The text's length in bytes.
    pub(in crate::write::epub) fn length(&self) -> u64 {
        self.length
    }

    fn push(&mut self, text: &[u8], flush: FlushCompress) -> Result<()> {
        let mut addition = Crc::new();
        addition.update(text);
        self.crc.combine(&addition);
        self.length += text.len() as u64;
        STREAM.with_borrow_mut(|stream| {
            stream.reset();
            compress(stream, text, flush, &mut self.bytes).map_err(defect)
        })
    }
}

/// Appends a run of DEFLATE blocks to `bytes`. A stream in order never fails (zlib manual,
/// `deflate`); were one not in order, what it gave would be cut short.
fn compress(
    stream: &mut Compress,
    text: &[u8],
    flush: FlushCompress,
    bytes: &mut Vec<u8>,
) -> Result<(), CompressError> {
    let mut rest = text;
    loop {
        // The flush needs some bytes of room beyond the text; without room zlib asks again.
        bytes.reserve(rest.len() / 2 + 64);
        let room = bytes.capacity() - bytes.len();
        let before = (stream.total_in(), stream.total_out());
        let status = stream.compress_vec(rest, bytes, flush)?;
        let taken = usize::try_from(stream.total_in() - before.0).unwrap_or(usize::MAX);
        let given = usize::try_from(stream.total_out() - before.1).unwrap_or(usize::MAX);
        rest = rest.get(taken..).unwrap_or_default();
        let flushed = rest.is_empty() && given < room;
        let done = match (flush, status) {
            (FlushCompress::Finish, Status::StreamEnd) => true,
            (FlushCompress::Finish, _) => false,
            _ => flushed,
        };
        if done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn inflated(deflated: &Deflated) -> Vec<u8> {
        let mut text = Vec::new();
        flate2::read::DeflateDecoder::new(deflated.bytes())
            .read_to_end(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn a_text_in_two_runs_is_one_stream() {
        for length in [0, 1, 63, 64, 1000, 70_000, 300_000] {
            let text: Vec<u8> = (0..length)
                .map(|i: u32| (i % 1009 * 7 % 251) as u8)
                .collect();
            let deflated = Deflated::beginning(&text).unwrap();
            let deflated = deflated.finish(b"<end/>").unwrap();
            let mut expected = text.clone();
            expected.extend_from_slice(b"<end/>");
            assert_eq!(inflated(&deflated), expected);
            let mut crc = Crc::new();
            crc.update(&expected);
            assert_eq!(
                (deflated.crc(), deflated.length()),
                (crc.sum(), expected.len() as u64)
            );
            assert_eq!(inflated(&Deflated::whole(&text).unwrap()), text);
        }
    }

    #[test]
    fn fault_8_what_a_stream_refuses_is_an_error_and_no_shorter_text() {
        let mut stream = Compress::new(Compression::default(), false);
        let mut bytes = Vec::new();
        compress(&mut stream, b"text", FlushCompress::Finish, &mut bytes).unwrap();
        let after_the_end = compress(&mut stream, b"more", FlushCompress::Sync, &mut bytes);
        assert!(after_the_end.is_err());
    }
}
