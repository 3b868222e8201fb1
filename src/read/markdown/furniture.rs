//! Lines that a program replaces where it shows the text: the place of the contents, files that are put in,
//! abbreviations, cards of links, kramdown's extensions.

use super::lines::{near, positioned};
use super::rewrite::Edits;
use super::shield::Shield;
use super::tags::hidden;
use memchr::memmem;

/// Places of the contents, in small letters.
const CONTENTS: [&str; 10] = [
    "[toc]",
    "[[toc]]",
    "[[_toc_]]",
    "{{toc}}",
    "{{ toc }}",
    "${toc}",
    "@[toc]",
    "[toc!]",
    "[contents]",
    "[pelican_begin_summary]",
];

/// Finds the lines.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut before: Option<(usize, &str)> = None;
    for (at, line) in positioned(text) {
        let body = line.trim_start_matches([' ', '>', '\t']);
        let start = at + line.len() - body.len();
        let body = body.trim_end();
        let range = start..start + body.len();
        if shield.is_fixed(start) || body.is_empty() {
            continue;
        }
        if is_contents(body) && !shield.is_taken(start) {
            if body == "{:toc}" || body.starts_with("{:toc ") {
                let list = before.filter(|(_, line)| line.to_lowercase().ends_with("toc"));
                edits.remove(list.map_or(start, |(at, _)| at)..range.end);
            } else {
                edits.remove(range);
            }
        } else if is_put_in(body) {
            edits.replace(range, hidden(body));
        } else if let Some(title) = tab(body) {
            edits.replace(range, format!("\n\n**{}**\n\n", title.replace('*', "")));
        } else if let Some(card) = body.strip_prefix("@[").and_then(card) {
            edits.replace(range, card);
        }
        before = Some((start, body));
    }
    find_kramdown(text, shield, edits);
}

fn is_contents(line: &str) -> bool {
    let lower = line.to_lowercase();
    CONTENTS.contains(&lower.as_str())
        || lower.starts_with("@[toc](")
        || lower == "{:toc}"
        || lower.starts_with("{:toc ")
        || lower == "[pelican_end_summary]"
}

/// Whether another file, or a part of one, stands in a line's place; or what an abbreviation means.
fn is_put_in(line: &str) -> bool {
    let abbreviation = line
        .strip_prefix("*[")
        .and_then(|rest| rest.split_once("]:"))
        .is_some_and(|(short, _)| !short.is_empty() && !short.contains('['));
    abbreviation
        || line.starts_with("--8<-- ")
        || line.starts_with(";--8<--")
        || line.starts_with("<<< ")
        || (line.starts_with("@include(") && line.ends_with(')'))
        || ["@slidestart", "@slideend"].contains(&line)
}

/// `@tab First` of VuePress.
fn tab(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("@tab")?;
    let rest = rest.strip_prefix(":active").unwrap_or(rest);
    let title = rest.strip_prefix(' ')?.trim();
    let title = title.split('#').next().unwrap_or_default().trim();
    (!title.is_empty() && title.len() <= 80).then_some(title)
}

/// `@[youtube](id)`, `@[card](address)`: what a card leads to.
fn card(rest: &str) -> Option<String> {
    let (name, target) = rest.split_once("](")?;
    let target = target.strip_suffix(')')?.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.chars().all(|c| c.is_ascii_alphabetic()) || target.contains(char::is_whitespace) {
        return None;
    }
    if target.starts_with("http") {
        return Some(format!("<{target}>"));
    }
    let before = match name {
        "youtube" => "https://www.youtube.com/embed/",
        "vimeo" => "https://player.vimeo.com/video/",
        "bilibili" => "https://player.bilibili.com/player.html?bvid=",
        _ => return Some(hidden(&format!("@[{rest}"))),
    };
    let is_id = !target.is_empty() && target.chars().all(plain);
    is_id.then(|| format!("\n\n<iframe src=\"{before}{target}\"></iframe>\n\n"))
}

/// kramdown's `{::comment}…{:/comment}` is not shown, its other extensions only say how to read.
fn find_kramdown(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    let last_end = text.rfind("{:/").unwrap_or_default();
    for start in memmem::find_iter(text.as_bytes(), b"{:") {
        let rest = text.get(start..).unwrap_or_default();
        let is_extension = rest.starts_with("{::") || rest.starts_with("{:/");
        if start < from || !is_extension || shield.is_code(start) {
            continue;
        }
        let Some(end) = near(rest, 200).find('}') else {
            continue;
        };
        let hides = rest.starts_with("{::comment}") && start < last_end;
        let length = match hides.then(|| rest.find("{:/")).flatten() {
            Some(close) => rest
                .get(close..)
                .and_then(|tail| tail.find('}'))
                .map_or(end + 1, |last| close + last + 1),
            None => end + 1,
        };
        edits.remove(start..start + length);
        from = start + length;
    }
}
