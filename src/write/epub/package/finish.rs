//! What `epub-builder` leaves out of the package document, the navigation document and the NCX,
//! added by editing their XML.

use crate::error::Result;
use crate::model::{Direction, Language};
use crate::write::epub::defect;
use crate::write::epub::package::edit::{Xml, edited, element, line_feed, named};
use crate::write::epub::package::manifest::Manifest;
use crate::write::epub::package::metadata::Metadata;
use crate::write::epub::pages::wording::Wording;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, BytesText, Event};
use std::collections::HashMap;
use std::io;

/// Room for what is added to a document, lists of files aside, in bytes.
const ADDED: usize = 4096;

/// Finishes the package document: languages, people and their roles, sources, the series,
/// accessibility, and the files that `epub-builder` was not told of.
pub(in crate::write::epub) fn package(
    xml: &str,
    metadata: &Metadata,
    mut manifest: Manifest<'_>,
) -> Result<String> {
    let mut in_spine = false;
    edited(xml, ADDED + manifest.size(), |writer, event| match event {
        Event::Empty(mut element) if element.name().as_ref() == b"item" => {
            manifest.note(&mut element)?;
            writer.write_event(Event::Empty(element))
        }
        Event::End(element) if element.name().as_ref() == b"manifest" => {
            manifest.add_items(writer)?;
            writer.write_event(Event::End(element))
        }
        Event::Start(element) if element.name().as_ref() == b"spine" => {
            in_spine = true;
            writer.write_event(Event::Start(element))?;
            manifest.add_references(writer)
        }
        Event::End(element) if element.name().as_ref() == b"spine" => {
            in_spine = false;
            writer.write_event(Event::End(element))
        }
        // All references are written anew, so that they stand in the reading order.
        Event::Empty(_) | Event::Text(_) if in_spine => Ok(()),
        Event::Start(element) if element.name().as_ref() == b"package" => {
            let mut element = element.into_owned();
            element.push_attribute(("xml:lang", metadata.language.as_str()));
            writer.write_event(Event::Start(element))
        }
        Event::End(element) if element.name().as_ref() == b"metadata" => {
            add_metadata(writer, metadata)?;
            writer.write_event(Event::End(element))
        }
        other => writer.write_event(other),
    })
}

fn add_metadata(writer: &mut Xml, metadata: &Metadata) -> io::Result<()> {
    for language in &metadata.further_languages {
        dublin_core(writer, "dc:language", language.as_str())?;
    }
    if let Some(publisher) = &metadata.publisher {
        dublin_core(writer, "dc:publisher", publisher)?;
    }
    for source in &metadata.sources {
        dublin_core(writer, "dc:source", source)?;
    }
    for (number, name) in metadata.contributors.iter().enumerate() {
        let id = format!("contributor-{}", number + 1);
        element(writer, "dc:contributor", &[("id", &id)], name)?;
        let refines = format!("#{id}");
        let attributes = [
            ("refines", refines.as_str()),
            ("property", "role"),
            ("scheme", "marc:relators"),
        ];
        element(writer, "meta", &attributes, "aut")?;
    }
    add_series(writer, metadata)?;
    add_accessibility(writer, metadata)
}

fn add_series(writer: &mut Xml, metadata: &Metadata) -> io::Result<()> {
    let Some(series) = &metadata.series else {
        return Ok(());
    };
    let collection = [("property", "belongs-to-collection"), ("id", "series")];
    element(writer, "meta", &collection, &series.title)?;
    let urn = series.identifier.urn().to_string();
    let mut refinements = vec![
        ("collection-type", "series"),
        ("dcterms:identifier", urn.as_str()),
    ];
    refinements.extend(series.position.as_deref().map(|at| ("group-position", at)));
    for (property, value) in refinements {
        let attributes = [("refines", "#series"), ("property", property)];
        element(writer, "meta", &attributes, value)?;
    }
    named(writer, "calibre:series", &series.title)?;
    match &series.position {
        Some(position) => named(writer, "calibre:series_index", position),
        None => Ok(()),
    }
}

/// What is known, and no claim of conformance, which only somebody who has looked at the book can
/// make.
fn add_accessibility(writer: &mut Xml, metadata: &Metadata) -> io::Result<()> {
    let facts = &metadata.accessibility;
    let mut statements = vec![("schema:accessMode", "textual")];
    if facts.pictures {
        statements.push(("schema:accessMode", "visual"));
        statements.push(("schema:accessModeSufficient", "textual,visual"));
    }
    if facts.described {
        statements.push(("schema:accessModeSufficient", "textual"));
    }
    if facts.pictures && facts.described {
        statements.push(("schema:accessibilityFeature", "alternativeText"));
    }
    if facts.formulas {
        statements.push(("schema:accessibilityFeature", "MathML"));
    }
    for feature in [
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ] {
        statements.push(("schema:accessibilityFeature", feature));
    }
    let hazard = if facts.animated { "unknown" } else { "none" };
    statements.push(("schema:accessibilityHazard", hazard));
    statements.push(("schema:accessibilitySummary", facts.summary));
    for (property, value) in statements {
        element(writer, "meta", &[("property", property)], value)?;
    }
    Ok(())
}

fn dublin_core(writer: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    element(writer, name, &[], text)
}

