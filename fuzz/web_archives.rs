//! Any bytes are a web archive that is read as far as it goes, or are none; both passes read the same, and
//! what servers coded is undone within bounds.

use crate::spelling::spelled;
use flate2::Compression;
use flate2::write::GzEncoder;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::parts::read::open_container_in_memory;
use offprint::reader::{MemorySource, ReadOptions, Reader, Warc};
use offprint::settings::CleanSettings;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const WORDS: &[&str] = &[
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "WARC-Type: resource\r\n",
    "WARC-Type: revisit\r\n",
    "WARC-Target-URI: https://x.example/a\r\n",
    "WARC-Target-URI: <https://x.example/b.png>\r\n",
    "WARC-Refers-To-Target-URI: https://x.example/a\r\n",
    "WARC-Segment-Number: 1\r\n",
    "WARC-Date: 2021-12-31T01:00:00Z\r\n",
    "Content-Length: 0\r\n",
    "Content-Length: 120\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Content-Type: text/html; charset=gbk\r\n",
    "Content-Type: image/png\r\n",
    "Content-Encoding: br\r\n",
    "Content-Encoding: zstd, gzip\r\n",
    "Content-Encoding: deflate\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Location: /b.png\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 301 Moved\r\n",
    "\r\n",
    "\r\n\r\n",
    "5\r\n",
    "ffffffff\r\n",
    "0\r\n\r\n",
    "<html><p>One, two and three went out, and came home late.</p>",
    "<img src=b.png>",
    "{\"url\": \"https://x.example/a\", \"title\": \"A & b\"}\n",
    "\u{1f}\u{8b}",
    "a",
];

pub fn holds(bytes: &[u8]) {
    let words = spelled(bytes, WORDS);
    for bytes in [bytes, words.as_bytes()] {
        of_file("a.warc", bytes.to_vec());
        of_file("a.warc.gz", gzip(bytes));
        let answer = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n".as_slice(),
            bytes,
        ]
        .concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/a\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        let record = [head.as_bytes(), &answer];
        of_file("b.warc", record.concat());
    }
    of_wacz(words.as_bytes());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An archive whose records and whose list of pages are the same bytes.
fn of_wacz(bytes: &[u8]) {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["archive/a.warc", "datapackage.json", "pages/pages.jsonl"] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    let packed = writer.finish().unwrap().into_inner();
    let Ok(opened) = open_container_in_memory(packed, "a.wacz") else {
        panic!("the archive is one");
    };
    assert_eq!(opened.members.len(), 1, "lists are no articles");
    for member in opened.members {
        if let Ok(source) = member.open("a.wacz!archive/a.warc".to_owned(), Vec::new()) {
            of_source(&source);
        }
    }
}

fn of_file(name: &str, bytes: Vec<u8>) {
    of_source(&MemorySource::new(name, bytes));
}

fn of_source(source: &dyn offprint::reader::Source) {
    let reader = Warc::default();
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = reader.scan(source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "an archive is passed over in silence"
    );
    let settings = CleanSettings::new(Sites::builtin());
    for item in items {
        let mut loaded = reader.load(source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        if let Some(found) = loaded.entry.resources.find("b.png") {
            let _ = found.bytes.read(1000);
        }
        clean::complete(&mut loaded.entry);
        clean::absence(&loaded.entry);
        clean::clean(&loaded.entry, &settings);
    }
}
