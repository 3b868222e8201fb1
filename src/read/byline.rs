//! The byline that the seed format puts before the text:
//! `<div>[<i>][AUTHORS<br>]TIME[</i>]</div>`.

use crate::model::{Byline, WrittenTime};
use std::collections::HashSet;

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
    if lines.iter().any(|line| line.contains('<')) {
        return None;
    }
    let (last, names) = lines.split_last()?;
    let time = WrittenTime::parse(last);
    // Where a script had no time it wrote so. Names alone are told from a text by their element.
    if time.is_none() && !is_nothing(last) || time.is_none() && has_name(names) && slanted.is_none()
    {
        return None;
    }
    Some(Byline {
        authors: split_names(names),
        time,
    })
}

fn has_name(names: &[&str]) -> bool {
    names.iter().any(|name| !is_nothing(name))
}

/// What scripts write where they have nothing.
fn is_nothing(text: &str) -> bool {
    ["", "undefined", "null", "NaN", "Invalid Date", "&nbsp;"].contains(&text.trim())
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

/// The names in lines of names, each once.
pub(super) fn split_names(lines: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in lines.iter().flat_map(|line| split_line(line)) {
        let plain = plain_name(name);
        if is_nothing(&plain) {
            continue;
        }
        if is_suffix(&plain)
            && let Some(last) = names.last_mut()
        {
            last.push_str(", ");
            last.push_str(&plain);
        } else {
            names.push(plain);
        }
    }
    if names.len() > 1 {
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
    }
    names
}

/// The parts of a line of names, as written. A semicolon does not part them, since it ends a
/// character reference; a slash without spaces does only between names that are not in ASCII.
fn split_line(line: &str) -> Vec<&str> {
    if !may_part(line) {
        return Vec::from_iter(person(line.trim()));
    }
    line.split([',', '，', '、', '；', '\n'])
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| {
            let close = part.split('/').all(|name| !name.is_ascii());
            let most = if close { usize::MAX } else { 1 };
            part.splitn(most, ['/', '／'])
        })
        .flat_map(split_conjunctions)
        .collect()
}

/// Whether anything in a line may part names.
fn may_part(line: &str) -> bool {
    line.contains([',', '，', '、', '；', '\n', '/', '／', '&'])
        || line.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
}

/// What stands between what parts names, if it is not what stands for further ones.
fn person(part: &str) -> Option<&str> {
    (!["more", "others", "et al."].contains(&part.trim())).then_some(part)
}

/// Splits `First Last and First Last`. Where a part is no full name, the conjunction belongs to a
/// name, such as that of a firm or a show.
fn split_conjunctions(text: &str) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_prefix("and ").unwrap_or(text);
    let parts: Vec<&str> = [" and ", " AND ", " & ", " &amp; ", " &#38; "].iter().fold(
        vec![text],
        |parts, conjunction| {
            parts
                .into_iter()
                .flat_map(|part| part.split(conjunction))
                .collect()
        },
    );
    let people: Vec<&str> = parts.into_iter().filter_map(person).collect();
    if people.iter().all(|name| name.trim().contains(' ')) {
        people
    } else {
        vec![text]
    }
}

/// A name without the spaces around it and without the `null` of a missing first name.
fn plain_name(name: &str) -> String {
    name.split_whitespace()
        .filter(|word| !["null", "undefined"].contains(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a comma sets apart from a name, but is part of it.
fn is_suffix(text: &str) -> bool {
    let bare = text.trim_end_matches('.').to_ascii_lowercase();
    ["jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d"].contains(&bare.as_str())
}
