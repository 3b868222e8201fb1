//! Tags and texts of XML and HTML, as far as a text can be read as such: nothing is an error here.
//!
//! A parser of XML stops at the first fault, and feeds are full of them: a lone `<`, a quotation mark
//! too few, an element that nothing closes. What is no tag is text, as HTML has it.

use super::references::{Entities, resolved};
use crate::model;
use memchr::{memchr, memchr3, memmem, memrchr};
use std::borrow::Cow;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Token<'text> {
    /// A start tag, or an element without content (`<x/>`).
    Start(Tag<'text>),
    /// An end tag, by its name.
    End(&'text str),
    /// Characters, whose references are not resolved.
    Text(&'text str),
    /// The characters of a CDATA section, as they are.
    Section(&'text str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Tag<'text> {
    /// The name with its prefix, as written.
    pub(in crate::read) name: &'text str,
    /// All attributes, as written.
    pub(in crate::read) attributes: &'text str,
    /// Whether the element ends here (`<x/>`).
    pub(in crate::read) is_empty: bool,
}

impl<'text> Tag<'text> {
    /// The name without its prefix.
    pub(in crate::read) fn local(&self) -> &'text str {
        local(self.name)
    }

    /// The value of an attribute by its name as written, whatever its case; references are resolved.
    pub(in crate::read) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .attributes()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| resolved(value, &Entities::default()).into_owned())
    }

    /// Names and values as written.
    pub(in crate::read) fn attributes(&self) -> Attributes<'text> {
        Attributes(self.attributes)
    }
}

/// A name without its prefix.
pub(in crate::read) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Goes over the attributes of a tag.
pub(in crate::read) struct Attributes<'text>(&'text str);

impl<'text> Iterator for Attributes<'text> {
    type Item = (&'text str, &'text str);

    fn next(&mut self) -> Option<Self::Item> {
        let is_gap = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '=');
        let rest = self.0.trim_start_matches(is_gap);
        let end = rest.find(|c: char| c.is_whitespace() || c == '=');
        let (name, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if name.is_empty() {
            return None;
        }
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.0 = rest;
            return Some((name, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| value.strip_prefix(quote)?.split_once(quote));
        let (value, rest) = quoted.unwrap_or_else(|| {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            value.split_at_checked(end).unwrap_or((value, ""))
        });
        self.0 = rest;
        Some((name, value))
    }
}

/// Goes over a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Tokens<'text> {
    text: &'text str,
    position: usize,
    /// The position behind the last `>`: no tag ends later, so that none is looked for in vain.
    last_end: usize,
}

impl<'text> Tokens<'text> {
    pub(in crate::read) fn new(text: &'text str) -> Self {
        Tokens {
            text,
            position: 0,
            last_end: memrchr(b'>', text.as_bytes()).map_or(0, |at| at + 1),
        }
    }

    /// The position behind the last token.
    pub(in crate::read) fn position(&self) -> usize {
        self.position
    }

    /// Goes back, or ahead, to the border of a token.
    pub(in crate::read) fn go_to(&mut self, position: usize) {
        self.position = position;
    }

    /// The text that is gone over.
    pub(in crate::read) fn text(&self) -> &'text str {
        self.text
    }

    fn rest(&self) -> &'text str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// Passes over what begins and ends in these ways; gives what stands between.
    fn between(&mut self, begin: &str, end: &str) -> Option<&'text str> {
        let inner = self.rest().strip_prefix(begin)?;
        let length = memmem::find(inner.as_bytes(), end.as_bytes());
        self.position += begin.len() + length.map_or(inner.len(), |length| length + end.len());
        inner.get(..length.unwrap_or(inner.len()))
    }

    /// The tag at the position; none where that is something else.
    fn tag(&mut self) -> Option<Token<'text>> {
        if self.position >= self.last_end {
            return None;
        }
        let rest = self.rest().strip_prefix('<')?;
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name = name(rest);
        if name.is_empty() {
            return None;
        }
        let attributes = rest.get(name.len()..)?;
        let length = tag_end(attributes.as_bytes())?;
        self.position += 1 + usize::from(closes) + name.len() + length + 1;
        let attributes = attributes.get(..length)?;
        if closes {
            return Some(Token::End(name));
        }
        let is_empty = attributes.ends_with('/');
        let attributes = attributes.strip_suffix('/').unwrap_or(attributes);
        Some(Token::Start(Tag {
            name,
            attributes,
            is_empty,
        }))
    }
}

impl<'text> Iterator for Tokens<'text> {
    type Item = Token<'text>;

    fn next(&mut self) -> Option<Token<'text>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let length = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.position += length;
                return rest.get(..length).map(Token::Text);
            }
            if let Some(section) = self.between("<![CDATA[", "]]>") {
                return Some(Token::Section(section));
            }
            let is_none = self.between("<!--", "-->").is_some()
                || self.between("<?", "?>").is_some()
                || self.between("<!", ">").is_some();
            if is_none {
                continue;
            }
            return self.tag().or_else(|| {
                // A lone `<`.
                let length = 1 + memchr(b'<', rest.as_bytes().get(1..)?).unwrap_or(rest.len() - 1);
                self.position += length;
                rest.get(..length).map(Token::Text)
            });
        }
    }
}

