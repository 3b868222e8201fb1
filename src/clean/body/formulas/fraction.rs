//! Fractions that wikis set with styles: the stroke is drawn, and the sign between the numbers is there for
//! those who hear the page only.

use super::pieces::{token, with_numbers};
use crate::clean::body::parse::tree::{NodeRef, classes, element_of, visible_text};
use crate::model::{Math, MathElement};

/// The parts of a fraction, after the whole number that may stand before it. Nothing where one holds more
/// than words.
pub(super) fn parts(node: NodeRef<'_>) -> Option<Vec<Math>> {
    let part = |class: &str| {
        let found = node.descendants().find(|inside| {
            element_of(inside).is_some_and(|element| classes(element).any(|it| it == class))
        })?;
        let is_plain = found.descendants().skip(1).all(|inside| {
            element_of(&inside).is_none_or(|element| matches!(element.name(), "span" | "i" | "b"))
        });
        let text = visible_text(found);
        let text = text.trim();
        (is_plain && !text.is_empty()).then(|| token(text))
    };
    let fraction = Math::of(MathElement::Fraction, vec![part("num")?, part("den")?]);
    let texts = node.children().filter_map(|child| child.value().as_text());
    let whole: String = texts
        .flat_map(|text| text.chars())
        .filter(|c| !c.is_whitespace() && *c != '\u{2060}')
        .collect();
    let mut parts = Vec::new();
    if !whole.is_empty() {
        parts.push(token(&whole));
    }
    parts.push(fraction);
    Some(with_numbers(parts))
}
