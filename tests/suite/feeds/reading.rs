//! Feeds and markup read back, as subscribers' programs do.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// An element of a document with its attributes, and how deep it stands.
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The names of the elements around it, outermost first.
    pub around: Vec<String>,
}

/// All elements of a well-formed document in order, and its text.
pub fn elements(document: &str) -> (Vec<Element>, String) {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut found, mut around, mut text) = (Vec::new(), Vec::new(), String::new());
    loop {
        let event = reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}:\n{document}"));
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                        (
                            key,
                            attribute
                                .decoded_and_normalized_value(
                                    quick_xml::XmlVersion::Implicit1_0,
                                    reader.decoder(),
                                )
                                .unwrap()
                                .into_owned(),
                        )
                    })
                    .collect();
                found.push(Element {
                    name: name.clone(),
                    attributes,
                    around: around.clone(),
                });
                if matches!(event, Event::Start(_)) {
                    around.push(name);
                }
            }
            Event::End(_) => {
                around.pop();
            }
            Event::Text(part) => text.push_str(&part.decode().unwrap()),
            Event::CData(part) => text.push_str(&part.decode().unwrap()),
            Event::GeneralRef(name) => text.push(character(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(
        around.is_empty(),
        "{around:?} are open at the end of:\n{document}"
    );
    assert!(text.chars().all(offprint::model::is_xml_character));
    (found, text)
}

/// The character of a reference: a number, or one of XML's own five names.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> char {
    if let Some(character) = reference.resolve_char_ref().unwrap() {
        return character;
    }
    match reference.decode().unwrap().as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("&{other}; is not one of XML's own"),
    }
}

/// What every program should see of an item, whatever the format.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: String,
    pub title: String,
    pub link: Option<String>,
    pub published: Option<String>,
    pub html: Option<String>,
    pub summary: Option<String>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
}

pub fn rss(document: &str) -> (rss::Channel, Vec<Seen>) {
    elements(document);
    let channel = rss::Channel::read_from(document.as_bytes()).unwrap();
    let seen = channel.items().iter().map(rss_item).collect();
    (channel, seen)
}

fn rss_item(item: &rss::Item) -> Seen {
    let date = |date: &str| {
        let date = chrono::DateTime::parse_from_rfc2822(date).unwrap();
        date.to_utc().to_rfc3339()
    };
    let description = item.description().map(str::to_owned);
    let (html, summary) = match item.content() {
        Some(content) => (Some(content.to_owned()), description),
        None => (None, description),
    };
    Seen {
        id: item.guid().unwrap().value().to_owned(),
        title: item.title().unwrap().to_owned(),
        link: item.link().map(str::to_owned),
        published: item.pub_date().map(date),
        html,
        summary,
        authors: item.dublin_core_ext().unwrap().creators().to_vec(),
        tags: item
            .categories()
            .iter()
            .map(|tag| tag.name().to_owned())
            .collect(),
    }
}

pub fn atom(document: &str) -> (atom_syndication::Feed, Vec<Seen>) {
    elements(document);
    let feed = atom_syndication::Feed::read_from(document.as_bytes()).unwrap();
    let seen = feed.entries().iter().map(atom_entry).collect();
    (feed, seen)
}

fn atom_entry(entry: &atom_syndication::Entry) -> Seen {
    let html = entry
        .content()
        .filter(|content| content.content_type() == Some("html"));
    let page = entry.links().iter().find(|link| link.rel() == "alternate");
    Seen {
        id: entry.id().to_owned(),
        title: entry.title().to_string(),
        link: page.map(|link| link.href().to_owned()),
        published: entry.published().map(|date| date.to_utc().to_rfc3339()),
        html: html.and_then(|content| content.value().map(str::to_owned)),
        summary: entry.summary().map(|summary| summary.as_str().to_owned()),
        authors: entry
            .authors()
            .iter()
            .map(|author| author.name().to_owned())
            .collect(),
        tags: entry
            .categories()
            .iter()
            .map(|tag| tag.term().to_owned())
            .collect(),
    }
}

pub fn json(document: &str) -> (serde_json::Value, Vec<Seen>) {
    let feed: serde_json::Value = serde_json::from_str(document).unwrap();
    let seen = feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(json_item)
        .collect();
    (feed, seen)
}

fn json_item(item: &serde_json::Value) -> Seen {
    let text = |key: &str| item[key].as_str().map(str::to_owned);
    let list = |key: &str| item[key].as_array().cloned().unwrap_or_default();
    let name = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let date = |date: String| {
        let date = chrono::DateTime::parse_from_rfc3339(&date).unwrap();
        date.to_utc().to_rfc3339()
    };
    Seen {
        id: text("id").unwrap(),
        title: text("title").unwrap(),
        link: text("url"),
        published: text("date_published").map(date),
        html: text("content_html"),
        summary: text("summary"),
        authors: list("authors")
            .iter()
            .map(|author| name(&author["name"]))
            .collect(),
        tags: list("tags").iter().map(name).collect(),
    }
}
