//! What a page shows at a reader's touch: answers below their questions, panels behind their tabs. It is
//! hidden, and part of the article all the same.

use super::Kind;
use super::hiding::{Hiding, hiding};
use crate::clean::body::page::measures::Measure;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use std::collections::{HashMap, HashSet};

/// Attributes in which what is touched names what it shows, by its id.
const SHOWS: [&str; 5] = [
    "aria-controls",
    "data-target",
    "data-bs-target",
    "data-toggle-target",
    "href",
];

/// Words in the classes of what is touched to show what stands behind it.
const TOUCHED: [&str; 10] = [
    "question",
    "faq",
    "accordion",
    "toggle",
    "trigger",
    "summary",
    "collapsible",
    "expand",
    "title",
    "heading",
];

/// The fewest letters of an answer.
const SHORTEST: usize = 12;

/// The fewest of a kind that only stand behind headings.
const FEWEST: usize = 2;

/// What tells answers from other hidden elements.
pub(super) struct Answers<'tree> {
    /// The ids of elements that others show at a touch.
    shown: HashSet<&'tree str>,
    /// How many hidden elements of a kind stand behind what may be touched.
    behind: HashMap<Kind<'tree>, usize>,
}

impl<'tree> Answers<'tree> {
    /// Finds them among the hidden elements of a page.
    pub(super) fn of(root: NodeRef<'tree>, hidden: &[(Kind<'tree>, NodeRef<'tree>)]) -> Self {
        let mut shown = HashSet::new();
        for element in root.descendants().filter_map(|node| match node.value() {
            scraper::Node::Element(element) => Some(element),
            _ => None,
        }) {
            if is_touched(element) {
                let names = SHOWS.iter().filter_map(|name| attribute(element, name));
                shown.extend(names.flat_map(|names| {
                    let ids = names.split_ascii_whitespace();
                    ids.map(|id| id.trim_start_matches('#'))
                }));
            }
        }
        let mut behind: HashMap<Kind<'tree>, usize> = HashMap::new();
        for (kind, node) in hidden {
            if stands_behind(*node, |element| is_heading(element) || is_called(element)) {
                *behind.entry(*kind).or_default() += 1;
            }
        }
        Answers { shown, behind }
    }

    /// Whether a hidden element is an answer: prose, and not links.
    pub(super) fn has(&self, node: NodeRef<'_>, hides: Hiding, measure: Measure) -> bool {
        let Some(element) = element_of(&node) else {
            return false;
        };
        let is_prose = measure.plain() >= SHORTEST && measure.plain() * 2 > measure.text;
        if !is_prose || !matches!(hides, Hiding::Display | Hiding::Size) {
            return false;
        }
        let id = attribute(element, "id").filter(|id| self.shown.contains(id));
        let kind = (element.name(), attribute(element, "class"), hides);
        let panel = attribute(element, "role").is_some_and(|role| role == "tabpanel");
        id.is_some()
            || panel
            || (element.name() == "dd" && stands_behind(node, |before| before.name() == "dt"))
            || self.behind.get(&kind).is_some_and(|count| *count >= FEWEST)
    }
}

/// Whether an element is one that readers touch to see another.
fn is_touched(element: &Element) -> bool {
    let role = attribute(element, "role").unwrap_or_default();
    let toggles = ["data-toggle", "data-bs-toggle", "aria-expanded"];
    let is_named = |value: &str| !matches!(value, "dropdown" | "modal" | "offcanvas" | "tooltip");
    let toggle = toggles.iter().find_map(|name| attribute(element, name));
    role == "tab" || toggle.is_some_and(is_named)
}

/// Whether the element before a node is shown, and of a kind.
fn stands_behind(node: NodeRef<'_>, is_one: impl Fn(&Element) -> bool) -> bool {
    let before = node.prev_siblings().find(|it| it.value().is_element());
    before.is_some_and(|before| {
        element_of(&before).is_some_and(|element| hiding(element).is_none() && is_one(element))
    })
}

fn is_heading(element: &Element) -> bool {
    matches!(
        element.name(),
        "h2" | "h3" | "h4" | "h5" | "h6" | "button" | "dt"
    )
}

fn is_called(element: &Element) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        TOUCHED.iter().any(|word| class.contains(word))
    })
}
