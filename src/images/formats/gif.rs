//! The structure of GIF files (GIF89a, sections 17 to 27): blocks up to the trailer.

use super::facts::{Defect, ImageFacts};
use crate::model::MediaType;

/// Follows the blocks to the trailer without decoding a pixel.
///
/// # Errors
/// [`Defect::Truncated`] where the trailer is missing.
pub(in crate::images) fn scan(bytes: &[u8]) -> Result<ImageFacts, Defect> {
    let header = bytes.get(6..13).ok_or(Defect::Truncated)?;
    let [w1, w2, h1, h2, flags, _, _] = *header else {
        return Err(Defect::Truncated);
    };
    let mut facts = ImageFacts::plain(
        MediaType::Gif,
        u32::from(u16::from_le_bytes([w1, w2])),
        u32::from(u16::from_le_bytes([h1, h2])),
    );
    let mut position = 13 + colour_table(flags);
    let mut frames = 0_usize;
    loop {
        match bytes.get(position).ok_or(Defect::Truncated)? {
            0x3B => break,
            0x21 => {
                position = skip_blocks(bytes, position + 2)?;
            }
            0x2C => {
                let flags = *bytes.get(position + 9).ok_or(Defect::Truncated)?;
                position = skip_blocks(bytes, position + 11 + colour_table(flags))?;
                frames += 1;
            }
            _ => return Err(Defect::Broken("its blocks are damaged")),
        }
    }
    if frames == 0 {
        return Err(Defect::Broken("it has no pixels"));
    }
    facts.animated = frames > 1;
    Ok(facts)
}

/// The length of the colour table that the flags announce.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 0x07) + 1)
    }
}

/// The position after a chain of sub-blocks, which an empty one ends.
fn skip_blocks(bytes: &[u8], from: usize) -> Result<usize, Defect> {
    let mut position = from;
    loop {
        let length = usize::from(*bytes.get(position).ok_or(Defect::Truncated)?);
        position += 1 + length;
        if length == 0 {
            return Ok(position);
        }
    }
}
