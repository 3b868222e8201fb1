//! The structure of PNG files (Portable Network Graphics, third edition, section 5): chunks with
//! checksums.

use super::facts::{Defect, ImageFacts};
use crate::model::MediaType;

const SIGNATURE_LENGTH: usize = 8;

/// A chunk with its length, type and checksum.
struct Chunk<'bytes> {
    name: [u8; 4],
    content: &'bytes [u8],
    whole: &'bytes [u8],
}

/// Walks over the chunks, checks their checksums and looks for the last one.
///
/// # Errors
/// [`Defect::Truncated`] where `IEND` is missing; [`Defect::Broken`] where a checksum is wrong.
pub(in crate::images) fn scan(bytes: &[u8]) -> Result<ImageFacts, Defect> {
    let mut facts = ImageFacts::plain(MediaType::Png, 0, 0);
    let mut position = SIGNATURE_LENGTH;
    let mut data = false;
    loop {
        let chunk = chunk(bytes, position)?;
        position += chunk.whole.len();
        match &chunk.name {
            b"IHDR" => read_header(&mut facts, chunk.content),
            b"IDAT" => data = true,
            b"IEND" => break,
            b"acTL" => facts.animated = true,
            b"tRNS" => facts.transparent = true,
            b"iCCP" => facts.colour_profile = true,
            name if is_metadata(name) => facts.metadata = true,
            _ => {}
        }
    }
    if !data {
        return Err(Defect::Broken("it has no pixels"));
    }
    Ok(facts)
}

/// The file without texts, Exif and times, and without what follows its last chunk; not one pixel
/// changes.
pub(in crate::images) fn stripped(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(bytes.get(..SIGNATURE_LENGTH).unwrap_or_default());
    let mut position = SIGNATURE_LENGTH;
    while let Ok(chunk) = chunk(bytes, position) {
        position += chunk.whole.len();
        if !is_metadata(&chunk.name) {
            kept.extend_from_slice(chunk.whole);
        }
        if &chunk.name == b"IEND" {
            break;
        }
    }
    kept
}

fn is_metadata(name: &[u8; 4]) -> bool {
    matches!(name, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME")
}

fn read_header(facts: &mut ImageFacts, content: &[u8]) {
    if let [w1, w2, w3, w4, h1, h2, h3, h4, depth, colours, ..] = *content {
        facts.transparent = matches!(colours, 4 | 6);
        facts.width = u32::from_be_bytes([w1, w2, w3, w4]);
        facts.height = u32::from_be_bytes([h1, h2, h3, h4]);
        facts.unusual_colours = depth > 8;
    }
}

fn chunk(bytes: &[u8], position: usize) -> Result<Chunk<'_>, Defect> {
    let rest = bytes.get(position..).ok_or(Defect::Truncated)?;
    let (length, after) = rest.split_first_chunk::<4>().ok_or(Defect::Truncated)?;
    let (name, _) = after.split_first_chunk::<4>().ok_or(Defect::Truncated)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Defect::Truncated)?;
    let checked = length.checked_add(4).ok_or(Defect::Truncated)?;
    let whole = rest
        .get(..checked.checked_add(8).ok_or(Defect::Truncated)?)
        .ok_or(Defect::Truncated)?;
    let (covered, sum) = after.split_at_checked(checked).ok_or(Defect::Truncated)?;
    let mut hasher = flate2::Crc::new();
    hasher.update(covered);
    let expected = sum.first_chunk::<4>().map(|sum| u32::from_be_bytes(*sum));
    if Some(hasher.sum()) != expected {
        return Err(Defect::Broken("a checksum in it is wrong"));
    }
    Ok(Chunk {
        name: *name,
        content: covered.get(4..).unwrap_or_default(),
        whole,
    })
}
