//! Pictures: what they are by their bytes, and whether they are whole, by their structure alone.

use super::{Findings, Rule};

/// Checks a picture that stands alone.
pub(super) fn check(bytes: &[u8], path: &str, findings: &mut Findings) {
    match media_type(bytes) {
        Some(kind) => {
            if let Err(fault) = whole(kind, bytes) {
                findings.add(Rule::ImageDamaged, path, None, fault);
            }
        }
        None => findings.add(Rule::ImageDamaged, path, None, "it is no picture"),
    }
}

/// The media type that the first bytes tell of.
pub(super) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"\x89PNG\r\n\x1A\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"BM", "image/bmp"),
        (b"\0\0\x01\0", "image/x-icon"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, kind)) = known {
        return Some(kind);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12) == Some(b"avif") {
        return Some("image/avif");
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    head.contains("<svg").then_some("image/svg+xml")
}

/// Whether a picture of this type is whole.
///
/// # Errors
/// What is wrong with it.
pub(super) fn whole(kind: &str, bytes: &[u8]) -> Result<(), &'static str> {
    match kind {
        "image/jpeg" => jpeg(bytes).unwrap_or(Err(CUT)),
        "image/png" => png(bytes).unwrap_or(Err(CUT)),
        "image/gif" => gif(bytes).unwrap_or(Err(CUT)),
        "image/webp" => webp(bytes).unwrap_or(Err(CUT)),
        _ => Ok(()),
    }
}

const CUT: &str = "it is cut off";

/// What a walk over a structure says; nothing where the bytes end before the structure does.
type Walk = Option<Result<(), &'static str>>;

fn u16_be(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
    Some(usize::from(u16::from_be_bytes(*two)))
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*four))
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    u32_be(bytes, at).map(u32::swap_bytes)
}

/// Markers up to the end of the image (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> Walk {
    let mut at = 2;
    let (mut frame, mut scan) = (false, false);
    loop {
        if *bytes.get(at)? != 0xFF {
            return Some(Err("bytes stand between its segments"));
        }
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        match marker {
            0xD9 if frame && scan => return Some(Ok(())),
            0xD9 => return Some(Err("it ends without pixels")),
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let length = u16_be(bytes, at)?;
        if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
            frame = true;
            if u16_be(bytes, at + 3)? == 0 || u16_be(bytes, at + 5)? == 0 {
                return Some(Err("it has no pixels"));
            }
        }
        at = at.checked_add(length.max(2))?;
        if marker == 0xDA {
            scan = true;
            at = after_scan(bytes, at)?;
        }
    }
}

/// The position of the marker after compressed pixels.
fn after_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let pairs = rest.iter().zip(rest.get(1..)?);
    let mut markers = pairs.enumerate().filter(|(_, (first, _))| **first == 0xFF);
    let marker = markers.find(|(_, (_, second))| !matches!(**second, 0 | 0xD0..=0xD7 | 0xFF));
    marker.map(|(at, _)| from + at)
}

/// Chunks up to the last one, with their checksums (PNG, third edition, section 5).
fn png(bytes: &[u8]) -> Walk {
    let mut at = 8;
    let mut data = false;
    loop {
        let length = usize::try_from(u32_be(bytes, at)?).ok()?;
        let end = at.checked_add(length)?.checked_add(8)?;
        let covered = bytes.get(at.checked_add(4)?..end)?;
        let mut sum = flate2::Crc::new();
        sum.update(covered);
        if u32_be(bytes, end)? != sum.sum() {
            return Some(Err("a checksum in it is wrong"));
        }
        let name = covered.get(..4)?;
        if at == 8 && name != b"IHDR" {
            return Some(Err("its header is not first"));
        }
        if name == b"IHDR" && (u32_be(covered, 4)? == 0 || u32_be(covered, 8)? == 0) {
            return Some(Err("it has no pixels"));
        }
        data |= name == b"IDAT";
        if name == b"IEND" {
            return Some(if data {
                Ok(())
            } else {
                Err("it has no pixels")
            });
        }
        at = end.checked_add(4)?;
    }
}

/// Blocks up to the trailer (GIF89a, sections 17 to 27).
fn gif(bytes: &[u8]) -> Walk {
    let table = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3_usize << ((flags & 7) + 1),
    };
    let mut at = 13_usize.checked_add(table(*bytes.get(10)?))?;
    let mut frames = false;
    loop {
        match *bytes.get(at)? {
            0x3B if frames => return Some(Ok(())),
            0x3B => return Some(Err("it has no pixels")),
            0x21 => at = after_blocks(bytes, at.checked_add(2)?)?,
            0x2C => {
                frames = true;
                let flags = *bytes.get(at.checked_add(9)?)?;
                at = after_blocks(bytes, at.checked_add(11)?.checked_add(table(flags))?)?;
            }
            _ => return Some(Err("its blocks are damaged")),
        }
    }
}

fn after_blocks(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at = at.checked_add(length)?.checked_add(1)?;
        if length == 0 {
            return Some(at);
        }
    }
}

/// The lengths of the container and of its chunks (RIFF; RFC 9649, section 2).
fn webp(bytes: &[u8]) -> Walk {
    let length = usize::try_from(u32_le(bytes, 4)?).ok()?;
    let body = bytes.get(8..length.checked_add(8)?)?;
    let mut at = 4;
    let mut pixels = false;
    while at < body.len() {
        let name = body.get(at..at.checked_add(4)?)?;
        let length = usize::try_from(u32_le(body, at.checked_add(4)?)?).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?;
        body.get(at..end)?;
        pixels |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        at = end.checked_add(length % 2)?;
    }
    Some(if pixels {
        Ok(())
    } else {
        Err("it has no pixels")
    })
}
