//! ArchiveBox's snapshots: a folder named by the time of saving, with one page saved in several ways
//! and an `index.json` that says what it is. Each is one article, read from its best copy.

use super::{Read, declared, entry};
use crate::error::{Code, Warning};
use crate::model::{Digest, Entry, Head, Markup, Timestamp, WrittenTime};
use crate::read::source::encoding::{MOST_BYTES, decode};
use crate::read::{Loaded, Probe, ReadOptions, Source};
use serde_json::Value;

/// The files that say what a snapshot is.
pub(in crate::read) const FILES: [&str; 2] = ["index.json", "index.jsonl"];

/// Where copies of the page lie: its path in the index, and the file where that names none. Copies that
/// hold the whole page come first, with their pictures before those without.
const COPIES: [(&str, &str); 7] = [
    ("singlefile_path", "singlefile.html"),
    // Version 0.8 has a folder for each program.
    ("singlefile_path", "singlefile/singlefile.html"),
    ("dom_path", "output.html"),
    ("dom_path", "dom/output.html"),
    ("wget_path", ""),
    ("readability_path", "readability/content.html"),
    ("mercury_path", "mercury/content.html"),
];

/// The copies before this one are whole pages; it and those after it hold the article alone.
const FIRST_PART: usize = 5;

/// The fewest characters of text that a copy has.
const FEWEST: usize = 200;

/// Whether a file has the name of one that says what a snapshot is.
pub(super) fn is_named(name: &str) -> bool {
    FILES.contains(&name)
}

