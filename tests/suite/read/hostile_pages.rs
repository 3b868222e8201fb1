//! Saved pages that are made to cost much.

use super::pages::PROSE;
use crate::understanding::is_absent;
use offprint::reader::{MemorySource, Mhtml, Page, ReadOptions, Reader};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Reads and cleans all that a file holds.
fn seconds(reader: &dyn Reader, name: &str, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let source = MemorySource::new(name, bytes);
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = reader.scan(&source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "passed over in silence"
    );
    for item in items {
        let entry = reader.load(&source, &item.at, &options).unwrap().entry;
        let _ = is_absent(&entry);
    }
    start.elapsed()
}

/// A page in MHTML with some parts behind it.
fn mhtml(page: &str, parts: &str) -> Vec<u8> {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
         Content-ID: <frame-0@mhtml.blink>\r\nContent-Location: https://a.example/\r\n\r\n\
         <html><body><article><p>{PROSE}</p>{page}</article></body></html>\r\n{parts}--b--\r\n"
    )
    .into_bytes()
}

#[test]
fn hostile_68_a_page_with_parts_that_costs_much_takes_a_time_that_its_length_bounds() {
    let mut nested = String::new();
    for depth in 0..20_000 {
        write!(
            nested,
            "--b\r\nContent-Type: multipart/related; boundary=\"b{depth}\"\r\n\r\n--b{depth}\r\n"
        )
        .unwrap();
    }
    // Frames that show each other, and themselves.
    let frame = |number: usize| {
        format!(
            "--b\r\nContent-Type: text/html\r\nContent-ID: <frame-{number}@mhtml.blink>\r\n\r\n<p>{number}</p>\
             <iframe src=\"cid:frame-{}@mhtml.blink\"></iframe><iframe src=\"cid:frame-{number}@mhtml.blink\"></iframe>\r\n",
            (number + 1) % 300
        )
    };
    let frames: String = (1..300).map(frame).collect();
    let shown = "<iframe src=\"cid:frame-1@mhtml.blink\"></iframe>".repeat(300);
    let parts =
        "--b\r\nContent-Type: image/png\r\nContent-Location: https://a.example/a.png\r\n\r\nx\r\n"
            .repeat(50_000);
    for (name, bytes) in [
        ("parts within parts", mhtml("", &nested)),
        ("frames in a circle", mhtml(&shown, &frames)),
        ("many parts", mhtml("<img src=\"a.png\">", &parts)),
        ("boundaries alone", mhtml("", &"--b\r\n".repeat(300_000))),
        (
            "a header without end",
            mhtml(
                "",
                &format!("--b\r\n{}", "X-Header: value\r\n".repeat(200_000)),
            ),
        ),
        (
            "a field without end",
            mhtml("", &format!("--b\r\nX: {}", "value\r\n ".repeat(200_000))),
        ),
    ] {
        let taken = seconds(&Mhtml, "a.mhtml", &bytes);
        // Some milliseconds as a rule; a square of the length would be minutes.
        assert!(taken < Duration::from_secs(30), "{name}: {taken:?}");
    }
}

#[test]
fn hostile_68_a_page_that_costs_much_takes_a_time_that_its_length_bounds() {
    for part in [
        "<div>",
        "<p>a, b",
        "<a href=x>",
        "<table><tr><td>",
        "<b><i>",
        "<li>",
        "<h2><a href=/x>x</a></h2>",
        "<div class=\"share related comment\">a, b, c, d. ",
        "<img src=a.png>",
        "<div><p>One, two, three and four went out, and came home.</p></div>",
        "<!--",
        "<script>",
        "<span><br>",
        "</p>",
    ] {
        let text = part.repeat(200_000 / part.len());
        let page = format!(
            "<!DOCTYPE html><html><head><title>t</title></head><body><article><p>{PROSE}</p>{text}"
        );
        let taken = seconds(&Page, "a.html", page.as_bytes());
        assert!(taken < Duration::from_secs(30), "{part}: {taken:?}");
    }
}
