//! Articles as feed readers export them in JSON: the form of Google Reader, which FreshRSS, Inoreader and
//! others write, and that of Miniflux.

use super::highlights::{Highlight, marked};
use super::objects::{self, Element, Object, ObjectExport};
use crate::model::{Entry, Format, Head, Markup, WrittenTime};
use crate::read::feed::media::{Enclosure, chosen, with_enclosures};
use crate::read::feed::references::{Entities, resolved};
use crate::read::feed::text::escaped;
use crate::read::feed::tokens::escaped_markup;
use crate::read::json::array::Array;
use crate::read::{Locator, Source};
use serde_json::Value;

/// Reads exports of feed readers, each item as an article.
pub struct ReaderJson;

static FORMAT: Format = Format {
    name: "reader-json",
    description: "Starred and other items of FreshRSS, Inoreader, Google Reader and Miniflux in JSON",
    files: "*.json",
    options: &["from"],
};

/// What only files of Google Reader's form say in their first bytes.
const GOOGLE_MARKS: [&str; 6] = [
    "tag:google.com,2005:reader/",
    "/state/com.google/",
    "/state/org.freshrss/",
    "\"crawlTimeMsec\"",
    "\"timestampUsec\"",
    "\"streamId\"",
];

/// Hosts that only lead on to the article.
const REDIRECTORS: [&str; 4] = [
    "//feedproxy.google.com/",
    "//feeds.feedburner.com/",
    "//www.inoreader.com/",
    "//rss.feedsportal.com/",
];

impl ObjectExport for ReaderJson {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn is_own(&self, begins: &str) -> bool {
        let has = |keys: &[&str]| keys.iter().all(|key| objects::names(begins, key));
        let google = begins.starts_with('{') && has(&["items"]);
        let miniflux = has(&["entries"]) || begins.starts_with('[');
        google && GOOGLE_MARKS.iter().any(|mark| begins.contains(mark))
            || miniflux && has(&["feed_id", "hash"])
    }

    fn array(&self, first: &str) -> Array {
        if first.starts_with('[') {
            Array::Outermost
        } else {
            Array::Named(&["items", "entries"])
        }
    }

    fn element(&self, object: &Object, source: &dyn Source, at: &Locator) -> Element {
        let head = objects::head(source, at);
        let read = if object.contains_key("feed_id") || object.contains_key("url") {
            miniflux(object, head)
        } else {
            google(object, head)
        };
        let Some((head, markup)) = read else {
            return Element::Other;
        };
        Element::article(Entry {
            head,
            body_line: at.line,
            markup,
            resources: source.resources(),
        })
    }
}

/// An item of Google Reader's form. None where it has neither a text nor an address.
fn google(object: &Object, mut head: Head) -> Option<(Head, Markup)> {
    let links = ["canonical", "alternate"];
    let links: Vec<String> = links.iter().filter_map(|name| link(object, name)).collect();
    let direct = links.iter().find(|link| !is_redirector(link));
    head.address = direct.or(links.first()).cloned();
    head.id = objects::text(object, "id").filter(|id| id.contains(':'));
    let is_freshrss = is_freshrss(object);
    // FreshRSS keeps these as markup, and exports them so.
    let plain = |object: &Object, name: &str| match is_freshrss {
        true => objects::text(object, name)
            .map(|text| escaped_markup(&resolved(&text, &Entities::default()))),
        false => objects::plain(object, name),
    };
    head.title = plain(object, "title");
    head.authors = match is_freshrss {
        true => objects::text(object, "author")
            .map(|text| escaped(&resolved(&text, &Entities::default())))
            .into_iter()
            .collect(),
        false => plain(object, "author").into_iter().collect(),
    };
    // What Google Reader writes where it knows of nobody.
    head.authors.retain(|author| author != "(author unknown)");
    head.published = published(object);
    head.updated = objects::epoch(object, "updated", 1);
    head.tags = tags(object);
    let origin = object.get("origin").and_then(Value::as_object);
    head.source = origin.and_then(|origin| plain(origin, "title"));
    let inner = |name: &str| objects::text(object.get(name)?.as_object()?, "content");
    let content = inner("content").or_else(|| inner("summary"));
    let comes_with = enclosures(object, "enclosure", "href", "type");
    (content.is_some() || head.address.is_some()).then(|| {
        let content = content.unwrap_or_default();
        let markup = Markup::Article(marked(content, &annotations(object)));
        (head, with_enclosures(markup, &comes_with))
    })
}

