//! From a line as it was written to names.

use super::given::{ATTACHED_NAMES, FAMILY_NAMES, GIVEN};
use super::words::{
    ATTACHED_ROLES, CONJUNCTIONS, ENDINGS, INSTITUTIONS, NO_FAMILY_NAMES, NOBODY, OTHERS,
    PARTICLES, PICTURE_PREFIXES, PREFIXES, PREPOSITIONS, SUFFIXES, WRITERS,
};

/// What stands for further names at the end of a list.
const AND_OTHERS: [&str; 7] = [
    " & more",
    " & others",
    " and more",
    " and others",
    " et al.",
    " et al",
    "等",
];

/// Words of a programme in the place of a first or last name that it does not know.
const MISSING: [&str; 3] = ["null", "undefined", "None"];

/// What a remark in brackets behind a name says, where it is not part of the name.
const REMARKS: [&str; 14] = [
    "报道", "報道", "报导", "報導", "发自", "發自", "编译", "編譯", "摘编", "综合", "记者", "記者",
    "编辑", "編輯",
];

/// A name, and whether it is that of somebody who wrote.
type Credit = (String, bool);

/// The names in a line. Editors and photographers are named only where nobody else is.
pub(super) fn names(line: &str) -> Vec<String> {
    // Before the slash in it parts two names.
    if NOBODY.contains(&line.trim().to_lowercase().as_str()) {
        return Vec::new();
    }
    let line = without_addresses(&without_tags(&without_wikilinks(line)));
    let mut credits = Vec::new();
    let mut writes = true;
    for part in parts(&mark_roles(&line)) {
        let (part, told) = without_role(without_roles_behind(&part));
        writes = told.unwrap_or(writes);
        for name in inverted(&part).unwrap_or_else(|| list(&part)) {
            credits.extend(name_of(&name).map(|name| (name, writes)));
        }
    }
    let any_writer = credits.iter().any(|(_, writes): &Credit| *writes);
    let wanted = credits
        .into_iter()
        .filter(|(_, writes)| *writes || !any_writer);
    wanted.map(|(name, _)| name).collect()
}

