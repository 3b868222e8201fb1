//! Reading the parsed tree: attributes, classes, styles and text.

use crate::model;
use html5ever::ns;
use html5ever::tree_builder::TreeSink;
use scraper::{ElementRef, HtmlTreeSink, Node};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Deref;

/// A node of the parsed tree. The type's own crate is not a dependency of ours: its version is
/// scraper's business.
pub(in crate::clean::body) type NodeRef<'tree> = <ElementRef<'tree> as Deref>::Target;

/// What the tree knows a node by.
pub(in crate::clean::body) type NodeId = <HtmlTreeSink as TreeSink>::Handle;

/// Hashes what nodes are known by: numbers in the order in which a parser made them, which nobody can choose so
/// that they meet, and of which a page asks for thousands.
#[derive(Default)]
pub(in crate::clean::body) struct NodeHasher(u64);

impl Hasher for NodeHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|&byte| self.write_usize(usize::from(byte)));
    }

    fn write_usize(&mut self, number: usize) {
        // Tables look at both ends of a hash: the halves of the product are folded together.
        let product = (self.0 ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ product.rotate_left(32);
    }
}

/// Something for some nodes.
pub(in crate::clean::body) type NodeMap<Value> =
    HashMap<NodeId, Value, BuildHasherDefault<NodeHasher>>;

/// Some nodes.
pub(in crate::clean::body) type NodeSet = HashSet<NodeId, BuildHasherDefault<NodeHasher>>;

/// An element's facts.
pub(in crate::clean::body) type Element = scraper::node::Element;

/// An attribute's value. Names are compared as text, since making a name of them would go through
/// a table that all threads share. Most elements have none, and of each many are asked for.
#[inline]
pub(in crate::clean::body) fn attribute<'tree>(
    element: &'tree Element,
    name: &str,
) -> Option<&'tree str> {
    if element.attrs.is_empty() {
        return None;
    }
    attribute_among_some(element, name)
}

fn attribute_among_some<'tree>(element: &'tree Element, name: &str) -> Option<&'tree str> {
    element
        .attrs
        .iter()
        .find(|(key, _)| &*key.local == name)
        .map(|(_, value)| &**value)
}

/// Whether elements of a name have no end, those of earlier HTML among them.
pub(in crate::clean::body) fn is_void(name: &str) -> bool {
    model::is_void(name) || matches!(name, "keygen" | "param")
}

/// The classes of an element, as written.
#[inline]
pub(in crate::clean::body) fn classes(element: &Element) -> impl Iterator<Item = &str> {
    attribute(element, "class")
        .unwrap_or_default()
        .split_ascii_whitespace()
}

/// Whether one of the element's classes contains one of the parts, whatever its case.
#[inline]
pub(in crate::clean::body) fn class_contains(element: &Element, parts: &[&str]) -> bool {
    attribute(element, "class").is_some_and(|written| {
        written.split_ascii_whitespace().any(|class| {
            let class = in_lower_case(class);
            parts.iter().any(|part| class.contains(part))
        })
    })
}

/// A text with its letters of ASCII in lower case, as nearly all names in markup are written.
pub(in crate::clean::body) fn in_lower_case(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// Whether the element's style sets a property to a value that begins so.
#[inline]
pub(in crate::clean::body) fn has_style(
    element: &Element,
    property: &str,
    values: &[&str],
) -> bool {
    attribute(element, "style").is_some_and(|style| sets(style, property, values))
}

fn sets(style: &str, property: &str, values: &[&str]) -> bool {
    let mut rest = style;
    loop {
        let end = memchr::memchr(b';', rest.as_bytes());
        let (declaration, after) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        if value_of(declaration, property).is_some_and(|value| {
            values.iter().any(|wanted| {
                value
                    .get(..wanted.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
            })
        }) {
            return true;
        }
        match after.strip_prefix(';') {
            Some(after) => rest = after,
            None => return false,
        }
    }
}

/// The value that a declaration gives a property.
fn value_of<'style>(declaration: &'style str, property: &str) -> Option<&'style str> {
    let (name, behind) = declaration.trim_start().split_at_checked(property.len())?;
    if !name.eq_ignore_ascii_case(property) {
        return None;
    }
    behind.trim_start().strip_prefix(':').map(str::trim)
}

