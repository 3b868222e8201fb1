//! What a reader marked in an article and wrote about it, as exports tell it: quotations with remarks. A
//! quotation that is found in the text is marked there; one with a remark, or that is not found, stands
//! below the text.

use crate::read::feed::text::escaped;

/// The most quotations that are looked for.
const MOST: usize = 2_000;

/// Something that was marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Highlight {
    /// Plain text.
    pub(super) quote: String,
    /// The remark, as HTML; blank where there is none.
    pub(super) remark: String,
}

/// An article's HTML with what was marked in it.
pub(super) fn marked(html: String, highlights: &[Highlight]) -> String {
    if highlights.is_empty() {
        return html;
    }
    let text = Text::of(&html);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut below = String::new();
    for highlight in highlights.iter().take(MOST) {
        let found = text.find(&highlight.quote);
        ranges.extend(found);
        if found.is_none() || !highlight.remark.trim().is_empty() {
            let quote = escaped(highlight.quote.trim());
            if !quote.is_empty() {
                below.push_str(&format!("<blockquote><p>{quote}</p></blockquote>\n"));
            }
            below.push_str(&highlight.remark);
        }
    }
    let mut html = with_marks(&html, ranges);
    if !below.is_empty() {
        html.push_str("\n<hr>\n");
        html.push_str(&below);
    }
    html
}

/// The text of some HTML, without white space, and where each of its characters stands.
struct Text {
    characters: String,
    /// By byte of `characters`: the range in the HTML of the character that it belongs to.
    places: Vec<(usize, usize)>,
}

impl Text {
    fn of(html: &str) -> Self {
        let mut text = Text {
            characters: String::new(),
            places: Vec::new(),
        };
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            let length = match rest.as_bytes().first() {
                Some(b'<') => rest.find('>').map_or(rest.len(), |end| end + 1),
                Some(b'&') => {
                    let (c, length) = reference(rest);
                    text.push(c, at, length);
                    length
                }
                _ => {
                    let c = rest.chars().next().unwrap_or_default();
                    text.push(c, at, c.len_utf8());
                    c.len_utf8()
                }
            };
            at += length;
        }
        text
    }

    fn push(&mut self, c: char, at: usize, length: usize) {
        if c.is_whitespace() {
            return;
        }
        self.characters.push(c);
        for _ in 0..c.len_utf8() {
            self.places.push((at, at + length));
        }
    }

    /// Where a quotation stands in the HTML, whatever white space and tags are in it.
    fn find(&self, quote: &str) -> Option<(usize, usize)> {
        let quote: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
        let start = (!quote.is_empty()).then(|| self.characters.find(&quote))??;
        let (from, _) = *self.places.get(start)?;
        let (_, to) = *self.places.get(start + quote.len() - 1)?;
        Some((from, to))
    }
}

/// The character that a reference stands for, and its length. What is none is the sign itself.
fn reference(text: &str) -> (char, usize) {
    let near = text.get(..text.floor_char_boundary(12)).unwrap_or_default();
    let Some((name, _)) = near.get(1..).and_then(|rest| rest.split_once(';')) else {
        return ('&', 1);
    };
    let number = name.strip_prefix('#').and_then(|digits| {
        let hexadecimal = digits.strip_prefix(['x', 'X']);
        match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        }
    });
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "rsquo" => Some('\u{2019}'),
        "lsquo" => Some('\u{2018}'),
        "rdquo" => Some('\u{201D}'),
        "ldquo" => Some('\u{201C}'),
        "hellip" => Some('\u{2026}'),
        "mdash" => Some('\u{2014}'),
        "ndash" => Some('\u{2013}'),
        _ => number.and_then(char::from_u32),
    };
    c.map_or(('&', 1), |c| (c, name.len() + 2))
}

/// The HTML with marks around ranges: those that overlap are one, and none goes over a tag.
fn with_marks(html: &str, mut ranges: Vec<(usize, usize)>) -> String {
    ranges.sort_unstable();
    let mut out = String::with_capacity(html.len() + ranges.len() * 13);
    let mut done = 0;
    for (from, to) in ranges {
        let from = from.max(done);
        if to <= from {
            continue;
        }
        out.push_str(html.get(done..from).unwrap_or_default());
        let mut rest = html.get(from..to).unwrap_or_default();
        while !rest.is_empty() {
            let end = match rest.starts_with('<') {
                true => rest.find('>').map_or(rest.len(), |end| end + 1),
                false => rest.find('<').unwrap_or(rest.len()),
            };
            let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            match part.starts_with('<') || part.trim().is_empty() {
                true => out.push_str(part),
                false => out.push_str(&format!("<mark>{part}</mark>")),
            }
            rest = after;
        }
        done = to;
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}