/// Whether a folder has the name of a snapshot: the seconds since 1970.
pub(super) fn is_folder(name: &str) -> bool {
    let (seconds, rest) = name.split_once('.').unwrap_or((name, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (9..=11).contains(&seconds.len()) && digits(seconds) && digits(rest)
}

/// Whether a file says what a snapshot is.
pub(super) fn is_one(probe: &Probe<'_>) -> bool {
    if !is_named(probe.name()) {
        return false;
    }
    let text = String::from_utf8_lossy(probe.first());
    says_so(&text, |copy| probe.has_neighbour(copy))
        || (is_about_page(&text) && probe.folder().is_some_and(is_folder))
}

fn is_about_page(text: &str) -> bool {
    ["\"url\"", "\"timestamp\""]
        .iter()
        .all(|key| text.contains(key))
}

/// Whether an index, by its beginning, is one of a snapshot wherever it lies: by keys that only such have,
/// or by a copy of the page beside it.
pub(in crate::read) fn says_so(text: &str, is_beside: impl Fn(&str) -> bool) -> bool {
    let own = ["archive_path", "base_url", "canonical", "history"];
    let has_own = || own.iter().any(|key| text.contains(&format!("\"{key}\"")));
    let mut copies = COPIES
        .iter()
        .map(|(_, usual)| *usual)
        .filter(|usual| !usual.is_empty());
    is_about_page(text) && (has_own() || copies.any(is_beside))
}

/// Reads a snapshot.
pub(super) fn read(
    source: &dyn Source,
    index: &[u8],
    options: &ReadOptions,
) -> Result<Read, Warning> {
    let Some(told) = told(index) else {
        return Err(none(source, "the snapshot's index can't be read"));
    };
    let mut best: Option<(usize, Vec<u8>, usize)> = None;
    for (position, (key, usual)) in COPIES.iter().enumerate() {
        let named = told
            .pointer(&format!("/canonical/{key}"))
            .and_then(Value::as_str);
        let Some(bytes) = bytes_of(source, named.unwrap_or(usual)) else {
            continue;
        };
        let length = length_of_text(&bytes);
        // A page that was saved as less than the article in it is an error page or a challenge.
        let is_better = best
            .as_ref()
            .is_none_or(|(_, _, longest)| position >= FIRST_PART && length > *longest);
        if length >= FEWEST && is_better {
            best = Some((position, bytes, length));
        }
    }
    let Some((position, bytes, _)) = best else {
        return Err(none(source, "the snapshot holds no copy of the page"));
    };
    let (mut entry, warnings) = entry(source, &bytes, options);
    if position >= FIRST_PART
        && let Markup::Page(text) = &mut entry.markup
    {
        entry.markup = Markup::Article(std::mem::take(text));
        entry.head.title = told.get("title").and_then(Value::as_str).map(str::to_owned);
    }
    add(&mut entry.head, &told);
    add_byline(&mut entry, source);
    entry.resources = entry.resources.only_here();
    Ok(Read {
        loaded: Loaded { entry, warnings },
        copy: Some(Digest::of(&bytes)),
    })
}

fn none(source: &dyn Source, message: &str) -> Warning {
    Warning::new(Code::PageWithoutArticle, message).in_file(source.path())
}

/// What the index says: an object, or the first line of several that has an address.
fn told(index: &[u8]) -> Option<Value> {
    let has_address = |value: &Value| value.get("url").is_some_and(Value::is_string);
    let whole = serde_json::from_slice::<Value>(index).ok();
    let mut lines = index.split(|byte| *byte == b'\n');
    whole.filter(has_address).or_else(|| {
        lines.find_map(|line| {
            serde_json::from_slice::<Value>(line)
                .ok()
                .filter(has_address)
        })
    })
}

fn bytes_of(source: &dyn Source, path: &str) -> Option<Vec<u8>> {
    let found = source.resources().find(path)?;
    found.bytes.read(MOST_BYTES).ok()
}

/// About how many characters of text some HTML has.
fn length_of_text(bytes: &[u8]) -> usize {
    let decoded = decode(bytes, declared(bytes), false);
    let mut length = 0;
    let mut rest = decoded.text.as_ref();
    while let Some((text, after)) = rest.split_once('<') {
        length += text.trim().chars().count();
        let unseen = ["script", "style"].into_iter().find(|name| {
            after
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        rest = match unseen {
            Some(name) => after
                .split_once(&format!("</{name}"))
                .map_or("", |(_, after)| after),
            None => after,
        };
        rest = rest.split_once('>').map_or("", |(_, after)| after);
    }
    length + rest.trim().chars().count()
}

fn add(head: &mut Head, told: &Value) {
    let text = |key: &str| told.get(key).and_then(Value::as_str);
    head.address = text("url").map(str::to_owned).or(head.address.take());
    head.tags = match told.get("tags") {
        Some(Value::String(tags)) => tags.split(',').map(|tag| tag.trim().to_owned()).collect(),
        Some(Value::Array(tags)) => tags
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    head.tags.retain(|tag| !tag.is_empty());
    // The folder's name says the same, but is no source.
    head.folders
        .retain(|folder| !is_folder(folder) && folder != "archive");
    let seconds = text("timestamp").and_then(|time| time.split('.').next()?.parse::<i64>().ok());
    let time = seconds.and_then(|seconds| Timestamp::from_millis(seconds.checked_mul(1000)?));
    head.saved = time
        .and_then(|time| WrittenTime::parse(&time.rfc3339()))
        .or(head.saved);
}

/// Adds the author whom readability found in the page, where the copy that is read names none: an
/// article's own HTML has no head, and few pages that name an author there use another word.
fn add_byline(entry: &mut Entry, source: &dyn Source) {
    let names_author = |text: &str| {
        let named = [
            "name=\"author",
            "article:author",
            "rel=\"author",
            "\"author\"",
        ];
        named.iter().any(|mark| text.contains(mark))
    };
    if names_author(entry.markup.as_str()) {
        return;
    }
    let Some(bytes) = bytes_of(source, "readability/article.json") else {
        return;
    };
    let told = serde_json::from_slice::<Value>(&bytes).ok();
    let byline = told.as_ref().and_then(|told| told.get("byline")?.as_str());
    let byline = byline.map(str::trim).filter(|byline| !byline.is_empty());
    entry.head.authors.extend(byline.map(str::to_owned));
}
