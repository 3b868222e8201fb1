//! Tags of HTML as they stand in a text, so that addresses can be made absolute and nothing else changes.
//!
//! What is saved is the article's HTML as published. A parser would write it anew; this looks for
//! tags, takes comments, scripts and styles as they are, and touches the values of attributes only.

pub(super) mod references;

use crate::model::Address;
use memchr::{memchr, memmem};
use references::decoded;
use std::ops::Range;

/// Attributes whose value is one address.
const ADDRESSES: [&str; 14] = [
    "href",
    "src",
    "poster",
    "cite",
    "data",
    "background",
    "longdesc",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-href",
    "data-url",
    "data-full",
];

/// Attributes whose value is a list of candidates (HTML, section 4.8.4.2).
const CANDIDATES: [&str; 4] = ["srcset", "data-srcset", "data-lazy-srcset", "imagesrcset"];

/// A start or end tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'text> {
    /// In lower case.
    pub name: String,
    pub is_end: bool,
    /// Where it stands in the text.
    pub range: Range<usize>,
    text: &'text str,
}

/// An attribute with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'text> {
    /// In lower case.
    pub name: String,
    /// As written, without quotation marks.
    pub value: &'text str,
    /// Where the value stands in the text, quotation marks included.
    pub range: Range<usize>,
}

/// The tags of a text, in order. What stands in a script or a style sheet is none.
pub(super) fn tags(text: &str) -> Tags<'_> {
    Tags { text, position: 0 }
}

pub(super) struct Tags<'text> {
    text: &'text str,
    position: usize,
}

impl<'text> Iterator for Tags<'text> {
    type Item = Tag<'text>;

    fn next(&mut self) -> Option<Tag<'text>> {
        loop {
            let rest = self.text.as_bytes().get(self.position..)?;
            let start = self.position + memchr(b'<', rest)?;
            let after = self.text.as_bytes().get(start + 1..)?;
            if after.starts_with(b"!--") {
                self.position = behind(self.text, start + 4, b"-->");
                continue;
            }
            let is_end = after.first() == Some(&b'/');
            let name_start = start + 1 + usize::from(is_end);
            let name = name_at(self.text, name_start);
            if name.is_empty() {
                self.position = start + 1;
                continue;
            }
            let end = end_of_tag(self.text, name_start + name.len());
            self.position = end;
            if !is_end && matches!(name.as_str(), "script" | "style") {
                let close = format!("</{name}");
                self.position = find_ignoring_case(self.text, end, close.as_bytes());
            }
            return Some(Tag {
                name,
                is_end,
                range: start..end,
                text: self.text,
            });
        }
    }
}

/// The name of a tag, in lower case; empty where none stands.
fn name_at(text: &str, start: usize) -> String {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return String::new();
    }
    let end = |byte: &&u8| !(byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let name = bytes.iter().take_while(end).take(64);
    let name: Vec<u8> = name.map(u8::to_ascii_lowercase).collect();
    // The position behind it is counted in bytes, so a name that is none would shift it.
    String::from_utf8(name).unwrap_or_default()
}

/// Where a tag ends, whose name ends at a position: behind its `>` outside quotation marks.
fn end_of_tag(text: &str, start: usize) -> usize {
    let mut quote = None;
    let mut previous = b' ';
    for (offset, byte) in text
        .as_bytes()
        .get(start..)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match (quote, byte) {
            (None, b'>') => return start + offset + 1,
            // A mark begins a value only behind `=`; elsewhere it is a slip.
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = *byte;
        }
    }
    text.len()
}

fn behind(text: &str, start: usize, wanted: &[u8]) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    memmem::find(rest, wanted).map_or(text.len(), |at| start + at + wanted.len())
}

fn find_ignoring_case(text: &str, start: usize, wanted: &[u8]) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let mut windows = rest.windows(wanted.len());
    let found = windows.position(|window| window.eq_ignore_ascii_case(wanted));
    found.map_or(text.len(), |at| start + at)
}

impl<'text> Tag<'text> {
    /// The attributes that have a value.
    pub fn attributes(&self) -> Vec<Attribute<'text>> {
        let mut found = Vec::new();
        let skip = 1 + usize::from(self.is_end) + self.name.len();
        let mut position = self.range.start + skip;
        while let Some((attribute, next)) = self.attribute(position) {
            found.extend(attribute);
            position = next;
        }
        found
    }

    /// The value of an attribute, with the references that addresses hold read.
    pub fn value(&self, name: &str) -> Option<String> {
        let attributes = self.attributes();
        let found = attributes.iter().find(|one| one.name == name)?;
        Some(decoded(found.value))
    }

    /// The attribute that begins behind a position, and where the next may begin.
    fn attribute(&self, start: usize) -> Option<(Option<Attribute<'text>>, usize)> {
        let end = self.range.end;
        let bytes = self.text.as_bytes().get(..end)?;
        let is_space = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
        let at = |position: usize| bytes.get(position).copied();
        let mut position = start;
        while at(position).is_some_and(is_space) {
            position += 1;
        }
        let name_start = position;
        while at(position).is_some_and(|byte| !is_space(byte) && !matches!(byte, b'=' | b'>')) {
            position += 1;
        }
        let name = self.text.get(name_start..position)?.to_ascii_lowercase();
        while at(position).is_some_and(|byte| byte.is_ascii_whitespace()) {
            position += 1;
        }
        if at(position)? != b'=' {
            // Behind a name without a value, or at the tag's end.
            let next = if name.is_empty() {
                position + 1
            } else {
                position
            };
            return (next < end).then_some((None, next));
        }
        position += 1;
        while at(position).is_some_and(|byte| byte.is_ascii_whitespace()) {
            position += 1;
        }
        let range = value_range(bytes, position);
        let value = self.text.get(range.clone())?;
        let attribute = Attribute {
            name,
            value: value.trim_matches(['"', '\'']),
            range: range.clone(),
        };
        Some((Some(attribute), range.end))
    }
}

