//! Boxes beside the text: `> [!note] Title` of GitHub and Obsidian, `::: note` of VuePress and Pandoc. Each becomes a quotation that says which line is its title, or a text
//! under its title.

use super::containers;
use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;

/// Finds the boxes.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut containers = containers::find(text, shield).into_iter().peekable();
    let mut depth = 0_usize;
    for (at, line) in positioned(text) {
        if let Some(edge) = containers.next_if(|edge| edge.at == at) {
            edits.replace(at..at + line.len(), edge.written(depth));
            depth = edge.depth;
            continue;
        }
        let quote = "> ".repeat(depth);
        let is_fixed = shield.is_fixed(at);
        if depth > 0 {
            edits.insert(at, quote.clone());
        }
        if !is_fixed && let Some((start, by)) = quoted(line, &quote) {
            edits.replace(at + start..at + line.len(), by);
        }
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
