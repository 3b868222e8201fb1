//! An item within which the feed breaks off: as much of it as can be relied on.

use super::tokens::{Token, Tokens, local};
use crate::read::{Locator, Source};

/// The elements whose beginning tells something. Half an address or half a title is none.
const TEXTS: [&str; 9] = [
    "encoded",
    "content",
    "description",
    "summary",
    "abstract",
    "body",
    "div",
    "fullitem",
    "text",
];

/// Whether an item ends with its file: only such are cut.
pub(super) fn is_last(at: &Locator, source: &dyn Source) -> bool {
    at.span.start.saturating_add(at.span.length) >= source.length()
}

/// The bytes of such an item without half a character at their end.
pub(super) fn without_half_character(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).unwrap_or(bytes)
        }
        _ => bytes,
    }
}

/// Whether an item has its end.
pub(super) fn is_whole(item: &str) -> bool {
    let item = item.trim_end();
    let end = item
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once("</"));
    item.ends_with("/>") || end.is_some_and(|(_, name)| super::channel::is_item(name.trim()))
}

/// The members of an item in JSON whose beginning tells something.
const TEXTS_OF_JSON: [&str; 3] = ["content_html", "content_text", "summary"];

/// An item in JSON with what is open in it closed, without the member that is cut where that is no text.
pub(super) fn completed_json(item: &str) -> String {
    let mut depth = 0_usize;
    // Where the string begins that is open; the last one of the item itself that was closed; where the member before
    // the one that is cut ends.
    let (mut string, mut name, mut whole) = (None, "", 0);
    let mut is_escaped = false;
    for (at, byte) in item.bytes().enumerate() {
        match (string, byte) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), b'\\') => is_escaped = true,
            (Some(start), b'"') => {
                if depth == 1 {
                    name = item.get(start + 1..at).unwrap_or_default();
                }
                string = None;
            }
            (Some(_), _) => {}
            (None, b'"') => string = Some(at),
            (None, b'{' | b'[') => depth += 1,
            (None, b'}' | b']') => depth = depth.saturating_sub(1),
            (None, b',') if depth == 1 => whole = at,
            (None, _) => {}
        }
    }
    let is_text = string.is_some() && depth == 1 && TEXTS_OF_JSON.contains(&name);
    match is_text {
        true => format!("{}\"}}", without_half_escape(item)),
        false if whole > 0 => format!("{}}}", item.get(..whole).unwrap_or_default()),
        false => String::new(),
    }
}

/// A string of JSON without an escape that is cut at its end: `\u00`.
fn without_half_escape(text: &str) -> &str {
    let from = text.len().saturating_sub(5);
    let tail = text.get(from..).unwrap_or_default();
    let Some(at) = tail.rfind('\\') else {
        return text;
    };
    let (start, escape) = (from + at, tail.get(at..).unwrap_or_default());
    let before = text.get(..start).unwrap_or_default();
    let is_start = before
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 0;
    let is_half = escape.len() == 1 || escape.starts_with("\\u");
    match is_start && is_half {
        true => before,
        false => text,
    }
}

/// An element that is open where the item breaks off.
struct Open<'text> {
    name: &'text str,
    /// Where its tag begins.
    start: usize,
}

/// An item with what is open in it closed, without the element that is cut where that is no text.
pub(super) fn completed(item: &str) -> String {
    let item = without_half_tag(item);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut last_start = 0;
    let mut tokens = Tokens::new(item);
    let mut is_section = false;
    loop {
        let start = tokens.position();
        let Some(token) = tokens.next() else { break };
        match token {
            Token::Start(tag) if !tag.is_empty => {
                // Comments and the like may stand between two tokens.
                last_start = start;
                open.push(Open {
                    name: tag.name,
                    start,
                });
            }
            Token::End(name) => {
                if let Some(at) = open.iter().rposition(|open| open.name == name) {
                    open.truncate(at);
                }
            }
            Token::Section(_) => is_section = !ends_section(item, tokens.position()),
            Token::Start(_) | Token::Text(_) => {}
        }
    }
    let child = open.get(1);
    let is_text = child.is_none_or(|child| is_text(child.name));
    if let Some(child) = child.filter(|child| !is_text && child.start == last_start) {
        let (kept, _) = item.split_at_checked(child.start).unwrap_or((item, ""));
        open.truncate(1);
        return closed(kept, false, &open);
    }
    closed(item, is_section, &open)
}

fn is_text(name: &str) -> bool {
    let name = local(name);
    TEXTS.iter().any(|text| name.eq_ignore_ascii_case(text))
}

fn closed(item: &str, is_section: bool, open: &[Open<'_>]) -> String {
    let mut closed = item.to_owned();
    if is_section {
        // The end of a section may itself be cut.
        closed.truncate(item.trim_end_matches(']').len());
        closed.push_str("]]>");
    }
    for element in open.iter().rev() {
        closed.extend(["</", element.name, ">"]);
    }
    closed
}

fn ends_section(item: &str, at: usize) -> bool {
    item.get(..at).is_some_and(|before| before.ends_with("]]>"))
}

/// An item without a tag, a comment or a reference that is cut at its end.
fn without_half_tag(item: &str) -> &str {
    let mut tokens = Tokens::new(item);
    let mut end = item.len();
    loop {
        let start = tokens.position();
        let Some(token) = tokens.next() else { break };
        if tokens.position() < item.len() {
            continue;
        }
        // The last token: a lone `<` is a tag that is cut.
        if let Token::Text(text) = token
            && let Some(cut) = text.rfind(['<', '&'])
            && !text.get(cut..).unwrap_or_default().contains([';', '>'])
        {
            end = start + cut;
        }
    }
    item.get(..end).unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_that_is_cut_ends_before_half_a_value() {
        for (cut, whole) in [
            ("{\"id\": \"1\", \"url\": \"htt", "{\"id\": \"1\"}"),
            ("{\"id\": \"1\", \"tags\": [\"a\", \"b", "{\"id\": \"1\"}"),
            (
                "{\"id\": \"1\", \"content_html\": \"a, \\\"b",
                "{\"id\": \"1\", \"content_html\": \"a, \\\"b\"}",
            ),
            ("{\"content_html\": \"a\\u00", "{\"content_html\": \"a\"}"),
            ("{\"content_html\": \"a\\", "{\"content_html\": \"a\"}"),
            (
                "{\"content_html\": \"a\\\\",
                "{\"content_html\": \"a\\\\\"}",
            ),
            ("{\"id\": \"1", ""),
        ] {
            assert_eq!(completed_json(cut), whole, "{cut}");
        }
    }

    #[test]
    fn what_is_open_is_closed_and_half_a_name_goes() {
        for (cut, whole) in [
            (
                "<item><title>a</title><link>htt",
                "<item><title>a</title></item>",
            ),
            ("<item><title>a</title><li", "<item><title>a</title></item>"),
            (
                "<item><title>a</title><link rel=\"x\" hr",
                "<item><title>a</title></item>",
            ),
            (
                "<item><description>a &lt;b&g",
                "<item><description>a &lt;b</description></item>",
            ),
            (
                "<item><content:encoded><![CDATA[<p>a]",
                "<item><content:encoded><![CDATA[<p>a]]></content:encoded></item>",
            ),
            (
                "<entry><content><div><p>a <b>c",
                "<entry><content><div><p>a <b>c</b></p></div></content></entry>",
            ),
            (
                "<item><title>a<link>b</link>",
                "<item><title>a<link>b</link></title></item>",
            ),
        ] {
            assert_eq!(completed(cut), whole, "{cut}");
        }
    }
}
