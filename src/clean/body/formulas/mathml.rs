//! From the page's MathML to the model's.

use super::pieces::limits;
use crate::clean::body::parse::parse;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of, visible_text};
use crate::model::{MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathElement, Shape};
use html5ever::ns;

/// Elements of HTML that may stand in a token, and change nothing but looks.
const LOOKS: [&str; 10] = [
    "span", "b", "i", "em", "strong", "font", "small", "big", "br", "wbr",
];

/// The parts of a `math` element, unless it holds what no formula does: another part of a page, Content
/// MathML, or more than the model takes.
pub(super) fn parts(math: NodeRef<'_>) -> Option<Vec<Math>> {
    let mut parts = Vec::new();
    Reading {
        left: MAXIMUM_FORMULA_PARTS,
    }
    .children(math, MAXIMUM_FORMULA_DEPTH, &mut parts)?;
    Some(parts)
}

/// The parts of the first formula in markup.
pub(super) fn parsed(markup: &str) -> Option<Vec<Math>> {
    let parsed = parse(markup);
    let mut nodes = parsed.html.tree.root().descendants();
    let math = nodes.find(super::is_math)?;
    parts(math)
}

/// The characters in a token; HTML's line break is white space.
fn characters(token: NodeRef<'_>) -> String {
    let pieces = token
        .descendants()
        .map(|node| match node.value().as_text() {
            Some(text) => text as &str,
            None if element_of(&node).is_some_and(|element| element.name() == "br") => " ",
            None => "",
        });
    pieces.collect()
}

/// Whether an element shows no characters.
pub(super) fn is_empty(math: NodeRef<'_>) -> bool {
    visible_text(math).trim().is_empty()
}

struct Reading {
    /// How many more parts are taken.
    left: usize,
}

impl Reading {
    /// Adds what stands in an element, side by side.
    fn children(&mut self, node: NodeRef<'_>, depth: usize, parts: &mut Vec<Math>) -> Option<()> {
        for child in node.children() {
            self.left = self.left.checked_sub(1)?;
            if let Some(text) = child.value().as_text() {
                if !text.trim().is_empty() {
                    parts.push(Math::token(MathElement::Text, text));
                }
            } else if let Some(element) = element_of(&child) {
                self.element(element, child, depth.checked_sub(1)?, parts)?;
            }
        }
        Some(())
    }

    fn element(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
        depth: usize,
        parts: &mut Vec<Math>,
    ) -> Option<()> {
        if element.name.ns != ns!(mathml) {
            return None;
        }
        match element.name() {
            "annotation" | "annotation-xml" | "maligngroup" | "malignmark" => {}
            "semantics" | "maction" => {
                let first = node.children().find(|child| element_of(child).is_some())?;
                let other_children = node
                    .children()
                    .filter_map(|child| element_of(&child))
                    .skip(1);
                let shows_one = other_children.into_iter().all(|other| {
                    element.name() == "maction" || other.name().starts_with("annotation")
                });
                if !shows_one {
                    return None;
                }
                self.element(element_of(&first)?, first, depth.checked_sub(1)?, parts)?;
            }
            "mfenced" => self.fenced(element, node, depth, parts)?,
            "math" => self.children(node, depth, parts)?,
            "none" => parts.push(Math::row(Vec::new())),
            "mlabeledtr" => self.labelled_row(node, depth, parts)?,
            name => {
                let kind = MathElement::named(name)?;
                self.known(kind, element, node, depth, parts)?;
            }
        }
        Some(())
    }

    fn known(
        &mut self,
        kind: MathElement,
        element: &Element,
        node: NodeRef<'_>,
        depth: usize,
        parts: &mut Vec<Math>,
    ) -> Option<()> {
        let math = match kind.shape() {
            Shape::Token => {
                let plain = node.descendants().skip(1).all(|inside| {
                    element_of(&inside).is_none_or(|inner| LOOKS.contains(&inner.name()))
                });
                let text = plain.then(|| characters(node))?;
                // A token without characters is one only where a place has to be filled.
                Math::token(kind, &text)
            }
            Shape::Parts(_) | Shape::Places | Shape::Rows | Shape::Cells => {
                Math::of(kind, self.slots(node, depth)?)
            }
            Shape::Row | Shape::Empty => {
                let mut inside = Vec::new();
                self.children(node, depth, &mut inside)?;
                Math::of(kind, inside)
            }
        };
        if element.name() == "menclose" && attribute(element, "notation") == Some("top") {
            // Browsers, which know the core of MathML only, draw no lines around.
            let line = Math::token(MathElement::Operator, "‾");
            parts.push(limits(
                Math::row(math.children().to_vec()),
                None,
                Some(line),
            ));
            return Some(());
        }
        let names = element.attrs.iter();
        let math = names.fold(math, |math, (name, value)| math.with(&name.local, value));
        parts.push(math);
        Some(())
    }

    /// Each child as one part.
    fn slots(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Vec<Math>> {
        let mut slots = Vec::new();
        for child in node.children() {
            let mut inside = Vec::new();
            self.left = self.left.checked_sub(1)?;
            if let Some(text) = child.value().as_text() {
                if text.trim().is_empty() {
                    continue;
                }
                inside.push(Math::token(MathElement::Text, text));
            } else if let Some(element) = element_of(&child) {
                self.element(element, child, depth.checked_sub(1)?, &mut inside)?;
                if inside.is_empty() && matches!(element.name(), "malignmark" | "maligngroup") {
                    continue;
                }
            } else {
                continue;
            }
            slots.push(Math::row(inside));
        }
        Some(slots)
    }

    /// A row whose first cell is the formula's number: that comes last.
    fn labelled_row(
        &mut self,
        node: NodeRef<'_>,
        depth: usize,
        parts: &mut Vec<Math>,
    ) -> Option<()> {
        let mut cells = self.slots(node, depth)?;
        if !cells.is_empty() {
            let label = cells.remove(0);
            cells.push(label);
        }
        parts.push(Math::of(MathElement::TableRow, cells));
        Some(())
    }

    /// Brackets and separators that an element's attributes name (MathML 3, section 3.3.8).
    fn fenced(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
        depth: usize,
        parts: &mut Vec<Math>,
    ) -> Option<()> {
        let sign = |name: &str, usual: &'static str| {
            let text = attribute(element, name).unwrap_or(usual);
            Math::token(MathElement::Operator, text)
        };
        let separators = attribute(element, "separators").unwrap_or(",");
        let separators: Vec<char> = separators.chars().filter(|c| !c.is_whitespace()).collect();
        let mut row = vec![sign("open", "(")];
        for (number, slot) in self.slots(node, depth)?.into_iter().enumerate() {
            let separator = number
                .checked_sub(1)
                .and_then(|last| separators.get(last).or(separators.last()));
            if let Some(separator) = separator {
                row.push(Math::token(MathElement::Operator, &separator.to_string()));
            }
            row.push(slot);
        }
        row.push(sign("close", ")"));
        row.retain(|part| !part.children().is_empty() || !part.text().is_empty());
        parts.push(Math::row(row));
        Some(())
    }
}
