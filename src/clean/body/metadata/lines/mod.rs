//! The lines above and below the text of a page that tell its author, its date and the like, and
//! nothing else.
//!
//! A line is a block that holds no other, or what stands in a row between two blocks. The words that
//! pages use there are known (`words`, `phrases`), and so is what they call their elements (`called`); names
//! and dates are read (`told`). A line in which anything else stands is no such line, and stays as it is.

mod called;
mod phrases;
mod told;
mod words;

use super::marks;
use crate::clean::body::parse::tree::{
    self, Element, NodeRef, attribute, element_of, visible_text,
};
use crate::clean::body::walk::elements::is_block;
pub(super) use phrases::without_introduction;
pub(in crate::clean::body) use told::Told;

/// How long such a line may be, in characters.
const LONGEST: usize = 200;

/// How many letters prose has at least, and how many where it ends as a sentence does. An ideograph
/// counts for three.
const PROSE: usize = 100;
const SENTENCE: usize = 50;

/// How many lines are looked at before the prose, and behind it.
const MOST_AROUND: usize = 14;

/// How many lines may stand between such a line and the title below it.
const MOST_ABOVE_TITLE: usize = 3;

/// A line and what it tells.
pub(in crate::clean::body) struct Line<'tree> {
    pub nodes: Vec<NodeRef<'tree>>,
    pub told: Told,
}

/// What stands around the prose of a page, in order.
#[derive(Default)]
pub(in crate::clean::body) struct Lines<'tree> {
    pub before: Vec<Line<'tree>>,
    pub behind: Vec<Line<'tree>>,
}

impl<'tree> Lines<'tree> {
    /// Which of some texts are lines above the prose that lead nowhere.
    pub fn said<'text>(root: NodeRef<'tree>, texts: &[&'text str]) -> Vec<&'text str> {
        let rows = rows(root);
        let above = rows.iter().take_while(|row| !row.is_prose());
        let above = above.filter(|row| row.is_short() && row.linked * 2 <= row.letters);
        let lines: Vec<String> = above.map(|row| text_of(&row.nodes)).collect();
        let is_said = |text: &&str| !text.is_empty() && lines.iter().any(|line| line == text);
        texts.iter().copied().filter(is_said).collect()
    }

    /// Finds the lines around the prose for which `counts` says that it is the article's.
    pub fn of(root: NodeRef<'tree>, counts: impl Fn(&NodeRef<'tree>) -> bool) -> Self {
        let rows = rows(root);
        let title = rows.iter().rposition(|row| row.is_title && row.is_short());
        let is_prose = |row: &Row<'tree>| row.is_prose() && row.nodes.iter().any(&counts);
        let first_after = |start: usize| {
            let found = rows.iter().skip(start).position(is_prose);
            found.map(|position| start + position)
        };
        let first = title.and_then(first_after).or_else(|| first_after(0));
        let (Some(first), Some(last)) = (first, rows.iter().rposition(is_prose)) else {
            return Lines::default();
        };
        let title = title.filter(|title| *title < first);
        let top = title.map_or(0, |title| title.saturating_sub(MOST_ABOVE_TITLE));
        let top = top.max(first.saturating_sub(MOST_AROUND));
        let lines = |rows: &[Row<'tree>]| {
            let mut told: Vec<Told> = rows.iter().map(Row::told).collect();
            told::join_neighbours(&mut told);
            let lines = rows.iter().zip(told).filter(|(_, told)| told.tells());
            let lines = lines.map(|(row, told)| Line {
                nodes: row.nodes.clone(),
                told,
            });
            lines.collect()
        };
        let bottom = rows.len().min(last + 1 + MOST_AROUND);
        Lines {
            before: lines(rows.get(top..first).unwrap_or_default()),
            behind: lines(rows.get(last + 1..bottom).unwrap_or_default()),
        }
    }
}

/// Nodes side by side that make a line together.
struct Row<'tree> {
    nodes: Vec<NodeRef<'tree>>,
    letters: usize,
    linked: usize,
    is_title: bool,
}

impl<'tree> Row<'tree> {
    fn is_short(&self) -> bool {
        self.letters <= LONGEST * 3
    }

    fn is_prose(&self) -> bool {
        let plain = self.linked * 2 <= self.letters && !self.is_title;
        plain && (self.letters >= PROSE || (self.letters >= SENTENCE && self.is_sentence()))
    }

    /// Whether a text ends as a sentence does, and is not what tells of the article.
    fn is_sentence(&self) -> bool {
        let text = text_of(&self.nodes);
        let text = text.trim_end_matches(['”', '"', '」', '’', ')', '）', ' ']);
        text.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']) && {
            let told = Told::of(&self.nodes);
            !told.is_all && !told.is_called_date()
        }
    }

    fn told(&self) -> Told {
        if self.is_title || !self.is_short() {
            return Told::default();
        }
        Told::of(&self.nodes)
    }
}

