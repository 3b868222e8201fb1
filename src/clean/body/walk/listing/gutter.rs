//! Numbers of lines that stand beside code.

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, has_style,
};

/// Classes of what holds the numbers of lines. `number` alone is none: highlighters call numbers in
/// code so.
const NAMES: [&str; 6] = ["gl", "ln", "lnt", "blob-num", "lines-num", "linenodiv"];

/// Parts of such classes.
const PARTS: [&str; 11] = [
    "line-num",
    "line_num",
    "linenum",
    "line-index",
    "lineno",
    "ln-num",
    "crayon-num",
    "gutter",
    "pre-numbering",
    "code-num",
    "row-num",
];

/// The most nodes that are looked at to see whether all of an element's text is numbers.
const MOST_NODES: usize = 60_000;

/// Whether an element in a listing holds nothing but numbers of lines.
pub(in crate::clean::body) fn is_gutter(element: &Element, node: NodeRef<'_>) -> bool {
    let before_code = is_cell(element)
        && node
            .next_siblings()
            .any(|sibling| element_of(&sibling).is_some_and(is_cell));
    (is_named(element) || before_code || is_not_selected(element)) && is_numbers(node)
}

/// The same for an element outside listings: one stands beside it.
pub(in crate::clean::body) fn is_gutter_beside_code(element: &Element, node: NodeRef<'_>) -> bool {
    is_named(element)
        && is_numbers(node)
        && [Some(node), node.parent()]
            .into_iter()
            .flatten()
            .any(|node| {
                let siblings = node.next_siblings().chain(node.prev_siblings()).take(8);
                siblings.into_iter().any(holds_listing)
            })
}

fn holds_listing(node: NodeRef<'_>) -> bool {
    node.descendants().take(16).any(|inside| {
        element_of(&inside).is_some_and(|element| matches!(element.name(), "pre" | "code"))
    })
}

fn is_named(element: &Element) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        NAMES.contains(&class.as_str()) || PARTS.iter().any(|part| class.contains(part))
    })
}

fn is_not_selected(element: &Element) -> bool {
    ["user-select", "-webkit-user-select", "-moz-user-select"]
        .iter()
        .any(|property| has_style(element, property, &["none"]))
        || attribute(element, "data-line-number").is_some_and(|_| !is_cell(element))
}

fn is_cell(element: &Element) -> bool {
    matches!(element.name(), "td" | "th")
}

/// Whether all that an element says is numbers and white space, or nothing.
pub(super) fn is_numbers(node: NodeRef<'_>) -> bool {
    let mut nodes = node.descendants();
    let counted = nodes
        .by_ref()
        .take(MOST_NODES)
        .all(|inside| match inside.value().as_text() {
            Some(text) => text
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_whitespace()),
            None => true,
        });
    counted && nodes.next().is_none()
}
