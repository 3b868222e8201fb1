//! Words that are set apart in a line for what they are.

use crate::model::{CleanText, Direction, Inline};

/// Words that are set apart for what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// What they are.
    pub kind: PhraseKind,
    /// The words.
    pub content: Vec<Inline>,
}

/// What words are that are set apart. More kinds may come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PhraseKind {
    /// Marked, as with a pen (`mark`).
    Highlight,
    /// Underlined (`u`).
    Underline,
    /// Added later (`ins`).
    Insertion,
    /// A key, or what is typed (`kbd`).
    Keyboard,
    /// What a program says (`samp`).
    Sample,
    /// A variable (`var`).
    Variable,
    /// The title of a work, or who is quoted (`cite`).
    Citation,
    /// Small print in a line (`small`).
    SmallPrint,
    /// A short form, with what it stands for (`abbr`).
    Abbreviation(CleanText),
    /// Words whose direction is their own, and changes nothing around them (`bdi`).
    Isolated,
    /// Words whose characters run so, whatever they are (`bdo`).
    Override(Direction),
}

impl PhraseKind {
    /// The element of HTML.
    pub fn html(&self) -> &'static str {
        match self {
            PhraseKind::Highlight => "mark",
            PhraseKind::Underline => "u",
            PhraseKind::Insertion => "ins",
            PhraseKind::Keyboard => "kbd",
            PhraseKind::Sample => "samp",
            PhraseKind::Variable => "var",
            PhraseKind::Citation => "cite",
            PhraseKind::SmallPrint => "small",
            PhraseKind::Abbreviation(_) => "abbr",
            PhraseKind::Isolated => "bdi",
            PhraseKind::Override(_) => "bdo",
        }
    }
}