/// Finishes the navigation document: language, direction, names and roles of its two lists, and the
/// languages of its labels, given in their order.
pub(in crate::write::epub) fn navigation(
    xml: &str,
    metadata: &Metadata,
    wording: &Wording,
    languages: &[Option<&Language>],
) -> Result<String> {
    let mut landmarks = false;
    let mut languages = languages.iter().copied();
    edited(xml, ADDED, |writer, event| match event {
        Event::Start(element) if element.name().as_ref() == b"html" => {
            let mut element = element.into_owned();
            element.push_attribute(("lang", metadata.language.as_str()));
            element.push_attribute(("xml:lang", metadata.language.as_str()));
            if metadata.language.direction() == Direction::RightToLeft {
                element.push_attribute(("dir", "rtl"));
            }
            writer.write_event(Event::Start(element))
        }
        Event::Start(element) if element.name().as_ref() == b"nav" => {
            let mut element = element.into_owned();
            if landmarks {
                element.push_attribute(("aria-label", wording.landmarks));
                element.push_attribute(("hidden", "hidden"));
            } else {
                element.push_attribute(("role", "doc-toc"));
                element.push_attribute(("aria-labelledby", "toc-title"));
            }
            landmarks = true;
            writer.write_event(Event::Start(element))
        }
        Event::Start(element) if element.name().as_ref() == b"a" => {
            let language = languages.next().flatten();
            let element = in_language(element, language, &metadata.language);
            writer.write_event(Event::Start(element))
        }
        other => writer.write_event(other),
    })
}

/// Says which language a label is in, where it is not the book's; a screen reader changes its voice
/// then (WCAG 2.2, 3.1.2).
fn in_language<'xml>(
    element: BytesStart<'xml>,
    language: Option<&Language>,
    around: &Language,
) -> BytesStart<'xml> {
    let Some(language) = language.filter(|language| *language != around) else {
        return element;
    };
    let mut element = element;
    element.push_attribute(("lang", language.as_str()));
    element.push_attribute(("xml:lang", language.as_str()));
    if language.direction() != around.direction() {
        element.push_attribute(("dir", language.direction().html()));
    }
    element
}

/// Finishes the NCX: the book's identifier and title, the depth, and one `playOrder` for every
/// entry that leads to the same place, as its schema asks.
pub(in crate::write::epub) fn ncx(xml: &str, metadata: &Metadata) -> Result<String> {
    let orders = play_orders(xml)?;
    let mut points = orders.iter();
    let mut in_title = false;
    edited(xml, ADDED, |writer, event| match event {
        Event::Start(element) if element.name().as_ref() == b"head" => {
            writer.write_event(Event::Start(element))?;
            line_feed(writer)?;
            named(writer, "dtb:uid", &metadata.urn())
        }
        Event::Empty(element) if is_depth(&element) => {
            named(writer, "dtb:depth", &depth(xml)?.to_string())
        }
        Event::Start(element) if element.name().as_ref() == b"docTitle" => {
            in_title = true;
            writer.write_event(Event::Start(element))
        }
        Event::End(element) if element.name().as_ref() == b"docTitle" => {
            in_title = false;
            writer.write_event(Event::End(element))
        }
        Event::Text(text) if in_title && !text.iter().all(u8::is_ascii_whitespace) => {
            writer.write_event(Event::Text(BytesText::new(&metadata.full_title())))
        }
        Event::Start(element) if element.name().as_ref() == b"navPoint" => {
            let order = points.next().copied().unwrap_or_default();
            writer.write_event(Event::Start(with_order(&element, order)?))
        }
        other => writer.write_event(other),
    })
}

fn is_depth(element: &BytesStart<'_>) -> bool {
    let name = element.try_get_attribute("name").ok().flatten();
    name.is_some_and(|name| name.value.as_ref() == b"dtb:depth")
}

fn with_order(element: &BytesStart<'_>, order: usize) -> io::Result<BytesStart<'static>> {
    let mut changed = BytesStart::new("navPoint");
    for attribute in element.attributes() {
        let attribute = attribute.map_err(io::Error::other)?;
        if attribute.key.as_ref() != b"playOrder" {
            changed.push_attribute(attribute);
        }
    }
    changed.push_attribute(("playOrder", order.to_string().as_str()));
    Ok(changed)
}

/// For each entry in order, the number of the place that it leads to, counted by first mention.
fn play_orders(xml: &str) -> Result<Vec<usize>> {
    let mut reader = Reader::from_str(xml);
    let mut orders = Vec::new();
    let mut open = Vec::new();
    let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
    loop {
        match reader.read_event().map_err(defect)? {
            Event::Eof => return Ok(orders),
            Event::Start(element) if element.name().as_ref() == b"navPoint" => {
                open.push(orders.len());
                orders.push(0);
            }
            Event::End(element) if element.name().as_ref() == b"navPoint" => {
                open.pop();
            }
            Event::Empty(element) if element.name().as_ref() == b"content" => {
                let source = element.try_get_attribute("src").map_err(defect)?;
                let place = source.map(|source| source.value.into_owned());
                let next = places.len() + 1;
                let order = *places.entry(place.unwrap_or_default()).or_insert(next);
                let entry = open.last().and_then(|&entry| orders.get_mut(entry));
                if let Some(entry) = entry {
                    *entry = order;
                }
            }
            _ => {}
        }
    }
}

/// How deep the entries nest.
fn depth(xml: &str) -> io::Result<usize> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut deepest) = (0usize, 1);
    loop {
        match reader.read_event().map_err(io::Error::other)? {
            Event::Eof => return Ok(deepest),
            Event::Start(element) if element.name().as_ref() == b"navPoint" => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Event::End(element) if element.name().as_ref() == b"navPoint" => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
}
