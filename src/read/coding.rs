//! How the parts of a message are coded: RFC 2045 (quoted-printable, base64) and RFC 2047 (words in
//! header fields).

use encoding_rs::{Encoding, UTF_8};

/// A content transfer encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// The bytes as they stand.
    Plain,
    QuotedPrintable,
    Base64,
}

impl Coding {
    /// The coding of a name; one that is not known is none.
    pub fn of(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "quoted-printable" => Coding::QuotedPrintable,
            "base64" => Coding::Base64,
            _ => Coding::Plain,
        }
    }

    /// The bytes that stand for themselves. Those of base64 that are no base64 give none.
    pub fn decoded(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Coding::Plain => bytes.to_vec(),
            Coding::QuotedPrintable => quoted_printable(bytes),
            Coding::Base64 => data_url::forgiving_base64::decode_to_vec(bytes).unwrap_or_default(),
        }
    }
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        let (before, after) = rest.split_at(at);
        decoded.extend_from_slice(before);
        rest = match after {
            [b'=', b'\r', b'\n', rest @ ..] | [b'=', b'\n', rest @ ..] => rest,
            [b'=', high, low, rest @ ..]
                if let (Some(high), Some(low)) = (digit(*high), digit(*low)) =>
            {
                decoded.push(high * 16 + low);
                rest
            }
            [first, rest @ ..] => {
                decoded.push(*first);
                rest
            }
            [] => after,
        };
    }
    decoded.extend_from_slice(rest);
    decoded
}

fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

/// The text of a header field, whose words may be coded: `=?utf-8?Q?Caf=C3=A9?=`. Programs cut words
/// within a character, so that those of one charset that follow each other are put together first.
pub(super) fn words(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    let mut open: Option<Word> = None;
    while let Some((before, after)) = rest.split_once("=?") {
        // White space between two coded words is none.
        let goes_on = open.is_some() && before.trim().is_empty();
        if !goes_on {
            end(&mut open, &mut decoded);
            decoded.push_str(before);
        }
        rest = after;
        match word(after) {
            Some((word, after)) => {
                rest = after;
                match &mut open {
                    Some(open) if open.encoding == word.encoding => open.bytes.extend(word.bytes),
                    _ => {
                        end(&mut open, &mut decoded);
                        open = Some(word);
                    }
                }
            }
            None => {
                end(&mut open, &mut decoded);
                decoded.push_str("=?");
            }
        }
    }
    end(&mut open, &mut decoded);
    decoded.push_str(rest);
    decoded
}

/// A coded word, or several.
struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
}

/// Adds the text of a word that has ended.
fn end(open: &mut Option<Word>, decoded: &mut String) {
    if let Some(word) = open.take() {
        let (text, _) = word.encoding.decode_without_bom_handling(&word.bytes);
        decoded.push_str(&text);
    }
}

/// A coded word behind its `=?`, and what follows it.
fn word(text: &str) -> Option<(Word, &str)> {
    let (charset, text) = text.split_once('?')?;
    let (coding, text) = text.split_once('?')?;
    let (content, after) = text.split_once("?=")?;
    let bytes = match coding {
        "q" | "Q" => quoted_printable(content.replace('_', " ").as_bytes()),
        "b" | "B" => Coding::Base64.decoded(content.as_bytes()),
        _ => return None,
    };
    let charset = charset.split('*').next().unwrap_or_default();
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(UTF_8);
    Some((Word { encoding, bytes }, after))
}

#[cfg(test)]
mod tests {
    use super::{Coding, words};

    #[test]
    fn codings_are_undone_and_what_is_none_stays() {
        let quoted = Coding::of("Quoted-Printable ").decoded(b"a=3D=\r\nb=\nc=C3=A9=zz=");
        assert_eq!(String::from_utf8_lossy(&quoted), "a=bc\u{e9}=zz=");
        assert_eq!(
            Coding::of("BASE64").decoded(b"aGkg\r\ndGhlcmU="),
            b"hi there"
        );
        assert_eq!(Coding::of("8bit").decoded(b"=41"), b"=41");
        assert_eq!(
            words("=?utf-8?Q?Caf=C3=A9_au?=  =?UTF-8?B?IGxhaXQ=?= x =?y"),
            "Caf\u{e9} au lait x =?y"
        );
        assert_eq!(words("=?gb2312?B?1tDOxA==?="), "\u{4e2d}\u{6587}");
        assert_eq!(
            words("a =?utf-8?Q?=C3?= =?UTF-8?Q?=A9_?=\r\n =?utf-8?B?w6k=?= b"),
            "a \u{e9} \u{e9} b"
        );
    }
}
