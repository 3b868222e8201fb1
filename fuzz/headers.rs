//! Any file is read, or refused with a warning; what its head says is fit for every output.

use crate::spelling::{lines, spelled};
use offprint::model::{self, Address, CleanText, Entry, Sites, is_xml_character};
use offprint::parts::clean;
use offprint::reader::{Confidence, MemorySource, Probe, ReadOptions, Reader};
use offprint::settings::CleanSettings;
use offprint::{Registry, Warning};

pub const WORDS: &[&str] = &[
    "<!--",
    "-->",
    "[",
    "](",
    ")",
    "------",
    "---",
    "\n",
    "\r\n",
    "\r",
    "<div>",
    "</div>",
    "<i>",
    "</i>",
    "<br>",
    "<br/>",
    "日期：",
    "2020-07-06",
    "1640915226000",
    "-",
    "NaN",
    "title: ",
    "from: ",
    "https://x.example/",
    "tags: [",
    "]",
    "date: ",
    "author: ",
    "categories:\n- ",
    "\"",
    "'",
    "\\u",
    "\\",
    ",",
    " and ",
    "、",
    "\u{FEFF}",
    "|",
    ">-",
    "- ",
    "&#38;",
    "&amp;",
    "/",
    "年",
    "月",
    "T",
    ":",
    "+08:00",
    "By ",
    "记者 ",
    "\u{202E}",
    "\u{0}",
    "undefined",
    "<!--1640915226000-->\n[",
    "](https://x.example/a)\n------\n\n",
    "<div><i>",
    "</i></div>",
    "\u{3000}",
    "http://",
    "javascript:",
];

pub fn holds(bytes: &[u8]) {
    of_file(bytes);
    of_file(spelled(bytes, WORDS).as_bytes());
}

fn of_file(bytes: &[u8]) {
    let registry = Registry::standard();
    let source = MemorySource::new("晚报/0001_a.txt", bytes);
    let probe = Probe::new(&source).unwrap();
    let surest = registry.sniff(&probe).map(name);
    for reader in registry.readers() {
        let confidence = reader.sniff(&probe);
        let options = ReadOptions::default();
        let mut items = Vec::new();
        let mut warnings = reader.scan(&source, &options, &mut |item| items.push(item));
        if confidence == Confidence::Certain {
            assert!(surest.is_some());
            let is_feed = name(reader) == "feed";
            assert!(is_feed || !items.is_empty(), "sure of what can't be read");
        }
        let silent = items.is_empty() && warnings.is_empty();
        assert!(
            !silent || confidence == Confidence::No,
            "passed over in silence"
        );
        for item in items {
            let loaded = reader.load(&source, &item.at, &options).unwrap();
            assert_eq!(item.head, loaded.entry.head, "the two passes differ");
            assert!(
                item.text
                    .is_none_or(|text| text == loaded.entry.text_digest())
            );
            warnings.extend(loaded.warnings);
            let line = usize::try_from(loaded.entry.body_line).unwrap();
            assert!((1..=lines(bytes)).contains(&line), "line {line}");
            of_entry(&loaded.entry, bytes);
        }
        check_places(&warnings, bytes);
    }
}

fn name(reader: &dyn Reader) -> &'static str {
    reader.format().name
}

/// A warning names a place that is there and says something.
fn check_places(warnings: &[Warning], bytes: &[u8]) {
    for warning in warnings {
        assert_eq!(
            warning.path.as_deref(),
            Some("晚报/0001_a.txt"),
            "{warning}"
        );
        let line = warning.line.unwrap_or(1);
        let line = usize::try_from(line).unwrap();
        assert!((1..=lines(bytes)).contains(&line), "{warning}");
        assert!(!warning.message.trim().is_empty());
    }
}

fn of_entry(entry: &Entry, bytes: &[u8]) {
    let settings = CleanSettings::new(Sites::builtin());
    let cleaned = clean::clean(entry, &settings);
    check_places(&cleaned.warnings, bytes);
    let article = cleaned.article;
    assert_eq!(article.id, clean::id(entry));
    assert_eq!(article.address, clean::address(&entry.head));
    assert_eq!(article.source, clean::source(&entry.head, &settings));
    let dates = clean::dates(&entry.head, &settings);
    assert_eq!(article.published, dates.published.map(|(time, _)| time));
    assert_eq!(article.updated, dates.updated.map(|(time, _)| time));
    assert!(article.published <= article.updated);
    assert_eq!(article.published.is_some(), article.updated.is_some());
    check_id(article.id.as_str(), article.id.is_permalink());
    assert!(!article.title.is_blank(), "a title is never blank");
    check_line(&article.title);
    check_line(&article.source.name);
    check_line(&article.summary);
    for line in article.authors.iter().chain(&article.tags) {
        assert!(!line.is_blank());
        check_line(line);
    }
    let mut tags = article.tags.clone();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), article.tags.len(), "a tag is said twice");
}

/// One line of characters that every format can hold.
fn check_line(line: &CleanText) {
    assert!(!line.contains(['\n', '\r', '\t']), "{line:?}");
    assert!(line.chars().all(is_xml_character), "{line:?}");
    assert!(!line.chars().any(model::is_invisible), "{line:?}");
    assert_eq!(
        CleanText::line(line),
        *line,
        "cleaning a line once is enough"
    );
}

/// An absolute IRI.
fn check_id(id: &str, permalink: bool) {
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    assert!(!id.contains(strange), "{id:?}");
    if permalink {
        assert!(
            Address::parse(id).is_some_and(|address| address.is_web()),
            "{id:?}"
        );
    } else {
        assert!(id.starts_with("tag:"), "{id:?}");
    }
}
