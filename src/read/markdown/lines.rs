//! Lines of a text, and what some of them are.

use std::borrow::Cow;

/// The lines without their ends.
pub(super) fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end)
}

/// The lines before the first that ends them, and what follows that one. None where none does within
/// so many bytes.
pub(super) fn take_lines(
    text: &str,
    most: usize,
    ends: impl Fn(&str) -> bool,
) -> Option<(&str, &str)> {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if ends(line) {
            let (block, after) = text.split_at_checked(length)?;
            return Some((block, after.strip_prefix(line)?));
        }
        length += line.len();
        if length > most {
            break;
        }
    }
    None
}

/// How many signs of quotations and lists may stand before a line: more are no text that anybody
/// writes, and each costs the parser hundreds of bytes.
const MOST_SIGNS: usize = 300;

/// A text without the signs that stand too deep.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, line) in positioned(text) {
        let body = line.trim_start_matches(['>', '-', '*', '+', ' ', '\t']);
        let signs = line.get(..line.len() - body.len()).unwrap_or_default();
        if signs.len() <= MOST_SIGNS {
            continue;
        }
        let counts = |(_, c): &(usize, char)| !matches!(c, ' ' | '\t');
        let cut = signs.char_indices().filter(counts).nth(MOST_SIGNS);
        if let Some((cut, _)) = cut {
            out.push_str(text.get(done..at + cut).unwrap_or_default());
            done = at + signs.len();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The beginning of a text, of so many bytes at most.
pub(super) fn near(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most))
        .unwrap_or_default()
}

/// What stands before a position in its line, of so many bytes at most; with more, nothing.
pub(super) fn line_before(text: &str, position: usize, most: usize) -> Option<&str> {
    let start = text.floor_char_boundary(position.saturating_sub(most));
    let before = text.get(start..position)?;
    match before.rsplit_once('\n') {
        Some((_, line)) => Some(line),
        None => Some(before).filter(|_| start == 0),
    }
}

/// Each line with the position at which it begins; the line has no end.
pub(super) fn positioned(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |position, line| {
        let at = *position;
        *position += line.len();
        Some((at, line.trim_end_matches('\n')))
    })
}

/// Whether a line ends YAML.
pub(super) fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// Whether a line is `key: value`, and no sentence or address.
pub(super) fn is_key_line(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    !key.is_empty()
        && key.len() <= 60
        && key.chars().all(plain)
        && (value.is_empty() || value.starts_with([' ', '\t']))
}
