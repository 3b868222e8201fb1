//! Inline styles: an element's declarations as CSS reads them (CSS Syntax 3, section 5.4), shorthands
//! as written.

use crate::clean::body::parse::tree::{Element, attribute};
use std::borrow::Cow;
use std::ops::Range;

/// The declarations of an element's `style`.
pub(in crate::clean::body) struct Style<'tree> {
    text: Cow<'tree, str>,
    /// Where in it each declaration has its name, and its value.
    declarations: Vec<(Range<usize>, Range<usize>)>,
}

impl<'tree> Style<'tree> {
    /// The style of an element that has one.
    pub fn of(element: &'tree Element) -> Option<Self> {
        attribute(element, "style").map(Style::written)
    }

    /// Declarations as they stand in a rule of a style sheet.
    pub fn written(declarations: &'tree str) -> Self {
        let text = without_comments(declarations);
        let declarations = places(&text);
        Style { text, declarations }
    }

    /// The names of the properties that it sets, in any case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.declarations.iter();
        names.filter_map(|(name, _)| Some(self.text.get(name.clone())?.trim()))
    }

    /// The value of a property, without `!important`: the last one, unless an important one stands before
    /// it (CSS Cascade 4, section 6.1).
    pub fn value(&self, property: &str) -> Option<&str> {
        let mut found: Option<(&str, bool)> = None;
        for (name, value) in &self.declarations {
            let part = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
            if !part(name).trim().eq_ignore_ascii_case(property) {
                continue;
            }
            let (value, important) = without_importance(part(value).trim());
            if !value.is_empty() && (important || !found.is_some_and(|(_, before)| before)) {
                found = Some((value, important));
            }
        }
        found.map(|(value, _)| value)
    }

    /// Whether a property has one of some values, whatever their case.
    pub fn is(&self, property: &str, values: &[&str]) -> bool {
        self.value(property).is_some_and(|value| {
            values
                .iter()
                .any(|wanted| value.eq_ignore_ascii_case(wanted))
        })
    }

    /// A property's length in pixels, where its unit can be told in them.
    pub fn pixels(&self, property: &str) -> Option<f32> {
        self.value(property).and_then(pixels)
    }
}

/// A length in pixels, as it stands before anything is laid out: an `em` counts for 16, a hundredth of the
/// page for 10. Zero needs no unit.
pub(in crate::clean::body) fn pixels(value: &str) -> Option<f32> {
    let value = value.trim();
    let end = value
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(end)?;
    let number: f32 = number.parse().ok()?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" => 16.0,
        "ex" | "ch" => 8.0,
        "in" => 96.0,
        "cm" => 38.0,
        "mm" => 3.8,
        "%" | "vw" | "vh" => 10.0,
        _ => return None,
    };
    Some(number * factor)
}

/// A style without its comments, each of which parts words as a space does.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("/*") {
        return Cow::Borrowed(text);
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        bare.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    Cow::Owned(bare)
}

fn without_importance(value: &str) -> (&str, bool) {
    let bare = value.rsplit_once('!').filter(|(_, word)| {
        let word = word.trim();
        word.eq_ignore_ascii_case("important")
    });
    bare.map_or((value, false), |(value, _)| (value.trim_end(), true))
}

/// Where the declarations have their names and values: they stand between semicolons that are in no string
/// and no brackets.
fn places(style: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut places = Vec::new();
    let mut start = 0;
    while let Some(text) = style.get(start..) {
        let end = start + end_of_declaration(text);
        let declaration = style.get(start..end).unwrap_or_default();
        if let Some(colon) = declaration.find(':') {
            places.push((start..start + colon, start + colon + 1..end));
        }
        start = end + 1;
    }
    places
}

fn end_of_declaration(text: &str) -> usize {
    let mut quote = None;
    let mut brackets = 0usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (byte, quote) {
            (b'\\', _) => escaped = true,
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'', None) => quote = Some(byte),
            (b'(', None) => brackets += 1,
            (b')', None) => brackets = brackets.saturating_sub(1),
            (b';', None) if brackets == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'a>(style: &'a Style<'_>, property: &str) -> &'a str {
        style.value(property).unwrap_or("none")
    }

    #[test]
    fn declarations_are_read_as_css_reads_them() {
        for (text, expected) in [
            ("display:none", "none"),
            ("DISPLAY : NONE", "NONE"),
            ("display:/* why */none /* so */ ! important", "none"),
            ("display:none;display:block", "block"),
            ("display:none!important;display:block", "none"),
            ("display:none;display:", "none"),
            ("background:url(x;display:block);display:none", "none"),
            ("content:'display:block;';display:none", "none"),
            ("content:'\\';display:block';display:none", "none"),
        ] {
            let style = Style::written(text);
            assert_eq!(value(&style, "display"), expected, "{text}");
        }
    }

    #[test]
    fn lengths_are_told_in_pixels() {
        for (text, expected) in [
            ("0", Some(0.0)),
            (".5px", Some(0.5)),
            ("-9999PX", Some(-9999.0)),
            ("-100vw", Some(-1000.0)),
            ("auto", None),
            ("calc(1px)", None),
            ("", None),
            ("1é", None),
        ] {
            assert_eq!(pixels(text), expected, "{text}");
        }
    }
}
