//! How the bytes of a feed become characters: by byte order mark, by declaration, by a guess.

use super::code_units::CodeUnits;
use crate::error::Warning;
use crate::read::ReadOptions;
use crate::read::source::encoding::{self, decode, decode_guessed};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};
use memchr::memmem;
use std::borrow::Cow;

/// So many sequences that are none of UTF-8 tell against a declaration that says so.
const FEWEST_BAD: usize = 3;

/// How the bytes of a feed become characters.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Charset {
    units: CodeUnits,
    /// The charset that the declaration names (XML 1.0, section 4.3.3), unless it can't be: most
    /// feeds say UTF-8, whatever they are in.
    declared: Option<&'static Encoding>,
    /// What the first bytes look like, where nothing is declared, or UTF-8 and they are none.
    guessed: Option<&'static Encoding>,
}

impl Charset {
    pub(in crate::read) fn of(units: CodeUnits, head: &[u8], sample: &[u8]) -> Self {
        let can_be = |encoding: &&'static Encoding| {
            **encoding == *ISO_2022_JP || encoding.is_ascii_compatible()
        };
        let declared = declared(&units.narrowed(head)).filter(can_be);
        let is_utf_8 = declared == Some(UTF_8);
        let guessed = match declared {
            Some(_) if !is_utf_8 => None,
            _ => encoding::guessed(sample, if is_utf_8 { FEWEST_BAD } else { 1 }),
        };
        let declared = declared.filter(|_| guessed.is_none());
        Charset {
            units,
            declared,
            guessed,
        }
    }

    /// The characters of some bytes, and what was guessed and replaced.
    pub(in crate::read) fn text<'bytes>(
        self,
        bytes: &'bytes [u8],
        options: &ReadOptions,
        path: &str,
    ) -> (Cow<'bytes, str>, Vec<Warning>) {
        if let Some(text) = self.units.decoded(bytes) {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            return (Cow::Owned(text), Vec::new());
        }
        // All of its bytes are ASCII, so that it passes for UTF-8.
        if self.declared == Some(ISO_2022_JP) && bytes.contains(&0x1B) {
            let (text, _) = ISO_2022_JP.decode_without_bom_handling(bytes);
            return (text, Vec::new());
        }
        let decoded = match (options.encoding.or(self.declared), self.guessed) {
            (None, Some(guessed)) => decode_guessed(bytes, guessed),
            (known, _) => decode(bytes, known, false),
        };
        let warnings = decoded.warnings(path);
        (decoded.text, warnings)
    }
}

/// The charset that an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = memmem::find(head, b"?>")?;
    let declaration = String::from_utf8_lossy(head.get(..end)?);
    let (_, rest) = declaration.split_once("encoding")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?;
    let label = label.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}
