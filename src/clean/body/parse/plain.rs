//! Tokens of plain HTML: tags, attributes, text, comments, and elements whose content is no markup (`raw`),
//! as nearly all articles and pages are written.
//!
//! The tokenizer of html5ever takes all that browsers take, one character at a time. This one takes
//! whole tags and whole texts, stops before anything else (an uncommon character reference, a script in a
//! script) and leaves that, and what follows it, to html5ever. Both hand the same tokens to the same tree
//! builder, which a property test holds against each other.
//!
//! What it gains (`cargo bench --bench stages -- clean`, both in one sitting): html5ever alone takes
//! 1.34 times as long to clean an article in Chinese, 1.31 times in English, 1.43 times a whole page.

use crate::clean::body::parse::raw::{self, Raw};
use crate::clean::body::parse::references::{self, ReferencePlace};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, Doctype, DoctypeToken, EndTag, StartTag, Tag, TagKind, TagToken,
    Token, TokenSink, TokenSinkResult,
};
use html5ever::{Attribute, LocalName, QualName, ns};
use std::borrow::Cow;

/// A start tag with more attributes than this is left to html5ever.
const MOST_ATTRIBUTES: usize = 24;

/// How many bytes may be looked at for nothing: in a drawing or a list of options an element's content is no text,
/// and what ends it may be far away.
const MOST_IN_VAIN: usize = 1_000_000;

/// Hands the tokens that a text begins with to a sink, as far as it is plain; the number of bytes
/// that were taken.
pub(in crate::clean::body) fn feed<S: TokenSink>(text: &StrTendril, sink: &S) -> usize {
    let is_odd =
        text.starts_with('\u{FEFF}') || memchr::memchr2(0, b'\r', text.as_bytes()).is_some();
    let mut scan = Scan { text, position: 0 };
    if is_odd {
        return 0;
    }
    let mut in_vain = 0;
    loop {
        let start = scan.position;
        let Some(token) = scan.token() else {
            return start;
        };
        let content = match raw::content_of(&token, text.get(scan.position..).unwrap_or_default()) {
            Raw::Markup => None,
            Raw::Text(content) if in_vain <= MOST_IN_VAIN => Some(content),
            Raw::Text(_) | Raw::Odd => return start,
        };
        let answer = sink.process_token(token, 1);
        let Some(content) = content else {
            continue;
        };
        if !matches!(answer, TokenSinkResult::RawData(_)) {
            in_vain += content.length;
            continue;
        }
        scan.position += content.length;
        for token in content.tokens {
            let _ = sink.process_token(token, 1);
        }
    }
}

/// A text and how far it has been taken.
struct Scan<'text> {
    text: &'text StrTendril,
    position: usize,
}

impl<'text> Scan<'text> {
    /// The next token, if it is a plain one.
    fn token(&mut self) -> Option<Token> {
        match self.peek()? {
            b'<' => self.angle(),
            b'&' => self.reference(),
            _ => self.characters(),
        }
    }

    /// What begins with `<`.
    fn angle(&mut self) -> Option<Token> {
        match self.text.as_bytes().get(self.position + 1)? {
            b'/' => self.tag().map(TagToken),
            b'!' => self.declaration(),
            b'?' => self
                .declared_until(">")
                .map(|()| CommentToken(StrTendril::new())),
            next if next.is_ascii_alphabetic() => self.tag().map(TagToken),
            _ => {
                self.position += 1;
                Some(CharacterTokens(StrTendril::from_char('<')))
            }
        }
    }

    /// A comment or what is taken for one, of which nothing is wanted but that it is there; a doctype.
    fn declaration(&mut self) -> Option<Token> {
        let rest = self.rest().get("<!".len()..)?;
        let comment = || CommentToken(StrTendril::new());
        if let Some(text) = rest.strip_prefix("--") {
            // Browsers take `<!-->` for a comment, and `--!>` for the end of one.
            let end = memchr::memmem::find(text.as_bytes(), b"-->")?;
            let is_odd = text.starts_with('>') || text.starts_with("->");
            let is_odd = is_odd || text.get(..end)?.contains("--!>");
            self.position += "<!--".len() + end + "-->".len();
            return (!is_odd).then(comment);
        }
        let is_doctype = rest
            .get(.."doctype".len())
            .is_some_and(|word| word.eq_ignore_ascii_case("doctype"));
        if rest.starts_with("[CDATA[") {
            return None;
        }
        self.declared_until(">")?;
        Some(match is_doctype {
            true => DoctypeToken(Doctype::default()),
            false => comment(),
        })
    }

