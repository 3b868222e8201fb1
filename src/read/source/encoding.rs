//! From bytes to text.

use crate::error::{Code, Warning};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use html5ever::data::C1_REPLACEMENTS;
use std::borrow::Cow;

/// The most bytes that one article may have: several times what the longest with pictures in
/// `data:` addresses have, and little enough to hold on every core at once.
pub const MOST_BYTES: u64 = 64_000_000;

/// The part of a file that decides on its charset, unless it is all ASCII: guessing takes longer
/// than reading, and the rest of a file is in the same.
const DECISIVE: usize = 64 * 1024;

/// A file's text with line feeds as its only line ends, and no control characters that stand for others.
#[derive(Debug)]
pub(crate) struct Decoded<'bytes> {
    pub(crate) text: Cow<'bytes, str>,
    guessed: Option<&'static Encoding>,
    replaced: Option<Replaced>,
}

/// Bytes that are no characters.
#[derive(Clone, Copy, Debug)]
struct Replaced {
    /// How many times U+FFFD was put in.
    count: usize,
    /// The line of the first, counted from 1.
    line: u32,
}

impl Decoded<'_> {
    /// What was guessed and replaced.
    pub(crate) fn warnings(&self, path: &str) -> Vec<Warning> {
        let guess = self.guessed.map(|encoding| {
            Warning::new(
                Code::EncodingGuessed,
                format!("the text is not UTF-8 and was read as {}", encoding.name()),
            )
            .in_file(path)
        });
        let replaced = self.replaced.map(|replaced| {
            let message = match replaced.count {
                1 => "bytes that are no character were replaced by U+FFFD".to_owned(),
                count => format!(
                    "bytes that are no character were replaced by U+FFFD in {count} places, here \
                     first"
                ),
            };
            Warning::new(Code::BytesReplaced, message).at(path, replaced.line)
        });
        guess.into_iter().chain(replaced).collect()
    }
}

/// Decodes a file: by its byte order mark, else as UTF-8, else in `encoding` or, without one, in
/// the charset that its bytes look like. A file is taken as not UTF-8 only where more than one in
/// a hundred of its non-ASCII sequences are none of UTF-8; other bad bytes are replaced. Where the
/// bytes are `cut` out of a larger file, they may end inside a character.
pub(crate) fn decode<'bytes>(
    bytes: &'bytes [u8],
    encoding: Option<&'static Encoding>,
    cut: bool,
) -> Decoded<'bytes> {
    let (marked, length) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let given = bytes.get(length..).unwrap_or_default();
    let bytes = if cut && marked == UTF_8 {
        without_beginning(given)
    } else {
        given
    };
    let decoded = if marked != UTF_8 {
        decode_as(marked, bytes)
    } else if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        Decoded {
            text: Cow::Borrowed(text),
            guessed: None,
            replaced: None,
        }
    } else if length == 0 && !is_utf8(decisive(given)) {
        match encoding {
            Some(encoding) => decode_as(encoding, bytes),
            None => decode_as_guessed(bytes, guess(decisive(given), cut || given.len() > DECISIVE)),
        }
    } else {
        decode_damaged(bytes)
    };
    with_printed_characters(with_line_feeds(decoded))
}

/// The charset that the first bytes of a file look like; none where they are UTF-8, or have fewer bad
/// sequences than it takes to tell.
pub(crate) fn guessed(first: &[u8], least_bad: usize) -> Option<&'static Encoding> {
    let decisive = decisive(first);
    let bad = decisive
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty());
    let is_other = Encoding::for_bom(first).is_none() && !is_utf8(decisive);
    (is_other && bad.take(least_bad).count() == least_bad).then(|| guess(decisive, true))
}

/// Decodes a part of a file whose charset was guessed from all of it.
pub(crate) fn decode_guessed<'bytes>(
    bytes: &'bytes [u8],
    encoding: &'static Encoding,
) -> Decoded<'bytes> {
    let is_other = simdutf8::basic::from_utf8(bytes).is_err() && !is_utf8(decisive(bytes));
    Decoded {
        guessed: is_other.then_some(encoding),
        ..decode(bytes, Some(encoding), false)
    }
}

