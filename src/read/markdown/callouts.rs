//! Boxes beside the text: `> [!note] Title` of GitHub and Obsidian, `!!! note "Title"` of MkDocs,
//! `::: note` of VuePress and Pandoc. Each becomes a quotation that says which line is its title, or a text
//! under its title.

use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;

/// Finds the boxes.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let has_end = text.lines().any(|line| line.trim_end() == ":::");
    let mut indented = false;
    for (at, line) in positioned(text) {
        if indented {
            let indent = indent_of(line);
            if indent > 0 {
                edits.replace(at..at + indent, "> ");
                continue;
            }
            if line.trim().is_empty() {
                edits.insert(at, ">");
                continue;
            }
            indented = false;
        }
        if shield.is_fixed(at) {
            continue;
        }
        if let Some((start, by)) = quoted(line) {
            edits.replace(at + start..at + line.len(), by);
        } else if let Some(title) = admonition(line) {
            edits.replace(at..at + line.len(), format!("\n> {}\n>", marked(&title)));
            indented = true;
        } else if has_end && let Some(by) = container(line) {
            edits.replace(at..at + line.len(), by);
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
fn quoted(line: &str) -> Option<(usize, String)> {
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
    Some((start, format!("{}\n{}", marked(&title), prefix.trim_end())))
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

/// What stands for the first or the last line of a container.
fn container(line: &str) -> Option<String> {
    let rest = line
        .trim_end()
        .strip_prefix(":::")?
        .trim_start_matches(':')
        .trim();
    if rest.is_empty() || rest.starts_with('{') {
        return Some(String::new());
    }
    let (kind, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (kind, inner) = kind.split_once('[').unwrap_or((kind, ""));
    let title = if title.is_empty() {
        inner.trim_end_matches(']')
    } else {
        title.trim()
    };
    let shown = titled(kind, title)?;
    Some(format!("\n**{shown}**\n"))
}

/// A title in a class by which it is known.
fn marked(title: &str) -> String {
    format!("<span class=\"callout-title\">{title}</span>")
}

/// The title as written, else the kind with a capital letter.
fn titled(kind: &str, title: &str) -> Option<String> {
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
