//! Web archives as they are packed: WACZ, codings of servers, records that lead to others, and what is made to
//! cost much.

use super::exports::epub::zipped;
use super::pages::{PROSE, article};
use super::read_source;
use super::web_archives::{files, gzip, page, record, response};
use crate::command::Place;
use crate::images::samples;
use offprint::parts::read::open_container;
use offprint::reader::{MemorySource, ReadOptions, Warc};
use serde_json::Value;
use std::time::{Duration, Instant};

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// Bytes in Brotli's form for what is not compressed (RFC 7932, section 9.2), which no text begins like.
fn brotli(text: &str) -> Vec<u8> {
    let padding = " ".repeat((25 - text.len() % 16) % 16);
    let body = text.to_owned() + &padding;
    assert!(body.len() < 65536 && (body.len() - 1) % 16 >= 8);
    let header = ((body.len() as u32 - 1) << 4) | (1 << 20);
    [&header.to_le_bytes()[..3], body.as_bytes(), &[3]].concat()
}

fn zstandard(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

fn written(report: &Value) -> u64 {
    report["articles"]["written"].as_u64().unwrap()
}

fn told(report: &Value, code: &str) -> Vec<String> {
    let warnings = report["warnings"].as_array().unwrap().iter();
    warnings
        .filter(|warning| warning["code"] == code)
        .map(|warning| format!("{} {}", warning["path"], warning["message"]))
        .collect()
}

#[test]
fn answers_are_read_in_every_coding_that_servers_use() {
    let texts: Vec<String> = (0..6)
        .map(|number| page(&format!("Text {number}"), "/a.png"))
        .collect();
    let bodies = [
        ("br", brotli(&texts[0])),
        ("zstd", zstandard(texts[1].as_bytes())),
        ("gzip, br", {
            // The last named was applied last; what gzip made is no text, so it is coded as a file is.
            let inner = gzip(texts[2].as_bytes());
            let header = ((inner.len() as u32 - 1) << 4) | (1 << 20);
            [&header.to_le_bytes()[..3], &inner, &[3]].concat()
        }),
        // Programs that undo a coding and keep the field.
        ("br", texts[3].as_bytes().to_vec()),
        ("zstd", texts[4].as_bytes().to_vec()),
        ("identity", texts[5].as_bytes().to_vec()),
    ];
    let records: Vec<Vec<u8>> = bodies
        .iter()
        .enumerate()
        .map(|(number, (coding, body))| {
            let fields = format!("{HTML}Content-Encoding: {coding}\r\n");
            response(
                &format!("https://a.example/{number}"),
                "200 OK",
                &fields,
                body,
            )
        })
        .collect();
    let source = MemorySource::new("a.warc", records.concat());
    let reading = read_source(&Warc::default(), &source, ReadOptions::default());
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    let read: Vec<&str> = reading
        .entries
        .iter()
        .map(|entry| entry.markup.as_str().trim_end())
        .collect();
    assert_eq!(read, texts);
}

/// A WACZ, as its members: two pages that are listed, one of them by an address that leads on, and a frame.
fn wacz() -> Vec<(&'static str, Vec<u8>)> {
    let untitled = format!(
        "<html><body><article><p>{PROSE}</p><p>Untitled</p><p>{PROSE}</p></article></body></html>"
    );
    let records = [
        response(
            "https://a.example/1",
            "200 OK",
            HTML,
            page("One", "/a.png").as_bytes(),
        ),
        response(
            "https://a.example/old",
            "301 Moved",
            "Location: /new\r\n",
            b"",
        ),
        response(
            "https://a.example/new",
            "302 Found",
            "Location: https://b.example/two\r\n",
            b"",
        ),
        response("https://b.example/two", "200 OK", HTML, untitled.as_bytes()),
        response(
            "https://ads.example/frame",
            "200 OK",
            HTML,
            page("Frame", "/a.png").as_bytes(),
        ),
        response(
            "https://a.example/a.png",
            "302 Found",
            "Location: /b.png\r\n",
            b"",
        ),
        response(
            "https://a.example/b.png",
            "200 OK",
            "Content-Type: image/png\r\n",
            &samples::png(120, 80),
        ),
    ];
    let list = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All pages\"}\n\
                {\"id\": \"1\", \"url\": \"https://a.example/1\", \"title\": \"Another title\"}\n\
                {\"id\": \"2\", \"url\": \"https://a.example/old\", \"title\": \"x\"}\n";
    let more = "{\"url\": \"https://b.example/two\", \"title\": \"Lamps & keepers\"}\nno JSON\n";
    let members = records.iter().flat_map(|record| gzip(record)).collect();
    vec![
        ("archive/data.warc.gz", members),
        (
            "datapackage.json",
            b"{\"profile\": \"data-package\"}".to_vec(),
        ),
        ("indexes/index.cdx.gz", gzip(b"com,example)/ 2021 {}")),
        ("logs/crawl.txt", b"a line".to_vec()),
        ("pages/extraPages.jsonl", more.into()),
        ("pages/pages.jsonl", list.into()),
    ]
}

#[test]
fn a_wacz_gives_the_pages_that_it_lists_packed_or_unpacked() {
    let (packed, unpacked) = (Place::empty(), Place::empty());
    let members = wacz();
    let borrowed: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    packed.write("articles/crawl.wacz", zipped(&borrowed));
    for (name, bytes) in &members {
        unpacked.write(&format!("articles/crawl/{name}"), bytes);
    }
    for place in [&packed, &unpacked] {
        let report = place.report(&["-t", "json,epub"]);
        assert_eq!(
            (written(&report), &report["images"]["embedded"]),
            (2, &1.into()),
            "{report}"
        );
        assert_eq!(report["articles"]["passed_over"], 0, "{report}");
        let feed: Value = serde_json::from_slice(&place.outputs("out")["feed.json"]).unwrap();
        let mut titles: Vec<&str> = feed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["title"].as_str().unwrap())
            .collect();
        titles.sort_unstable();
        // A page's own title goes before that of the list.
        assert_eq!(titles, ["Council agrees", "Lamps & keepers"]);
    }
    assert_eq!(
        packed.outputs("out")["feed.json"],
        unpacked.outputs("out")["feed.json"]
    );
}

