//! The tables of a site that say who wrote a post and what it is about.

use super::number_or_text;
use crate::model::Digest;
use crate::read::Source;
use crate::read::exports::objects::{self, Object};
use crate::read::json::array::{self, Array};
use crate::read::source::held::Weigh;
use std::collections::HashMap;
use std::io;

/// The most rows of a table that are kept, and the longest of them in bytes.
const MOST_ROWS: usize = 500_000;
const LONGEST_ROW: u64 = 64 * 1024;

/// Names of tags and authors by post.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tags: HashMap<String, String>,
    authors: HashMap<String, String>,
    /// The keys of each post's tags and authors, with their places in its list.
    tags_of: HashMap<String, Vec<(u64, String)>>,
    authors_of: HashMap<String, Vec<(u64, String)>>,
}

/// What the tables say of a post.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) tags: Vec<String>,
    pub(super) authors: Vec<String>,
}

impl Joined {
    /// A digest of the names: a tag may be renamed where the post stays as it is.
    pub(super) fn digest(&self) -> Digest {
        let names = self.tags.join("\n") + "\n\n" + &self.authors.join("\n");
        Digest::of(names.as_bytes())
    }
}

impl Tables {
    /// Reads the tables of an export.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(super) fn read(source: &dyn Source) -> io::Result<Self> {
        let mut tables = Tables::default();
        rows(source, "tags", &mut |row| {
            // Tags that begin with `#` are the author's own marks.
            let name = objects::plain(row, "name").filter(|name| !name.starts_with('#'));
            insert(&mut tables.tags, row, name);
        })?;
        rows(source, "users", &mut |row| {
            insert(&mut tables.authors, row, objects::plain(row, "name"));
        })?;
        rows(source, "posts_tags", &mut |row| {
            join(&mut tables.tags_of, row, "tag_id");
        })?;
        rows(source, "posts_authors", &mut |row| {
            join(&mut tables.authors_of, row, "author_id");
        })?;
        for keys in tables.tags_of.values_mut() {
            keys.sort();
        }
        for keys in tables.authors_of.values_mut() {
            keys.sort();
        }
        Ok(tables)
    }

    /// What the tables say of a post.
    pub(super) fn of(&self, post: &Object) -> Joined {
        let Some(id) = number_or_text(post, "id") else {
            return Joined::default();
        };
        let names = |keys: Option<&Vec<(u64, String)>>, names: &HashMap<String, String>| {
            let keys = keys.into_iter().flatten();
            let found = keys.filter_map(|(_, key)| names.get(key).cloned());
            found.collect::<Vec<_>>()
        };
        let mut authors = names(self.authors_of.get(&id), &self.authors);
        if authors.is_empty() {
            // Before posts had several authors.
            let own = number_or_text(post, "author_id");
            authors.extend(own.and_then(|key| self.authors.get(&key).cloned()));
        }
        Joined {
            tags: names(self.tags_of.get(&id), &self.tags),
            authors,
        }
    }
}

impl Weigh for Tables {
    fn weight(&self) -> usize {
        let names = [&self.tags, &self.authors].map(HashMap::len);
        let joined = [&self.tags_of, &self.authors_of].map(|table| {
            table
                .values()
                .map(|keys| 80 + 60 * keys.len())
                .sum::<usize>()
        });
        names.iter().sum::<usize>() * 120 + joined.iter().sum::<usize>()
    }
}

/// Gives the rows of a table.
fn rows(source: &dyn Source, table: &'static str, each: &mut dyn FnMut(&Object)) -> io::Result<()> {
    let mut count = 0;
    array::items(source, Array::Within(table), &mut |place| {
        count += 1;
        if count > MOST_ROWS || place.span.length > LONGEST_ROW {
            return;
        }
        let bytes = source.bytes(place.span).unwrap_or_default();
        if let Some(row) = objects::object(&bytes) {
            each(&row.all);
        }
    })?;
    Ok(())
}

fn insert(names: &mut HashMap<String, String>, row: &Object, name: Option<String>) {
    if let (Some(id), Some(name)) = (number_or_text(row, "id"), name) {
        names.insert(id, name);
    }
}

fn join(table: &mut HashMap<String, Vec<(u64, String)>>, row: &Object, key: &str) {
    let post = number_or_text(row, "post_id");
    if let (Some(post), Some(key)) = (post, number_or_text(row, key)) {
        let order = row.get("sort_order").and_then(serde_json::Value::as_u64);
        let keys = table.entry(post).or_default();
        keys.push((order.unwrap_or_default(), key));
    }
}
