//! Reading lists in JSON: Karakeep, Linkwarden, and lists of objects with an address.

use super::{Link, link, words};
use serde_json::Value;

/// The keys that an address stands under.
const ADDRESS: [&str; 7] = [
    "url",
    "href",
    "link",
    "uri",
    "given_url",
    "source_url",
    "article__url",
];
const TITLE: [&str; 6] = [
    "title",
    "name",
    "resolved_title",
    "given_title",
    "article__title",
    // Pinboard's title; other programs have one besides.
    "description",
];
const TIME: [&str; 9] = [
    "createdAt",
    "created_at",
    "time_added",
    "created",
    "savedAt",
    "timestamp",
    "dateAdded",
    "date_added",
    "time",
];

/// How deep objects are looked into.
const DEEPEST: usize = 8;

pub(super) fn links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    // One value, or one a line.
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    for value in values.map_while(Result::ok) {
        collect(&value, 0, &mut links);
    }
    links
}

/// Every object that has an address of its own, or whose `content` has.
fn collect(value: &Value, depth: usize, links: &mut Vec<Link>) {
    if depth > DEEPEST {
        return;
    }
    if let Value::Array(values) = value {
        return values
            .iter()
            .for_each(|value| collect(value, depth + 1, links));
    }
    let Value::Object(object) = value else { return };
    let content = object.get("content").unwrap_or(&Value::Null);
    let address = first(value, &ADDRESS).or_else(|| first(content, &ADDRESS));
    if let Some(address) = address {
        let title = first(value, &TITLE).or_else(|| first(content, &TITLE));
        links.extend(link(
            &address,
            title,
            first(value, &TIME).as_deref(),
            tags(value),
        ));
        return;
    }
    object
        .values()
        .for_each(|value| collect(value, depth + 1, links));
}

fn first(object: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match object.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Tags are texts, objects with a name, or one text with spaces or commas between them.
fn tags(object: &Value) -> Vec<String> {
    if let Some(text) = object.get("tags").and_then(Value::as_str) {
        let signs: &[char] = if text.contains(',') { &[','] } else { &[' '] };
        return words(text, signs);
    }
    let tags = object.get("tags").and_then(Value::as_array);
    let tag = |tag: &Value| {
        let text = tag.as_str().or_else(|| tag.get("name")?.as_str())?;
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    };
    tags.into_iter().flatten().filter_map(tag).collect()
}
