//! Atom 1.0 (RFC 4287), with RFC 5005.

use super::head::{FeedHead, History};
use super::item::{Enclosure, FeedItem};
use super::{Dialect, Feed, Frame, splice};
use crate::error::Result;
use crate::model::{Article, Format, Timestamp};
use crate::write::html::Html;
use crate::write::xhtml::escape_markup;
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{
    Category, Content, Entry, FixedDateTime, Generator, Link, Person, Source, Text, WriteConfig,
};
use chrono::SubsecRound;
use memchr::memmem;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Writes `atom.xml`.
pub type Atom = Feed<AtomDialect>;

/// How Atom differs from the other formats.
#[derive(Clone, Copy, Debug, Default)]
pub struct AtomDialect;

// What the library makes of nothing. It parses a date for each, which takes longer than a copy.
static FEED: LazyLock<atom_syndication::Feed> = LazyLock::new(Default::default);
static ENTRY: LazyLock<Entry> = LazyLock::new(Default::default);
static SOURCE: LazyLock<Source> = LazyLock::new(Default::default);

const HISTORY: &str = "http://purl.org/syndication/history/1.0";

impl Dialect for AtomDialect {
    const FORMAT: Format = Format {
        name: "atom",
        description: "Atom 1.0 feed",
        files: "atom.xml, archive/atom-*.xml, source/*/atom.xml",
        options: &["items", "feed-archive", "base-url"],
    };
    const STEM: &'static str = "atom";
    const EXTENSION: &'static str = "xml";
    const MEDIA_TYPE: &'static str = "application/atom+xml";
    const ARCHIVES: bool = true;
    const SEPARATOR: &'static str = "\n";

    fn item(item: &FeedItem<'_>) -> Result<String> {
        let feed = atom_syndication::Feed {
            entries: vec![entry(item)],
            ..FEED.clone()
        };
        let name = Self::FORMAT.name;
        let document = written(&feed)?;
        let element = splice::element(&document, ("<entry>", "</entry>"), name)?;
        match item.html {
            Some(html) => with_content(element, html),
            None => Ok(format!("  {element}")),
        }
    }

    fn frame(head: &FeedHead<'_>) -> Result<Frame> {
        let mut frame = splice::frame(&written(&feed(head))?, "</feed>", Self::FORMAT.name)?;
        let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
        frame.before.insert_str(0, declaration);
        Ok(frame)
    }
}

/// An entry with its text put in, in a CDATA section, which is shorter and easier to look at than
/// escaped markup, and the same to every reader of XML. The library would escape it, and copy it
/// several times on its way through a feed of one entry.
fn with_content(entry: &str, html: &Html) -> Result<String> {
    let (before, after) = splice::around(entry, "</content>", AtomDialect::FORMAT.name)?;
    let mut whole = String::with_capacity(entry.len() + html.as_str().len() + 16);
    whole.push_str("  ");
    whole.push_str(before);
    match html.in_section() {
        Some(html) => {
            for part in ["<![CDATA[", html, "]]>"] {
                whole.push_str(part);
            }
        }
        None => escape_markup(html.as_str(), &mut whole),
    }
    whole.push_str(after);
    Ok(whole)
}

fn written(feed: &atom_syndication::Feed) -> Result<String> {
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: Some(2),
    };
    let name = AtomDialect::FORMAT.name;
    let buffer = Vec::with_capacity(splice::USUAL_LENGTH);
    let written = feed.write_with_config(buffer, config);
    let document = written.map_err(splice::failed(name))?;
    Ok(with_short_offsets(splice::text(&document, name)?))
}

/// The library writes UTC as an offset; the other outputs have the shorter form. No text can hold
/// such an end tag, since all text is escaped.
fn with_short_offsets(document: &str) -> String {
    let mut short = String::with_capacity(document.len());
    let mut rest = document;
    while let Some((before, after)) =
        memmem::find(rest.as_bytes(), b"+00:00</").and_then(|at| rest.split_at_checked(at))
    {
        short.push_str(before);
        let after = after.strip_prefix("+00:00").unwrap_or(after);
        let of_time = ["</updated>", "</published>"]
            .iter()
            .any(|end| after.starts_with(end));
        short.push_str(if of_time { "Z" } else { "+00:00" });
        rest = after;
    }
    short.push_str(rest);
    short
}

fn entry(item: &FeedItem<'_>) -> Entry {
    let article = item.article;
    let language = article.language.as_ref().map(ToString::to_string);
    let text = |value: &str| Text {
        lang: language.clone(),
        ..Text::plain(value)
    };
    Entry {
        title: text(&article.title),
        id: article.id.as_str().to_owned(),
        updated: updated(article),
        authors: item.authors.iter().map(|name| person(name)).collect(),
        categories: categories(item),
        links: links(item),
        published: article.published.map(time),
        rights: article.rights.as_ref().map(|rights| text(rights)),
        source: source(article),
        summary: item.summary.map(text),
        content: content(item, language.clone()),
        ..ENTRY.clone()
    }
}

