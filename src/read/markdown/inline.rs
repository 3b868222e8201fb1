//! Marks within a line that editors add to Markdown: `^[notes]`, `H~2~O`, `++ctrl+c++`, `{++added++}`,
//! the size of a picture (`=300x200`), formulas with spaces at their ends, icons by name.

use super::lines::{line_before, near};
use super::rewrite::Edits;
use super::shield::Shield;
use super::tags::hidden;
use memchr::memmem;

/// The longest note within a line, in bytes.
const LONGEST_NOTE: usize = 5_000;

/// The longest address of a picture with its alternative text, in bytes.
const LONGEST_TARGET: usize = 3_000;

/// The longest of the other marks, in bytes.
const LONGEST_MARK: usize = 1_000;

/// Finds the marks.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    find_notes(text, shield, edits);
    find_sizes(text, shield, edits);
    find_formulas(text, shield, edits);
    find_small(text, shield, edits);
    find_critic(text, shield, edits);
    find_icons(text, shield, edits);
}

/// `^[the note]`: its text goes where notes have theirs.
fn find_notes(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    let mut number = 0_usize;
    for start in memmem::find_iter(text.as_bytes(), b"^[") {
        let rest = text.get(start + 2..).unwrap_or_default();
        let near = near(rest, LONGEST_NOTE);
        let Some(end) = closing(near) else {
            continue;
        };
        let note = near.get(..end).unwrap_or_default();
        let opened = text
            .get(..start)
            .is_some_and(|before| before.ends_with('['));
        if start < from || opened || note.trim().is_empty() || shield.is_taken(start) {
            continue;
        }
        number += 1;
        from = start + 2 + end + 1;
        edits.replace(start..from, format!("[^within-{number}]"));
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        edits.insert(text.len(), format!("\n\n[^within-{number}]: {note}\n"));
    }
}

/// Where the bracket closes that was opened before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            b'\n'
                if text
                    .get(at + 1..)
                    .is_some_and(|rest| rest.starts_with('\n')) =>
            {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// `![](lamp.png =300x200)`
fn find_sizes(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b" =") {
        let rest = text.get(start + 2..).unwrap_or_default();
        let Some(end) = near(rest, 13).find(')').filter(|end| *end > 0) else {
            continue;
        };
        let size = rest.get(..end).unwrap_or_default();
        let is_size = size
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, 'x' | '*' | '%'));
        let line = line_before(text, start, LONGEST_TARGET).unwrap_or_default();
        let target = line
            .rsplit_once("](")
            .filter(|(before, _)| before.contains("!["));
        let is_target = target.is_some_and(|(_, target)| !target.contains([' ', ')']));
        if is_size && is_target && !shield.is_fixed(start) {
            edits.remove(start..start + 2 + end);
        }
    }
}

/// `$ \alpha $`: CommonMark's formulas have no spaces at their ends.
fn find_formulas(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    for start in memmem::find_iter(text.as_bytes(), b"$ ") {
        let rest = text.get(start + 2..).unwrap_or_default();
        let line = near(rest, LONGEST_MARK);
        let line = line.split('\n').next().unwrap_or_default();
        let Some(end) = line.find(" $") else {
            continue;
        };
        let formula = line.get(..end).unwrap_or_default().trim();
        let is_formula = formula.contains(['\\', '^', '_']) && !formula.contains('$');
        let after = line.as_bytes().get(end + 2);
        let alone = after.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'$')
            && !text
                .get(..start)
                .is_some_and(|before| before.ends_with('$'));
        if start >= from && is_formula && alone && !shield.is_taken(start) {
            from = start + 2 + end + 2;
            edits.replace(start..from, format!("${formula}$"));
        }
    }
}

/// `H~2~O`, `x^2^`, `++ctrl+c++` and `^^underlined^^`.
fn find_small(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text
        .as_bytes()
        .get(at..)
        .and_then(|rest| memchr::memchr3(b'~', b'^', b'+', rest))
    {
        let start = at + found;
        at = start + 1;
        if start < from || shield.is_taken(start) {
            continue;
        }
        let before = text
            .get(..start)
            .and_then(|before| before.chars().next_back());
        let rest = text.get(start..).unwrap_or_default();
        if let Some((length, by)) = small(before, rest) {
            edits.replace(start..start + length, by);
            from = start + length;
            at = from;
        }
    }
}

