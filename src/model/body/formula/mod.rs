//! Formulas: presentation MathML as a typed tree, and the line of characters that means the same.
//!
//! The tree holds the elements and attributes of MathML Core and those of MathML 3 that books allow,
//! each only where it may stand, so that what is written of it runs nothing and is valid.

mod attribute;
mod element;
mod linear;

use crate::model::CleanText;
pub use attribute::MathAttribute;
pub use element::{MathElement, Shape};

/// How deep a formula may nest.
pub const MAXIMUM_FORMULA_DEPTH: usize = 64;

/// How many parts a formula may have.
pub const MAXIMUM_FORMULA_PARTS: usize = 20_000;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    content: Math,
    text: Option<CleanText>,
}

/// A formula that is no formula: it shows nothing, or it nests deeper than
/// [`MAXIMUM_FORMULA_DEPTH`], or it has more than [`MAXIMUM_FORMULA_PARTS`] parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the formula is empty, or larger than is allowed")]
pub struct InvalidFormula;

impl Formula {
    /// A formula of these parts, side by side, and what the page itself says that it is: most often
    /// the TeX that it was made of.
    ///
    /// # Errors
    /// [`InvalidFormula`], where nothing could be shown, or a writer's recursion would not be bounded.
    pub fn new(parts: Vec<Math>, text: Option<&str>) -> Result<Self, InvalidFormula> {
        let content = Math::row(parts);
        let mut left = MAXIMUM_FORMULA_PARTS;
        if !content.is_within(MAXIMUM_FORMULA_DEPTH, &mut left) || !content.shows_something() {
            return Err(InvalidFormula);
        }
        let mut formula = Formula {
            content,
            text: None,
        };
        let text = CleanText::line(text.unwrap_or_default());
        if !text.is_empty() && text != CleanText::line(&formula.linear()) {
            formula.text = Some(text);
        }
        Ok(formula)
    }

    /// What is set, as one element.
    pub fn content(&self) -> &Math {
        &self.content
    }

    /// What the page itself says that the formula is, as TeX or in words, where that is more than
    /// [`Formula::linear`] says.
    pub fn text(&self) -> Option<&CleanText> {
        self.text.as_ref()
    }

    /// One line of characters that means the same: `(p + √(q + 1))/(3u)`. It is made at every call.
    pub fn linear(&self) -> String {
        linear::line(&self.content)
    }

    /// What stands for the formula where it can't be shown.
    pub fn alternative(&self) -> String {
        match &self.text {
            Some(text) => text.as_str().to_owned(),
            None => self.linear(),
        }
    }
}

/// An element of a formula with what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Math {
    element: MathElement,
    attributes: Vec<(MathAttribute, String)>,
    text: CleanText,
    children: Vec<Math>,
}

impl Math {
    /// Characters of one kind; an element that holds none gives an empty row.
    pub fn token(element: MathElement, text: &str) -> Self {
        let words: Vec<&str> = text.split(is_math_space).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let text = CleanText::new(words.join(" "));
        if element.shape() != Shape::Token || text.is_empty() {
            return Math::group(MathElement::Row, Vec::new());
        }
        Math {
            text,
            ..Math::group(element, Vec::new())
        }
    }

    /// Parts side by side; a single one needs no row.
    pub fn row(parts: Vec<Math>) -> Self {
        let mut parts = side_by_side(parts);
        match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                parts.extend(last);
                Math::group(MathElement::Row, parts)
            }
        }
    }

    /// An element with its parts. Where it takes a certain number of them, those that are missing are
    /// empty, and where there are too many, or it takes none, the parts stand side by side.
    pub fn of(element: MathElement, mut parts: Vec<Math>) -> Self {
        match element.shape() {
            Shape::Parts(count) if parts.len() <= count => {
                parts = each_alone(parts);
                parts.resize_with(count, || Math::row(Vec::new()));
            }
            Shape::Places => parts = each_alone(parts),
            Shape::Parts(_) | Shape::Token => return Math::row(parts),
            Shape::Empty => parts.clear(),
            Shape::Row => parts = side_by_side(parts),
            Shape::Rows => parts = within(parts, MathElement::TableRow),
            Shape::Cells => parts = within(parts, MathElement::TableCell),
        }
        if element == MathElement::Row {
            return Math::row(parts);
        }
        Math::group(element, parts)
    }

    fn group(element: MathElement, children: Vec<Math>) -> Self {
        Math {
            element,
            attributes: Vec::new(),
            text: CleanText::default(),
            children,
        }
    }

    /// The same with an attribute, if the element has it and may have this value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let value = value.trim().to_ascii_lowercase();
        if let Some(attribute) = MathAttribute::of(name)
            && attribute.allows(self.element, &value)
            && self.attribute(attribute).is_none()
        {
            self.attributes.push((attribute, value));
            self.attributes.sort();
        }
        self
    }

    /// Which element it is.
    pub fn element(&self) -> MathElement {
        self.element
    }

    /// The attributes with their values, in a settled order.
    pub fn attributes(&self) -> &[(MathAttribute, String)] {
        &self.attributes
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: MathAttribute) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The characters of a token.
    pub fn text(&self) -> &CleanText {
        &self.text
    }

    /// What is inside.
    pub fn children(&self) -> &[Math] {
        &self.children
    }

    fn is_within(&self, depth: usize, left: &mut usize) -> bool {
        if depth == 0 || *left == 0 {
            return false;
        }
        *left -= 1;
        let mut children = self.children.iter();
        children.all(|child| child.is_within(depth - 1, left))
    }

    fn shows_something(&self) -> bool {
        let phantom = self.element == MathElement::Phantom;
        !phantom && (!self.text.is_blank() || self.children.iter().any(Math::shows_something))
    }
}

/// Parts without the rows and styles around some of them that change nothing.
fn side_by_side(parts: Vec<Math>) -> Vec<Math> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        let groups = matches!(part.element, MathElement::Row | MathElement::Style);
        if groups && part.attributes.is_empty() {
            flat.extend(part.children);
        } else {
            flat.push(part);
        }
    }
    flat
}

/// Each part without a row or style around it that changes nothing.
fn each_alone(parts: Vec<Math>) -> Vec<Math> {
    let parts = parts.into_iter();
    parts.map(|part| Math::row(vec![part])).collect()
}

/// White space as MathML has it (MathML 3, section 2.1.7); a no-break space is a character.
fn is_math_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Parts of a table or a row of one, each in an element of this kind.
fn within(parts: Vec<Math>, element: MathElement) -> Vec<Math> {
    let parts = parts.into_iter();
    let wrapped = parts.map(|part| match part.element == element {
        true => part,
        false if element == MathElement::TableRow => {
            Math::group(element, within(vec![part], MathElement::TableCell))
        }
        false => Math::group(element, side_by_side(vec![part])),
    });
    wrapped.collect()
}
