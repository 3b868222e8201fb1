//! Text whose lines end where the page ends them: verse, addresses, what a style says to keep.

use crate::clean::body::parse::tree::{Element, class_contains, has_style};
use crate::clean::body::walk::builder::Builder;
use crate::clean::body::walk::elements::is_block;
use html5ever::ns;

/// What becomes of the line ends and spaces of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::clean::body) enum Lines {
    /// They are white space like other.
    #[default]
    Collapsed,
    /// Line ends are seen.
    Ends,
    /// Line ends are seen, and the spaces that begin a line.
    EndsAndIndents,
}

/// Whether an element holds verse in a `pre`, which is no code.
pub(in crate::clean::body) fn is_verse(element: &Element) -> bool {
    class_contains(element, &["verse", "poem", "poetry", "stanza", "lyrics"])
}

/// What an element says of the lines in it.
pub(in crate::clean::body) fn lines(element: &Element) -> Option<Lines> {
    if element.name.ns != ns!(html) || !is_block(element.name()) {
        return None;
    }
    let style = |values: &[&str]| has_style(element, "white-space", values);
    if style(&["pre-line"]) {
        Some(Lines::Ends)
    } else if style(&["pre", "break-spaces"]) || (element.name() == "pre" && is_verse(element)) {
        Some(Lines::EndsAndIndents)
    } else if style(&["normal", "nowrap"]) {
        Some(Lines::Collapsed)
    } else {
        None
    }
}

/// Adds text with its line ends.
pub(in crate::clean::body) fn push(builder: &mut Builder, text: &str, lines: Lines) {
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            builder.line_break();
        }
        let words = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - words.len();
        if number > 0 && indent > 0 && lines == Lines::EndsAndIndents {
            builder.text(&"\u{a0}".repeat(indent.min(40)));
            builder.text(words);
        } else {
            builder.text(line);
        }
    }
}
