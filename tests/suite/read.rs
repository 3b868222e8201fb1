//! Reading: from files to entries.

#![allow(
    clippy::expect_used,
    reason = "helpers of tests fail like tests; clippy allows it inside #[test] only"
)]

mod author_fields;
mod bylines;
mod costs;
mod damaged_web_archives;
mod encodings;
pub mod exports;
mod feed_costs;
mod feed_forms;
mod feeds;
mod files;
mod front_matter;
mod headers;
mod hostile_pages;
mod large_web_archives;
mod lost_boundaries;
mod markdown;
mod own;
mod packed_web_archives;
mod pages;
mod places;
mod private;
mod properties;
mod unusual_feeds;
mod web_archives;
mod wordpress;
mod written_times;
mod zstandard;

use crate::understanding::converted;
use offprint::model::Entry;
use offprint::reader::{
    Archive, Confidence, FrontMatter, MemorySource, Probe, ReadOptions, Reader, Source,
};
use offprint::settings::CleanSettings;
use offprint::{Code, Warning};

/// What came of a file: its articles, and all that was warned of.
#[derive(Debug, Default)]
struct Reading {
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
}

/// Scans a file and loads all that is found.
fn read(reader: &dyn Reader, bytes: &[u8]) -> Reading {
    let source = MemorySource::new("2021/news/article.txt", bytes);
    read_source(reader, &source, ReadOptions::default())
}

fn read_source(reader: &dyn Reader, source: &dyn Source, options: ReadOptions) -> Reading {
    let mut reading = Reading::default();
    let mut items = Vec::new();
    let warnings = reader.scan(source, &options, &mut |item| items.push(item));
    reading.warnings.extend(warnings);
    for item in items {
        let loaded = reader.load(source, &item.at, &options).expect("loaded");
        assert_eq!(item.head, loaded.entry.head, "the two passes agree");
        assert_eq!(item.text.is_some(), item.head.needs_text_digest());
        assert!(
            item.text
                .is_none_or(|text| text == loaded.entry.text_digest())
        );
        reading.entries.push(loaded.entry);
        reading.warnings.extend(loaded.warnings);
    }
    reading
}

/// How sure a reader is of a file.
fn sniff(reader: &dyn Reader, bytes: &[u8], name: &str) -> Confidence {
    let source = MemorySource::new(name, bytes);
    reader.sniff(&Probe::new(&source).expect("in memory"))
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
    entry.head.header_time.map(|time| time.rfc3339())
}

/// The time as written, if one is.
fn written_time(entry: &Entry) -> Option<String> {
    entry.head.written_time.map(|time| time.local.to_string())
}

/// The names of an entry's authors, when it is clean.
fn authors(entry: &Entry) -> Vec<String> {
    let article = converted(entry, &CleanSettings::default()).article;
    article.authors.into_iter().map(String::from).collect()
}
