//! What the first line of a fenced listing says: its language, and the file that it shows.

/// Language and title of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing<'text> {
    pub(super) language: &'text str,
    pub(super) title: Option<&'text str>,
}

impl<'text> Listing<'text> {
    /// `rust`, `rust title="lamp.rs"`, `rust:lamp.rs`, `js [lamp.js]`, `{.rust}`, `ts{1,3}:line-numbers`.
    pub(super) fn of(info: &'text str) -> Self {
        let info = info.trim();
        let (word, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
        let is_language =
            |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.' | '/');
        let word = word.trim_start_matches(['{', '.']);
        let end = word.find(|c| !is_language(c)).unwrap_or(word.len());
        let (language, behind) = word.split_at_checked(end).unwrap_or((word, ""));
        let named = ["title=", "filename=", "file=", "name=", "caption="]
            .iter()
            .find_map(|key| quoted(rest.split_once(*key)?.1));
        let bracketed = || {
            let (title, _) = rest.strip_prefix('[')?.split_once(']')?;
            Some(title)
        };
        let file = || behind.strip_prefix(':').filter(|name| is_file(name));
        let title = named.or_else(bracketed).or_else(file).map(str::trim);
        Listing {
            language,
            title: title.filter(|title| !title.is_empty()),
        }
    }
}

/// A value between quotation marks, or up to a space.
fn quoted(text: &str) -> Option<&str> {
    match text.chars().next()? {
        mark @ ('"' | '\'') => Some(text.get(1..)?.split_once(mark)?.0),
        _ => text.split(char::is_whitespace).next(),
    }
}

/// Whether a word is the name of a file, and no switch of a program that colours code.
fn is_file(name: &str) -> bool {
    name.contains(['.', '/']) || name.starts_with(char::is_uppercase)
}
