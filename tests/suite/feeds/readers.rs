//! What a reader that others made (feed-rs) sees of the feeds.

use super::publish::{Archive, Published};
use super::reading::elements;
use super::samples;
use crate::strategies;
use feed_rs::model::{Entry, Feed, FeedType};
use offprint::model::{Article, Timestamp};
use proptest::prelude::*;

const NAMES: [&str; 3] = ["rss.xml", "atom.xml", "feed.json"];

fn read(published: &Published, name: &str) -> Feed {
    feed_rs::parser::parse(published.file(name).as_bytes()).unwrap()
}

/// What has to be the same in every format.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    id: String,
    title: String,
    published: Option<i64>,
    text: String,
}

/// The visible text of some HTML, without white space.
fn visible(html: &str) -> String {
    let (_, text) = elements(&format!("<div>{html}</div>"));
    text.split_whitespace().collect()
}

/// Descriptions of RSS are HTML; the summaries of the others are plain text.
fn shown(entry: &Entry, kind: &FeedType) -> Shown {
    let content = entry.content.as_ref();
    let body = content.and_then(|content| content.body.as_deref());
    let html = content.is_some_and(|content| content.content_type.as_str() == "text/html");
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let html_summary = *kind == FeedType::RSS2;
    let plain = |text: &str| text.split_whitespace().collect();
    let text = match (body, summary) {
        (Some(body), _) if html => visible(body),
        (Some(body), _) => plain(body),
        (None, Some(summary)) if html_summary => visible(summary),
        (None, Some(summary)) => plain(summary),
        (None, None) => String::new(),
    };
    let title = entry.title.as_ref().map(|title| title.content.clone());
    Shown {
        id: entry.id.clone(),
        title: title.unwrap_or_default(),
        published: entry.published.map(|time| time.timestamp()),
        text,
    }
}

fn all_shown(published: &Published) -> [Vec<Shown>; 3] {
    NAMES.map(|name| {
        let feed = read(published, name);
        let entries = feed.entries.iter();
        entries.map(|entry| shown(entry, &feed.feed_type)).collect()
    })
}

#[test]
fn feed_rs_sees_all_facts_of_the_sample_archive() {
    let (articles, pictures) = samples::archive();
    let mut archive = Archive::of(articles);
    archive.pictures = pictures;
    archive.icon = true;
    let published = archive.publish();
    for name in NAMES {
        let feed = read(&published, name);
        assert_eq!(feed.title.unwrap().content, "剪报 & 旧闻", "{name}");
        assert_eq!(feed.language.as_deref().unwrap().to_lowercase(), "zh-hans");
        assert_eq!(feed.entries.len(), 3);
        let entry = &feed.entries[0];
        let authors: Vec<&str> = entry
            .authors
            .iter()
            .map(|author| author.name.as_deref().unwrap())
            .collect();
        assert_eq!(authors, ["林一", "周二"], "{name}");
        let terms: Vec<&str> = entry
            .categories
            .iter()
            .map(|tag| tag.term.as_str())
            .collect();
        assert_eq!(terms, ["茶", "R&D"], "{name}");
        let picture = "https://proxy.example/?url=pictures.example/harvest.jpg&w=600";
        let linked = entry.links.iter().any(|link| link.href == picture);
        let attached = entry
            .media
            .iter()
            .flat_map(|media| &media.content)
            .any(|content| {
                content
                    .url
                    .as_ref()
                    .is_some_and(|url| url.as_str() == picture)
            });
        assert!(linked || attached, "{name}: {entry:?}");
    }
    let rss = read(&published, "rss.xml");
    let media = rss.entries[0].media.iter().flat_map(|media| &media.content);
    let sizes: Vec<_> = media
        .map(|content| (content.size, content.width, content.height))
        .collect();
    assert!(
        sizes.contains(&(Some(34_567), Some(1200), Some(800))),
        "{sizes:?}"
    );
    let icon = rss.logo.or(rss.icon).unwrap();
    assert_eq!((icon.width, icon.height), (Some(144), Some(144)));
}

/// JSON Feed insists on a text; an article without one has its title there, and so has an Atom
/// entry without a link.
fn without_stand_in(items: Vec<Shown>) -> Vec<Shown> {
    let title = |item: &Shown| item.title.split_whitespace().collect::<String>();
    let without = |mut item: Shown| {
        if item.text == title(&item) {
            item.text.clear();
        }
        item
    };
    items.into_iter().map(without).collect()
}

fn expected(article: &Article) -> (String, Option<i64>) {
    let seconds = |time: Timestamp| time.millis().div_euclid(1000);
    (
        article.id.as_str().to_owned(),
        article.published.map(seconds),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn feed_rs_sees_the_same_items_in_every_format(articles in strategies::archive()) {
        let published = Archive::of(articles.clone()).publish();
        let [rss, atom, json] = all_shown(&published).map(without_stand_in);
        prop_assert_eq!(&rss, &atom);
        prop_assert_eq!(&rss, &json);
        let mut expected: Vec<_> = articles.iter().map(expected).collect();
        let mut seen: Vec<_> = rss.iter().map(|item| (item.id.clone(), item.published)).collect();
        expected.sort();
        seen.sort();
        prop_assert_eq!(seen, expected);
    }
}
