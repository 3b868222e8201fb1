//! Reading: from files to entries.

#![allow(
    clippy::expect_used,
    reason = "helpers of tests fail like tests; clippy allows it inside #[test] only"
)]

mod bylines;
mod encodings;
mod files;
mod front_matter;
mod headers;
mod properties;

use offprint::error::Code;
use offprint::model::Entry;
use offprint::read::{Archive, Document, Extent, FrontMatter, Reader, Reading};

/// Reads a file whole.
fn read(reader: &dyn Reader, bytes: &[u8]) -> Reading {
    let folders = ["2021".to_owned(), "news".to_owned()];
    let document = Document {
        path: "2021/news/article.txt",
        folders: &folders,
        bytes,
        encoding: None,
    };
    reader.read(&document, Extent::Whole)
}

/// The entry of a file in the seed format, and the codes of its warnings with their lines.
fn seed(text: &str) -> (Entry, Vec<(Code, Option<u32>)>) {
    article(&Archive, text.as_bytes())
}

/// The entry of a file with front matter, and the codes of its warnings with their lines.
fn post(text: &str) -> (Entry, Vec<(Code, Option<u32>)>) {
    article(&FrontMatter, text.as_bytes())
}

fn article(reader: &dyn Reader, bytes: &[u8]) -> (Entry, Vec<(Code, Option<u32>)>) {
    let mut reading = read(reader, bytes);
    let codes = codes(&reading);
    let entry = reading.entries.pop().expect("an entry");
    assert!(reading.entries.is_empty());
    (entry, codes)
}

fn codes(reading: &Reading) -> Vec<(Code, Option<u32>)> {
    reading
        .warnings
        .iter()
        .map(|warning| (warning.code, warning.line))
        .collect()
}

/// The header's time of an entry, as RFC 3339 writes it.
fn header_time(entry: &Entry) -> Option<String> {
    entry.header_time.map(|time| time.rfc3339())
}

/// The time as written, if one is.
fn written_time(entry: &Entry) -> Option<String> {
    entry.written_time.map(|time| time.local.to_string())
}
