//! The names of elements: what their prefixes stand for (Namespaces in XML 1.0).

use super::references::{Entities, resolved};
use super::tokens::Tag;
use std::sync::Arc;

/// The vocabularies whose elements tell of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Vocabulary {
    /// RSS of all versions; that of version 2.0 has no namespace.
    Rss,
    /// Atom 0.3 and 1.0.
    Atom,
    /// The RSS module for whole texts.
    Content,
    /// Dublin Core, the elements.
    DublinCore,
    /// Dublin Core, the terms.
    DublinCoreTerms,
    /// Media RSS.
    Media,
    /// Apple's words for podcasts.
    Podcast,
    /// XHTML.
    Xhtml,
    /// The Atom Publishing Protocol.
    Publishing,
    /// Blogger's backups.
    Blogger,
    /// FeedBurner.
    FeedBurner,
    /// WordPress's exports.
    WordPress,
    /// The excerpts in WordPress's exports.
    Excerpt,
    /// Any other.
    Other,
}

/// An element's vocabulary and its name there, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Name(pub(in crate::read) Vocabulary, pub(in crate::read) String);

/// The most prefixes of a feed that are kept in mind: feeds have some ten.
const MOST_PREFIXES: usize = 200;

/// What prefixes stand for.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Namespaces(Arc<Vec<(String, Vocabulary)>>);

impl Namespaces {
    /// Takes the declarations of a tag. Those of tags further in come later and win.
    pub(in crate::read) fn declare(&mut self, tag: &Tag<'_>) {
        for (key, value) in tag.attributes() {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let vocabulary = vocabulary(&resolved(value, &Entities::default()));
            // A name that nobody knows tells less than the prefix does.
            let vocabulary = vocabulary.unwrap_or_else(|| usual(prefix));
            let declared = Arc::make_mut(&mut self.0);
            let has_room = declared.len() < MOST_PREFIXES;
            match declared.iter_mut().find(|(known, _)| known == prefix) {
                Some(known) => known.1 = vocabulary,
                None if has_room => {
                    declared.push((prefix.to_owned(), vocabulary));
                }
                None => {}
            }
        }
    }

    /// Says what elements without a prefix are, where nothing declares it.
    pub(super) fn declare_default(&mut self, vocabulary: Vocabulary) {
        if self.find("").is_none() {
            Arc::make_mut(&mut self.0).push((String::new(), vocabulary));
        }
    }

    /// The name of an element. What is declared on its own tag holds for it alone, since the elements
    /// within are only looked at where their names tell enough.
    pub(in crate::read) fn name(&self, tag: &Tag<'_>) -> Name {
        let (prefix, local) = tag.name.split_once(':').unwrap_or(("", tag.name));
        let mut own = Namespaces::default();
        if tag.attributes.contains("xmlns") {
            own.declare(tag);
        }
        let declared = own.find(prefix).or_else(|| self.find(prefix));
        let vocabulary = declared.unwrap_or_else(|| usual(prefix));
        Name(vocabulary, local.to_ascii_lowercase())
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

/// The vocabulary of an address, as feeds of all ages spell it.
fn vocabulary(address: &str) -> Option<Vocabulary> {
    let address = address
        .trim()
        .to_ascii_lowercase()
        .replacen("https://", "http://", 1);
    let address = address.trim_end_matches(['/', '#']);
    if let Some(rest) = address.strip_prefix("http://wordpress.org/export/") {
        let is_excerpt = rest.ends_with("excerpt");
        return Some(if is_excerpt {
            Vocabulary::Excerpt
        } else {
            Vocabulary::WordPress
        });
    }
    Some(match address {
        "http://www.w3.org/2005/atom"
        | "http://purl.org/atom/ns"
        | "http://example.com/newformat"
        | "http://example.com/necho"
        | "http://purl.org/echo"
        | "uri/of/echo/namespace"
        | "http://purl.org/pie" => Vocabulary::Atom,
        "http://purl.org/rss/1.0"
        | "http://purl.org/net/rss1.1"
        | "http://my.netscape.com/rdf/simple/0.9"
        | "http://channel.netscape.com/rdf/simple/0.9"
        | "http://backend.userland.com/rss"
        | "http://backend.userland.com/rss2"
        | "http://backend.userland.com/rss091"
        | "http://blogs.law.harvard.edu/tech/rss"
        | "http://www.rssboard.org/rss-specification" => Vocabulary::Rss,
        "http://purl.org/rss/1.0/modules/content" => Vocabulary::Content,
        "http://purl.org/dc/elements/1.1" | "http://purl.org/dc/elements/1.0" => {
            Vocabulary::DublinCore
        }
        "http://purl.org/dc/terms" => Vocabulary::DublinCoreTerms,
        "http://search.yahoo.com/mrss" | "http://video.search.yahoo.com/mrss" => Vocabulary::Media,
        "http://www.itunes.com/dtds/podcast-1.0.dtd"
        | "http://example.com/dtds/podcast-1.0.dtd" => Vocabulary::Podcast,
        "http://www.w3.org/1999/xhtml" => Vocabulary::Xhtml,
        "http://www.w3.org/2007/app" | "http://purl.org/atom/app" => Vocabulary::Publishing,
        "http://schemas.google.com/blogger/2018" => Vocabulary::Blogger,
        "http://rssnamespace.org/feedburner/ext/1.0" => Vocabulary::FeedBurner,
        _ => return None,
    })
}

/// What a prefix that is not declared usually stands for.
fn usual(prefix: &str) -> Vocabulary {
    match prefix {
        "" | "rss" => Vocabulary::Rss,
        "atom" => Vocabulary::Atom,
        "content" => Vocabulary::Content,
        "dc" => Vocabulary::DublinCore,
        "dcterms" => Vocabulary::DublinCoreTerms,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Podcast,
        "xhtml" => Vocabulary::Xhtml,
        "app" => Vocabulary::Publishing,
        "blogger" => Vocabulary::Blogger,
        "feedburner" => Vocabulary::FeedBurner,
        "wp" => Vocabulary::WordPress,
        "excerpt" => Vocabulary::Excerpt,
        _ => Vocabulary::Other,
    }
}
