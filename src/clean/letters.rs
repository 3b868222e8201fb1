//! What titles and texts are compared by, where spaces, signs and case tell nothing.

/// The letters and digits of a text, in lower case.
pub(super) fn of(text: &str) -> String {
    each(text).collect()
}

/// The same, one by one.
pub(super) fn each(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
