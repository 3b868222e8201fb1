//! What lines are compared by: their letters, and whether the numbers among them tell anything.

use crate::clean::letters::is_common_han;
use crate::model::Digest;
use serde::{Deserialize, Serialize};

/// The longest line, in letters and digits, that can be boilerplate.
pub const LONGEST_LINE: usize = 160;

/// Stands for a number that says when, or where a link leads: it may be any.
const ANY_NUMBER: char = '0';

/// Stands for a long number, such as one to call: see [`Line::long_numbers`].
pub(super) const LONG_NUMBER: char = '1';

/// Stands for a number that says how much or how many: no source says the same for many articles.
pub(super) const FIGURE: char = '2';

/// Figures have fewer digits.
const FEWEST_OF_LONG: usize = 5;

/// So many characters may be between the parts of a date, such as a month's name.
const MOST_BETWEEN: usize = 12;

/// A short line at an end of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its letters in lower case; a `0` for each date, a `1` for each long number, a `2` for each other.
    pub letters: String,
    /// The digest of its long numbers: lines that differ in them are not said by one source.
    pub long_numbers: u64,
    /// As it is shown.
    pub text: String,
}

/// Which numbers of a line may differ from article to article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Those of dates.
    Dates,
    /// All: the line is made of links, which count comments and pages.
    All,
}

impl Line {
    /// A line that is compared by some of its text, cut behind the first letter that makes it longer than
    /// [`LONGEST_LINE`].
    pub fn new(compared: &str, numbers: Numbers, text: &str) -> Self {
        let pieces = pieces(compared);
        let dates = dates(&pieces);
        let mut line = Line {
            text: text.to_owned(),
            ..Line::default()
        };
        let mut long_numbers = String::new();
        let mut count = 0;
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Number(_) if numbers == Numbers::All || dates.contains(&at) => {
                    line.letters.push(ANY_NUMBER);
                }
                Piece::Number(number) if number.chars().count() < FEWEST_OF_LONG => {
                    line.letters.push(FIGURE);
                }
                Piece::Number(number) => {
                    line.letters.push(LONG_NUMBER);
                    long_numbers.push_str(number);
                    long_numbers.push(' ');
                }
                Piece::Other(c) if is_common_han(*c) => line.letters.push(*c),
                Piece::Other(c) if c.is_alphanumeric() => line.letters.extend(c.to_lowercase()),
                Piece::Other(_) => continue,
            }
            count += 1;
            if count > LONGEST_LINE {
                break;
            }
        }
        if !long_numbers.is_empty() {
            line.long_numbers = Digest::of(long_numbers.as_bytes()).first_half();
        }
        line
    }

    /// Its length in letters.
    pub fn length(&self) -> usize {
        self.letters.chars().count()
    }
}

/// A part of a line.
enum Piece<'text> {
    Number(&'text str),
    Other(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut compared = 0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = match !is_common_han(first) && first.is_numeric() {
            true => rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len()),
            false => 0,
        };
        let (piece, length) = match rest.get(..digits).filter(|number| !number.is_empty()) {
            Some(number) => (Piece::Number(number), digits),
            None => (Piece::Other(first), first.len_utf8()),
        };
        let is_sign = |c: char| !is_common_han(c) && !c.is_alphanumeric();
        let is_other = matches!(piece, Piece::Other(c) if is_sign(c));
        compared += usize::from(!is_other);
        pieces.push(piece);
        // A longer line is of no interest.
        if compared > LONGEST_LINE || pieces.len() > LONGEST_LINE * 8 {
            break;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    pieces
}

/// The places of the numbers that are parts of dates and of the times behind them: a year, and day and
/// month on either side of it.
fn dates(pieces: &[Piece<'_>]) -> Vec<usize> {
    let numbers = pieces.iter().enumerate();
    let numbers: Vec<(usize, u32)> = numbers
        .filter_map(|(at, piece)| match piece {
            Piece::Number(number) => Some((at, number.parse().unwrap_or(u32::MAX))),
            Piece::Other(_) => None,
        })
        .collect();
    let mut found = Vec::new();
    for (position, &(at, number)) in numbers.iter().enumerate() {
        if !(1900..2100).contains(&number) {
            continue;
        }
        found.push(at);
        let before = numbers.iter().take(position).rev();
        found.extend(near(at, before, 31));
        let after = numbers.iter().skip(position + 1);
        found.extend(near(at, after, 59));
    }
    found
}

/// The numbers that follow each other closely from a place on, none greater than a bound.
fn near<'numbers>(
    from: usize,
    numbers: impl Iterator<Item = &'numbers (usize, u32)>,
    greatest: u32,
) -> Vec<usize> {
    let mut last = from;
    let close = numbers.take_while(|(at, number)| {
        let is_close = at.abs_diff(last) <= MOST_BETWEEN && *number <= greatest;
        last = *at;
        is_close
    });
    // Day and month; hour, minute and second.
    close.take(5).map(|(at, _)| *at).collect()
}
