//! Web archives: the pages in them that are articles.

use super::pages::{PROSE, article};
use crate::images::samples;
use crate::understanding::understand;
use flate2::Compression;
use flate2::write::GzEncoder;
use offprint::model::ImageSource;
use offprint::reader::{MemorySource, ReadOptions, Reader, Warc};
use offprint::{Code, Input, Registry, Settings, Unobserved, convert};
use std::io::Write;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn record(kind: &str, address: &str, more: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-12-31T01:00:00Z\r\n{more}\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub fn response(address: &str, status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{fields}\r\n");
    record(
        "response",
        address,
        "Content-Type: application/http; msgtype=response\r\n",
        &[head.as_bytes(), body].concat(),
    )
}

pub fn page(title: &str, picture: &str) -> String {
    article(
        "<!DOCTYPE html><html><head>",
        &format!("<p>{title}</p><figure><img width=600 height=400 src='{picture}'></figure>"),
    )
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut chunks = Vec::new();
    for chunk in body.chunks(100) {
        write!(chunks, "{:x}\r\n", chunk.len()).unwrap();
        chunks.extend_from_slice(chunk);
        chunks.extend_from_slice(b"\r\n");
    }
    chunks.extend_from_slice(b"0\r\n\r\n");
    chunks
}

/// The records of a crawl: a page in each coding, its pictures, and what is no page.
fn records() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let old = page("Old", "/a.png");
    let one = page("One", "/a.png");
    let two = page("Two", "https://cdn.example/b.png#x");
    let three = page("Three", "/same.png");
    vec![
        record("warcinfo", "urn:x", "", b"software: x\r\n"),
        record(
            "request",
            "https://a.example/1",
            "",
            b"GET /1 HTTP/1.1\r\n\r\n",
        ),
        response("https://a.example/1", "200 OK", html, old.as_bytes()),
        response(
            "https://a.example/a.png",
            "200 OK",
            "Content-Type: image/png\r\n",
            &samples::png(120, 80),
        ),
        response(
            "<https://cdn.example/b.png>",
            "200 OK",
            "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n",
            &chunked(&samples::png(130, 80)),
        ),
        record(
            "revisit",
            "https://a.example/same.png",
            "WARC-Refers-To-Target-URI: https://a.example/a.png\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        response(
            "https://a.example/2",
            "200 OK",
            &format!("{html}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
            &chunked(&gzip(two.as_bytes())),
        ),
        response(
            "https://a.example/3",
            "200 OK",
            &format!("{html}Transfer-Encoding: chunked\r\n"),
            three.as_bytes(),
        ),
        response(
            "https://a.example/none",
            "404 Not Found",
            html,
            b"<html><h1>404 Not Found</h1>",
        ),
        response(
            "https://a.example/challenge",
            "200 OK",
            html,
            b"<html><title>Just a moment...</title><p>Checking your browser",
        ),
        response("https://a.example/1", "200 OK", html, one.as_bytes()),
    ]
}

pub fn files() -> [(&'static str, Vec<u8>); 3] {
    let members = records().iter().flat_map(|record| gzip(record)).collect();
    [
        ("a.warc", records().concat()),
        ("a.warc.gz", members),
        ("whole.warc.gz", gzip(&records().concat())),
    ]
}

#[test]
fn the_articles_of_a_web_archive_are_read_with_their_pictures() {
    for (name, bytes) in files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let inputs = [Input::Path(path), Input::memory(name, bytes)];
        for input in inputs {
            let (articles, _) =
                understand(&Registry::standard(), &Settings::for_inputs([input])).unwrap();
            let found: Vec<(String, String)> = articles
                .iter()
                .filter(|article| {
                    article
                        .warnings
                        .iter()
                        .all(|warning| warning.code != Code::PageWithoutArticle)
                })
                .map(|article| {
                    let cleaned = &article.cleaned.article;
                    (
                        cleaned.address.as_ref().unwrap().as_str().to_owned(),
                        cleaned.body.plain_text(),
                    )
                })
                .collect();
            let expected = [("2", "Two"), ("3", "Three"), ("1", "One")].map(|(path, title)| {
                (
                    format!("https://a.example/{path}"),
                    format!("{PROSE}\n{title}\n{PROSE}"),
                )
            });
            assert_eq!(found, expected, "{name}");
            for (article, width) in articles.iter().zip([130, 120]) {
                let images = article.cleaned.article.body.images();
                let ImageSource::Resource { id, .. } = &images[0].source else {
                    panic!("{images:?}");
                };
                let picture = article.cleaned.resources.get(*id).unwrap();
                assert_eq!(
                    picture.bytes.read(1_000_000).unwrap(),
                    samples::png(width, 80)
                );
                assert_eq!(
                    article.cleaned.article.published.unwrap().rfc3339(),
                    "2021-12-31T01:00:00Z"
                );
            }
        }
    }
}

#[test]
fn pages_without_an_article_are_counted_and_cost_one_warning() {
    let [(name, bytes), ..] = files();
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::for_inputs([Input::memory(name, bytes)]);
    settings.out = folder.path().to_owned();
    settings.images.offline = true;
    let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    assert_eq!(report.articles.read, 3);
    let told: Vec<_> = report
        .warnings
        .iter()
        .filter(|warning| warning.code == Code::PageWithoutArticle)
        .collect();
    // Of thousands of pages, the number says little.
    assert!(
        told.len() == 1 && told[0].message.contains("://"),
        "{told:?}"
    );
}

#[test]
fn damaged_web_archives_are_read_as_far_as_they_go() {
    for (name, bytes) in files() {
        for length in [1, 100, bytes.len() / 3, bytes.len() / 2, bytes.len() - 5] {
            let source = MemorySource::new(name, &bytes[..length]);
            let mut items = Vec::new();
            let reader = Warc::default();
            let warnings = reader.scan(&source, &ReadOptions::default(), &mut |item| {
                items.push(item)
            });
            assert!(!warnings.is_empty(), "{name} {length}");
            for item in items {
                reader
                    .load(&source, &item.at, &ReadOptions::default())
                    .unwrap();
            }
        }
    }
    let bomb = gzip(&record(
        "resource",
        "https://a.example/z",
        "Content-Type: image/png\r\n",
        &vec![0; 80_000_000],
    ));
    let warnings = Warc::default().scan(
        &MemorySource::new("a.warc.gz", bomb),
        &ReadOptions::default(),
        &mut |_| {},
    );
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}