#[test]
fn a_list_that_names_no_page_of_a_file_is_told() {
    let place = Place::empty();
    let mut members = wacz();
    members.retain(|(name, _)| *name != "pages/extraPages.jsonl");
    members[4].1 = b"{\"url\": \"https://elsewhere.example/\"}".to_vec();
    let borrowed: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    place.write("articles/crawl.wacz", zipped(&borrowed));
    place.article("articles/lamp.txt", 1, 1, "<p>It shines.</p>");
    let report = place.report(&["-t", "json"]);
    let told = told(&report, "page-without-article");
    assert!(
        told.len() == 1 && told[0].contains("crawl.wacz!archive/data.warc.gz"),
        "{report}"
    );
}

#[test]
fn pages_that_an_earlier_archive_holds_and_such_as_go_on_are_counted() {
    let revisit = |number: usize, more: &str| {
        let block = format!("HTTP/1.1 200 OK\r\n{HTML}\r\n");
        record(
            "revisit",
            &format!("https://a.example/{number}"),
            more,
            block.as_bytes(),
        )
    };
    let body = format!("HTTP/1.1 200 OK\r\n{HTML}\r\n{}", article("<html>", ""));
    let records = [
        response(
            "https://a.example/1",
            "200 OK",
            HTML,
            page("One", "/a.png").as_bytes(),
        ),
        revisit(1, ""),
        revisit(2, "WARC-Refers-To-Target-URI: https://a.example/1\r\n"),
        revisit(3, ""),
        revisit(3, ""),
        revisit(4, "WARC-Refers-To-Target-URI: https://a.example/before\r\n"),
        record(
            "response",
            "https://a.example/5",
            "WARC-Segment-Number: 1\r\n",
            body.as_bytes(),
        ),
        record(
            "continuation",
            "https://a.example/5",
            "WARC-Segment-Number: 2\r\n",
            b"more",
        ),
    ];
    let source = MemorySource::new("a.warc", records.concat());
    let reading = read_source(&Warc::default(), &source, ReadOptions::default());
    assert_eq!(reading.entries.len(), 2);
    let told: Vec<String> = reading
        .warnings
        .iter()
        .map(|warning| format!("{:?} {}", warning.code, warning.message))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("ItemsLeftOut 2 pages"), "{told:?}");
    assert!(told[1].starts_with("ItemsLeftOut 1 page"), "{told:?}");
}

#[test]
fn a_web_archive_that_gzip_packed_whole_is_unpacked_and_one_in_members_is_not() {
    let place = Place::empty();
    for (name, bytes) in files() {
        let path = place.write(name, bytes);
        let opened = open_container(&path, name);
        assert_eq!(opened.is_some(), name == "whole.warc.gz", "{name}");
    }
}

