//! The byline that the seed format puts before the text: `<div>[<i>][NAMES<br>]TIME[</i>]</div>`.
//! Attributes, links and other inline elements may stand in it.

mod form;
mod mixed;

use super::header::is_nothing;
use crate::model::{Byline, WrittenTime};
use form::{is_like_names, is_like_time};
use std::borrow::Cow;

/// The longest byline, in bytes: room for a long list of names.
const LONGEST: usize = 2000;

/// Elements within a line, whose tags may stand in a byline.
const INLINE: [&str; 15] = [
    "a", "abbr", "address", "b", "bdi", "cite", "em", "font", "i", "small", "span", "strong",
    "sub", "time", "u",
];

/// Entities that stand in times, and what each is.
const ENTITIES: [(&str, &str); 11] = [
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
    ("&bull;", "•"),
    ("&rlm;", "\u{200F}"),
    ("&lrm;", "\u{200E}"),
    ("&amp;", "&"),
];

/// Elements whose text stands by itself: styles set apart what follows them.
const APART: [&str; 6] = ["a", "address", "cite", "small", "span", "time"];

/// What the beginning of a text says of who wrote it and when.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Beginning<'text> {
    pub(crate) byline: Byline,
    /// What stands where the time does, and is none that can be read.
    pub(crate) unreadable: Option<String>,
    /// The text after the byline.
    pub(crate) rest: &'text str,
}

/// Splits the byline off the text that it begins. An empty first `<div>` is a byline without
/// anything in it; any other first element is text.
pub(crate) fn split_byline(text: &str) -> Beginning<'_> {
    let found = first_div(text).and_then(|(content, rest)| {
        let (byline, unreadable) = parse(content)?;
        Some(Beginning {
            byline,
            unreadable,
            rest: rest.trim_start(),
        })
    });
    found.unwrap_or(Beginning {
        rest: text,
        ..Beginning::default()
    })
}

/// The content of the `<div>` that a text begins with, and what follows it.
fn first_div(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = tag(text)?;
    if !name.eq_ignore_ascii_case("div") {
        return None;
    }
    let bound = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let end = find_ignoring_case(bound, "</div>")?;
    let (content, rest) = rest.split_at_checked(end)?;
    Some((content, rest.get("</div>".len()..)?))
}

/// Where a text of ASCII first stands in another, whatever the case of either.
fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(wanted.len());
    windows.position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The name of the tag that a text begins with, a slash before it where it is an end tag, and what
/// follows the tag.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (inside, rest) = text.strip_prefix('<')?.split_once('>')?;
    let end = inside
        .char_indices()
        .skip(1)
        .find(|(_, character)| !character.is_ascii_alphanumeric())
        .map_or(inside.len(), |(end, _)| end);
    let (name, attributes) = inside.split_at_checked(end)?;
    // A name begins with a letter, and only a space or a slash ends it.
    let is_name = name
        .trim_start_matches('/')
        .starts_with(|c: char| c.is_ascii_alphabetic());
    let is_ended =
        attributes.is_empty() || attributes.starts_with(|c: char| c.is_whitespace() || c == '/');
    (is_name && is_ended).then_some((name, rest))
}

/// The byline that the content of an element is, if it is one, and its time where that can't be
/// read.
fn parse(content: &str) -> Option<(Byline, Option<String>)> {
    let content = content.trim();
    let slanted = unwrapped(content);
    let lines = lines(slanted.unwrap_or(content))?;
    let (last, names) = lines.split_last()?;
    let byline = |names: &[Line<'_>], time| Byline {
        authors: names
            .iter()
            .filter_map(|line| written(&line.text))
            .collect(),
        time,
    };
    if let Some(time) = last.time() {
        return Some((byline(names, Some(time)), None));
    }
    if let Some((time, name)) = mixed::split(&last.plain()) {
        let mut byline = byline(names, Some(time));
        byline.authors.push(name);
        return Some((byline, None));
    }
    let has_name = names.iter().any(|line| !is_blank(&line.text));
    // Where a script had no time it wrote so. Names alone are told from a text by their element.
    if is_blank(&last.text) {
        return (!has_name || slanted.is_some()).then(|| (byline(names, None), None));
    }
    if let Some((first, others)) = lines.split_first()
        && let Some(time) = first.time()
        && others.iter().all(|line| is_like_names(&line.text))
    {
        return Some((byline(others, Some(time)), None));
    }
    let is_byline = has_name
        && names
            .iter()
            .all(|line| is_blank(&line.text) || is_like_names(&line.text))
        && is_like_time(
            &last.text,
            slanted.is_some(),
            names.iter().map(|line| &*line.text),
        );
    is_byline.then(|| (byline(names, None), Some(last.text.trim().to_owned())))
}

