//! Feeds in UTF-16 and UTF-32: one byte stands for each code unit, so that what looks for tags and
//! brackets need not know of them.

use crate::read::{Source, Span};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io;

/// What stands for a unit that is no ASCII character.
const OTHER: u8 = 0x80;

/// How many bytes make a code unit of a file, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct CodeUnits {
    width: usize,
    big_endian: bool,
}

impl CodeUnits {
    /// Tells the units of a file by its byte order mark, or by where its first character, `<` or `{`
    /// or white space, has its zeros (XML 1.0, appendix F.1).
    pub(in crate::read) fn of(first: &[u8]) -> Self {
        let (width, big_endian) = match first {
            [0xFF, 0xFE, 0, 0, ..] => (4, false),
            [0, 0, 0xFE, 0xFF, ..] => (4, true),
            [0xFF, 0xFE, ..] => (2, false),
            [0xFE, 0xFF, ..] => (2, true),
            [1..0x80, 0, 0, 0, ..] => (4, false),
            [0, 0, 0, 1..0x80, ..] => (4, true),
            [1..0x80, 0, 1..0x80, 0, ..] => (2, false),
            [0, 1..0x80, 0, 1..0x80, ..] => (2, true),
            _ => (1, true),
        };
        CodeUnits { width, big_endian }
    }

    /// A byte for each whole unit.
    pub(in crate::read) fn narrowed(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        if self.width == 1 {
            return Cow::Borrowed(bytes);
        }
        let units = bytes.chunks_exact(self.width);
        Cow::Owned(units.map(|unit| self.narrow(unit)).collect())
    }

    fn narrow(self, unit: &[u8]) -> u8 {
        let (low, rest) = match self.big_endian {
            true => unit.split_last(),
            false => unit.split_first(),
        }
        .unwrap_or((&OTHER, &[]));
        match rest.iter().all(|&byte| byte == 0) && low.is_ascii() {
            true => *low,
            false => OTHER,
        }
    }

    /// The bytes of a span that counts units.
    pub(in crate::read) fn bytes_of(self, span: Span) -> Span {
        let width = self.width as u64;
        Span {
            start: span.start.saturating_mul(width),
            length: span.length.saturating_mul(width),
        }
    }

    /// The characters of bytes in UTF-16 or UTF-32; none where the units are bytes.
    pub(in crate::read) fn decoded(self, bytes: &[u8]) -> Option<String> {
        let encoding: &Encoding = match (self.width, self.big_endian) {
            (4, _) => return Some(self.decoded_utf_32(bytes)),
            (2, true) => UTF_16BE,
            (2, false) => UTF_16LE,
            _ => return None,
        };
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        Some(text.trim_start_matches('\u{FEFF}').to_owned())
    }

    fn decoded_utf_32(self, bytes: &[u8]) -> String {
        let units = bytes.chunks_exact(4).map(|unit| {
            let unit = unit.try_into().unwrap_or_default();
            match self.big_endian {
                true => u32::from_be_bytes(unit),
                false => u32::from_le_bytes(unit),
            }
        });
        let characters = units.filter(|&unit| unit != 0xFEFF);
        characters
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    }
}

/// A source with one byte for each code unit.
pub(in crate::read) struct Narrowed<'source> {
    pub(in crate::read) source: &'source dyn Source,
    pub(in crate::read) units: CodeUnits,
}

impl Source for Narrowed<'_> {
    fn path(&self) -> &str {
        self.source.path()
    }

    fn name(&self) -> &str {
        self.source.name()
    }

    fn folders(&self) -> &[String] {
        self.source.folders()
    }

    fn length(&self) -> u64 {
        self.source.length() / self.units.width as u64
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let width = self.units.width;
        if width == 1 {
            return self.source.read_at(position, buffer);
        }
        let mut wide = vec![0; buffer.len().saturating_mul(width)];
        let mut read = 0;
        let start = position.saturating_mul(width as u64);
        // A source may give fewer bytes than a whole unit at a time.
        while let Some(room) = wide.get_mut(read..).filter(|room| !room.is_empty()) {
            match self.source.read_at(start + read as u64, room)? {
                0 => break,
                count => read += count,
            }
        }
        let units = wide.get(..read).unwrap_or_default().chunks_exact(width);
        let count = units.len();
        for (byte, unit) in buffer.iter_mut().zip(units) {
            *byte = self.units.narrow(unit);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::MemorySource;

    #[test]
    fn one_byte_stands_for_each_unit() {
        let text = "\u{FEFF}<é>字";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let units = CodeUnits::of(&wide);
        let source = MemorySource::new("a", wide.clone());
        let narrowed = Narrowed {
            source: &source,
            units,
        };
        let mut bytes = [0; 8];
        assert_eq!(narrowed.read_at(0, &mut bytes).unwrap(), 5);
        assert_eq!(&bytes[..5], [OTHER, b'<', OTHER, b'>', OTHER]);
        assert_eq!(units.decoded(&wide).unwrap(), "<é>字");
        let wide: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        let units = CodeUnits::of(&wide);
        assert_eq!(units.narrowed(&wide).as_ref(), &bytes[..5]);
        assert_eq!(units.decoded(&wide).unwrap(), "<é>字");
        assert_eq!(CodeUnits::of("<?xml".as_bytes()).decoded(b"<?xml"), None);
    }
}
