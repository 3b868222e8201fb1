//! The beginning of a text as one line.

use super::clusters;
use super::entities::decoded;
use crate::model::{
    Block, Body, CleanText, Figure, Head, Inline, Link, PhraseKind, Target, is_han, plain_text,
};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// The longest summary, in grapheme clusters as readers count characters (UAX #29).
pub(super) const MOST_GRAPHEMES: usize = 200;

/// A sentence that ends before this one is too short to stand for the text.
const FEWEST_GRAPHEMES: usize = 60;

/// How far back from the cut a space is looked for, so that no word is cut.
const LONGEST_WORD: usize = 24;

/// The longest line, in grapheme clusters, that is left out where it stands before the text.
const LONGEST_LABEL: usize = 20;

/// Bytes of text that may be enough for a summary.
const FEWEST_BYTES: usize = 256;

/// How much text behind the longest summary is looked at: so many grapheme clusters are gathered, and
/// so many bytes of them searched. Whether a sentence ends at a full stop is told by what follows.
const LOOK_AHEAD: usize = 56;

/// Bytes of text that are enough for any summary; one grapheme cluster may take many.
const ENOUGH_BYTES: usize = 4 * 1024;

/// The beginning of the running text, at most 200 grapheme clusters long, without headings and
/// captions, asides (paragraphs of nothing but links and emphasis, which invite to subscribe) and
/// labels (short lines before the text that are no sentences), and of the lines neither glosses nor
/// marks of notes nor what is struck out. It ends with the last sentence that fits, unless that one ends
/// before the sixtieth; else it is cut, between words where there are spaces, and ends in `…`.
pub(super) fn summary(body: &Body) -> CleanText {
    shortened(&beginning(body), MOST_GRAPHEMES, FEWEST_GRAPHEMES)
}

/// The summary that an archive gives, shortened like others; none where it is blank or says no more
/// than the title.
pub(super) fn written(head: &Head, title: &str) -> Option<CleanText> {
    let line = CleanText::line(&decoded(head.summary.as_deref()?));
    let says_more = !line.is_blank() && line.as_str() != title;
    says_more.then(|| shortened(&line, MOST_GRAPHEMES, FEWEST_GRAPHEMES))
}

/// A line shortened to a number of grapheme clusters, at the end of a sentence that has at least
/// `fewest`, if there is one.
pub(super) fn shortened(text: &str, most: usize, fewest: usize) -> CleanText {
    let starts = clusters::starts(text, most + 1);
    let (Some(&bound), Some(&fewest), Some(&cut)) = (
        starts.get(most),
        starts.get(fewest),
        starts.get(most.saturating_sub(1)),
    ) else {
        return CleanText::new(text);
    };
    // Sentences may end inside a cluster: a full stop with a combining mark.
    let fits = |end: &usize| *end >= fewest && starts.binary_search(end).is_ok();
    if let Some(whole) = last_sentence(text, bound, fits).and_then(|end| text.get(..end)) {
        return CleanText::new(without_opening_marks(whole));
    }
    let part = text.get(..cut).unwrap_or(text);
    CleanText::new(format!("{}…", without_cut_word(part)))
}

/// The end of the last sentence that ends no later than `bound` and fits, white space aside.
fn last_sentence(text: &str, bound: usize, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let certain = last_certain_sentence(text, bound).unwrap_or_default();
    let text = text.get(..text.ceil_char_boundary(bound + LOOK_AHEAD))?;
    let (before, after) = text.split_at_checked(certain)?;
    let ends = after
        .split_sentence_bound_indices()
        .map(|(start, sentence)| certain + start + sentence.trim_end().len());
    std::iter::once(before.trim_end().len())
        .chain(ends)
        .take_while(|&end| end <= bound)
        .filter(fits)
        .last()
}

/// The last place up to `bound` where a sentence begins whatever stands around it (UAX #29, rule
/// SB11): after a wide full stop and before a Chinese character, or after a full stop and a space
/// and before a capital letter. The rules need not be asked about what lies before.
fn last_certain_sentence(text: &str, bound: usize) -> Option<usize> {
    let text = text.get(..bound)?;
    let mut next = None;
    for (start, c) in text.char_indices().rev() {
        let end = start + c.len_utf8();
        let before = || text.get(..start).unwrap_or_default();
        let ends = match (c, next) {
            ('。' | '！' | '？', Some('\u{4E00}'..='\u{9FFF}')) => true,
            (' ', Some('A'..='Z')) => before().ends_with(['.', '!', '?']),
            _ => false,
        };
        if ends {
            return Some(end);
        }
        next = Some(c);
    }
    None
}

