//! A catalogue of books for e-readers that subscribe: an acquisition feed (OPDS 1.2, section 2.2),
//! which is an Atom feed with the links that such readers look for.

use super::xhtml::{escape_attribute, escape_text};
use crate::model::{Address, CleanText, Timestamp};

/// The file's name.
pub(super) const NAME: &str = "opds.xml";
const KIND: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";

/// What the catalogue says about itself.
#[derive(Debug)]
pub(super) struct Catalogue<'run> {
    pub(super) title: CleanText,
    /// An IRI that stays.
    pub(super) id: String,
    pub(super) author: &'run str,
    /// The address of the output folder, with a final slash.
    pub(super) base: &'run Address,
}

/// One book.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Book {
    pub(super) title: String,
    /// The book's identifier, as its package has it.
    pub(super) id: String,
    pub(super) author: String,
    pub(super) language: String,
    pub(super) updated: Timestamp,
    pub(super) issued: Option<Timestamp>,
    pub(super) summary: String,
    /// The file names of the book and its cover.
    pub(super) file: String,
    pub(super) cover: String,
}

impl Catalogue<'_> {
    /// The catalogue of some books, the newest first.
    pub(super) fn render(&self, books: &[Book]) -> String {
        let newest = books.iter().map(|book| book.updated).max();
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" \
             xmlns:dcterms=\"http://purl.org/dc/terms/\">\n",
        );
        element(&mut xml, "id", &self.id);
        element(&mut xml, "title", &self.title);
        element(
            &mut xml,
            "updated",
            &newest.unwrap_or(Timestamp::EPOCH).rfc3339(),
        );
        author(&mut xml, self.author);
        for relation in ["self", "start"] {
            link(&mut xml, relation, &self.address(NAME), KIND);
        }
        for book in books.iter().rev() {
            self.entry(&mut xml, book);
        }
        xml.push_str("</feed>\n");
        xml
    }

    fn entry(&self, xml: &mut String, book: &Book) {
        xml.push_str("<entry>\n");
        element(xml, "id", &book.id);
        element(xml, "title", &book.title);
        element(xml, "updated", &book.updated.rfc3339());
        author(xml, &book.author);
        element(xml, "dcterms:language", &book.language);
        if let Some(issued) = book.issued {
            element(xml, "dcterms:issued", &issued.rfc3339());
        }
        // Not a summary: an entry needs content where no page is its alternate (RFC 4287, 4.1.2).
        element(xml, "content", &book.summary);
        let file = self.address(&book.file);
        let acquisition = "http://opds-spec.org/acquisition/open-access";
        link(xml, acquisition, &file, "application/epub+zip");
        let cover = self.address(&book.cover);
        for relation in [
            "http://opds-spec.org/image",
            "http://opds-spec.org/image/thumbnail",
        ] {
            link(xml, relation, &cover, "image/jpeg");
        }
        xml.push_str("</entry>\n");
    }

    fn address(&self, file: &str) -> String {
        let address = self.base.join(file);
        address.map_or_else(|| file.to_owned(), |address| address.as_str().to_owned())
    }
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    escape_text(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}

fn author(xml: &mut String, name: &str) {
    xml.push_str("<author>");
    element(xml, "name", name);
    xml.push_str("</author>\n");
}

fn link(xml: &mut String, relation: &str, address: &str, media_type: &str) {
    xml.push_str("<link");
    for (name, value) in [("rel", relation), ("href", address), ("type", media_type)] {
        xml.push_str(&format!(" {name}=\""));
        escape_attribute(value, xml);
        xml.push('"');
    }
    xml.push_str("/>\n");
}
