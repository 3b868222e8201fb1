//! Where a document begins, behind what servers put before it.

use flate2::bufread::MultiGzDecoder;
use std::io::Read;

/// How far a document's beginning is looked for, in bytes.
const NOISE: usize = 16 * 1024;

/// What a feed begins with.
const BEGINNINGS: [&str; 5] = ["<?xml", "<rss", "<feed", "<rdf:RDF", "<RDF"];

/// What stands behind a program's messages (a warning of PHP), where a feed may begin there. None where
/// the document begins as it should, or is a page.
pub(in crate::pull) fn without_noise(text: &str) -> Option<&str> {
    let noise = text.get(..text.floor_char_boundary(NOISE))?;
    let starts = BEGINNINGS
        .iter()
        .filter_map(|beginning| noise.find(beginning));
    let start = starts.min().filter(|start| *start > 0)?;
    let (before, rest) = text.split_at_checked(start)?;
    let before = before.to_ascii_lowercase();
    let is_page = ["<html", "<!doctype html", "<head", "<body"]
        .iter()
        .any(|tag| before.contains(tag));
    (!is_page).then_some(rest)
}

/// The bytes of a response unpacked, where they are packed and the server does not say so: a file
/// `feed.xml.gz`. What can't be unpacked, or only to more than so many bytes, stays as it is.
pub(in crate::pull) fn unpacked(bytes: Vec<u8>, most: u64) -> Vec<u8> {
    if !bytes.starts_with(&[0x1F, 0x8B, 8]) {
        return bytes;
    }
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes.as_slice())
        .take(most.saturating_add(1))
        .read_to_end(&mut unpacked);
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= most) => unpacked,
        _ => bytes,
    }
}