/// The name that a text begins with.
pub(super) fn name(text: &str) -> &str {
    let is_first = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii();
    let is_name = |c: char| is_first(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    if !text.starts_with(is_first) {
        return "";
    }
    let end = text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// How far it is to the `>` that ends a tag, past those in quoted values. A quotation mark without
/// its partner stands for itself.
fn tag_end(attributes: &[u8]) -> Option<usize> {
    let mut position = 0;
    // Marks of which no partner follows.
    let mut single = [false; 2];
    loop {
        let rest = attributes.get(position..)?;
        let at = memchr3(b'>', b'"', b'\'', rest)?;
        position += at + 1;
        let mark = *rest.get(at)?;
        if mark == b'>' {
            return Some(position - 1);
        }
        let is_single = single.get_mut(usize::from(mark == b'"'))?;
        let partner = match *is_single {
            true => None,
            false => memchr(mark, attributes.get(position..)?),
        };
        match partner {
            Some(length) => position += length + 1,
            None => *is_single = true,
        }
    }
}

/// The characters of HTML or XML without its tags, references resolved; scripts and styles show none.
pub(in crate::read) fn plain_text(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut hidden: Option<&str> = None;
    for token in Tokens::new(markup) {
        match token {
            Token::Start(tag) if !tag.is_empty && hidden.is_none() && is_hidden(tag.name) => {
                hidden = Some(tag.name);
            }
            Token::End(name) if hidden.is_some_and(|hidden| hidden.eq_ignore_ascii_case(name)) => {
                hidden = None;
            }
            Token::Text(characters) if hidden.is_none() => {
                text.push_str(&resolved(characters, &Entities::default()));
            }
            Token::Section(characters) if hidden.is_none() => text.push_str(characters),
            _ => {}
        }
    }
    text
}

fn is_hidden(name: &str) -> bool {
    ["script", "style"]
        .iter()
        .any(|hidden| name.eq_ignore_ascii_case(hidden))
}

/// Markup as HTML takes it: elements without their prefixes, those without content with an end tag,
/// sections as the characters that they hold.
pub(in crate::read) fn as_html(markup: &str) -> Cow<'_, str> {
    let is_html = |token| match token {
        Token::Start(tag) => !tag.name.contains(':') && (!tag.is_empty || is_void(tag.name)),
        Token::End(name) => !name.contains(':'),
        Token::Text(_) => true,
        Token::Section(_) => false,
    };
    if Tokens::new(markup).all(is_html) {
        return Cow::Borrowed(markup);
    }
    let mut html = String::with_capacity(markup.len());
    for token in Tokens::new(markup) {
        match token {
            Token::Start(tag) => push_tag(&tag, &mut html),
            Token::End(name) => html.extend(["</", local(name), ">"]),
            Token::Text(characters) => html.push_str(characters),
            Token::Section(characters) => html.push_str(&escaped_markup(characters)),
        }
    }
    Cow::Owned(html)
}

fn push_tag(tag: &Tag<'_>, html: &mut String) {
    html.extend(["<", tag.local(), tag.attributes, ">"]);
    if tag.is_empty && !is_void(tag.local()) {
        html.extend(["</", tag.local(), ">"]);
    }
}

/// Whether an element has no end tag in HTML, its name in any case.
fn is_void(name: &str) -> bool {
    model::is_void(&name.to_ascii_lowercase())
}

/// Plain text as markup.
pub(in crate::read) fn escaped_markup(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        Tokens::new(text)
            .map(|token| format!("{token:?}"))
            .collect()
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(
            plain_text("1 < 2 & 3 <> <3 <b title='>'>x</b> <"),
            "1 < 2 & 3 <> <3 x <"
        );
        assert_eq!(
            plain_text("a<!-- <b> -->b<![CDATA[<c>]]>&amp;<?x?>"),
            "ab<c>&"
        );
        assert_eq!(plain_text("a<b title=\"x>y"), "ay");
        assert_eq!(shown("<a").len(), 1);
        assert!(shown("<!--").is_empty());
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let Some(Token::Start(tag)) =
            Tokens::new("<a HREF = 'x&amp;y' b=c d e=\"1\"f='2'/>").next()
        else {
            panic!("a tag");
        };
        assert_eq!(tag.attribute("href").as_deref(), Some("x&y"));
        let all: Vec<_> = tag.attributes().skip(1).collect();
        assert_eq!(all, [("b", "c"), ("d", ""), ("e", "1"), ("f", "2")]);
        assert!(tag.is_empty);
    }

    #[test]
    fn xhtml_becomes_html() {
        assert_eq!(
            as_html("<x:p>a<x:a name='b'/><br/></x:p>"),
            "<p>a<a name='b'></a><br></p>"
        );
        assert_eq!(as_html("<p><![CDATA[<b>]]></p>"), "<p>&lt;b&gt;</p>");
        assert!(matches!(as_html("<p>a<br/></p>"), Cow::Borrowed(_)));
    }
}
