//! Lists: how they are numbered, which are one, and boxes that are ticked.

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, class_contains, classes, element_of, has_style,
};
use crate::clean::body::passes::neighbours;
use crate::clean::body::settle;
use crate::clean::body::walk::draft::{self, Draft};
use crate::model::{Block, Definition, Inline, List, ListItem, Numbering, Numerals};

/// A list in the making.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct ListDraft {
    numbering: Option<Numbering>,
    /// Whether the page says where the numbers begin.
    starts: bool,
    pub items: Vec<ListItem>,
}

impl ListDraft {
    /// A list with numbers, as the page writes them.
    pub fn numbered(element: &Element) -> Self {
        let start = attribute(element, "start").and_then(|number| number.trim().parse().ok());
        ListDraft {
            numbering: Some(Numbering {
                start: start.unwrap_or(1),
                numerals: numerals(element),
                reversed: attribute(element, "reversed").is_some(),
            }),
            starts: start.is_some(),
            items: Vec::new(),
        }
    }

    /// The list, if it has items. One that counts down ends at 1, unless the page says where it begins.
    pub fn finish(self) -> Option<List> {
        let mut list = List {
            numbering: self.numbering,
            items: self.items,
        };
        let count = i32::try_from(list.items.len()).unwrap_or(i32::MAX);
        let mut number = 0;
        if let Some(numbering) = &mut list.numbering {
            if numbering.reversed && !self.starts {
                numbering.start = count;
            }
            number = numbering.start;
        }
        for item in &mut list.items {
            let Some(numbering) = list.numbering else {
                item.value = None;
                continue;
            };
            item.value = item.value.filter(|&value| value != number);
            number = numbering.after(item.value.unwrap_or(number));
        }
        (!list.items.is_empty()).then_some(list)
    }
}

/// The number that an item says it has.
pub(in crate::clean::body) fn value(element: &Element) -> Option<i32> {
    attribute(element, "value")?.trim().parse().ok()
}

fn numerals(element: &Element) -> Numerals {
    let styles: [(&[&str], &str, &str, Numerals); 4] = [
        (
            &["lower-alpha", "lower-latin"],
            "a",
            "loweralpha",
            Numerals::LowerLetters,
        ),
        (
            &["upper-alpha", "upper-latin"],
            "A",
            "upperalpha",
            Numerals::UpperLetters,
        ),
        (&["lower-roman"], "i", "lowerroman", Numerals::LowerRoman),
        (&["upper-roman"], "I", "upperroman", Numerals::UpperRoman),
    ];
    let written = attribute(element, "type").map(str::trim);
    let found = styles.iter().find(|(values, letter, class, _)| {
        written == Some(letter)
            || has_style(element, "list-style-type", values)
            || has_style(element, "list-style", values)
            || classes(element).any(|found| found == *class)
    });
    found.map_or(Numerals::Decimal, |(_, _, _, numerals)| *numerals)
}

/// Lists that follow each other and are one: numbers that go on, and lists of one item each, for editors
/// make a list of every item, and items may stand in no list at all.
pub(in crate::clean::body) fn join_lists(drafts: Vec<Draft>) -> Vec<Draft> {
    join(drafts, |list, more, in_run| {
        more.items.len() == 1 && (in_run || list.items.len() == 1)
    })
}

/// The same for lists that stand in a list, but in none of its items: all are one.
pub(in crate::clean::body) fn join_nested(drafts: Vec<Draft>) -> Vec<Draft> {
    join(drafts, |_, _, _| true)
}

fn join(drafts: Vec<Draft>, bullets: fn(&List, &List, bool) -> bool) -> Vec<Draft> {
    let is_list = |draft: &&Draft| matches!(draft.block, Block::List(_));
    if drafts.iter().filter(is_list).count() < 2 {
        return drafts;
    }
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    // Whether the last list was joined of lists of one item.
    let mut in_run = false;
    for draft in drafts {
        let goes_on = |list: &List, more: &List| match (list.numbering, more.numbering) {
            (None, None) => bullets(list, more, in_run),
            (Some(first), Some(next)) => {
                !first.reversed
                    && !next.reversed
                    && first.numerals == next.numerals
                    && list.next_number() == Some(next.start)
            }
            _ => false,
        };
        match (joined.last_mut().map(|last| &mut last.block), draft.block) {
            (Some(Block::List(list)), Block::List(mut more)) if goes_on(list, &more) => {
                if let Some(first) = more.items.first_mut() {
                    draft::place_before(&mut first.content, draft.places);
                }
                list.items.extend(more.items);
                in_run = true;
            }
            (_, block) => {
                in_run = false;
                joined.push(Draft { block, ..draft });
            }
        }
    }
    joined
}

