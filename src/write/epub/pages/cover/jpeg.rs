//! A JPEG of a picture in which much is alike: what repeats is encoded once.
//!
//! Where a JPEG has restart markers (ITU-T T.81, section E.1.4), what stands between two of them
//! depends on nothing before it. So the picture is cut into pieces of some blocks, the encoder gets
//! those that differ, one below the other, and its output is put together in the picture's order. A
//! cover of flat colours takes an eighth of the time by it.

use crate::error::Result;
use crate::write::epub::defect;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::collections::HashMap;
use twox_hash::XxHash3_128;

/// About how wide a piece is, in pixels. Narrower ones repeat more often, but each costs some bytes.
const PIECE: usize = 48;
/// The largest side of a JPEG.
const LARGEST: usize = u16::MAX as usize;

/// A picture as the encoder takes it.
#[derive(Clone, Copy)]
pub(super) struct Pixels<'picture> {
    pub bytes: &'picture [u8],
    pub width: u16,
    pub height: u16,
    /// Grey, or red, green and blue.
    pub grey: bool,
}

/// A picture cut into pieces.
pub(super) struct Pieces {
    width: u16,
    height: u16,
    grey: bool,
    /// The blocks of a piece.
    blocks: usize,
    /// The pixels of the pieces that differ, one below the other.
    distinct: Vec<u8>,
    /// Which of those each piece of the picture is.
    order: Vec<usize>,
}

impl Pixels<'_> {
    fn channels(self) -> usize {
        if self.grey { 1 } else { 3 }
    }

    /// The side of what the encoder takes at a time: with colours at half the resolution, four blocks.
    fn unit(self) -> usize {
        if self.grey { 8 } else { 16 }
    }

    /// Cuts the picture into small pieces, or, if there would be too many that differ, into rows.
    pub fn cut(self) -> Pieces {
        let unit = self.unit();
        let columns = usize::from(self.width).div_ceil(unit).max(1);
        let divisors = (1..=columns).filter(|blocks| columns % blocks == 0);
        let small = divisors.min_by_key(|blocks| blocks.abs_diff(PIECE / unit));
        let pieces = self.cut_into(small.unwrap_or(columns));
        if pieces.count() * unit > LARGEST {
            return self.cut_into(columns);
        }
        pieces
    }

    fn cut_into(self, blocks: usize) -> Pieces {
        let unit = self.unit();
        let mut pieces = Pieces {
            width: self.width,
            height: self.height,
            grey: self.grey,
            blocks,
            distinct: Vec::new(),
            order: Vec::new(),
        };
        let mut known: HashMap<u128, usize> = HashMap::new();
        let length = blocks * unit * unit * self.channels();
        for top in (0..usize::from(self.height)).step_by(unit) {
            for left in (0..usize::from(self.width)).step_by(blocks * unit) {
                let start = pieces.distinct.len();
                self.piece(left, top, blocks * unit, &mut pieces.distinct);
                let piece = pieces.distinct.get(start..).unwrap_or_default();
                let number = *known
                    .entry(XxHash3_128::oneshot(piece))
                    .or_insert(start / length);
                if number != start / length {
                    pieces.distinct.truncate(start);
                }
                pieces.order.push(number);
            }
        }
        pieces
    }

    /// Appends the pixels of a piece; beyond the picture's edges its last ones are repeated.
    fn piece(self, left: usize, top: usize, width: usize, piece: &mut Vec<u8>) {
        let channels = self.channels();
        let row = usize::from(self.width) * channels;
        let last = usize::from(self.height).saturating_sub(1);
        for y in top..top + self.unit() {
            let line = self.bytes.chunks_exact(row.max(1)).nth(y.min(last));
            let line = line.unwrap_or_default();
            let end = ((left + width) * channels).min(row);
            let within = line.get(left * channels..end).unwrap_or_default();
            piece.extend_from_slice(within);
            let edge = line.len().saturating_sub(channels);
            let pixel = line.get(edge..).unwrap_or_default();
            for _ in within.len() / channels..width {
                piece.extend_from_slice(pixel);
            }
        }
    }
}

impl Pieces {
    fn unit(&self) -> usize {
        if self.grey { 8 } else { 16 }
    }

    fn count(&self) -> usize {
        self.order.iter().max().map_or(0, |last| last + 1)
    }

