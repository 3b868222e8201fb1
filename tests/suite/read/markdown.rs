//! Markdown: metadata of every kind, and the forms that CommonMark does not know.

mod bodies;
mod forms;
mod makers;
mod metadata;
mod programs;
mod properties;

use super::{article, codes, read, read_source, sniff};
use crate::understanding::{Converted, converted};
use offprint::model::{Entry, Markup, Sites};
use offprint::reader::{Confidence, Markdown, MemorySource, ReadOptions};
use offprint::settings::CleanSettings;

/// The entry of a text, and the codes of its warnings.
fn markdown(text: &str) -> Entry {
    article(&Markdown, text.as_bytes()).0
}

/// The entry of a file of this path.
fn at(path: &str, text: &str) -> Entry {
    let source = MemorySource::new(path, text.as_bytes());
    let mut reading = read_source(&Markdown, &source, ReadOptions::default());
    reading.entries.pop().expect("an entry")
}

fn html(entry: &Entry) -> &str {
    match &entry.markup {
        Markup::Article(html) => html,
        other => panic!("not an article's own markup: {other:?}"),
    }
}

/// The HTML that a body becomes, on one line.
fn body(text: &str) -> String {
    let entry = markdown(text);
    html(&entry)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn cleaned(entry: &Entry) -> Converted {
    let settings = CleanSettings::new(Sites::builtin());
    converted(entry, &settings)
}

/// An entry's text is the sentence that a file ends with, the entry knows its line, and the file is known by
/// its metadata.
fn assert_shines(entry: &Entry, text: &str) {
    assert_eq!(cleaned(entry).article.body.plain_text(), "It shines.");
    let before = text.split("It shines").next().unwrap();
    let lines = before.matches('\n').count();
    assert_eq!(entry.body_line as usize, lines + 1, "{text}");
    let sniffed = sniff(&Markdown, text.as_bytes(), "lamp.md");
    assert_eq!(sniffed, Confidence::Certain);
}

/// What a reader sees of a text.
fn shown(text: &str) -> String {
    cleaned(&markdown(text)).article.body.plain_text()
}
