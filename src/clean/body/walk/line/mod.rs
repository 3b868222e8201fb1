//! One line of running text in the making: white space as HTML collapses it, formatting opened
//! only where something visible stands in it.

pub(in crate::clean::body) mod formulas;
pub(in crate::clean::body) mod phrases;
pub(in crate::clean::body) mod quotation;
pub(in crate::clean::body) mod ruby;
pub(in crate::clean::body) mod verse;

use crate::clean::body::passes::neighbours::join_line;
use crate::model::PhraseKind;
use crate::model::{AnchorName, is_character, is_invisible};
use crate::model::{
    CleanText, Direction, Image, Inline, Language, LanguageSpan, Link, NoteReference, Ruby, Target,
    Words,
};

/// How many kinds of formatting may nest in a line.
pub(in crate::clean::body) const MAXIMUM_FORMATS: usize = 12;

/// The longest line of verse, in bytes: longer ones are paragraphs that a break ends.
const LONGEST_VERSE: usize = 120;

/// Formatting that text stands in.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::clean::body) enum Format {
    /// Changes nothing: a place in the list for an element that is unwrapped.
    Plain,
    Strong,
    Emphasis,
    Struck,
    /// The number tells pieces of code that stand side by side apart.
    Code(usize),
    Subscript,
    Superscript,
    /// The number tells links to the same place apart.
    Link(Target, usize),
    /// The same for marks of notes.
    NoteReference(AnchorName, usize),
    Span(Option<Language>, Option<Direction>),
    /// The number tells phrases that stand side by side apart.
    Phrase(PhraseKind, usize),
}

/// A line in the making.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Line {
    root: Vec<Inline>,
    open: Vec<(Format, Vec<Inline>)>,
    run: CleanText,
    gap: CleanText,
    gap_has_newline: bool,
    breaks: usize,
    /// Characters since the last line break, and between that and the one before.
    length: usize,
    length_before: usize,
    /// Places that the next visible thing is at.
    anchors: Vec<AnchorName>,
    last: Option<char>,
    /// Whether all text so far is small print.
    pub all_small: bool,
    /// Whether formatting had to be left out, since it nested too deep.
    pub cut: bool,
}

impl Line {
    /// Whether nothing visible stands in the line yet.
    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// The line breaks since the last visible thing.
    pub fn breaks(&self) -> usize {
        self.breaks
    }

    /// Whether what follows the last line break is a paragraph of its own: it is indented with wide spaces,
    /// as Chinese and Japanese have it, or what stands before it is longer than any line of verse.
    pub fn begins_paragraph(&self, next: char) -> bool {
        let is_wide = is_wide(next) || self.last.is_some_and(is_wide);
        self.is_indented() && (is_wide || self.length_before > LONGEST_VERSE)
    }

    fn is_indented(&self) -> bool {
        let wide = |c: &char| matches!(c, '\u{3000}' | '\u{2003}');
        self.gap.chars().filter(wide).count() >= 2
            || self.gap.chars().filter(|&c| c == '\u{a0}').count() >= 4
    }

    /// Notes white space (collapsed) or characters that are invisible or wide spaces (kept, but
    /// not at either end of the line).
    pub fn push_space(&mut self, space: char) {
        match space {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                self.gap_has_newline |= matches!(space, '\n' | '\r');
                if !self.gap.ends_with(' ') {
                    self.gap.push_character(' ');
                }
            }
            other => self.gap.push_character(other),
        }
    }

    /// Adds words.
    pub fn push_words(&mut self, words: Words<'_>, formats: &[Format]) {
        let mut characters = words.as_str().chars();
        if let Some(first) = characters.next() {
            self.make_room(first, formats);
            self.length += words.as_str().len();
            self.run.push_words(words);
            self.last = characters.next_back().or(Some(first));
        }
    }

    /// Adds a line break; those at the end of a line are dropped.
    pub fn push_break(&mut self) {
        if !self.is_empty() {
            self.breaks += 1;
            self.length_before = self.length.max(if self.breaks > 1 {
                self.length_before
            } else {
                0
            });
            self.length = 0;
        }
        self.clear_gap();
    }

    /// Adds something that is not text.
    pub fn push_atom(&mut self, atom: Inline, formats: &[Format]) {
        self.make_room('\u{fffc}', formats);
        self.end_run();
        self.target().push(atom);
        self.last = Some('\u{fffc}');
    }

    /// Adds a place that links lead to. It takes no room, and stands before what follows.
    pub fn push_anchor(&mut self, anchor: AnchorName) {
        self.anchors.push(anchor);
    }

    /// The places that nothing visible has followed yet.
    pub fn take_anchors(&mut self) -> Vec<AnchorName> {
        std::mem::take(&mut self.anchors)
    }

    /// Ends the line. Places at its end are for the next line: they have to be taken before.
    pub fn finish(&mut self) -> Vec<Inline> {
        self.close_to(0);
        self.end_run();
        self.clear_gap();
        self.breaks = 0;
        self.length = 0;
        self.length_before = 0;
        self.anchors.clear();
        self.last = None;
        self.all_small = false;
        self.cut = false;
        std::mem::take(&mut self.root)
    }

    /// Begins a line anew in which nothing visible stands, as most are when a block begins or ends.
    pub fn reset(&mut self) {
        if !self.root.is_empty() || !self.open.is_empty() || !self.run.is_empty() {
            self.finish();
            return;
        }
        self.clear_gap();
        self.breaks = 0;
        self.length = 0;
        self.length_before = 0;
        self.anchors.clear();
        self.all_small = false;
        self.cut = false;
    }

    /// Settles what stands between the last visible thing and the next one.
    fn make_room(&mut self, next: char, formats: &[Format]) {
        let wanted = || formats.iter().filter(|format| **format != Format::Plain);
        let common = self
            .open
            .iter()
            .zip(wanted())
            .take_while(|((open, _), wanted)| open == *wanted)
            .count();
        self.close_to(common);
        if self.last.is_some() {
            self.push_gap(next);
        }
        self.put_anchors();
        self.clear_gap();
        self.breaks = 0;
        for format in wanted().skip(common) {
            if self.open.len() >= MAXIMUM_FORMATS {
                self.cut = true;
                break;
            }
            self.end_run();
            self.open.push((format.clone(), Vec::new()));
        }
    }

    fn push_gap(&mut self, next: char) {
        if self.breaks > 0 {
            self.end_run();
            self.target().push(Inline::Break);
            return self.push_indent(next);
        }
        let joined = self.gap.as_str() == " "
            && self.gap_has_newline
            && self
                .last
                .is_some_and(|last| joins_without_space(last, next));
        if !joined {
            self.run.push(&self.gap);
        }
    }

    /// Spaces after a line break that indent a line of verse; in Chinese and Japanese they are layout.
    fn push_indent(&mut self, next: char) {
        if is_wide(next) || self.last.is_some_and(is_wide) {
            return;
        }
        let is_space = |c: &char| matches!(c, '\u{a0}' | '\u{2002}' | '\u{2003}');
        let indent: String = self.gap.chars().filter(is_space).collect();
        if indent.chars().any(|c| c != '\u{a0}') || indent.chars().nth(1).is_some() {
            self.run.push(&CleanText::new(indent));
        }
    }

    fn clear_gap(&mut self) {
        self.gap.clear();
        self.gap_has_newline = false;
    }

    fn put_anchors(&mut self) {
        for anchor in std::mem::take(&mut self.anchors) {
            self.end_run();
            self.target().push(Inline::Anchor(anchor));
        }
    }

    fn end_run(&mut self) {
        if !self.run.is_empty() {
            let text = Inline::Text(std::mem::take(&mut self.run));
            let target = self.target();
            // Most lines are one piece of text.
            target.reserve_exact(usize::from(target.is_empty()));
            target.push(text);
        }
    }

    fn target(&mut self) -> &mut Vec<Inline> {
        self.open
            .last_mut()
            .map_or(&mut self.root, |(_, content)| content)
    }

    fn close_to(&mut self, length: usize) {
        if self.open.len() <= length {
            return;
        }
        self.end_run();
        while self.open.len() > length {
            if let Some((format, content)) = self.open.pop() {
                wrap(format, content, self.target());
            }
        }
    }
}

