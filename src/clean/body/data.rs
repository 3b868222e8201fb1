//! Pictures that a page carries in `data:` addresses (RFC 2397).

use std::sync::Arc;

/// The most bytes that such a picture may have.
const MAXIMUM_BYTES: usize = 20_000_000;

/// Fewer bytes than this are a stand-in, not a picture.
const MINIMUM_BYTES: usize = 200;

/// The bytes of a real picture; stand-ins give nothing.
pub(super) fn picture(address: &str) -> Option<Arc<[u8]>> {
    let rest = address
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("data:"))?;
    let (kind, content) = address.get(rest.len()..)?.split_once(',')?;
    let kind = kind.trim().to_ascii_lowercase();
    if !kind.starts_with("image/") || content.len() > 2 * MAXIMUM_BYTES {
        return None;
    }
    let plain = percent_decoded(content);
    let bytes = if kind.ends_with("base64") {
        base64(&plain)?
    } else {
        plain
    };
    let drawn = !kind.starts_with("image/svg") || is_drawn(&bytes);
    (drawn && (MINIMUM_BYTES..=MAXIMUM_BYTES).contains(&bytes.len())).then(|| bytes.into())
}

/// Whether an SVG document draws anything.
fn is_drawn(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    [
        "<path", "<rect", "<circle", "<ellipse", "<line", "<poly", "<text", "<image", "<use",
    ]
    .iter()
    .any(|element| text.contains(element))
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let pair = (byte == b'%')
            .then(|| Some((digit(ahead.next()?)?, digit(ahead.next()?)?)))
            .flatten();
        match pair {
            Some((high, low)) => {
                bytes = ahead;
                decoded.push(high * 16 + low);
            }
            None => decoded.push(byte),
        }
    }
    decoded
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Decodes base64 (RFC 4648, sections 4 and 5); white space is passed over.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits: u32 = 0;
    let mut count = 0;
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            byte if byte.is_ascii_whitespace() => continue,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from((bits >> count) & 0xFF).unwrap_or_default());
        }
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64(b"aGVs\nbG8="), Some(b"hello".to_vec()));
        assert_eq!(base64(b"*"), None);
    }

    #[test]
    fn stand_ins_are_no_pictures() {
        let empty =
            "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
        assert_eq!(picture(empty), None);
        let svg = format!(
            "data:image/svg+xml,%3Csvg viewBox='0 0 9 9'%3E{}%3C/svg%3E",
            " ".repeat(300)
        );
        assert_eq!(picture(&svg), None);
        let drawn = svg.replace("%3C/svg", "%3Cpath d='M0 0'/%3E%3C/svg");
        assert!(picture(&drawn).is_some());
    }
}
