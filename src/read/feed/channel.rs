//! What a feed in XML says before its items, and an item as an entry.
//!
//! An item is parsed apart from its feed. What it takes from there (the meaning of prefixes, the feed's
//! id, its authors, what relative addresses start from) is read from the feed's head.

use super::charset::Charset;
use super::code_units::CodeUnits;
use super::fields::Fields;
use super::media;
use super::names::{Namespaces, Vocabulary};
use super::once::holds_boundary;
use super::parser::{Parser, Tag};
use super::persons::persons;
use super::references::Entities;
use super::sniff::without_mark;
use super::text::{Content, escaped_attribute};
use super::{FeedHead, Parsed, cut, identity};
use crate::model::{Address, Digest, Entry, Head, Markup, WrittenTime};
use crate::read::{Loaded, Locator, ReadOptions, Source};
use memchr::memchr_iter;
use std::borrow::Cow;

/// The most authors of a feed that its items have.
pub(super) const MOST_AUTHORS: usize = 100;

/// What a feed says before its items.
pub(super) struct Channel {
    namespaces: Namespaces,
    entities: Entities,
    /// What the feed is known by: its id, its address or its title.
    id: String,
    title: String,
    /// The page that the feed belongs to.
    link: Option<String>,
    own_address: Option<String>,
    /// What relative addresses start from, where the feed says so.
    base: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
    links: Vec<(String, String)>,
    time_to_live: Option<u32>,
    /// When it was written.
    issued: Option<WrittenTime>,
    /// Whether Offprint wrote it: what that says of its feed, it says of none of its items.
    is_own: bool,
    charset: Charset,
}

/// Whether an element holds the feed or its items, and says nothing itself.
fn is_frame(tag: &Tag<'_>) -> bool {
    ["rss", "feed", "rdf", "channel"]
        .iter()
        .any(|frame| tag.local().eq_ignore_ascii_case(frame))
}

/// Whether an element is an item: RSS has `item`, Atom `entry`, with a prefix or without.
pub(super) fn is_item(name: &str) -> bool {
    let local = super::tokens::local(name);
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}

impl Channel {
    /// Reads a feed's head, of which the sample is the beginning or more. What lies at an address has
    /// that for a base.
    pub(super) fn parse(
        head: &[u8],
        sample: &[u8],
        units: CodeUnits,
        options: &ReadOptions,
        address: Option<&str>,
    ) -> Self {
        let charset = Charset::of(units, head, sample);
        let (text, _) = charset.text(without_mark(head), options, "");
        let mut parser = Parser::new(&text);
        parser.entities = Entities::declared(&text);
        let (fields, base, language) = fields_of_head(&mut parser, address);
        let title = fields.title.get().unwrap_or_default();
        let link = fields
            .link
            .get()
            .map(|link| resolved(base.as_deref(), &link));
        let known = [fields.id.get(), link.clone(), Some(title.clone())];
        let issued = fields.built.or(fields.updated.get());
        Channel {
            namespaces: parser.namespaces,
            entities: parser.entities,
            id: known
                .into_iter()
                .flatten()
                .find(|name| !name.is_empty())
                .unwrap_or_default(),
            links: fields
                .links
                .into_iter()
                .map(|(relation, link)| (relation, resolved(base.as_deref(), &link)))
                .collect(),
            time_to_live: fields.time_to_live,
            issued: issued.or(fields.published.get()),
            is_own: fields.is_own,
            own_address: fields
                .own_address
                .map(|own| resolved(base.as_deref(), &own)),
            title,
            link,
            base,
            language: language
                .or(fields.language.get())
                .filter(|_| !fields.is_own),
            authors: fields.authors.into_iter().take(MOST_AUTHORS).collect(),
            charset,
        }
    }
}

