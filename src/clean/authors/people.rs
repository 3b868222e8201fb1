//! Lists of people: where one name ends and the next begins.

use super::given::{ATTACHED_NAMES, FAMILY_NAMES};
use super::labels::is_hangul;
use super::roles::role_of;
use super::words::{CONJUNCTIONS, INSTITUTIONS, SUFFIXES};

/// What stands for further names at the end of a list.
const AND_OTHERS: [&str; 27] = [
    " u. a.",
    " u.a.",
    " und andere",
    " et autres",
    " et coll.",
    " y otros",
    " e outros",
    " e altri",
    " и др.",
    " и другие",
    " ve diğerleri",
    " i inni",
    " en anderen",
    " m.fl.",
    " וآخرون",
    " وآخرون",
    " ואחרים",
    "等人",
    "ほか",
    " 외",
    " & more",
    " & others",
    " and more",
    " and others",
    " et al.",
    " et al",
    "等",
];

/// The names of a list with commas.
pub(super) fn list(part: &str) -> Vec<String> {
    let first = part.split(' ').next().unwrap_or_default().to_lowercase();
    if INSTITUTIONS.contains(&first.as_str()) {
        return vec![part.to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for piece in part.split([',', '，', '،']).map(str::trim) {
        let piece = without_conjunction(piece);
        match names.last_mut() {
            Some(name) if is_suffix(piece) => *name = format!("{name}, {piece}"),
            _ => names
                .extend(with_suffix_first(piece, names.len()).unwrap_or_else(|| people_in(piece))),
        }
    }
    join_suffixes(names)
}

/// "MD and John Roe": a suffix of the name before, and another name.
fn with_suffix_first(piece: &str, before: usize) -> Option<Vec<String>> {
    let (suffix, rest) = piece.split_once(' ')?;
    let (conjunction, rest) = rest.split_once(' ')?;
    (before > 0 && is_suffix(suffix) && CONJUNCTIONS.contains(&conjunction)).then(|| {
        std::iter::once(suffix.to_owned())
            .chain(people_in(rest))
            .collect()
    })
}

fn join_suffixes(names: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for name in names {
        match joined.last_mut() {
            Some(last) if is_suffix(&name) => *last = format!("{last}, {name}"),
            _ => joined.push(name),
        }
    }
    joined
}

pub(super) fn is_suffix(piece: &str) -> bool {
    let plain: String = piece
        .chars()
        .filter(|c| *c != '.')
        .flat_map(char::to_lowercase)
        .collect();
    SUFFIXES.contains(&plain.as_str())
}

fn without_conjunction(piece: &str) -> &str {
    let first = piece
        .split_once(' ')
        .filter(|(word, _)| CONJUNCTIONS.contains(word));
    first.map_or(piece, |(_, rest)| rest)
}

/// Splits "Jane Doe and John Doe", but not "Sean and Shiba", which may be one channel's name.
pub(super) fn people_in(piece: &str) -> Vec<String> {
    let piece = without_others(piece);
    let is_joined = piece.split(' ').any(|word| CONJUNCTIONS.contains(&word));
    let is_full = |name: &String| name.split_whitespace().count() > 1;
    let all = std::iter::once(CONJUNCTIONS).chain(CONJUNCTIONS.chunks(1));
    let all = all.filter(|_| is_joined);
    let split = all.map(|words| split_at_words(piece, words));
    let mut found = split.filter(|names| names.len() > 1 && names.iter().all(is_full));
    found
        .next()
        .or_else(|| attached(piece))
        .or_else(|| characters(piece))
        .or_else(|| dotted(piece))
        .or_else(|| spaced(piece))
        .unwrap_or_else(|| vec![piece.to_owned()])
}

fn split_at_words(text: &str, words: &[&str]) -> Vec<String> {
    let mut names = vec![String::new()];
    for word in text.split(' ') {
        if words.contains(&word) {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names
}

/// Splits names in characters at 和, 与, 與, 及, と or a sign for them, where both sides are as long as names.
fn characters(text: &str) -> Option<Vec<String>> {
    let names: Vec<String> = text
        .split(['和', '与', '與', '及', 'と', '&', '＆', '+', '＋'])
        .map(|name| name.trim().to_owned())
        .collect();
    let is_name =
        |name: &String| (2..=4).contains(&name.chars().count()) && name.chars().all(is_ideographic);
    (names.len() > 1 && names.iter().all(is_name)).then_some(names)
}

/// Splits Korean names at a middle dot, which is a part of transcribed names elsewhere.
fn dotted(text: &str) -> Option<Vec<String>> {
    let names: Vec<&str> = text.split(['·', '・', 'ㆍ']).map(str::trim).collect();
    let is_name = |name: &&str| {
        (2..=4).contains(&name.chars().count())
            && name.chars().all(is_hangul)
            && name.starts_with(|c| FAMILY_NAMES.contains(c))
    };
    (names.len() > 1 && names.iter().all(is_name))
        .then(|| names.into_iter().map(str::to_owned).collect())
}

/// Splits at the conjunction that Arabic and Hebrew write at the beginning of the next word, where
/// both sides are full names.
fn attached(text: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    for (at, word) in words.iter().enumerate() {
        let bare = word
            .strip_prefix(['و', 'ו'])
            .filter(|bare| bare.chars().count() > 1 && !ATTACHED_NAMES.contains(word));
        let before = names.last().map_or(0, Vec::len);
        match bare {
            Some(bare) if before > 1 && words.len() - at > 1 => names.push(vec![bare]),
            _ => names.last_mut()?.push(word),
        }
    }
    let full = names.len() > 1 && names.iter().all(|name| name.len() > 1);
    full.then(|| names.iter().map(|name| name.join(" ")).collect())
}

/// Splits Chinese and Korean names that a space parts. Each has to begin with a family name, since
/// Japanese and foreign names have a space within.
fn spaced(text: &str) -> Option<Vec<String>> {
    let is_name = |word: &&str| {
        let begins = word.chars().next();
        (2..=4).contains(&word.chars().count())
            && word
                .chars()
                .all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'))
            && begins.is_some_and(|c| FAMILY_NAMES.contains(c))
            && role_of(word).is_none()
    };
    let all = text.split(' ').count();
    let words: Vec<&str> = text
        .split(' ')
        .filter(|word| !is_korean_house(word))
        .collect();
    (all > 1 && !words.is_empty() && words.iter().all(is_name))
        .then(|| words.into_iter().map(str::to_owned).collect())
}

/// 서울신문, 한국일보: papers and stations, by the last of their syllables.
fn is_korean_house(word: &str) -> bool {
    const ENDS: [&str; 9] = [
        "신문",
        "일보",
        "뉴스",
        "방송",
        "통신",
        "경제",
        "저널",
        "매거진",
        "닷컴",
    ];
    word.chars().count() > 3 && ENDS.iter().any(|end| word.ends_with(end))
}

pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

pub(super) fn without_others(name: &str) -> &str {
    let is_all = |others: &&str| {
        let rest = others.strip_suffix(name);
        rest.is_some_and(|rest| rest.ends_with(' '))
    };
    if AND_OTHERS.iter().any(is_all) {
        return "";
    }
    let mut ends = AND_OTHERS.iter();
    ends.find_map(|others| name.strip_suffix(others))
        .unwrap_or(name)
}
