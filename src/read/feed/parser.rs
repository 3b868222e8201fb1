//! The elements of an item, one after the other.

use super::names::Namespaces;
use super::references::{Entities, resolved};
use super::tokens::{Token, Tokens, as_html};
use std::borrow::Cow;

pub(in crate::read) use super::tokens::Tag;

/// So many elements of an item may lack their end tag before the rest of it is given up: each costs a
/// look through all of the item.
const MOST_UNCLOSED: usize = 50;

/// Goes over the elements of a text in memory.
pub(in crate::read) struct Parser<'text> {
    tokens: Tokens<'text>,
    /// What prefixes stand for.
    pub(in crate::read) namespaces: Namespaces,
    /// What the document declares.
    pub(in crate::read) entities: Entities,
    unclosed: usize,
}

/// What stands between the tags of an element.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Inner<'text> {
    /// The text as written.
    pub(in crate::read) raw: &'text str,
    /// Where it begins.
    pub(in crate::read) start: usize,
    /// Whether there are elements in it.
    pub(in crate::read) has_elements: bool,
}

impl<'text> Parser<'text> {
    pub(in crate::read) fn new(text: &'text str) -> Self {
        Parser {
            tokens: Tokens::new(text),
            namespaces: Namespaces::default(),
            entities: Entities::default(),
            unclosed: 0,
        }
    }

    /// The next start tag.
    pub(in crate::read) fn next_start(&mut self) -> Option<Tag<'text>> {
        if self.unclosed > MOST_UNCLOSED {
            return None;
        }
        self.tokens.find_map(|token| match token {
            Token::Start(tag) => Some(tag),
            _ => None,
        })
    }

    /// Goes behind the end of an element whose start tag was passed over; gives what is in it.
    pub(in crate::read) fn inner(&mut self, tag: &Tag<'text>) -> Inner<'text> {
        let start = self.tokens.position();
        let mut has_elements = false;
        let mut depth = 1_usize;
        if tag.is_empty {
            return self.inner_to(start, start, has_elements);
        }
        loop {
            let end = self.tokens.position();
            match self.tokens.next() {
                Some(Token::Start(inner)) => {
                    has_elements = true;
                    let is_same = inner.name.eq_ignore_ascii_case(tag.name) && !inner.is_empty;
                    depth += usize::from(is_same);
                }
                Some(Token::End(name)) if name.eq_ignore_ascii_case(tag.name) => {
                    depth -= 1;
                    if depth == 0 {
                        return self.inner_to(start, end, has_elements);
                    }
                }
                Some(_) => {}
                None => return self.unclosed(start),
            }
        }
    }

    /// An element that nothing closes holds the text up to the next tag.
    fn unclosed(&mut self, start: usize) -> Inner<'text> {
        self.unclosed += 1;
        self.tokens.go_to(start);
        let mut end = start;
        while let Some(Token::Text(_) | Token::Section(_)) = self.tokens.next() {
            end = self.tokens.position();
        }
        self.tokens.go_to(end);
        self.inner_to(start, end, false)
    }

    fn inner_to(&self, start: usize, end: usize, has_elements: bool) -> Inner<'text> {
        Inner {
            raw: self.tokens.text().get(start..end).unwrap_or_default(),
            start,
            has_elements,
        }
    }

    /// The text of an element without the tags in it.
    pub(in crate::read) fn text(&mut self, tag: &Tag<'text>) -> String {
        let inner = self.inner(tag);
        inner.text(&self.entities)
    }

    /// The texts of the children of a local name, whatever their prefix.
    pub(in crate::read) fn children_in(&self, inner: &Inner<'_>, local: &str) -> Vec<String> {
        let mut parser = Parser::new(inner.raw);
        parser.entities = self.entities.clone();
        let mut texts = Vec::new();
        while let Some(child) = parser.next_start() {
            let text = parser.text(&child);
            if child.local().eq_ignore_ascii_case(local) {
                texts.extend(nonblank(&text));
            }
        }
        texts
    }
}

impl<'text> Inner<'text> {
    /// The characters without the tags, references resolved, line ends as in XML (section 2.11).
    pub(in crate::read) fn text(&self, entities: &Entities) -> String {
        let mut text = String::with_capacity(self.raw.len());
        for token in Tokens::new(self.raw) {
            match token {
                Token::Text(characters) => text.push_str(&resolved(characters, entities)),
                Token::Section(characters) => text.push_str(characters),
                Token::Start(_) | Token::End(_) => {}
            }
        }
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        text
    }

    /// The markup that stands in it.
    pub(in crate::read) fn html(&self) -> Cow<'text, str> {
        as_html(self.raw.trim())
    }
}

/// A text without white space at its ends, unless that is all.
pub(in crate::read) fn nonblank(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_that_nothing_closes_holds_the_text_behind_it() {
        let mut parser = Parser::new("<a>x <b>y</b><c>z</c>");
        let mut found = Vec::new();
        while let Some(tag) = parser.next_start() {
            let text = parser.text(&tag);
            found.push((tag.name.to_owned(), text));
        }
        let found: Vec<_> = found
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(found, [("a", "x "), ("b", "y"), ("c", "z")]);
    }
}