/// The text as HTML. No address in it is relative, so there is no `xml:base`. XHTML would need no escaping, but several programs that subscribers
/// use drop its elements or its namespace, and all of them take HTML. An entry without a link must
/// have content (RFC 4287, section 4.1.2), so the summary or the title stands in for it there.
fn content(item: &FeedItem<'_>, language: Option<String>) -> Option<Content> {
    let stand_in = || {
        let text = item.summary.unwrap_or(&item.article.title);
        item.article.address.is_none().then_some(("text", text))
    };
    // The text itself is put in later.
    let html = item.html.map(|_| ("html", ""));
    let (content_type, value) = html.or_else(stand_in)?;
    Some(Content {
        lang: language,
        value: Some(value.to_owned()),
        content_type: Some(content_type.to_owned()),
        ..Content::default()
    })
}

/// The last change. Atom has no entry without one; an undated article gets the earliest time that
/// programs show, so that it stays below all others.
fn updated(article: &Article) -> FixedDateTime {
    time(
        article
            .updated
            .or(article.published)
            .unwrap_or(Timestamp::EPOCH),
    )
}

/// Whole seconds in UTC.
fn time(time: Timestamp) -> FixedDateTime {
    time.datetime().trunc_subsecs(0).fixed_offset()
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        ..Person::default()
    }
}

/// The scheme names the archive (RFC 4287, section 4.2.2.2): whoever saved the articles chose the
/// tags, not the sites that published them.
fn categories(item: &FeedItem<'_>) -> Vec<Category> {
    let category = |tag: &&str| Category {
        term: (*tag).to_owned(),
        scheme: item.vocabulary.clone(),
        label: None,
    };
    item.tags.iter().map(category).collect()
}

/// The article's page is both: what the entry stands for, and where it was taken from (RFC 4287,
/// section 4.2.7.2).
fn links(item: &FeedItem<'_>) -> Vec<Link> {
    let page = item.article.address.as_ref();
    let page = page.into_iter().flat_map(|page| {
        ["alternate", "via"].map(|relation| link(relation, page.as_str(), Some("text/html")))
    });
    let picture = item.enclosure.as_ref().map(enclosure);
    page.chain(picture).collect()
}

fn enclosure(picture: &Enclosure<'_>) -> Link {
    let media_type = picture.facts.media_type.name();
    Link {
        length: Some(picture.facts.length.to_string()),
        ..link("enclosure", picture.address.as_str(), Some(media_type))
    }
}

/// Who published the article first (RFC 4287, section 4.2.11). The site's own feed is not known,
/// so its page is what it is known by.
fn source(article: &Article) -> Option<Source> {
    let home = article.source.home.as_ref()?.as_str();
    Some(Source {
        title: Text::plain(article.source.name.as_str()),
        id: home.to_owned(),
        updated: updated(article),
        links: vec![link("alternate", home, Some("text/html"))],
        ..SOURCE.clone()
    })
}

fn feed(head: &FeedHead<'_>) -> atom_syndication::Feed {
    atom_syndication::Feed {
        title: Text::plain(head.title.as_str()),
        id: head.id.clone(),
        updated: time(head.updated.unwrap_or(Timestamp::EPOCH)),
        authors: vec![person(&head.author)],
        generator: Some(Generator {
            value: "Offprint".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            uri: None,
        }),
        links: feed_links(head),
        // No logo beside it: that one should be twice as wide as high.
        icon: head.icon.as_ref().map(|icon| icon.address.to_string()),
        rights: head.rights.map(|rights| Text::plain(rights.as_str())),
        extensions: history(head.history),
        namespaces: namespaces(head.history),
        lang: head.language.map(ToString::to_string),
        ..atom_syndication::Feed::default()
    }
}

fn feed_links(head: &FeedHead<'_>) -> Vec<Link> {
    let own = Some(AtomDialect::MEDIA_TYPE);
    let mut links = Vec::new();
    if let Some(address) = &head.address {
        links.push(link("self", address.as_str(), own));
    }
    if let Some(home) = &head.home {
        links.push(link("alternate", home.as_str(), Some("text/html")));
    }
    for relation in &head.relations {
        links.push(link(relation.name, relation.address.as_str(), own));
    }
    links.extend(head.hubs.iter().map(|hub| link("hub", hub.as_str(), None)));
    links
}

fn link(relation: &str, address: &str, media_type: Option<&str>) -> Link {
    Link {
        href: address.to_owned(),
        rel: relation.to_owned(),
        mime_type: media_type.map(str::to_owned),
        ..Link::default()
    }
}

/// The marks of RFC 5005, sections 2 and 4.
fn history(history: History) -> ExtensionMap {
    let name = match history {
        History::Untold => return ExtensionMap::new(),
        History::Complete => "complete",
        History::Archive => "archive",
    };
    let mark = Extension {
        name: format!("fh:{name}"),
        // No text at all would put a line break between the tags.
        value: Some(String::new()),
        ..Extension::default()
    };
    let elements = BTreeMap::from([(name.to_owned(), vec![mark])]);
    BTreeMap::from([("fh".to_owned(), elements)])
}

fn namespaces(history: History) -> BTreeMap<String, String> {
    (history != History::Untold)
        .then(|| ("fh".to_owned(), HISTORY.to_owned()))
        .into_iter()
        .collect()
}
