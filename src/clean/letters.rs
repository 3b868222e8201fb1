//! What titles and texts are compared by, where spaces, signs and case tell nothing.

/// The letters and digits of a text, in lower case.
pub(super) fn of(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            '\0'..='\x7F' => {}
            c if is_common_han(c) => letters.push(c),
            c if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    letters
}

/// The same, one by one.
pub(super) fn each(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Whether a character is one of those that most of Chinese is written in: letters without case, and no numbers,
/// which tables need not be asked about.
pub(super) fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FA5}')
}

/// Whether a text has more letters and digits than so many.
pub(super) fn are_more(text: &str, than: usize) -> bool {
    let mut left = than;
    text.len() > than
        && text.chars().any(|c| {
            let count = match c {
                '\0'..='\x7F' => usize::from(c.is_ascii_alphanumeric()),
                c if is_common_han(c) => 1,
                c if c.is_alphanumeric() => c.to_lowercase().count(),
                _ => 0,
            };
            let is_over = count > left;
            left = left.saturating_sub(count);
            is_over
        })
}
