//! A page as the library that finds articles reads it: the parsed tree written down again, flat,
//! bounded and without what nobody sees, in which each element bears a number.
//!
//! What the library keeps is read off by the numbers, so that the article stays our own tree with
//! all that it says, and nothing of what the library rewrites on its way.

use crate::clean::body::parse::tree::{self, Element, NodeId, NodeRef, element_of, is_void};
use crate::clean::body::walk::Omitted;
use crate::model::push_escaped;
use html5ever::ns;
use std::collections::HashSet;
use std::fmt::Write as _;

/// The longest value of an attribute, in bytes: what names and addresses are compared with stands at
/// their beginnings, pictures in `data:` addresses are told from placeholders by 133 characters.
const LONGEST_VALUE: usize = 400;

/// The most elements of a page in which the article is looked for.
const MOST_ELEMENTS: usize = 60_000;

/// The most bytes of it.
const MOST_BYTES: usize = 8_000_000;

/// What numbers begin with. No attribute that begins so is passed on.
pub(super) const MARK: char = 'n';

/// A page written down.
pub(super) struct Outline {
    /// The whole page as HTML.
    pub html: String,
    /// The elements by their numbers.
    pub elements: Vec<NodeId>,
}

impl Outline {
    /// Writes down what is not omitted already; nothing where it is beyond all bounds. Of elements that
    /// are `shown` nothing says that they hide.
    pub fn of(
        root: NodeRef<'_>,
        title: &str,
        omitted: &Omitted,
        shown: &HashSet<NodeId>,
    ) -> Option<Self> {
        let mut outline = Outline {
            html: String::with_capacity(64 * 1024),
            elements: Vec::new(),
        };
        outline.html.push_str("<!DOCTYPE html><html><head><title>");
        push_escaped(title, &mut outline.html);
        outline
            .html
            .push_str("</title><meta property=\"og:title\" content=\"");
        push_escaped(title, &mut outline.html);
        outline.html.push_str("\"></head><body>");
        let mut next = root.first_child();
        while let Some(node) = next {
            let inside = outline
                .open(node, omitted, shown)
                .then(|| node.first_child());
            next = match inside {
                Some(Some(child)) => Some(child),
                Some(None) => {
                    outline.close(node);
                    outline.onward(node, root.id())
                }
                None => outline.onward(node, root.id()),
            };
            if outline.html.len() > MOST_BYTES || outline.elements.len() > MOST_ELEMENTS {
                return None;
            }
        }
        outline.html.push_str("</body></html>");
        Some(outline)
    }

    /// The next node after one that is done with; closes the elements that end there.
    fn onward<'tree>(&mut self, node: NodeRef<'tree>, root: NodeId) -> Option<NodeRef<'tree>> {
        let mut node = node;
        loop {
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            node = node.parent()?;
            if node.id() == root {
                return None;
            }
            self.close(node);
        }
    }

    /// Writes a node; says whether its children are to follow.
    fn open(&mut self, node: NodeRef<'_>, omitted: &Omitted, shown: &HashSet<NodeId>) -> bool {
        if omitted.contains_key(&node.id()) {
            return false;
        }
        if let Some(text) = node.value().as_text() {
            self.text(text, node);
            return false;
        }
        let Some(element) = element_of(&node) else {
            return false;
        };
        let hidden = tree::is_never_shown(element) && element.name() != "iframe";
        if hidden {
            return false;
        }
        let name = name(element);
        self.html.push('<');
        self.html.push_str(name);
        self.mark(node.id());
        self.attributes(element, shown.contains(&node.id()));
        self.html.push('>');
        let enters = !is_void(name) && !is_opaque(element);
        if !enters && !is_void(name) {
            self.end(name);
        }
        enters
    }

    fn mark(&mut self, node: NodeId) {
        self.html.push(' ');
        self.html.push(MARK);
        push_number(self.elements.len(), &mut self.html);
        self.elements.push(node);
    }

    /// The library makes paragraphs of the text in a `div` and drops the `div`: a mark that stands
    /// beside the text moves with it.
    fn text(&mut self, text: &str, node: NodeRef<'_>) {
        let parent = node.parent().filter(|parent| {
            element_of(parent).is_none_or(|element| name(element) == "div")
                && !text.trim().is_empty()
        });
        if let Some(parent) = parent {
            self.html.push_str("<span");
            self.mark(parent.id());
            self.html.push_str("></span>");
        }
        push_escaped(text, &mut self.html);
    }

    fn close(&mut self, node: NodeRef<'_>) {
        if let Some(element) = element_of(&node) {
            self.end(name(element));
        }
    }

    fn end(&mut self, name: &str) {
        // Writing to a string never fails.
        let _ = write!(self.html, "</{name}>");
    }

    fn attributes(&mut self, element: &Element, is_shown: bool) {
        for (name, value) in &element.attrs {
            let name: &str = &name.local;
            let is_plain = name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b':');
            let runs = name == "href" && value.trim_start().starts_with("javascript:");
            // By this id the library finds its own result again.
            let deceives = name == "id" && value.as_ref() == "readability-page-1";
            let passed_over = name.starts_with(MARK) || name.starts_with("on");
            let hides = is_shown && matches!(name, "style" | "hidden" | "aria-hidden");
            if !is_plain || passed_over || runs || deceives || hides {
                continue;
            }
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            push_escaped(beginning(value), &mut self.html);
            self.html.push('"');
        }
    }
}

/// The number in the name of an attribute, if it is one.
pub(super) fn number(name: &str) -> Option<usize> {
    usize::from_str_radix(name.strip_prefix(MARK)?, 36).ok()
}

/// Writes a number to the base of 36: names of up to seven bytes are kept within the node itself, in
/// no table that all threads share.
fn push_number(number: usize, text: &mut String) {
    let mut digits = Vec::new();
    let mut rest = number;
    loop {
        let digit = u32::try_from(rest % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits.iter().rev());
}

/// The name by which an element is written: those that the library or its parser treats in a way of
/// its own have others. It takes all attributes from `font`.
fn name(element: &Element) -> &str {
    if element.name.ns != ns!(html) {
        return match element.name() {
            "svg" => "svg",
            _ => "span",
        };
    }
    match element.name() {
        "font" => "span",
        "xmp" | "listing" | "plaintext" => "pre",
        "html" | "head" | "body" | "frameset" | "frame" | "select" | "option" | "optgroup" => "div",
        "image" | "amp-img" | "amp-anim" => "img",
        name if name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
        {
            name
        }
        _ => "div",
    }
}

/// Elements of which the library sees that they are there, and no more.
fn is_opaque(element: &Element) -> bool {
    element.name.ns != ns!(html)
        || matches!(
            element.name(),
            "iframe" | "select" | "textarea" | "amp-img" | "amp-anim"
        )
}

fn beginning(value: &str) -> &str {
    let mut end = value.len().min(LONGEST_VALUE);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    value.get(..end).unwrap_or_default()
}
