//! How the words around names and dates are read: phrases at the beginning of a text, and what looks like a
//! name, an office or a count.

use super::words::{AND, BY, CHANGED, COUNTED, NO_NAMES, OTHER, PARTICLES, PLAIN, POSTS};

/// What the words of a phrase lead one to expect behind them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// Who wrote it.
    Name,
    /// Another name, if one stood before.
    Another,
    /// When it was changed.
    Change,
    /// Where it was taken from, or the like: no fact that we keep.
    Other,
}

/// What stands before the first phrase of a text that is known, what it leads to expect, and what
/// follows; nothing where the text begins otherwise.
pub(super) fn phrase(text: &str) -> Option<(Expected, &str)> {
    let lists = [
        (BY, Expected::Name),
        (CHANGED, Expected::Change),
        (OTHER, Expected::Other),
        (AND, Expected::Another),
        (PLAIN, Expected::Nothing),
    ];
    let mut best: Option<(usize, Expected)> = None;
    for (phrases, expected) in lists {
        for phrase in phrases {
            let fits = begins_with(text, phrase);
            if fits && best.is_none_or(|(length, _)| phrase.len() > length) {
                best = Some((phrase.len(), expected));
            }
        }
    }
    let (length, expected) = best?;
    // The phrase may be written in capitals, with as many characters.
    let count = phrase_characters(text, length);
    let rest = text
        .char_indices()
        .nth(count)
        .map_or("", |(at, _)| text.get(at..).unwrap_or_default());
    Some((expected, rest.trim_start_matches(is_sign)))
}

/// How many characters of a text make up a phrase of some bytes in lower case.
fn phrase_characters(text: &str, length: usize) -> usize {
    let mut bytes = 0;
    text.chars()
        .take_while(|c| {
            let before = bytes;
            bytes += c.to_lowercase().map(char::len_utf8).sum::<usize>();
            before < length
        })
        .count()
}

fn begins_with(text: &str, phrase: &str) -> bool {
    let mut rest = text.chars();
    for wanted in phrase.chars() {
        let Some(found) = rest.next() else {
            return false;
        };
        if !found.to_lowercase().eq(std::iter::once(wanted)) {
            return false;
        }
    }
    // Where words are not parted by spaces, a sign parts them.
    let parted = rest.next().is_none_or(|next| !next.is_alphanumeric());
    let joined = phrase.chars().all(|c| u32::from(c) >= 0x3000) && phrase.chars().count() > 1;
    parted || joined
}

/// Signs between the words of such a line.
pub(super) fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '.'
                | ':'
                | ';'
                | '，'
                | '。'
                | '：'
                | '；'
                | '|'
                | '｜'
                | '·'
                | '•'
                | '/'
                | '／'
                | '-'
                | '–'
                | '—'
                | '('
                | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '【'
                | '】'
                | '»'
                | '«'
                | '›'
                | '#'
                | '\u{200b}'
        )
}

/// Whether a text only counts something: `5 min read`, `阅读 123`.
pub(super) fn counts(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare =
        lower.trim_matches(|c: char| c.is_numeric() || is_sign(c) || matches!(c, '+' | '~' | '万'));
    lower.chars().any(char::is_numeric) && COUNTED.contains(&bare)
}

/// Whether a text is written as the full name of a person is.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &&str| {
        let fits = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'');
        word.chars().all(fits)
            && (word.starts_with(char::is_uppercase) || PARTICLES.contains(word))
            && !NO_NAMES.contains(&word.to_lowercase().as_str())
    };
    (2..=5).contains(&words.len()) && words.iter().all(is_part)
}

/// The names in a link to all that somebody wrote: `More articles by Ann Writer`.
pub(in crate::clean::body::metadata) fn without_introduction(text: &str) -> &str {
    const VERBS: [&str; 9] = [
        "more", "all", "view", "see", "read", "show", "other", "posts", "articles",
    ];
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if !VERBS.contains(&first.as_str()) {
        return text;
    }
    let after = [" by ", " from "]
        .iter()
        .find_map(|word| text.rsplit_once(word));
    after.map_or(text, |(_, names)| names.trim())
}

/// Whether a text tells what somebody is rather than who: `Staff Writer`, `harbour desk`.
pub(super) fn is_post(text: &str) -> bool {
    let last = text
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let is_small = text
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    POSTS.contains(&last.as_str()) || is_small
}
