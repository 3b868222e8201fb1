//! Elements that set words apart for what they are.

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, has_style,
};
use crate::clean::body::walk::draft::{self, Draft};
use crate::clean::body::walk::line::Format;
use crate::model::{CleanText, Direction, Inline, Link, Phrase, PhraseKind};

/// The format that such an element is.
pub(in crate::clean::body) fn format(element: &Element) -> Option<Format> {
    let kind = match element.name() {
        "mark" => PhraseKind::Highlight,
        "u" => PhraseKind::Underline,
        "ins" => PhraseKind::Insertion,
        "kbd" => PhraseKind::Keyboard,
        "samp" => PhraseKind::Sample,
        "var" => PhraseKind::Variable,
        // A source in full is a line with marks of its own.
        "cite" if !classes(element).any(|class| class == "citation") => PhraseKind::Citation,
        "abbr" | "acronym" => {
            let title = CleanText::line(attribute(element, "title")?);
            if title.is_blank() {
                return None;
            }
            PhraseKind::Abbreviation(title)
        }
        // One that names its direction is a span with that direction, and as isolated.
        "bdi" if named_direction(element).is_none() => PhraseKind::Isolated,
        "bdo" => PhraseKind::Override(named_direction(element)?),
        _ => return None,
    };
    Some(Format::Phrase(kind, 0))
}

/// The direction that an element names.
pub(in crate::clean::body) fn named_direction(element: &Element) -> Option<Direction> {
    let Some(written) = attribute(element, "dir") else {
        let runs = |values: &[&str]| has_style(element, "direction", values);
        return match runs(&["rtl", "ltr"]) {
            false => None,
            true if runs(&["rtl"]) => Some(Direction::RightToLeft),
            true => Some(Direction::LeftToRight),
        };
    };
    match written.trim().to_ascii_lowercase().as_str() {
        "rtl" => Some(Direction::RightToLeft),
        "ltr" => Some(Direction::LeftToRight),
        _ => None,
    }
}

/// The direction of an element whose page leaves it to its text (`dir="auto"`): that of its first letter
/// (HTML, section 3.2.6.4). Nothing where it runs as what is around it.
pub(in crate::clean::body) fn direction_of_text(
    element: &Element,
    node: NodeRef<'_>,
) -> Option<Direction> {
    let is_auto = |element: &Element| {
        let value = attribute(element, "dir");
        value.is_some_and(|value| value.trim().eq_ignore_ascii_case("auto"))
    };
    if !is_auto(element) {
        return None;
    }
    let mut texts = node.descendants().filter_map(|it| it.value().as_text());
    let own = texts.find_map(|text| text.chars().find_map(direction_of_letter))?;
    let mut around = node.ancestors().filter_map(|outer| element_of(&outer));
    let outer = around.find_map(named_direction);
    (own != outer.unwrap_or(Direction::LeftToRight)).then_some(own)
}

/// The direction of a letter; nothing for signs and digits.
fn direction_of_letter(c: char) -> Option<Direction> {
    let is_right_to_left = matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    c.is_alphabetic().then_some(if is_right_to_left {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    })
}

/// Puts words into their phrase. Links are underlined anyhow.
pub(in crate::clean::body) fn wrap(
    kind: PhraseKind,
    content: Vec<Inline>,
    target: &mut Vec<Inline>,
) {
    let is_link = |inline: &Inline| match inline {
        Inline::Link(Link { .. }) | Inline::Anchor(_) => true,
        Inline::Text(text) => text.is_blank(),
        _ => false,
    };
    if kind == PhraseKind::Underline && content.iter().all(is_link) {
        return target.extend(content);
    }
    target.push(Inline::Phrase(Phrase { kind, content }));
}

/// Takes the line below all of a line of text away, which says nothing: pages set headings so, and captions
/// and bylines in small print.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft]) {
    draft::each_line(drafts, &mut |line| {
        *line = without_common(std::mem::take(line));
    });
}

/// A line without what stands around all of it.
pub(in crate::clean::body) fn without_common(mut line: Vec<Inline>) -> Vec<Inline> {
    let is_common = |line: &[Inline]| {
        matches!(
            line,
            [Inline::Phrase(Phrase {
                kind: PhraseKind::Underline | PhraseKind::Insertion | PhraseKind::SmallPrint,
                ..
            })]
        )
    };
    while is_common(&line) {
        if let Some(Inline::Phrase(phrase)) = line.pop() {
            line = phrase.content;
        }
    }
    line
}
