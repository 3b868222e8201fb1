//! What an item, or the head of a feed, says in its elements.

use super::blogger::{self, Backup};
use super::media::Enclosure;
use super::names::{Name, Vocabulary};
use super::once::Once;
use super::parser::{Parser, Tag, nonblank};
use super::persons::person;
use super::text::{Content, escaped, title_of_rss};
use crate::model::WrittenTime;

/// The value that the surest of several elements gives; of equally sure ones the first.
#[derive(Clone, Debug)]
pub(super) struct Ranked<T>(pub(super) Option<(u8, T)>);

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Ranked(None)
    }
}

impl<T> Ranked<T> {
    /// Takes a value; the surest rank is 0.
    pub(super) fn set(&mut self, rank: u8, value: Option<T>) {
        let is_surer = self.0.as_ref().is_none_or(|(known, _)| rank < *known);
        if let Some(value) = value.filter(|_| is_surer) {
            self.0 = Some((rank, value));
        }
    }

    /// The same where of equally sure values the last counts: a time that stands twice was corrected.
    pub(super) fn set_last(&mut self, rank: u8, value: Option<T>) {
        let is_sure = self.0.as_ref().is_none_or(|(known, _)| rank <= *known);
        if let Some(value) = value.filter(|_| is_sure) {
            self.0 = Some((rank, value));
        }
    }

    pub(super) fn get(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

/// What an item holds, as written there.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) id: Ranked<String>,
    /// Whether the id says of itself that it is an address, or none.
    pub(super) is_permalink: Option<bool>,
    pub(super) link: Ranked<String>,
    /// The address of the feed itself.
    pub(super) own_address: Option<String>,
    pub(super) title: Ranked<String>,
    pub(super) published: Ranked<WrittenTime>,
    pub(super) updated: Ranked<WrittenTime>,
    pub(super) authors: Vec<String>,
    /// Those that are named where no author is.
    pub(super) other_authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) source: Option<String>,
    /// The authors of the feed that an entry was taken from.
    pub(super) source_authors: Vec<String>,
    pub(super) content: Ranked<Content>,
    pub(super) summary: Ranked<Content>,
    pub(super) media: Vec<Enclosure>,
    pub(super) picture: Ranked<String>,
    pub(super) language: Ranked<String>,
    pub(super) backup: Backup,
    /// Other links, by their relation.
    pub(super) links: Vec<(String, String)>,
    /// For how many minutes a feed may be kept.
    pub(super) time_to_live: Option<u32>,
    /// When a feed was written, where it tells that from the time of its newest item.
    pub(super) built: Option<WrittenTime>,
    /// Whether Offprint wrote the feed.
    pub(super) is_own: bool,
    pub(super) groups: u32,
    /// What stands in an item once.
    pub(super) once: Once,
}

