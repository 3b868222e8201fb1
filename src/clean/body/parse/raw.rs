//! Elements whose content is no markup: scripts, style sheets, titles, boxes to write into.
//!
//! The content ends at the first end tag of the element's own name (HTML standard, section 13.2.5.2 and
//! following). Whether it is read so is for the tree builder to say, which knows whether the element stands in
//! a drawing; so it is found before the builder is asked, and left to html5ever where it is hard to tell.

use crate::clean::body::parse::references::{self, ReferencePlace};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{CharacterTokens, EndTag, StartTag, Tag, TagToken, Token};

/// What follows a tag.
pub(super) enum Raw {
    /// Markup, as after any other.
    Markup,
    /// Text up to the end tag.
    Text(Content),
    /// Something that is hard to tell.
    Odd,
}

/// The content of an element and its end tag.
pub(super) struct Content {
    pub tokens: Vec<Token>,
    /// How many bytes they take.
    pub length: usize,
}

/// What follows a token, if the element is read as text.
pub(super) fn content_of(token: &Token, rest: &str) -> Raw {
    let TagToken(tag) = token else {
        return Raw::Markup;
    };
    let name: &str = &tag.name;
    let is_text = matches!(
        name,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
    );
    if !is_text || tag.kind != StartTag {
        return Raw::Markup;
    }
    content(tag, rest).map_or(Raw::Odd, Raw::Text)
}

fn content(start: &Tag, rest: &str) -> Option<Content> {
    let name: &str = &start.name;
    let end = end_tag(name, rest)?;
    let text = rest.get(..end)?;
    let mut tokens = match name {
        "title" | "textarea" => decoded(text)?,
        "script" if hides_scripts(text) => return None,
        _ => vec![CharacterTokens(StrTendril::from(text))],
    };
    if text.is_empty() {
        tokens.clear();
    }
    tokens.push(TagToken(Tag {
        kind: EndTag,
        name: start.name.clone(),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }));
    let length = end + "</>".len() + name.len();
    Some(Content { tokens, length })
}

/// Where the end tag of a name begins; nothing where it holds more than its name.
fn end_tag(name: &str, rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let named = |at: &usize| {
        let found = bytes.get(at + 2..at + 2 + name.len());
        let next = bytes.get(at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
    };
    let at = memchr::memmem::find_iter(bytes, b"</").find(named)?;
    (bytes.get(at + 2 + name.len()) == Some(&b'>')).then_some(at)
}

/// Whether a script may hold another in a comment, whose end tag does not end it.
fn hides_scripts(text: &str) -> bool {
    text.contains("<!--") && text.to_ascii_lowercase().contains("<script")
}

/// Text with its character references decoded, if all of them are common ones.
fn decoded(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, after) = rest.split_at_checked(at)?;
        let (length, character) = references::common(after, ReferencePlace::Text)?;
        if !before.is_empty() {
            tokens.push(CharacterTokens(StrTendril::from(before)));
        }
        tokens.push(CharacterTokens(StrTendril::from_char(character)));
        rest = after.get(length..)?;
    }
    if !rest.is_empty() {
        tokens.push(CharacterTokens(StrTendril::from(rest)));
    }
    Some(tokens)
}