/// What the user marked and wrote about it (Inoreader), or only wrote (Google Reader).
fn annotations(object: &Object) -> Vec<Highlight> {
    let all = object.get("annotations").and_then(Value::as_array);
    let all = all.into_iter().flatten().filter_map(Value::as_object);
    let highlight = |annotation: &Object| {
        let remarks = ["note", "content"];
        let remark = remarks
            .iter()
            .find_map(|name| objects::plain(annotation, name));
        Highlight {
            quote: objects::text(annotation, "text").unwrap_or_default(),
            remark: remark.map_or_else(String::new, |remark| {
                format!("<p>{}</p>\n", remark.replace('<', "&lt;"))
            }),
        }
    };
    all.map(highlight).collect()
}

/// Whether FreshRSS wrote an item: only it names the id that the feed gave, and states of its own.
fn is_freshrss(object: &Object) -> bool {
    let is_own = |object: &Object| object.keys().any(|key| key.starts_with("frss:"));
    let categories = objects::texts(object, "categories", &["id"]);
    let origin = object.get("origin").and_then(Value::as_object);
    object.contains_key("guid")
        || is_own(object)
        || origin.is_some_and(is_own)
        || categories
            .iter()
            .any(|category| category.contains("/state/org.freshrss/"))
}

/// The recordings and other files that come with an item.
fn enclosures(object: &Object, name: &str, address: &str, kind: &str) -> Vec<Enclosure> {
    let all = object.get(name).and_then(Value::as_array);
    let all = all.into_iter().flatten().filter_map(Value::as_object);
    let enclosure = |one: &Object| {
        Some(Enclosure {
            address: objects::text(one, address)?,
            kind: objects::text(one, kind).unwrap_or_default(),
            ..Enclosure::default()
        })
    };
    chosen(all.filter_map(enclosure).collect())
}

/// When an item was published, else when the reader found it.
fn published(object: &Object) -> Option<WrittenTime> {
    objects::epoch(object, "published", 1)
        .or_else(|| objects::epoch(object, "crawlTimeMsec", 1000))
        .or_else(|| objects::epoch(object, "timestampUsec", 1_000_000))
}

fn link(object: &Object, name: &str) -> Option<String> {
    let links = object.get(name)?.as_array()?;
    let links = links.iter().filter_map(Value::as_object);
    links.filter_map(|link| objects::text(link, "href")).next()
}

fn is_redirector(link: &str) -> bool {
    REDIRECTORS.iter().any(|host| link.contains(host))
}

/// Labels of the reader's and categories of the feed's, without the states that readers keep.
fn tags(object: &Object) -> Vec<String> {
    let categories = objects::texts(object, "categories", &["label", "id"]);
    let tag = |category: String| {
        if !category.starts_with("user/") {
            return Some(category);
        }
        let (_, label) = category.split_once("/label/")?;
        Some(label.to_owned())
    };
    categories.into_iter().filter_map(tag).collect()
}

/// An entry of Miniflux. None where it has neither a text nor an address.
fn miniflux(object: &Object, mut head: Head) -> Option<(Head, Markup)> {
    head.address = objects::text(object, "url");
    head.title = objects::plain(object, "title");
    head.authors = objects::plain(object, "author").into_iter().collect();
    let times = ["published_at", "created_at"];
    head.published = times.iter().find_map(|name| objects::time(object, name));
    head.language = objects::text(object, "language");
    head.tags = objects::texts(object, "tags", &[]);
    let feed = object.get("feed").and_then(Value::as_object);
    head.source = feed.and_then(|feed| objects::plain(feed, "title"));
    let content = objects::text(object, "content");
    let comes_with = enclosures(object, "enclosures", "url", "mime_type");
    (content.is_some() || head.address.is_some()).then(|| {
        let markup = Markup::Article(content.unwrap_or_default());
        (head, with_enclosures(markup, &comes_with))
    })
}
