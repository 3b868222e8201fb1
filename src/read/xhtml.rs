//! Tags of XHTML, as books and notes hold it, one after the other.
//!
//! It is not read as XML, since what programs write is not always well-formed, and HTML's parser, which
//! reads the texts later, mends that.

use crate::model::is_void;
use std::borrow::Cow;

/// A tag or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'text> {
    /// A start tag.
    Start(Tag<'text>),
    /// An end tag's name.
    End(&'text str),
    /// Text, in which entities stand.
    Text(&'text str),
    /// The text of a CDATA section.
    Data(&'text str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'text> {
    /// All of it.
    pub text: &'text str,
    /// The element's name as written.
    pub name: &'text str,
    /// Whether the element ends with it.
    pub is_empty: bool,
}

/// The tags and texts of a text; comments, instructions and declarations are passed over. Linear in its
/// length.
pub(super) struct Pieces<'text> {
    rest: &'text str,
}

impl<'text> Pieces<'text> {
    /// Those of a text.
    pub(super) fn of(text: &'text str) -> Self {
        Pieces { rest: text }
    }

    /// How many bytes are still to come.
    pub(super) fn rest_length(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, length: usize) -> &'text str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes what ends with a text, which it has too.
    fn take_through(&mut self, end: &str) -> &'text str {
        let length = self
            .rest
            .find(end)
            .map_or(self.rest.len(), |at| at + end.len());
        self.take(length)
    }
}

impl<'text> Iterator for Pieces<'text> {
    type Item = Piece<'text>;

    fn next(&mut self) -> Option<Piece<'text>> {
        loop {
            if self.rest.is_empty() {
                return None;
            } else if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Piece::Text(self.take(length)));
            } else if self.rest.starts_with("<![CDATA[") {
                self.take(9);
                let data = self.take_through("]]>");
                return Some(Piece::Data(data.strip_suffix("]]>").unwrap_or(data)));
            } else if self.rest.starts_with("<!--") {
                self.take_through("-->");
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.take(tag_length(self.rest));
            } else {
                let length = tag_length(self.rest);
                let text = self.take(length);
                let name = name_of(text);
                return Some(match name.strip_prefix('/') {
                    Some(name) => Piece::End(name),
                    None => Piece::Start(Tag {
                        text,
                        name,
                        is_empty: text.ends_with("/>"),
                    }),
                });
            }
        }
    }
}

/// The length of the tag that a text begins with, up to the `>` outside quotation marks.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn name_of(tag: &str) -> &str {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let skipped = usize::from(inner.starts_with('/'));
    let end = inner
        .get(skipped..)
        .unwrap_or_default()
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
        .map_or(inner.len(), |end| end + skipped);
    inner.get(..end).unwrap_or(inner)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'text> Tag<'text> {
    /// The value of an attribute, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'text str> {
        let mut rest = self.text;
        loop {
            let at = rest.find(name)?;
            let before = rest.get(..at)?.chars().next_back();
            rest = rest.get(at + name.len()..)?;
            let Some(value) = rest.trim_start().strip_prefix('=') else {
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let (Some(quote), Some(true)) = (quote, before.map(char::is_whitespace)) {
                return value.get(1..)?.split(quote).next();
            }
        }
    }

    /// The same without entities.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.attribute(name)
            .map(|value| unescaped(value).into_owned())
    }

    /// Whether an attribute, parted at white space, has a word.
    pub(super) fn has_word(&self, name: &str, word: &str) -> bool {
        let words = self.attribute(name).unwrap_or_default();
        words.split_ascii_whitespace().any(|one| one == word)
    }

    /// Whether HTML has no end tag for it.
    pub(super) fn is_void(&self) -> bool {
        is_void(&self.name.to_ascii_lowercase())
    }

    /// The tag with another value of an attribute that it has.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let old = self.attribute(name);
        let start = old.and_then(|old| old.as_ptr().addr().checked_sub(self.text.as_ptr().addr()));
        let parts = start.and_then(|start| {
            let end = start.saturating_add(old?.len());
            Some((self.text.get(..start)?, self.text.get(end..)?))
        });
        match parts {
            Some((before, after)) => {
                format!("{before}{}{after}", quick_xml::escape::escape(value))
            }
            None => self.text.to_owned(),
        }
    }

    /// Adds the tag as HTML has it: there, an element that is not void has an end tag, however empty it is.
    pub(super) fn push_html(&self, html: &mut String) {
        match self.text.strip_suffix("/>").filter(|_| !self.is_void()) {
            Some(open) => {
                html.push_str(open.trim_end());
                html.push_str("></");
                html.push_str(self.name);
                html.push('>');
            }
            None => html.push_str(self.text),
        }
    }
}

/// A text without the entities of XML; one that has others is left as it is.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_xml_leaves_empty_get_an_end_in_html() {
        let text = "<div a='>'/><a name=\"x\" /><br/><img src=\"/>\"/><b>";
        let mut html = String::new();
        for piece in Pieces::of(text) {
            if let Piece::Start(tag) = piece {
                tag.push_html(&mut html);
            }
        }
        assert_eq!(
            html,
            "<div a='>'></div><a name=\"x\"></a><br/><img src=\"/>\"/><b>"
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        for text in ["<", "<a", "<a b='", "<!--", "<![CDATA[", "</", "<?x", "a<b"] {
            assert!(Pieces::of(text).count() <= 2, "{text}");
        }
    }
}
