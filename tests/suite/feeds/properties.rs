//! What holds for the feeds of every archive.

use super::publish::Archive;
use super::reading::{self, Seen, elements};
use crate::strategies::{self, in_order};
use offprint::model::{Address, Article, Timestamp};
use proptest::prelude::*;

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
        for html in json.into_iter().filter_map(|item| item.html) {
            let (elements, _) = elements(&format!("<div>{html}</div>"));
            for element in elements {
                let active = ["script", "style", "iframe", "object", "form", "link", "meta"];
                prop_assert!(!active.contains(&element.name.as_str()));
                for (name, value) in &element.attributes {
                    prop_assert!(!name.starts_with("on") && name != "style" && name != "id");
                    if name == "href" || name == "src" {
                        prop_assert!(Address::parse(value).is_some(), "{}", value);
                    }
                }
            }
        }
    }
}
