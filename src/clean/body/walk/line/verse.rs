//! Text whose lines end where the page ends them: verse, addresses, what a style says to keep.

use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, class_contains, classes, element_of, has_style,
};
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
pub(in crate::clean::body) fn is_verse(element: &Element, node: NodeRef<'_>) -> bool {
    // AsciiDoctor and Substack say it of what is around.
    let parent = node.parent();
    let around = parent.as_ref().and_then(element_of);
    is_called_verse(element)
        || around.is_some_and(|around| {
            classes(around).any(|class| matches!(class, "verseblock" | "preformatted-block"))
        })
}

fn is_called_verse(element: &Element) -> bool {
    class_contains(element, &["verse", "poem", "poetry", "stanza", "lyrics"])
}

/// What an element says of the lines in it.
pub(in crate::clean::body) fn lines(element: &Element, node: NodeRef<'_>) -> Option<Lines> {
    let may_say = attribute(element, "style").is_some() || element.name() == "pre";
    if !may_say || element.name.ns != ns!(html) || !is_block(element.name()) {
        return None;
    }
    let style = |values: &[&str]| has_style(element, "white-space", values);
    if style(&["pre-line"]) {
        Some(Lines::Ends)
    } else if style(&["pre", "break-spaces"])
        || (element.name() == "pre" && is_verse(element, node))
    {
        Some(Lines::EndsAndIndents)
    } else if style(&["normal", "nowrap"]) {
        Some(Lines::Collapsed)
    } else {
        None
    }
}

/// The class of a group of lines in Docutils, which may nest to set lines in.
const LINE_BLOCK: &str = "line-block";

/// Pixels to a space that sets a line in: about a third of a letter's height.
const SPACE: f32 = 5.0;

/// How far a group of lines in another is set in, in spaces.
const STEP: usize = 4;

/// The most spaces that set a line in.
const MOST: usize = 40;

/// Whether an element is one line of verse, and how many spaces it is set in.
pub(in crate::clean::body) fn line(element: &Element, node: NodeRef<'_>) -> Option<usize> {
    attribute(element, "class")?;
    let has = |element: &Element, name: &str| classes(element).any(|class| class == name);
    let parent = node.parent()?;
    let around = element_of(&parent)?;
    if has(element, LINE_BLOCK) && has(around, LINE_BLOCK) {
        // Its lines say how far they are set in.
        return Some(0);
    }
    let is_line = ["line", "verse-line", "poem-line", "l"]
        .iter()
        .any(|name| has(element, name));
    if !is_line || !(is_called_verse(around) || has(around, LINE_BLOCK)) {
        return None;
    }
    let outer = node
        .ancestors()
        .take(8)
        .filter_map(|outer| element_of(&outer));
    let steps = outer.filter(|outer| has(outer, LINE_BLOCK)).count();
    let lengths = ["margin-left", "padding-left", "text-indent"];
    let style = Style::of(element);
    let styled = lengths
        .iter()
        .filter_map(|name| style.as_ref()?.pixels(name));
    let styled = (styled.fold(0.0, f32::max) / SPACE).round() as usize;
    Some((steps.saturating_sub(1) * STEP + styled).min(MOST))
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