/// The text without the word that it may be cut in. Scripts that do not part words by spaces are cut
/// between any two characters.
fn without_cut_word(text: &str) -> &str {
    let parts = |c: char| c.is_whitespace() || is_unspaced(c);
    let before = text.trim_end_matches(|c: char| !parts(c));
    let word = text.strip_prefix(before).unwrap_or_default();
    let may_be_cut = word.ends_with(|c: char| c.is_alphanumeric() || !c.is_ascii());
    let is_near = word.graphemes(true).count() <= LONGEST_WORD;
    let whole = if may_be_cut && is_near && !before.is_empty() {
        before
    } else {
        text
    };
    without_opening_marks(whole)
        .trim_end_matches(|c: char| c.is_whitespace() || ",;:，；：、—-".contains(c))
}

/// Whether a character is of a script that writes words without spaces between them (Han, kana, Thai,
/// Lao, Tibetan, Burmese, Khmer), or is its punctuation.
fn is_unspaced(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{E00}'..='\u{FFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{1950}'..='\u{1AAF}'
            | '\u{3000}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{FF01}'..='\u{FF9F}')
}

/// The text without marks at its end that open what no longer follows: the rules for sentences (UAX #29)
/// leave quotation marks and brackets to the sentence before them, whichever way they point.
fn without_opening_marks(text: &str) -> &str {
    const OPENING: &str = "“‘「『《〈（【〔［([{«";
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || OPENING.contains(c));
    // A straight mark opens where those before it are in pairs.
    match bare.strip_suffix('"') {
        Some(before) if before.matches('"').count() % 2 == 0 => before.trim_end(),
        _ => bare,
    }
}

/// Running text from the beginning, as one line: the paragraphs, or, where there are none at the
/// top level, those of quotations, lists and tables, and then asides and labels too; without any,
/// the pictures' captions, else their alternative texts.
fn beginning(body: &Body) -> String {
    let mut beginning = Beginning::default();
    for block in body.blocks() {
        if let Block::Paragraph(line) = block
            && !beginning.is_enough
            && !is_aside(line)
            && !(beginning.text.is_empty() && is_label(line))
        {
            beginning.push(line);
        }
    }
    if beginning.text.is_empty() {
        beginning.push_all(body.blocks());
    }
    if beginning.text.is_empty() {
        beginning.push_pictures(body.blocks(), |figure| running_text(&figure.caption).into());
    }
    if beginning.text.is_empty() {
        let words = |figure: &Figure| figure.image.alternative.to_string();
        beginning.push_pictures(body.blocks(), words);
    }
    CleanText::line(&beginning.text).into()
}

/// Running text, as much of it as a summary may need.
#[derive(Default)]
struct Beginning {
    text: String,
    is_enough: bool,
}

impl Beginning {
    fn push_all(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Paragraph(line) = block {
                self.push(line);
            }
            for group in block.children() {
                self.push_all(group);
            }
        }
    }

    /// Appends a paragraph to the line, if there is room.
    fn push(&mut self, line: &[Inline]) {
        if self.is_enough {
            return;
        }
        self.push_text(&running_text(line));
    }

    /// Appends what is said of each picture.
    fn push_pictures(&mut self, blocks: &[Block], words: impl Fn(&Figure) -> String + Copy) {
        for block in blocks {
            if let Block::Figure(figure) = block {
                self.push_text(&words(figure));
            }
            for group in block.children() {
                self.push_pictures(group, words);
            }
        }
    }

    fn push_text(&mut self, line: &str) {
        if self.is_enough || line.trim().is_empty() {
            return;
        }
        let wide = self.text.chars().next_back().is_some_and(ends_wide);
        if !self.text.is_empty() && !wide {
            self.text.push(' ');
        }
        self.text.push_str(line.trim());
        self.is_enough = is_enough(&self.text);
    }
}

