//! Character references as articles have them, decoded as HTML does (HTML Standard, section
//! 13.2.5.72). Those that are not among them are left to html5ever.

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clean::body) enum ReferencePlace {
    Text,
    Value,
}

/// The names that are used most, each with its semicolon.
const NAMES: [(&str, char); 16] = [
    ("amp;", '&'),
    ("nbsp;", '\u{A0}'),
    ("quot;", '"'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("ldquo;", '“'),
    ("rdquo;", '”'),
    ("lsquo;", '‘'),
    ("rsquo;", '’'),
    ("mdash;", '—'),
    ("ndash;", '–'),
    ("hellip;", '…'),
    ("middot;", '·'),
    ("bull;", '•'),
    ("copy;", '©'),
    ("apos;", '\''),
];

/// The common reference that a text begins with: its length and its character. The ampersand of an
/// address's query, which is none of a reference (`&b=1` in a value), stands for itself.
pub(in crate::clean::body) fn common(text: &str, place: ReferencePlace) -> Option<(usize, char)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(length, character)| (length + 2, character));
    }
    let named = NAMES.iter().find(|(name, _)| rest.starts_with(name));
    if let Some((name, character)) = named {
        return Some((1 + name.len(), *character));
    }
    let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let in_query = word > 0 && rest.as_bytes().get(word) == Some(&b'=');
    (place == ReferencePlace::Value && in_query).then_some((1, '&'))
}

/// A decimal number of a character that is neither a control nor beyond the basic plane's letters,
/// with its semicolon.
fn numeric(number: &str) -> Option<(usize, char)> {
    let (digits, _) = number
        .get(..number.len().min(8))
        .unwrap_or(number)
        .split_once(';')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let character = char::from_u32(digits.parse().ok()?)?;
    matches!(character, ' '..='~' | '\u{A0}'..='\u{D7FF}').then_some((digits.len() + 1, character))
}

/// A value with its references decoded, if all of them are common ones.
pub(in crate::clean::body) fn decoded(value: &str) -> Option<String> {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, after) = rest.split_at_checked(at)?;
        let (length, character) = common(after, ReferencePlace::Value)?;
        decoded.push_str(before);
        decoded.push(character);
        rest = after.get(length..)?;
    }
    decoded.push_str(rest);
    Some(decoded)
}
