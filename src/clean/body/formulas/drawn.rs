//! Formulas of which only the drawing is there: `MathJax` 3 notes at each part of a drawing what it is,
//! and which character.

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
        parts.extend(side_by_side(node, depth)?);
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
            // What stands above is drawn first.
            if inside.len() == 3 {
                inside.swap(1, 2);
            }
            Math::of(element, inside)
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
        text.extend(code.and_then(char::from_u32).map(upright));
    }
    text
}

/// The letter that a slanted letter for formulas is: names are slanted anyway.
fn upright(c: char) -> char {
    const SLANTED: u32 = 0x1D434;
    let letter = |offset: u32, first: u8| char::from_u32(u32::from(first) + offset).unwrap_or(c);
    match u32::from(c).checked_sub(SLANTED) {
        Some(offset @ 0..26) => letter(offset, b'A'),
        Some(offset @ 26..52) => letter(offset - 26, b'a'),
        _ if c == 'ℎ' => 'h',
        _ => c,
    }
}
