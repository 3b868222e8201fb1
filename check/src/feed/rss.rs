//! RSS 2.0, with the elements of other vocabularies that Offprint writes.

use super::shape::{Count, Dates, Shape, is_web};
use super::{ATOM, Facts, HISTORY, check_text, other_picture};
use crate::iri::is_iri;
use crate::tag::is_language;
use crate::xml::{Xml, words};
use crate::{Findings, Rule};
use roxmltree::Node;
use std::collections::HashSet;

const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
/// Media RSS 1.5.1; the final slash belongs to it.
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Checks an RSS document.
pub(super) fn check(xml: &Xml<'_>, mut facts: Facts, findings: &mut Findings) -> Facts {
    let path = facts.shown.clone();
    let mut shape = Shape {
        xml,
        path: &path,
        findings,
    };
    let root = xml.root();
    if root.attribute("version") != Some("2.0") {
        shape.add(Rule::FeedVersion, root, "it is not of version 2.0");
    }
    let Some(channel) = shape.child(root, None, "channel", Count::Once) else {
        return facts;
    };
    check_channel(&mut shape, channel, &mut facts);
    shape.characters();
    let mut ids = HashSet::new();
    for item in channel.children().filter(|one| is_plain(*one, "item")) {
        check_item(&mut shape, item, &mut ids);
    }
    facts
}

fn is_plain(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().namespace().is_none() && node.tag_name().name() == name
}

fn check_channel<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    channel: Node<'check, 'text>,
    facts: &mut Facts,
) {
    shape.child(channel, None, "title", Count::Once);
    shape.child(channel, None, "description", Count::Once);
    if let Some(link) = shape.child(channel, None, "link", Count::Once) {
        check_page(shape, link);
    }
    for name in ["pubDate", "lastBuildDate"] {
        let date = shape.child(channel, None, name, Count::AtMostOnce);
        shape.date(date, Dates::Mail);
    }
    if let Some(language) = shape.child(channel, None, "language", Count::AtMostOnce)
        && !is_language(&words(language))
    {
        let message = format!("{:?} is no language tag", words(language));
        shape.add(Rule::FeedLanguage, language, message);
    }
    if let Some(ttl) = shape.child(channel, None, "ttl", Count::AtMostOnce)
        && words(ttl).parse::<u32>().is_err()
    {
        shape.add(Rule::FeedElement, ttl, "ttl is no number of minutes");
    }
    for child in channel.children().filter(Node::is_element) {
        match (child.tag_name().namespace(), child.tag_name().name()) {
            (Some(ATOM), "link") => {
                let address = child.attribute("href").unwrap_or_default();
                shape.web(child, address);
                facts.link(child.attribute("rel").unwrap_or("alternate"), address);
            }
            (Some(HISTORY), "archive") => facts.archive = true,
            (Some(HISTORY), "complete") => facts.complete = true,
            _ => {}
        }
    }
}

/// The address of the channel's page. RSS 2.0 wants one, and takes any whose scheme is registered: a feed
/// that has no address itself, and no page, has only its id to give.
fn check_page(shape: &mut Shape<'_, '_>, link: Node<'_, '_>) {
    let address = words(link);
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_id = matches!(scheme, Some("urn" | "tag")) && is_iri(&address);
    if !is_id {
        shape.web(link, &address);
    }
}

fn check_item<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    item: Node<'check, 'text>,
    ids: &mut HashSet<String>,
) {
    let title = shape.child(item, None, "title", Count::AtMostOnce);
    let description = shape.child(item, None, "description", Count::AtMostOnce);
    if title
        .or(description)
        .is_none_or(|one| words(one).is_empty())
    {
        let message = "an item has neither title nor description";
        shape.add(Rule::FeedElement, item, message);
    }
    let link = shape.child(item, None, "link", Count::AtMostOnce);
    if let Some(link) = link {
        shape.web(link, &words(link));
    }
    let date = shape.child(item, None, "pubDate", Count::AtMostOnce);
    shape.date(date, Dates::Mail);
    check_guid(shape, item, ids);
    let updated = shape.child(item, Some(ATOM), "updated", Count::AtMostOnce);
    shape.date(updated, Dates::Internet);
    let content = shape.child(item, Some(CONTENT), "encoded", Count::AtMostOnce);
    let mut shown = Vec::new();
    for text in [description, content].into_iter().flatten() {
        let html = text.text().unwrap_or_default();
        shown.extend(check_text(
            html,
            shape.path,
            shape.xml.line(text),
            shape.findings,
        ));
    }
    check_enclosures(shape, item);
    check_pictures(shape, item, &shown);
}

/// Holds the pictures that an item names beside its text against those that the text shows.
fn check_pictures(shape: &mut Shape<'_, '_>, item: Node<'_, '_>, shown: &[String]) {
    for node in item.descendants().filter(Node::is_element) {
        let kind = node.attribute("type").unwrap_or_default();
        let is_picture = match (node.tag_name().namespace(), node.tag_name().name()) {
            (None, "enclosure") | (Some(MEDIA), "content") => kind.starts_with("image/"),
            (Some(MEDIA), "thumbnail") => true,
            _ => false,
        };
        let address = node.attribute("url").filter(|_| is_picture);
        if let Some(message) = address.and_then(|address| other_picture(address, shown)) {
            shape.add(Rule::FeedPicture, node, message);
        }
    }
}

fn check_guid<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    item: Node<'check, 'text>,
    ids: &mut HashSet<String>,
) {
    let Some(guid) = shape.child(item, None, "guid", Count::Once) else {
        return;
    };
    let id = words(guid);
    if !is_iri(&id) {
        shape.add(Rule::FeedId, guid, format!("{id:?} is no absolute IRI"));
    }
    if guid.attribute("isPermaLink") != Some("false") && !is_web(&id) {
        let message = format!("the id {id:?} is no address, and does not say so");
        shape.add(Rule::FeedId, guid, message);
    }
    if !ids.insert(id.clone()) {
        shape.add(Rule::FeedId, guid, format!("the id {id:?} stands twice"));
    }
}

fn check_enclosures<'check, 'text>(shape: &mut Shape<'check, 'text>, item: Node<'check, 'text>) {
    let enclosures: Vec<_> = item
        .children()
        .filter(|one| is_plain(*one, "enclosure"))
        .collect();
    if let [_, second, ..] = enclosures.as_slice() {
        let message = "an item has more than one enclosure";
        shape.add(Rule::FeedEnclosure, *second, message);
    }
    for enclosure in &enclosures {
        let attribute = |name: &str| enclosure.attribute(name).unwrap_or_default();
        let length = attribute("length").parse::<u64>().is_ok();
        if !is_web(attribute("url")) || !length || !attribute("type").contains('/') {
            let message = "an enclosure lacks an address, a length or a media type";
            shape.add(Rule::FeedEnclosure, *enclosure, message);
        }
    }
}
