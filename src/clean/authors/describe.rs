//! What only says who somebody is, where they are or for whom they write.

use super::given::FAMILY_NAMES;
use super::labels::is_hangul;
use super::people::is_ideographic;
use super::roles::{Role, is_agency, is_quality, is_title, role_at_end, role_of, role_within};
use super::words::{CITIES, HOUSES, PARTICLES, PLACES, WITH};

/// What a remark in brackets behind a name says, where it is not part of the name.
const REMARKS: [&str; 16] = [
    "报道", "報道", "报导", "報導", "发自", "發自", "编译", "編譯", "摘编", "综合", "记者", "記者",
    "编辑", "編輯", "来源", "來源",
];

/// Characters that titles end with: 研究员, 作家, 律师, 教授.
const TITLE_ENDS: [char; 19] = [
    '员', '員', '者', '家', '师', '師', '授', '士', '手', '记', '編', '编', '長', '长', '任', '客',
    '演', '生', '官',
];

/// Whether a piece of a list is no name but a description of the one before it: `Senior Editor`,
/// `correspondante à Berlin`, `Oxford University`.
pub(super) fn is_description(piece: &str) -> bool {
    let words: Vec<&str> = piece
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return true;
    };
    let is_small = first.starts_with(char::is_lowercase)
        && !PARTICLES.contains(first)
        && (words.len() > 2 || role_of(first).is_some());
    piece.starts_with(|c: char| c.is_ascii_digit())
        || is_city(piece)
        || role_of(piece).is_some()
        || words.iter().any(|word| is_title(word))
        || (is_quality(first) && role_of(last).is_some())
        || is_small
        || (words.len() > 1 && is_house(piece))
}

/// Whether a text names a city that reports come from.
fn is_city(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_lowercase();
    CITIES.split('|').any(|city| city == text)
}

/// Whether a text is called as papers, stations and schools are.
pub(super) fn is_house(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| HOUSES.contains(&word))
}

/// Whether a text behind a dash or a dot may be another person's name.
pub(super) fn is_like_person(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let in_characters = text.chars().all(|c| is_ideographic(c) || is_hangul(c))
        && (2..=4).contains(&text.chars().count())
        && text.starts_with(|c| FAMILY_NAMES.contains(c));
    let is_person = (2..=5).contains(&words)
        && !text.chars().any(char::is_numeric)
        && !is_house(text)
        && !is_agency(text)
        && !is_description(text);
    in_characters || is_person
}

/// A text without roles and places at its end.
pub(super) fn without_roles_behind(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && (is_role_behind(before, last) || is_place(last))
    {
        rest = before.trim_end_matches([' ', ',', '，', '-', '–', '—', '·', '/']);
    }
    rest
}

/// Whether the last word of a text is a role. "Ann Writer" and "Mary Ann Story" are names.
fn is_role_behind(before: &str, last: &str) -> bool {
    let bare = last.trim_matches(['/', '=']);
    let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
    let of_asia = |word: &str| word.chars().all(|c| is_ideographic(c) || is_hangul(c));
    let at_end = || role_at_end(bare).filter(|_| of_asia(bare) && of_asia_only(before));
    let role = role_of(bare).or_else(at_end);
    let small = bare.chars().all(char::is_lowercase) && before.contains(' ');
    role.is_some() && (!bare.contains(has_case) || small) || is_title(bare) && before.contains(' ')
}

fn of_asia_only(text: &str) -> bool {
    text.chars().all(|c| {
        is_ideographic(c) || is_hangul(c) || matches!(c, ' ' | '·' | '・' | ',' | '、' | 'ㆍ')
    })
}

/// 台北報導, 发自香港: where was reported from.
pub(super) fn is_place(name: &str) -> bool {
    let ends = [
        "报道", "報道", "报导", "報導", "外电", "外電", "电", "電", "讯", "訊",
    ];
    let report = ends.iter().any(|word| name.ends_with(word)) && name.chars().all(is_ideographic);
    let from = ["发自", "發自", "摄于", "攝於"]
        .iter()
        .any(|word| name.starts_with(word));
    (report || from) && name.chars().count() <= 8
}

