//! What holds for every archive.

use super::library::{Opened, elements, publication, settings, write};
use crate::strategies;
use offprint::model::{Address, Article, Pictures, is_invisible, plain_text};
use offprint::settings::{BookSettings, GroupBy, Split};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;

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
        settings.get_mut::<BookSettings>().split = split;
        settings.get_mut::<BookSettings>().max_size = max_size;
        if by_source {
            settings.get_mut::<BookSettings>().group_by = GroupBy::Source;
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

    /// Every document is XML by another parser, and there is nothing for the checker to find.
    #[test]
    fn the_checker_finds_nothing(
        articles in strategies::archive(),
        split in splits(),
        vertical: bool,
        by_source: bool,
    ) {
        let (mut settings, mut publication) = (settings(), publication());
        settings.get_mut::<BookSettings>().split = split;
        settings.get_mut::<BookSettings>().vertical = vertical;
        if by_source {
            settings.get_mut::<BookSettings>().group_by = GroupBy::Source;
        }
        publication.base = Address::parse("https://books.example/shelf/");
        let files = write(articles, &Pictures::default(), &publication, &settings, 2);
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &files {
            fs::write(folder.path().join(name), bytes).unwrap();
            if name.ends_with(".epub") {
                let book = Opened::new(bytes);
                let documents = [".xhtml", ".opf", ".ncx", ".xml"];
                let documents = book.names.iter().filter(|name| documents.iter().any(|end| name.ends_with(end)));
                for document in documents {
                    let text = String::from_utf8(book.bytes(document)).unwrap();
                    prop_assert!(parsed(&text).is_ok(), "{}", document);
                }
            }
        }
        if files.is_empty() {
            return Ok(());
        }
        let findings = offprint_check::folder(folder.path()).unwrap().findings;
        prop_assert!(findings.is_empty(), "{}", findings[0]);
    }

    /// The catalogue for e-readers has every volume once, the newest first, under the id that the
    /// volume gives itself.
    #[test]
    fn the_catalogue_leads_to_every_volume(articles in strategies::archive(), split in splits()) {
        let (mut settings, mut publication) = (settings(), publication());
        settings.get_mut::<BookSettings>().split = split;
        publication.base = Address::parse("https://books.example/shelf/");
        let files = write(articles, &Pictures::default(), &publication, &settings, 1);
        let volumes = files.keys().filter(|name| name.ends_with(".epub"));
        let volumes: BTreeSet<&str> = volumes.map(String::as_str).collect();
        let Some(text) = files.get("opds.xml") else {
            prop_assert!(volumes.is_empty());
            return Ok(());
        };
        let text = String::from_utf8(text.clone()).unwrap();
        let catalogue = parsed(&text).unwrap();
        let mut led_to = BTreeSet::new();
        for entry in catalogue.descendants().filter(|node| node.has_tag_name((ATOM, "entry"))) {
            let child = |name: &str| entry.children().find(|node| node.has_tag_name((ATOM, name)));
            let link = |kind: &str| {
                let mut links = entry.children().filter(|node| node.has_tag_name((ATOM, "link")));
                let link = links.find(|link| link.attribute("type") == Some(kind)).unwrap();
                link.attribute("href").unwrap().strip_prefix("https://books.example/shelf/").unwrap().to_owned()
            };
            let file = link("application/epub+zip");
            prop_assert!(files.contains_key(&link("image/jpeg")));
            let book = Opened::new(&files[&file]);
            let id = child("id").and_then(|id| id.text()).unwrap();
            prop_assert!(book.package().contains(id), "{} has another id than {}", file, id);
            prop_assert!(led_to.insert(file));
        }
        prop_assert!(led_to.iter().map(String::as_str).eq(volumes), "{:?}", led_to);
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

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A document read by a parser that the writers do not use. Only the plainest document type may stand
/// before it: HTML's own.
fn parsed(text: &str) -> Result<roxmltree::Document<'_>, roxmltree::Error> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    roxmltree::Document::parse_with_options(text, options)
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
    for node in fragment.root_element().descendants() {
        // What stands for a formula is a line of it; its parts have their meaning from their places.
        let element = node.value().as_element();
        if let Some(line) = element.and_then(|element| element.attr("alttext")) {
            text.push_str(line);
        }
        let in_formula = |inner: &scraper::ElementRef<'_>| inner.value().name() == "math";
        let mut around = node.ancestors().filter_map(scraper::ElementRef::wrap);
        if let Some(piece) = node.value().as_text()
            && !around.any(|inner| in_formula(&inner))
        {
            text.push_str(piece);
        }
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
