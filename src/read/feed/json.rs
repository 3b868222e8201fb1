//! An item of JSON Feed 1.0 or 1.1 as an entry.

use super::channel::{MOST_AUTHORS, resolved};
use super::code_units::CodeUnits;
use super::media::{self, Enclosure};
use super::persons::{person, persons};
use super::sniff::without_mark;
use super::text::{escaped, escaped_attribute};
use super::{FeedHead, Parsed, cut, identity};
use crate::model::{Digest, Entry, Head, Markup, WrittenTime};
use crate::read::json::members_of_object::MembersOfObject;
use crate::read::source::encoding::decode;
use crate::read::{Loaded, Locator, ReadOptions, Source};
use serde_json::Value;

/// What a feed says before its items, and behind them.
pub(super) struct Channel {
    /// What the feed is known by: its address, its page or its title.
    id: String,
    title: String,
    home: Option<String>,
    address: Option<String>,
    next: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
    /// Whether Offprint wrote it.
    is_own: bool,
    units: CodeUnits,
}

impl Channel {
    /// Reads a feed's head, which breaks off where the items begin; if that does not tell, what stands
    /// behind them.
    pub(super) fn parse(
        head: &[u8],
        tail: impl FnOnce() -> Option<Value>,
        units: CodeUnits,
        options: &ReadOptions,
    ) -> Self {
        let text = text(head, units, options);
        let head: Value = serde_json::from_str(&format!("{text}]}}")).unwrap_or_default();
        let more = match head.get("title").is_some() && head.get("version").is_some() {
            true => Value::Null,
            false => tail().unwrap_or_default(),
        };
        let told = |key| string(&head, key).or_else(|| string(&more, key));
        let known = ["feed_url", "home_page_url", "title"];
        let mut authors = authors(&head);
        if authors.is_empty() {
            authors = self::authors(&more);
        }
        authors.truncate(MOST_AUTHORS);
        Channel {
            id: known.iter().find_map(|key| told(key)).unwrap_or_default(),
            title: escaped(&told("title").unwrap_or_default()),
            home: told("home_page_url"),
            address: told("feed_url"),
            next: told("next_url"),
            // What Offprint says of its feed's language, it says of none of its items.
            language: told("language").filter(|_| head.get("_offprint").is_none()),
            authors,
            is_own: head.get("_offprint").is_some(),
            units,
        }
    }
}

fn text(bytes: &[u8], units: CodeUnits, options: &ReadOptions) -> String {
    units.decoded(bytes).unwrap_or_else(|| {
        let decoded = decode(without_mark(bytes), options.encoding, false);
        decoded.text.into_owned()
    })
}

impl super::Channel for Channel {
    fn digest(&self) -> Digest {
        let context = format!("{:?} {:?} {:?}", self.home, self.language, self.authors);
        Digest::of_parts([
            self.id.as_bytes(),
            self.title.as_bytes(),
            context.as_bytes(),
        ])
    }

    fn head(&self) -> FeedHead {
        let next = self.next.clone().map(|next| ("next".to_owned(), next));
        FeedHead {
            title: (!self.title.is_empty()).then(|| self.title.clone()),
            home: self.home.clone(),
            address: self.address.clone(),
            language: self.language.clone(),
            links: next.into_iter().collect(),
            time_to_live: None,
        }
    }

    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Parsed {
        let is_last = cut::is_last(at, source);
        let bytes = match is_last {
            true => cut::without_half_character(bytes),
            false => bytes,
        };
        let text = text(bytes, self.units, options);
        let parsed = serde_json::from_str(&text);
        let mut item = parsed.or_else(|_| serde_json::from_str(&repaired(&text)));
        if is_last && item.is_err() {
            item = serde_json::from_str(&repaired(&cut::completed_json(&text)));
        }
        let Ok(MembersOfObject { all, is_twice }) = item else {
            return Parsed::Broken;
        };
        let loaded = Box::new(Loaded {
            entry: self.entry_of(&Value::Object(all), source, at),
            warnings: Vec::new(),
        });
        match is_twice {
            true => Parsed::Joined(loaded),
            false => Parsed::Entry(loaded),
        }
    }
}

