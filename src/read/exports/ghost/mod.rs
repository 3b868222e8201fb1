//! Exports of Ghost in JSON: the tables of a site's database, one of which holds the posts with their HTML.

mod tables;

use super::objects::{self, Element, Object, ObjectExport};
use crate::model::{Entry, Format, Markup};
use crate::read::json::array::Array;
use crate::read::source::held::Held;
use crate::read::{Locator, Source};
use tables::Tables;

/// Reads exports of Ghost: each published post and page.
///
/// Tags and authors stand in tables of their own, which are kept for the files that were read last.
#[derive(Default)]
pub struct Ghost {
    tables: Held<Tables>,
}

static FORMAT: Format = Format {
    name: "ghost",
    description: "Exports of Ghost in JSON; each published post is an article",
    files: "*.json",
    options: &["from"],
};

impl ObjectExport for Ghost {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn is_own(&self, begins: &str) -> bool {
        let has = |key: &str| objects::names(begins, key);
        begins.starts_with('{') && has("meta") && has("exported_on") && has("data")
    }

    fn array(&self, _first: &str) -> Array {
        // `data` is the outermost object, or stands in the list `db`.
        Array::Within("posts")
    }

    fn element(&self, object: &Object, source: &dyn Source, at: &Locator) -> Element {
        let text = |name: &str| objects::text(object, name);
        let (Some(status), Some(id)) = (text("status"), own_id(object)) else {
            return Element::Other;
        };
        if status != "published" && status != "sent" {
            return Element::LeftOut("they are drafts, or are to come");
        }
        let Some(html) = text("html") else {
            return Element::LeftOut("they have no HTML");
        };
        let tables = self.tables.of(source, || Tables::read(source)).ok();
        let joined = tables.map(|tables| tables.of(object)).unwrap_or_default();
        let digest = joined.digest();
        let mut head = objects::head(source, at);
        let time =
            |name: &str| objects::time(object, name).or_else(|| objects::epoch(object, name, 1000));
        head.published = time("published_at").or_else(|| time("created_at"));
        head.updated = time("updated_at").filter(|_| head.published.is_some());
        // The export does not say where the site is on the web.
        let day = head.published.map(|time| time.local.date().to_string());
        head.id = day.map(|day| format!("tag:ghost.org,{day}:{id}"));
        head.title = objects::plain(object, "title");
        head.address = text("canonical_url");
        head.summary = objects::plain(object, "custom_excerpt");
        head.language = text("locale").or_else(|| text("language"));
        head.picture = text("feature_image").or_else(|| text("image"));
        // What other programs get of Ghost by its API has the names in the post.
        let inner = |name| objects::texts(object, name, &["name"]);
        head.tags = Some(joined.tags)
            .filter(|tags| !tags.is_empty())
            .unwrap_or_else(|| inner("tags"));
        head.authors = Some(joined.authors)
            .filter(|authors| !authors.is_empty())
            .unwrap_or_else(|| inner("authors"));
        let entry = Entry {
            head,
            body_line: at.line,
            markup: Markup::Article(html),
            resources: source.resources(),
        };
        Element::Article(Box::new(entry), Some(digest))
    }

    fn advice(&self) -> &'static str {
        "publish them in Ghost and export once more, unless they are to be left out"
    }
}

/// The id of a post, which is a number in exports of the first versions.
fn own_id(object: &Object) -> Option<String> {
    objects::text(object, "uuid").or_else(|| number_or_text(object, "id"))
}

/// A key of a table: a text, or a number in exports of the first versions.
fn number_or_text(object: &Object, name: &str) -> Option<String> {
    let number = || object.get(name).and_then(serde_json::Value::as_u64);
    objects::text(object, name).or_else(|| number().map(|number| number.to_string()))
}
