//! RSS 2.0 by the RSS Advisory Board's profile, with Dublin Core, Media RSS and RFC 5005.

use super::head::{FeedHead, History, Relation};
use super::item::{Enclosure, FeedItem, changed};
use super::{Dialect, Feed, Frame, splice};
use crate::error::Result;
use crate::model::{Format, Timestamp};
use crate::write::xhtml::escape_text;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Channel, Guid, Image, Source};
use std::collections::BTreeMap;

/// Writes `rss.xml`.
pub type Rss = Feed<RssDialect>;

/// How RSS differs from the other formats.
#[derive(Clone, Copy, Debug, Default)]
pub struct RssDialect;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const HISTORY: &str = "http://purl.org/syndication/history/1.0";
/// The final slash belongs to it (Media RSS 1.5.1).
const MEDIA: &str = "http://search.yahoo.com/mrss/";

impl Dialect for RssDialect {
    const FORMAT: Format = Format {
        name: "rss",
        description: "RSS 2.0 feed",
        files: "rss.xml, archive/rss-*.xml, source/*/rss.xml",
        options: &["items", "feed-archive", "base-url"],
    };
    const STEM: &'static str = "rss";
    const EXTENSION: &'static str = "xml";
    const MEDIA_TYPE: &'static str = "application/rss+xml";
    const ARCHIVES: bool = true;
    const SEPARATOR: &'static str = "\n";

    fn item(item: &FeedItem<'_>) -> Result<String> {
        let channel = Channel {
            items: vec![rss_item(item)],
            ..Channel::default()
        };
        let name = Self::FORMAT.name;
        let document = written(&channel)?;
        let element = splice::element(splice::text(&document, name)?, ("<item>", "</item>"), name)?;
        match put_in(item) {
            Some(html) => with_content(element, html),
            None => Ok(format!("    {element}")),
        }
    }

    fn frame(head: &FeedHead<'_>) -> Result<Frame> {
        let name = Self::FORMAT.name;
        let document = written(&channel(head))?;
        let mut frame = splice::frame(splice::text(&document, name)?, "</channel>", name)?;
        frame.after.insert_str(0, "  ");
        Ok(frame)
    }
}

fn written(channel: &Channel) -> Result<Vec<u8>> {
    let buffer = Vec::with_capacity(splice::USUAL_LENGTH);
    let written = channel.pretty_write_to(buffer, b' ', 2);
    written.map_err(splice::failed(RssDialect::FORMAT.name))
}

/// An item's text where it is put in after the library has written the rest, which spares it several
/// copies. One that holds the end of a CDATA section is left to the library.
fn put_in<'item>(item: &'item FeedItem<'_>) -> Option<&'item str> {
    let html = item.html.filter(|_| has_encoded(item))?;
    html.in_section()
}

/// An item with its text put in: what follows the text is more than that of its element.
fn with_content(item: &str, html: &str) -> Result<String> {
    let (before, after) = splice::around(item, "]]></content:encoded>", RssDialect::FORMAT.name)?;
    let mut whole = String::with_capacity(item.len() + html.len() + 4);
    for part in ["    ", before, html, after] {
        whole.push_str(part);
    }
    Ok(whole)
}

fn rss_item(item: &FeedItem<'_>) -> ::rss::Item {
    let article = item.article;
    ::rss::Item {
        title: Some(article.title.to_string()),
        link: article.address.as_ref().map(ToString::to_string),
        description: item.summary.map(escaped).or_else(|| html(item)),
        categories: categories(item),
        enclosure: item.enclosure.as_ref().map(enclosure),
        guid: Some(Guid {
            value: article.id.as_str().to_owned(),
            // The profile (4.1.1.20.6) asks for a URL here, and an IRI is none.
            permalink: article.id.is_permalink() && article.id.as_str().is_ascii(),
        }),
        pub_date: article.published.map(Timestamp::rfc2822),
        // The element is meant for the feed that an item came from. Archives know only the site,
        // and programs show only the name.
        source: article.source.home.as_ref().map(|home| Source {
            url: home.to_string(),
            title: Some(article.source.name.to_string()).filter(|name| !name.is_empty()),
        }),
        content: content(item),
        extensions: item_extensions(item),
        ..::rss::Item::default()
    }
}

