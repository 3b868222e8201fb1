//! What holds for the feeds of every archive.

use super::publish::Archive;
use super::reading::{self, Seen, elements};
use crate::strategies::{self, in_order};
use offprint::model::{Address, Article, Timestamp, is_invisible};
use offprint::settings::{FeedArchive, FeedContent, FeedSettings};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;

/// What programs should see of an article in a feed.
fn expected(article: &Article) -> Seen {
    let time = |time: Timestamp| {
        let seconds = chrono::DateTime::from_timestamp(time.millis().div_euclid(1000), 0).unwrap();
        seconds.to_rfc3339()
    };
    let authors: Vec<String> = article.authors.iter().map(ToString::to_string).collect();
    let stand_in = match article.source.name.as_str() {
        "" => "剪报 & 旧闻",
        name => name,
    };
    Seen {
        id: article.id.as_str().to_owned(),
        title: article.title.to_string(),
        link: article.address.as_ref().map(ToString::to_string),
        published: article.published.map(time),
        html: None,
        summary: Some(article.summary.to_string()).filter(|_| !article.summary.is_blank()),
        authors: if authors.is_empty() {
            vec![stand_in.to_owned()]
        } else {
            authors
        },
        tags: article.tags.iter().map(ToString::to_string).collect(),
    }
}

/// Newest first, of the same time by id, undated last.
fn newest_first(articles: &[Article]) -> Vec<Article> {
    let mut articles = articles.to_vec();
    in_order(&mut articles);
    articles.sort_by_key(|article| std::cmp::Reverse(article.published));
    articles
}

