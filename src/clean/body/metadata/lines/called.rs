//! What the page calls a line and the elements in it: an author, a date, a part of the site, metadata.

use super::names;
use crate::clean::body::page::labels;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of};

/// Words in classes and ids of what holds a date.
const DATED: [&str; 16] = [
    "date",
    "datum",
    "fecha",
    "datetime",
    "time",
    "timestamp",
    "pubtime",
    "pubdate",
    "published",
    "publish",
    "posted",
    "updated",
    "modified",
    "dateline",
    "postdate",
    "dt",
];

/// Words in classes of lines of metadata.
const METADATA: [&str; 11] = [
    "submitted",
    "posted",
    "postinfo",
    "meta",
    "metadata",
    "info",
    "byline",
    "credits",
    "details",
    "head",
    "header",
];

/// What an element says that its text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Author,
    Section,
}

/// What the elements around a text say that it is.
pub(super) fn mark_of(text: NodeRef<'_>, root: NodeRef<'_>) -> Option<Mark> {
    let mut outer = text.parent();
    while let Some(node) = outer {
        let element = element_of(&node)?;
        let is_inner = |inside: NodeRef<'_>| element_of(&inside).is_some_and(is_author);
        // What stands beside the author in a line that is called so is looked at.
        if is_author(element) && !node.descendants().skip(1).any(is_inner) {
            return Some(Mark::Author);
        }
        if is_section(element) {
            return Some(Mark::Section);
        }
        if node.id() == root.id() {
            return None;
        }
        outer = node.parent();
    }
    None
}

/// Whether the page calls an element its author.
pub(super) fn is_author(element: &Element) -> bool {
    let related = attribute(element, "rel").unwrap_or_default();
    related
        .split_ascii_whitespace()
        .any(|kind| kind == "author")
        || attribute(element, "itemprop").is_some_and(|it| it.eq_ignore_ascii_case("author"))
        || labels::is_byline(element)
}

/// Whether an element leads to a part of the site.
pub(super) fn is_section(element: &Element) -> bool {
    let related = attribute(element, "rel").unwrap_or_default();
    let target = attribute(element, "href").unwrap_or_default();
    related
        .split_ascii_whitespace()
        .any(|kind| matches!(kind, "tag" | "category"))
        || [
            "/category/",
            "/categories/",
            "/tag/",
            "/tags/",
            "/topic/",
            "/topics/",
            "#comments",
            "#respond",
        ]
        .iter()
        .any(|part| target.contains(part))
        || names(element).flat_map(labels::words).any(|word| {
            matches!(
                word.as_str(),
                "category" | "categories" | "cat" | "tags" | "comments"
            )
        })
}

/// Whether it is the date of a change.
pub(super) fn is_change(element: &Element) -> bool {
    let property = attribute(element, "itemprop").unwrap_or_default();
    let words: Vec<String> = names(element).flat_map(labels::words).collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    property.eq_ignore_ascii_case("datemodified")
        || ((has("updated") || has("modified")) && !has("published"))
}

pub(super) fn holds_time(nodes: &[NodeRef<'_>]) -> bool {
    let mut all = nodes.iter().flat_map(|node| node.descendants());
    all.any(|node| element_of(&node).is_some_and(|element| element.name() == "time"))
}

/// Whether the page calls a line metadata.
pub(super) fn is_called_metadata(nodes: &[NodeRef<'_>]) -> bool {
    let first = nodes
        .first()
        .into_iter()
        .flat_map(|node| std::iter::once(*node).chain(node.ancestors().take(2)));
    first.filter_map(|node| element_of(&node)).any(|element| {
        let called = names(element).flat_map(labels::words);
        let mut called = called.filter(|word| METADATA.contains(&word.as_str()));
        !matches!(element.name(), "body" | "html" | "main" | "article") && called.next().is_some()
    })
}

/// Whether the page calls what an element holds a date.
pub(super) fn is_dated(element: &Element) -> bool {
    let property = attribute(element, "itemprop").unwrap_or_default();
    element.name() == "time"
        || property.to_ascii_lowercase().starts_with("date")
        || names(element)
            .flat_map(labels::words)
            .any(|word| DATED.contains(&word.as_str()))
}
