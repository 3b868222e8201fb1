//! How large a drawing is shown, as far as the page tells.

use crate::clean::body::parse::tree::{Element, attribute, has_style};

/// Pixels to an `em` and to an `ex`, where nothing else is said.
const EM: f32 = 16.0;
const EX: f32 = 8.0;

/// The longer side of a sign, in pixels, at most.
const SIGN: f32 = 64.0;

/// The height of what belongs into a line, in pixels, at most.
const LINE: f32 = 48.0;

/// How large a drawing is shown, in pixels.
#[derive(Debug)]
pub(super) struct Measures {
    width: Option<f32>,
    height: Option<f32>,
    /// Whether the size is that of letters, or of points, as programs set formulas.
    in_text: bool,
    /// Whether it is what the drawing says of its own paper only.
    guessed: bool,
}

impl Measures {
    pub fn of(element: &Element) -> Self {
        let width = length_of(element, "width");
        let height = length_of(element, "height");
        let in_text = [width, height].into_iter().flatten().any(|(_, set)| set);
        let paper = paper(element);
        let pixels = |length: Option<(f32, bool)>| length.map(|(pixels, _)| pixels);
        let (width, height) = (pixels(width), pixels(height));
        let (width, height, guessed) = match (width, height, paper) {
            (None, None, Some((width, height))) => (Some(width), Some(height), true),
            (Some(width), None, Some((of, to))) if of > 0.0 => {
                (Some(width), Some(width * to / of), false)
            }
            (None, Some(height), Some((to, of))) if of > 0.0 => {
                (Some(height * to / of), Some(height), false)
            }
            _ => (width, height, false),
        };
        Measures {
            width,
            height,
            in_text,
            guessed,
        }
    }

    /// Nothing tells its size.
    pub fn is_unknown(&self) -> bool {
        self.guessed || (self.width.is_none() && self.height.is_none())
    }

    /// As large as a picture.
    pub fn is_large(&self) -> bool {
        let mut sides = [self.width, self.height].into_iter().flatten();
        !self.guessed && sides.any(|side| side > SIGN)
    }

    /// As small as a sign, and about as high as wide.
    pub fn is_sign(&self) -> bool {
        let (Some(width), Some(height)) = (self.width, self.height) else {
            let side = self.width.or(self.height);
            return side.is_some_and(|side| side <= SIGN);
        };
        let is_square = width <= 2.0 * height && height <= 2.0 * width;
        width.max(height) <= SIGN && is_square
    }

    /// Low enough for a line of text.
    pub fn is_small(&self) -> bool {
        !self.guessed && self.height.is_some_and(|height| height <= LINE)
    }

    /// Measured by letters or points, as formulas are.
    pub fn is_set_in_text(&self) -> bool {
        self.in_text
    }
}

/// A length in pixels, from an attribute or the style, and whether it is in units of letters.
fn length_of(element: &Element, name: &str) -> Option<(f32, bool)> {
    let style = attribute(element, "style").unwrap_or_default();
    let styled = style.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let is_named = property.trim().eq_ignore_ascii_case(name);
        is_named.then(|| pixels(value)).flatten()
    });
    styled.or_else(|| pixels(attribute(element, name)?))
}

fn pixels(value: &str) -> Option<(f32, bool)> {
    const UNITS: [(&str, f32, bool); 9] = [
        ("px", 1.0, false),
        ("rem", EM, false),
        ("em", EM, false),
        ("ex", EX, true),
        ("pt", 4.0 / 3.0, true),
        ("pc", EM, false),
        ("mm", 3.78, false),
        ("cm", 37.8, false),
        ("in", 96.0, false),
    ];
    let value = value.trim();
    let unit = UNITS.iter().find_map(|(unit, factor, in_text)| {
        let number = value.strip_suffix(unit)?;
        Some((number, *factor, *in_text))
    });
    let (number, factor, in_text) = unit.unwrap_or((value, 1.0, false));
    let number: f32 = number.trim().parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some((number * factor, in_text))
}

/// Width and height of the drawing's own paper.
fn paper(element: &Element) -> Option<(f32, f32)> {
    let value = attribute(element, "viewBox")?;
    let numbers = value.split(|c: char| c.is_ascii_whitespace() || c == ',');
    let mut numbers = numbers
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f32>());
    match (numbers.nth(2)?, numbers.next()?) {
        (Ok(width), Ok(height)) => Some((width, height)),
        _ => None,
    }
}

/// Whether the page shows nothing of a drawing: it keeps parts of others, or waits for a script.
pub(super) fn is_hidden(element: &Element) -> bool {
    let is_nothing = |name| length_of(element, name).is_some_and(|(length, _)| length <= 0.0);
    attribute(element, "hidden").is_some()
        || attribute(element, "display") == Some("none")
        || has_style(element, "display", &["none"])
        || has_style(element, "visibility", &["hidden"])
        || is_nothing("width")
        || is_nothing("height")
}
