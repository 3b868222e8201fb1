//! The byline that the seed format puts before the text:
//! `<div>[<i>][AUTHORS<br>]TIME[</i>]</div>`.

use super::header::is_nothing;
use crate::model::{Byline, WrittenTime};

/// The longest byline, in bytes: room for a long list of names.
const LONGEST: usize = 2000;

/// Splits the byline off the text that it begins. An empty first `<div>` is a byline without
/// anything in it; any other first element is text.
pub(super) fn split_byline(text: &str) -> (Byline, &str) {
    let element = strip_prefix_ignoring_case(text, "<div>").and_then(|rest| {
        let end = rest
            .get(..rest.floor_char_boundary(LONGEST))?
            .find("</div>")?;
        let (content, rest) = rest.split_at_checked(end)?;
        Some((content, rest.strip_prefix("</div>")?))
    });
    match element.and_then(|(content, rest)| Some((parse(content)?, rest))) {
        Some((byline, rest)) => (byline, rest.trim_start()),
        None => (Byline::default(), text),
    }
}

/// The byline that the content of an element is, if it is one.
fn parse(content: &str) -> Option<Byline> {
    let content = content.trim();
    let slanted =
        unwrap_element(content, "<i>", "</i>").or_else(|| unwrap_element(content, "<em>", "</em>"));
    let lines = split_breaks(slanted.unwrap_or(content));
    let (last, names) = lines.split_last()?;
    if last.contains('<') || names.iter().any(|line| has_other_tag(line)) {
        return None;
    }
    let time = WrittenTime::parse(last);
    // Where a script had no time it wrote so. Names alone are told from a text by their element.
    if time.is_none() && (!is_blank(last) || has_name(names) && slanted.is_none()) {
        return None;
    }
    Some(Byline {
        authors: names.iter().filter_map(|line| written(line)).collect(),
        time,
    })
}

/// Whether a line of names holds another element than links and spans, which people's names stand in.
fn has_other_tag(line: &str) -> bool {
    line.split('<').skip(1).any(|tag| {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '@' || *c == '.')
            .collect();
        !matches!(name.as_str(), "a" | "span" | "b" | "strong" | "em" | "i") && !name.contains('@')
    })
}

fn has_name(names: &[&str]) -> bool {
    names.iter().any(|name| !is_blank(name))
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

fn unwrap_element<'text>(text: &'text str, start: &str, end: &str) -> Option<&'text str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

fn strip_prefix_ignoring_case<'text>(text: &'text str, prefix: &str) -> Option<&'text str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The parts between `<br>`, `<br/>` and `<br />`.
fn split_breaks(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<br") {
        let Some((attributes, after)) = after.split_once('>') else {
            break;
        };
        if !attributes.trim_end_matches('/').trim().is_empty() {
            break;
        }
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}
