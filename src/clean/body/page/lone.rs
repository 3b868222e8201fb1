//! What a page itself marks as its only article, with its heading: that is the article, however short. The
//! library that searches wants more text than that, and takes what stands beside for it.

use super::labels::{self, Label};
use super::measures::{Measure, Measures};
use crate::clean::body::parse::tree::{self, Element, NodeRef, attribute, element_of};
use crate::clean::body::walk::Omitted;

/// From so many letters on the library finds an article; an ideograph counts for three.
const FEWEST_TO_SEARCH: usize = 500;

/// The fewest letters beside the heading.
const FEWEST: usize = 16;

/// How many letters of prose may stand elsewhere on the page; with more, what is marked may be the head of what
/// stands there.
const MOST_ELSEWHERE: usize = 250;

/// The short article that a page marks; nothing where it marks none or several, or where it is long.
pub(super) fn find<'tree>(
    root: NodeRef<'tree>,
    omitted: &Omitted,
    measures: &Measures,
) -> Option<NodeRef<'tree>> {
    let marked = only(root, omitted, "article");
    let article = match marked {
        Marked::None => only(root, omitted, "main").one()?,
        marked => marked.one()?,
    };
    let whole = measures.get(&article);
    let heading = shown(article, omitted).find(|node| {
        element_of(node).is_some_and(|element| matches!(element.name(), "h1" | "h2"))
    })?;
    let beside = letters(whole).saturating_sub(letters(measures.get(&heading)));
    let is_said = beside >= FEWEST
        && (element_of(&article).is_some_and(|element| element.name() == "article")
            || whole.stops > 0);
    let is_short = letters(whole) < FEWEST_TO_SEARCH && !whole.is_linked();
    (is_said && is_short && elsewhere(root, article, omitted, measures) <= MOST_ELSEWHERE)
        .then_some(article)
}

/// The elements of a short article; what stands beside its text is none of them.
pub(super) fn elements<'tree>(article: NodeRef<'tree>) -> impl Iterator<Item = NodeRef<'tree>> {
    let is_beside =
        |element: &Element| matches!(element.name(), "nav" | "aside" | "footer" | "form");
    let mut next = Some(article);
    std::iter::from_fn(move || {
        loop {
            let node = next?;
            let element = element_of(&node);
            let is_out = element.is_some_and(is_beside);
            let inside = if is_out { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, article.id()));
            if element.is_some() && !is_out {
                return Some(node);
            }
        }
    })
}

fn letters(measure: Measure) -> usize {
    measure.plain() + 2 * measure.ideographs
}

/// How many elements of a kind a page shows.
enum Marked<'tree> {
    None,
    One(NodeRef<'tree>),
    Several,
}

impl<'tree> Marked<'tree> {
    fn one(self) -> Option<NodeRef<'tree>> {
        match self {
            Marked::One(node) => Some(node),
            Marked::None | Marked::Several => None,
        }
    }
}

fn only<'tree>(root: NodeRef<'tree>, omitted: &Omitted, name: &str) -> Marked<'tree> {
    let mut found = shown(root, omitted).filter(|node| {
        element_of(node).is_some_and(|element| {
            element.name() == name || attribute(element, "role") == Some(name)
        })
    });
    match (found.next(), found.next()) {
        (None, _) => Marked::None,
        (Some(node), None) => Marked::One(node),
        (Some(_), Some(_)) => Marked::Several,
    }
}

/// What stands in a node and is not omitted.
fn shown<'tree>(outer: NodeRef<'tree>, omitted: &Omitted) -> impl Iterator<Item = NodeRef<'tree>> {
    let mut next = outer.first_child();
    std::iter::from_fn(move || {
        loop {
            let node = next?;
            let is_out = omitted.contains_key(&node.id());
            let inside = if is_out { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, outer.id()));
            if !is_out {
                return Some(node);
            }
        }
    })
}

/// How many letters of prose stand outside the article, in parts that do not say that they are something else.
fn elsewhere(
    root: NodeRef<'_>,
    article: NodeRef<'_>,
    omitted: &Omitted,
    measures: &Measures,
) -> usize {
    let mut length = 0;
    let mut next = root.first_child();
    while let Some(node) = next {
        let is_other = |element: &Element| {
            labels::label(element) != Label::Content
                || matches!(element.name(), "header" | "form" | "noscript")
        };
        let is_out = node.id() == article.id()
            || omitted.contains_key(&node.id())
            || element_of(&node)
                .is_some_and(|element| tree::is_never_shown(element) || is_other(element));
        if !is_out && let Some(text) = node.value().as_text() {
            length += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        let is_linked = measures.get(&node).text > 0 && measures.get(&node).is_linked();
        let enters = !is_out && !is_linked;
        next = enters
            .then(|| node.first_child())
            .flatten()
            .or_else(|| tree::following(node, root.id()));
    }
    length
}
