//! Forms that single programs write and no Markdown has, made into ones that the other passes know.
//!
//! Ghost's place of its own address, blocks that Logseq names, tasks of Roam, links of Dendron and Foam, the
//! lines about itself that Omnivore writes, highlights of Bear.

use super::lines::positioned;
use crate::read::front_matter::yaml::Fields;
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest name of a block, and the longest highlight, in bytes.
const LONGEST_NAME: usize = 60;
const LONGEST_MARK: usize = 300;

/// What stands for what, wherever it stands.
const PLAIN: [(&str, &str); 8] = [
    ("__GHOST_URL__/", "/"),
    ("%%GHOST_URL%%/", "/"),
    ("{{[[TODO]]}}", "☐"),
    ("{{[[DONE]]}}", "☑"),
    ("content-inline![[", "![["),
    ("content-card![[", "![["),
    ("full-inline![[", "![["),
    ("full-card![[", "![["),
];

/// The text without them.
pub(super) fn plain<'text>(text: &'text str, fields: &Fields) -> Cow<'text, str> {
    let mut text = Cow::Borrowed(text);
    for (written, shown) in PLAIN {
        if text.contains(written) {
            text = Cow::Owned(text.replace(written, shown));
        }
    }
    let links = match is_dendron(fields) {
        true => turned_links,
        false => |_: &str| None,
    };
    let passes = [named_blocks, links, without_links_to_omnivore, highlights];
    for pass in passes {
        if let Some(changed) = pass(&text) {
            text = Cow::Owned(changed);
        }
    }
    text
}

/// `((id))` shows the block that an `id:: id` below it names, if it is one of this text.
fn named_blocks(text: &str) -> Option<String> {
    if !text.contains("((") || !text.contains("id:: ") {
        return None;
    }
    let mut blocks: HashMap<&str, &str> = HashMap::new();
    let mut before = "";
    for line in text.lines() {
        match line.trim_start().strip_prefix("id:: ") {
            Some(id) => {
                blocks.insert(id.trim(), before);
            }
            None if line.contains(":: ") => {}
            None => before = line.trim_start_matches([' ', '\t', '-', '*']).trim_end(),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, after)) = rest.split_once("((") {
        let inside = after
            .get(..after.floor_char_boundary(LONGEST_NAME))
            .unwrap_or_default();
        let id = inside.split_once("))").map(|(id, _)| id);
        let block = id
            .and_then(|id| blocks.get(id))
            .filter(|block| !block.contains("(("));
        out.push_str(start);
        match (id, block) {
            (Some(id), Some(block)) => {
                out.push_str(block);
                rest = after.get(id.len() + 2..).unwrap_or_default();
            }
            _ => {
                out.push_str("((");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

/// Whether front matter is Dendron's: ids, and times in thousandths of a second.
fn is_dendron(fields: &Fields) -> bool {
    let is_time = |key: &str| {
        let text = fields.text(key).unwrap_or_default();
        text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    ["id", "desc"].iter().all(|key| fields.value(key).is_some())
        && is_time("updated")
        && is_time("created")
}

/// `[[words|note]]` with the note first, as others write it.
fn turned_links(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, after)) = rest.split_once("[[") {
        out.push_str(start);
        out.push_str("[[");
        rest = after;
        let link = after.split_once("]]").map(|(link, _)| link);
        let parts = link.and_then(|link| link.split_once('|'));
        if let Some((words, note)) =
            parts.filter(|(words, note)| !format!("{words}{note}").contains(['\n', '[']))
        {
            out.push_str(note.trim());
            out.push('|');
            out.push_str(words.trim());
            rest = after
                .get(words.len() + note.len() + 1..)
                .unwrap_or_default();
        }
    }
    out.push_str(rest);
    Some(out)
}

/// The first lines without Omnivore's tag and its links to itself and to the page.
fn without_links_to_omnivore(text: &str) -> Option<String> {
    if !text.contains("[Read on Omnivore](") {
        return None;
    }
    let is_link = |line: &str| {
        let line = line.trim();
        line == "#Omnivore"
            || line.starts_with("[Read on Omnivore](") && line.ends_with(')')
            || line.starts_with("[Read Original](") && line.ends_with(')')
    };
    // Lines stay where they are, so that messages name them.
    let lines = text.lines().zip(0..);
    let kept = lines.map(|(line, number)| {
        if number < 20 && is_link(line) {
            ""
        } else {
            line
        }
    });
    Some(kept.collect::<Vec<_>>().join("\n") + "\n")
}

/// `::marked::`, as Bear writes it: it stands apart from words, and encloses some.
fn highlights(text: &str) -> Option<String> {
    text.matches("::").nth(1)?;
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for (_, line) in positioned(text) {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let is_code = fence.is_some()
            || mark.is_some()
            || line.starts_with(['\t'])
            || line.starts_with("    ");
        out.push_str(&if is_code {
            Cow::Borrowed(line)
        } else {
            highlighted(line)
        });
        out.push('\n');
    }
    Some(out)
}

/// A line with its highlights as others write them.
fn highlighted(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = line;
    while let Some((start, after)) = rest.split_once("::") {
        let is_apart = |c: Option<char>| {
            c.is_none_or(|c| c.is_whitespace() || "([*_\"'“„»,.;!?)]".contains(c))
        };
        let inside = after.split_once("::").filter(|(inside, behind)| {
            let is_text = inside.len() <= LONGEST_MARK
                && inside.starts_with(char::is_alphanumeric)
                && !inside.ends_with(char::is_whitespace)
                && !inside.contains('`');
            is_text && is_apart(start.chars().next_back()) && is_apart(behind.chars().next())
        });
        out.push_str(start);
        match inside.filter(|_| start.matches('`').count() % 2 == 0 && !start.trim().is_empty()) {
            Some((inside, behind)) => {
                out.push_str(&format!("=={inside}=="));
                rest = behind;
            }
            None => {
                out.push_str("::");
                rest = after;
            }
        }
    }
    match out.is_empty() {
        true => Cow::Borrowed(line),
        false => Cow::Owned(out + rest),
    }
}