    /// Passes over everything up to a mark.
    fn declared_until(&mut self, mark: &str) -> Option<()> {
        let end = self.rest().find(mark)?;
        self.position += end + mark.len();
        Some(())
    }

    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    /// Passes over a byte, if it is the next.
    fn skip(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    /// Passes over bytes of a kind; how many there were.
    fn skip_all(&mut self, kind: impl Fn(u8) -> bool) -> usize {
        let rest = self
            .text
            .as_bytes()
            .get(self.position..)
            .unwrap_or_default();
        let end = rest.iter().position(|&byte| !kind(byte));
        let length = end.unwrap_or(rest.len());
        self.position += length;
        length
    }

    fn skip_space(&mut self) -> bool {
        self.skip_all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\x0C')) > 0
    }

    /// A part of the text, which shares its bytes.
    fn part(&self, start: usize, end: usize) -> Option<StrTendril> {
        let length = u32::try_from(end.checked_sub(start)?).ok()?;
        self.text
            .try_subtendril(u32::try_from(start).ok()?, length)
            .ok()
    }

    /// Characters up to the next tag or character reference.
    fn characters(&mut self) -> Option<Token> {
        let rest = self.rest().as_bytes();
        let length = memchr::memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        let start = self.position;
        self.position += length;
        self.part(start, self.position).map(CharacterTokens)
    }

    fn reference(&mut self) -> Option<Token> {
        let (length, character) = references::common(self.rest(), ReferencePlace::Text)?;
        self.position += length;
        Some(CharacterTokens(StrTendril::from_char(character)))
    }

    fn tag(&mut self) -> Option<Tag> {
        self.position += 1;
        let kind = if self.skip(b'/') { EndTag } else { StartTag };
        let name = self.name()?;
        if name == "plaintext" {
            return None;
        }
        let (attrs, had_duplicate_attributes) = self.attributes(kind)?;
        let self_closing = kind == StartTag && self.skip(b'/');
        self.skip(b'>').then(|| Tag {
            kind,
            name: LocalName::from(name),
            self_closing,
            attrs,
            had_duplicate_attributes,
        })
    }

    /// A name of ASCII letters, digits and hyphens, in lower case.
    fn name(&mut self) -> Option<Cow<'text, str>> {
        let start = self.position;
        if !self.peek()?.is_ascii_alphabetic() {
            return None;
        }
        self.skip_all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
        self.lower(start)
    }

    /// What was passed over since a position, in lower case.
    fn lower(&self, start: usize) -> Option<Cow<'text, str>> {
        let text: &'text str = self.text;
        let name = text.get(start..self.position)?;
        let is_upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        Some(match is_upper {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        })
    }

    /// The attributes up to the end of a tag, the first of each name, and whether there were more; an end tag
    /// has none.
    fn attributes(&mut self, kind: TagKind) -> Option<(Vec<Attribute>, bool)> {
        let mut attributes: Vec<Attribute> = Vec::new();
        let mut repeats = false;
        loop {
            self.skip_space();
            if matches!(self.peek()?, b'>' | b'/') {
                return Some((attributes, repeats));
            }
            let attribute = self.attribute()?;
            if kind == EndTag || attributes.len() >= MOST_ATTRIBUTES {
                return None;
            }
            match attributes.iter().any(|other| other.name == attribute.name) {
                true => repeats = true,
                false => attributes.push(attribute),
            }
        }
    }

    fn attribute(&mut self) -> Option<Attribute> {
        let name = LocalName::from(self.attribute_name()?);
        let end = self.position;
        self.skip_space();
        let value = if self.skip(b'=') {
            self.skip_space();
            self.value()?
        } else {
            self.position = end;
            StrTendril::new()
        };
        Some(Attribute {
            name: QualName::new(None, ns!(), name),
            value,
        })
    }

    /// A name of anything but what ends one and what browsers take for a mistake.
    fn attribute_name(&mut self) -> Option<Cow<'text, str>> {
        let start = self.position;
        let ends = |byte: u8| byte.is_ascii_whitespace() || b"/>=\"'<".contains(&byte);
        if self.skip_all(|byte| !ends(byte)) == 0 {
            return None;
        }
        self.lower(start)
    }

    /// A value, in quotation marks or up to the next space.
    fn value(&mut self) -> Option<StrTendril> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''));
        let value = match quote {
            Some(quote) => {
                self.position += 1;
                let start = self.position;
                let length = memchr::memchr(quote, self.rest().as_bytes())?;
                self.position += length + 1;
                self.part(start, start + length)?
            }
            None => {
                let start = self.position;
                let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'>';
                let length = self.skip_all(|byte| !ends(byte));
                self.part(start, start + length).filter(|_| length > 0)?
            }
        };
        if memchr::memchr(b'&', value.as_bytes()).is_none() {
            return Some(value);
        }
        references::decoded(&value).map(|value| StrTendril::from(value.as_str()))
    }
}
