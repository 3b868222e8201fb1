//! Lists with their numbers, and lists of terms with what explains them.

use crate::model::Block;

/// Items, numbered or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// How the items are numbered, if they are.
    pub numbering: Option<Numbering>,
    /// The items.
    pub items: Vec<ListItem>,
}

/// The numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The first item's number.
    pub start: i32,
    /// How they are written.
    pub numerals: Numerals,
    /// Whether they count down.
    pub reversed: bool,
}

/// How the numbers of a list are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Numerals {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// a, b, c
    LowerLetters,
    /// A, B, C
    UpperLetters,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListItem {
    /// Its number, where that is not one more (or less) than the one before.
    pub value: Option<i32>,
    /// What it holds.
    pub content: Vec<Block>,
}

/// Terms and what explains them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    /// What is explained: one or more terms, each a few words.
    pub terms: Vec<Vec<Block>>,
    /// The explanations.
    pub details: Vec<Vec<Block>>,
}

impl Numbering {
    /// Numbers from this on: 1, 2, 3.
    pub fn from(start: i32) -> Self {
        Numbering {
            start,
            numerals: Numerals::Decimal,
            reversed: false,
        }
    }

    /// The number after another one.
    pub fn after(self, number: i32) -> i32 {
        number.saturating_add(if self.reversed { -1 } else { 1 })
    }
}

impl Numerals {
    /// The value of the attribute `type` (HTML, section 4.4.5).
    pub fn html(self) -> &'static str {
        match self {
            Numerals::Decimal => "1",
            Numerals::LowerLetters => "a",
            Numerals::UpperLetters => "A",
            Numerals::LowerRoman => "i",
            Numerals::UpperRoman => "I",
        }
    }
}

impl From<Vec<Block>> for ListItem {
    fn from(content: Vec<Block>) -> Self {
        ListItem {
            value: None,
            content,
        }
    }
}

impl List {
    /// The number of the item after the last one.
    pub fn next_number(&self) -> Option<i32> {
        let numbering = self.numbering?;
        Some(self.items.iter().fold(numbering.start, |number, item| {
            numbering.after(item.value.unwrap_or(number))
        }))
    }
}

impl Definition {
    /// The groups of blocks in it, in reading order.
    pub fn groups(&self) -> impl Iterator<Item = &Vec<Block>> {
        self.terms.iter().chain(&self.details)
    }

    /// The same, to be changed.
    pub fn groups_mut(&mut self) -> impl Iterator<Item = &mut Vec<Block>> {
        self.terms.iter_mut().chain(&mut self.details)
    }
}