    /// The whole picture as JPEG.
    pub fn encode(&self, quality: u8) -> Result<Vec<u8>> {
        let mut encoded = Vec::new();
        let mut encoder = Encoder::new(&mut encoded, quality);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        encoder.set_restart_interval(side(self.blocks)?);
        let colours = if self.grey {
            ColorType::Luma
        } else {
            ColorType::Rgb
        };
        let (width, height) = (self.blocks * self.unit(), self.count() * self.unit());
        encoder
            .encode(&self.distinct, side(width)?, side(height)?, colours)
            .map_err(defect)?;
        self.put_together(&encoded)
            .ok_or_else(|| defect("the encoder made no JPEG with restart markers"))
    }

    fn put_together(&self, encoded: &[u8]) -> Option<Vec<u8>> {
        let (mut whole, scan) = self.head(encoded)?;
        let scans = scans(scan);
        for (position, &number) in self.order.iter().enumerate() {
            if position > 0 {
                whole.extend([0xFF, 0xD0 + ((position - 1) % 8) as u8]);
            }
            whole.extend_from_slice(scans.get(number)?);
        }
        whole.extend([0xFF, 0xD9]);
        Some(whole)
    }

    /// What stands before the pixels, with the size of the whole picture; and the rest.
    fn head<'bytes>(&self, encoded: &'bytes [u8]) -> Option<(Vec<u8>, &'bytes [u8])> {
        let mut position = 2;
        let mut frame = None;
        loop {
            let &[_, marker, high, low] = encoded.get(position..)?.first_chunk()?;
            // Start of a frame: sequential, of eight bits.
            if matches!(marker, 0xC0 | 0xC1) {
                frame = Some(position);
            }
            position += 2 + usize::from(u16::from_be_bytes([high, low]));
            if marker == 0xDA {
                break;
            }
        }
        let (head, scan) = encoded.split_at_checked(position)?;
        let mut head = head.to_vec();
        let [height_high, height_low] = self.height.to_be_bytes();
        let [width_high, width_low] = self.width.to_be_bytes();
        let size = [height_high, height_low, width_high, width_low];
        // Behind the marker, the length and the precision.
        let place = frame? + 5;
        head.get_mut(place..place + size.len())?
            .copy_from_slice(&size);
        Some((head, scan))
    }
}

/// What stands between restart markers; within it a byte 0xFF is always followed by 0.
fn scans(scan: &[u8]) -> Vec<&[u8]> {
    let mut scans = Vec::new();
    let mut start = 0;
    for position in memchr::memchr_iter(0xFF, scan) {
        if let Some(0xD0..=0xD7 | 0xD9) = scan.get(position + 1) {
            scans.push(scan.get(start..position).unwrap_or_default());
            start = position + 2;
        }
    }
    scans
}

fn side(length: usize) -> Result<u16> {
    u16::try_from(length).map_err(defect)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Flat areas, slanting edges and, in a corner, something that never repeats.
    fn drawn(width: u16, height: u16, channels: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for y in 0..usize::from(height) {
            for x in 0..usize::from(width) {
                let flat = if (x + y) % 200 < 100 { 40 } else { 200 };
                let value = if x < 30 && y < 40 {
                    (x * 5 + y) % 256
                } else {
                    flat
                };
                bytes.extend((0..channels).map(|channel| (value + channel * 20) as u8));
            }
        }
        bytes
    }

    #[test]
    fn what_is_put_together_looks_like_what_went_in() {
        for (width, height) in [
            (1200, 1600),
            (1264, 1680),
            (90, 120),
            (1, 1),
            (97, 33),
            (16, 700),
        ] {
            for grey in [false, true] {
                let bytes = drawn(width, height, if grey { 1 } else { 3 });
                let pixels = Pixels {
                    bytes: &bytes,
                    width,
                    height,
                    grey,
                };
                let encoded = pixels.cut().encode(90).unwrap();
                let mut decoder = jpeg_decoder::Decoder::new(encoded.as_slice());
                let decoded = decoder.decode().unwrap();
                let info = decoder.info().unwrap();
                assert_eq!((info.width, info.height), (width, height));
                let pairs = bytes.iter().zip(&decoded);
                let off: u64 = pairs
                    .map(|(one, other)| u64::from(one.abs_diff(*other)))
                    .sum();
                assert!(off < 5 * bytes.len() as u64, "{width}x{height}: {off}");
            }
        }
    }

    #[test]
    fn a_flat_picture_costs_one_piece() {
        let bytes = vec![99; 1200 * 1600 * 3];
        let pixels = Pixels {
            bytes: &bytes,
            width: 1200,
            height: 1600,
            grey: false,
        };
        assert_eq!(pixels.cut().count(), 1);
    }
}
