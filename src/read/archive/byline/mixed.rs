//! A line that tells the time and names somebody: `Posted on December 30, 2021 by Ann`,
//! `2021-12-30 20:44 | 作者：张三`.

use super::form::is_like_names;
use crate::model::WrittenTime;

/// The longest line of the kind, in bytes.
const LONGEST: usize = 300;

/// Signs and words that part a time from a name.
const SIGNS: [char; 10] = [' ', ',', ';', '|', '·', '•', '-', '–', '—', '/'];

/// Those that part entries of a line, and stand in no date and before no place.
const BARS: [char; 4] = ['|', '·', '•', '｜'];

/// Words of sections and kinds of articles, which stand where a name may, in small letters.
const SECTIONS: [&str; 40] = [
    "news",
    "world",
    "politics",
    "business",
    "sport",
    "sports",
    "opinion",
    "culture",
    "science",
    "technology",
    "tech",
    "health",
    "travel",
    "analysis",
    "review",
    "reviews",
    "letters",
    "letter",
    "report",
    "reports",
    "east",
    "west",
    "north",
    "south",
    "africa",
    "asia",
    "europe",
    "america",
    "middle",
    "latin",
    "press",
    "release",
    "post",
    "times",
    "blog",
    "story",
    "stories",
    "edition",
    "feature",
    "features",
];

/// Words before a name, in small letters.
const BY: [&str; 20] = [
    "by",
    "von",
    "par",
    "por",
    "di",
    "de",
    "door",
    "av",
    "af",
    "от",
    "автор",
    "oleh",
    "bởi",
    "โดย",
    "记者",
    "記者",
    "作者",
    "撰文",
    "문",
    "글",
];

/// The time of a line and the rest of it, which says that it is a name.
pub(super) fn split(line: &str) -> Option<(WrittenTime, String)> {
    if line.len() > LONGEST || !line.chars().any(char::is_numeric) {
        return None;
    }
    let ends: Vec<usize> = line
        .char_indices()
        .filter(|(_, character)| SIGNS.contains(character))
        .map(|(at, _)| at)
        .collect();
    let cut = |at: &usize| {
        let (before, after) = line.split_at_checked(*at)?;
        let is_bar = after.starts_with(BARS);
        Some((
            before.trim_matches(SIGNS),
            after.trim_matches(SIGNS),
            is_bar,
        ))
    };
    // The longest time counts, on either side of the name.
    let time_first = ends.iter().rev().filter_map(cut);
    let time_last = ends
        .iter()
        .filter_map(cut)
        .map(|(name, time, is_bar)| (time, name, is_bar));
    time_first
        .chain(time_last)
        .filter(|(_, name, is_bar)| names_somebody(name) || (*is_bar && is_person(name)))
        .find_map(|(time, name, _)| Some((WrittenTime::parse(time)?, name.to_owned())))
}

/// Whether a text is written as a person's whole name is, and not as a section of a paper.
fn is_person(text: &str) -> bool {
    let is_part = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| {
                c.is_lowercase() || matches!(c, '.' | '-' | '’' | '\'') || c.is_uppercase()
            })
    };
    let words: Vec<&str> = text.split(' ').collect();
    let is_section = |word: &&str| SECTIONS.contains(&word.to_lowercase().as_str());
    (2..=4).contains(&words.len())
        && words.iter().filter(|word| is_part(word)).count() >= 2
        && words.first().is_some_and(|word| is_part(word))
        && words.last().is_some_and(|word| is_part(word))
        && !words.iter().any(is_section)
        && is_like_names(text)
}

/// Whether a text says of itself that a name follows: by a preposition, or a label with a colon.
fn names_somebody(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_by = BY.contains(&first.to_lowercase().as_str()) && first.len() < text.len();
    // `Posted by Ann Writer`
    let mut words = text.split_whitespace().skip(1);
    let is_second = words.next().is_some_and(|word| BY.contains(&word));
    let is_told = is_second && words.next().is_some() && first.chars().count() > 3;
    let label = text
        .split_once([':', '：'])
        .map(|(label, _)| label)
        .filter(|label| label.split_whitespace().count() < 3 && !label.contains(char::is_numeric));
    let name = match is_by {
        true => text.get(first.len()..).unwrap_or_default().trim_start(),
        false => text,
    };
    (is_by || is_told || label.is_some_and(|label| !label.is_empty())) && is_like_names(name)
}
