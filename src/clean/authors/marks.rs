//! Marks in a line: where what one name is credited with ends and the next begins.

use super::labels::{in_characters, is_hangul, role_before};
use super::people::is_ideographic;
use super::roles::{Role, role_of};
use super::words::CONJUNCTIONS;

/// Signs that join a role and a name, or several roles.
const JOINTS: [char; 8] = ['/', '／', ':', '：', '|', '｜', '·', '・'];

/// The most words of a label within a line.
const LONGEST_LABEL: usize = 4;

/// A part of a line, and whether only a dash or a dot sets it apart from the one before it.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is_aside: bool,
}

/// The parts of a line between signs that stand in no name, and before roles.
pub(super) fn parts(line: &str) -> Vec<Part> {
    let line = line
        .replace(" :", ":")
        .replace(['【', '】', '〖', '〗', '〔', '〕'], " ")
        .replace(['丨', '┃', '│'], "|");
    let line = marked(&without_spaces_behind_roles(&line));
    let signs = ['、', ';', '；', '|', '｜', '/', '／'];
    let mut parts = Vec::new();
    for text in line.split(signs) {
        let mut rest = text;
        let mut is_aside = false;
        loop {
            let next = next_aside(rest);
            let (part, after) = next.map_or((rest, None), |(part, after)| (part, Some(after)));
            parts.extend(before_roles(part.trim(), is_aside));
            let Some(after) = after else { break };
            rest = after;
            is_aside = true;
        }
    }
    parts
}

/// A line in which a bar joins a role to a name: `文 | 张三 编辑 | 李四` is written without spaces around
/// its bars too.
fn without_spaces_behind_roles(line: &str) -> String {
    let mut pieces = line.split(" | ");
    let mut joined = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let last = joined.rsplit(' ').next().unwrap_or_default();
        let is_role = role_of(last).is_some() && last.chars().all(is_ideographic);
        joined.push_str(if is_role { "|" } else { " | " });
        joined.push_str(piece);
    }
    joined
}

/// The text up to a dash or a dot with spaces around it, and what follows it.
fn next_aside(text: &str) -> Option<(&str, &str)> {
    let signs = [" - ", " – ", " — ", " • ", " · ", " ― "];
    let cuts = signs.iter().filter_map(|sign| text.split_once(sign));
    cuts.min_by_key(|(before, _)| before.len())
}

/// A part cut where a role or a work with its preposition follows a comma or a conjunction:
/// `Words by Jane Doe, photographs by John Roe`.
fn before_roles(part: &str, is_aside: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in part.match_indices([',', ' ', '，']) {
        let (Some(before), Some(after)) = (part.get(start..at), part.get(at + sign.len()..)) else {
            continue;
        };
        let after_word = after.split_once(' ');
        let begins = match sign {
            " " => after_word
                .filter(|(word, _)| CONJUNCTIONS.contains(word))
                .map(|(_, rest)| rest),
            _ => Some(after.trim_start()),
        };
        let told = begins
            .filter(|rest| rest.contains(' '))
            .and_then(role_before);
        let begins = begins.filter(|_| told.is_some()).unwrap_or(after);
        let told = told.or_else(|| in_characters(begins));
        if !before.trim().is_empty()
            && let Some((_, Some(_))) = told
        {
            parts.push(Part {
                text: before.trim().to_owned(),
                is_aside: is_aside && parts.is_empty(),
            });
            start = part.len() - begins.len();
        }
    }
    let text = part.get(start..).unwrap_or_default().trim().to_owned();
    parts.push(Part {
        text,
        is_aside: is_aside && parts.is_empty(),
    });
    parts
}

/// Sets a bar before each label within a line, and a colon behind the roles that a sign joins to a
/// name.
fn marked(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let mut marked: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(joined) = joined_roles(word) {
            marked.push(joined);
            continue;
        }
        marked.push((*word).to_owned());
        let label = word
            .strip_suffix([':', '：'])
            .filter(|label| !label.is_empty());
        if let Some(label) = label
            && let Some(begin) = label_begin(&words, at, role_of(label).is_some())
            && let Some(first) = marked.get_mut(begin)
        {
            first.insert(0, '|');
        }
    }
    marked.join(" ")
}

/// The word that a label within a line begins with: the one behind a comma or a full stop, else the
/// label's last, where it is a role.
fn label_begin(words: &[&str], at: usize, is_role: bool) -> Option<usize> {
    for begin in (at.saturating_sub(LONGEST_LABEL - 1)..=at).rev() {
        let before = begin.checked_sub(1).and_then(|before| words.get(before));
        match before {
            None => return None,
            Some(word) if word.ends_with([',', '.', '，', '。', ')', '）']) => {
                return Some(begin);
            }
            Some(word) if word.ends_with([':', '：']) => break,
            Some(_) => {}
        }
    }
    is_role.then_some(at)
}

/// `文/张三`, `取材・文／山田太郎`, `张三/文`: roles that signs join to a name, as a label before it.
fn joined_roles(word: &str) -> Option<String> {
    let mut roles: Vec<(&str, Role)> = Vec::new();
    let mut rest = word;
    let mut joints = 0;
    while let Some((first, after)) = rest.split_once(JOINTS) {
        let Some(role) = role_of(first) else { break };
        roles.push((first, role));
        joints += 1;
        rest = after;
    }
    let last = role_of(rest).filter(|_| joints > 0);
    if let Some(role) = last {
        roles.push((rest, role));
        rest = "";
    }
    let writer = roles.iter().find(|(_, role)| *role == Role::Writer);
    if let Some((label, _)) = writer.or(roles.first()) {
        // A label of several words may end with this one.
        let is_plain = joints == 1 && rest.is_empty() && word.ends_with([':', '：']);
        return (!is_plain).then(|| format!("|{label}: {rest}"));
    }
    let (name, role) = word.split_once(['/', '／'])?;
    let in_characters = !name.is_empty() && name.chars().all(|c| is_ideographic(c) || is_hangul(c));
    (in_characters && role_of(role).is_some()).then(|| format!("|{role}: {name}|"))
}
