//! Text that every writer may write as it stands.

use std::fmt;
use std::ops::Deref;

/// Text made of characters that XML 1.0 allows (section 2.2), and of nothing else.
///
/// The constructor drops the characters that no XML document may hold, not even as a character
/// reference, and the control characters U+007F to U+009F; of those U+0085 becomes a space. Legal invisible characters (U+200B, U+2028, U+FEFF) stay, for they are part of what
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
        let spaced = unix.replace('\u{85}', " ");
        CleanText(spaced.chars().filter(|&c| is_character(c)).collect())
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
        // All of them begin with one byte, which few texts of letters have.
        let may_have_controls = memchr::memchr(0xE2, line.as_bytes()).is_some();
        if !may_have_controls || !line.contains(is_bidirectional_control) {
            return CleanText(line);
        }
        CleanText(collapsed(&without_unpaired_controls(&line)))
    }

    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends words, which are clean.
    pub(crate) fn push_words(&mut self, words: Words<'_>) {
        self.0.push_str(words.as_str());
    }

    /// Appends clean text.
    pub(crate) fn push(&mut self, text: &CleanText) {
        self.0.push_str(text);
    }

    /// Appends a character, if it is legal.
    pub(crate) fn push_character(&mut self, c: char) {
        // U+0085 is a line end, and stands for a space as in `new`.
        let c = if c == '\u{85}' { ' ' } else { c };
        if is_character(c) {
            self.0.push(c);
        }
    }

    /// Removes all characters, and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
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

/// Whether a text is what programs write where they have nothing.
pub(crate) fn names_nothing(text: &str) -> bool {
    [
        "undefined",
        "null",
        "NaN",
        "Invalid Date",
        "[object Object]",
    ]
    .contains(&text)
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
    // DEL, and U+0080 to U+009F.
    let deleted = bytes
        .iter()
        .fold(false, |found, &byte| found | (byte == 0x7F));
    let later = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let later = later.fold(false, |found, (&byte, &next)| {
        found | ((byte == 0xC2) & (next < 0xA0))
    });
    let controls = controls | deleted | later;
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
            let (words, after) = Words::split_from(rest);
            line.push_str(words.as_str());
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
    !c.is_whitespace() && !is_invisible(c) && is_character(c)
}

/// Words of a text with nothing but single spaces between them: what needs no collapsing. All
/// characters are visible or such a space, so the words are clean as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words<'text>(&'text str);

impl<'text> Words<'text> {
    /// Splits off the words that a text begins with, as many as there are. There are none where it
    /// begins with something that is not visible.
    pub(crate) fn split_from(text: &'text str) -> (Self, &'text str) {
        let (words, rest) = text.split_at(settled_length(text));
        (Words(words), rest)
    }

    pub(crate) fn as_str(self) -> &'text str {
        self.0
    }
}

/// The length in bytes of the words that a text begins with.
fn settled_length(text: &str) -> usize {
    let mut position = 0;
    while let Some(passed) = before_unsettled(text, position) {
        position += passed;
        match text.get(position..).and_then(|rest| rest.chars().next()) {
            Some(c) if is_visible(c) => position += c.len_utf8(),
            _ => break,
        }
    }
    let settled = text.get(..position.min(text.len())).unwrap_or_default();
    settled.strip_suffix(' ').unwrap_or(settled).len()
}

/// How many bytes are looked at in one step.
const STEP: usize = 16;

/// How many bytes from a position on precede the first one that may begin something that is not
/// visible, or a second space; as many as there are where no such byte follows.
fn before_unsettled(text: &str, position: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(position..)?;
    let mut rest = bytes;
    while let Some(step) = rest.first_chunk::<{ STEP + 2 }>()
        && !unsettles(step)
    {
        rest = rest.get(STEP..).unwrap_or_default();
    }
    while let Some((&byte, following)) = rest.split_first() {
        let at = |index: usize| following.get(index).copied().unwrap_or(b'x');
        if is_suspicious(byte) && may_unsettle(byte, at(0), at(1)) {
            break;
        }
        rest = following;
    }
    (!bytes.is_empty()).then_some(bytes.len() - rest.len())
}

/// Whether anything in a step, with the two bytes that follow it, may be unsettled.
fn unsettles(step: &[u8; STEP + 2]) -> bool {
    let ([here @ .., _, _], [_, next @ .., _], [_, _, after @ ..]) = (step, step, step);
    let threes = here.iter().zip(next).zip(after);
    threes.fold(false, |found, ((&byte, &next), &after)| {
        found | may_unsettle(byte, next, after)
    })
}

/// Whether a byte, with the two that follow it, may begin a character that is not visible, or is a
/// space before another. Bytes are compared without branches, so that the compiler compares many
/// at once.
fn may_unsettle(byte: u8, next: u8, after: u8) -> bool {
    // U+0080 to U+00BF, and U+1000 to U+2FFF.
    let foreign = (byte == 0xC2) | (byte == 0xE1) | (byte == 0xE2);
    // U+3000, and others that end alike.
    let wide = (byte == 0xE3) & (after == 0x80);
    // U+F000 to U+FFFF, but the wide commas and colons.
    let special = (byte == 0xEF) & (next != 0xBC);
    let double = (byte == b' ') & (next == b' ');
    (byte < b' ') | (byte == 0x7F) | double | foreign | wide | special
}

/// Whether a byte can unsettle at all.
fn is_suspicious(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | 0x7F | 0xC2 | 0xE1..=0xE3 | 0xEF)
}

/// Whether XML 1.0 (section 2.2, production `Char`) allows the character.
pub fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a character may stand in a text: XML allows it, and it is no control character, which HTML
/// calls an error (U+007F to U+009F).
pub(crate) fn is_character(c: char) -> bool {
    is_xml_character(c) && !matches!(c, '\u{7F}'..='\u{9F}')
}

/// Characters that take no room and carry no meaning in a title: zero-width spaces and marks of
/// byte order. The joiners U+200C and U+200D stay: Persian and emoji sequences need them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Embeddings, overrides and isolates, and what ends them.
/// Whether a character is a Chinese one, as Japanese and Korean use them too.
#[inline]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

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

    /// As slow as can be, but plain.
    fn settled_by_characters(text: &str) -> &str {
        let mut end = 0;
        for (start, c) in text.char_indices() {
            let single = c == ' ' && end == start && start > 0;
            if !is_visible(c) && !single {
                break;
            }
            if is_visible(c) {
                end = start + c.len_utf8();
            }
        }
        text.get(..end).unwrap()
    }

    #[test]
    fn words_end_where_anything_but_a_single_space_follows() {
        let odd = ('\0'..='\u{2100}')
            .chain('\u{2FF0}'..='\u{3010}')
            .chain('\u{FE00}'..='\u{FFFF}');
        for c in odd.filter(|&c| c != ' ') {
            for before in [
                "",
                "a",
                "ab 港口，灯塔。",
                "one two three four five “six”, 七",
            ] {
                for after in [
                    "",
                    "b",
                    " b",
                    "  b",
                    "灯 ",
                    " long enough for a step and for another",
                ] {
                    let text = format!("{before}{c}{after}");
                    let (words, rest) = Words::split_from(&text);
                    assert_eq!(words.as_str(), settled_by_characters(&text), "{text:?}");
                    assert_eq!(text, format!("{}{rest}", words.as_str()));
                }
            }
        }
    }

    #[test]
    fn carriage_returns_become_line_feeds() {
        assert_eq!(CleanText::new("a\r\nb\rc").as_str(), "a\nb\nc");
    }
}
