//! The names of elements: what their prefixes stand for (Namespaces in XML 1.0).

use quick_xml::events::BytesStart;

/// The vocabularies whose elements tell of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS, whose elements have no namespace.
    Rss,
    /// Atom 1.0.
    Atom,
    /// The RSS module for whole texts.
    Content,
    /// Dublin Core, the elements.
    DublinCore,
    /// Dublin Core, the terms.
    DublinCoreTerms,
    /// Any other.
    Other,
}

/// An element's vocabulary and its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'name>(pub Vocabulary, pub &'name str);

/// What prefixes stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Namespaces(Vec<(String, Vocabulary)>);

impl Namespaces {
    /// Takes the declarations of a tag. Those of tags further in come later and win.
    pub(super) fn declare(&mut self, start: &BytesStart<'_>) {
        for attribute in start.html_attributes().with_checks(false).flatten() {
            let key = String::from_utf8_lossy(attribute.key.into_inner());
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let address = String::from_utf8_lossy(&attribute.value);
            self.0.push((prefix.to_owned(), vocabulary(&address)));
        }
    }

    /// The name of an element. What is declared on its own tag holds for it alone, since the elements
    /// within are only looked at where their names tell enough.
    pub(super) fn name<'tag>(&self, start: &'tag BytesStart<'_>) -> Name<'tag> {
        let name = start.name().into_inner();
        let (prefix, local) = match name.iter().position(|&byte| byte == b':') {
            Some(at) => name
                .split_at_checked(at)
                .map_or((name, name), |(prefix, rest)| {
                    (prefix, rest.strip_prefix(b":").unwrap_or(rest))
                }),
            None => (name.get(..0).unwrap_or_default(), name),
        };
        let local = std::str::from_utf8(local).unwrap_or_default();
        let prefix = String::from_utf8_lossy(prefix);
        let mut own = Namespaces::default();
        own.declare(start);
        let declared = own.find(&prefix).or_else(|| self.find(&prefix));
        let vocabulary = declared.unwrap_or_else(|| usual(&prefix));
        Name(vocabulary, local)
    }

    /// All declarations in one text, for comparison.
    pub(super) fn spelled(&self) -> String {
        format!("{:?}", self.0)
    }

    fn find(&self, prefix: &str) -> Option<Vocabulary> {
        let mut declared = self.0.iter().rev();
        let found = declared.find(|(name, _)| name == prefix);
        found.map(|(_, vocabulary)| *vocabulary)
    }
}

fn vocabulary(address: &str) -> Vocabulary {
    match address.trim() {
        "http://www.w3.org/2005/Atom" => Vocabulary::Atom,
        "http://purl.org/rss/1.0/modules/content/" => Vocabulary::Content,
        "http://purl.org/dc/elements/1.1/" => Vocabulary::DublinCore,
        "http://purl.org/dc/terms/" => Vocabulary::DublinCoreTerms,
        _ => Vocabulary::Other,
    }
}

/// What a prefix that is not declared usually stands for.
fn usual(prefix: &str) -> Vocabulary {
    match prefix {
        "" => Vocabulary::Rss,
        "atom" => Vocabulary::Atom,
        "content" => Vocabulary::Content,
        "dc" => Vocabulary::DublinCore,
        "dcterms" => Vocabulary::DublinCoreTerms,
        _ => Vocabulary::Other,
    }
}
