//! feed-reader FILE: what feed-rs sees in a feed, as a JSON list of {id, title, date, body}.

use feed_rs::model::Entry;
use serde_json::{Value, json};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("feed-reader FILE")?;
    let feed = feed_rs::parser::parse(std::fs::File::open(path)?)?;
    let items: Vec<Value> = feed.entries.into_iter().map(item).collect();
    serde_json::to_writer(std::io::stdout().lock(), &items)?;
    Ok(())
}

fn item(entry: Entry) -> Value {
    let date = entry.published.or(entry.updated);
    let summary = entry.summary.map(|summary| summary.content);
    let body = entry.content.and_then(|content| content.body).or(summary);
    json!({
        "id": entry.id,
        "title": entry.title.map(|title| title.content).unwrap_or_default(),
        "date": date.map(|date| date.to_rfc3339()),
        "body": body.unwrap_or_default(),
    })
}