/// Whether a box to tick begins an item of a list of tasks; `true` where it is ticked.
pub(in crate::clean::body) fn task(element: &Element, node: NodeRef<'_>) -> Option<bool> {
    if let Some(done) = drawn_task(element, node) {
        return Some(done);
    }
    let kind = || attribute(element, "type").unwrap_or_default().trim();
    if element.name() != "input" || !kind().eq_ignore_ascii_case("checkbox") {
        return None;
    }
    let is_task = |element: &Element| class_contains(element, &["task", "todo", "checklist"]);
    // Menus that open without scripts have a box too: it is not in its label, and can be ticked.
    let mut told = attribute(element, "disabled").is_some() || is_task(element);
    let mut inside = node;
    for _ in 0..5 {
        if !begins(inside) {
            return None;
        }
        inside = inside.parent()?;
        let around = element_of(&inside)?;
        told |= around.name() == "label" || is_task(around);
        match around.name() {
            "li" => {
                let list = inside.parent();
                told |= list.as_ref().and_then(element_of).is_some_and(is_task);
                return told.then(|| attribute(element, "checked").is_some());
            }
            "label" | "span" | "p" | "div" => {}
            _ => return None,
        }
    }
    None
}

/// The same for a box that a style sheet draws, as Notion's.
fn drawn_task(element: &Element, node: NodeRef<'_>) -> Option<bool> {
    let has = |name: &str| classes(element).any(|class| class == name);
    if !has("checkbox") || !matches!(element.name(), "div" | "span") {
        return None;
    }
    let in_item = node.parent().as_ref().and_then(element_of)?.name() == "li";
    if !in_item || node.first_child().is_some() || !begins(node) {
        return None;
    }
    match (has("checkbox-on"), has("checkbox-off")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Puts the box of a task that stands alone before the words of the task.
pub(in crate::clean::body) fn join_box(content: &mut Vec<Block>) {
    let is_box =
        |line: &[Inline]| matches!(line, [Inline::Text(text)] if matches!(text.trim(), "☑" | "☐"));
    let [Block::Paragraph(sign), Block::Paragraph(_), ..] = content.as_mut_slice() else {
        return;
    };
    if !is_box(sign) {
        return;
    }
    let mut line = std::mem::take(sign);
    line.push(Inline::Text(" ".into()));
    content.remove(0);
    if let Some(Block::Paragraph(words)) = content.first_mut() {
        line.append(words);
        neighbours::join_line(&mut line);
        *words = line;
    }
}

/// Whether nothing visible stands before a node in its parent.
fn begins(node: NodeRef<'_>) -> bool {
    node.prev_siblings()
        .take(8)
        .all(|before| match element_of(&before) {
            Some(element) => {
                !matches!(element.name(), "img" | "p" | "ul" | "ol")
                    && before.first_child().is_none()
            }
            None => before
                .value()
                .as_text()
                .is_none_or(|text| text.trim().is_empty()),
        })
}

/// A part of a list of definitions.
#[derive(Debug)]
pub(in crate::clean::body) struct Part {
    pub is_term: bool,
    pub content: Vec<Draft>,
}

/// The definitions that parts make, after what stands before the first term. Parts without any word to
/// be explained are no definitions: galleries are made of such.
pub(in crate::clean::body) fn definitions(mut parts: Vec<Part>) -> Vec<Draft> {
    for part in &mut parts {
        // A word below a picture is its caption, and explained by nothing.
        part.content = settle(std::mem::take(&mut part.content));
    }
    let is_said = |part: &Part| {
        part.is_term
            && part
                .content
                .iter()
                .any(|draft| says_something(&draft.block))
    };
    if !parts.iter().any(is_said) {
        return parts.into_iter().flat_map(|part| part.content).collect();
    }
    let mut before = Vec::new();
    let mut definitions: Vec<Definition> = Vec::new();
    for part in parts {
        let open = definitions
            .last_mut()
            .filter(|last| !part.is_term || last.details.is_empty());
        match open {
            None if !part.is_term => before.extend(part.content),
            open => {
                let content = draft::blocks(part.content);
                if content.is_empty() {
                    continue;
                }
                match open {
                    Some(definition) if part.is_term => definition.terms.push(content),
                    Some(definition) => definition.details.push(content),
                    None => definitions.push(Definition {
                        terms: vec![content],
                        details: Vec::new(),
                    }),
                }
            }
        }
    }
    before.push(Draft::plain(Block::Definitions(definitions)));
    before
}

fn says_something(block: &Block) -> bool {
    block
        .line()
        .is_some_and(|line| !matches!(block, Block::Figure(_)) && !crate::model::says_nothing(line))
        || matches!(block, Block::Code(_))
        || block.children().into_iter().flatten().any(says_something)
}