/// The text, or nothing in its place where it is put in later.
fn content(item: &FeedItem<'_>) -> Option<String> {
    let html = item.html.filter(|_| has_encoded(item))?;
    let html = match put_in(item) {
        Some(_) => "",
        None => html.as_str(),
    };
    Some(html.to_owned())
}

fn html(item: &FeedItem<'_>) -> Option<String> {
    Some(item.html?.as_str().to_owned())
}

/// Plain text as the HTML that a description is.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_text(text, &mut html);
    html
}

fn categories(item: &FeedItem<'_>) -> Vec<Category> {
    let category = |tag: &&str| Category {
        name: (*tag).to_owned(),
        domain: item.vocabulary.clone(),
    };
    item.tags.iter().map(category).collect()
}

fn enclosure(picture: &Enclosure<'_>) -> ::rss::Enclosure {
    ::rss::Enclosure {
        url: picture.address.to_string(),
        length: picture.facts.length.to_string(),
        mime_type: picture.facts.media_type.name().to_owned(),
    }
}

fn item_extensions(item: &FeedItem<'_>) -> ExtensionMap {
    let mut extensions = ExtensionMap::new();
    // RSS itself has no element for the last change (RSS Profile, section 5.1).
    let change = changed(item.article).map(|time| element("atom:updated", &time.rfc3339()));
    insert(
        &mut extensions,
        "atom",
        "updated",
        change.into_iter().collect(),
    );
    let creators = item.authors.iter().map(|name| element("dc:creator", name));
    insert(&mut extensions, "dc", "creator", creators.collect());
    let rights = item.article.rights.iter();
    let rights = rights.map(|rights| element("dc:rights", rights));
    insert(&mut extensions, "dc", "rights", rights.collect());
    let caption = caption_element(item);
    let contents = item.pictures.iter();
    let contents = contents.map(|picture| media_content(picture, caption));
    insert(&mut extensions, "media", "content", contents.collect());
    let thumbnail = item.enclosure.iter().map(media_thumbnail);
    insert(&mut extensions, "media", "thumbnail", thumbnail.collect());
    extensions
}

