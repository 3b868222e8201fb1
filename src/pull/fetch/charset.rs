//! From the bytes of a response to characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// How far a document is looked into for the charset that it names.
const DECLARATION: usize = 1024;

/// The text of a response. A byte order mark says most (Encoding Standard, section 6); then the
/// header (RFC 7303, section 3.2), then what the document names. Where the bytes are not of that
/// charset, the next is tried, for servers name one for all their files.
pub(in crate::pull) fn decoded<'bytes>(
    bytes: &'bytes [u8],
    content_type: Option<&str>,
) -> Cow<'bytes, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if bytes.starts_with(b"\0<") {
        return encoding_rs::UTF_16BE.decode(bytes).0;
    }
    if bytes.starts_with(b"<\0") {
        return encoding_rs::UTF_16LE.decode(bytes).0;
    }
    let mut named = [content_type.and_then(of_header), of_document(bytes)];
    // A server's default for all files; no text in another charset is UTF-8 by chance.
    if named.get(1) == Some(&Some(UTF_8)) && std::str::from_utf8(bytes).is_ok() {
        named.reverse();
    }
    let candidates = named.into_iter().flatten().chain([UTF_8]);
    for encoding in candidates {
        let (text, _, had_errors) = encoding.decode(bytes);
        if !had_errors {
            return text;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Allow);
    // Programs name UTF-8 whatever they send; a text in it with a slip stays one.
    let named = named.into_iter().flatten().next();
    let named = named.filter(|named| *named != UTF_8 || !is_hardly_utf8(bytes));
    named.unwrap_or(guessed).decode(bytes).0
}

/// Whether more of what is not ASCII is no UTF-8 than is.
fn is_hardly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad > good
}

/// `charset` of `Content-Type`.
fn of_header(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset=")?;
    let label = rest.trim_matches(['"', '\'', ' ']).split([';', '"', '\'']);
    Encoding::for_label(label.into_iter().next()?.trim().as_bytes())
}

/// The charset that an XML declaration or a `<meta>` names. One that reads nothing like ASCII can't
/// be it, since the name was read as ASCII.
fn of_document(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARATION).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let is_xml = start.trim_start().starts_with("<?xml");
    let rest = if is_xml {
        let (declaration, _) = start.split_once("?>")?;
        declaration.split_once("encoding")?.1.to_owned()
    } else {
        start.split_once("charset")?.1.to_owned()
    };
    let label = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = label.trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'', ' ', '>', ';', '/']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    encoding.is_ascii_compatible().then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_comes_before_the_header_and_the_header_before_the_declaration() {
        let declared = b"<?xml version=\"1.0\" encoding='windows-1251'?><a>\xE9</a>";
        assert!(decoded(declared, None).contains('й'));
        assert!(decoded(declared, Some("text/xml; charset=\"iso-8859-1\"")).contains('é'));
        // The header names what the bytes are not.
        assert!(decoded(declared, Some("text/xml; charset=utf-8")).contains('й'));
        // Both name what the bytes are not; and one slip in a text of the right charset.
        let wrong = b"<?xml version=\"1.0\" encoding='utf-8'?><a>Caf\xE9 na\xEFf</a>";
        assert!(decoded(wrong, Some("text/xml; charset=utf-8")).contains("Café naïf"));
        let slip = [
            &b"<?xml version='1.0' encoding='utf-8'?>"[..],
            "é è".as_bytes(),
            b"\xE9",
        ];
        assert!(decoded(&slip.concat(), None).contains("é è\u{FFFD}"));
        let marked = "\u{FEFF}<?xml version=\"1.0\" encoding='windows-1251'?><a>é</a>";
        assert!(decoded(marked.as_bytes(), Some("text/xml;charset=big5")).contains('é'));
        assert!(decoded("<a>é</a>".as_bytes(), None).contains('é'));
        assert!(decoded(b"<meta charset=gb2312>\xC4\xE3", None).contains('你'));
        let wide: Vec<u8> = "<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&wide, None), "<a>é</a>");
    }
}