/// Whether no reader of the page sees the text of an element. One of SVG or MathML may have the name
/// of another of HTML.
pub(in crate::clean::body) fn is_never_shown(element: &Element) -> bool {
    if element.name.ns != ns!(html) {
        return is_hidden_foreign(element.name());
    }
    matches!(
        element.name(),
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "meta"
            | "link"
            | "base"
            | "rp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "datalist"
    )
}

/// Elements of SVG and MathML that show nothing.
pub(in crate::clean::body) fn is_hidden_foreign(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "desc"
            | "metadata"
            | "defs"
            | "annotation"
            | "annotation-xml"
    )
}

/// The visible text of a subtree, white space collapsed to one space.
pub(in crate::clean::body) fn visible_text(root: NodeRef<'_>) -> String {
    visible_text_without(root, |_, _| false)
}

/// The same without some elements.
pub(in crate::clean::body) fn visible_text_without<'tree>(
    root: NodeRef<'tree>,
    is_out: impl Fn(&Element, NodeRef<'tree>) -> bool,
) -> String {
    let mut text = String::new();
    let mut next = Some(root);
    while let Some(node) = next {
        let element = node.value().as_element();
        let hidden = element.is_some_and(|it| is_never_shown(it) || is_out(it, node));
        if let Some(characters) = node.value().as_text() {
            push_collapsed(characters, &mut text);
        }
        let inside = if hidden { None } else { node.first_child() };
        next = inside.or_else(|| following(node, root.id()));
        if node.value().is_element() && !text.ends_with(' ') && !text.is_empty() {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The node after a subtree, in document order, within `root`.
pub(in crate::clean::body) fn following<'tree>(
    node: NodeRef<'tree>,
    root: NodeId,
) -> Option<NodeRef<'tree>> {
    following_left(node, root, |_| {})
}

/// The same, and tells of each element around the subtree that ends with it, from the inside, but for `root`.
pub(in crate::clean::body) fn following_left<'tree>(
    node: NodeRef<'tree>,
    root: NodeId,
    mut left: impl FnMut(NodeRef<'tree>),
) -> Option<NodeRef<'tree>> {
    let mut node = node;
    loop {
        if node.id() == root {
            return None;
        }
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent()?;
        if node.id() != root {
            left(node);
        }
    }
}

fn push_collapsed(characters: &str, text: &mut String) {
    for character in characters.chars() {
        if !character.is_whitespace() {
            text.push(character);
        } else if !text.ends_with(' ') && !text.is_empty() {
            text.push(' ');
        }
    }
}

/// The element in a node.
pub(in crate::clean::body) fn element_of<'tree>(node: &NodeRef<'tree>) -> Option<&'tree Element> {
    match node.value() {
        Node::Element(element) => Some(element),
        _ => None,
    }
}

/// Every node below a root, twice: where it begins (`true`) and where it ends.
pub(in crate::clean::body) fn traverse<'tree>(
    root: NodeRef<'tree>,
) -> impl Iterator<Item = (NodeRef<'tree>, bool)> {
    let mut at = root.first_child().map(|node| (node, true));
    std::iter::from_fn(move || {
        let (node, opens) = at?;
        at = match (opens, node.first_child(), node.next_sibling()) {
            (true, Some(child), _) => Some((child, true)),
            (true, None, _) => Some((node, false)),
            (false, _, Some(sibling)) => Some((sibling, true)),
            (false, _, None) => node
                .parent()
                .filter(|parent| parent.id() != root.id())
                .map(|parent| (parent, false)),
        };
        Some((node, opens))
    })
}
