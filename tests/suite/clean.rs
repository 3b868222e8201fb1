//! Cleaning of article texts: from markup to the tree of blocks.

mod absent_articles;
mod authors;
mod blocks;
mod boxes;
mod captions;
mod credits;
mod drawings;
mod films;
mod formulas;
mod headings;
mod hidden;
mod hostile;
mod kinds;
mod lazy;
mod lines;
mod links;
mod listings;
mod lists;
mod metadata;
mod notes;
mod offers;
mod page_ends;
mod page_parts;
mod pages;
mod parsing;
mod pictures;
mod properties;
mod seen_formulas;
mod sketch;
mod tables;
mod text_ends;

use crate::understanding::{Text, text};
use offprint::model::Markup;

/// Cleans an article's own HTML, read at `https://news.example/world/story.html`.
fn clean(html: &str) -> Text {
    clean_as(&Markup::Article(html.to_owned()), "A title")
}

/// Cleans markup of an article with a title.
fn clean_as(markup: &Markup, title: &str) -> Text {
    text(markup, title, Some("https://news.example/world/story.html"))
}

/// The tree that an article's own HTML becomes, as indented lines.
fn sketch(html: &str) -> String {
    sketch::sketch(clean(html).blocks.blocks())
}
