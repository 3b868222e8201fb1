//! Tags of site generators: `{% … %}` of Jekyll and Hexo, `{{< … >}}` of Hugo, `{{ name(…) }}` of Zola. Those that show
//! something known become that; of the others stays what they say in words or the address that they name.
//! What is left is hidden, as the site hides it, so that it is told and not shown.

mod boxes;
mod known;
mod variables;

pub(super) use variables::hidden;

use super::lines::{line_before, near};
use super::rewrite::Edits;
use super::shield::Shield;
use std::collections::HashMap;
use std::ops::Range;

/// The longest tag, in bytes.
const LONGEST: usize = 2_000;

/// The longest beginning of a line that the lines below repeat, in bytes.
const LONGEST_PREFIX: usize = 60;

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
                .find(|argument| argument.key.eq_ignore_ascii_case(key))?;
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

    /// The first value between quotation marks without a key.
    fn quoted(&self) -> Option<&'text str> {
        let mut quoted = self.arguments.iter().filter(|argument| argument.quoted);
        quoted
            .find(|argument| argument.key.is_empty() && !argument.value.is_empty())
            .map(|argument| argument.value)
    }

    /// The first address on the web among its values.
    fn address(&self) -> Option<&'text str> {
        let mut values = self.arguments.iter().map(|argument| argument.value);
        values.find_map(|value| {
            let start = value.find("http://").or_else(|| value.find("https://"))?;
            let begins = start == 0 || value.get(..start)?.ends_with('=');
            value.get(start..).filter(|_| begins)
        })
    }
}

/// Finds the tags, and gives the parts of the text that they make code.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) -> Vec<Range<usize>> {
    let tags = tags(text, shield);
    let ends = Ends::of(&tags);
    let mut code = Vec::new();
    let mut raw = Vec::new();
    let mut skipped_to = 0;
    for (number, tag) in tags.iter().enumerate() {
        if tag.range.start < skipped_to {
            continue;
        }
        let end = ends.behind(&tags, number);
        let inside = end.map(|end| tag.range.end..end.range.start);
        let written = inside.clone().and_then(|inside| text.get(inside));
        match (end, inside, known::kind(tag)) {
            (Some(end), Some(inside), Kind::Raw) => {
                edits.remove(tag.range.clone());
                edits.remove(end.range.clone());
                raw.push(inside);
                skipped_to = end.range.end;
            }
            (Some(end), _, Kind::Hidden) => {
                edits.remove(tag.range.start..end.range.end);
                skipped_to = end.range.end;
            }
            (Some(end), Some(inside), Kind::Listing) if !known::is_fenced(written) => {
                edits.replace(tag.range.clone(), known::listing(tag));
                edits.replace(end.range.clone(), known::listing_end(tag));
                code.push(inside);
                skipped_to = end.range.end;
            }
            _ => {
                let place = Place::of(text, tag, shield, ends.has(tag));
                edits.replace(tag.range.clone(), place.fitted(known::shown(tag, &place)));
            }
        }
    }
    variables::find(text, shield, &raw, edits);
    code.extend(raw.into_iter().filter(|part| is_template(text, part)));
    code
}

/// Whether a part of a text shows tags or variables as they are written.
fn is_template(text: &str, part: &Range<usize>) -> bool {
    let part = text.get(part.clone()).unwrap_or_default();
    part.contains("{{") || part.contains("{%")
}

/// What a tag is for, as far as what it encloses depends on it.
pub(super) enum Kind {
    /// What it encloses shows tags as they are written.
    Raw,
    /// What it encloses is never shown.
    Hidden,
    /// What it encloses is code.
    Listing,
    Other,
}

/// Where the tags end that have an end.
struct Ends<'text>(HashMap<&'text str, Vec<usize>>);

impl<'text> Ends<'text> {
    fn of(tags: &[Tag<'text>]) -> Self {
        let mut ends: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.closes) {
            ends.entry(tag.name).or_default().push(number);
        }
        Ends(ends)
    }

    /// Whether tags of this name have ends at all.
    fn has(&self, tag: &Tag<'_>) -> bool {
        self.0.contains_key(tag.name)
    }

    /// The next end behind a tag that opens.
    fn behind<'tags>(&self, tags: &'tags [Tag<'text>], number: usize) -> Option<&'tags Tag<'text>> {
        let tag = tags.get(number).filter(|tag| !tag.closes)?;
        let ends = self.0.get(tag.name)?;
        let next = ends.partition_point(|end| *end <= number);
        tags.get(*ends.get(next)?)
    }
}

/// Where a tag stands, which decides how what it shows has to be written.
pub(super) struct Place<'text> {
    /// What stands before it in its line, as far as the lines below have to repeat it.
    prefix: String,
    /// The tag as it is written.
    pub(super) written: &'text str,
    /// Whether nothing else stands in its line.
    pub(super) is_alone: bool,
    pub(super) is_html: bool,
    /// Whether it is one of a pair.
    pub(super) has_end: bool,
}

impl<'text> Place<'text> {
    fn of(text: &'text str, tag: &Tag<'_>, shield: &Shield, has_end: bool) -> Self {
        let line = line_before(text, tag.range.start, LONGEST_PREFIX).unwrap_or("…");
        let after = text.get(tag.range.end..).unwrap_or_default();
        let after = near(after, LONGEST_PREFIX);
        let rest = after.split('\n').next().unwrap_or_default();
        let is_sign = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')');
        let is_prefix = line.chars().all(|c| is_sign(c) || c.is_ascii_digit());
        let blank = |c: char| if c == '>' || c == '\t' { c } else { ' ' };
        Place {
            prefix: match is_prefix {
                true => line.chars().map(blank).collect(),
                false => String::new(),
            },
            written: text.get(tag.range.clone()).unwrap_or_default(),
            is_alone: is_prefix && rest.trim().is_empty(),
            is_html: shield.is_html(tag.range.start),
            has_end,
        }
    }

    /// What a tag shows, so that it stays in the list, the quotation or the HTML that the tag is in.
    fn fitted(&self, shown: String) -> String {
        if self.is_html {
            return shown.trim().replace("\n\n", "\n");
        }
        match self.prefix.is_empty() {
            true => shown,
            false => shown.replace('\n', &format!("\n{}", self.prefix)),
        }
    }
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
        if shield.is_code(start) {
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
    let (value, after) = text.split_at_checked(end).unwrap_or((text, ""));
    (value.trim_end_matches(','), after)
}

/// A reference without the site's variables: those in links are found by the parser.
pub(super) fn without_variables(reference: &str) -> &str {
    let Some((name, path)) = reference
        .strip_prefix("{{")
        .and_then(|rest| rest.split_once("}}"))
    else {
        return reference;
    };
    if variables::is_site(name.trim()) {
        path
    } else {
        reference
    }
}
