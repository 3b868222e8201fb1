//! What stands before a name: labels, prepositions, roles and works.

use super::given::FAMILY_NAMES;
use super::people::is_ideographic;
use super::roles::{Role, is_small_word, is_title, role_at_end, role_of, role_within};
use super::words::{BY, OF, PREFIXES, PREPOSITIONS};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The longest label before a colon, in words.
const LONGEST_LABEL: usize = 5;

/// The longest word in characters that is a role behind whom it is of: `端传媒记者`.
const LONGEST_ROLE: usize = 9;

/// The longest name with a place behind it, in characters.
const LONGEST_WITH_PLACE: usize = 6;

/// A row of [`PREFIXES`]: phrases of one role.
type Phrases = (Vec<&'static str>, Role);

/// The rows of [`PREFIXES`] in their order, each with the phrases that begin with one letter.
static PHRASES: LazyLock<HashMap<char, Vec<Phrases>>> = LazyLock::new(|| {
    let mut by_letter: HashMap<char, Vec<Phrases>> = HashMap::new();
    for (phrases, role) in PREFIXES {
        let mut row: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for phrase in phrases.split('|').map(str::trim) {
            let letter = phrase.chars().next().unwrap_or_default();
            row.entry(letter).or_default().push(phrase);
        }
        for (letter, phrases) in row {
            by_letter.entry(letter).or_default().push((phrases, *role));
        }
    }
    by_letter
});

/// A part without the roles and prepositions before it, and what they say.
pub(super) fn without_role(part: &str) -> (String, Option<Role>) {
    let (mut rest, mut told) = (part.trim(), None);
    while let Some((after, role)) = role_before(rest) {
        rest = after;
        told = told.or(role);
    }
    (rest.to_owned(), told)
}

/// What follows a role or a preposition that a text begins with, and what it says.
pub(super) fn role_before(text: &str) -> Option<(&str, Option<Role>)> {
    prefix(text)
        .or_else(|| label(text))
        .or_else(|| in_characters(text))
        .or_else(|| title(text))
        .or_else(|| by(text))
        .or_else(|| preposition(text))
        .filter(|(rest, _)| rest.len() < text.len())
}

/// `written by`, `Подготовил`: phrases that stand before a name and nowhere else.
fn prefix(text: &str) -> Option<(&str, Option<Role>)> {
    let start = text.get(..text.floor_char_boundary(48)).unwrap_or(text);
    let lower = start.to_lowercase();
    let rows = PHRASES.get(&lower.chars().next()?)?;
    rows.iter().find_map(|(phrases, role)| {
        let found = phrases.iter().filter(|phrase| {
            lower.strip_prefix(**phrase).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with([' ', ':', '：', '/', '／'])
            })
        });
        let phrase = found.max_by_key(|phrase| phrase.len())?;
        let length: usize = text
            .chars()
            .take(phrase.chars().count())
            .map(char::len_utf8)
            .sum();
        let rest = text.get(length..)?;
        Some((
            rest.trim_start_matches([' ', ':', '：', '/', '／']),
            Some(*role),
        ))
    })
}

/// A label with a colon, whatever it says: no name has one. What is no role may say who speaks.
fn label(text: &str) -> Option<(&str, Option<Role>)> {
    let (label, rest) = text.split_once([':', '：'])?;
    let label = label.trim();
    let spaced = rest.starts_with(' ') || !label.is_ascii() || text.contains('：');
    let is_label = label.split(' ').count() <= LONGEST_LABEL
        && !label.contains([',', '(', '（', '.'])
        && label.chars().any(char::is_alphabetic);
    let role = role_within(label);
    let rest = rest.trim();
    let names_somebody = !rest.is_empty() && role_of(rest).is_none();
    (is_label && (spaced || role.is_some()) && (names_somebody || role.is_some()))
        .then(|| (rest, Some(role.unwrap_or(Role::Writer))))
}

