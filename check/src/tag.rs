//! Language tags (BCP 47, section 2.1), as far as their shape goes.

/// Whether a text is shaped like a language tag: a first part of letters, further ones of letters
/// and digits, none longer than eight.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let private = matches!(first, "x" | "i" | "X" | "I") && tag.len() > 2;
    let letters = (2..=8).contains(&first.len()) && first.bytes().all(|c| c.is_ascii_alphabetic());
    let shaped = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    (letters || private) && parts.all(shaped)
}
