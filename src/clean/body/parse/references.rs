//! Character references as articles have them, decoded as HTML does (HTML Standard, section
//! 13.2.5.72). Those that are not among them are left to html5ever.

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clean::body) enum ReferencePlace {
    Text,
    Value,
}

/// The names that are used most, each with its semicolon.
const NAMES: [(&str, char); 58] = [
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
    ("raquo;", '»'),
    ("laquo;", '«'),
    ("times;", '×'),
    ("reg;", '®'),
    ("trade;", '™'),
    ("euro;", '€'),
    ("pound;", '£'),
    ("deg;", '°'),
    ("sect;", '§'),
    ("larr;", '←'),
    ("rarr;", '→'),
    ("uarr;", '↑'),
    ("darr;", '↓'),
    ("lsaquo;", '‹'),
    ("rsaquo;", '›'),
    ("sbquo;", '‚'),
    ("bdquo;", '„'),
    ("acute;", '´'),
    ("shy;", '\u{AD}'),
    ("ensp;", '\u{2002}'),
    ("emsp;", '\u{2003}'),
    ("thinsp;", '\u{2009}'),
    ("zwnj;", '\u{200C}'),
    ("aacute;", 'á'),
    ("agrave;", 'à'),
    ("acirc;", 'â'),
    ("atilde;", 'ã'),
    ("auml;", 'ä'),
    ("aring;", 'å'),
    ("ccedil;", 'ç'),
    ("eacute;", 'é'),
    ("egrave;", 'è'),
    ("ecirc;", 'ê'),
    ("iacute;", 'í'),
    ("ntilde;", 'ñ'),
    ("oacute;", 'ó'),
    ("ocirc;", 'ô'),
    ("ouml;", 'ö'),
    ("uacute;", 'ú'),
    ("uuml;", 'ü'),
    ("Uuml;", 'Ü'),
    ("szlig;", 'ß'),
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
    // An ampersand that stands alone is none of a reference anywhere.
    if word == 0 && !rest.is_empty() {
        return Some((1, '&'));
    }
    let in_query = word > 0 && rest.as_bytes().get(word) == Some(&b'=');
    (place == ReferencePlace::Value && in_query).then_some((1, '&'))
}

/// The number of a character that is no control, decimal or hexadecimal, with its semicolon.
fn numeric(number: &str) -> Option<(usize, char)> {
    let most = number.len().min(8);
    let end = memchr::memchr(b';', number.as_bytes().get(..most)?)?;
    let written = number.get(..end)?;
    let (digits, base) = match written.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (written, 10),
    };
    let is_number = digits.bytes().all(|byte| char::from(byte).is_digit(base));
    if digits.is_empty() || !is_number {
        return None;
    }
    let character = char::from_u32(u32::from_str_radix(digits, base).ok()?)?;
    matches!(character, ' '..='~' | '\u{A0}'..).then_some((end + 1, character))
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
