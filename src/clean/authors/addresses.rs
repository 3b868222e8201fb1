//! Markup and addresses in the place of names.

use super::words::ENDINGS;

/// The text between tags. `<ann@mail.example>` is no tag. What an element holds stands by itself
/// where nothing else parts it from a name: `Ann Writer<span>Correspondent</span>`.
pub(super) fn without_tags(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        match after.split_once('>').filter(|(tag, _)| is_tag(tag)) {
            Some((_, after)) => {
                set_apart(&mut text, after);
                rest = after;
            }
            None => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    let first = tag.split([' ', '=']).next().unwrap_or_default();
    !tag.starts_with("http")
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !first.contains('@')
}

/// A capital right behind a small letter begins another name or a role.
fn set_apart(text: &mut String, after: &str) {
    let (Some(last), Some(next)) = (text.chars().next_back(), after.chars().next()) else {
        return;
    };
    if last.is_lowercase() && next.is_uppercase() {
        let words = text.rsplit([',', '|', ';']).next().unwrap_or_default();
        let is_full = words.split_whitespace().count() > 1;
        text.push_str(if is_full { ", " } else { " " });
    }
}

/// Leaves out words that are addresses of the web or of mail, and handles.
pub(super) fn without_addresses(line: &str) -> String {
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
