//! From a line as it was written to names.

use super::given::FAMILY_NAMES;
use super::inverted;
use super::links::without_links;
use super::people::{is_ideographic, list, without_others};
use super::words::{
    ATTACHED_ROLES, ENDINGS, NO_FAMILY_NAMES, NOBODY, OTHERS, PICTURE_PREFIXES, PREFIXES,
    PREPOSITIONS, WRITERS,
};

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
    let line = without_addresses(&without_tags(&without_links(line)));
    let mut credits = Vec::new();
    let mut writes = true;
    let all_inverted = inverted::all_are(&line);
    for part in parts(&mark_roles(&line)) {
        let (part, told) = without_role(without_roles_behind(&part));
        writes = told.unwrap_or(writes);
        let turned = inverted::names(&part, all_inverted);
        for name in turned.unwrap_or_else(|| list(&part)) {
            credits.extend(name_of(&name).map(|name| (name, writes)));
        }
    }
    let any_writer = credits.iter().any(|(_, writes): &Credit| *writes);
    let wanted = credits
        .into_iter()
        .filter(|(_, writes)| *writes || !any_writer);
    wanted.map(|(name, _)| name).collect()
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

pub(super) fn role_of(word: &str) -> Option<bool> {
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
    if name.starts_with("{{") || name.starts_with("{%") {
        return None;
    }
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
