//! The part of a page that is its article, as HTML again.

use crate::clean::body::Byline;
use crate::clean::body::hidden;
use crate::clean::body::metadata;
use crate::clean::body::page::{self, omit};
use crate::clean::body::parse::Parsed;
use crate::clean::body::parse::tree::is_void;
use crate::clean::body::parse::tree::{self, Element, NodeId, NodeRef, element_of};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::embeds::wrapped;
use crate::clean::body::walk::links::Links;
use crate::model::{Address, Site, push_escaped};
use std::fmt::Write as _;

/// What a page's article is made of, as published: what is omitted, runs or is never shown is not
/// among it. A `<base>` stays, since addresses are relative to it.
pub(in crate::clean) fn html(
    parsed: &Parsed,
    address: Option<&Address>,
    title: &str,
    site: Option<&Site>,
) -> String {
    let root = parsed.html.tree.root();
    let mut omitted = omit::named(&parsed.html, site).omitted;
    let article = hidden::find(root).article;
    let told = metadata::facts_of(root, None);
    let byline = Byline {
        author: told.iter().any(|facts| !facts.authors.is_empty()),
        date: told.iter().any(|facts| facts.published.is_some()),
    };
    page::leave_out(parsed, title, &mut omitted, byline, &article);
    let links = Links::new(root, address);
    let mut part = String::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let inside = open(node, &omitted, &links, &mut part).then(|| node.first_child());
        next = inside
            .flatten()
            .or_else(|| onward(node, root.id(), &mut part));
    }
    part
}

/// Writes the beginning of a node; says whether its children are to follow.
fn open(node: NodeRef<'_>, omitted: &Omitted, links: &Links<'_>, part: &mut String) -> bool {
    if omitted.contains_key(&node.id()) {
        return false;
    }
    if let Some(text) = node.value().as_text() {
        push_escaped(text, part);
        return false;
    }
    let Some(element) = element_of(&node) else {
        return false;
    };
    if element.name() == "script" {
        written(element, links, part);
        return false;
    }
    let shown = !tree::is_never_shown(element) || matches!(element.name(), "base" | "iframe");
    if !shown {
        return false;
    }
    // Around a fragment the parser puts an element of its own.
    if element.name() == "html" {
        return true;
    }
    part.push('<');
    part.push_str(element.name());
    for (name, value) in &element.attrs {
        let _ = write!(part, " {}=\"", &name.local);
        push_escaped(value, part);
        part.push('"');
    }
    part.push('>');
    if node.first_child().is_none() {
        close(element, part);
    }
    true
}

/// Writes a frame for the page of what a script writes in its place, as of a listing that is kept
/// elsewhere.
fn written(script: &Element, links: &Links<'_>, part: &mut String) {
    if let Some(address) = wrapped::script(script, links) {
        part.push_str("<iframe src=\"");
        push_escaped(address.as_str(), part);
        part.push_str("\"></iframe>");
    }
}

/// The next node after one that is done with; writes the ends of the elements that end there.
fn onward<'tree>(node: NodeRef<'tree>, root: NodeId, part: &mut String) -> Option<NodeRef<'tree>> {
    let mut node = node;
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent()?;
        if node.id() == root {
            return None;
        }
        if let Some(element) = element_of(&node) {
            close(element, part);
        }
    }
}

fn close(element: &Element, part: &mut String) {
    if !is_void(element.name()) && element.name() != "html" {
        // Writing to a string never fails.
        let _ = write!(part, "</{}>", element.name());
    }
}