/// What the elements before the items say, what relative addresses start from, and the language.
fn fields_of_head(
    parser: &mut Parser<'_>,
    address: Option<&str>,
) -> (Fields, Option<String>, Option<String>) {
    let mut base = address.map(str::to_owned);
    let mut language = None;
    let mut fields = Fields::default();
    while let Some(tag) = parser.next_start() {
        if is_frame(&tag) {
            parser.namespaces.declare(&tag);
            if tag.local().eq_ignore_ascii_case("feed") {
                parser.namespaces.declare_default(Vocabulary::Atom);
            }
            base = based(base, &tag);
            language = tag.attribute("xml:lang").or(language);
            // CDF names the page on the frame itself.
            fields.add_frame(&tag);
        } else if is_item(tag.name) {
            break;
        } else {
            fields.add(parser, &tag);
        }
    }
    (fields, base, language)
}

/// What relative addresses in an element start from.
fn based(base: Option<String>, tag: &Tag<'_>) -> Option<String> {
    match tag.attribute("xml:base") {
        Some(own) => Some(resolved(base.as_deref(), own.trim())),
        None => base,
    }
}

/// An address, from where it is relative to; as written where it is relative to nothing known.
pub(super) fn resolved(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    if Address::parse(reference).is_some() {
        return reference.to_owned();
    }
    let base = base.and_then(Address::parse).filter(Address::is_web);
    let joined = base.and_then(|base| base.join(reference));
    joined.map_or_else(
        || reference.to_owned(),
        |address| address.as_str().to_owned(),
    )
}

impl super::Channel for Channel {
    fn digest(&self) -> Digest {
        let spelled = self.namespaces.spelled();
        let context = format!(
            "{:?} {:?} {:?} {:?} {}",
            self.link,
            self.base,
            self.language,
            self.authors,
            self.entities.spelled()
        );
        Digest::of_parts([
            self.id.as_bytes(),
            self.title.as_bytes(),
            spelled.as_bytes(),
            context.as_bytes(),
        ])
    }

    fn head(&self) -> FeedHead {
        FeedHead {
            title: (!self.title.is_empty()).then(|| self.title.clone()),
            home: self.link.clone(),
            address: self.own_address.clone(),
            language: self.language.clone(),
            links: self.links.clone(),
            time_to_live: self.time_to_live,
        }
    }

    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Parsed {
        let is_last = cut::is_last(at, source);
        let bytes = match is_last {
            true => cut::without_half_character(bytes),
            false => bytes,
        };
        let (text, mut warnings) = self.charset.text(bytes, options, source.path());
        for warning in &mut warnings {
            warning.item = at.item();
            let within = warning.line.map(|line| line.saturating_sub(1));
            warning.line = within.map(|line| at.line.saturating_add(line));
        }
        let text = match is_last && !cut::is_whole(&text) {
            true => Cow::Owned(cut::completed(&text)),
            false => text,
        };
        if !text.starts_with('<') || !text.trim_end().ends_with('>') {
            return Parsed::Broken;
        }
        let mut parser = Parser::new(&text);
        parser.namespaces = self.namespaces.clone();
        parser.entities = self.entities.clone();
        let Some(item) = parser.next_start().filter(|tag| is_item(tag.name)) else {
            return Parsed::Broken;
        };
        parser.namespaces.declare(&item);
        let mut fields = Fields::default();
        fields.add_frame(&item);
        while let Some(tag) = parser.next_start() {
            fields.add(&mut parser, &tag);
        }
        if let Some(kind) = fields.backup.passed_over() {
            return Parsed::PassedOver(kind);
        }
        let is_joined = fields.once.is_twice() || holds_boundary(&text);
        let entry = self.entry_of(fields, &item, &text, source, at);
        let loaded = Box::new(Loaded { entry, warnings });
        match is_joined {
            true => Parsed::Joined(loaded),
            false => Parsed::Entry(loaded),
        }
    }
}

