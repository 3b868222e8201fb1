//! Parts that an indent holds together, as MkDocs has them: `=== "Title"` above what stands behind a tab,
//! `!!! note "Title"` above a box. Without their indent they are text, and no code.

use super::callouts::{marked, titled};
use super::components::Fence;
use std::borrow::Cow;

/// How deep such parts stand within others.
const MOST_LEVELS: usize = 4;

/// The text with its tabs below their titles, and its boxes as quotations.
pub(super) fn opened(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = text;
    for _ in 0..MOST_LEVELS {
        match one_level(&text) {
            Some(opened) => text = Cow::Owned(opened),
            None => break,
        }
    }
    text
}

/// A part that is open.
struct Part {
    /// What stands before each of its lines, without the indent.
    prefix: String,
    /// What stands for the indent.
    by: &'static str,
}

/// The text without the outermost of such parts. None where there are none.
fn one_level(text: &str) -> Option<String> {
    let marks = ["=== \"", "===+ \"", "===! \"", "!!! ", "??? ", "???+ "];
    if !marks.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut fence = Fence::default();
    let mut open: Option<Part> = None;
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '>']);
        let prefix = line.get(..line.len() - body.len()).unwrap_or_default();
        if let Some(part) = &open {
            if let Some(shown) = part.shown(line, body) {
                out.push_str(&shown);
                continue;
            }
            open = None;
        }
        if !fence.takes(line)
            && let Some((head, part)) = begun(prefix, body)
        {
            out.push_str(&head);
            open = Some(part);
            found = true;
            continue;
        }
        out.push_str(line);
    }
    found.then_some(out)
}

impl Part {
    /// A line of the part as text. None for the line behind its end.
    fn shown(&self, line: &str, body: &str) -> Option<String> {
        let prefix = self.prefix.as_str();
        if body.trim().is_empty() {
            return Some(format!("{prefix}{}\n", self.by.trim_end()));
        }
        let rest = line.strip_prefix(prefix)?;
        let text = rest
            .strip_prefix("    ")
            .or_else(|| rest.strip_prefix('\t'))?;
        Some(format!("{prefix}{}{text}", self.by))
    }
}

/// What stands for the first line of a part, and the part.
fn begun(prefix: &str, body: &str) -> Option<(String, Part)> {
    let by = if let Some(title) = tab(body) {
        (format!("**{}**", title.replace('*', "")), "")
    } else {
        (marked(&admonition(body)?), "> ")
    };
    let (title, by) = by;
    let blank = prefix.trim_end();
    let head = format!("{blank}\n{prefix}{by}{title}\n{prefix}{}\n", by.trim_end());
    let prefix = prefix.to_owned();
    Some((head, Part { prefix, by }))
}

/// The title of a tab: `=== "Title"`.
fn tab(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("===")?;
    let rest = rest.trim_start_matches(['+', '!']).strip_prefix(" \"")?;
    let title = rest.trim_end().strip_suffix('"')?;
    (!title.is_empty() && !title.contains('"')).then_some(title)
}

/// The title of a box that a line begins: `!!! note "Title"`, `??? tip`.
fn admonition(line: &str) -> Option<String> {
    let marks = ["!!! ", "???+ ", "??? "];
    let rest = marks
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?
        .trim();
    let (kind, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    // Further words before the title are classes.
    let title = title
        .find('"')
        .and_then(|at| title.get(at..))
        .unwrap_or(title);
    titled(kind, title.trim().trim_matches('"'))
}
