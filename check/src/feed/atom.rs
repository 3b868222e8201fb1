//! Atom 1.0 (RFC 4287), and catalogues of books, which are Atom too (OPDS 1.2).

use super::chain::Format;
use super::shape::{Count, Dates, Shape};
use super::{ATOM, Facts, HISTORY, check_text, other_picture};
use crate::iri::is_iri;
use crate::reference::{is_unsafe, scheme};
use crate::xml::{Xml, child, is, words};
use crate::{Findings, Rule};
use roxmltree::Node;
use std::collections::HashSet;

const ACQUISITION: &str = "http://opds-spec.org/acquisition";
const COVERS: [&str; 2] = [
    "http://opds-spec.org/image",
    "http://opds-spec.org/image/thumbnail",
];
const BOOK: &str = "application/epub+zip";

/// Checks an Atom document.
pub(super) fn check(xml: &Xml<'_>, mut facts: Facts, findings: &mut Findings) -> Facts {
    let path = facts.shown.clone();
    let mut shape = Shape {
        xml,
        path: &path,
        findings,
    };
    let feed = xml.root();
    let entries: Vec<_> = feed
        .children()
        .filter(|one| is(*one, ATOM, "entry"))
        .collect();
    if entries.iter().any(is_book) {
        facts.format = Format::Opds;
    }
    check_common(&mut shape, feed);
    check_links(&mut shape, feed, &mut facts);
    shape.languages();
    shape.characters();
    for child in feed.children() {
        facts.archive |= is(child, HISTORY, "archive");
        facts.complete |= is(child, HISTORY, "complete");
    }
    let named = child(feed, ATOM, "author").is_some();
    let mut ids = HashSet::new();
    for entry in entries {
        check_common(&mut shape, entry);
        check_id(&mut shape, entry, &mut ids);
        if !named {
            check_author(&mut shape, entry);
        }
        let mut own = Facts::of_entry();
        check_links(&mut shape, entry, &mut own);
        check_texts(&mut shape, entry);
        if facts.format == Format::Opds {
            check_book(&mut shape, entry, &mut facts);
        }
    }
    facts
}

fn check_id<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    entry: Node<'check, 'text>,
    ids: &mut HashSet<String>,
) {
    let id = child(entry, ATOM, "id").map(words).unwrap_or_default();
    if !ids.insert(id.clone()) {
        shape.add(Rule::FeedId, entry, format!("the id {id:?} stands twice"));
    }
}

/// An entry of a feed that names no author has one of its own, or its source has (section 4.1.2).
fn check_author<'check, 'text>(shape: &mut Shape<'check, 'text>, entry: Node<'check, 'text>) {
    let source = child(entry, ATOM, "source");
    let by = |parent: Node<'_, '_>| child(parent, ATOM, "author").is_some();
    if !by(entry) && !source.is_some_and(by) {
        shape.add(Rule::FeedElement, entry, "an entry has no author");
    }
}

/// Whether an entry leads to a book: then the feed is a catalogue.
fn is_book(entry: &Node<'_, '_>) -> bool {
    let mut links = entry.children().filter(|one| is(*one, ATOM, "link"));
    links.any(|link| {
        let relation = link.attribute("rel");
        relation.is_some_and(|relation| relation.starts_with(ACQUISITION))
    })
}

/// What a feed and an entry both must have.
fn check_common<'check, 'text>(shape: &mut Shape<'check, 'text>, parent: Node<'check, 'text>) {
    shape.child(parent, Some(ATOM), "title", Count::Once);
    let updated = shape.child(parent, Some(ATOM), "updated", Count::Once);
    shape.date(updated, Dates::Internet);
    let published = shape.child(parent, Some(ATOM), "published", Count::AtMostOnce);
    shape.date(published, Dates::Internet);
    if let Some(id) = shape.child(parent, Some(ATOM), "id", Count::Once)
        && !is_iri(&words(id))
    {
        let message = format!("{:?} is no absolute IRI", words(id));
        shape.add(Rule::FeedId, id, message);
    }
    for author in parent.children().filter(|one| is(*one, ATOM, "author")) {
        if child(author, ATOM, "name").is_none_or(|name| words(name).is_empty()) {
            shape.add(Rule::FeedElement, author, "an author has no name");
        }
    }
}

