//! Percent-encoding (RFC 3986, section 2.1): what has to be encoded, and what need not be.

use percent_encoding::percent_encode_byte;
use url::{Position, Url};

/// The address with those characters percent-encoded that browsers leave alone and RFC 3986 does
/// not allow (section 2.2 and 3.3 to 3.5), where there are any: `|`, brackets outside the host,
/// a percent sign that encodes nothing.
pub(super) fn strict(url: &Url) -> Option<String> {
    let (site, rest) = (&url[..Position::BeforePath], &url[Position::BeforePath..]);
    let fragment = rest.find('#');
    let legal = |position: usize, c: char| match c {
        '%' => is_encoding(rest, position),
        '#' => fragment == Some(position),
        '[' | ']' | '|' | '{' | '}' | '^' | '`' | '\\' | '"' | '<' | '>' => false,
        _ => c.is_ascii_graphic(),
    };
    if rest.char_indices().all(|(position, c)| legal(position, c)) {
        return None;
    }
    let mut text = site.to_owned();
    for (position, c) in rest.char_indices() {
        if legal(position, c) {
            text.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                text.push_str(percent_encode_byte(byte));
            }
        }
    }
    Some(text)
}

fn is_encoding(text: &str, position: usize) -> bool {
    let digits = text.as_bytes().get(position + 1..);
    digits.is_some_and(|digits| hexadecimal_byte(digits).is_some())
}

/// Upper-cases percent-encodings and decodes those of unreserved characters (RFC 3986, section 6.2.2).
pub(super) fn decode_unreserved(text: &str) -> String {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let bytes = decode_some(text, is_unreserved);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Percent-decodes such bytes; the encodings of others stay, in capital letters.
pub(crate) fn decode_some(text: &str, is_decoded: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut parts = text.as_bytes().split(|byte| *byte == b'%');
    decoded.extend_from_slice(parts.next().unwrap_or_default());
    for part in parts {
        let Some((byte, rest)) = hexadecimal_byte(part).zip(part.get(2..)) else {
            decoded.push(b'%');
            decoded.extend_from_slice(part);
            continue;
        };
        if is_decoded(byte) {
            decoded.push(byte);
        } else {
            decoded.extend_from_slice(percent_encode_byte(byte).as_bytes());
        }
        decoded.extend_from_slice(rest);
    }
    decoded
}

/// The byte that the first two of these digits stand for, if they are hexadecimal.
pub(crate) fn hexadecimal_byte(digits: &[u8]) -> Option<u8> {
    let digit = |position: usize| char::from(*digits.get(position)?).to_digit(16);
    u8::try_from(digit(0)? << 4 | digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode_some, hexadecimal_byte};

    #[test]
    fn only_what_is_encoded_is_decoded() {
        let decoded = |text| String::from_utf8(decode_some(text, |byte| byte != b'/')).unwrap();
        assert_eq!(decoded("%61%2f%%62%4"), "a%2F%b%4");
        assert_eq!(decoded("%+f%é%"), "%+f%é%");
        assert_eq!(hexadecimal_byte(b"fFx"), Some(255));
        assert_eq!(hexadecimal_byte(b"f"), None);
    }
}