fn without_html(seen: Vec<Seen>) -> Vec<Seen> {
    seen.into_iter()
        .map(|seen| Seen { html: None, ..seen })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_reader_sees_every_article_in_every_format(articles in strategies::archive()) {
        let expected: Vec<Seen> = newest_first(&articles).iter().map(expected).collect();
        let published = Archive::of(articles).publish();
        let (_, atom) = reading::atom(published.file("atom.xml"));
        let (_, json) = reading::json(published.file("feed.json"));
        let (_, rss) = reading::rss(published.file("rss.xml"));
        for ((atom, json), rss) in atom.iter().zip(&json).zip(&rss) {
            prop_assert_eq!(&atom.html, &json.html);
            let rss = rss.html.as_ref().or(rss.summary.as_ref().filter(|_| json.summary.is_none()));
            prop_assert_eq!(rss, json.html.as_ref());
        }
        prop_assert_eq!(without_html(atom), without_html(json));
        let rss = without_html(rss);
        prop_assert_eq!(rss.len(), expected.len());
        for (seen, expected) in rss.into_iter().zip(expected) {
            prop_assert_eq!(seen.id, expected.id);
            prop_assert_eq!(seen.title, expected.title);
            prop_assert_eq!(seen.link, expected.link);
            prop_assert_eq!(seen.published, expected.published);
            prop_assert_eq!(seen.authors, expected.authors);
            prop_assert_eq!(seen.tags, expected.tags);
        }
    }

    #[test]
    fn the_order_of_the_input_makes_no_difference(articles in strategies::archive()) {
        let backwards = articles.iter().rev().cloned().collect();
        let (one, other) = (Archive::of(articles).publish(), Archive::of(backwards).publish());
        prop_assert_eq!(one.files, other.files);
    }

    #[test]
    fn every_address_is_absolute_and_nothing_runs(articles in strategies::archive()) {
        let published = Archive::of(articles).publish();
        let (_, json) = reading::json(published.file("feed.json"));
        let mut ids = BTreeSet::new();
        for item in json {
            let (html, has_page) = (item.html.unwrap_or_default(), item.link.is_some());
            let (elements, _) = elements(&format!("<div>{html}</div>"));
            for element in elements {
                let active = ["script", "style", "iframe", "object", "form", "link", "meta"];
                prop_assert!(!active.contains(&element.name.as_str()));
                for (name, value) in &element.attributes {
                    prop_assert!(!name.starts_with("on"));
                    // How the cells of a table are aligned, and nothing else.
                    let aligns = ["start", "center", "end", "left", "right", "justify"]
                        .map(|side| format!("text-align: {side}"));
                    prop_assert!(name != "style" || aligns.contains(value), "{}", value);
                    if name == "id" {
                        prop_assert!(!has_page && ids.insert(value.clone()), "{}", value);
                    }
                    let within = value.strip_prefix('#').filter(|_| !has_page);
                    if let Some(id) = within {
                        prop_assert!(html.contains(&format!("id=\"{id}\"")), "{}", value);
                    } else if name == "href" || name == "src" {
                        prop_assert!(Address::parse(value).is_some(), "{}", value);
                    }
                }
            }
        }
    }

    /// Whatever is asked for: XML by another parser, JSON, and nothing for the checker to find.
    #[test]
    fn the_checker_finds_nothing(archive in archives(), window in 1_usize..5) {
        let published = archive.publish_in_windows(window);
        prop_assert_eq!(&published.files, &archive.publish().files);
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &published.files {
            if name.ends_with(".json") {
                prop_assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{}", name);
            } else {
                prop_assert!(roxmltree::Document::parse(text).is_ok(), "{}", name);
            }
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let findings = offprint_check::folder(folder.path()).unwrap().findings;
        prop_assert!(findings.is_empty(), "{}", findings[0]);
    }

    /// Every article is in some document, in no two of the history and in no two of the sources',
    /// and no document has it twice.
    #[test]
    fn every_article_has_its_places(archive in archives()) {
        let published = archive.publish();
        let all: BTreeSet<String> =
            archive.articles.iter().map(|article| article.id.as_str().to_owned()).collect();
        let settings = archive.settings.get::<FeedSettings>();
        for (name, ids) in FORMATS {
            let newest = distinct(ids(published.file(name)))?;
            let below = |folder: &str| {
                let texts = published.files.iter().filter(|(path, _)| path.starts_with(folder));
                texts.filter(|(path, _)| path.ends_with(name) || folder != "source/")
                    .flat_map(|(_, text)| ids(text))
                    .collect()
            };
            let stem = name.split('.').next().unwrap();
            let history = distinct(below(&format!("archive/{stem}-")))?;
            let sources = distinct(below("source/"))?;
            if settings.archive != FeedArchive::None && stem != "feed" {
                let seen: BTreeSet<String> = newest.union(&history).cloned().collect();
                prop_assert_eq!(&seen, &all, "{}", name);
            }
            let items = settings.items.unwrap_or(all.len());
            prop_assert_eq!(newest.len(), items.min(all.len()), "{}", name);
            if settings.by_source && settings.items.is_none() {
                prop_assert_eq!(&sources, &all, "{}", name);
            }
        }
    }

    /// The words of an article are in its item, in order, whatever the format.
    #[test]
    fn no_text_is_lost(article in strategies::article()) {
        let words = visible(&article.body.plain_text());
        let published = Archive::of(vec![article]).publish();
        let (_, mut seen) = reading::json(published.file("feed.json"));
        let html = seen.remove(0).html.unwrap_or_default();
        let (_, text) = elements(&format!("<div>{html}</div>"));
        let text = visible(&text);
        let mut rest = text.chars();
        for c in words.chars() {
            prop_assert!(rest.any(|other| other == c), "{} is missing in {}", words, text);
        }
    }

    /// The list of feeds names every subscription document once, by an address that is there.
    #[test]
    fn the_outline_leads_to_every_feed(archive in archives()) {
        let published = archive.publish();
        let outline = roxmltree::Document::parse(published.file("feeds.opml")).unwrap();
        let outlines = outline.descendants().filter(|node| node.has_tag_name("outline"));
        let base = archive.publication.base.as_ref().unwrap().as_str();
        let mut led_to = BTreeSet::new();
        for outline in outlines {
            let address = outline.attribute("xmlUrl").unwrap();
            let name = percent_encoding::percent_decode_str(address.strip_prefix(base).unwrap());
            let name = name.decode_utf8().unwrap().into_owned();
            prop_assert!(published.files.contains_key(&name), "{}", name);
            prop_assert!(!outline.attribute("text").unwrap_or_default().is_empty());
            prop_assert!(led_to.insert(name));
        }
        let feeds = published.files.keys().filter(|name| name.ends_with("atom.xml"));
        prop_assert!(led_to.iter().eq(feeds), "{:?}", led_to);
    }
}

/// Archives of articles and wishes of every kind.
fn archives() -> impl Strategy<Value = Archive> {
    let periods = prop::sample::select(vec![
        FeedArchive::None,
        FeedArchive::Month,
        FeedArchive::Year,
        FeedArchive::Week,
        FeedArchive::Day,
    ]);
    let content = prop::sample::select(vec![FeedContent::Full, FeedContent::Summary]);
    let items = prop::option::of(1_usize..4);
    (
        strategies::archive(),
        periods,
        content,
        items,
        any::<bool>(),
    )
        .prop_map(|(articles, archive, content, items, by_source)| {
            let mut made = Archive::of(articles);
            made.settings.get_mut::<FeedSettings>().archive = archive;
            made.settings.get_mut::<FeedSettings>().content = content;
            made.settings.get_mut::<FeedSettings>().items = items;
            made.settings.get_mut::<FeedSettings>().by_source = by_source;
            made
        })
}

/// Finds the ids in a document.
type Ids = fn(&str) -> Vec<String>;

/// The name of each format's subscription document, and how a reader finds the ids in one.
const FORMATS: [(&str, Ids); 3] = [
    ("rss.xml", |text| ids(reading::rss(text).1)),
    ("atom.xml", |text| ids(reading::atom(text).1)),
    ("feed.json", |text| ids(reading::json(text).1)),
];

fn ids(seen: Vec<Seen>) -> Vec<String> {
    seen.into_iter().map(|seen| seen.id).collect()
}

fn distinct(ids: Vec<String>) -> Result<BTreeSet<String>, TestCaseError> {
    let set: BTreeSet<String> = ids.iter().cloned().collect();
    prop_assert_eq!(set.len(), ids.len(), "an article stands twice: {:?}", ids);
    Ok(set)
}

/// The characters that take room.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_whitespace() && !is_invisible(c))
        .collect()
}