/// A role in characters, which needs no colon, behind whom somebody works for and with or without a
/// space before the name: `记者 张三`, `财新记者 张三`, `新华社记者张三`.
pub(super) fn in_characters(text: &str) -> Option<(&str, Option<Role>)> {
    let is_unspaced = |c: char| is_ideographic(c) || is_hangul(c);
    let end = text.find(|c: char| !is_unspaced(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    if word.is_empty() {
        return None;
    }
    let short = word.chars().count() <= LONGEST_ROLE;
    let role = role_of(word).or_else(|| role_at_end(word).filter(|_| short));
    let name = rest.trim_start_matches([' ', '/', '／', '・', '·', '-', '|', '＝', '=']);
    if let Some(role) = role
        && !name.is_empty()
        && name.len() < rest.len()
    {
        return Some((name, Some(role)));
    }
    let (name, place, role) = attached(word)?;
    let all = text.get(word.len().checked_sub(name.len())?..)?;
    Some((if place { name } else { all }, Some(role)))
}

/// The name at the end of a word that begins with a role, and whether where was reported from stood
/// behind it: `新华社记者张三`, `記者王小明台北`.
fn attached(word: &str) -> Option<(&str, bool, Role)> {
    let starts: Vec<usize> = word.char_indices().map(|(start, _)| start).collect();
    starts.iter().rev().find_map(|start| {
        let (before, name) = word.split_at_checked(*start)?;
        let role = role_of(before)
            .filter(|_| before.chars().count() > 1)
            .or_else(|| role_at_end(before))?;
        let count = name.chars().count();
        let is_name = (2..=LONGEST_WITH_PLACE).contains(&count)
            && name.starts_with(|c| FAMILY_NAMES.contains(c))
            && name.chars().all(is_ideographic)
            && role_of(name).is_none();
        let end = name.char_indices().nth(3).filter(|_| count > 4);
        let (name, place) = match end {
            Some((end, _)) => (name.get(..end)?, true),
            None => (name, false),
        };
        is_name.then_some((name, place, role))
    })
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7AF}')
}

/// A work and its preposition: `Guest post by`, `Ein Interview von`, `Traducción de`.
fn by(text: &str) -> Option<(&str, Option<Role>)> {
    let words: Vec<&str> = text.split(' ').take(LONGEST_LABEL + 1).collect();
    let at = words
        .iter()
        .position(|word| BY.contains(word) || OF.contains(word))?;
    let (before, _) = words.split_at_checked(at)?;
    let preposition = words.get(at)?;
    let length: usize = before.iter().map(|word| word.len() + 1).sum::<usize>() + preposition.len();
    let rest = text.get(length..)?.trim_start();
    let role = role_within(&before.join(" "));
    // `onze redacteur Jan de Vries`: the work or the role stands right before the preposition.
    let is_work = before.last().is_some_and(|last| role_of(last).is_some());
    let is_name = rest.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let told = is_work || BY.contains(preposition);
    (!before.is_empty() && is_name && told).then(|| (rest, Some(role.unwrap_or(Role::Writer))))
}

/// Who somebody is, before a full name: `Reporter Jane Doe`, `onze redacteur Jan de Vries`.
fn title(text: &str) -> Option<(&str, Option<Role>)> {
    let mut rest = text;
    for _ in 0..LONGEST_LABEL {
        let (word, after) = rest.split_once(' ')?;
        let name = after.trim_start_matches([' ', '-', '–', '—']);
        let is_full = name.contains(' ')
            && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let role = role_of(word);
        let is_role = role.is_some()
            && (is_title(word) || !word.is_ascii() || word.chars().all(char::is_lowercase));
        let is_bare = role.is_some() && !word.is_ascii() && !word.chars().any(char::is_uppercase);
        if (is_role && is_full) || (is_bare && !name.is_empty()) {
            return Some((name, role));
        }
        if !is_small_word(word) {
            return None;
        }
        rest = after;
    }
    None
}

/// Prepositions that are parts of names too: before a full name only.
fn preposition(text: &str) -> Option<(&str, Option<Role>)> {
    let (word, name) = text.split_once(' ')?;
    let is_full = name.contains(' ')
        && !name.contains(',')
        && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let is_capital = PREPOSITIONS.contains(&word);
    let listed = is_capital && name.split(',').all(|one| one.trim().contains(' '));
    (is_capital && (is_full || listed) || word == "di" && is_full).then_some((name, None))
}
