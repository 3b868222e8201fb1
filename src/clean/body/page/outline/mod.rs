//! A page as the library that finds articles reads it: the parsed tree once more, flat, bounded and without
//! what nobody sees, in which each element bears a number.
//!
//! What the library keeps is read off by the numbers, so that the article stays our own tree with
//! all that it says, and nothing of what the library rewrites on its way. The library's tree is made of tokens, as
//! its parser would find them in the page written down.

mod tokens;

use super::kept::Search;
use crate::clean::body::parse::tree::{self, Element, NodeId, NodeRef, element_of, is_void};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::TreeSink;
use html5ever::{Attribute, ns};
use tokens::Tokens;

/// The longest value of an attribute, in bytes: what names and addresses are compared with stands at
/// their beginnings, pictures in `data:` addresses are told from placeholders by 133 characters.
const LONGEST_VALUE: u32 = 400;

/// The most elements of a page in which the article is looked for.
const MOST_ELEMENTS: usize = 60_000;

/// The most bytes of it.
const MOST_BYTES: usize = 8_000_000;

/// What numbers begin with. No attribute that begins so is passed on.
pub(super) const MARK: char = 'n';

/// A page as the library has it.
pub(super) struct Outline<Tree> {
    /// The whole page.
    pub tree: Tree,
    /// The elements by their numbers.
    pub elements: Vec<NodeId>,
}

impl<Tree: TreeSink<Output = Tree> + Default> Outline<Tree> {
    /// Makes it of what is not omitted already; nothing where it is beyond all bounds. Of elements that
    /// are `shown` nothing says that they hide.
    pub fn of(search: Search<'_>) -> Option<Self> {
        let root = search.root;
        let mut writer = Writer {
            tokens: Tokens::begin(search.title),
            elements: Vec::new(),
            search,
        };
        let mut next = root.first_child();
        while let Some(node) = next {
            let inside = writer.open(node).then(|| node.first_child());
            next = match inside {
                Some(Some(child)) => Some(child),
                Some(None) => {
                    writer.close(node);
                    writer.onward(node, root.id())
                }
                None => writer.onward(node, root.id()),
            };
            if writer.tokens.bytes > MOST_BYTES || writer.elements.len() > MOST_ELEMENTS {
                return None;
            }
        }
        Some(Outline {
            tree: writer.tokens.finish(),
            elements: writer.elements,
        })
    }
}

/// Goes through a page.
struct Writer<'page, Tree: TreeSink> {
    tokens: Tokens<Tree>,
    elements: Vec<NodeId>,
    search: Search<'page>,
}

impl<Tree: TreeSink<Output = Tree> + Default> Writer<'_, Tree> {
    /// The next node after one that is done with; closes the elements that end there.
    fn onward<'tree>(&mut self, node: NodeRef<'tree>, root: NodeId) -> Option<NodeRef<'tree>> {
        tree::following_left(node, root, |left| self.close(left))
    }

    /// Passes a node on; says whether its children are to follow.
    fn open(&mut self, node: NodeRef<'_>) -> bool {
        if self.search.omitted.contains_key(&node.id()) {
            return false;
        }
        if let Some(text) = node.value().as_text() {
            self.text(&text.text, node);
            return false;
        }
        let Some(element) = element_of(&node) else {
            return false;
        };
        let hidden = tree::is_never_shown(element) && element.name() != "iframe";
        if hidden || is_head(node) {
            return false;
        }
        if is_frame_of_page(node) {
            return true;
        }
        let name = name(element);
        let mut attributes = vec![self.mark(node.id())];
        let is_shown = self.search.shown.contains(&node.id());
        let is_matter = self.search.matter.contains(&node.id());
        let is_passed = |name: &str| {
            let hides = is_shown && matches!(name, "style" | "hidden" | "aria-hidden");
            let misleads = is_matter && matches!(name, "class" | "id" | "role");
            !hides && !misleads
        };
        add_attributes(element, is_passed, &mut attributes);
        self.tokens.start(name, attributes);
        let enters = !is_void(name) && !is_opaque(element);
        if !enters && !is_void(name) {
            self.tokens.end(name);
        }
        enters
    }

    /// The attribute that bears an element's number.
    fn mark(&mut self, node: NodeId) -> Attribute {
        let name = numbered(self.elements.len());
        self.elements.push(node);
        tokens::attribute(&name, StrTendril::new())
    }

    /// The library makes paragraphs of the text in a `div` and drops the `div`: a mark that stands
    /// beside the text moves with it.
    fn text(&mut self, text: &StrTendril, node: NodeRef<'_>) {
        let parent = node.parent().filter(|parent| {
            element_of(parent).is_none_or(|element| name(element) == "div")
                && !text.trim().is_empty()
        });
        if let Some(parent) = parent {
            let mark = self.mark(parent.id());
            self.tokens.start("span", vec![mark]);
            self.tokens.end("span");
        }
        self.tokens.text(text.clone());
    }

    fn close(&mut self, node: NodeRef<'_>) {
        if let Some(element) = element_of(&node).filter(|_| !is_frame_of_page(node)) {
            self.tokens.end(name(element));
        }
    }
}

