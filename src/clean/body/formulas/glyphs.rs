//! Formulas as `MathJax` 2 draws them, where neither MathML nor TeX is there: each character is a reference to
//! an outline, whose name ends with the character's number; scripts are drawn smaller, and higher or lower.

use super::pieces::{meant, scripts, token, upright, with_numbers};
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of};
use crate::model::{MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathElement};

/// The parts of the formula that is drawn in an element. Nothing where the drawing does not say which
/// characters it shows.
pub(super) fn parts(node: NodeRef<'_>) -> Option<Vec<Math>> {
    let mut nodes = node.descendants().take(MAXIMUM_FORMULA_PARTS);
    let drawing = nodes.find(|inside| element_of(inside).is_some_and(|it| it.name() == "svg"))?;
    let mut reading = Reading {
        left: MAXIMUM_FORMULA_PARTS,
    };
    let parts = reading.group(drawing, MAXIMUM_FORMULA_DEPTH)?;
    (!parts.is_empty()).then_some(parts)
}

/// A part of the drawing.
type Part<'tree> = (NodeRef<'tree>, &'tree Element);

struct Reading {
    /// How many more parts are looked at.
    left: usize,
}

impl Reading {
    /// What is drawn in a group, side by side.
    fn group(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Vec<Math>> {
        let depth = depth.checked_sub(1)?;
        let kids = children(node);
        self.left = self.left.checked_sub(kids.len())?;
        match kids.as_slice() {
            [(_, line), above, below] if line.name() == "rect" => {
                let mut parts = [above, below];
                if height(parts[0].1) < height(parts[1].1) {
                    parts.swap(0, 1);
                }
                let parts = parts.map(|part| self.one(*part, depth));
                let [Some(above), Some(below)] = parts else {
                    return None;
                };
                Some(vec![Math::of(MathElement::Fraction, vec![above, below])])
            }
            [sign, (_, line), under @ ..]
                if line.name() == "rect" && character(sign.1) == Some('√') =>
            {
                let under = self.row(under, depth)?;
                Some(vec![Math::of(MathElement::SquareRoot, under)])
            }
            kids => self.row(kids, depth),
        }
    }

    fn row(&mut self, kids: &[Part<'_>], depth: usize) -> Option<Vec<Math>> {
        let mut parts: Vec<Math> = Vec::new();
        let mut at_last = At::default();
        for kid in kids {
            if kid.1.name() == "rect" {
                continue;
            }
            let math = self.one(*kid, depth)?;
            let is_script = transform(kid.1).contains("scale(0.") && !parts.is_empty();
            if !is_script {
                at_last.settle(&mut parts);
                parts.push(math);
            } else if height(kid.1) > 0.0 {
                at_last.above = Some(math);
            } else {
                at_last.below = Some(math);
            }
        }
        at_last.settle(&mut parts);
        Some(with_numbers(parts))
    }

    fn one(&mut self, (node, element): Part<'_>, depth: usize) -> Option<Math> {
        match element.name() {
            "use" => glyph(element),
            "text" => {
                let texts = node.descendants().filter_map(|it| it.value().as_text());
                let text: String = texts.map(|text| text.trim()).collect();
                Some(token(&text))
            }
            "g" => Some(match brackets(node) {
                Some(bracket) => token(&bracket),
                None => Math::row(self.group(node, depth)?),
            }),
            _ => None,
        }
    }
}

/// What stands at the last part, above and below.
#[derive(Default)]
struct At {
    below: Option<Math>,
    above: Option<Math>,
}

impl At {
    fn settle(&mut self, parts: &mut Vec<Math>) {
        let (below, above) = (self.below.take(), self.above.take());
        if let Some(base) = parts.pop() {
            parts.push(scripts(base, below, above));
        }
    }
}

fn children(node: NodeRef<'_>) -> Vec<Part<'_>> {
    let kids = node.children().take(MAXIMUM_FORMULA_PARTS);
    let kids = kids.filter_map(|child| Some((child, element_of(&child)?)));
    kids.filter(|(_, element)| !matches!(element.name(), "defs" | "title" | "desc"))
        .collect()
}

fn transform(element: &Element) -> &str {
    attribute(element, "transform").unwrap_or_default()
}

/// How far up a part is set. The drawing is turned upside down, so that more is higher.
fn height(element: &Element) -> f64 {
    let own = attribute(element, "y").and_then(|y| y.trim().parse().ok());
    let moved = || {
        let (_, values) = transform(element).split_once("translate(")?;
        let (_, height) = values.split_once(')')?.0.split_once([',', ' '])?;
        height.trim().parse().ok()
    };
    own.or_else(moved).unwrap_or_default()
}

fn character(element: &Element) -> Option<char> {
    if element.name() != "use" {
        return None;
    }
    let name = attribute(element, "href").or_else(|| attribute(element, "xlink:href"))?;
    let (_, code) = name.rsplit_once('-')?;
    char::from_u32(u32::from_str_radix(code, 16).ok()?).map(upright)
}

fn glyph(element: &Element) -> Option<Math> {
    let math = token(&character(element)?.to_string());
    let name = attribute(element, "href").or_else(|| attribute(element, "xlink:href"));
    let is_struck = name.is_some_and(|name| name.contains("MJAMS"))
        && math.text().chars().all(|c| c.is_ascii_uppercase());
    Some(if is_struck {
        math.with("mathvariant", "double-struck")
    } else {
        math
    })
}

/// The bracket that a group is drawn of, piece by piece.
fn brackets(node: NodeRef<'_>) -> Option<String> {
    let is_piece = |c: &char| matches!(c, '⎛'..='⎭');
    let mut pieces = String::new();
    for (_, element) in children(node) {
        pieces.push(character(element).filter(is_piece)?);
    }
    (!pieces.is_empty()).then(|| meant(&pieces))
}
