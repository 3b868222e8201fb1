//! Web archives that are damaged, or written otherwise than most: nothing in them is lost in silence.

use super::web_archives::{gzip, page, record, response};
use super::{Reading, read_source};
use offprint::Code;
use offprint::reader::{MemorySource, ReadOptions, Warc};

const COUNT: usize = 6;
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const BEGINS: &[u8] = b"WARC/1.0";

fn reading(name: &str, bytes: &[u8]) -> Reading {
    let source = MemorySource::new(name, bytes);
    read_source(&Warc::default(), &source, ReadOptions::default())
}

/// Replaces some bytes wherever they stand.
fn replaced(bytes: &[u8], text: &[u8], with: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while let Some(at) = (0..rest.len()).find(|&at| rest[at..].starts_with(text)) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(with);
        rest = &rest[at + text.len()..];
    }
    [replaced, rest.to_vec()].concat()
}

fn one(n: usize, status: &str, fields: &str) -> Vec<u8> {
    response(
        &format!("https://a.example/{n}"),
        status,
        fields,
        page(&format!("Title {n}"), "/a.png").as_bytes(),
    )
}

/// A record that says that it is so much longer than it is.
fn longer(record: &[u8], by: i64) -> Vec<u8> {
    let text = String::from_utf8_lossy(record);
    let rest = text.split_once("Content-Length: ").unwrap().1;
    let length = rest.split_once("\r\n").unwrap().0;
    let told = length.parse::<i64>().unwrap() + by;
    replaced(
        record,
        format!("Content-Length: {length}").as_bytes(),
        format!("Content-Length: {told}").as_bytes(),
    )
}

/// The byte that a warning names.
fn named(message: &str) -> usize {
    let at = message.split("byte ").nth(1).expect(message);
    let digits = at.split(|c: char| !c.is_ascii_digit()).next().unwrap();
    digits.parse().unwrap()
}

#[test]
fn a_record_that_cannot_be_read_is_told_and_costs_no_other() {
    let all: Vec<Vec<u8>> = (0..COUNT).map(|n| one(n, "200 OK", HTML)).collect();
    for packed in [false, true] {
        let file = |records: &[Vec<u8>]| -> Vec<u8> {
            let stored = |record: &Vec<u8>| match packed {
                true => gzip(record),
                false => record.clone(),
            };
            records.iter().flat_map(stored).collect()
        };
        let whole = reading("a.warc", &file(&all));
        assert_eq!(whole.entries.len(), COUNT);
        assert!(whole.warnings.is_empty(), "{:?}", whole.warnings);
        for n in 0..COUNT {
            let start = file(&all[..n]).len();
            let mut damaged = vec![
                replaced(&all[n], b"WARC-Type: response", b"WARC-Type: respxnse"),
                replaced(&all[n], b"200 OK", b"\0\0\0 OK"),
                replaced(&all[n], b"\r\nContent-Length: ", b"\r\nContent-Length? "),
                replaced(&all[n], b"WARC-Target-URI", b"WARC-Target-URL"),
            ];
            if n > 0 {
                damaged.push(replaced(&all[n], BEGINS, b"WXRC/1.0"));
                damaged.push(b"some garbage\r\n\r\n".to_vec());
            }
            for record in damaged {
                let mut records = all.clone();
                records[n] = record;
                let reading = reading("a.warc", &file(&records));
                assert_eq!(
                    reading.entries.len(),
                    COUNT - 1,
                    "{n}: {:?}",
                    reading.warnings
                );
                let [warning] = &reading.warnings[..] else {
                    panic!("{:?}", reading.warnings)
                };
                assert_eq!(warning.code, Code::ExportBroken);
                let at = named(&warning.message);
                assert!((at..at + 5).contains(&start), "{start}: {warning:?}");
            }
        }
    }
}

#[test]
fn a_record_that_is_longer_or_shorter_than_it_says_is_read_whole() {
    let all: Vec<Vec<u8>> = (0..COUNT).map(|n| one(n, "200 OK", HTML)).collect();
    let texts = |reading: &Reading| -> Vec<String> {
        let entries = reading.entries.iter();
        entries
            .map(|entry| entry.markup.as_str().trim().to_owned())
            .collect()
    };
    let whole = texts(&reading("a.warc", &all.concat()));
    assert_eq!(whole.len(), COUNT);
    for n in 0..COUNT {
        for by in [-500, -3, 7, 300, 100_000_000] {
            let mut records = all.clone();
            records[n] = longer(&records[n], by);
            let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
            for bytes in [records.concat(), packed] {
                let reading = reading("a.warc", &bytes);
                assert_eq!(texts(&reading), whole, "{n} {by} {:?}", reading.warnings);
                assert!(reading.warnings.len() <= 1, "{:?}", reading.warnings);
            }
        }
    }
}

