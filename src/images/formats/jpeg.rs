//! The structure of JPEG files (ITU-T T.81, annex B): segments between markers.

use super::facts::{Defect, ImageFacts};
use crate::model::MediaType;
use std::ops::Range;

/// What the segments of a JPEG file tell.
#[derive(Clone, Debug, Default)]
pub(in crate::images) struct Scan {
    width: u32,
    height: u32,
    components: u8,
    precision: u8,
    orientation: u8,
    colour_profile: bool,
    /// Where the segments are that tell of the photographer rather than of the picture.
    metadata: Vec<Range<usize>>,
    /// The scans: the parts that hold the pixels.
    scans: Vec<ScanHeader>,
    is_progressive: bool,
    /// The component that holds the brightness: the first one.
    brightness: u8,
    /// Where the end-of-image marker ends; where it is missing, where the last data do.
    end: usize,
    is_cut_off: bool,
}

/// The head of a scan.
#[derive(Clone, Copy, Debug)]
struct ScanHeader {
    /// Where its marker stands.
    start: usize,
    /// How many frequencies of the brightness it holds, of sixty-four; finer values of those that an
    /// earlier scan holds count as none.
    frequencies: u32,
}

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const APPLICATION_1: u8 = 0xE1;
const APPLICATION_2: u8 = 0xE2;
const COMMENT: u8 = 0xFE;

/// Follows the markers from the start to the end of the image. Where the end is missing and there
/// are pixels before it, browsers show those, and so the scan says what there is.
///
/// # Errors
/// [`Defect::Truncated`] where the bytes end before the first pixel.
pub(in crate::images) fn scan(bytes: &[u8]) -> Result<Scan, Defect> {
    let mut scan = Scan {
        orientation: 1,
        end: 2,
        ..Scan::default()
    };
    match scan.follow(bytes) {
        Err(Defect::Truncated) if !scan.scans.is_empty() => scan.is_cut_off = true,
        followed => followed?,
    }
    if scan.width == 0 || scan.height == 0 {
        return Err(Defect::Broken("it has no frame"));
    }
    Ok(scan)
}

const CLOSING_MARKER: [u8; 2] = [0xFF, END_OF_IMAGE];

/// The next marker and where its `FF` stands. Fill bytes may stand before it (B.1.1.2).
fn next_marker(bytes: &[u8], from: usize) -> Result<(u8, usize), Defect> {
    let mut position = from;
    if bytes.get(position) != Some(&0xFF) {
        return Err(if position >= bytes.len() {
            Defect::Truncated
        } else {
            Defect::Broken("its segments are damaged")
        });
    }
    loop {
        match bytes.get(position + 1) {
            Some(0xFF) => position += 1,
            Some(marker) => return Ok((*marker, position)),
            None => return Err(Defect::Truncated),
        }
    }
}

/// Where the content of the segment lies whose marker stands at `start`, its length excluded.
fn segment(bytes: &[u8], start: usize) -> Result<Range<usize>, Defect> {
    let length = bytes
        .get(start + 2..start + 4)
        .and_then(|length| <[u8; 2]>::try_from(length).ok())
        .map(u16::from_be_bytes)
        .ok_or(Defect::Truncated)?;
    if length < 2 {
        return Err(Defect::Broken("its segments are damaged"));
    }
    let end = start + 2 + usize::from(length);
    if end > bytes.len() {
        return Err(Defect::Truncated);
    }
    Ok(start + 4..end)
}

/// Where the first marker after entropy-coded data stands: `FF 00` and restarts belong to the data.
fn end_of_scan(bytes: &[u8], from: usize) -> Result<usize, Defect> {
    let mut position = from;
    loop {
        let rest = bytes.get(position..).ok_or(Defect::Truncated)?;
        let found = memchr::memchr(0xFF, rest).ok_or(Defect::Truncated)?;
        position += found;
        match bytes.get(position + 1) {
            Some(0x00 | 0xD0..=0xD7) => position += 2,
            Some(0xFF) => position += 1,
            Some(_) => return Ok(position),
            None => return Err(Defect::Truncated),
        }
    }
}

impl Scan {
    /// Follows the markers; `end` says how far.
    fn follow(&mut self, bytes: &[u8]) -> Result<(), Defect> {
        loop {
            let (marker, start) = next_marker(bytes, self.end)?;
            self.end = match marker {
                END_OF_IMAGE => {
                    self.end = start + 2;
                    return Ok(());
                }
                START_OF_IMAGE | 0x01 | 0xD0..=0xD7 => start + 2,
                START_OF_SCAN => {
                    let content = segment(bytes, start)?;
                    self.read_scan_header(start, bytes.get(content.clone()));
                    // What there is of the data, if their end is missing.
                    self.end = bytes.len();
                    end_of_scan(bytes, content.end)?
                }
                _ => {
                    let content = segment(bytes, start)?;
                    self.read(marker, start..content.end, bytes.get(content.clone()));
                    content.end
                }
            };
        }
    }

    /// Whether each scan holds some of the whole picture rather than all of a part of it.
    pub fn is_progressive(&self) -> bool {
        self.is_progressive
    }