/// `[[Ann Writer|Ann]]` is a link to the note `Ann Writer`.
fn without_wikilinks(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[[")
        && let Some((link, after)) = after.split_once("]]")
    {
        text.push_str(before);
        text.push_str(link.split('|').next().unwrap_or_default());
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The text between tags. `<ann@mail.example>` is no tag.
fn without_tags(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let inside = after.split_once('>').filter(|(tag, _)| {
            !tag.starts_with("http")
                && tag
                    .trim_start_matches('/')
                    .starts_with(|c: char| c.is_ascii_alphabetic())
                && !tag
                    .split([' ', '='])
                    .next()
                    .unwrap_or_default()
                    .contains('@')
        });
        match inside {
            Some((_, after)) => rest = after,
            None => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// Leaves out words that are addresses of the web or of mail, and handles.
fn without_addresses(line: &str) -> String {
    let words = line.split_whitespace().filter(|word| !is_address(word));
    words.collect::<Vec<_>>().join(" ")
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '(', ')', '[', ']', ',', ';', '（', '）', '"']);
    let lower = word.to_lowercase();
    lower.contains("://")
        || lower.starts_with("www.")
        || lower.starts_with("mailto:")
        || word.contains(['@', '＠'])
        || is_host(word.split('/').next().unwrap_or_default())
}

/// `ann.example` in small letters, or a host in any case under an ending that is in no name.
/// `J.K.Rowling` and `Ph.D.` are none.
fn is_host(word: &str) -> bool {
    let Some((before, ending)) = word.rsplit_once('.') else {
        return false;
    };
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let labels = !before.is_empty() && before.split('.').all(|label| !label.is_empty());
    let plain = before.chars().all(|c| small(c) || c == '.');
    let shaped = plain && ending.len() > 1 && ending.chars().all(|c| c.is_ascii_lowercase());
    labels && (shaped || ENDINGS.contains(&ending.to_lowercase().as_str()))
}

/// Sets a bar before each role that a slash or colon follows, and a colon behind it.
fn mark_roles(line: &str) -> String {
    let mut marked = Vec::new();
    for word in line.split(' ') {
        let at = word
            .char_indices()
            .find(|(_, c)| matches!(c, '/' | '／' | ':' | '：'));
        let split = at.and_then(|(at, sign)| {
            let (role, rest) = word.split_at_checked(at)?;
            let rest = rest.strip_prefix(sign)?;
            role_of(role).map(|_| format!("|{role}:{rest}"))
        });
        marked.push(split.unwrap_or_else(|| word.to_owned()));
    }
    marked.join(" ")
}

fn role_of(word: &str) -> Option<bool> {
    let word = word.to_lowercase();
    if WRITERS.contains(&word.as_str()) {
        return Some(true);
    }
    OTHERS.contains(&word.as_str()).then_some(false)
}

/// The parts between signs that stand in no name.
fn parts(line: &str) -> Vec<String> {
    let signs = ['、', ';', '；', '|', '｜', '/', '／'];
    line.split(signs)
        .map(|part| part.trim().to_owned())
        .collect()
}

/// A part without the roles and prepositions before it, and what they say: whether it wrote.
fn without_role(part: &str) -> (String, Option<bool>) {
    let (mut rest, mut told) = (part.trim(), None);
    while let Some((after, role)) = role_before(rest) {
        rest = after;
        told = told.or(role);
    }
    (rest.to_owned(), told)
}

fn role_before(text: &str) -> Option<(&str, Option<bool>)> {
    for (prefixes, writes) in [(PREFIXES, true), (PICTURE_PREFIXES, false)] {
        for prefix in prefixes {
            if let Some(rest) = after_word(text, prefix) {
                return Some((rest, Some(writes)));
            }
        }
    }
    if let Some(name) = ATTACHED_ROLES
        .iter()
        .find_map(|role| text.strip_prefix(role))
        && (2..=4).contains(&name.chars().count())
        && name
            .chars()
            .next()
            .is_some_and(|c| FAMILY_NAMES.contains(c))
        && name.chars().all(is_ideographic)
    {
        return Some((name, Some(true)));
    }
    let end = text.find([' ', ':', '：'])?;
    let (word, rest) = text.split_at_checked(end)?;
    let name = rest.trim_start_matches([' ', ':', '：']);
    let has_colon = rest.trim_start().starts_with([':', '：']);
    // "Text Anna" may be a name in letters; a role in characters needs no colon.
    if let Some(writes) = role_of(word)
        && (has_colon || !word.is_ascii())
    {
        return Some((name, Some(writes)));
    }
    let full = name.split(' ').count() > 1 && name.starts_with(char::is_uppercase);
    (PREPOSITIONS.contains(&word) && full).then_some((name, None))
}

fn after_word<'text>(text: &'text str, word: &str) -> Option<&'text str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let bare = rest.trim_start_matches([' ', ':', '：']);
    let same = start.to_lowercase() == word;
    (same && (bare.len() < rest.len() || rest.is_empty())).then_some(bare)
}

/// "Last, First", and "Last, First and First Last": the one comma stands behind a family name.
fn inverted(part: &str) -> Option<Vec<String>> {
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
    if !is_inverted(last, &people) || is_suffix(&first) || others.len() == 2 {
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

/// The names of a list with commas.
fn list(part: &str) -> Vec<String> {
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

fn is_suffix(piece: &str) -> bool {
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
fn people_in(piece: &str) -> Vec<String> {
    let piece = without_others(piece);
    let is_full = |name: &String| name.split_whitespace().count() > 1;
    let all = std::iter::once(CONJUNCTIONS).chain(CONJUNCTIONS.chunks(1));
    let split = all.map(|words| split_at_words(piece, words));
    let mut found = split.filter(|names| names.len() > 1 && names.iter().all(is_full));
    found
        .next()
        .or_else(|| attached(piece))
        .or_else(|| characters(piece))
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

/// Splits names in characters at 和, 与, 與, 及 or と, where both sides are as long as names.
fn characters(text: &str) -> Option<Vec<String>> {
    let names: Vec<String> = text
        .split(['和', '与', '與', '及', 'と'])
        .map(|name| name.trim().to_owned())
        .collect();
    let is_name =
        |name: &String| (2..=4).contains(&name.chars().count()) && name.chars().all(is_ideographic);
    (names.len() > 1 && names.iter().all(is_name)).then_some(names)
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
    let words: Vec<&str> = text.split(' ').collect();
    (words.len() > 1 && words.iter().all(is_name))
        .then(|| words.into_iter().map(str::to_owned).collect())
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The name without what stands around it; nothing where nobody is named.
fn name_of(text: &str) -> Option<String> {
    let mut name = without_remark(text.trim()).to_owned();
    name = without_role(&name).0;
    name = without_roles_behind(&name).to_owned();
    let name = without_others(&name);
    let words = name.split(' ').filter(|word| !MISSING.contains(word));
    let name = words.collect::<Vec<_>>().join(" ");
    let name = without_role(name.trim()).0;
    let name = name.trim_matches(['<', '>', '"', '[', ']', ':', '：', ' ']);
    let name = unwrapped(name).trim();
    let lower = name.to_lowercase();
    let nobody = NOBODY.contains(&lower.as_str()) || role_of(name).is_some() || is_place(name);
    (!nobody && name.chars().any(char::is_alphanumeric)).then(|| name.to_owned())
}

/// A text without roles and places at its end.
fn without_roles_behind(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && (is_role_behind(before, last) || is_place(last))
    {
        rest = before.trim_end_matches([' ', ',', '，']);
    }
    rest
}

/// Whether the last word of a text is a role. "Ann Writer" and "Mary Ann Story" are names.
fn is_role_behind(before: &str, last: &str) -> bool {
    let bare = last.trim_matches(['（', '）', '(', ')']);
    let small = bare.chars().all(char::is_lowercase) && before.contains(' ');
    let no_name = NO_FAMILY_NAMES.contains(&bare.to_lowercase().as_str()) && before.contains(' ');
    role_of(bare).is_some() && (!bare.is_ascii() || bare != last || small || no_name)
}

/// 台北報導: where was reported from.
fn is_place(name: &str) -> bool {
    let report = ["报道", "報道", "报导", "報導"]
        .iter()
        .any(|word| name.ends_with(word));
    report && name.chars().count() <= 6
}

fn unwrapped(name: &str) -> &str {
    let inside = name
        .strip_prefix(['(', '（'])
        .and_then(|name| name.strip_suffix([')', '）']));
    inside.unwrap_or(name)
}

fn without_remark(name: &str) -> &str {
    let remark = name
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.rsplit_once(['（', '(']))
        .filter(|(_, remark)| {
            role_of(remark.trim()).is_some() || REMARKS.iter().any(|word| remark.contains(word))
        });
    remark.map_or(name, |(name, _)| name.trim_end())
}

fn without_others(name: &str) -> &str {
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