impl Channel {
    fn entry_of(
        &self,
        mut fields: Fields,
        item: &Tag<'_>,
        text: &str,
        source: &dyn Source,
        at: &Locator,
    ) -> Entry {
        let base = based(self.base.clone(), item);
        let near = base.as_deref().or(self.link.as_deref());
        let backup_path = fields.backup.path.take();
        let link = std::mem::take(&mut fields.link).get().or(backup_path);
        let link = link.map(|link| resolved(near, &link));
        let id = std::mem::take(&mut fields.id).get();
        let (id, address) = identity(id, link, fields.is_permalink, &self.id);
        // Else its address tells the source.
        let is_nowhere = address.is_none();
        let authors = self.authors_of(&mut fields, is_nowhere);
        let (content, summary) = texts(&mut fields);
        let enclosures = enclosures(&mut fields, near.or(address.as_deref()));
        let picture = media::picture(&enclosures).or(fields.picture.get());
        let picture = picture.map(|picture| resolved(near, &picture));
        let languages = [
            content.language.clone(),
            item.attribute("xml:lang"),
            fields.language.get(),
            self.language.clone(),
        ];
        let language = languages.into_iter().flatten().next();
        let body_line = at.line.saturating_add(lines_before(text, content.start));
        let beside = address.is_none().then_some(near).flatten();
        let markup = based_markup(content, base.as_deref(), beside);
        let markup = media::with_picture(markup, picture.as_deref());
        Entry {
            head: Head {
                path: source.path().to_owned(),
                item: at.item(),
                line: at.line,
                folders: source.folders().to_vec(),
                id,
                title: fields.title.get(),
                source: fields.source.or_else(|| {
                    let named = (!self.is_own).then(|| self.title.clone());
                    named.filter(|_| is_nowhere)
                }),
                published: fields.published.get(),
                updated: fields.updated.get(),
                authors,
                tags: fields.tags,
                language: language.filter(|language| !language.trim().is_empty()),
                summary,
                picture,
                address,
                issued: self.issued,
                ..Head::default()
            },
            body_line,
            markup: media::with_enclosures(markup, &enclosures),
            resources: source.resources(),
        }
    }

    /// The authors of an item, else those of the feed that it was taken from, else those of its own
    /// (RFC 4287, section 4.2.1).
    fn authors_of(&self, fields: &mut Fields, is_nowhere: bool) -> Vec<String> {
        let all = [
            &mut fields.authors,
            &mut fields.other_authors,
            &mut fields.source_authors,
        ];
        let named = all.into_iter().find(|authors| !authors.is_empty());
        let authors = match named {
            Some(authors) => std::mem::take(authors),
            None => self.authors.clone(),
        };
        let names_source = self.is_own || (is_nowhere && fields.source.is_none());
        persons(authors, names_source.then_some(self.title.as_str()))
    }
}

/// The text of an item, and its summary where that is not the text.
fn texts(fields: &mut Fields) -> (Content, Option<String>) {
    let summary = std::mem::take(&mut fields.summary).get();
    match (std::mem::take(&mut fields.content).get(), summary) {
        // Some programs put an invitation to read on in its place.
        (Some(content), Some(summary)) if content.says_less_than(&summary) => (summary, None),
        (Some(content), summary) => (content, summary.map(|summary| summary.line())),
        (None, summary) => (summary.unwrap_or_default(), None),
    }
}

/// The recordings and pictures that come with an item.
fn enclosures(fields: &mut Fields, base: Option<&str>) -> Vec<media::Enclosure> {
    let mut enclosures = media::chosen(std::mem::take(&mut fields.media));
    for enclosure in &mut enclosures {
        enclosure.address = resolved(base, &enclosure.address);
    }
    enclosures
}

fn lines_before(text: &str, position: usize) -> u32 {
    let before = text.as_bytes().get(..position).unwrap_or_default();
    u32::try_from(memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX)
}

/// A text that says what its relative addresses start from, where that is not its own page.
fn based_markup(content: Content, base: Option<&str>, near: Option<&str>) -> Markup {
    let base = match &content.base {
        Some(own) => Some(resolved(base, own)),
        None => base.or(near).map(str::to_owned),
    };
    match (content.markup, base) {
        (Markup::Article(html), Some(base)) if has_references(&html) => Markup::Article(format!(
            "<base href=\"{}\">{html}",
            escaped_attribute(&base)
        )),
        (markup, _) => markup,
    }
}

/// Whether markup has addresses in it.
fn has_references(html: &str) -> bool {
    ["href", "src", "HREF", "SRC", "poster"]
        .iter()
        .any(|name| html.contains(name))
}
