//! JSON Feed 1.1.

use super::head::FeedHead;
use super::item::{Enclosure, FeedItem};
use super::{Dialect, Feed, Frame, splice};
use crate::error::{Error, Result};
use crate::model::{Address, Format, Timestamp};
use crate::write::html::Html;
use serde::Serialize;

/// Writes `feed.json`.
pub type JsonFeed = Feed<JsonDialect>;

/// How JSON Feed differs from the other formats.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonDialect;

impl Dialect for JsonDialect {
    const FORMAT: Format = Format {
        name: "json",
        description: "JSON Feed 1.1",
        files: "feed.json, source/*/feed.json",
        options: &["items", "base-url"],
    };
    const STEM: &'static str = "feed";
    const EXTENSION: &'static str = "json";
    const MEDIA_TYPE: &'static str = "application/feed+json";
    const ARCHIVES: bool = false;
    const SEPARATOR: &'static str = ",\n";

    fn item(item: &FeedItem<'_>) -> Result<String> {
        serde_json::to_string(&json_item(item)).map_err(failed)
    }

    fn frame(head: &FeedHead<'_>) -> Result<Frame> {
        let document = serde_json::to_string_pretty(&json_feed(head)).map_err(failed)?;
        // The empty list of items is the last thing in the document.
        splice::frame(&document, "]", Self::FORMAT.name)
    }
}

fn failed(error: serde_json::Error) -> Error {
    Error::writer(JsonDialect::FORMAT.name, error)
}

/// The document. `items` comes last and is empty here: the items are put in one by one.
#[derive(Serialize)]
struct JsonDocument<'head> {
    version: &'static str,
    title: &'head str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'head str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'head str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'head str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<&'head str>,
    authors: [Author<'head>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'head str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'head>>,
    #[serde(rename = "_offprint")]
    more: FeedExtension<'head>,
    items: [(); 0],
}

/// What the format has no field for.
#[derive(Serialize)]
struct FeedExtension<'head> {
    about: &'static str,
    id: &'head str,
    generator: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'head str>,
}

#[derive(Serialize)]
struct Author<'name> {
    name: &'name str,
}

#[derive(Serialize)]
struct Hub<'address> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'address str,
}

#[derive(Serialize)]
struct JsonItem<'item> {
    id: &'item str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'item str>,
    title: &'item str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    authors: Vec<Author<'item>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'item [&'item str],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments: Option<[Attachment<'item>; 1]>,
    #[serde(rename = "_offprint", skip_serializing_if = "ItemExtension::is_empty")]
    more: ItemExtension<'item>,
}

#[derive(Serialize)]
struct Attachment<'item> {
    url: &'item str,
    mime_type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'item str,
    size_in_bytes: u64,
}

/// What the format has no field for.
#[derive(Serialize)]
struct ItemExtension<'item> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceOf<'item>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'item str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'item str>,
}

#[derive(Serialize)]
struct SourceOf<'item> {
    name: &'item str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'item str>,
}

impl ItemExtension<'_> {
    fn is_empty(&self) -> bool {
        self.source.is_none() && self.credit.is_none() && self.rights.is_none()
    }
}

fn json_feed<'head>(head: &'head FeedHead<'_>) -> JsonDocument<'head> {
    let hub = |hub: &'head Address| Hub {
        kind: "WebSub",
        url: hub.as_str(),
    };
    let icon = head.icon.as_ref().map(|icon| icon.address.as_str());
    JsonDocument {
        version: "https://jsonfeed.org/version/1.1",
        title: &head.title,
        home_page_url: head.home.as_ref().map(Address::as_str),
        feed_url: head.address.as_ref().map(Address::as_str),
        icon,
        favicon: icon,
        authors: [Author { name: &head.author }],
        language: head.language.map(|language| language.as_str()),
        hubs: head.hubs.iter().map(hub).collect(),
        more: FeedExtension {
            about: "Facts about the feed and its items that JSON Feed has no field for.",
            id: &head.id,
            generator: concat!("Offprint ", env!("CARGO_PKG_VERSION")),
            updated: head.updated.map(Timestamp::rfc3339),
            rights: head.rights.map(|rights| rights.as_str()),
        },
        items: [],
    }
}

fn json_item<'item>(item: &'item FeedItem<'_>) -> JsonItem<'item> {
    let article = item.article;
    // An item must have one content or the other.
    let stand_in = item.summary.unwrap_or(&article.title);
    let name = article.source.name.as_str();
    JsonItem {
        id: article.id.as_str(),
        url: article.address.as_ref().map(Address::as_str),
        title: &article.title,
        content_html: item.html.map(Html::as_str),
        content_text: item.html.is_none().then_some(stand_in),
        summary: item.summary,
        image: item.lead_image.map(Address::as_str),
        date_published: article.published.map(Timestamp::rfc3339),
        date_modified: article.updated.map(Timestamp::rfc3339),
        authors: item.authors.iter().map(|name| Author { name }).collect(),
        tags: &item.tags,
        language: article.language.as_ref().map(|language| language.as_str()),
        attachments: item.enclosure.as_ref().map(|picture| [attachment(picture)]),
        more: ItemExtension {
            source: (!name.is_empty()).then(|| SourceOf {
                name,
                url: article.source.home.as_ref().map(Address::as_str),
            }),
            credit: article.credit.as_ref().map(|credit| credit.as_str()),
            rights: article.rights.as_ref().map(|rights| rights.as_str()),
        },
    }
}

fn attachment<'item>(picture: &'item Enclosure<'_>) -> Attachment<'item> {
    Attachment {
        url: picture.address.as_str(),
        mime_type: picture.facts.media_type.name(),
        title: &picture.description,
        size_in_bytes: picture.facts.length,
    }
}