/// The length of a small mark, and what stands for it.
fn small(before: Option<char>, rest: &str) -> Option<(usize, String)> {
    let line = near(rest, 200).split('\n').next()?;
    let between = |mark: &str| {
        line.strip_prefix(mark)?
            .split_once(mark)
            .map(|(inside, _)| inside)
    };
    if let Some(keys) = between("++").filter(|keys| is_keys(keys)) {
        let names: Vec<String> = keys
            .split('+')
            .map(|key| format!("<kbd>{key}</kbd>"))
            .collect();
        return Some((keys.len() + 4, names.join("+")));
    }
    let is_text = |text: &&str| !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ');
    if let Some(text) = between("^^").filter(is_text) {
        return Some((text.len() + 4, format!("<ins>{text}</ins>")));
    }
    let (mark, name) = match line.as_bytes().first()? {
        b'~' => ("~", "sub"),
        b'^' => ("^", "sup"),
        _ => return None,
    };
    let inside = between(mark)?;
    let is_short = (1..=8).contains(&inside.len())
        && inside
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+'));
    let behind = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']'));
    (is_short && behind).then(|| (inside.len() + 2, format!("<{name}>{inside}</{name}>")))
}

/// Whether a text names keys: `ctrl+alt+del`.
fn is_keys(text: &str) -> bool {
    !text.is_empty()
        && text.split('+').all(|key| {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            !key.is_empty() && key.chars().all(plain)
        })
}

/// The marks of editors: what was added, taken out, put in its place, marked or remarked on.
fn find_critic(text: &str, shield: &Shield, edits: &mut Edits) {
    let marks = [
        ("{++", "++}"),
        ("{--", "--}"),
        ("{~~", "~~}"),
        ("{==", "==}"),
        ("{>>", "<<}"),
    ];
    let mut from = 0;
    for start in memchr::memchr_iter(b'{', text.as_bytes()) {
        let rest = text.get(start..).unwrap_or_default();
        let near = near(rest, LONGEST_MARK);
        let found = marks.iter().find_map(|(open, close)| {
            let (inside, _) = near.strip_prefix(open)?.split_once(close)?;
            Some((*open, inside))
        });
        let Some((open, inside)) = found else {
            continue;
        };
        if start < from || inside.contains("\n\n") || shield.is_fixed(start) {
            continue;
        }
        let by = match open {
            "{++" => format!("<ins>{inside}</ins>"),
            "{--" => format!("<del>{inside}</del>"),
            "{==" => format!("<mark>{inside}</mark>"),
            "{~~" => match inside.split_once("~>") {
                Some((old, new)) => format!("<del>{old}</del><ins>{new}</ins>"),
                None => continue,
            },
            _ => hidden(inside),
        };
        from = start + inside.len() + 6;
        edits.replace(start..from, by);
    }
}

/// `:material-lamp:` and the other icons of Material for MkDocs.
fn find_icons(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memchr::memchr_iter(b':', text.as_bytes()) {
        let rest = text.get(start + 1..).unwrap_or_default();
        let is_icon = ["material-", "fontawesome-", "octicons-", "simple-"]
            .iter()
            .any(|set| rest.starts_with(set));
        if !is_icon || shield.is_fixed(start) {
            continue;
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let length = rest.find(|c| !plain(c)).unwrap_or(rest.len());
        if rest
            .get(length..)
            .is_some_and(|after| after.starts_with(':'))
        {
            let attributes = rest.get(length + 1..).unwrap_or_default();
            let list = match attributes.starts_with('{') {
                true => attributes.find('}').map_or(0, |end| end + 1),
                false => 0,
            };
            let end = start + 1 + length + 1 + list.min(100);
            edits.replace(start..end, hidden(rest.get(..length).unwrap_or_default()));
        }
    }
}
