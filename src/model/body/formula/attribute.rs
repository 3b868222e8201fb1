//! The attributes that parts of formulas may have, and the values that these may have (MathML 3).

use super::element::MathElement as E;

macro_rules! attributes {
    ($($variant:ident $name:literal,)*) => {
        /// An attribute of an element of a formula, by its name in MathML.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum MathAttribute {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl MathAttribute {
            /// The attribute of this name.
            pub fn of(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(MathAttribute::$variant),)*
                    _ => None,
                }
            }

            /// Its name in MathML.
            pub fn name(self) -> &'static str {
                match self {
                    $(MathAttribute::$variant => $name,)*
                }
            }
        }
    };
}

attributes! {
    Accent "accent",
    AccentUnder "accentunder",
    ColumnAlign "columnalign",
    ColumnLines "columnlines",
    ColumnSpacing "columnspacing",
    ColumnSpan "columnspan",
    Depth "depth",
    Direction "dir",
    DisplayStyle "displaystyle",
    Fence "fence",
    Form "form",
    Frame "frame",
    Height "height",
    LargeOperator "largeop",
    LeftSpace "lspace",
    LineThickness "linethickness",
    MathVariant "mathvariant",
    MaximumSize "maxsize",
    MinimumSize "minsize",
    MovableLimits "movablelimits",
    Notation "notation",
    RightSpace "rspace",
    RowLines "rowlines",
    RowSpacing "rowspacing",
    RowSpan "rowspan",
    ScriptLevel "scriptlevel",
    Separator "separator",
    Stretchy "stretchy",
    Symmetric "symmetric",
    VerticalOffset "voffset",
    Width "width",
}

const VARIANTS: &[&str] = &[
    "normal",
    "bold",
    "italic",
    "bold-italic",
    "double-struck",
    "bold-fraktur",
    "script",
    "bold-script",
    "fraktur",
    "sans-serif",
    "bold-sans-serif",
    "sans-serif-italic",
    "sans-serif-bold-italic",
    "monospace",
];

const NOTATIONS: &[&str] = &[
    "longdiv",
    "actuarial",
    "radical",
    "box",
    "roundedbox",
    "circle",
    "left",
    "right",
    "top",
    "bottom",
    "updiagonalstrike",
    "downdiagonalstrike",
    "verticalstrike",
    "horizontalstrike",
    "madruwb",
];

impl MathAttribute {
    /// Whether an element may have this attribute with this value, in small letters.
    pub(super) fn allows(self, element: E, value: &str) -> bool {
        use MathAttribute as A;
        let is_token = matches!(
            element,
            E::Identifier | E::Number | E::Operator | E::Text | E::StringLiteral
        );
        let flag = || matches!(value, "true" | "false");
        match (self, element) {
            (A::MathVariant, _) => (is_token || element == E::Style) && VARIANTS.contains(&value),
            (A::Direction, _) => {
                (is_token || matches!(element, E::Row | E::Style)) && matches!(value, "ltr" | "rtl")
            }
            (A::Fence | A::Separator | A::Stretchy | A::Symmetric, E::Operator) => flag(),
            (A::LargeOperator | A::MovableLimits, E::Operator) => flag(),
            (A::Form, E::Operator) => matches!(value, "prefix" | "infix" | "postfix"),
            (A::LeftSpace | A::RightSpace | A::MinimumSize, E::Operator) => is_length(value),
            (A::MaximumSize, E::Operator) => value == "infinity" || is_length(value),
            (A::Accent, E::Over | E::UnderOver) => flag(),
            (A::AccentUnder, E::Under | E::UnderOver) => flag(),
            (A::LineThickness, E::Fraction) => is_length(value),
            (A::DisplayStyle, E::Style | E::Table) => flag(),
            (A::ScriptLevel, E::Style) => is_level(value),
            (A::Width | A::Height | A::Depth, E::Space | E::Padded) => is_length(value),
            (A::LeftSpace | A::VerticalOffset, E::Padded) => is_length(value),
            (A::Notation, E::Enclosed) => each(value, |word| NOTATIONS.contains(&word)),
            (A::ColumnAlign, E::Table) => each(value, is_side),
            (A::ColumnAlign, E::TableCell) => is_side(value),
            (A::ColumnLines | A::RowLines, E::Table) => each(value, is_stroke),
            (A::Frame, E::Table) => is_stroke(value),
            (A::ColumnSpacing | A::RowSpacing, E::Table) => each(value, is_length),
            (A::ColumnSpan | A::RowSpan, E::TableCell) => is_count(value),
            _ => false,
        }
    }
}

/// Whether a list is short, and each of its words is allowed.
fn each(list: &str, allowed: impl Fn(&str) -> bool) -> bool {
    let words = || list.split_ascii_whitespace();
    words().next().is_some() && words().count() <= 100 && words().all(allowed)
}

fn is_side(value: &str) -> bool {
    matches!(value, "left" | "center" | "right")
}

fn is_stroke(value: &str) -> bool {
    matches!(value, "none" | "solid" | "dashed")
}

fn is_count(value: &str) -> bool {
    value
        .parse::<u16>()
        .is_ok_and(|count| (1..=1000).contains(&count))
}

fn is_level(value: &str) -> bool {
    let digits = value.trim_start_matches(['+', '-']);
    value.len() - digits.len() <= 1 && digits.parse::<u8>().is_ok_and(|level| level <= 9)
}

/// A number with a unit, or none where it is zero.
fn is_length(value: &str) -> bool {
    const UNITS: [&str; 9] = ["em", "ex", "px", "pt", "pc", "cm", "mm", "in", "%"];
    let unit = UNITS.iter().find(|unit| value.ends_with(**unit));
    let number = unit.map_or(value, |unit| value.trim_end_matches(unit));
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let complete = !part.is_empty() && !digits.is_empty();
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    plain(whole) && plain(part) && complete && (unit.is_some() || zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_a_number_and_a_unit() {
        for length in ["0", "0.0", "-1.5em", "12px", ".5ex", "100%"] {
            assert!(is_length(length), "{length}");
        }
        for other in [
            "", "em", "1", "1.", "-", "1e9em", "+1em", "1em;x", "url(x)", "1.2.3em",
        ] {
            assert!(!is_length(other), "{other}");
        }
    }
}
