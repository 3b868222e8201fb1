//! Containers between lines of colons: `::: note` of VuePress, `:::note[Title]` of Docusaurus,
//! `::: {.callout-note}` of Quarto. Those that are boxes become quotations; of the others only what is in
//! them stays.

use super::callouts::{marked, titled};
use super::lines::positioned;
use super::shield::Shield;

/// Kinds of boxes, which need no title of their own.
pub(super) const KINDS: [&str; 25] = [
    "note",
    "tip",
    "info",
    "warning",
    "danger",
    "caution",
    "important",
    "success",
    "question",
    "failure",
    "bug",
    "example",
    "quote",
    "abstract",
    "summary",
    "details",
    "hint",
    "attention",
    "error",
    "seealso",
    "todo",
    "notice",
    "alert",
    "callout",
    "spoiler",
];

/// A line that is not text: one at which a container begins or ends, or the heading of a box.
pub(super) struct Edge {
    /// Where the line begins.
    pub at: usize,
    /// In how many boxes the lines below are.
    pub depth: usize,
    /// The title of the box that begins here.
    title: Option<String>,
}

impl Edge {
    /// What stands for the line, which is in so many boxes itself.
    pub fn written(&self, depth: usize) -> String {
        let outside = "> ".repeat(depth.min(self.depth));
        let outside = outside.trim_end();
        match &self.title {
            Some(title) => {
                let quote = "> ".repeat(self.depth);
                let title = marked(title);
                format!("{outside}\n{quote}{title}\n{}", quote.trim_end())
            }
            None => outside.to_owned(),
        }
    }
}

/// A line of colons.
struct Mark<'text> {
    at: usize,
    /// The title of the box that it begins.
    title: Option<String>,
    /// Whether it begins anything, and whether what it begins or ends is a whole container.
    begins: bool,
    is_paired: bool,
    /// Whether it begins or ends a box.
    is_box: bool,
    /// The first line below that is not blank: a heading there is a box's title.
    heading: Option<(usize, &'text str)>,
}

/// The lines of containers, in order. What does not end does not begin.
pub(super) fn find(text: &str, shield: &Shield) -> Vec<Edge> {
    if !text.contains(":::") {
        return Vec::new();
    }
    let mut depth = 0_usize;
    let mut edges = Vec::new();
    let marks = paired(marks(text, shield));
    for mark in marks.into_iter().filter(|mark| mark.is_paired) {
        if mark.is_box && mark.begins {
            depth += 1;
        } else if mark.is_box {
            depth = depth.saturating_sub(1);
        }
        let heading = mark.heading.filter(|_| mark.is_box && mark.begins);
        let title = heading.map(|(_, title)| title.to_owned()).or(mark.title);
        let at = mark.at;
        edges.push(Edge { at, depth, title });
        edges.extend(heading.map(|(at, _)| Edge {
            at,
            depth,
            title: None,
        }));
    }
    edges
}

fn marks<'text>(text: &'text str, shield: &Shield) -> Vec<Mark<'text>> {
    let mut marks: Vec<Mark<'text>> = Vec::new();
    let mut is_first = false;
    for (at, line) in positioned(text) {
        if shield.is_fixed(at) {
            continue;
        }
        let Some(rest) = line.trim_end().strip_prefix(":::") else {
            if is_first && !line.trim().is_empty() {
                is_first = false;
                if let (Some(mark), Some(title)) = (marks.last_mut(), heading(line)) {
                    mark.heading = Some((at, title));
                }
            }
            continue;
        };
        let rest = rest.trim_start_matches(':').trim();
        let title = title(rest);
        is_first = rest.starts_with('{') && title.is_some();
        marks.push(Mark {
            at,
            begins: !rest.is_empty(),
            is_paired: false,
            is_box: title.is_some(),
            title,
            heading: None,
        });
    }
    marks
}

/// Finds for each beginning its end.
fn paired(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    let mut open: Vec<usize> = Vec::new();
    for number in 0..marks.len() {
        if marks.get(number).is_some_and(|mark| mark.begins) {
            open.push(number);
            continue;
        }
        let begun = open.pop().and_then(|begun| marks.get_mut(begun));
        let is_box = begun.map(|begun| {
            begun.is_paired = true;
            begun.is_box
        });
        if let Some(mark) = marks.get_mut(number) {
            // An end of nothing goes.
            mark.is_paired = true;
            mark.is_box = is_box.unwrap_or(false);
        }
    }
    marks
}

/// The title of a box by what stands behind the colons; nothing where that is no box.
fn title(rest: &str) -> Option<String> {
    if let Some(attributes) = rest.strip_prefix('{') {
        let classes = attributes
            .trim_end_matches(['}', ':', ' '])
            .split_whitespace();
        let mut classes = classes.filter_map(|class| class.strip_prefix('.'));
        let kind = classes.find_map(|class| {
            let class = class.strip_prefix("callout-").unwrap_or(class);
            KINDS.contains(&class).then_some(class)
        });
        return titled(kind?, "");
    }
    let (kind, title) = match rest.split_once('[') {
        Some((kind, title)) if !kind.trim().contains(char::is_whitespace) => {
            (kind, title.split(']').next().unwrap_or_default())
        }
        _ => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    // Pandoc lets colons stand behind the name too.
    let title = title.trim_matches([':', ' ']);
    let title = title.split('{').next().unwrap_or_default().trim();
    let is_known = KINDS.contains(&kind.trim().to_ascii_lowercase().as_str());
    titled(kind, title).filter(|_| is_known || !title.is_empty())
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim().trim_end_matches('#'))
}