/// What stands in the element that slants a whole byline.
fn unwrapped(content: &str) -> Option<&str> {
    let (name, inner) = tag(content)?;
    let end = ["i", "em"]
        .iter()
        .position(|slanting| name.eq_ignore_ascii_case(slanting))
        .and_then(|position| ["</i>", "</em>"].get(position))?;
    let start = inner.len().checked_sub(end.len())?;
    let (inner, last) = inner.split_at_checked(start)?;
    let is_whole = last.eq_ignore_ascii_case(end) && find_ignoring_case(inner, end).is_none();
    is_whole.then_some(inner)
}

/// A line of a byline.
#[derive(Default)]
struct Line<'text> {
    /// Its text without tags, entities as they stand.
    text: Cow<'text, str>,
    /// The time that an element `time` gives for programs.
    datetime: Option<&'text str>,
}

impl Line<'_> {
    fn time(&self) -> Option<WrittenTime> {
        let text = self.plain();
        WrittenTime::parse(&text).or_else(|| self.datetime.and_then(WrittenTime::parse))
    }

    /// The text without the entities that stand in times.
    fn plain(&self) -> String {
        let mut text = self.text.to_string();
        if text.contains('&') {
            for (entity, character) in ENTITIES {
                text = text.replace(entity, character);
            }
        }
        text
    }
}

/// The lines between `<br>`, without the tags of inline elements; nothing where other tags stand.
fn lines(content: &str) -> Option<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut rest = content;
    while let Some((before, after)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        push(&mut line.text, before);
        // Org mode's `<2020-07-16 Thu>` is no tag.
        if after.starts_with('<') && after.get(1..)?.starts_with(|c: char| c.is_ascii_digit()) {
            push(&mut line.text, "<");
            rest = after.get(1..)?;
            continue;
        }
        let (name, after_tag) = tag(after)?;
        let bare = name.trim_start_matches('/');
        if bare.eq_ignore_ascii_case("br") {
            lines.push(std::mem::take(&mut line));
        } else if !INLINE
            .iter()
            .any(|inline| bare.eq_ignore_ascii_case(inline))
        {
            return None;
        } else if APART.iter().any(|apart| bare.eq_ignore_ascii_case(apart)) {
            set_apart(&mut line.text, after_tag);
        }
        line.datetime = line.datetime.or_else(|| datetime(after, after_tag));
        rest = after_tag;
    }
    push(&mut line.text, rest);
    lines.push(line);
    Some(lines)
}

/// Sets what follows a tag apart from a name before it, where nothing else does: a capital right
/// behind a small letter begins a name or a role, and characters follow those of another element.
fn set_apart(text: &mut Cow<'_, str>, after: &str) {
    let (Some(last), Some(next)) = (text.chars().next_back(), after.chars().next()) else {
        return;
    };
    if last.is_lowercase() && next.is_uppercase() {
        let words = text.rsplit([',', '|', ';']).next().unwrap_or_default();
        let is_full = words.split_whitespace().count() > 1;
        text.to_mut().push_str(if is_full { ", " } else { " " });
    } else if last.is_alphabetic()
        && next.is_alphabetic()
        && !last.is_lowercase()
        && !last.is_uppercase()
    {
        text.to_mut().push(' ');
    }
}

fn push<'text>(text: &mut Cow<'text, str>, part: &'text str) {
    if text.is_empty() {
        *text = Cow::Borrowed(part);
    } else {
        text.to_mut().push_str(part);
    }
}

/// The attribute `datetime` of the tag between two texts.
fn datetime<'text>(from: &'text str, to: &str) -> Option<&'text str> {
    let tag = from.get(..from.len().checked_sub(to.len())?)?;
    let (_, value) = tag.split_once(" datetime=")?;
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, _) = value.get(1..)?.split_once(quote)?;
    Some(value)
}

fn is_blank(text: &str) -> bool {
    let text = text.trim();
    is_nothing(text) || text == "&nbsp;"
}

/// A line of names as it stands, unless it names nobody.
fn written(line: &str) -> Option<String> {
    let line = line.trim();
    (!is_blank(line)).then(|| line.to_owned())
}
