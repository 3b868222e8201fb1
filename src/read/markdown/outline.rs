//! What outliners write beside the text of a block: properties, clocks, references by number, the size of
//! a picture (Logseq and Org, Dendron).

use super::lines::{near, positioned};
use super::rewrite::Edits;
use super::shield::Shield;
use memchr::memmem;

/// Properties that tell the program how to show a block, or where it is.
const PROPERTIES: [&str; 14] = [
    "collapsed",
    "id",
    "heading",
    "background-color",
    "ls-type",
    "hl-type",
    "hl-page",
    "hl-stamp",
    "hl-color",
    "created-at",
    "updated-at",
    "card-last-interval",
    "card-next-schedule",
    "query-table",
];

/// Leaves them out.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut drawer: Option<usize> = None;
    for (at, line) in positioned(text) {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        // With the end of the line before it, so that no blank line stays.
        let whole = at.saturating_sub(1)..at + line.len();
        if let Some(from) = drawer {
            if body == ":END:" {
                edits.remove(from..whole.end);
                drawer = None;
            }
            continue;
        }
        if shield.is_fixed(start) || body.is_empty() {
            continue;
        }
        if matches!(body, ":LOGBOOK:" | ":PROPERTIES:") {
            drawer = Some(whole.start);
        } else if is_property(body) {
            edits.remove(whole);
        } else if is_org_mark(body) {
            let mark = line.find("#+").map_or(start, |found| at + found);
            let rest = text.get(at + line.len()..).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start().len();
            match mark == start {
                // What follows is the text of the list's item that the mark begins.
                false => edits.remove(mark..at + line.len() + blanks),
                true => edits.remove(whole),
            }
        }
    }
    find_references(text, shield, edits);
    find_sizes(text, edits);
}

fn is_property(line: &str) -> bool {
    line.split_once("::").is_some_and(|(key, value)| {
        PROPERTIES.contains(&key)
            && value.starts_with(' ')
            && !value.trim().contains(char::is_whitespace)
    })
}

/// `#+BEGIN_QUOTE` and its end, also as the first line of a list's item.
fn is_org_mark(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '*', ' ']);
    let name = line
        .strip_prefix("#+BEGIN_")
        .or_else(|| line.strip_prefix("#+END_"));
    name.is_some_and(|name| {
        let word = name.split(' ').next().unwrap_or_default();
        !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
    })
}

/// `((62479ef9-0cff-4d23-9ef2-89a801244bce))`
fn find_references(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"((") {
        let id = text.get(start + 2..start + 38).unwrap_or_default();
        let is_id = id.matches('-').count() == 4
            && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
            && text.get(start + 38..start + 40) == Some("))");
        if is_id && !shield.is_taken(start) {
            edits.remove(start..start + 40);
        }
    }
}

/// `{:height 300, :width 400}` and `{width: 200px}` behind a picture.
fn find_sizes(text: &str, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"){") {
        let rest = text.get(start + 1..).unwrap_or_default();
        let begins = ["{:height ", "{:width ", "{width:", "{height:"]
            .iter()
            .any(|mark| rest.starts_with(mark));
        let Some(end) = near(rest, 100).find('}').filter(|_| begins) else {
            continue;
        };
        edits.remove(start + 1..start + 1 + end + 1);
    }
}