/// The text of a line as it would be read aloud from a page: of a ruby the base, no marks of notes,
/// nothing that is struck out.
fn running_text(line: &[Inline]) -> Cow<'_, str> {
    match line {
        [Inline::Text(text)] => Cow::Borrowed(text.as_str()),
        _ => {
            let mut text = String::new();
            push_running_text(line, &mut text);
            Cow::Owned(text)
        }
    }
}

fn push_running_text(line: &[Inline], text: &mut String) {
    for inline in line {
        match inline {
            Inline::Text(characters) | Inline::Code(characters) => text.push_str(characters),
            Inline::Break => text.push('\n'),
            Inline::Formula(formula) => text.push_str(&formula.linear()),
            Inline::Ruby(ruby) => push_running_text(&ruby.base, text),
            Inline::Struck(_) => {}
            mark if is_note_mark(mark) => {}
            other => {
                for group in other.children() {
                    push_running_text(group, text);
                }
            }
        }
    }
}

/// Whether an inline is the raised number or sign that leads to a note. In feeds its link is one to a
/// place on the article's page.
fn is_note_mark(inline: &Inline) -> bool {
    let leads = |inline: &Inline| match inline {
        Inline::NoteReference(_) => true,
        Inline::Link(Link { target, .. }) => match target {
            Target::Fragment(_) => true,
            Target::Address(address) => address.fragment().is_some_and(|name| !name.is_empty()),
        },
        _ => false,
    };
    let raised = |inline: &Inline| matches!(inline, Inline::Superscript(_));
    let alone = |inner: fn(&Inline) -> bool, content: &[Inline]| {
        let mut seen = content
            .iter()
            .filter(|part| !matches!(part, Inline::Anchor(_)));
        seen.next().is_some_and(inner) && seen.next().is_none()
    };
    match inline {
        Inline::NoteReference(_) => true,
        Inline::Superscript(content) => alone(leads, content),
        Inline::Link(link) if leads(inline) => alone(raised, &link.content),
        _ => false,
    }
}

/// Whether a line holds a link, and nothing that is neither link nor emphasis.
fn is_aside(line: &[Inline]) -> bool {
    let apart = line.iter().all(|inline| match inline {
        Inline::Link(_) | Inline::Emphasis(_) | Inline::Break | Inline::Anchor(_) => true,
        Inline::Phrase(phrase) => phrase.kind == PhraseKind::Citation,
        Inline::Text(text) => text.is_blank(),
        _ => false,
    });
    apart && line.iter().any(has_link)
}

/// Whether a line is too short to begin a text, and no sentence: it names who wrote or edited.
fn is_label(line: &[Inline]) -> bool {
    let text = plain_text(line);
    let text = text.trim();
    let sentence = text.ends_with(|c: char| ".。!！?？…”’\"」』".contains(c));
    !sentence && !clusters::exceed(text, LONGEST_LABEL)
}

fn has_link(inline: &Inline) -> bool {
    let mut groups = inline.children().flatten();
    matches!(inline, Inline::Link(_)) || groups.any(has_link)
}

/// Whether a text is longer than any summary of it.
fn is_enough(text: &str) -> bool {
    text.len() >= ENOUGH_BYTES
        || (text.len() >= FEWEST_BYTES && clusters::exceed(text, MOST_GRAPHEMES + LOOK_AHEAD))
}

/// Whether a character brings its own space to the next, as full-width punctuation does.
fn ends_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301F}' | '\u{FF01}'..='\u{FF60}' | '”' | '’' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sentence_is_the_one_that_the_rules_find() {
        let parts = [
            "港口开了",
            "Dawn",
            "dr",
            "。",
            "！",
            ". ",
            ".",
            "? ",
            "”",
            "）",
            " ",
            "5",
            "，",
            "é",
            "\u{301}",
        ];
        for seed in 0..2_000_usize {
            let text: String = (0..24_usize)
                .filter_map(|at| parts.get((seed * (7 + at) * (seed + 31 * at) / 16) % parts.len()))
                .copied()
                .collect();
            let bound = text.floor_char_boundary(text.len() * 2 / 3);
            let ends = text
                .split_sentence_bound_indices()
                .map(|(start, sentence)| start + sentence.trim_end().len());
            let last = ends.take_while(|&end| end <= bound).last();
            assert_eq!(
                last_sentence(&text, bound, |_| true).filter(|&end| end > 0),
                last,
                "{text}"
            );
        }
    }
}
