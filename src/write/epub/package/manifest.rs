//! The manifest and the spine of the package document (EPUB 3.3, sections 5.6 and 5.7).
//!
//! `epub-builder` opens a compressor for every file that it is told of, which for a thousand
//! articles takes longer than to write them. So it hears of those documents only that begin an
//! entry of the contents; here the others are added to what it rendered, and the pictures.

use crate::model::MediaType;
use crate::write::epub::package::edit::{Xml, line_feed};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;

/// What the item of a document with formulas says (EPUB 3.3, section 5.6.2).
const FORMULAS: (&str, &str) = ("properties", "mathml");

/// The files of a book beside those that every book has.
pub(in crate::write::epub) struct Manifest<'volume> {
    /// All documents in reading order.
    documents: Vec<String>,
    /// Those of them that hold formulas.
    formulas: HashSet<String>,
    pictures: &'volume BTreeMap<String, MediaType>,
    /// The ids of the items that were in the manifest already, by path; those of others come from their
    /// paths ([`id_of`]).
    ids: HashMap<String, String>,
}

impl<'volume> Manifest<'volume> {
    /// Lists documents, in reading order, with those of them that hold formulas, and pictures.
    pub(in crate::write::epub) fn new(
        documents: Vec<String>,
        formulas: HashSet<String>,
        pictures: &'volume BTreeMap<String, MediaType>,
    ) -> Self {
        Manifest {
            documents,
            formulas,
            pictures,
            ids: HashMap::new(),
        }
    }

    /// How many bytes the missing items take, about.
    pub(in crate::write::epub) fn size(&self) -> usize {
        let documents = self.documents.iter();
        documents
            .chain(self.pictures.keys())
            .map(|path| 3 * path.len() + 80)
            .sum()
    }

    /// Takes note of an item that is in the manifest already, and completes it.
    pub(in crate::write::epub) fn note(&mut self, item: &mut BytesStart<'_>) -> io::Result<()> {
        let value = |name: &str| -> io::Result<Option<String>> {
            let attribute = item.try_get_attribute(name).map_err(io::Error::other)?;
            let decoder = item.decoder();
            let value = attribute
                .map(|one| one.decoded_and_normalized_value(XmlVersion::Explicit1_0, decoder));
            let value = value.transpose().map_err(io::Error::other)?;
            Ok(value.map(|value| value.into_owned()))
        };
        if let (Some(path), Some(id)) = (value("href")?, value("id")?) {
            if self.formulas.contains(&path) {
                item.push_attribute(FORMULAS);
            }
            self.ids.insert(path, id);
        }
        Ok(())
    }

    /// Writes the items that are missing.
    pub(in crate::write::epub) fn add_items(&self, writer: &mut Xml) -> io::Result<()> {
        let documents = self
            .documents
            .iter()
            .map(|path| (path, "application/xhtml+xml"));
        let pictures = self.pictures.iter().map(|(path, kind)| (path, kind.name()));
        for (path, media_type) in documents.chain(pictures) {
            if self.ids.contains_key(path) {
                continue;
            }
            let id = id_of(path);
            let attributes = [
                ("id", id.as_str()),
                ("href", path.as_str()),
                ("media-type", media_type),
            ];
            let mut item = BytesStart::new("item").with_attributes(attributes);
            if self.formulas.contains(path) {
                item.push_attribute(FORMULAS);
            }
            writer.write_event(Event::Empty(item))?;
            line_feed(writer)?;
        }
        Ok(())
    }

    /// Writes the reading order.
    pub(in crate::write::epub) fn add_references(&self, writer: &mut Xml) -> io::Result<()> {
        line_feed(writer)?;
        for path in &self.documents {
            let id = match self.ids.get(path) {
                Some(id) => Cow::Borrowed(id),
                None => Cow::Owned(id_of(path)),
            };
            let reference = BytesStart::new("itemref").with_attributes([("idref", id.as_str())]);
            writer.write_event(Event::Empty(reference))?;
            line_feed(writer)?;
        }
        Ok(())
    }
}

/// An item's id, in the form that `epub-builder` gives its own. Paths are made of letters, digits,
/// hyphens, points and slashes, so that different ones stay different.
fn id_of(path: &str) -> String {
    format!("id_{}", path.replace('/', "_"))
}
