//! A line that tells the time and names somebody: `Posted on December 30, 2021 by Ann`,
//! `2021-12-30 20:44 | 作者：张三`.

use super::form::is_like_names;
use crate::model::WrittenTime;

/// The longest line of the kind, in bytes.
const LONGEST: usize = 300;

/// Signs and words that part a time from a name.
const SIGNS: [char; 10] = [' ', ',', ';', '|', '·', '•', '-', '–', '—', '/'];

/// Words before a name, in small letters.
const BY: [&str; 14] = [
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
        Some((before.trim_matches(SIGNS), after.trim_matches(SIGNS)))
    };
    // The longest time counts, on either side of the name.
    let time_first = ends.iter().rev().filter_map(cut);
    let time_last = ends.iter().filter_map(cut).map(|(name, time)| (time, name));
    time_first
        .chain(time_last)
        .filter(|(_, name)| names_somebody(name))
        .find_map(|(time, name)| Some((WrittenTime::parse(time)?, name.to_owned())))
}

/// Whether a text says of itself that a name follows: by a preposition, or a label with a colon.
fn names_somebody(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_by = BY.contains(&first.to_lowercase().as_str()) && first.len() < text.len();
    let label = text
        .split_once([':', '：'])
        .map(|(label, _)| label)
        .filter(|label| label.split_whitespace().count() < 3 && !label.contains(char::is_numeric));
    let name = match is_by {
        true => text.get(first.len()..).unwrap_or_default().trim_start(),
        false => text,
    };
    (is_by || label.is_some_and(|label| !label.is_empty())) && is_like_names(name)
}
