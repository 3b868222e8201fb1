//! Exports of programs that keep articles.

mod books;
pub mod epub;
mod evernote;
mod mail;
mod omnivore;
mod publishing;
pub mod reader_json;
pub mod wallabag;

use super::{Reading, read_source, sniff};
use crate::understanding::converted;
use offprint::Code;
use offprint::model::{Entry, Sites};
use offprint::reader::{Confidence, Item, MemorySource, ReadOptions, Reader, Source};
use offprint::settings::CleanSettings;

/// What a reader makes of a file.
fn reading(reader: &dyn Reader, text: &str) -> Reading {
    let source = MemorySource::new("Export/articles.json", text.as_bytes());
    read_source(reader, &source, ReadOptions::default())
}

/// What a reader finds in a file.
fn items(reader: &dyn Reader, source: &dyn Source) -> Vec<Item> {
    let mut items = Vec::new();
    reader.scan(source, &ReadOptions::default(), &mut |item| {
        items.push(item);
    });
    items
}

/// When an entry says that it was published, in its own zone.
fn published(entry: &Entry) -> Option<String> {
    let time = entry.head.published?;
    let offset = time.offset.map(|offset| offset.to_string());
    Some(format!("{} {}", time.local, offset.unwrap_or_default()))
}

/// The text of an entry as a reader sees it, on one line.
fn shown(entry: &Entry) -> String {
    let settings = CleanSettings::new(Sites::builtin());
    let text = converted(entry, &settings).article.body.plain_text();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The codes, items and messages of what was warned of.
fn warned(reading: &Reading) -> Vec<(Code, Option<u32>, String)> {
    let warnings = reading.warnings.iter();
    warnings
        .map(|warning| (warning.code, warning.item, warning.message.clone()))
        .collect()
}

#[test]
fn each_export_is_its_own_readers_alone() {
    let readers: [&dyn Reader; 4] = [
        &offprint::reader::Wallabag,
        &offprint::reader::Omnivore,
        &offprint::reader::ReaderJson,
        &offprint::reader::Feed::default(),
    ];
    let files = [
        wallabag::SECOND,
        omnivore::METADATA,
        reader_json::GOOGLE,
        r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "a"}]}"#,
    ];
    for (text, own) in files.iter().zip(0..) {
        for (reader, position) in readers.iter().zip(0..) {
            let sure = sniff(*reader, text.as_bytes(), "x.json") == Confidence::Certain;
            assert_eq!(sure, own == position, "{}: {text}", reader.format().name);
        }
    }
}

/// Bytes in Base64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap();
            text.push(if at <= three.len() {
                char::from(SIGNS[sign])
            } else {
                '='
            });
        }
    }
    text
}
