//! Which links are marks of notes, and which parts of the page are those notes: they find each other by
//! their links, whatever program made them.

use crate::clean::body::parse::tree::{
    Element, NodeMap, NodeRef, NodeSet, attribute, classes, element_of, visible_text,
};
use crate::clean::body::passes::neighbours;
use crate::clean::body::walk::elements::is_block;
use crate::clean::body::walk::links::{Links, decode};
use crate::model::{Block, Inline, Link, Target, plain_text};
use std::collections::HashMap;

/// Classes of marks, or of what is around one: Pandoc, kramdown, Markdown-it, `WordPress` and its
/// plug-ins, Substack, `MediaWiki`.
const MARKS: [&str; 12] = [
    "footnote-ref",
    "footnote-reference",
    "footnote-anchor",
    "footnoteRef",
    "footnote_ref",
    "footnote_plugin_tooltip_text",
    "noteref",
    "fn-ref",
    "fn",
    "easy-footnote",
    "reference",
    "footref",
];

/// Parts of the classes of links that lead back.
const BACK: [&str; 9] = [
    "backlink",
    "backref",
    "back-ref",
    "footnote-back",
    "reversefootnote",
    "footnote-return",
    "footnote-number",
    "to-top",
    "footnote_backlink",
];

/// Elements that may be a note.
const NOTES: [&str; 8] = [
    "li",
    "p",
    "div",
    "dd",
    "aside",
    "td",
    "section",
    "blockquote",
];

/// How many links that lead to one place are looked at.
const MANY: usize = 50;

/// The notes of a page.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Notes {
    marks: NodeSet,
    /// Each note with what its marks call it.
    notes: NodeMap<String>,
    /// The elements that have those names.
    places: NodeSet,
}

impl Notes {
    /// Looks through the tree for links that lead to a part of it from which another leads back, or that
    /// say what they are.
    pub fn new(root: NodeRef<'_>, links: &Links<'_>) -> Self {
        let mut notes = Notes::default();
        if !links.has_fragments() {
            return notes;
        }
        let page = Page::of(root, links);
        for link in &page.links {
            let Some((place, note)) = page.note_of(link) else {
                continue;
            };
            notes.marks.insert(link.node.id());
            let name = notes.notes.entry(note.id());
            let name = name.or_insert_with(|| link.target.clone());
            if *name == link.target {
                notes.places.insert(place.id());
            }
        }
        notes
    }

    /// Whether a link is the mark of a note.
    pub fn is_mark(&self, node: NodeRef<'_>) -> bool {
        self.marks.contains(&node.id())
    }

    /// What the note that a node is is called on the page.
    pub fn name(&self, node: NodeRef<'_>) -> Option<&str> {
        self.notes.get(&node.id()).map(String::as_str)
    }

    /// Whether what a node is called is the name of a note.
    pub fn is_place(&self, node: NodeRef<'_>) -> bool {
        self.places.contains(&node.id())
    }
}

/// A link within the page.
struct Inward<'tree> {
    node: NodeRef<'tree>,
    target: String,
    /// Where it stands among all nodes.
    at: usize,
}

/// The links of a page and the places that they lead to.
struct Page<'tree> {
    links: Vec<Inward<'tree>>,
    places: HashMap<String, (NodeRef<'tree>, usize)>,
    /// The links that lead to each place, by their number.
    leading: HashMap<String, Vec<usize>>,
}

impl<'tree> Page<'tree> {
    fn of(root: NodeRef<'tree>, links: &Links<'_>) -> Self {
        let mut page = Page {
            links: Vec::new(),
            places: HashMap::new(),
            leading: HashMap::new(),
        };
        for (at, node) in root.descendants().enumerate() {
            let Some(element) = element_of(&node) else {
                continue;
            };
            for name in names(element) {
                page.places.entry(name.to_owned()).or_insert((node, at));
            }
            let target = attribute(element, "href")
                .filter(|_| element.name() == "a")
                .and_then(|reference| links.fragment(reference));
            if let Some(target) = target.map(decode) {
                let leading = page.leading.entry(target.clone()).or_default();
                leading.push(page.links.len());
                page.links.push(Inward { node, target, at });
            }
        }
        page
    }

    /// The place that a mark leads to and the note that is there, if the link is the mark of one.
    fn note_of(&self, link: &Inward<'tree>) -> Option<(NodeRef<'tree>, NodeRef<'tree>)> {
        let (place, at) = *self.places.get(&link.target)?;
        let note = note_around(place)?;
        let inside = link.node.ancestors().any(|outer| outer.id() == note.id());
        let around = note.ancestors().any(|outer| outer.id() == link.node.id());
        if inside || around || at < link.at || leads_back(link.node) {
            return None;
        }
        let is_note = is_marked(link.node)
            || (is_sign(&visible_text(link.node)) && self.leads_back_to(link.node, note));
        is_note.then_some((place, note))
    }

