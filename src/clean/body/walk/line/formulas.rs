//! Formulas in MathML: scripts stay scripts, and what is set in two dimensions becomes a line.

use crate::clean::body::parse::tree::{Element, NodeRef, element_of};
use crate::clean::body::walk::line::Format;
use html5ever::ns;

/// How a part of a formula is set beside the part that it belongs to (MathML 3, section 3.4).
pub(in crate::clean::body) fn format(node: NodeRef<'_>) -> Format {
    let Some((name, position)) = part_of(node) else {
        return Format::Plain;
    };
    match (name, position) {
        ("msub" | "munder" | "msubsup" | "munderover", 1) => Format::Subscript,
        ("msup" | "mover", 1) | ("msubsup" | "munderover", 2) => Format::Superscript,
        _ => Format::Plain,
    }
}

/// What is read before a part of a formula: the line of a fraction, the sign of a root.
pub(in crate::clean::body) fn sign_before(
    element: &Element,
    node: NodeRef<'_>,
) -> Option<&'static str> {
    if part_of(node) == Some(("mfrac", 1)) {
        return Some("\u{2044}");
    }
    matches!(element.name(), "msqrt" | "mroot").then_some("√")
}

/// Whether a line of text does not tell what the formula tells.
pub(in crate::clean::body) fn is_flattened(element: &Element) -> bool {
    element.name.ns == ns!(mathml)
        && matches!(
            element.name(),
            "mfrac" | "msqrt" | "mroot" | "mtable" | "mmultiscripts"
        )
}

/// The formula's element that a node is a part of, and its place among the parts.
fn part_of(node: NodeRef<'_>) -> Option<(&str, usize)> {
    let parent = node.parent()?;
    let element = parent.value().as_element()?;
    if element.name.ns != ns!(mathml) {
        return None;
    }
    let before = node.prev_siblings();
    // None has more than three: with a bound, many siblings cost no more than a few.
    let elements = before.filter(|node| element_of(node).is_some());
    Some((element.name(), elements.take(3).count()))
}
