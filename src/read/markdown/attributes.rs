//! Attribute lists of kramdown, Pandoc and wikis: `{.class}`, `{: #id}`, `{width=50%}`. They tell how
//! something looks; the id of a heading stays.

use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;

/// The longest list, in bytes.
const LONGEST: usize = 300;

/// Leaves out the lists, but for those at the end of a heading, which the parser knows.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    for (at, line) in positioned(text) {
        let mut from = 0;
        while let Some(found) = line.get(from..).and_then(|rest| rest.find('{')) {
            let start = from + found;
            from = start + 1;
            let Some(length) = line.get(start..).and_then(list_length) else {
                continue;
            };
            let before = line.get(..start).unwrap_or_default();
            let after = line.get(start + length..).unwrap_or_default();
            from = start + length;
            if shield.is_fixed(at + start) {
                continue;
            }
            if before.starts_with('#') && after.trim().is_empty() {
                if let Some(rest) = line.get(start..).and_then(|list| list.strip_prefix("{:")) {
                    let space = rest.len() - rest.trim_start().len();
                    edits.remove(at + start + 1..at + start + 2 + space);
                }
            } else if is_place(before, after) {
                edits.remove(at + start..at + start + length);
            }
        }
    }
}

/// Whether a list stands behind something that it can be about, or on a line of its own.
fn is_place(before: &str, after: &str) -> bool {
    let alone = before.trim_matches([' ', '>', '\t']).is_empty() && after.trim().is_empty();
    alone || before.ends_with([')', ']', '*', '`', '_'])
}

/// The length of the list that a text begins with, if it is one.
fn list_length(text: &str) -> Option<usize> {
    let near = text.get(..text.floor_char_boundary(LONGEST))?;
    let end = near.find('}')?;
    let inside = near.get(1..end)?;
    let items = inside.strip_prefix(':').unwrap_or(inside).trim();
    if items.is_empty() {
        return None;
    }
    let mut quoted = false;
    let parts = items.split(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    let mut parts = parts.filter(|part| !part.is_empty());
    let colon = inside.starts_with(':');
    parts.all(|part| is_item(part, colon)).then_some(end + 1)
}

fn is_item(part: &str, colon: bool) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
    };
    if let Some(name) = part.strip_prefix(['.', '#']) {
        return is_name(name);
    }
    match part.split_once('=') {
        Some((name, value)) => is_name(name) && !value.is_empty(),
        None => colon && is_name(part),
    }
}
