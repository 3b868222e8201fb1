//! What some bytes are: their type by their first bytes alone, and whether they are whole.
//!
//! Names and `Content-Type` headers are never asked. Nothing is decoded here: the checks follow the
//! containers' structure, in time linear in the number of bytes.

use super::facts::{Defect, ImageFacts};
use super::{gif, png};
use super::{jpeg, jxl};
use crate::model::MediaType;
use std::panic;

/// Finds out what the bytes are and checks that they are whole.
pub(in crate::images) fn inspect(bytes: &[u8]) -> Result<ImageFacts, Defect> {
    let media_type = media_type(bytes)?;
    let facts = match media_type {
        MediaType::Jpeg => jpeg::scan(bytes)?.facts(),
        MediaType::Png => png::scan(bytes)?,
        MediaType::Gif => gif::scan(bytes)?,
        MediaType::WebP => whole_riff(bytes).and_then(|()| by_header(media_type, bytes))?,
        MediaType::Svg => ImageFacts::plain(MediaType::Svg, 1, 1),
        MediaType::Bmp | MediaType::Tiff | MediaType::Icon | MediaType::Avif => {
            by_header(media_type, bytes)?
        }
        MediaType::JpegXl => jxl::facts(bytes)?,
    };
    if facts.pixels() == 0 {
        return Err(Defect::Broken("it has no pixels"));
    }
    Ok(facts)
}

/// The type of the bytes by their first few.
///
/// # Errors
/// Where they are no picture, or one of a kind that can't be read.
pub(in crate::images) fn media_type(bytes: &[u8]) -> Result<MediaType, Defect> {
    const MAGIC: [(&[u8], MediaType); 8] = [
        (b"\xFF\xD8\xFF", MediaType::Jpeg),
        (b"\x89PNG\r\n\x1A\n", MediaType::Png),
        (b"GIF87a", MediaType::Gif),
        (b"GIF89a", MediaType::Gif),
        (b"II*\0", MediaType::Tiff),
        (b"MM\0*", MediaType::Tiff),
        (b"II+\0", MediaType::Tiff),
        (b"\0\0\x01\0", MediaType::Icon),
    ];
    if bytes.is_empty() {
        return Err(Defect::Truncated);
    }
    for (magic, media_type) in MAGIC {
        if bytes.starts_with(magic) {
            return Ok(media_type);
        }
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(MediaType::WebP);
    }
    if bytes.starts_with(b"BM") && is_bitmap_header(bytes) {
        return Ok(MediaType::Bmp);
    }
    by_box(bytes).unwrap_or_else(|| by_text(bytes))
}

fn is_bitmap_header(bytes: &[u8]) -> bool {
    let length = bytes.get(14).copied().unwrap_or_default();
    matches!(length, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124)
        && bytes.get(15..18) == Some(&[0, 0, 0])
}

/// Kinds that begin with a box of ISO's base media format, and their kin.
fn by_box(bytes: &[u8]) -> Option<Result<MediaType, Defect>> {
    if jxl::is_jxl(bytes) {
        return Some(Ok(MediaType::JpegXl));
    }
    if bytes.get(4..8) == Some(b"jP  ") || bytes.starts_with(b"\xFF\x4F\xFF\x51") {
        return Some(Err(Defect::Unsupported("JPEG 2000")));
    }
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let length = usize::from(bytes.get(3).copied().unwrap_or_default());
    let brands = bytes.get(8..length.clamp(12, 64)).unwrap_or_default();
    let has = |wanted: &[u8]| brands.chunks_exact(4).any(|brand| brand == wanted);
    if has(b"avif") || has(b"avis") {
        Some(Ok(MediaType::Avif))
    } else if [b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"]
        .iter()
        .any(|brand| has(*brand))
    {
        Some(Err(Defect::Unsupported("HEIC")))
    } else {
        Some(Err(Defect::NotAPicture("a film")))
    }
}

/// Kinds that are text, by their first element or character.
fn by_text(bytes: &[u8]) -> Result<MediaType, Defect> {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(bytes.get(..HEAD.min(bytes.len())).unwrap_or_default());
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    let lower = head.to_ascii_lowercase();
    match first_element(&lower) {
        Some(element) if element.starts_with("<svg") => Ok(MediaType::Svg),
        Some(element) if element.contains(":svg") && lower.contains("www.w3.org/2000/svg") => {
            Ok(MediaType::Svg)
        }
        Some(_) if lower.contains("<html") || lower.contains("<!doctype html") => {
            Err(Defect::NotAPicture("a web page"))
        }
        Some(_) => Err(Defect::NotAPicture("markup")),
        None if bytes.starts_with(b"\x1F\x8B") => Err(Defect::NotAPicture("compressed data")),
        None if lower.starts_with('{') || lower.starts_with('[') => {
            Err(Defect::NotAPicture("JSON"))
        }
        None => Err(Defect::NotAPicture("something unknown")),
    }
}

/// The text from the first start tag on: what stands before it may be an XML declaration, comments
/// and a document type.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") && !rest.starts_with("<!doctype html") {
            // An internal subset in brackets ends with `]>`.
            if rest.split('>').next().is_some_and(|tag| tag.contains('[')) {
                "]>"
            } else {
                ">"
            }
        } else {
            return rest.starts_with('<').then_some(rest);
        };
        rest = rest.split_once(end)?.1;
    }
}

/// A WebP says in its first chunk how long it is.
fn whole_riff(bytes: &[u8]) -> Result<(), Defect> {
    let length = bytes
        .get(4..8)
        .and_then(|length| <[u8; 4]>::try_from(length).ok())
        .map(u32::from_le_bytes)
        .ok_or(Defect::Truncated)?;
    let present = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if present < u64::from(length) + 8 {
        return Err(Defect::Truncated);
    }
    Ok(())
}

/// The size that the header tells.
fn by_header(media_type: MediaType, bytes: &[u8]) -> Result<ImageFacts, Defect> {
    let size = panic::catch_unwind(|| imagesize::blob_size(bytes));
    let Ok(Ok(size)) = size else {
        return Err(Defect::Broken("its header can't be read"));
    };
    let width = u32::try_from(size.width).unwrap_or(u32::MAX);
    let height = u32::try_from(size.height).unwrap_or(u32::MAX);
    Ok(ImageFacts::plain(media_type, width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_from_the_first_bytes() {
        for (bytes, expected) in [
            (&b"\xFF\xD8\xFF\xE0"[..], Ok(MediaType::Jpeg)),
            (
                b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf",
                Ok(MediaType::Avif),
            ),
            (b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", Ok(MediaType::Avif)),
            (
                b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
                Err(Defect::Unsupported("HEIC")),
            ),
            (b"\xFF\x0A\xFA", Ok(MediaType::JpegXl)),
            (
                b"<?xml version='1.0'?>\n<!-- x --><svg/>",
                Ok(MediaType::Svg),
            ),
            (
                b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
                Ok(MediaType::Svg),
            ),
            (
                b"<!DOCTYPE html><html><svg/>",
                Err(Defect::NotAPicture("a web page")),
            ),
            (b"{\"error\":1}", Err(Defect::NotAPicture("JSON"))),
            (b"\x1F\x8B\x08", Err(Defect::NotAPicture("compressed data"))),
            (
                b"BMW is a car maker from Munich",
                Err(Defect::NotAPicture("something unknown")),
            ),
            (b"", Err(Defect::Truncated)),
        ] {
            assert_eq!(media_type(bytes), expected, "{}", bytes.escape_ascii());
        }
    }
}
