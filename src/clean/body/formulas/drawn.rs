//! Formulas of which only the drawing is there: `MathJax` 3 notes at each part of a drawing what it is,
//! and which character.

use super::pieces::meant;
use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};
use crate::model::{MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathElement, Shape};

/// The parts of a formula that was drawn. Nothing where the drawing does not say what it shows.
pub(super) fn parts(node: NodeRef<'_>) -> Option<Vec<Math>> {
    let math = node
        .descendants()
        .take(MAXIMUM_FORMULA_PARTS)
        .find(|inside| kind(inside) == Some("math"))?;
    side_by_side(math, MAXIMUM_FORMULA_DEPTH)
}

fn kind<'tree>(node: &NodeRef<'tree>) -> Option<&'tree str> {
    attribute(element_of(node)?, "data-mml-node")
}

/// The nearest parts below a node that say what they are.
fn marked<'tree>(
    node: NodeRef<'tree>,
    depth: usize,
    found: &mut Vec<NodeRef<'tree>>,
) -> Option<()> {
    for child in node.children() {
        if kind(&child).is_some() {
            found.push(child);
        } else {
            marked(child, depth.checked_sub(1)?, found)?;
        }
    }
    Some(())
}

fn side_by_side(node: NodeRef<'_>, depth: usize) -> Option<Vec<Math>> {
    let depth = depth.checked_sub(1)?;
    let mut inside = Vec::new();
    marked(node, depth, &mut inside)?;
    let mut parts = Vec::new();
    for child in inside {
        part(child, depth, &mut parts)?;
    }
    Some(parts)
}

fn part(node: NodeRef<'_>, depth: usize, parts: &mut Vec<Math>) -> Option<()> {
    let name = kind(&node)?;
    let Some(element) = MathElement::named(name) else {
        parts.push(Math::row(side_by_side(node, depth)?));
        return Some(());
    };
    let math = match element {
        _ if element.shape() == Shape::Token => Math::token(element, &characters(node)),
        MathElement::SquareRoot | MathElement::Root => {
            let mut inside = side_by_side(node, depth)?;
            inside.retain(|part| part.text().as_str() != "√");
            Math::of(element, inside)
        }
        MathElement::SubSuperscript | MathElement::UnderOver => {
            let mut inside = side_by_side(node, depth)?;
            if inside.len() == 3 && is_above_first(node, depth)? {
                inside.swap(1, 2);
            }
            Math::of(element, inside)
        }
        MathElement::Fraction if !has_line(node) => {
            Math::of(element, side_by_side(node, depth)?).with("linethickness", "0")
        }
        _ => Math::of(element, side_by_side(node, depth)?),
    };
    parts.push(math);
    Some(())
}

/// The characters that a token is drawn of.
fn characters(node: NodeRef<'_>) -> String {
    let mut text = String::new();
    for inside in node.descendants() {
        if let Some(characters) = inside.value().as_text() {
            text.push_str(characters.trim());
        }
        let code = element_of(&inside).and_then(|element| attribute(element, "data-c"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        text.extend(code.and_then(char::from_u32));
    }
    meant(&text)
}

/// Whether of what stands at a base the upper one is drawn first, as it is where no height is told.
fn is_above_first(node: NodeRef<'_>, depth: usize) -> Option<bool> {
    let mut inside = Vec::new();
    marked(node, depth, &mut inside)?;
    let heights: Vec<f64> = inside.iter().skip(1).filter_map(height).collect();
    Some(!matches!(heights.as_slice(), [one, other] if one < other))
}

/// How far up an element is moved.
fn height(node: &NodeRef<'_>) -> Option<f64> {
    let moved = attribute(element_of(node)?, "transform")?;
    let (_, values) = moved.split_once("translate(")?;
    let (_, height) = values.split_once(')')?.0.split_once([',', ' '])?;
    height.trim().parse().ok()
}

/// Whether the line of a fraction is drawn.
fn has_line(fraction: NodeRef<'_>) -> bool {
    let is_line = |child: &NodeRef<'_>| element_of(child).is_some_and(|it| it.name() == "rect");
    fraction.children().any(|child| is_line(&child))
}