    /// The file with an end where it has none. `filling` stands for the data that may be missing.
    pub fn closed(&self, bytes: &[u8], filling: &[u8]) -> Vec<u8> {
        let mut data = bytes.get(..self.end).unwrap_or(bytes);
        // Half a marker says nothing.
        while let Some(rest) = data.strip_suffix(&[0xFF]) {
            data = rest;
        }
        [data, filling, &CLOSING_MARKER].concat()
    }

    /// A progressive file without its last scan, which lacks its end: each scan makes the whole
    /// picture finer. None where too little is left, or where the scans are parts of the picture.
    pub fn without_last_scan(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        // The lowest quarter, which comes first, holds most of what is seen. Usual encoders send less
        // than that at first (six) and then all, or a third at a time.
        const FEWEST: u32 = 16;
        let (last, whole) = self.scans.split_last().filter(|_| self.is_progressive)?;
        let frequencies: u32 = whole.iter().map(|scan| scan.frequencies).sum();
        if frequencies < FEWEST {
            return None;
        }
        Some([bytes.get(..last.start)?, &CLOSING_MARKER].concat())
    }

    fn read(&mut self, marker: u8, whole: Range<usize>, content: Option<&[u8]>) {
        let content = content.unwrap_or_default();
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                self.is_progressive = marker == 0xC2;
                self.read_frame(content);
            }
            APPLICATION_1 => {
                if let Some(exif) = content.strip_prefix(b"Exif\0\0") {
                    self.orientation = orientation(exif).unwrap_or(self.orientation);
                }
                self.metadata.push(whole);
            }
            APPLICATION_2 if content.starts_with(b"ICC_PROFILE\0") => self.colour_profile = true,
            // JFIF (0) and Adobe (14) tell how to read the colours; all others are programs' own.
            0xE2..=0xED | 0xEF | COMMENT => self.metadata.push(whole),
            _ => {}
        }
    }

    /// Reads what a scan holds (ITU-T T.81, B.2.3): its components, the first and the last frequency,
    /// and which bits of them.
    fn read_scan_header(&mut self, start: usize, content: Option<&[u8]>) {
        let frequencies = || {
            let (count, rest) = content?.split_first()?;
            let (components, rest) = rest.split_at_checked(usize::from(*count) * 2)?;
            let is_bright = components
                .chunks_exact(2)
                .any(|component| component.first() == Some(&self.brightness));
            match *rest {
                [first, last, bits] if is_bright && bits >> 4 == 0 => {
                    Some(u32::from(last.saturating_sub(first)) + 1)
                }
                _ => None,
            }
        };
        let frequencies = frequencies().unwrap_or_default();
        self.scans.push(ScanHeader { start, frequencies });
    }

    fn read_frame(&mut self, content: &[u8]) {
        if let [precision, h1, h2, w1, w2, components, ..] = *content {
            self.precision = precision;
            self.height = u32::from(u16::from_be_bytes([h1, h2]));
            self.width = u32::from(u16::from_be_bytes([w1, w2]));
            self.components = components;
            self.brightness = content.get(6).copied().unwrap_or_default();
        }
    }

    /// What is known of the picture.
    pub fn facts(&self) -> ImageFacts {
        ImageFacts {
            orientation: self.orientation,
            metadata: !self.metadata.is_empty(),
            unusual_colours: self.components == 4 || self.precision > 8,
            colour_profile: self.colour_profile,
            progressive: self.is_progressive,
            is_cut_off: self.is_cut_off,
            ..ImageFacts::plain(MediaType::Jpeg, self.width, self.height)
        }
    }

    /// The file without metadata and without what follows the end of the image; not one pixel
    /// changes.
    pub fn stripped(&self, bytes: &[u8]) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.end);
        let mut position = 0;
        for range in &self.metadata {
            kept.extend_from_slice(bytes.get(position..range.start).unwrap_or_default());
            position = range.end;
        }
        kept.extend_from_slice(bytes.get(position..self.end).unwrap_or_default());
        kept
    }
}

/// The orientation in an Exif block (Exif 2.32, 4.6.4: tag 274 of the first directory).
fn orientation(exif: &[u8]) -> Option<u8> {
    let little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = <[u8; 2]>::try_from(exif.get(at..at.checked_add(2)?)?).ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let long = |at: usize| -> Option<usize> {
        let bytes = <[u8; 4]>::try_from(exif.get(at..at.checked_add(4)?)?).ok()?;
        usize::try_from(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
        .ok()
    };
    let directory = long(4)?;
    let count = short(directory)?;
    for index in 0..usize::from(count) {
        let entry = directory.checked_add(2 + index * 12)?;
        if short(entry)? == 274 {
            let value = short(entry.checked_add(8)?)?;
            return u8::try_from(value)
                .ok()
                .filter(|value| (1..=8).contains(value));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientation_is_read_in_both_byte_orders() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(orientation(little), Some(6));
        assert_eq!(orientation(big), Some(8));
    }

    #[test]
    fn nonsense_is_no_orientation() {
        let nine = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0";
        assert_eq!(orientation(nine), None);
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), None);
        assert_eq!(orientation(b"II"), None);
    }
}