/// An element that is open on the way through the page.
struct Open<'tree> {
    row: Vec<NodeRef<'tree>>,
    holds_blocks: bool,
}

/// All lines of a page but those beside the article, and in pictures, quotations and listings.
fn rows(root: NodeRef<'_>) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut open = vec![Open {
        row: Vec::new(),
        holds_blocks: false,
    }];
    let mut passed_over = 0usize;
    for (node, opens) in tree::traverse(root) {
        let Some(element) = element_of(&node) else {
            if opens && passed_over == 0 && node.value().is_text() {
                open.last_mut().into_iter().for_each(|it| it.row.push(node));
            }
            continue;
        };
        if is_passed_over(element) {
            if opens {
                end_row(open.last_mut(), &mut rows);
            }
            passed_over = if opens {
                passed_over + 1
            } else {
                passed_over - 1
            };
            continue;
        }
        if passed_over > 0 {
            continue;
        }
        let breaks = is_block(element.name()) || element.name() == "br";
        if opens {
            if breaks {
                end_row(open.last_mut(), &mut rows);
            }
            open.push(Open {
                row: Vec::new(),
                holds_blocks: false,
            });
            continue;
        }
        close(node, breaks, &mut open, &mut rows);
    }
    end_row(open.last_mut(), &mut rows);
    rows
}

/// Ends an element: it is a line, part of one, or has ended its last.
fn close<'tree>(
    node: NodeRef<'tree>,
    breaks: bool,
    open: &mut Vec<Open<'tree>>,
    rows: &mut Vec<Row<'tree>>,
) {
    let mut inner = open.pop();
    let Some(outer) = open.last_mut() else {
        return;
    };
    let holds_blocks = inner.as_ref().is_some_and(|inner| inner.holds_blocks);
    if holds_blocks {
        end_row(inner.as_mut(), rows);
    } else if !breaks {
        outer.row.push(node);
        return;
    } else {
        push(vec![node], rows);
    }
    outer.holds_blocks = true;
}

fn end_row<'tree>(open: Option<&mut Open<'tree>>, rows: &mut Vec<Row<'tree>>) {
    if let Some(open) = open {
        let row = std::mem::take(&mut open.row);
        if !row.is_empty() {
            push(row, rows);
        }
    }
}

fn push<'tree>(nodes: Vec<NodeRef<'tree>>, rows: &mut Vec<Row<'tree>>) {
    let (mut letters, mut linked) = (0, 0);
    let mut dated = false;
    for node in &nodes {
        for inside in node.descendants() {
            dated |= element_of(&inside).is_some_and(|element| element.name() == "time");
            let Some(text) = inside.value().as_text() else {
                continue;
            };
            let count: usize = match text.is_ascii() {
                true => text.bytes().map(|byte| weight(char::from(byte))).sum(),
                false => text.chars().map(weight).sum(),
            };
            letters += count;
            let is_link =
                |outer: NodeRef<'_>| element_of(&outer).is_some_and(|it| it.name() == "a");
            linked += usize::from(inside.ancestors().take(3).any(is_link)) * count;
        }
    }
    if letters == 0 && !dated {
        return;
    }
    let is_title = |node: &NodeRef<'_>| {
        element_of(node).is_some_and(|element| element.name() == "h1")
            || node
                .ancestors()
                .take(2)
                .any(|outer| element_of(&outer).is_some_and(|element| element.name() == "h1"))
    };
    rows.push(Row {
        is_title: nodes.iter().any(is_title),
        nodes,
        letters,
        linked,
    });
}

/// What a character counts for.
fn weight(character: char) -> usize {
    match character {
        '\u{3040}'..='\u{9fff}' => 3,
        other => usize::from(!other.is_whitespace()),
    }
}

fn is_passed_over(element: &Element) -> bool {
    tree::is_never_shown(element)
        || marks::is_beside(element)
        || matches!(
            element.name(),
            "figure" | "figcaption" | "blockquote" | "pre" | "noscript" | "svg" | "button" | "form"
        )
}

/// A name that pages give to a part of a page.
fn names(element: &Element) -> impl Iterator<Item = &str> {
    tree::classes(element).chain(attribute(element, "id"))
}

/// The text of some nodes.
fn text_of(nodes: &[NodeRef<'_>]) -> String {
    let texts: Vec<String> = nodes.iter().map(|node| visible_text(*node)).collect();
    texts.join(" ")
}
