//! Which parts of a Markdown text are out of bounds for the forms that CommonMark does not know.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a text's syntax covers: found by a first parse.
#[derive(Default)]
pub(super) struct Shield {
    /// Code, formulas and HTML, in order, none within another.
    fixed: Vec<Range<usize>>,
    /// HTML alone: site generators fill in their tags there too.
    html: Vec<Range<usize>>,
    /// The same, and links, pictures and their definitions.
    taken: Vec<Range<usize>>,
    /// Dollar signs that would begin a formula, and are money.
    pub(super) dollars: Vec<usize>,
    /// Signs of strong text that stay signs, each with the number of its block: CommonMark asks for
    /// spaces around punctuation, which Chinese and Japanese don't have.
    pub(super) strong: Vec<(usize, usize)>,
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
        let mut block = 0;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Text(_) => shield.note_signs(text, range, block),
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => {
                    block += 1
                }
                Event::Start(Tag::Item) => block += 1,
                Event::InlineMath(formula) if is_money(&formula, text, range.end) => {
                    shield.dollars.push(range.start);
                }
                Event::Start(Tag::CodeBlock(_))
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => shield.fixed.push(range),
                Event::Html(_) | Event::InlineHtml(_) => {
                    shield.html.push(range.clone());
                    shield.fixed.push(range);
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => shield.taken.push(range),
                _ => {}
            }
        }
        shield.pair_signs(text);
        shield.settle();
        shield
    }

    /// Notes the signs in a text that was left as it stands.
    fn note_signs(&mut self, text: &str, range: Range<usize>, block: usize) {
        let source = text.get(range.clone()).unwrap_or_default();
        let found = source
            .match_indices(['*', '_'])
            .map(|(at, _)| range.start + at);
        self.strong.extend(found.map(|at| (at, block)));
    }

    /// Of the signs that were noted, those of which exactly two stand together.
    fn pair_signs(&mut self, text: &str) {
        let sign = |at: usize| text.as_bytes().get(at);
        let joins = |one: &(usize, usize), next: &(usize, usize)| {
            next.0 == one.0 + 1 && sign(one.0) == sign(next.0)
        };
        let runs = self.strong.chunk_by(joins);
        let pairs = runs
            .filter(|run| run.len() == 2)
            .filter_map(|run| run.first().copied());
        self.strong = pairs.collect();
    }

    /// Adds a part that is code only once the text is rewritten.
    pub(super) fn fix(&mut self, ranges: impl IntoIterator<Item = Range<usize>>) {
        self.fixed.extend(ranges);
        self.settle();
    }

    fn settle(&mut self) {
        self.html = merged(std::mem::take(&mut self.html));
        self.fixed = merged(std::mem::take(&mut self.fixed));
        self.taken.extend(self.fixed.iter().cloned());
        self.taken = merged(std::mem::take(&mut self.taken));
    }

    /// Whether a position is in code, a formula or HTML.
    pub(super) fn is_fixed(&self, position: usize) -> bool {
        holds(&self.fixed, position)
    }

    /// Whether a position is in HTML, which takes no Markdown.
    pub(super) fn is_html(&self, position: usize) -> bool {
        holds(&self.html, position)
    }

    /// Whether a position is in code or a formula.
    pub(super) fn is_code(&self, position: usize) -> bool {
        self.is_fixed(position) && !self.is_html(position)
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
            && !formula
                .replace("\\$", "")
                .contains(['\\', '^', '_', '=', '{']))
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