/// Whether an element is the page or its body, which are there already: the library looks no further out than
/// the body, and would take one of another name for a part of the page.
fn is_frame_of_page(node: NodeRef<'_>) -> bool {
    is_page(&node) || (is(&node, "body") && node.parent().is_some_and(|outer| is_page(&outer)))
}

fn is_page(node: &NodeRef<'_>) -> bool {
    is(node, "html") && node.parent().is_some_and(|outer| outer.parent().is_none())
}

/// Whether an element is the head of a page.
fn is_head(node: NodeRef<'_>) -> bool {
    is(&node, "head") && node.parent().is_some_and(|outer| is_page(&outer))
}

fn is(node: &NodeRef<'_>, name: &str) -> bool {
    element_of(node).is_some_and(|element| element.name() == name)
}

/// Adds the attributes of an element that the library may look at.
fn add_attributes(
    element: &Element,
    is_passed: impl Fn(&str) -> bool,
    attributes: &mut Vec<Attribute>,
) {
    for (name, value) in &element.attrs {
        let name: &str = &name.local;
        let is_plain = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b':');
        let runs = name == "href" && value.trim_start().starts_with("javascript:");
        // By this id the library finds its own result again.
        let deceives = name == "id" && value.as_ref() == "readability-page-1";
        let passed_over = name.starts_with(MARK) || name.starts_with("on");
        // Of attributes in namespaces several may share a name, of which a parser takes the first.
        let is_known = element.name.ns != ns!(html)
            && attributes.iter().any(|known| &*known.name.local == name);
        if is_plain && is_passed(name) && !(passed_over || runs || deceives || is_known) {
            attributes.push(tokens::attribute(name, beginning(value)));
        }
    }
}

/// The number in the name of an attribute, if it is one.
pub(super) fn number(name: &str) -> Option<usize> {
    usize::from_str_radix(name.strip_prefix(MARK)?, 36).ok()
}

/// The name of the attribute that bears a number, to the base of 36: names of up to seven bytes are kept within the
/// node itself, in no table that all threads share.
fn numbered(number: usize) -> String {
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
    digits.push(MARK);
    digits.iter().rev().collect()
}

/// The name by which an element is passed on: those that the library or its parser treats in a way of
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

/// The beginning of a value, which shares its bytes.
fn beginning(value: &StrTendril) -> StrTendril {
    let mut end = value.len32().min(LONGEST_VALUE);
    loop {
        match value.try_subtendril(0, end) {
            Ok(beginning) => return beginning,
            // In the midst of a character.
            Err(_) if end > 0 => end -= 1,
            Err(_) => return StrTendril::new(),
        }
    }
}
