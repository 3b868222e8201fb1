//! Names that are written with the family name first and a comma behind it.

use super::given::GIVEN;
use super::people::{is_ideographic, is_suffix, people_in};
use super::words::{CONJUNCTIONS, PARTICLES};

/// Whether a line is a list of such names: semicolons stand between them, since commas stand within,
/// and each has one comma. "MD" behind a comma is no first name.
pub(super) fn all_are(line: &str) -> bool {
    let names: Vec<&str> = line.split(';').map(str::trim).collect();
    let is_one = |name: &&str| {
        let parts = name.split_once(", ");
        parts.is_some_and(|(last, first)| {
            !first.contains(',')
                && !is_suffix(first)
                && (1..4).contains(&words(last))
                && words(first) < 4
        })
    };
    names.len() > 1 && names.iter().all(is_one)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// "Last, First", and "Last, First and First Last": the one comma stands behind a family name.
/// `is_told` where that is known of the whole line.
pub(super) fn names(part: &str, is_told: bool) -> Option<Vec<String>> {
    let (last, rest) = part.split_once(", ")?;
    let alphabetic = last
        .chars()
        .all(|c| c.is_alphabetic() && !is_ideographic(c) || " -'’".contains(c));
    if !alphabetic || rest.contains(',') {
        return None;
    }
    let mut people = rest.split(' ').collect::<Vec<_>>();
    let conjunction = people.iter().position(|word| CONJUNCTIONS.contains(word));
    let others = conjunction
        .map(|at| people.split_off(at))
        .unwrap_or_default();
    let first = people.join(" ");
    if !(is_told || is_inverted(last, &people)) || is_suffix(&first) || others.len() == 2 {
        return None;
    }
    let mut names = vec![format!("{first} {last}")];
    if let Some((_, others)) = others.split_first() {
        names.extend(people_in(&others.join(" ")));
    }
    Some(names)
}

/// Whether a comma between these sets a family name first. Two single words may as well be two
/// people with one name each, so something has to tell: an initial or a common given name behind
/// the comma and none before it, or words that only family names begin with.
fn is_inverted(last: &str, first: &[&str]) -> bool {
    let words: Vec<String> = last.split(' ').map(str::to_lowercase).collect();
    let Some((family, particles)) = words.split_last() else {
        return false;
    };
    let is_given = |word: &str| GIVEN.split_whitespace().any(|given| given == word);
    let is_initial = |word: &&str| word.chars().count() < 3 && word.ends_with('.');
    let begins_given = |word: &&str| is_given(&word.to_lowercase()) || is_initial(word);
    let only_particles = particles
        .iter()
        .all(|word| PARTICLES.contains(&word.as_str()));
    let told = first.first().is_some_and(begins_given)
        && words.len() < 4
        && !words.iter().any(|word| is_given(word));
    let has_particle = only_particles && !particles.is_empty() && !is_given(family);
    // "Ewa Nowak, Jan Maly": a full name on both sides.
    let full = particles.is_empty() || first.len() == 1;
    (1..3).contains(&first.len()) && (told && full || has_particle)
        || first.len() > 2 && first.len() < 5 && first.iter().all(is_initial)
}