    /// Whether a link in a note leads to a place at a mark.
    fn leads_back_to(&self, mark: NodeRef<'tree>, note: NodeRef<'tree>) -> bool {
        let names = near(mark)
            .filter_map(|node| element_of(&node))
            .flat_map(names);
        let leading = names.filter_map(|name| self.leading.get(name));
        let links = leading.flat_map(|numbers| numbers.iter().take(MANY));
        links
            .filter_map(|&number| self.links.get(number))
            .any(|link| {
                let mut around = link.node.ancestors();
                around.any(|outer| outer.id() == note.id())
            })
    }
}

fn names(element: &Element) -> impl Iterator<Item = &str> {
    ["id", "name"]
        .into_iter()
        .filter_map(|name| attribute(element, name))
}

/// A mark, what is around it in the line, and what stands beside those.
fn near(mark: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let in_line =
        |node: &NodeRef<'_>| element_of(node).is_some_and(|element| !is_block(element.name()));
    let around = std::iter::once(mark).chain(mark.ancestors().take(4).take_while(in_line));
    around.flat_map(|node| {
        let beside = node
            .prev_siblings()
            .take(3)
            .chain(node.next_siblings().take(2));
        std::iter::once(node).chain(beside)
    })
}

/// The nearest element that may be a note: of Word's, which has its name in a first line, all lines.
fn note_around(place: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let around = std::iter::once(place).chain(place.ancestors());
    let block = around
        .take(8)
        .find(|node| element_of(node).is_some_and(|element| is_block(element.name())))?;
    let element = element_of(&block)?;
    if !NOTES.contains(&element.name()) {
        return None;
    }
    let outer = block.parent().filter(|outer| {
        element_of(outer).is_some_and(|outer| {
            let id = attribute(outer, "id").unwrap_or_default();
            let numbered = |start: &str| {
                id.strip_prefix(start).is_some_and(|number| {
                    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                })
            };
            outer.name() == "div" && (numbered("ftn") || numbered("edn"))
        })
    });
    Some(outer.unwrap_or(block))
}

/// Whether a link, or what is around it in the line, says that it is the mark of a note.
fn is_marked(link: NodeRef<'_>) -> bool {
    let around = std::iter::once(link).chain(link.ancestors().take(2));
    let mut elements = around
        .filter_map(|node| node.value().as_element())
        .take_while(|element| !is_block(element.name()));
    elements.any(|element| {
        let says = |name: &str, value: &str| {
            let words = attribute(element, name).unwrap_or_default();
            words.split_ascii_whitespace().any(|word| word == value)
        };
        says("role", "doc-noteref")
            || says("epub:type", "noteref")
            || says("rel", "footnote")
            || classes(element).any(|class| MARKS.contains(&class))
    })
}

/// Whether a link says that it leads back to a mark.
fn leads_back(link: NodeRef<'_>) -> bool {
    let Some(element) = element_of(&link) else {
        return false;
    };
    let text = visible_text(link);
    attribute(element, "role") == Some("doc-backlink")
        || classes(element).any(|class| BACK.iter().any(|part| class.contains(part)))
        || text.starts_with(['↩', '↑', '⏎', '⤴', '^', '↵'])
}

/// Whether a text is one that marks have: a number, a letter or two, asterisks and daggers.
fn is_sign(text: &str) -> bool {
    let sign = text.trim_matches(|c: char| c.is_whitespace() || "[](){}.:".contains(c));
    let all = |belongs: fn(char) -> bool| sign.chars().all(belongs);
    !sign.is_empty()
        && sign.chars().count() <= 4
        && (all(|c| c.is_ascii_digit())
            || all(|c| "*†‡§¶‖#⁎∗⸸".contains(c))
            || all(|c| "ivxlc".contains(c))
            || (sign.chars().count() <= 2 && all(|c| c.is_ascii_lowercase()))
            || all(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩".contains(c)))
}

/// Puts the number of a note, where it is a paragraph of its own that leads back, before the note's words.
pub(in crate::clean::body) fn join_number(content: &mut Vec<Block>) {
    const LONGEST: usize = 6;
    let leads_back = |line: &[Inline]| {
        let leads = |inline: &Inline| {
            matches!(
                inline,
                Inline::Link(Link {
                    target: Target::Fragment(_),
                    ..
                })
            )
        };
        line.iter().any(leads) && plain_text(line).chars().count() <= LONGEST
    };
    match content.as_slice() {
        [Block::Paragraph(number), Block::Paragraph(_), ..] if leads_back(number) => {}
        _ => return,
    }
    let Block::Paragraph(mut line) = content.remove(0) else {
        return;
    };
    line.push(Inline::Text(" ".into()));
    if let Some(Block::Paragraph(words)) = content.first_mut() {
        line.append(words);
        neighbours::join_line(&mut line);
        *words = line;
    }
}
