//! Boxes beside the text: `> [!note] Title` of GitHub and Obsidian, `!!! note "Title"` of MkDocs,
//! `::: note` of VuePress and Pandoc. Each becomes a quotation that says which line is its title, or a text
//! under its title.

use super::containers;
use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;

/// Finds the boxes.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut containers = containers::find(text, shield).into_iter().peekable();
    let mut depth = 0_usize;
    let mut indented = false;
    for (at, line) in positioned(text) {
        if let Some(edge) = containers.next_if(|edge| edge.at == at) {
            edits.replace(at..at + line.len(), edge.written(depth));
            depth = edge.depth;
            indented = false;
            continue;
        }
        let quote = "> ".repeat(depth);
        if indented {
            let indent = indent_of(line);
            if indent > 0 {
                edits.replace(at..at + indent, format!("{quote}> "));
                continue;
            }
            if line.trim().is_empty() {
                edits.insert(at, format!("{quote}>"));
                continue;
            }
            indented = false;
        }
        let is_fixed = shield.is_fixed(at);
        if !is_fixed && let Some(title) = admonition(line) {
            let box_ = format!("{quote}\n{quote}> {}\n{quote}>", marked(&title));
            edits.replace(at..at + line.len(), box_);
            indented = true;
            continue;
        }
        if depth > 0 {
            edits.insert(at, quote.clone());
        }
        if !is_fixed && let Some((start, by)) = quoted(line, &quote) {
            edits.replace(at + start..at + line.len(), by);
        }
    }
}

/// The blanks that make a line part of an admonition.
fn indent_of(line: &str) -> usize {
    match line.as_bytes() {
        [b'\t', ..] => 1,
        [b' ', b' ', b' ', b' ', ..] => 4,
        _ => 0,
    }
}

/// The first line of a quotation that is a callout: where its mark begins, and what stands for it.
fn quoted(line: &str, quote: &str) -> Option<(usize, String)> {
    let start = line.find("[!")?;
    let prefix = line.get(..start)?;
    let only_quote = prefix.contains('>') && prefix.trim_matches([' ', '>', '\t']).is_empty();
    if !only_quote {
        return None;
    }
    let (kind, title) = line.get(start + 2..)?.split_once(']')?;
    let kind = kind.split('|').next().unwrap_or_default();
    let title = title.trim_start_matches(['+', '-']).trim();
    let title = titled(kind, title)?;
    let rest = format!("{}\n{quote}{}", marked(&title), prefix.trim_end());
    Some((start, rest))
}

/// The title of an admonition that a line begins: `!!! note "Title"`, `??? tip`.
fn admonition(line: &str) -> Option<String> {
    let marks = ["!!! ", "???+ ", "??? "];
    let rest = marks
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?
        .trim();
    let (kind, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    titled(kind, title.trim().trim_matches('"'))
}

/// A title in a class by which it is known.
pub(super) fn marked(title: &str) -> String {
    format!("<span class=\"callout-title\">{title}</span>")
}

/// The title as written, else the kind with a capital letter.
pub(super) fn titled(kind: &str, title: &str) -> Option<String> {
    let kind = kind.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if kind.is_empty() || kind.len() > 40 || !kind.chars().all(plain) {
        return None;
    }
    if !title.is_empty() {
        return Some(title.replace("**", ""));
    }
    let mut characters = kind.chars();
    let first = characters.next()?.to_uppercase();
    Some(
        first
            .chain(characters.flat_map(char::to_lowercase))
            .collect(),
    )
}