/// The bytes without the beginning of a character at their end.
fn without_beginning(bytes: &[u8]) -> &[u8] {
    let is_beginning =
        |bytes| std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    (1..=3)
        .filter_map(|length| bytes.split_at_checked(bytes.len().checked_sub(length)?))
        .find(|(_, end)| is_beginning(end))
        .map_or(bytes, |(rest, _)| rest)
}

/// The bytes that decide on the charset. A character cut at their end tells nothing.
fn decisive(bytes: &[u8]) -> &[u8] {
    without_beginning(match bytes.get(..DECISIVE) {
        Some(head) if !head.is_ascii() => head,
        _ => bytes,
    })
}

/// Whether bytes that are not all UTF-8 are UTF-8 with some damage. A file that is damaged in one
/// or two places only is, however short it is, if it has more characters that are in order.
fn is_utf8(bytes: &[u8]) -> bool {
    let mut good = 0_usize;
    let mut bad = 0_usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 100 <= good + bad || (bad < 3 && good > bad)
}

/// The charset that bytes look like. Where they are `cut`, a character that they end within tells
/// against none.
fn guess(bytes: &[u8], cut: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, !cut);
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_as_guessed<'bytes>(bytes: &'bytes [u8], encoding: &'static Encoding) -> Decoded<'bytes> {
    Decoded {
        guessed: Some(encoding),
        ..decode_as(encoding, bytes)
    }
}

fn decode_as<'bytes>(encoding: &'static Encoding, bytes: &'bytes [u8]) -> Decoded<'bytes> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replaced = damaged.then(|| Replaced {
        count: text.matches(char::REPLACEMENT_CHARACTER).count(),
        line: line_at(&text, text.find(char::REPLACEMENT_CHARACTER)),
    });
    Decoded {
        text,
        guessed: None,
        replaced,
    }
}

/// UTF-8 with bad bytes in it, each run of which becomes U+FFFD.
fn decode_damaged(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut replaced: Option<Replaced> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        replaced = Some(match replaced {
            Some(Replaced { count, line }) => Replaced {
                count: count + 1,
                line,
            },
            None => Replaced {
                count: 1,
                line: line_at(&text, Some(text.len())),
            },
        });
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded {
        text: Cow::Owned(text),
        guessed: None,
        replaced,
    }
}

/// Makes all line ends line feeds, as HTML does.
fn with_line_feeds(mut decoded: Decoded<'_>) -> Decoded<'_> {
    if memchr::memchr(b'\r', decoded.text.as_bytes()).is_some() {
        let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
        decoded.text = Cow::Owned(text);
    }
    decoded
}

/// Gives the control characters behind ASCII, which no text has on purpose, the meaning that their numbers have
/// in windows-1252: that is what was copied byte by byte, as browsers know of character references (HTML
/// Standard, section 13.2.5.80).
fn with_printed_characters(mut decoded: Decoded<'_>) -> Decoded<'_> {
    let bytes = decoded.text.as_bytes();
    let is_control = |at: usize| matches!(bytes.get(at + 1), Some(0x80..=0x9F));
    if memchr::memchr_iter(0xC2, bytes).any(is_control) {
        decoded.text = Cow::Owned(decoded.text.chars().map(printed).collect());
    }
    decoded
}

fn printed(character: char) -> char {
    let place = u32::from(character).checked_sub(0x80);
    let place = place.and_then(|place| usize::try_from(place).ok());
    let replacement = place.and_then(|place| C1_REPLACEMENTS.get(place).copied().flatten());
    replacement.unwrap_or(character)
}

/// The line of a position in a text whose line ends are of any kind.
fn line_at(text: &str, position: Option<usize>) -> u32 {
    let before = position.and_then(|position| text.get(..position));
    let before = before.unwrap_or_default();
    let returns = before.matches('\r').count();
    let feeds = before.matches('\n').count();
    let ends = returns + feeds - before.matches("\r\n").count();
    u32::try_from(ends + 1).unwrap_or(u32::MAX)
}

/// Whether bytes may begin a file that a reader takes, without decoding them: an archive's mirror
/// holds many pictures. White space may precede what all formats begin with.
pub(crate) fn may_be_text(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii_start().first();
    let is_bom_or_space = |byte: &u8| matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0xEF | 0xFE | 0xFF);
    first.is_none_or(|byte| b"<[-".contains(byte) || is_bom_or_space(byte))
        && !bytes.starts_with(b"\xFF\xD8")
}
