//! What stands within a line of text.

use crate::model::{
    Address, AnchorName, CleanText, Formula, Image, Language, NoteReference, Phrase,
};
use std::borrow::Cow;

/// What stands within a line of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Characters.
    Text(CleanText),
    /// Strong importance (`strong`).
    Strong(Vec<Inline>),
    /// Stress (`em`).
    Emphasis(Vec<Inline>),
    /// Text that no longer holds (`s`).
    Struck(Vec<Inline>),
    /// Characters of a program.
    Code(CleanText),
    /// A way to somewhere else.
    Link(Link),
    /// A small picture that belongs into the line.
    Image(Image),
    /// A line break that means something, as in a poem or an address.
    Break,
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// Raised text.
    Superscript(Vec<Inline>),
    /// Text with its pronunciation or gloss.
    Ruby(Ruby),
    /// Text in another language or direction than its surroundings.
    Span(LanguageSpan),
    /// Words that are set apart for what they are.
    Phrase(Phrase),
    /// A place that a [`Target::Fragment`] of the same article leads to.
    Anchor(AnchorName),
    /// A formula in the line.
    Formula(Formula),
    /// The mark of a note.
    NoteReference(NoteReference),
}

impl Inline {
    /// The lists of inlines inside this one: a ruby has two, its base and its annotation.
    pub fn children(&self) -> impl Iterator<Item = &[Inline]> {
        let (first, second) = match self {
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Struck(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content) => (Some(content), None),
            Inline::Link(link) => (Some(&link.content), None),
            Inline::NoteReference(mark) => (Some(&mark.content), None),
            Inline::Ruby(ruby) => (Some(&ruby.base), Some(&ruby.annotation)),
            Inline::Span(span) => (Some(&span.content), None),
            Inline::Phrase(phrase) => (Some(&phrase.content), None),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Break
            | Inline::Formula(_)
            | Inline::Anchor(_) => (None, None),
        };
        first.into_iter().chain(second).map(Vec::as_slice)
    }
}

/// A way to somewhere else. Links don't nest.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What the reader sees.
    pub content: Vec<Inline>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another page.
    Address(Address),
    /// An [`Inline::Anchor`] or [`Block::Anchor`](crate::model::Block::Anchor) of the same article.
    Fragment(AnchorName),
}

/// Text with its pronunciation or gloss above.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruby {
    /// The text.
    pub base: Vec<Inline>,
    /// The gloss.
    pub annotation: Vec<Inline>,
}

/// Text in another language or direction.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageSpan {
    /// The language, if the page names it.
    pub language: Option<Language>,
    /// The direction, if the page names it.
    pub direction: Option<Direction>,
    /// The text.
    pub content: Vec<Inline>,
}

/// The direction in which a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn html(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// The text of a line without its markup; breaks become line feeds, images nothing. The text of a
/// line that is nothing but characters is borrowed.
pub fn plain_text(inlines: &[Inline]) -> Cow<'_, str> {
    match inlines {
        [] => Cow::Borrowed(""),
        [Inline::Text(text)] => Cow::Borrowed(text.as_str()),
        _ => {
            let mut text = String::new();
            push_inline_text(inlines, &mut text);
            Cow::Owned(text)
        }
    }
}

/// Whether a line has no characters that a reader sees: its [`plain_text`] is blank.
pub fn says_nothing(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.trim_start().is_empty(),
        Inline::Formula(_) => false,
        other => other.children().all(says_nothing),
    })
}

pub(super) fn line_depth_within(inlines: &[Inline], left: usize) -> bool {
    inlines.is_empty()
        || left > 0
            && inlines
                .iter()
                .flat_map(Inline::children)
                .all(|group| line_depth_within(group, left - 1))
}

pub(super) fn collect_line_images<'body>(inlines: &'body [Inline], images: &mut Vec<&'body Image>) {
    for inline in inlines {
        if let Inline::Image(image) = inline {
            images.push(image);
        }
        for group in inline.children() {
            collect_line_images(group, images);
        }
    }
}

pub(super) fn push_inline_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(characters) | Inline::Code(characters) => text.push_str(characters),
            Inline::Break => text.push('\n'),
            Inline::Formula(formula) => text.push_str(&formula.linear()),
            Inline::Image(_) | Inline::Anchor(_) => {}
            other => {
                for group in other.children() {
                    push_inline_text(group, text);
                }
            }
        }
    }
}
