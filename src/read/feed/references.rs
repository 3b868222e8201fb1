//! Character references in XML, as feeds write them: those of HTML too, and those that the document
//! declares.

use crate::model::numbered;
use html5ever::data::NAMED_ENTITIES;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::sync::Arc;

/// The longest name of a reference; those of HTML have at most 31 characters.
const LONGEST_NAME: usize = 40;

/// The most entities that a document may declare, and the longest text that one may stand for. An
/// entity's text is never looked through for others, so that none can grow.
const MOST_ENTITIES: usize = 300;
const LONGEST_TEXT: usize = 2_000;

/// The entities that a document declares (XML 1.0, section 4.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Entities(Arc<Vec<(String, String)>>);

impl Entities {
    /// Those that the document type declaration of a document has.
    pub(super) fn declared(head: &str) -> Self {
        let mut entities = Vec::new();
        let start = memmem::find(head.as_bytes(), b"<!DOCTYPE").unwrap_or(head.len());
        let mut rest = head.get(start..).unwrap_or_default();
        while let Some((_, after)) = rest.split_once("<!ENTITY")
            && entities.len() < MOST_ENTITIES
        {
            rest = after;
            entities.extend(entity(after));
        }
        Entities(Arc::new(entities))
    }

    /// All in one text, for comparison.
    pub(super) fn spelled(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        format!("{:?}", self.0)
    }

    fn find(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }
}

/// The entity of a declaration: `name "text"`. Those of other files, and those of the declaration
/// itself (`%`), stand for nothing.
fn entity(declaration: &str) -> Option<(String, String)> {
    let name = super::tokens::name(declaration.trim_start());
    let (_, rest) = declaration.split_once(name).filter(|_| !name.is_empty())?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (text, _) = rest.strip_prefix(quote)?.split_once(quote)?;
    (text.len() <= LONGEST_TEXT).then(|| {
        let text = resolved(text, &Entities::default());
        (name.to_owned(), text.into_owned())
    })
}

/// A text with its references resolved, once. What is none stays as it stands.
pub(in crate::read) fn resolved<'text>(text: &'text str, entities: &Entities) -> Cow<'text, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut result = String::with_capacity(text.len());
    result.push_str(text.get(..first).unwrap_or_default());
    let mut rest = text.get(first..).unwrap_or_default();
    while let Some(after) = rest.strip_prefix('&') {
        let used = push_reference(after, entities, &mut result);
        let after = after.get(used..).unwrap_or_default();
        let next = memchr(b'&', after.as_bytes()).unwrap_or(after.len());
        result.push_str(after.get(..next).unwrap_or_default());
        rest = after.get(next..).unwrap_or_default();
    }
    Cow::Owned(result)
}

/// Adds what a reference stands for; how many bytes behind the `&` it takes.
fn push_reference(after: &str, entities: &Entities, result: &mut String) -> usize {
    let limit = after.floor_char_boundary(LONGEST_NAME);
    let ahead = after.get(..limit).unwrap_or_default();
    if let Some((name, _)) = ahead.split_once(';') {
        if let Some(character) = numbered(name) {
            result.push(character);
            return name.len() + 1;
        }
        if let Some(text) = entities.find(name) {
            result.push_str(text);
            return name.len() + 1;
        }
        if let Some(&(first, second)) = NAMED_ENTITIES.get(&format!("{name};")) {
            let characters = [first, second].into_iter().filter(|&code| code != 0);
            result.extend(characters.filter_map(char::from_u32));
            return name.len() + 1;
        }
    }
    result.push('&');
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str) -> String {
        resolved(text, &Entities::default()).into_owned()
    }

    #[test]
    fn references_are_resolved_once_and_the_rest_stays() {
        for (written, meant) in [
            ("a&amp;lt;b", "a&lt;b"),
            ("&#38;&#x4e2d;&nbsp;&eacute;", "&中\u{A0}é"),
            ("don&#146;t", "don’t"),
            ("AT&T & &nope; &#0; &", "AT&T & &nope; &#0; &"),
            ("&字;&#xD800;", "&字;&#xD800;"),
        ] {
            assert_eq!(resolve(written), meant);
        }
    }

    #[test]
    fn entities_of_the_document_do_not_grow() {
        let head = "<!DOCTYPE rss [<!ENTITY a 'x &amp; y'><!ENTITY % b 'no'>\
                    <!ENTITY c \"&a;&a;&#33;\"><!ENTITY d SYSTEM 'file:///etc/passwd'>]>";
        let entities = Entities::declared(head);
        assert_eq!(
            resolved("&a; &b; &c; &d;", &entities),
            "x & y &b; &a;&a;! &d;"
        );
    }
}
