//! Character references: what has to be written as one in markup, and what the number of one stands for.

use html5ever::data::C1_REPLACEMENTS;

/// Writes text so that it is that text in markup, also within a value in double quotation marks.
pub(crate) fn push_escaped(text: &str, markup: &mut String) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            other => markup.push(other),
        }
    }
}

/// The character of `#38` or `#x26`. Numbers of the control characters behind ASCII stand for those
/// of windows-1252, as in HTML (HTML Standard, section 13.2.5.80).
pub(crate) fn numbered(reference: &str) -> Option<char> {
    let digits = reference.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let code = code.ok()?;
    let replaced = code
        .checked_sub(0x80)
        .and_then(|at| C1_REPLACEMENTS.get(usize::try_from(at).ok()?).copied()?);
    replaced.or_else(|| char::from_u32(code).filter(|&character| character != '\0'))
}
