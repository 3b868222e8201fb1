//! Text that every writer may write as it stands.

use std::fmt;
use std::ops::Deref;

/// Text made of characters that XML 1.0 allows (section 2.2), and of nothing else.
///
/// The constructor drops the characters that no XML document may hold, not even as a character
/// reference. Legal invisible characters (U+200B, U+2028, U+FEFF) stay, for they are part of what
/// the author wrote. A writer still escapes markup characters in its own way.
///
/// ```
/// use offprint::model::CleanText;
/// assert_eq!(CleanText::new("a\u{0}\u{8}b\u{FFFE}").as_str(), "ab");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CleanText(String);

impl CleanText {
    /// Keeps the legal characters of `text`; line ends become U+000A.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        if is_clean(&text) {
            return CleanText(text);
        }
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        CleanText(unix.chars().filter(|&c| is_xml_character(c)).collect())
    }

    /// One line for a title or a name: white space collapsed, invisible characters and
    /// bidirectional controls without their partner removed.
    ///
    /// ```
    /// use offprint::model::CleanText;
    /// assert_eq!(CleanText::line(" a\n\n\u{3000}b\u{202E}\u{FEFF} ").as_str(), "a b");
    /// ```
    pub fn line(text: &str) -> Self {
        let line = collapsed(text);
        if !line.contains(is_bidirectional_control) {
            return CleanText(line);
        }
        CleanText(collapsed(&without_unpaired_controls(&line)))
    }

    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a reader would see nothing: no characters, or white space and invisible ones only.
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(|c| c.is_whitespace() || is_invisible(c))
    }
}

impl Deref for CleanText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for CleanText {
    fn from(text: &str) -> Self {
        CleanText::new(text)
    }
}

impl From<String> for CleanText {
    fn from(text: String) -> Self {
        CleanText::new(text)
    }
}

impl From<CleanText> for String {
    fn from(text: CleanText) -> Self {
        text.0
    }
}

/// Whether all characters of a text are legal and its line ends are U+000A. Most texts are, so
/// this looks at bytes, all of them, which the compiler turns into steps of many bytes. The two
/// noncharacters are looked for only where the last two bytes of one may stand.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let control = |byte: u8| (byte < 0x20) & (byte != b'\n') & (byte != b'\t');
    let controls = bytes
        .iter()
        .fold(false, |found, &byte| found | control(byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let suspicious = pairs.fold(false, |found, (&byte, &next)| {
        found | ((byte == 0xBF) & (next >= 0xBE))
    });
    !controls && !(suspicious && (text.contains('\u{FFFE}') || text.contains('\u{FFFF}')))
}

/// The visible characters, with one space in the place of white space between them.
fn collapsed(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if is_visible(c) {
            if std::mem::take(&mut gap) && !line.is_empty() {
                line.push(' ');
            }
            let (words, after) = rest.split_at(settled_length(rest));
            line.push_str(words);
            rest = after;
        } else {
            gap |= c.is_whitespace();
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    line
}

/// Whether a character is one that a reader sees and that collapsing leaves alone.
fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c) && is_xml_character(c)
}

/// The length in bytes of the words that a text begins with, as far as nothing but single spaces
/// stands between them: what needs no collapsing. The text begins with something visible.
pub(crate) fn settled_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut space = None;
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b' ' if space.is_some() => break,
            b' ' => {
                space = Some(position);
                position += 1;
                continue;
            }
            b'!'..=b'~' => position += 1 + plain_steps(bytes, position + 1),
            // U+4000 to U+9FFF, most of what is written in Chinese: all are visible.
            0xE4..=0xE9 => position += 3 + wide_steps(bytes, position + 3),
            0xE3 | 0xEF if begins_wide_sign(bytes, position) => position += 3,
            _ => match text.get(position..).and_then(|rest| rest.chars().next()) {
                Some(c) if is_visible(c) => position += c.len_utf8(),
                _ => return space.unwrap_or(position),
            },
        }
        space = None;
    }
    space.unwrap_or(text.len())
}

/// Whether a full stop, a comma or another sign from U+3001 to U+303F or U+FF01 to U+FF3F stands
/// at a position: all are visible.
fn begins_wide_sign(bytes: &[u8], position: usize) -> bool {
    let sign = bytes.get(position..position + 3);
    matches!(
        sign,
        Some([0xE3, 0x80, 0x81..=0xBF] | [0xEF, 0xBC, 0x81..=0xBF])
    )
}

/// How many bytes are taken in one step where all of them are plain.
const STEP: usize = 16;

/// The bytes after something visible, in whole steps, that are ASCII with nothing but single
/// spaces between the words.
fn plain_steps(bytes: &[u8], position: usize) -> usize {
    let (steps, _) = bytes
        .get(position..)
        .unwrap_or_default()
        .as_chunks::<STEP>();
    let is_plain = |step: &&[u8; STEP]| {
        let [pairs @ .., last] = step;
        let [_, nexts @ ..] = step;
        let visible = |found: bool, &byte: &u8| found & (b' '..=b'~').contains(&byte);
        let double = pairs
            .iter()
            .zip(nexts)
            .fold(false, |found, (&byte, &next)| {
                found | ((byte == b' ') & (next == b' '))
            });
        step.iter().fold(true, visible) && !double && *last != b' '
    };
    STEP * steps.iter().take_while(is_plain).count()
}

/// The bytes from a position on, in whole steps, of characters from U+4000 to U+9FFF.
fn wide_steps(bytes: &[u8], position: usize) -> usize {
    let (steps, _) = bytes.get(position..).unwrap_or_default().as_chunks::<12>();
    let is_wide = |&[a, _, _, b, _, _, c, _, _, d, _, _]: &&[u8; 12]| {
        [a, b, c, d].into_iter().fold(true, |found, byte| {
            found & (*byte >= 0xE4) & (*byte <= 0xE9)
        })
    };
    12 * steps.iter().take_while(is_wide).count()
}

/// Whether XML 1.0 (section 2.2, production `Char`) allows the character.
pub fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Characters that take no room and carry no meaning in a title: zero-width spaces and marks of
/// byte order. The joiners U+200C and U+200D stay: Persian and emoji sequences need them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Embeddings, overrides and isolates, and what ends them.
fn is_bidirectional_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Removes bidirectional embeddings, overrides and isolates that lack their partner.
fn without_unpaired_controls(text: &str) -> String {
    let mut keep = vec![true; text.chars().count()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (position, c) in text.chars().enumerate() {
        let isolate = matches!(c, '\u{2066}'..='\u{2069}');
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' | '\u{2066}'..='\u{2068}' => {
                open.push((position, isolate));
            }
            '\u{202C}' | '\u{2069}' => {
                if open.last().is_some_and(|&(_, opened)| opened == isolate) {
                    open.pop();
                } else if let Some(flag) = keep.get_mut(position) {
                    *flag = false;
                }
            }
            _ => {}
        }
    }
    for (position, _) in open {
        if let Some(flag) = keep.get_mut(position) {
            *flag = false;
        }
    }
    text.chars()
        .zip(keep)
        .filter_map(|(c, kept)| kept.then_some(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_controls_stay_and_single_ones_go() {
        assert_eq!(
            CleanText::line("a\u{2067}b\u{2069}c").as_str(),
            "a\u{2067}b\u{2069}c"
        );
        assert_eq!(CleanText::line("a\u{2067}b\u{202C}c").as_str(), "abc");
    }

    #[test]
    fn carriage_returns_become_line_feeds() {
        assert_eq!(CleanText::new("a\r\nb\rc").as_str(), "a\nb\nc");
    }
}
