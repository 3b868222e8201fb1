//! Bytes of any kind: findings, never a stumble, and no more work than the input is worth.

use super::sample::{Parts, codes, found, outputs};
use assert_cmd::Command;
use proptest::prelude::*;
use std::fs;

fn offprint() -> Command {
    Command::cargo_bin("offprint").unwrap()
}

#[test]
fn the_command_says_how_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.epub");
    fs::write(&path, &outputs()["archive.epub"]).unwrap();
    let check = |arguments: &[&str]| {
        let mut command = offprint();
        command.arg("check").args(arguments).arg(folder.path());
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text)
    };
    assert_eq!(check(&[]), (0, String::new()));
    fs::write(&path, b"PK").unwrap();
    let (status, text) = check(&[]);
    assert_eq!(status, 1);
    assert!(text.ends_with("book.epub: zip-unreadable: it is no ZIP, or its end is missing\n"));
    let (status, text) = check(&["--json"]);
    let finding: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, finding["rule"].as_str()),
        (1, Some("zip-unreadable"))
    );
    fs::remove_file(&path).unwrap();
    fs::write(folder.path().join("notes.txt"), "nothing of ours").unwrap();
    assert_eq!(check(&[]).0, 2);
    let missing = offprint()
        .args(["check", "no-such-folder"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn every_rule_is_listed_with_its_meaning() {
    let output = offprint().args(["check", "--rules"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for rule in offprint_check::Rule::ALL {
        assert!(text.contains(rule.code()) && text.contains(rule.meaning()));
    }
}

#[test]
fn a_file_that_inflates_beyond_all_measure_is_not_inflated() {
    let mut parts = Parts::of_sample();
    parts.add_item("bomb.css", "text/css", &vec![b' '; 30_000_000]);
    assert_eq!(codes(&parts.bytes()), ["zip-limit"]);
}

#[test]
fn nesting_without_end_is_read_without_recursion() {
    let mut parts = Parts::of_sample();
    let article = parts.article_with("<p>");
    let deep = format!("{}{}<p>", "<div>".repeat(200_000), "</div>".repeat(200_000));
    parts.replace(&article, "<p>", &deep);
    assert_eq!(codes(&parts.bytes()), Vec::<&str>::new());
}

#[test]
fn names_that_would_change_a_terminal_are_written_out() {
    let mut parts = Parts::of_sample();
    parts
        .files
        .push(("EPUB/\u{1b}[2J\u{202e}x.txt".to_owned(), Vec::new()));
    let findings = found(&[("book.epub".to_owned(), parts.bytes())].into());
    assert!(!findings.is_empty());
    for finding in findings {
        assert!(
            !finding.to_string().contains(['\u{1b}', '\u{202e}']),
            "{finding}"
        );
    }
}

#[test]
fn files_that_share_their_bytes_are_found() {
    let mut bytes = Parts::of_sample().bytes();
    // The second record of the directory names the first one's place.
    let starts: Vec<usize> = (0..bytes.len() - 4)
        .filter(|&at| &bytes[at..at + 4] == b"PK\x01\x02")
        .collect();
    let first: Vec<u8> = bytes[starts[1] + 42..starts[1] + 46].to_vec();
    bytes[starts[2] + 42..starts[2] + 46].copy_from_slice(&first);
    assert!(codes(&bytes).contains(&"zip-entry"));
}

#[test]
fn a_byte_that_changed_on_the_way_is_found() {
    let mut bytes = Parts::of_sample().bytes();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    assert_eq!(codes(&bytes), ["zip-data"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A book that was cut off or changed anywhere is looked at to its end.
    #[test]
    fn no_damage_stops_the_check(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        keep in 0.2_f64..1.0,
        tail: bool,
    ) {
        let mut bytes = outputs()["archive.epub"].clone();
        // The directory's end decides what is read at all, so damage is put near it as well.
        let from = if tail { bytes.len().saturating_sub(6_000) } else { 0 };
        for (place, byte) in &places {
            let length = bytes.len();
            bytes[from + place.index(length - from)] = *byte;
        }
        if !tail && keep < 0.4 {
            let length = (bytes.len() as f64 * keep) as usize;
            bytes.truncate(length);
        }
        codes(&bytes);
    }

    /// Nor does a damaged feed.
    #[test]
    fn no_damaged_feed_stops_the_check(
        name in prop::sample::select(vec!["rss.xml", "atom.xml", "feed.json", "feeds.opml", "opds.xml"]),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..10),
    ) {
        let mut bytes = outputs()[name].clone();
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place.index(length)] = byte;
        }
        found(&[(name.to_owned(), bytes)].into());
    }

    /// Markup that nobody would write.
    #[test]
    fn no_markup_stops_the_check(markup in "[<>/a-e!\\-\\[\\]\"'=& ?x:]{0,200}") {
        let mut parts = Parts::of_sample();
        let article = parts.article_with("<p>");
        parts.replace(&article, "<p>", &format!("{markup}<p>"));
        let style = format!("body {{ {markup}");
        parts.replace("stylesheet.css", "body {", &style);
        codes(&parts.bytes());
    }
}
