//! Names that are written with the family name first and a comma behind it.

use super::describe::is_description;
use super::given::GIVEN;
use super::labels::is_hangul;
use super::people::{is_ideographic, is_suffix, people_in};
use super::roles::{is_agency, is_title, role_of};
use super::words::{CONJUNCTIONS, INSTITUTIONS, PARTICLES};

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

/// "Last, First", "Last, First and First Last", and "Last, First and Last, First": one comma stands
/// behind each family name. `is_told` where that is known of the whole line.
pub(super) fn names(part: &str, is_told: bool) -> Option<Vec<String>> {
    if let Some(names) = pairs(part) {
        return Some(names);
    }
    let (last, rest) = part.split_once(", ")?;
    let (rest, suffix) = match rest.rsplit_once(", ") {
        Some((rest, suffix)) if is_suffix(suffix) => (rest, Some(suffix)),
        _ => (rest, None),
    };
    if !is_alphabetic(last) || rest.contains(',') {
        return None;
    }
    let mut people = rest.split(' ').collect::<Vec<_>>();
    let conjunction = people.iter().position(|word| CONJUNCTIONS.contains(word));
    let others = conjunction
        .map(|at| people.split_off(at))
        .unwrap_or_default();
    let first = people.join(" ");
    let is_single = others.is_empty() && is_single_pair(last, &first);
    if !(is_told || is_single || is_inverted(last, &people))
        || is_suffix(&first)
        || others.len() == 2
    {
        return None;
    }
    let mut names = vec![match suffix {
        Some(suffix) => format!("{first} {last}, {suffix}"),
        None => format!("{first} {last}"),
    }];
    if let Some((_, others)) = others.split_first() {
        names.extend(people_in(&others.join(" ")));
    }
    Some(names)
}

/// The one name of a text that citations write with the family name first.
pub(super) fn turned(written: &str) -> Option<String> {
    let (last, first) = written.trim().split_once(',')?;
    let (first, suffix) = match first.rsplit_once(',') {
        Some((first, suffix)) if is_suffix(suffix.trim()) => (first.trim(), Some(suffix.trim())),
        Some(_) => return None,
        None => (first.trim(), None),
    };
    let fits = is_alphabetic(last)
        && (1..4).contains(&words(last))
        && (1..4).contains(&words(first))
        && !is_suffix(first)
        && !is_description(first)
        && !is_institution(last)
        && !first.split(' ').any(|word| CONJUNCTIONS.contains(&word));
    fits.then(|| match suffix {
        Some(suffix) => format!("{first} {last}, {suffix}"),
        None => format!("{first} {last}"),
    })
}

/// "Doe, Jane and Roe, John": the conjunctions stand between such pairs.
fn pairs(part: &str) -> Option<Vec<String>> {
    let mut halves = vec![Vec::new()];
    for word in part.split(' ') {
        match halves.last_mut() {
            Some(half) if !CONJUNCTIONS.contains(&word) => half.push(word),
            _ => halves.push(Vec::new()),
        }
    }
    let pair = |half: &Vec<&str>| {
        let half = half.join(" ");
        let (last, first) = half.split_once(", ")?;
        let first = first.trim_end_matches(',');
        let people: Vec<&str> = first.split(' ').collect();
        let fits = !first.contains(',')
            && is_alphabetic(last)
            && !is_suffix(first)
            && (is_single_pair(last, first) || is_inverted(last, &people));
        fits.then(|| format!("{first} {last}"))
    };
    (halves.len() > 1)
        .then(|| halves.iter().map(pair).collect::<Option<Vec<_>>>())
        .flatten()
}

fn is_alphabetic(last: &str) -> bool {
    last.chars()
        .all(|c| c.is_alphabetic() && !is_ideographic(c) && !is_hangul(c) || " -'’.".contains(c))
}

/// Whether a name begins as those of institutions do.
fn is_institution(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    INSTITUTIONS.contains(&first.as_str())
}

fn is_given(word: &str) -> bool {
    GIVEN.split_whitespace().any(|given| given == word)
}

/// "Keeper, Ada": two single words with capitals and nothing else are one name, unless a common
/// given name comes first, or what may be one is no name.
fn is_single_pair(last: &str, first: &str) -> bool {
    let is_word = |text: &str| {
        !text.contains(' ')
            && text.chars().count() > 1
            && text.starts_with(char::is_uppercase)
            && !is_agency(text)
            && role_of(text).is_none()
            && !is_title(text)
            && text.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
    };
    is_word(last) && is_word(first) && !is_given(&last.to_lowercase())
}

/// Whether a comma between these sets a family name first: an initial or a common given name behind
/// the comma and none before it, or words that only family names begin with.
fn is_inverted(last: &str, first: &[&str]) -> bool {
    let words: Vec<String> = last.split(' ').map(str::to_lowercase).collect();
    let Some((family, particles)) = words.split_last() else {
        return false;
    };
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