impl Fields {
    /// Adds what an element says, whose start tag was passed over.
    pub(super) fn add<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let Name(vocabulary, name) = parser.namespaces.name(tag);
        let name = name.as_str();
        let known = self.add_address(parser, tag, vocabulary, name)
            || self.add_time(parser, tag, vocabulary, name)
            || self.add_person(parser, tag, vocabulary, name)
            || self.add_text(parser, tag, vocabulary, name)
            || self.add_tag(parser, tag, vocabulary, name)
            || self.add_media(parser, tag, vocabulary, name)
            || self.add_backup(parser, tag, vocabulary, name);
        if !known {
            parser.inner(tag);
        }
    }

    fn add_address<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{Atom, DublinCore, DublinCoreTerms, FeedBurner, Rss};
        match (vocabulary, name) {
            (Atom | Rss | Vocabulary::Podcast, "link") => self.add_link(parser, tag),
            (FeedBurner, "origlink") => self.link.set(0, nonblank(&parser.text(tag))),
            (Atom, "id") => {
                let id = nonblank(&parser.text(tag));
                self.once.note("id", id.as_deref());
                self.id.set(0, id);
            }
            (Rss, "guid" | "id") => {
                if let Some(told) = tag.attribute("ispermalink") {
                    self.is_permalink = Some(!told.eq_ignore_ascii_case("false"));
                }
                let id = nonblank(&parser.text(tag));
                let name = if name == "guid" { "guid" } else { "id" };
                self.once.note(name, id.as_deref());
                self.id.set(1, id);
            }
            (Rss | Atom, "generator") => {
                // What such a feed says of its language, it says of none of its items.
                self.is_own |= parser.text(tag).trim().starts_with("Offprint");
            }
            (Rss, "ttl") => self.time_to_live = parser.text(tag).trim().parse().ok(),
            (DublinCore | DublinCoreTerms, "identifier") => {
                self.id.set(3, nonblank(&parser.text(tag)));
            }
            _ => return false,
        }
        true
    }

    /// The page that an entry stands for (RFC 4287, section 4.2.7.2), and what comes with it. RSS has
    /// the address as text.
    fn add_link<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let address = tag.attribute("href").and_then(|address| nonblank(&address));
        let relation = tag.attribute("rel").unwrap_or_default();
        let Some(address) = address else {
            let text = nonblank(&parser.text(tag));
            let is_page = relation.is_empty() || relation.eq_ignore_ascii_case("alternate");
            let text = text.filter(|_| is_page);
            self.once.note("link", text.as_deref());
            return self.link.set(1, text);
        };
        let kind = tag.attribute("type").unwrap_or_default();
        match relation.trim().to_ascii_lowercase().as_str() {
            "" | "alternate" | "http://www.iana.org/assignments/relation/alternate" => {
                let is_page = kind.is_empty() || kind.contains("html");
                self.once.note("link", Some(&address));
                self.link.set(if is_page { 2 } else { 3 }, Some(address));
            }
            "image" | "icon" if kind.starts_with("image") || relation == "image" => {
                self.picture.set(2, Some(address));
            }
            "self" => self.own_address = self.own_address.take().or(Some(address)),
            "enclosure" => self.media.push(Enclosure {
                address,
                kind,
                title: tag.attribute("title").unwrap_or_default(),
                ..Enclosure::default()
            }),
            relation => self.links.push((relation.to_owned(), address)),
        }
        parser.inner(tag);
    }

    fn add_time<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{Atom, DublinCore, DublinCoreTerms, Rss};
        let (is_first, rank) = match (vocabulary, name) {
            (Atom | Rss, "published") => (true, 0),
            (Rss | Atom, "pubdate") => (true, 1),
            (Atom | DublinCoreTerms, "issued" | "available") => (true, 2),
            (DublinCore | DublinCoreTerms, "date") => (true, 3),
            (Atom | DublinCoreTerms, "created") => (true, 4),
            (Atom, "updated" | "modified") | (Rss, "updated") => (false, 0),
            (DublinCoreTerms, "modified") => (false, 1),
            (Rss, "lastbuilddate") => {
                self.built = WrittenTime::parse(parser.text(tag).trim());
                return true;
            }
            _ => return false,
        };
        let time = WrittenTime::of_field(parser.text(tag).trim());
        match is_first {
            true => self.published.set_last(rank, time),
            false => self.updated.set_last(rank, time),
        }
        true
    }

    fn add_person<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{Atom, DublinCore, DublinCoreTerms, Media, Podcast, Rss};
        match (vocabulary, name) {
            (Atom, "author") => self.authors.extend(names(parser, tag)),
            (Rss, "author") => {
                let inner = parser.inner(tag);
                let children = parser.children_in(&inner, "name");
                match children.is_empty() {
                    true => self.authors.extend(person(&inner.text(&parser.entities))),
                    false => self.authors.extend(children),
                }
            }
            (DublinCore | DublinCoreTerms, "creator" | "author") => {
                self.authors.extend(person(&parser.text(tag)));
            }
            (Podcast, "author") => self.other_authors.extend(person(&parser.text(tag))),
            (Media, "credit") => {
                let role = tag.attribute("role").unwrap_or_default();
                let text = parser.text(tag);
                // Who is named without a role made the picture, or the film.
                let is_author = role.eq_ignore_ascii_case("author");
                self.other_authors
                    .extend(person(&text).filter(|_| is_author));
            }
            _ => return false,
        }
        true
    }

    fn add_tag<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{Atom, DublinCore, DublinCoreTerms, Media, Podcast, Rss};
        match (vocabulary, name) {
            (Atom | Rss, "category") if tag.attribute("term").is_some() => {
                let term = tag.attribute("term").unwrap_or_default();
                match tag.attribute("scheme").as_deref() {
                    Some(blogger::KIND) => self.backup.add_kind(&term),
                    _ => self.tags.extend(nonblank(&escaped(&term))),
                }
                parser.inner(tag);
            }
            (Rss | Atom, "category") | (DublinCore | DublinCoreTerms, "subject") => {
                let text = title_of_rss(parser.text(tag));
                self.tags.extend(nonblank(&text));
            }
            (Media, "category") => {
                let label = tag.attribute("label").map(|label| escaped(&label));
                let text = parser.text(tag);
                self.tags.extend(label.or_else(|| nonblank(&text)));
            }
            (Podcast, "category") => {
                let text = tag
                    .attribute("text")
                    .and_then(|text| nonblank(&escaped(&text)));
                self.tags.extend(text);
            }
            (Media | Podcast, "keywords") | (Rss, "tags") => {
                let text = parser.text(tag);
                self.tags.extend(text.split(',').filter_map(nonblank));
            }
            (Atom, "source") => self.add_source(parser, tag),
            (Rss, "source") => {
                let source = nonblank(&parser.text(tag));
                self.source = self.source.take().or(source);
            }
            (Rss | DublinCore | DublinCoreTerms, "language") => {
                self.language.set(1, nonblank(&parser.text(tag)));
            }
            _ => return false,
        }
        true
    }

    /// The feed that an entry was taken from (RFC 4287, section 4.2.11).
    fn add_source<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let inner = parser.inner(tag);
        let mut within = Parser::new(inner.raw);
        within.namespaces = parser.namespaces.clone();
        within.entities = parser.entities.clone();
        let mut fields = Fields::default();
        while let Some(child) = within.next_start() {
            let name = within.namespaces.name(&child).1;
            match matches!(name.as_str(), "title" | "author") {
                true => fields.add(&mut within, &child),
                false => {
                    within.inner(&child);
                }
            }
        }
        self.source = self.source.take().or(fields.title.get());
        self.source_authors.extend(fields.authors);
    }

    fn add_backup<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        match vocabulary {
            Vocabulary::Publishing if name == "control" => {
                let inner = parser.inner(tag);
                let drafts = parser.children_in(&inner, "draft");
                drafts
                    .iter()
                    .for_each(|text| self.backup.add("draft", text));
            }
            Vocabulary::Publishing | Vocabulary::Blogger => {
                let text = parser.text(tag);
                self.backup.add(name, &text);
            }
            _ => return false,
        }
        true
    }
}

/// The names in a person of Atom; one that has none may stand there as text.
fn names<'text>(parser: &mut Parser<'text>, tag: &Tag<'text>) -> Vec<String> {
    let inner = parser.inner(tag);
    let names = match inner.has_elements {
        true => parser.children_in(&inner, "name"),
        false => person(&inner.text(&parser.entities)).into_iter().collect(),
    };
    let named = names.iter().filter_map(|name| match name.starts_with('/') {
        true => person(name),
        false => Some(name.clone()),
    });
    named.map(|name| escaped(&name)).collect()
}

impl Fields {
    /// Takes what the tag of an item, or of a feed, says itself: where RDF and CDF have the address.
    pub(super) fn add_frame(&mut self, tag: &Tag<'_>) {
        let address = |name: &str| tag.attribute(name).and_then(|address| nonblank(&address));
        if let Some(about) = address("rdf:about") {
            self.id.set(2, Some(about.clone()));
            self.link
                .set(5, Some(about).filter(|about| about.starts_with("http")));
        }
        self.link.set(3, address("href"));
        let changed = tag.attribute("lastmod");
        self.updated
            .set(2, changed.and_then(|time| WrittenTime::parse(time.trim())));
    }
}
