//! What holds for every archive.

use super::library::{Opened, elements, publication, settings, write};
use crate::strategies;
use offprint::model::{Article, Pictures, is_invisible, plain_text};
use offprint::write::{GroupBy, Split};
use proptest::prelude::*;

fn splits() -> impl Strategy<Value = Split> {
    prop::sample::select(vec![
        Split::Never,
        Split::Year,
        Split::Month,
        Split::Week,
        Split::Day,
        Split::Size,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every volume is whole, every article is in exactly one, and the bytes depend on neither the
    /// window nor the order of the work.
    #[test]
    fn every_archive_makes_whole_books(
        articles in strategies::archive(),
        split in splits(),
        by_source: bool,
        max_size in prop::option::of(20_000_u64..200_000),
    ) {
        let mut settings = settings();
        settings.book.split = split;
        settings.book.max_size = max_size;
        if by_source {
            settings.book.group_by = GroupBy::Source;
        }
        let count = articles.len();
        let make = |articles: Vec<Article>, window| {
            write(articles, &Pictures::default(), &publication(), &settings, window)
        };
        let files = make(articles.clone(), 1);
        let mut reversed = articles;
        reversed.reverse();
        prop_assert_eq!(&files, &make(reversed, 3));
        let mut entries = 0;
        for (name, bytes) in &files {
            if name.ends_with(".epub") {
                let book = Opened::new(bytes);
                book.check();
                let first = |path: &&&str| book.text(path).contains("<h1>");
                entries += book.chapters().iter().filter(first).count();
            }
        }
        prop_assert_eq!(entries, count);
    }

    /// The words of an article's paragraphs are in its chapter, in order.
    #[test]
    fn no_text_is_lost(article in strategies::article()) {
        let words = visible(&article.body.plain_text());
        let files = write(vec![article], &Pictures::default(), &publication(), &settings(), 1);
        let book = Opened::new(&files["archive.epub"]);
        let text = visible(&strip(&book.chapters().iter().map(|path| book.text(path)).collect::<String>()));
        let mut rest = text.chars();
        for c in words.chars() {
            prop_assert!(rest.any(|other| other == c), "{} is missing in {}", words, text);
        }
    }
}

/// The characters that take room.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_whitespace() && !is_invisible(c))
        .collect()
}

/// The text of markup, by a reader that is not the writer's.
fn strip(xml: &str) -> String {
    let mut text = String::new();
    let fragment = scraper::Html::parse_document(xml);
    for piece in fragment.root_element().text() {
        text.push_str(piece);
    }
    text
}

#[test]
fn the_headings_of_the_contents_are_those_of_the_text() {
    let mut blocks = Vec::new();
    for title in ["First <one>", "Second & last"] {
        blocks.push(super::samples::heading(title));
        blocks.push(super::samples::paragraph(&"Long text. ".repeat(800)));
    }
    let article = super::samples::article("https://news.example/a", "A", "2021-12-31T10:00:00Z");
    let article = super::samples::with(article, blocks);
    let titles: Vec<String> = article
        .body
        .blocks()
        .iter()
        .filter_map(|block| block.line().map(|line| plain_text(line).into_owned()))
        .filter(|line| line.len() < 20)
        .collect();
    let files = write(
        vec![article],
        &Pictures::default(),
        &publication(),
        &settings(),
        1,
    );
    let book = Opened::new(&files["archive.epub"]);
    let entries = elements(&book.text("nav.xhtml"), "a");
    let sections = entries
        .iter()
        .filter(|entry| entry["href"].contains("#section-"));
    assert_eq!(sections.count(), titles.len());
}
