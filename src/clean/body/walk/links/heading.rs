//! What stands in a heading and is no part of what it says: the sign to copy a link by, and the links to edit
//! the section.

use super::is_sign;
use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, class_contains, element_of, visible_text, visible_text_without,
};

/// How long the links to edit a section may be, in characters.
const LONGEST: usize = 60;

/// The most elements that are looked at of such links.
const MOST_NODES: usize = 32;

/// What a heading says.
pub(in crate::clean::body) fn heading_text(heading: NodeRef<'_>) -> String {
    visible_text_without(heading, |element, node| {
        is_copied(element, node) || edits(element, node)
    })
}

/// Whether an element is the sign by which a link to the heading is copied.
fn is_copied(element: &Element, node: NodeRef<'_>) -> bool {
    element.name() == "a"
        && attribute(element, "href").is_some_and(|reference| reference.contains('#'))
        && is_sign(node)
}

/// Whether an element of a heading holds links to edit its section, and nothing else, as in wikis: they
/// are called so, or stand in brackets and lead to where one edits.
pub(in crate::clean::body) fn edits(element: &Element, node: NodeRef<'_>) -> bool {
    if !matches!(element.name(), "span" | "sup" | "small" | "div" | "a") {
        return false;
    }
    class_contains(element, &["editsection"]) || (stands_in_heading(node) && is_bracketed(node))
}

fn stands_in_heading(node: NodeRef<'_>) -> bool {
    node.ancestors().take(2).any(|outer| {
        element_of(&outer)
            .is_some_and(|it| matches!(it.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    })
}

/// Whether some words in brackets are links to edit something.
fn is_bracketed(node: NodeRef<'_>) -> bool {
    let mut links = node.descendants().take(MOST_NODES).filter_map(|inner| {
        let element = element_of(&inner).filter(|element| element.name() == "a")?;
        attribute(element, "href")
    });
    let leads_there = |reference: &str| {
        let words = reference.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .into_iter()
            .any(|word| word.eq_ignore_ascii_case("edit"))
    };
    if !links.next().is_some_and(leads_there) || !links.all(leads_there) {
        return false;
    }
    let text = visible_text(node);
    text.chars().count() <= LONGEST && text.starts_with('[') && text.ends_with(']')
}
