//! Exports of wallabag in JSON, of its first version and of the second.

use super::highlights::{Highlight, marked};
use super::objects::{self, Element, Object, ObjectExport};
use crate::model::{Entry, Format, Markup};
use crate::read::json::array::Array;
use crate::read::{Locator, Source};
use serde_json::Value;

/// Reads exports of wallabag, each entry as an article.
pub struct Wallabag;

static FORMAT: Format = Format {
    name: "wallabag",
    description: "Exports of wallabag in JSON, of versions 1 and 2; each entry is an article",
    files: "*.json",
    options: &["from"],
};

/// The longest text that wallabag leaves where it could not fetch a page, in bytes.
const LONGEST_FAILURE: usize = 600;

impl ObjectExport for Wallabag {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn is_own(&self, begins: &str) -> bool {
        let has = |keys: &[&str]| keys.iter().all(|key| objects::names(begins, key));
        // The first version names each member twice, by its number first, and a text that is longer
        // than what is looked at stands before the names.
        begins.starts_with('[')
            && (has(&["is_archived", "is_starred"])
                || has(&["is_read", "is_fav"])
                || has(&["0", "1", "2", "3", "4"]))
    }

    fn array(&self, _first: &str) -> Array {
        Array::Outermost
    }

    fn element(&self, object: &Object, source: &dyn Source, at: &Locator) -> Element {
        let content = objects::text(object, "content");
        let address = ["url", "given_url", "origin_url"];
        let address = address.iter().find_map(|name| objects::text(object, name));
        if content.is_none() && address.is_none() {
            return Element::Other;
        }
        let Some(content) = content.filter(|content| !is_failure(content)) else {
            return Element::LeftOut("wallabag could not fetch their texts");
        };
        let mut head = objects::head(source, at);
        head.title = objects::plain(object, "title");
        head.address = address;
        // When it was saved stands for a date that the page did not tell.
        let times = ["published_at", "created_at"];
        head.published = times.iter().find_map(|name| objects::time(object, name));
        head.authors = objects::texts(object, "published_by", &["name"]);
        head.language = objects::text(object, "language");
        head.tags = objects::texts(object, "tags", &["label", "slug"]);
        head.picture = objects::text(object, "preview_picture");
        let is_plain = objects::text(object, "mimetype").is_some_and(|kind| kind == "text/plain");
        Element::article(Entry {
            head,
            body_line: at.line,
            markup: match is_plain {
                true => Markup::Text(content),
                false => Markup::Article(marked(content, &annotations(object))),
            },
            resources: source.resources(),
        })
    }

    fn advice(&self) -> &'static str {
        "let wallabag fetch them again and export once more, or fetch the pages with `offprint pull`"
    }
}

/// What the user marked, and wrote about it.
fn annotations(object: &Object) -> Vec<Highlight> {
    let annotations = object.get("annotations").and_then(Value::as_array);
    let annotations = annotations
        .into_iter()
        .flatten()
        .filter_map(Value::as_object);
    let highlight = |annotation: &Object| {
        let remark = objects::plain(annotation, "text");
        Highlight {
            quote: objects::text(annotation, "quote").unwrap_or_default(),
            remark: remark.map_or_else(String::new, |remark| format!("<p>{remark}</p>\n")),
        }
    };
    annotations.map(highlight).collect()
}

/// Whether a text only says that wallabag could not fetch the page: in whatever language, it leads to
/// wallabag's own documentation.
fn is_failure(content: &str) -> bool {
    let lower = content.to_lowercase();
    content.len() < LONGEST_FAILURE
        && lower.contains("wallabag")
        && (lower.contains("doc.wallabag.org") || lower.contains("retrieve contents"))
}
