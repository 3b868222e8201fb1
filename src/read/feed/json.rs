//! An item of JSON Feed 1.0 or 1.1 as an entry.

use super::xml::{escaped, identity, persons, without_mark};
use crate::model::{Digest, Entry, Head, Markup, WrittenTime};
use crate::read::{Loaded, Locator, ReadOptions, Source};
use memchr::memmem;
use serde_json::Value;

/// Whether a file begins like a JSON Feed: the first key that all of them have names the version.
pub(super) fn is_feed(first: &[u8]) -> bool {
    let first = without_mark(first).trim_ascii_start();
    let versions: [&[u8]; 2] = [
        b"https://jsonfeed.org/version/",
        b"https:\\/\\/jsonfeed.org\\/version\\/",
    ];
    first.starts_with(b"{")
        && versions
            .iter()
            .any(|version| memmem::find(first, version).is_some())
}

/// What a feed says before its items.
pub(super) struct Channel {
    /// What the feed is known by: its address, its page or its title.
    id: String,
    title: String,
}

impl Channel {
    /// Reads a feed's head, which breaks off where the items begin.
    pub(super) fn parse(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{FEFF}');
        let head: Value = serde_json::from_str(&format!("{text}]}}")).unwrap_or_default();
        let known = ["feed_url", "home_page_url", "title"];
        let id = known.iter().find_map(|key| string(&head, key));
        let title = string(&head, "title").unwrap_or_default();
        Channel {
            id: id.unwrap_or_default(),
            title: escaped(&title),
        }
    }
}

impl super::Channel for Channel {
    fn digest(&self) -> Digest {
        Digest::of_parts([self.id.as_bytes(), self.title.as_bytes()])
    }

    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Option<Loaded> {
        let item: Value = serde_json::from_slice(bytes).ok()?;
        if !item.is_object() {
            return None;
        }
        let link = string(&item, "url").or_else(|| string(&item, "external_url"));
        let (id, address) = identity(id(&item), link, &self.id);
        let plain = |key| string(&item, key).map(|text| escaped(&text));
        let time = |key| string(&item, key).and_then(|text| WrittenTime::parse(&text));
        let entry = Entry {
            head: Head {
                path: source.path().to_owned(),
                item: at.item(),
                line: at.line,
                folders: source.folders().to_vec(),
                id,
                title: plain("title"),
                address,
                source: item
                    .get("_offprint")
                    .and_then(|more| string(more.get("source")?, "name"))
                    .map(|name| escaped(&name)),
                published: time("date_published"),
                updated: time("date_modified"),
                authors: persons(authors(&item), &self.title),
                tags: texts(&item, "tags"),
                ..Head::default()
            },
            body_line: at.line,
            markup: markup(&item),
            resources: source.resources(),
        };
        Some(Loaded {
            entry,
            warnings: Vec::new(),
        })
    }
}

/// Ids should be strings; numbers are taken as they are spelled (JSON Feed 1.1, "Items").
fn id(item: &Value) -> Option<String> {
    match item.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn markup(item: &Value) -> Markup {
    let html = string(item, "content_html").map(Markup::Article);
    let text = || string(item, "content_text").map(Markup::Text);
    let summary = || string(item, "summary").map(Markup::Text);
    html.or_else(text).or_else(summary).unwrap_or_default()
}

/// The authors of version 1.1, else the one of version 1.0.
fn authors(item: &Value) -> Vec<String> {
    let listed = item.get("authors").and_then(Value::as_array);
    let listed = listed.into_iter().flatten();
    let authors = listed.chain(item.get("author"));
    let mut names: Vec<String> = Vec::new();
    for name in authors.filter_map(|author| string(author, "name")) {
        let name = escaped(&name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn texts(item: &Value, key: &str) -> Vec<String> {
    let texts = item.get(key).and_then(Value::as_array);
    let texts = texts.into_iter().flatten().filter_map(Value::as_str);
    texts.map(escaped).collect()
}

/// The text of a field, unless it is blank.
fn string(object: &Value, key: &str) -> Option<String> {
    let text = object.get(key)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}
