//! What stands above a listing in a bar of its own: the language that it is written in, and the word of a
//! button that copies it.

use super::is_holder;
use super::language;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::model::CodeLanguage;

/// The longest label, in bytes.
const LONGEST: usize = 24;

/// How many nodes of an element are looked at.
const NEAR: usize = 24;

/// How many elements around a label, or a listing, are looked at.
const LEVELS: usize = 4;

/// How many parts of a bar are looked at.
const PARTS: usize = 8;

/// What the buttons say that copy a listing.
const COPY: [&str; 14] = [
    "copy",
    "copy code",
    "copied",
    "copied!",
    "copy to clipboard",
    "copier",
    "copier le code",
    "kopieren",
    "code kopieren",
    "copiar",
    "copiar código",
    "复制",
    "复制代码",
    "コピーする",
];

/// Whether an element is such a label. In a listing it stands before the code; elsewhere its class calls it
/// so.
pub(in crate::clean::body) fn is_label(
    element: &Element,
    node: NodeRef<'_>,
    in_listing: bool,
) -> bool {
    let is_called_anything = in_listing || attribute(element, "class").is_some();
    if !is_called_anything || !may_be_label(element) || (in_listing && in_code(node)) {
        return false;
    }
    let names_language = in_listing || is_called(element, &["lang", "language"]);
    let copies = in_listing || is_called(element, &["copy", "clipboard", "copybutton"]);
    if !names_language && !copies {
        return false;
    }
    let Some(text) = short_text(node) else {
        return false;
    };
    let Some(listing) = beside(node, in_listing) else {
        return false;
    };
    (copies && is_copy_word(&text))
        || (names_language && language::is_spoken(&text))
        || (names_language && language::is_said_around(&text, listing))
}

/// The language that the label of a listing says.
pub(super) fn language_of(listing: NodeRef<'_>) -> Option<CodeLanguage> {
    let mut inside = listing.descendants().skip(1).take(NEAR);
    let in_bar = inside.find_map(|node| said_by(node, true));
    in_bar.or_else(|| above(listing))
}

/// The language that the bar says which stands right before a listing.
fn above(listing: NodeRef<'_>) -> Option<CodeLanguage> {
    for outer in itself_and_around(listing) {
        for before in outer.prev_siblings().take(PARTS) {
            let mut nodes = before.descendants().take(NEAR);
            if let Some(found) = nodes.find_map(|node| said_by(node, false)) {
                return Some(found);
            }
            if has_text(before) {
                return None;
            }
        }
    }
    None
}

fn said_by(node: NodeRef<'_>, in_listing: bool) -> Option<CodeLanguage> {
    let element = element_of(&node)?;
    if !is_label(element, node, in_listing) {
        return None;
    }
    language::spoken(&short_text(node)?)
}

fn may_be_label(element: &Element) -> bool {
    matches!(
        element.name(),
        "span" | "div" | "p" | "small" | "strong" | "b" | "label" | "header" | "figcaption" | "a"
    )
}

/// Whether a class says one of these, as a word of its own at its end (`code-lang`, `language-name`).
fn is_called(element: &Element, names: &[&str]) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        let mut words = class.rsplit(['-', '_', ':']);
        let last = words.next().unwrap_or_default();
        let is_name = |word: &str| names.contains(&word);
        is_name(last)
            || (matches!(
                last,
                "name" | "label" | "tag" | "title" | "button" | "btn" | "code"
            ) && words.next().is_some_and(is_name))
    })
}

/// Whether an element stands in the code of a listing.
fn in_code(node: NodeRef<'_>) -> bool {
    let mut around = node.ancestors().filter_map(|outer| element_of(&outer));
    let nearest = around.find(|outer| matches!(outer.name(), "code" | "pre" | "td" | "li"));
    nearest.is_none_or(|outer| outer.name() != "pre")
}

/// All that an element says, buttons aside, if it is short.
fn short_text(node: NodeRef<'_>) -> Option<String> {
    let mut text = String::new();
    let mut nodes = node.descendants();
    for inside in nodes.by_ref().take(NEAR) {
        if let Some(characters) = inside.value().as_text().filter(|_| !is_control(inside)) {
            text.push_str(characters);
        }
        if text.len() > 4 * LONGEST {
            return None;
        }
    }
    let text = text.trim().to_lowercase();
    (nodes.next().is_none() && !text.is_empty() && text.len() <= LONGEST).then_some(text)
}

/// Whether a text stands in what is worked, or never seen.
fn is_control(text: NodeRef<'_>) -> bool {
    text.ancestors().take(LEVELS).any(|outer| {
        element_of(&outer).is_some_and(|element| {
            matches!(
                element.name(),
                "button" | "select" | "textarea" | "script" | "style" | "svg" | "title"
            )
        })
    })
}

fn is_copy_word(text: &str) -> bool {
    COPY.contains(&text)
}

/// The listing that a label stands beside: the first part behind it that says something, a word of a button
/// aside. In a listing that is its code.
fn beside(label: NodeRef<'_>, in_listing: bool) -> Option<NodeRef<'_>> {
    for outer in itself_and_around(label) {
        for next in outer.next_siblings().take(PARTS) {
            if !has_text(next) || short_text(next).is_some_and(|text| is_copy_word(&text)) {
                continue;
            }
            return holds_listing(next, in_listing).then_some(next);
        }
        // What is behind a listing is no part of it.
        if element_of(&outer).is_some_and(|element| element.name() == "pre") {
            return None;
        }
    }
    None
}

fn itself_and_around(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::once(node).chain(node.ancestors().take(LEVELS - 1))
}

fn has_text(node: NodeRef<'_>) -> bool {
    node.descendants().any(|inside| {
        let text = inside.value().as_text();
        text.is_some_and(|text| !text.trim().is_empty()) && !is_control(inside)
    })
}

fn holds_listing(node: NodeRef<'_>, in_listing: bool) -> bool {
    node.descendants().take(NEAR).any(|inside| {
        element_of(&inside).is_some_and(|element| {
            element.name() == "code"
                || (!in_listing && (element.name() == "pre" || is_holder(element)))
        })
    })
}
