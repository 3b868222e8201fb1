//! What `check` reads is looked at to its end: findings, never a stumble; and where it finds
//! nothing, readers that others made find nothing either.

use crate::archive;
use crate::spelling::spelled;
use offprint_check::{Error, Finding, folder};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "=\"",
    "\"",
    " ",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE html>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<p>",
    "</p>",
    "<a href=\"#x\">",
    "</a>",
    "<a href=\"nav.xhtml\">",
    "<img src=\"x.jpg\" alt=\"\"/>",
    "<script>",
    "</script>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\">",
    "</svg>",
    " id=\"a\"",
    " class=\"b\"",
    " onclick=\"c\"",
    " style=\"d\"",
    "<item id=\"i\" href=\"j.xhtml\" media-type=\"application/xhtml+xml\"/>",
    "<itemref idref=\"i\"/>",
    "<dc:title>",
    "</dc:title>",
    "<meta property=\"",
    "<li>",
    "</li>",
    "<ol>",
    "</ol>",
    "<navPoint id=\"k\" playOrder=\"1\">",
    "</navPoint>",
    "<content src=\"l.xhtml\"/>",
    "<entry>",
    "</entry>",
    "<item>",
    "</item>",
    "<guid>",
    "</guid>",
    "<link>",
    "</link>",
    "<id>",
    "</id>",
    "<updated>",
    "</updated>",
    "<link rel=\"next-archive\" href=\"https://a.example/b.xml\"/>",
    "<pubDate>",
    "</pubDate>",
    "Fri, 31 Dec 2021 01:47:06 +0000",
    "2021-12-31T01:47:06Z",
    "<outline type=\"rss\" xmlUrl=\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"items\"",
    "\"id\"",
    "\"version\"",
    "\"https://jsonfeed.org/version/1.1\"",
    "\"url\"",
    "null",
    "1e999",
    "\\u0000",
    "\\ud800",
    "../",
    "%2e%2e/",
    "\u{0}",
    "\u{202E}",
    "@import url(x);",
    "url(\"x\")",
    "{color:red}",
    "\n",
    "\r\n",
    "http://a.example/",
    "javascript:x",
    "xmlns:x=\"y\"",
    "x:",
];

/// What the first byte of an input says of the rest, by the name of a file and the place in it
/// before which the rest is put; a capital letter puts it in the place of the whole file.
const PARTS: [(u8, &str, &str); 12] = [
    (b'm', "mimetype", "application"),
    (b'c', "container.xml", "</rootfiles>"),
    (b'p', ".opf", "</manifest>"),
    (b'n', "nav.xhtml", "</ol>"),
    (b't', ".ncx", "</navMap>"),
    (b'x', "chapter", "</body>"),
    (b's', ".css", "body"),
    (b'r', "rss.xml", "</channel>"),
    (b'a', "atom.xml", "</feed>"),
    (b'j', "feed.json", "}"),
    (b'o', "feeds.opml", "</body>"),
    (b'd', "opds.xml", "</feed>"),
];

type Files = BTreeMap<String, Vec<u8>>;

pub fn holds(bytes: &[u8]) {
    let Some((&kind, rest)) = bytes.split_first() else {
        return;
    };
    match kind {
        b'z' => of_file("book.epub", rest),
        b'g' => of_file("picture.png", rest),
        _ => of_part(kind, rest),
    }
}

/// Puts some text into one of our own outputs.
fn of_part(kind: u8, rest: &[u8]) {
    let chosen = PARTS
        .iter()
        .find(|part| part.0 == kind.to_ascii_lowercase());
    let &(_, name, place) = chosen.unwrap_or(&PARTS[usize::from(kind) % PARTS.len()]);
    let text = spelled(rest, WORDS);
    let whole = kind.is_ascii_uppercase();
    let change = |old: &[u8]| {
        let old = String::from_utf8_lossy(old);
        match old.rfind(place).filter(|_| !whole) {
            Some(position) => format!("{}{text}{}", &old[..position], &old[position..]),
            None => text.clone(),
        }
    };
    if let Some(old) = outputs().get(name) {
        return of_file(name, change(old).as_bytes());
    }
    let mut book = book().clone();
    let found = book
        .iter_mut()
        .find(|(path, _)| path.ends_with(name) || (name == "chapter" && path.contains("/2021")));
    let (_, content) = found.unwrap_or_else(|| panic!("no file is named {name}"));
    *content = change(content).into_bytes();
    of_file("book.epub", &packed(&book));
}

fn of_file(name: &str, bytes: &[u8]) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join(name);
    fs::write(&path, bytes).unwrap();
    let Some(findings) = found(&path) else {
        return;
    };
    if bytes.len().is_multiple_of(4) {
        assert_eq!(
            Some(&findings),
            found(&path).as_ref(),
            "found once and not again"
        );
    }
    for finding in &findings {
        check(finding, &path);
    }
    if findings.is_empty() {
        agrees(name, bytes);
    }
}

/// What is found in a file; nothing where it is in order, but no feed, and no run checked anything.
fn found(path: &Path) -> Option<Vec<Finding>> {
    match folder(path) {
        Ok(outcome) => {
            assert_eq!(outcome.checked, 1);
            assert!(outcome.findings.is_sorted());
            Some(outcome.findings)
        }
        Err(Error::Nothing { .. }) => {
            let kind = path.extension().and_then(|extension| extension.to_str());
            assert!(matches!(kind, Some("xml" | "opml" | "json")), "{kind:?}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A finding names a place and can be printed on a terminal.
fn check(finding: &Finding, path: &Path) {
    assert!(
        finding.path.starts_with(&*path.to_string_lossy()),
        "{finding}"
    );
    let text = finding.to_string();
    let strange =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(strange), "{text:?}");
    assert!(finding.line != Some(0), "lines are counted from 1: {text}");
    assert!(
        finding.message.chars().count() < 600,
        "a message without end"
    );
}

/// What `check` passes is read by others too.
fn agrees(name: &str, bytes: &[u8]) {
    match name {
        "book.epub" => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
            for index in 0..archive.len() {
                let mut file = archive.by_index(index).expect("an entry");
                let mut content = Vec::new();
                file.read_to_end(&mut content).expect("its bytes");
            }
            let mut first = archive.by_index(0).expect("a first entry");
            let mut content = String::new();
            first.read_to_string(&mut content).expect("the type");
            assert_eq!(
                (first.name(), content.as_str()),
                ("mimetype", "application/epub+zip")
            );
        }
        "rss.xml" | "atom.xml" | "feed.json" => {
            feed_rs::parser::parse(bytes)
                .unwrap_or_else(|error| panic!("no reader takes it: {error}"));
        }
        "picture.png" => drop(image::load_from_memory(bytes)),
        _ => {}
    }
}

/// Our own outputs of a small archive.
fn outputs() -> &'static Files {
    static OUTPUTS: OnceLock<Files> = OnceLock::new();
    OUTPUTS.get_or_init(archive::outputs_of_samples)
}

/// The files of our own book.
fn book() -> &'static Vec<(String, Vec<u8>)> {
    static BOOK: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut archive = ZipArchive::new(Cursor::new(&outputs()["archive.epub"])).unwrap();
        let files = (0..archive.len()).map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().to_owned(), content)
        });
        files.collect()
    })
}

/// Files put into a container: stored, for a fuzzer learns nothing from DEFLATE.
fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
