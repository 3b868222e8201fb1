//! Notes of the editor of blocks: their texts stand beside the post (`footnotes`), their marks within it.

use crate::read::feed::text::escaped_attribute;
use serde_json::Value;
use std::fmt::Write as _;

/// The field of a post that holds them.
pub(super) const KEY: &str = "footnotes";

/// The list that the site shows, from what the field holds: objects with an id and a content in HTML. Empty where
/// it holds none.
pub(super) fn html(field: &str) -> String {
    let Ok(Value::Array(notes)) = serde_json::from_str(field) else {
        return String::new();
    };
    let mut items = String::new();
    for note in &notes {
        let part = |name| note.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = escaped_attribute(part("id"));
        if !id.is_empty() {
            let content = part("content");
            let back = format!("<a href=\"#{id}-link\" class=\"footnote-return\">↩</a>");
            let _ = write!(items, "<li id=\"{id}\">{content} {back}</li>");
        }
    }
    match items.is_empty() {
        true => items,
        false => format!("\n<ol class=\"wp-block-footnotes\">{items}</ol>"),
    }
}