#[test]
fn containers_are_known_by_their_bytes_and_read_from_standard_input() {
    let article = |number: u32| {
        format!(
            "<!--164091522600{number}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n<p>The {number}th text.</p>"
        )
    };
    let zip = zipped(&[
        ("a/1.txt", article(1).as_bytes()),
        ("a/2.txt", article(2).as_bytes()),
    ]);
    let document = zipped(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/3.txt", article(3).as_bytes()),
    ]);
    let (place, piped) = (Place::empty(), Place::empty());
    place.write("articles/export", &zip);
    place.write("articles/backup-2021.12", gzip(article(4).as_bytes()));
    place.write("articles/letter", &document);
    let report = place.report(&["-t", "json"]);
    assert_eq!(
        (written(&report), &report["articles"]["passed_over"]),
        (3, &1.into()),
        "{report}"
    );
    for (bytes, count) in [
        (zip, 2),
        (gzip(article(4).as_bytes()), 1),
        (article(5).into_bytes(), 1),
    ] {
        piped
            .offprint(&["build", "-", "-t", "json", "--report", "report.json"])
            .write_stdin(bytes)
            .assert()
            .success();
        let report = std::fs::read(piped.path().join("report.json")).unwrap();
        assert_eq!(written(&serde_json::from_slice(&report).unwrap()), count);
    }
}

/// What is said of a file, and how long it takes to say it.
fn costs(bytes: Vec<u8>) -> (usize, usize, Duration) {
    let start = Instant::now();
    let source = MemorySource::new("a.warc.gz", bytes);
    let reading = read_source(&Warc::default(), &source, ReadOptions::default());
    (
        reading.entries.len(),
        reading.warnings.len(),
        start.elapsed(),
    )
}

#[test]
fn hostile_67_a_web_archive_that_costs_much_takes_a_time_that_its_length_bounds() {
    let page = |fields: &str, body: &[u8]| {
        response(
            "https://a.example/1",
            "200 OK",
            &format!("{HTML}{fields}"),
            body,
        )
    };
    let nothing = vec![b' '; 80_000_000];
    let bomb = gzip(&nothing);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("gzip within gzip within gzip", gzip(&gzip(&gzip(&page("", b"<p>"))))),
        ("a body that grows a thousandfold", page("Content-Encoding: gzip\r\n", &bomb)),
        ("one in Zstandard", page("Content-Encoding: zstd\r\n", &zstandard(&nothing))),
        ("one coded many times", page("Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n", &gzip(&bomb))),
        ("a header without end", [b"WARC/1.0\r\n".as_slice(), "X: y\r\n".repeat(1_000_000).as_bytes()].concat()),
        ("chunks without end", page("Transfer-Encoding: chunked\r\n", "1\r\na\r\n".repeat(500_000).as_bytes())),
        ("a chunk of all bytes there are", page("Transfer-Encoding: chunked\r\n", b"ffffffffffffffff\r\n<p>")),
        ("a length of all bytes there are", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200 OK\r\n".to_vec()),
        ("tiny records", record("metadata", "urn:x", "", b"").repeat(100_000)),
        ("tiny members", gzip(&record("metadata", "urn:x", "", b"")).repeat(20_000)),
        ("empty members", gzip(b"").repeat(100_000)),
        (
            "addresses that lead on in a circle",
            (0..1000)
                .flat_map(|number| {
                    let next = format!("Location: /{}\r\n", (number + 1) % 1000);
                    response(&format!("https://a.example/{number}"), "301 Moved", &next, b"")
                })
                .collect(),
        ),
    ];
    for (name, bytes) in files {
        let (entries, warnings, taken) = costs(bytes);
        assert!(entries + warnings > 0, "{name}: nothing is said");
        // Some milliseconds as a rule; a square of the length would be minutes.
        assert!(taken < Duration::from_secs(30), "{name}: {taken:?}");
    }
}

#[test]
fn hostile_67_a_packed_web_archive_whose_lists_lie_costs_itself() {
    let lines = |line: &str| line.repeat(100_000).into_bytes();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for list in [
        lines("{\"url\": \"https://a.example/1\", \"title\": \"x\"}\n"),
        lines("{\"url\": 1, \"title\": {}}\n"),
        lines("no JSON\n"),
        lines("\n"),
        lines("{"),
        nested.into_bytes(),
        b"{\"url\": \"../../../etc/passwd\"}\n{\"url\": \"\"}".to_vec(),
        vec![0xFF; 100_000],
    ] {
        let mut members = wacz();
        members.retain(|(name, _)| *name != "pages/extraPages.jsonl");
        members[4].1 = list;
        members[1].1 = vec![b'{'; 1000];
        // The records break off.
        let records = &mut members[0].1;
        records.truncate(records.len() - 40);
        let borrowed: Vec<(&str, &[u8])> = members
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
            .collect();
        let place = Place::empty();
        place.write("articles/crawl.wacz", zipped(&borrowed));
        place.article("articles/lamp.txt", 1, 1, "<p>It shines.</p>");
        let start = Instant::now();
        let report = place.report(&["-t", "json"]);
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
        assert!(written(&report) >= 1, "{report}");
        assert!(
            !report["warnings"].as_array().unwrap().is_empty(),
            "{report}"
        );
    }
}