impl Channel {
    fn entry_of(&self, item: &Value, source: &dyn Source, at: &Locator) -> Entry {
        let link = string(item, "url").or_else(|| string(item, "external_url"));
        let near = self
            .home
            .as_deref()
            .or(self.address.as_deref())
            .or(source.address());
        let link = link.map(|link| resolved(near, &link));
        let (id, address) = identity(id(item), link, None, &self.id);
        let is_nowhere = address.is_none();
        let plain = |key| string(item, key).map(|text| escaped(&text));
        let time = |key| string(item, key).and_then(|text| WrittenTime::of_field(&text));
        let enclosures = media::chosen(attachments(item));
        let picture = ["image", "banner_image"]
            .iter()
            .find_map(|key| string(item, key));
        let authors = match authors(item) {
            authors if authors.is_empty() => self.authors.clone(),
            authors => authors,
        };
        let has_text = string(item, "content_html")
            .or_else(|| string(item, "content_text"))
            .is_some();
        let markup = media::led_in(markup(item), picture.as_deref());
        let markup = based(markup, near.filter(|_| address.is_none()));
        let picture = picture.or_else(|| media::picture(&enclosures));
        let markup = media::with_picture(markup, picture.as_deref());
        Entry {
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
                    .map(|name| escaped(&name))
                    .or_else(|| (is_nowhere && !self.is_own).then(|| self.title.clone())),
                published: time("date_published"),
                updated: time("date_modified"),
                authors: persons(
                    authors,
                    (is_nowhere || self.is_own).then_some(self.title.as_str()),
                ),
                tags: texts(item, "tags"),
                language: string(item, "language").or_else(|| self.language.clone()),
                summary: plain("summary").filter(|_| has_text),
                picture,
                ..Head::default()
            },
            body_line: at.line,
            markup: media::with_enclosures(markup, &enclosures),
            resources: source.resources(),
        }
    }
}

/// Relative addresses start from the feed's page where an item has none of its own.
fn based(markup: Markup, near: Option<&str>) -> Markup {
    match (markup, near) {
        (Markup::Article(html), Some(base)) => {
            Markup::Article(format!("<base href=\"{}\">{html}", escaped_attribute(base)))
        }
        (markup, _) => markup,
    }
}

/// What programs write that is no JSON (RFC 8259): line ends and other control characters within strings,
/// a comma behind the last value, half of a surrogate pair.
fn repaired(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut is_string = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' if is_string => {
                let escape = text.get(at..).unwrap_or_default();
                match is_half_pair(escape) {
                    true => result.push_str("\\ufffd"),
                    false => result.extend(escape.chars().take(2)),
                }
                let more = match (is_half_pair(escape), has_pair(escape)) {
                    (true, _) => 5,
                    (false, true) => 11,
                    (false, false) => 1,
                };
                if more == 11 {
                    result.extend(escape.chars().skip(2).take(10));
                }
                for _ in 0..more {
                    characters.next();
                }
            }
            '"' => {
                is_string = !is_string;
                result.push(character);
            }
            c if is_string && c.is_control() => {
                result.extend(format!("\\u{:04x}", u32::from(c)).chars())
            }
            ',' if !is_string => {
                let rest = text.get(at + 1..).unwrap_or_default().trim_start();
                if !rest.starts_with(['}', ']']) {
                    result.push(',');
                }
            }
            c => result.push(c),
        }
    }
    result
}

fn surrogate(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    (0xD800..0xE000).contains(&code).then_some(code)
}

/// Whether an escape begins with both halves of a pair.
fn has_pair(escape: &str) -> bool {
    surrogate(escape).is_some_and(|code| code < 0xDC00)
        && escape
            .get(6..)
            .and_then(surrogate)
            .is_some_and(|code| code >= 0xDC00)
}

fn is_half_pair(escape: &str) -> bool {
    surrogate(escape).is_some() && !has_pair(escape)
}

fn attachments(item: &Value) -> Vec<Enclosure> {
    let all = item.get("attachments").and_then(Value::as_array);
    let all = all.into_iter().flatten();
    all.filter_map(|one| {
        Some(Enclosure {
            address: string(one, "url")?,
            kind: string(one, "mime_type").unwrap_or_default(),
            title: string(one, "title").unwrap_or_default(),
            ..Enclosure::default()
        })
    })
    .collect()
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
    for author in authors {
        let name = string(author, "name").or_else(|| author.as_str().and_then(person));
        let name = name.map(|name| escaped(&name));
        names.extend(name.filter(|name| !names.contains(name)));
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

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn what_programs_write_wrong_in_json_is_mended() {
        let text = "{\"a\": \"x\ny\\\"\\n\\ud83d\\ude00\\ud83d!\", \"b\": [1, 2,],}";
        let value: serde_json::Value = serde_json::from_str(&repaired(text)).unwrap();
        assert_eq!(value["a"], "x\ny\"\n😀\u{FFFD}!");
        assert_eq!(value["b"][1], 2);
    }
}
