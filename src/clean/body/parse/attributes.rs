//! Start tags with an absurd number of attributes, which the tokenizer compares each with all.

use std::borrow::Cow;

/// How many attributes a start tag keeps.
const MAXIMUM_ATTRIBUTES: usize = 500;

/// The text with the attributes of each start tag cut after the first [`MAXIMUM_ATTRIBUTES`].
/// Borrowed where there is nothing to cut.
pub(in crate::clean::body) fn bounded(markup: &str) -> Cow<'_, str> {
    let bytes = markup.as_bytes();
    let mut kept = String::new();
    let mut copied = 0;
    let mut position = 0;
    while let Some(start) = next_tag(bytes, position) {
        let tag = tag_at(bytes, start + 1);
        if let Some(excess) = tag.excess {
            kept.push_str(markup.get(copied..excess).unwrap_or_default());
            copied = tag.end;
        }
        position = tag.end;
    }
    if copied == 0 {
        return Cow::Borrowed(markup);
    }
    kept.push_str(markup.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

fn next_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let offset = memchr::memchr(b'<', bytes.get(from..)?)?;
    Some(from + offset)
}

/// What a tag turned out to be.
struct TagEnd {
    /// Where the search for the next tag goes on: at `>`, or after `<` where there is no tag.
    end: usize,
    /// Where the first attribute too many begins.
    excess: Option<usize>,
}

/// Reads a start tag whose name begins at `start`, as the tokenizer would.
fn tag_at(bytes: &[u8], start: usize) -> TagEnd {
    let mut scan = Scan {
        quote: None,
        blank: false,
        after_equals: false,
    };
    let mut attributes = 0;
    let mut excess = None;
    if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
        return TagEnd { end: start, excess };
    }
    for (position, &byte) in bytes.iter().enumerate().skip(start) {
        match scan.step(byte) {
            Step::End => {
                return TagEnd {
                    end: position,
                    excess,
                };
            }
            Step::Attribute => {
                attributes += 1;
                if attributes > MAXIMUM_ATTRIBUTES && excess.is_none() {
                    excess = Some(position);
                }
            }
            Step::Within => {}
        }
    }
    TagEnd {
        end: bytes.len(),
        excess,
    }
}

/// Where in a tag the scan stands.
struct Scan {
    quote: Option<u8>,
    blank: bool,
    after_equals: bool,
}

enum Step {
    Within,
    Attribute,
    End,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Step {
        if let Some(quote) = self.quote {
            if byte == quote {
                self.quote = None;
                self.blank = true;
            }
            return Step::Within;
        }
        match byte {
            b'>' => return Step::End,
            b'"' | b'\'' if self.after_equals => self.quote = Some(byte),
            b'=' => self.after_equals = true,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' => {
                self.blank = true;
                return Step::Within;
            }
            _ => {
                let begins = self.blank && !self.after_equals;
                self.after_equals = false;
                self.blank = false;
                return if begins {
                    Step::Attribute
                } else {
                    Step::Within
                };
            }
        }
        self.blank = false;
        if self.quote.is_some() {
            self.after_equals = false;
        }
        Step::Within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_is_untouched() {
        let markup = "<p class='a>b' id = x>1 < 2</p><br/><a href=\"/\"title=y>z</a>";
        assert!(matches!(bounded(markup), Cow::Borrowed(text) if text == markup));
    }

    #[test]
    fn attributes_beyond_the_bound_go_and_the_text_stays() {
        let many: String = (0..60_000).map(|n| format!(" a{n}='>'")).collect();
        let cut = bounded(&format!("<p{many}>kept</p><b>too</b>")).into_owned();
        assert!(cut.ends_with(">kept</p><b>too</b>"), "{}", cut.len());
        assert_eq!(cut.matches(" a").count(), MAXIMUM_ATTRIBUTES);
    }
}
