//! Which parts of a Markdown text are out of bounds for the forms that CommonMark does not know.

use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// What a text's syntax covers: found by a first parse.
#[derive(Default)]
pub(super) struct Shield {
    /// Code, formulas and HTML, in order, none within another.
    fixed: Vec<Range<usize>>,
    /// The same, and links, pictures and their definitions.
    taken: Vec<Range<usize>>,
    /// Dollar signs that would begin a formula, and are money.
    pub(super) dollars: Vec<usize>,
}

/// How Markdown is read: CommonMark and what GitHub and the commonest editors add to it.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
}

impl Shield {
    /// Parses a text.
    pub(super) fn of(text: &str) -> Self {
        let mut shield = Shield::default();
        let parser = Parser::new_ext(text, options());
        for (_, definition) in parser.reference_definitions().iter() {
            shield.taken.push(definition.span.clone());
        }
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::InlineMath(formula) if is_money(&formula, text, range.end) => {
                    shield.dollars.push(range.start);
                }
                Event::Start(Tag::CodeBlock(_))
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Html(_)
                | Event::InlineHtml(_) => shield.fixed.push(range),
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => shield.taken.push(range),
                _ => {}
            }
        }
        shield.settle();
        shield
    }

    /// Adds a part that is code only once the text is rewritten.
    pub(super) fn fix(&mut self, ranges: impl IntoIterator<Item = Range<usize>>) {
        self.fixed.extend(ranges);
        self.settle();
    }

    fn settle(&mut self) {
        self.fixed = merged(std::mem::take(&mut self.fixed));
        self.taken.extend(self.fixed.iter().cloned());
        self.taken = merged(std::mem::take(&mut self.taken));
    }

    /// Whether a position is in code, a formula or HTML.
    pub(super) fn is_fixed(&self, position: usize) -> bool {
        holds(&self.fixed, position)
    }

    /// Whether a position is in anything that a mark must not break.
    pub(super) fn is_taken(&self, position: usize) -> bool {
        holds(&self.taken, position)
    }

    /// The end of what covers a position, if anything does.
    pub(super) fn end_at(&self, position: usize) -> Option<usize> {
        let after = self.taken.partition_point(|range| range.start <= position);
        let range = self.taken.get(after.checked_sub(1)?)?;
        (range.end > position).then_some(range.end)
    }
}

/// Whether what stands between dollar signs is no formula: a price and what follows it. Pandoc's rule
/// is that no digit follows the second sign.
fn is_money(formula: &str, text: &str, end: usize) -> bool {
    let next = text.as_bytes().get(end);
    next.is_some_and(u8::is_ascii_digit)
        || formula.contains("](")
        || formula.contains("\n\n")
        || (formula.starts_with(|c: char| c.is_ascii_digit())
            && formula.contains(char::is_whitespace)
            && !formula.contains(['\\', '^', '_', '=', '{']))
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn holds(ranges: &[Range<usize>], position: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= position);
    let before = after.checked_sub(1).and_then(|index| ranges.get(index));
    before.is_some_and(|range| range.end > position)
}
