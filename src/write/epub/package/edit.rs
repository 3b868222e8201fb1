//! Editing the XML of a document event by event.

use crate::error::Result;
use crate::write::epub::defect;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::io;

/// A document that is being written anew.
pub(in crate::write::epub) type Xml = Writer<Vec<u8>>;

/// Passes every event of `xml` to `edit`, which writes it, changed or not, and adds about so many
/// bytes.
pub(in crate::write::epub) fn edited(
    xml: &str,
    added: usize,
    mut edit: impl FnMut(&mut Xml, Event<'_>) -> io::Result<()>,
) -> Result<String> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::with_capacity(xml.len() + added));
    loop {
        match reader.read_event().map_err(defect)? {
            Event::Eof => break,
            event => edit(&mut writer, event).map_err(defect)?,
        }
    }
    String::from_utf8(writer.into_inner()).map_err(defect)
}

/// Writes a `meta` element of EPUB 2.
pub(in crate::write::epub) fn named(writer: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    let attributes = [("name", name), ("content", content)];
    let meta = BytesStart::new("meta").with_attributes(attributes);
    writer.write_event(Event::Empty(meta))?;
    line_feed(writer)
}

/// Writes an element with text.
pub(in crate::write::epub) fn element(
    writer: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
    writer.write_event(Event::Start(start))?;
    writer.write_event(Event::Text(BytesText::new(text)))?;
    writer.write_event(Event::End(BytesEnd::new(name)))?;
    line_feed(writer)
}

/// Ends a line between elements.
pub(in crate::write::epub) fn line_feed(writer: &mut Xml) -> io::Result<()> {
    writer.write_event(Event::Text(BytesText::new("\n")))
}