/// A name without a remark in brackets behind it, and the role that the remark names.
pub(super) fn without_remark(name: &str) -> (&str, Option<Role>) {
    let found = name
        .strip_suffix(['）', ')', ']', '】'])
        .and_then(|inner| inner.rsplit_once(['（', '(', '[', '【']))
        .filter(|(name, remark)| !name.trim().is_empty() && is_remark(remark.trim()));
    match found {
        Some((name, remark)) => (name.trim_end(), role_within(remark)),
        None => (name, None),
    }
}

fn is_remark(remark: &str) -> bool {
    let first = remark.split(' ').next().unwrap_or_default();
    let rest = remark.split_once(' ').map_or("", |(_, rest)| rest);
    let is_with = WITH.contains(&first) && is_agency(rest);
    let title = remark.ends_with(TITLE_ENDS) && remark.chars().all(is_ideographic);
    role_within(remark).is_some()
        || REMARKS.iter().any(|word| remark.contains(word))
        || is_agency(remark)
        || is_with
        || PLACES.contains(&first)
        || is_description(remark)
        || is_house(remark)
        || title
}

/// A name without a remark in brackets before it: `(서울=연합뉴스) 김철수`, `[美]保罗`.
pub(super) fn without_dateline(name: &str) -> &str {
    let after = name
        .strip_prefix(['(', '（', '[', '［'])
        .and_then(|rest| rest.split_once([')', '）', ']', '］']))
        .map(|(_, after)| after.trim())
        .filter(|after| after.chars().any(char::is_alphabetic));
    let name = after.unwrap_or(name);
    // 서울=김철수
    match name.split_once('=') {
        Some((place, rest)) if !place.is_empty() && place.chars().all(is_hangul) => rest.trim(),
        _ => name,
    }
}

/// A name without what was taken of an agency, and without where or for whom was reported:
/// `Ann Writer and agencies`, `Jane Doe in Washington`.
pub(super) fn without_company(name: &str) -> &str {
    for (at, _) in name.match_indices(' ') {
        let (Some(before), Some(after)) = (name.get(..at), name.get(at + 1..)) else {
            continue;
        };
        let Some((word, rest)) = after.split_once(' ') else {
            continue;
        };
        let full = before.contains(' ');
        let is_large = rest.starts_with(|c: char| !c.is_lowercase());
        if (WITH.contains(&word) && is_agency(rest)) || (full && is_large && PLACES.contains(&word))
        {
            return before;
        }
    }
    name
}

/// A name without the full stop of the line; those of initials and abbreviations stay.
pub(super) fn without_stop(name: &str) -> &str {
    let Some(bare) = name.strip_suffix(['.', '。', '．']) else {
        return name;
    };
    let last = bare.rsplit([' ', '.']).next().unwrap_or_default();
    let is_word = last.chars().count() > 2 && !super::people::is_suffix(last) && last != "Bros";
    if is_word { bare } else { name }
}

/// The name in characters that a role is written right behind: 홍길동기자.
pub(super) fn without_attached(name: &str) -> &str {
    let of_asia = name.chars().all(|c| is_ideographic(c) || is_hangul(c));
    let count = name.chars().count();
    if !of_asia || !(4..=8).contains(&count) || !name.starts_with(|c| FAMILY_NAMES.contains(c)) {
        return name;
    }
    let mut starts = name.char_indices().map(|(start, _)| start).skip(2).take(3);
    let at = starts.find(|start| {
        let role = name.get(*start..).filter(|role| role.chars().count() > 1);
        role.is_some_and(|role| role_of(role).is_some())
    });
    at.and_then(|at| name.get(..at)).unwrap_or(name)
}