/// Puts content into the inline that a format stands for.
fn wrap(format: Format, content: Vec<Inline>, target: &mut Vec<Inline>) {
    if content.is_empty() {
        return;
    }
    target.push(match format {
        Format::Plain => return target.extend(content),
        Format::Strong => Inline::Strong(content),
        Format::Emphasis => Inline::Emphasis(content),
        Format::Struck => Inline::Struck(content),
        Format::Code(_) => return push_code(content, target),
        Format::Phrase(kind, _) => return phrases::wrap(kind, content, target),
        Format::Subscript => Inline::Subscript(content),
        Format::Superscript => Inline::Superscript(content),
        Format::Link(place, _) => Inline::Link(Link {
            target: place,
            content,
        }),
        Format::NoteReference(target, _) => {
            Inline::NoteReference(NoteReference { target, content })
        }
        Format::Span(language, direction) => Inline::Span(LanguageSpan {
            language,
            direction,
            content,
        }),
    });
}

/// Code is text only: what else stands in it stands beside it, with the spaces between.
fn push_code(mut content: Vec<Inline>, target: &mut Vec<Inline>) {
    join_line(&mut content);
    for inline in content {
        let Inline::Text(text) = inline else {
            target.push(inline);
            continue;
        };
        let code = text.trim_matches(is_gap);
        let (before, after) = text.split_once(code).unwrap_or_default();
        let parts = [
            Inline::Text(CleanText::new(before)),
            Inline::Code(CleanText::new(code)),
            Inline::Text(CleanText::new(after)),
        ];
        target.extend(parts.into_iter().filter(|part| !is_empty(part)));
    }
}

fn is_empty(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) | Inline::Code(text) if text.is_empty())
}

/// A ruby annotation, or its base alone where there is none.
pub(in crate::clean::body) fn ruby(base: Vec<Inline>, annotation: Vec<Inline>) -> Option<Inline> {
    if base.is_empty() && annotation.is_empty() {
        return None;
    }
    Some(Inline::Ruby(Ruby { base, annotation }))
}

/// The brackets for a text, wide ones for wide characters.
pub(in crate::clean::body) fn brackets(line: &[Inline]) -> [&'static str; 2] {
    let text = crate::model::plain_text(line);
    if text.chars().any(is_wide) {
        ["（", "）"]
    } else {
        ["(", ")"]
    }
}

/// A picture that stands in the line.
pub(in crate::clean::body) fn image(image: Image) -> Inline {
    Inline::Image(image)
}

/// Whether a line end in the source leaves no space between two characters, as CSS Text 4
/// (section 4.1.3) has it: both are wide, or one is wide punctuation.
fn joins_without_space(before: char, after: char) -> bool {
    (is_wide(before) && is_wide(after)) || is_wide_punctuation(before) || is_wide_punctuation(after)
}

/// Characters of scripts that are written without spaces between words.
pub(in crate::clean::body) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}')
}

/// Whether a character takes part in the gap between words.
pub(in crate::clean::body) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Whether a character is no part of any output.
pub(in crate::clean::body) fn is_illegal(c: char) -> bool {
    !is_character(c)
}
