//! What is known of a book's files once each of them has been read.

use std::collections::HashMap;

/// What a reference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// A link that a person follows.
    Link,
    /// A picture.
    Picture,
    /// A style sheet, a font, or anything else that is fetched to show a document.
    Part,
}

/// An address in a file.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) usage: Use,
    pub(super) address: String,
    pub(super) line: Option<u32>,
}

/// What a document or a style sheet holds that others refer to, and refers to itself.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The ids with their places in the document's order.
    pub(super) ids: HashMap<String, usize>,
    pub(super) references: Vec<Reference>,
}

/// What is known of a book's files.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pub(super) documents: Vec<(String, Document)>,
    by_path: HashMap<String, usize>,
    pub(super) navigation: Option<Navigation>,
    pub(super) ncx: Option<Ncx>,
}

impl Resources {
    /// The document at a path.
    pub(super) fn document(&self, path: &str) -> Option<&Document> {
        let at = self.by_path.get(path)?;
        self.documents.get(*at).map(|(_, document)| document)
    }

    /// Takes note of a document.
    pub(super) fn keep(&mut self, path: &str, document: Document) {
        self.by_path.insert(path.to_owned(), self.documents.len());
        self.documents.push((path.to_owned(), document));
    }
}

/// The table of contents.
#[derive(Debug, Default)]
pub(super) struct Navigation {
    pub(super) entries: Vec<Entry>,
}

/// An entry of a table of contents.
#[derive(Debug)]
pub(super) struct Entry {
    /// From 1.
    pub(super) level: usize,
    pub(super) label: String,
    pub(super) address: Option<String>,
    pub(super) line: Option<u32>,
}

/// What an NCX says.
#[derive(Debug, Default)]
pub(super) struct Ncx {
    pub(super) identifier: Option<String>,
    pub(super) points: Vec<Point>,
}

/// An entry of an NCX.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) level: usize,
    pub(super) label: String,
    pub(super) address: Option<String>,
    pub(super) order: Option<String>,
    pub(super) line: Option<u32>,
}
