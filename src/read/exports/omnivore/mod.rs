//! Exports of Omnivore: metadata in batches of JSON, and the texts in files of their own beside them.

mod notes;

use super::highlights::marked;
use super::objects::{self, Element, Object, ObjectExport};
use crate::model::{Digest, Entry, Format, Markup};
use crate::read::json::array::Array;
use crate::read::{Locator, MOST_BYTES, Source};
use std::path::Path;

/// Reads exports of Omnivore: each item of a `metadata_…json` with its text in `content/`, in which is marked
/// what `highlights/` has of it.
pub struct Omnivore;

static FORMAT: Format = Format {
    name: "omnivore",
    description: "Exports of Omnivore: metadata_*.json with the texts in content/, unpacked or as ZIP",
    files: "metadata_*.json",
    options: &["from"],
};

impl ObjectExport for Omnivore {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn is_own(&self, begins: &str) -> bool {
        let keys = ["slug", "savedAt", "url"];
        begins.starts_with('[') && keys.iter().all(|key| objects::names(begins, key))
    }

    fn array(&self, _first: &str) -> Array {
        Array::Outermost
    }

    fn element(&self, object: &Object, source: &dyn Source, at: &Locator) -> Element {
        let Some(slug) = objects::text(object, "slug") else {
            return Element::Other;
        };
        let around = source.resources();
        let beside = |ending: &str| around.find(&format!("content/{}{ending}", reference(&slug)));
        let html = beside(".html").and_then(|text| text.bytes.read(MOST_BYTES).ok());
        let Some(html) = html.filter(|html| !html.trim_ascii().is_empty()) else {
            return Element::LeftOut(match beside(".pdf") {
                Some(_) => "they are PDFs",
                None => "their texts are not in content/ beside the metadata",
            });
        };
        let mut head = objects::head(source, at);
        head.title = objects::plain(object, "title");
        head.address = objects::text(object, "url");
        let times = ["publishedAt", "savedAt"];
        head.published = times.iter().find_map(|name| objects::time(object, name));
        head.authors = objects::plain(object, "author").into_iter().collect();
        head.summary = objects::plain(object, "description");
        head.tags = objects::texts(object, "labels", &["name"]);
        head.picture = objects::text(object, "thumbnail");
        let notes = around.find(&format!("highlights/{}.md", reference(&slug)));
        let notes = notes.and_then(|notes| notes.bytes.read(MOST_BYTES).ok());
        let notes = notes.unwrap_or_default();
        let digest = Digest::of_parts([&*html, &*notes]);
        let notes = notes::read(&String::from_utf8_lossy(&notes));
        let html = String::from_utf8_lossy(&html).into_owned();
        let entry = Entry {
            head,
            body_line: at.line,
            markup: Markup::Article(marked(html, &notes)),
            resources: around,
        };
        Element::Article(Box::new(entry), Some(digest))
    }

    fn reads_neighbours(&self) -> bool {
        true
    }

    fn advice(&self) -> &'static str {
        "keep content/ beside the metadata, as the export has it, or fetch the pages with `offprint pull`"
    }
}

/// A name as references have it: percent signs and what ends a path are encoded.
fn reference(name: &str) -> String {
    name.replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23")
}

/// Whether a file of this name holds metadata.
fn is_metadata(name: &str) -> bool {
    let numbers = name
        .strip_prefix("metadata_")
        .and_then(|rest| rest.strip_suffix(".json"))
        .and_then(|rest| rest.split_once("_to_"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(from, to)| is_number(from) && is_number(to))
}

/// The folders whose files are parts of an export whose metadata is this file: of texts, and of
/// highlights.
pub(in crate::read) fn folders_beside(file: &Path) -> Option<[std::path::PathBuf; 2]> {
    let name = file.file_name()?.to_str()?;
    let folder = file.parent()?;
    is_metadata(name).then(|| ["content", "highlights"].map(|name| folder.join(name)))
}
