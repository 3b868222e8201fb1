//! What Zstandard packed (RFC 8878), frame by frame: web archives have one for each record, behind one that holds the
//! dictionary of the others.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Read};

/// The kind of frame that holds a dictionary (WARC files in Zstandard 1.0, "Dictionary").
const DICTIONARY: u32 = 0x184D_2A5D;

/// The longest dictionary: those that are made have a hundred kilobytes.
const LONGEST_DICTIONARY: u64 = 8 << 20;

/// How many bytes are unpacked at a time.
const PIECE: usize = 128 << 10;

/// Whether a file that begins so is packed by Zstandard, with a frame of data first or one to be skipped.
pub(super) fn begins(first: &[u8]) -> bool {
    matches!(
        first,
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]
    )
}

/// The bytes of all frames.
pub(super) struct Frames<R> {
    packed: R,
    decoder: FrameDecoder,
    is_within_frame: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(packed: R) -> Self {
        Frames {
            packed,
            decoder: FrameDecoder::new(),
            is_within_frame: false,
        }
    }

    /// Begins the next frame of data; false where there is none.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                })) => self.skip(magic_number, u64::from(length))?,
                Err(error) => return Err(damaged(&error)),
            }
        }
    }

    /// Passes over a frame that holds no data; a dictionary is taken.
    fn skip(&mut self, kind: u32, length: u64) -> io::Result<()> {
        let mut frame = (&mut self.packed).take(length);
        if kind == DICTIONARY && length <= LONGEST_DICTIONARY {
            let mut bytes = Vec::new();
            frame.read_to_end(&mut bytes)?;
            let dictionary = Dictionary::decode_dict(&unpacked(bytes)?);
            let dictionary = dictionary.map_err(|error| damaged(&error))?;
            return self
                .decoder
                .add_dict(dictionary)
                .map_err(|error| damaged(&error));
        }
        io::copy(&mut frame, &mut io::sink()).map(|_| ())
    }
}

/// A dictionary may be packed itself.
fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return Ok(bytes);
    }
    let decoder = StreamingDecoder::new(bytes.as_slice()).map_err(|error| damaged(&error))?;
    let mut dictionary = Vec::new();
    decoder
        .take(LONGEST_DICTIONARY)
        .read_to_end(&mut dictionary)?;
    Ok(dictionary)
}

fn damaged(error: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_within_frame {
                self.is_within_frame = self.next_frame()?;
                if !self.is_within_frame {
                    return Ok(0);
                }
            }
            if self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let strategy = BlockDecodingStrategy::UptoBytes(PIECE);
                let decoded = self.decoder.decode_blocks(&mut self.packed, strategy);
                decoded.map_err(|error| damaged(&error))?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.is_within_frame = !self.decoder.is_finished();
        }
    }
}