/// Where a value stands that begins at a position, quotation marks included.
fn value_range(bytes: &[u8], start: usize) -> Range<usize> {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = match rest.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inner = rest.get(1..).unwrap_or_default();
            memchr(*quote, inner).map_or(rest.len(), |at| at + 2)
        }
        _ => rest
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
            .unwrap_or(rest.len()),
    };
    start..start + length
}

/// The text with every address in it absolute, all else as it stands. The base that a page names for its
/// addresses has done its work then, and goes.
pub(super) fn absolute(html: &str, base: &Address) -> String {
    let mut text = String::with_capacity(html.len());
    let mut copied = 0;
    let mut base = base.clone();
    for tag in tags(html).filter(|tag| !tag.is_end) {
        if tag.name == "base" {
            let named = tag.value("href").and_then(|href| base.join(&href));
            base = named.unwrap_or(base);
            text.push_str(html.get(copied..tag.range.start).unwrap_or_default());
            copied = tag.range.end;
            continue;
        }
        for attribute in tag.attributes() {
            let Some(value) = absolute_value(&attribute, &base) else {
                continue;
            };
            text.push_str(html.get(copied..attribute.range.start).unwrap_or_default());
            text.push_str(&format!("\"{}\"", escaped(&value)));
            copied = attribute.range.end;
        }
    }
    text.push_str(html.get(copied..).unwrap_or_default());
    text
}

/// The value with its addresses absolute, where that changes it.
fn absolute_value(attribute: &Attribute<'_>, base: &Address) -> Option<String> {
    if ADDRESSES.contains(&attribute.name.as_str()) {
        return absolute_address(&decoded(attribute.value), base);
    }
    if !CANDIDATES.contains(&attribute.name.as_str()) {
        return None;
    }
    let written = decoded(attribute.value);
    let made = absolute_candidates(&written, base);
    (made != written).then_some(made)
}

/// The address that a relative reference means; none for one that is absolute, or leads to a place in
/// the text itself.
fn absolute_address(reference: &str, base: &Address) -> Option<String> {
    let reference = reference.trim();
    let is_absolute = reference.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if reference.is_empty() || reference.starts_with('#') || is_absolute {
        return None;
    }
    Some(base.join(reference)?.as_str().to_owned())
}

fn absolute_candidates(list: &str, base: &Address) -> String {
    let mut candidates = Vec::new();
    let is_between = |c: char| c.is_whitespace() || c == ',';
    let mut rest = list.trim_start_matches(is_between);
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let address = word.trim_end_matches(',');
        let (descriptor, next) = if address.len() < word.len() {
            ("", after)
        } else {
            after.split_once(',').unwrap_or((after, ""))
        };
        let made = absolute_address(address, base).unwrap_or_else(|| address.to_owned());
        candidates.push(
            format!("{made} {}", descriptor.trim())
                .trim_end()
                .to_owned(),
        );
        rest = next.trim_start_matches(is_between);
    }
    candidates.join(", ")
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;")
}

/// What a reader sees of a text, roughly: its characters without tags.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut copied = 0;
    let mut hidden: Option<String> = None;
    for tag in tags(html) {
        if hidden.is_none() {
            text.push_str(&decoded(
                html.get(copied..tag.range.start).unwrap_or_default(),
            ));
            text.push(' ');
        }
        copied = tag.range.end;
        match &hidden {
            None if !tag.is_end && matches!(tag.name.as_str(), "script" | "style") => {
                hidden = Some(tag.name);
            }
            Some(name) if tag.is_end && *name == tag.name => hidden = None,
            _ => {}
        }
    }
    if hidden.is_none() {
        text.push_str(&decoded(html.get(copied..).unwrap_or_default()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Address {
        Address::parse("https://example.org/a/b.html").unwrap()
    }

    #[test]
    fn relative_addresses_become_absolute_and_nothing_else_changes() {
        let html = "<P CLASS=x>a < b & c<!-- <a href=\"no\"> --><script>'<a href=\"no\">'</script>\
            <A HREF='../c?d=1&amp;e=2' title=\"1 > 0\">x</A><img src=/i.png srcset=\"x.png 1x, y.png 2x\">\
            <a href=\"#note\">n</a><a href=https://o.example/>o</a><a href=mailto:a@b.example>m</a>";
        let made = absolute(html, &base());
        let expected = html
            .replace(
                "'../c?d=1&amp;e=2'",
                "\"https://example.org/c?d=1&amp;e=2\"",
            )
            .replace("src=/i.png", "src=\"https://example.org/i.png\"")
            .replace(
                "x.png 1x, y.png 2x",
                "https://example.org/a/x.png 1x, https://example.org/a/y.png 2x",
            );
        assert_eq!(made, expected);
        assert_eq!(absolute(&made, &base()), made);
        let based = "<base href='/x/'><img src=i.png>";
        assert_eq!(
            absolute(based, &base()),
            "<img src=\"https://example.org/x/i.png\">"
        );
    }

    #[test]
    fn any_text_is_gone_through_once() {
        for text in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href='",
            "</",
            "<!--",
            "<a =>",
            "<é>x</é>",
        ] {
            assert_eq!(absolute(text, &base()), text);
        }
        assert_eq!(
            plain_text("a<b>c</b><style>x</style>&amp;").replace(' ', ""),
            "ac&"
        );
    }
}
