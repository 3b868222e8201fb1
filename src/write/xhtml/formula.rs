//! Formulas: as MathML, or as a line that means the same.

use super::{Serialiser, escape_text};
use crate::model::{Formula, Math, MathElement};

/// The namespace of MathML.
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

impl Serialiser<'_> {
    /// A formula on a line of its own.
    pub(super) fn formula_alone(&mut self, formula: &Formula) {
        if self.references.shows_formulas() {
            self.out.push_str("<div");
            self.id_attribute();
            if self.style.classes {
                // One that is wider than the page scrolls, which has to be possible with keys (WCAG 2.1.1).
                self.out.push_str(" class=\"formula\" tabindex=\"0\"");
            }
            self.out.push('>');
            self.math(formula, true);
            self.out.push_str("</div>\n");
        } else {
            self.out.push_str("<p");
            self.id_attribute();
            self.out.push('>');
            escape_text(&formula.linear(), &mut self.out);
            self.out.push_str("</p>\n");
        }
    }

    /// A formula in a line.
    pub(super) fn formula(&mut self, formula: &Formula) {
        if self.references.shows_formulas() {
            self.math(formula, false);
        } else {
            escape_text(&formula.linear(), &mut self.out);
        }
    }

    fn math(&mut self, formula: &Formula, alone: bool) {
        self.out.push_str("<math");
        self.attribute("xmlns", MATHML);
        self.attribute("alttext", &formula.alternative());
        if alone {
            self.attribute("display", "block");
        }
        self.out.push('>');
        match formula.content() {
            row if row.element() == MathElement::Row && row.attributes().is_empty() => {
                row.children().iter().for_each(|part| self.part(part));
            }
            part => self.part(part),
        }
        self.out.push_str("</math>");
    }

    /// Recursion is bounded by [`crate::model::MAXIMUM_FORMULA_DEPTH`].
    fn part(&mut self, part: &Math) {
        let name = part.element().name();
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in part.attributes() {
            self.attribute(attribute.name(), value);
        }
        self.out.push('>');
        escape_text(part.text(), &mut self.out);
        part.children().iter().for_each(|child| self.part(child));
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}