/// What a picture's caption is called. Where an item has no `content:encoded`, feedparser takes a
/// `media:description` for its text; a title it leaves in peace.
fn caption_element(item: &FeedItem<'_>) -> &'static str {
    if has_encoded(item) {
        "description"
    } else {
        "title"
    }
}

/// Whether an item has its text apart from its description (RSS Profile, section 5.2.1).
fn has_encoded(item: &FeedItem<'_>) -> bool {
    item.html.is_some() && item.summary.is_some()
}

/// Media RSS 1.5.1, `media:content`: one picture, with the facts of the bytes that were had.
fn media_content(picture: &Enclosure<'_>, caption: &str) -> Extension {
    let facts = picture.facts;
    let mut content = empty(
        "media:content",
        [
            ("url", picture.address.to_string()),
            ("fileSize", facts.length.to_string()),
            ("type", facts.media_type.name().to_owned()),
            ("medium", "image".to_owned()),
            ("width", facts.width.to_string()),
            ("height", facts.height.to_string()),
        ],
    );
    let mut add = |name: &str, child: Extension| {
        content.value = None;
        content.children.insert(name.to_owned(), vec![child]);
    };
    if let Some(credit) = &picture.credit {
        add("credit", element("media:credit", credit));
    }
    if !picture.description.is_empty() {
        let mut words = element(&format!("media:{caption}"), &picture.description);
        words.attrs = attributes([("type", "plain".to_owned())]);
        add(caption, words);
    }
    content
}

/// Media RSS 1.5.1, `media:thumbnail`: the picture that stands for the item in lists.
fn media_thumbnail(picture: &Enclosure<'_>) -> Extension {
    empty(
        "media:thumbnail",
        [
            ("url", picture.address.to_string()),
            ("width", picture.facts.width.to_string()),
            ("height", picture.facts.height.to_string()),
        ],
    )
}

fn channel(head: &FeedHead<'_>) -> Channel {
    Channel {
        title: head.title.clone(),
        link: link_of(head),
        image: image(head),
        description: head.title.clone(),
        language: head.language.map(ToString::to_string),
        copyright: head.rights.map(ToString::to_string),
        last_build_date: head.updated.map(Timestamp::rfc2822),
        generator: Some(concat!("Offprint ", env!("CARGO_PKG_VERSION")).to_owned()),
        ttl: head.minutes_to_live.map(|minutes| minutes.to_string()),
        extensions: channel_extensions(head),
        namespaces: namespaces(head),
        ..Channel::default()
    }
}

/// A channel must have a link: without a page, the address that the feed is subscribed to at, which
/// leads to something.
fn link_of(head: &FeedHead<'_>) -> String {
    let is_current = |relation: &&Relation| relation.name == "current";
    let current = head.relations.iter().find(is_current);
    let feed = current.map(|relation| &relation.address);
    let page = head.home.as_ref().or(feed).or(head.address.as_ref());
    page.map_or_else(|| head.id.clone(), ToString::to_string)
}

/// Title and link are those of the channel (RSS Profile, section 4.1.1.9).
fn image(head: &FeedHead<'_>) -> Option<Image> {
    let icon = head.icon.as_ref()?;
    Some(Image {
        url: icon.address.to_string(),
        title: head.title.clone(),
        link: link_of(head),
        width: Some(icon.side.to_string()),
        height: Some(icon.side.to_string()),
        description: None,
    })
}

/// Links (RSS Profile, section 5.1.1; WebSub, section 4; RFC 5005, appendix B) and the marks of
/// RFC 5005.
fn channel_extensions(head: &FeedHead<'_>) -> ExtensionMap {
    let mut links = Vec::new();
    if let Some(address) = &head.address {
        links.push(link("self", address.as_str(), Some(RssDialect::MEDIA_TYPE)));
    }
    for relation in &head.relations {
        let address = relation.address.as_str();
        links.push(link(relation.name, address, Some(RssDialect::MEDIA_TYPE)));
    }
    links.extend(head.hubs.iter().map(|hub| link("hub", hub.as_str(), None)));
    let mut extensions = ExtensionMap::new();
    insert(&mut extensions, "atom", "link", links);
    match head.history {
        History::Untold => {}
        History::Complete => {
            let mark = empty("fh:complete", []);
            insert(&mut extensions, "fh", "complete", vec![mark]);
        }
        History::Archive => {
            let mark = empty("fh:archive", []);
            insert(&mut extensions, "fh", "archive", vec![mark]);
        }
    }
    extensions
}

/// The namespaces that the document uses. Each item has a creator.
fn namespaces(head: &FeedHead<'_>) -> BTreeMap<String, String> {
    let linked = head.address.is_some() || !head.relations.is_empty();
    let changed = head.uses.is_some_and(|uses| uses.changed);
    [
        ("atom", ATOM, linked || changed),
        (
            "content",
            CONTENT,
            head.uses.is_some_and(|uses| uses.content),
        ),
        ("dc", DUBLIN_CORE, head.uses.is_some()),
        ("fh", HISTORY, head.history != History::Untold),
        ("media", MEDIA, head.uses.is_some_and(|uses| uses.media)),
    ]
    .into_iter()
    .filter(|&(.., used)| used)
    .map(|(prefix, address, _)| (prefix.to_owned(), address.to_owned()))
    .collect()
}

fn link(relation: &str, address: &str, media_type: Option<&str>) -> Extension {
    let mut link = empty(
        "atom:link",
        [("rel", relation.to_owned()), ("href", address.to_owned())],
    );
    if let Some(media_type) = media_type {
        link.attrs.insert("type".to_owned(), media_type.to_owned());
    }
    link
}

fn element(name: &str, text: &str) -> Extension {
    Extension {
        name: name.to_owned(),
        value: Some(text.to_owned()),
        ..Extension::default()
    }
}

fn empty<const N: usize>(name: &str, attrs: [(&str, String); N]) -> Extension {
    Extension {
        name: name.to_owned(),
        // No text at all would put a line break between the tags.
        value: Some(String::new()),
        attrs: attributes(attrs),
        ..Extension::default()
    }
}

fn attributes<const N: usize>(attrs: [(&str, String); N]) -> BTreeMap<String, String> {
    attrs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn insert(map: &mut ExtensionMap, prefix: &str, name: &str, elements: Vec<Extension>) {
    if !elements.is_empty() {
        map.entry(prefix.to_owned())
            .or_default()
            .insert(name.to_owned(), elements);
    }
}