#[test]
fn an_archive_that_breaks_off_is_read_to_its_last_byte() {
    let all: Vec<Vec<u8>> = (0..COUNT).map(|n| one(n, "200 OK", HTML)).collect();
    let plain = all.concat();
    let packed: Vec<u8> = all.iter().flat_map(|record| gzip(record)).collect();
    let last = [
        plain.len() - all[COUNT - 1].len(),
        packed.len() - gzip(&all[COUNT - 1]).len(),
    ];
    for (bytes, last) in [plain, packed].iter().zip(last) {
        let length = bytes.len() - last;
        for cut in [length / 2, length * 3 / 4, length * 9 / 10] {
            let reading = reading("a.warc", &bytes[..last + cut]);
            assert_eq!(reading.entries.len(), COUNT, "{:?}", reading.warnings);
            let [warning] = &reading.warnings[..] else {
                panic!("{:?}", reading.warnings)
            };
            assert!(warning.message.contains("as far as it goes"), "{warning:?}");
            assert_eq!(named(&warning.message), last);
        }
    }
}

#[test]
fn what_many_records_say_of_themselves_costs_one_way_over_the_archive() {
    // Each says that it goes on beyond the end of the file.
    let lying = longer(&one(1, "200 OK", HTML), 1_000_000_000);
    let bytes = lying.repeat(3000);
    let source = MemorySource::new("a.warc", bytes);
    let mut count = 0;
    let reader = Warc::default();
    let warnings =
        offprint::reader::Reader::scan(&reader, &source, &ReadOptions::default(), &mut |_| {
            count += 1
        });
    assert_eq!(count, 1, "{warnings:?}");
    assert!(warnings.len() <= 22, "{}", warnings.len());
}

#[test]
fn pages_are_found_however_a_program_writes_their_records() {
    let body = page("Tale", "/a.png");
    let address = "https://a.example/1";
    let plain = |kind: &str, more: &str| record(kind, address, more, body.as_bytes());
    let answer = |head: &str| {
        let block = format!("{head}\r\n\r\n{body}");
        let more = "Content-Type: application/http; msgtype=response\r\n";
        record("response", address, more, block.as_bytes())
    };
    let as_type = |kind: &str| {
        replaced(
            &one(1, "200 OK", HTML),
            b"WARC-Type: response",
            format!("WARC-Type: {kind}").as_bytes(),
        )
    };
    let found = [
        plain("resource", "Content-Type: text/html\r\n"),
        plain("resource", ""),
        plain("conversion", "Content-Type: text/html\r\n"),
        // A response that holds the page alone.
        plain("response", "Content-Type: text/html\r\n"),
        plain("response", ""),
        as_type("Response"),
        as_type("RESPONSE"),
        answer("HTTP/2 200\r\ncontent-type: text/html"),
        answer("HTTP/2.0 200 \r\nContent-Type: TEXT/HTML"),
        answer("http/1.1 200 ok\r\ncontent-type: text/html"),
        answer("HTTP/1.1 203 Non-Authoritative Information\r\nContent-Type: text/html"),
        answer("HTTP/1.1 200 OK\r\nServer: x"),
        answer("HTTP/1.1 200 OK\nContent-Type: text/html"),
        // Programs that undo a coding and leave its name.
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate"),
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br, gzip"),
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"),
        // Line ends of one character throughout.
        [
            replaced(
                &record(
                    "resource",
                    address,
                    "Content-Type: text/html\r\n",
                    body.as_bytes(),
                ),
                b"\r\n",
                b"\n",
            )
            .as_slice(),
            b"WARC/1.0\nWARC-Type: warcinfo\nContent-Length: 0\n\n\n\n",
        ]
        .concat(),
    ];
    for bytes in found {
        let text = String::from_utf8_lossy(&bytes[..300]).into_owned();
        let reading = reading("a.warc", &bytes);
        let [entry] = &reading.entries[..] else {
            panic!("{text}: {:?}", reading.warnings)
        };
        assert!(entry.markup.as_str().contains("<p>T"), "{text}");
        assert_eq!(entry.head.address.as_deref(), Some(address), "{text}");
        assert!(
            reading.warnings.is_empty(),
            "{text}: {:?}",
            reading.warnings
        );
    }
}

#[test]
fn records_that_hold_no_page_in_the_web_are_counted() {
    let body = page("Tale", "/a.png");
    for (bytes, said) in [
        (
            record(
                "resource",
                "file:///home/ada/1.html",
                "Content-Type: text/html\r\n",
                body.as_bytes(),
            ),
            "addresses are none of the web",
        ),
        (
            record(
                "conversion",
                "https://a.example/1",
                "Content-Type: text/plain\r\n",
                b"The text of a page.",
            ),
            "the text alone",
        ),
        (one(1, "404 Not Found", HTML), "tell of an error"),
        (
            record("revisit", "https://a.example/1", "", b""),
            "stayed as an earlier one has them",
        ),
    ] {
        let reading = reading("a.warc", &bytes);
        assert!(reading.entries.is_empty());
        let [warning] = &reading.warnings[..] else {
            panic!("{said}: {:?}", reading.warnings)
        };
        assert!(warning.message.contains(said), "{warning:?}");
    }
    // Of a page and what a program made of it, the page.
    let made = record(
        "conversion",
        "https://a.example/1",
        "WARC-Date: 2030-01-01T00:00:00Z\r\nContent-Type: text/html\r\n",
        page("Made", "/a.png").as_bytes(),
    );
    let reading = reading("a.warc", &[one(1, "200 OK", HTML), made].concat());
    assert_eq!(reading.entries.len(), 1);
    assert!(reading.entries[0].markup.as_str().contains("Title 1"));
}
