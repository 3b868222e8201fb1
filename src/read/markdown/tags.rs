//! Tags of site generators: `{% … %}` of Jekyll and Hexo, `{{< … >}}` of Hugo, `{{ name(…) }}` of Zola. Those that show
//! something known become that; pairs that only dress what stands between them are left out; all others
//! stay as they are written, so that nothing is lost.

mod known;

use super::rewrite::Edits;
use super::shield::Shield;
use memchr::memmem;
use std::collections::HashMap;
use std::ops::Range;

/// The longest tag, in bytes.
const LONGEST: usize = 2_000;

/// A tag in a text.
pub(super) struct Tag<'text> {
    range: Range<usize>,
    /// Without the `end` or `/` of a closing one.
    name: &'text str,
    arguments: Vec<Argument<'text>>,
    closes: bool,
    /// Whether its arguments stand in brackets, as Zola has them.
    has_brackets: bool,
    /// Whether it may have an end: `{% … %}`.
    is_block: bool,
}

/// `value` or `key=value`.
struct Argument<'text> {
    key: &'text str,
    value: &'text str,
    quoted: bool,
}

impl<'text> Tag<'text> {
    /// The value of a key.
    fn named(&self, keys: &[&str]) -> Option<&'text str> {
        keys.iter().find_map(|key| {
            let argument = self
                .arguments
                .iter()
                .find(|argument| argument.key == *key)?;
            Some(argument.value).filter(|value| !value.is_empty())
        })
    }

    /// The values without a key.
    fn values(&self) -> impl Iterator<Item = &'text str> {
        let plain = self
            .arguments
            .iter()
            .filter(|argument| argument.key.is_empty());
        plain.map(|argument| argument.value)
    }

    fn value(&self, number: usize) -> Option<&'text str> {
        self.values().nth(number)
    }
}

/// Finds the tags, and gives the parts of the text that they make code.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) -> Vec<Range<usize>> {
    let tags = tags(text, shield);
    let mut last_end: HashMap<&str, usize> = HashMap::new();
    for (number, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.closes) {
        last_end.insert(tag.name, number);
    }
    let mut code = Vec::new();
    let mut skipped_to = 0;
    let mut listing: Option<usize> = None;
    for (number, tag) in tags.iter().enumerate() {
        if tag.range.start < skipped_to {
            continue;
        }
        if let Some(start) = listing {
            if tag.closes && known::is_listing(tag.name) {
                code.push(start..tag.range.start);
                edits.replace(tag.range.clone(), "\n``````\n");
                listing = None;
            }
            continue;
        }
        let end = last_end.get(tag.name).copied();
        let has_end = end.is_some();
        if end > Some(number) && !tag.closes && known::is_hidden(tag.name) {
            let rest = tags.get(number..).unwrap_or_default();
            if let Some(end) = rest.iter().find(|end| end.closes && end.name == tag.name) {
                edits.remove(tag.range.start..end.range.end);
                skipped_to = end.range.end;
            }
        } else if end > Some(number) && !tag.closes && known::is_listing(tag.name) {
            edits.replace(tag.range.clone(), known::listing(tag));
            listing = Some(tag.range.end);
        } else if let Some(by) = known::shown(tag, has_end) {
            edits.replace(tag.range.clone(), by);
        }
    }
    find_variables(text, shield, edits);
    code
}

/// All tags that are not in code.
fn tags<'text>(text: &'text str, shield: &Shield) -> Vec<Tag<'text>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(found) = text
        .as_bytes()
        .get(from..)
        .and_then(|rest| memchr::memchr(b'{', rest))
    {
        let start = from + found;
        from = start + 1;
        let rest = text.get(start..).unwrap_or_default();
        let pairs = [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}")];
        let Some((open, close)) = pairs.iter().find(|(open, _)| rest.starts_with(open)) else {
            continue;
        };
        let near = rest
            .get(..rest.floor_char_boundary(LONGEST))
            .unwrap_or_default();
        let Some(end) = near.find(close) else {
            continue;
        };
        if shield.is_fixed(start) {
            continue;
        }
        let inside = near.get(open.len()..end).unwrap_or_default();
        let range = start..start + end + close.len();
        // What has no brackets is a variable.
        if *open == "{{" && !inside.trim_end().ends_with(')') {
            continue;
        }
        if let Some(tag) = tag(inside, range, *open == "{%") {
            from = tag.range.end;
            tags.push(tag);
        }
    }
    name_ends(&mut tags);
    tags
}

/// Zola ends all its tags with `{% end %}`: each ends the last that has brackets and is open.
fn name_ends(tags: &mut [Tag<'_>]) {
    let mut open = Vec::new();
    for tag in tags {
        if tag.name == "end" && tag.arguments.is_empty() {
            if let Some(name) = open.pop() {
                tag.name = name;
                tag.closes = true;
            }
        } else if tag.has_brackets && tag.is_block {
            open.push(tag.name);
        }
    }
}

fn tag(inside: &str, range: Range<usize>, liquid: bool) -> Option<Tag<'_>> {
    let inside = inside.trim_matches(['-', ' ', '\n', '\t']);
    let (inside, slash) = match inside.strip_prefix('/') {
        Some(rest) => (rest.trim_start(), true),
        None => (inside, false),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let end = inside.find(|c: char| !is_name(c)).unwrap_or(inside.len());
    let (name, rest) = inside.split_at_checked(end)?;
    if name.is_empty() {
        return None;
    }
    let (name, ends) = match name.strip_prefix("end") {
        Some(rest) if liquid && !rest.is_empty() => (rest, true),
        _ => (name, false),
    };
    let brackets = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    Some(Tag {
        range,
        name,
        arguments: arguments(brackets.unwrap_or(rest).trim_end_matches('/')),
        closes: ends || slash,
        has_brackets: brackets.is_some(),
        is_block: liquid,
    })
}

/// Words and quoted texts, some of them behind `key=` or `key:`.
fn arguments(text: &str) -> Vec<Argument<'_>> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && arguments.len() < 100 {
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let end = rest.find(|c: char| !is_key(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (key, after) = match after.strip_prefix('=') {
            Some(value) if !word.is_empty() => (word, value.trim_start()),
            _ => ("", rest),
        };
        let quoted = after.starts_with(['"', '\'']);
        let (value, after) = value(after);
        arguments.push(Argument { key, value, quoted });
        rest = after.trim_start_matches([' ', '\t', '\n', ',']);
    }
    arguments
}

/// A value and what follows it.
fn value(text: &str) -> (&str, &str) {
    for mark in ['"', '\'', '`'] {
        if let Some((inside, after)) = text
            .strip_prefix(mark)
            .and_then(|rest| rest.split_once(mark))
        {
            return (inside, after);
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Leaves out the variables that stand for the site's own address before a path.
fn find_variables(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"{{") {
        let rest = text.get(start..).unwrap_or_default();
        let near = rest
            .get(..rest.floor_char_boundary(100))
            .unwrap_or_default();
        let Some(end) = near.find("}}") else {
            continue;
        };
        let name = near.get(2..end).unwrap_or_default().trim();
        if known::is_site(name) && !shield.is_taken(start) {
            edits.remove(start..start + end + 2);
        }
    }
}

/// A reference without the site's variables: those in links are found by the parser.
pub(super) fn without_variables(reference: &str) -> &str {
    let Some((name, path)) = reference
        .strip_prefix("{{")
        .and_then(|rest| rest.split_once("}}"))
    else {
        return reference;
    };
    if known::is_site(name.trim()) {
        path
    } else {
        reference
    }
}