fn check_links<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    parent: Node<'check, 'text>,
    facts: &mut Facts,
) {
    let mut alternates = HashSet::new();
    for link in parent.children().filter(|one| is(*one, ATOM, "link")) {
        let address = link.attribute("href").unwrap_or_default();
        let relation = link.attribute("rel").unwrap_or("alternate");
        let absolute = scheme(address).filter(|scheme| !is_unsafe(scheme));
        if absolute.is_none() || !is_iri(address) {
            let message = format!("{address:?} is no absolute address");
            shape.add(Rule::FeedAddress, link, message);
        }
        let kind = (link.attribute("type"), link.attribute("hreflang"));
        if relation == "alternate" && !alternates.insert(kind) {
            let message = "two links are the alternate of the same type";
            shape.add(Rule::FeedElement, link, message);
        }
        if relation == "enclosure" && !link.has_attribute("type") {
            let message = "an enclosure lacks a media type";
            shape.add(Rule::FeedEnclosure, link, message);
        }
        facts.link(relation, address);
    }
}

fn check_texts<'check, 'text>(shape: &mut Shape<'check, 'text>, entry: Node<'check, 'text>) {
    let summary = shape.child(entry, Some(ATOM), "summary", Count::AtMostOnce);
    let content = shape.child(entry, Some(ATOM), "content", Count::AtMostOnce);
    let page = entry.children().any(|one| {
        is(one, ATOM, "link") && matches!(one.attribute("rel"), None | Some("alternate"))
    });
    if content.is_none() && !page {
        let message = "an entry has neither content nor a page";
        shape.add(Rule::FeedElement, entry, message);
    }
    let mut shown = Vec::new();
    for text in [summary, content].into_iter().flatten() {
        let markup = match text.attribute("type") {
            Some("html") => text.text(),
            Some("xhtml") => shape.xml.document.input_text().get(text.range()),
            _ => None,
        };
        let line = shape.xml.line(text);
        let pictures = markup.map(|html| check_text(html, shape.path, line, shape.findings));
        shown.extend(pictures.into_iter().flatten());
    }
    check_pictures(shape, entry, &shown);
}

/// Holds enclosed pictures against those that the text shows.
fn check_pictures(shape: &mut Shape<'_, '_>, entry: Node<'_, '_>, shown: &[String]) {
    for link in entry.children().filter(|one| is(*one, ATOM, "link")) {
        let kind = link.attribute("type").unwrap_or_default();
        let is_picture = link.attribute("rel") == Some("enclosure") && kind.starts_with("image/");
        let address = link.attribute("href").filter(|_| is_picture);
        if let Some(message) = address.and_then(|address| other_picture(address, shown)) {
            shape.add(Rule::FeedPicture, link, message);
        }
    }
}

/// An entry of a catalogue.
fn check_book<'check, 'text>(
    shape: &mut Shape<'check, 'text>,
    entry: Node<'check, 'text>,
    facts: &mut Facts,
) {
    let (mut book, mut covers) = (false, HashSet::new());
    for link in entry.children().filter(|one| is(*one, ATOM, "link")) {
        let relation = link.attribute("rel").unwrap_or_default();
        let kind = link.attribute("type").unwrap_or_default();
        let cover = COVERS.contains(&relation);
        book |= relation.starts_with(ACQUISITION) && kind == BOOK;
        if cover && !matches!(kind, "image/jpeg" | "image/png" | "image/gif") {
            let message = format!("a cover is {kind:?}, which not every reader shows");
            shape.add(Rule::OpdsEntry, link, message);
        }
        if cover {
            covers.insert(relation);
        }
        if cover || relation.starts_with(ACQUISITION) {
            facts.beside(
                link.attribute("href").unwrap_or_default(),
                shape.xml.line(link),
            );
        }
    }
    if !book || covers.len() < COVERS.len() {
        let message = "a book lacks its link, its cover or its thumbnail";
        shape.add(Rule::OpdsEntry, entry, message);
    }
}
