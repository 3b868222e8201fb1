//! Words that are put beside an article's own, isolated where their letters run the other way, or
//! the numbers and signs around them would change places (Unicode Standard Annex 9, section 6.1).

use super::{Serialiser, escape_text};
use crate::model::{Block, Direction, Inline, Language};

/// Appends words that come from elsewhere than the text around them, which is in a language:
/// the name of a person or a site, a title. They are in a `bdi` where that can matter.
pub fn isolated(words: &str, around: &Language, out: &mut String) {
    isolate(words, around.direction(), out);
}

fn isolate(words: &str, around: Direction, out: &mut String) {
    if around == Direction::LeftToRight && !words.chars().any(turns) {
        return escape_text(words, out);
    }
    out.push_str("<bdi>");
    escape_text(words, out);
    out.push_str("</bdi>");
}

/// Whether a character runs from right to left, or turns those behind it.
fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The direction that all lines of some blocks name.
pub(super) fn common_direction(blocks: &[Block]) -> Option<Direction> {
    let (first, rest) = blocks.split_first()?;
    let direction = direction_of(first)?;
    let is_same = |block: &Block| direction_of(block) == Some(direction);
    rest.iter().all(is_same).then_some(direction)
}

fn direction_of(block: &Block) -> Option<Direction> {
    match block {
        Block::Quote(blocks) => common_direction(blocks),
        block => match block.line()? {
            [Inline::Span(span)] => span.direction,
            _ => None,
        },
    }
}

impl Serialiser<'_> {
    /// Words of the serialiser's own, and behind a colon what they are about.
    pub(super) fn inserted(&mut self, words: &str) {
        // The serialiser's words run from left to right.
        let outside = self.direction == Direction::RightToLeft;
        if outside {
            self.out.push_str("<bdi>");
        }
        let colon = self.labels.colon;
        match words.split_once(colon) {
            Some((label, name)) => {
                escape_text(label, &mut self.out);
                self.out.push_str(colon);
                isolate(name, Direction::LeftToRight, &mut self.out);
            }
            None => isolate(words, Direction::LeftToRight, &mut self.out),
        }
        if outside {
            self.out.push_str("</bdi>");
        }
    }
}
