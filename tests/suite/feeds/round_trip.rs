//! What feeds tell of articles, read again: links within them, the time of their last change.

use super::reading;
use crate::command::Place;
use std::collections::BTreeMap;

const FEEDS: [&str; 5] = [
    "--to",
    "rss,atom,json",
    "--base-url",
    "https://me.example/",
    "--offline",
];

/// The feeds of a run over the folder or file of this name.
fn feeds(place: &Place, input: &str, out: &str) -> BTreeMap<String, String> {
    let arguments = [&["build", input, "--out", out], FEEDS.as_slice()].concat();
    place.offprint(&arguments).assert().success();
    let texts = place.outputs(out).into_iter();
    texts
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

fn article(address: &str, html: &str) -> String {
    format!("<!--1640915226000-->\n[On the tides]({address})\n------\n\n{html}\n")
}

/// The references of the one item of each feed.
fn references(feeds: &BTreeMap<String, String>) -> [Vec<String>; 3] {
    [
        reading::rss(&feeds["rss.xml"]).1,
        reading::atom(&feeds["atom.xml"]).1,
        reading::json(&feeds["feed.json"]).1,
    ]
    .map(|items| {
        let html = items[0].html.as_deref().unwrap();
        let (elements, _) = reading::elements(&format!("<div>{html}</div>"));
        let references = elements.into_iter();
        references
            .filter_map(|mut element| element.attributes.remove("href"))
            .collect()
    })
}

#[test]
fn links_within_an_article_lead_to_its_page_by_the_names_found_there() {
    let page = "https://s.example/tides";
    for (name, written) in [
        ("fn1", "fn1"),
        ("fn:1", "fn:1"),
        ("特", "%E7%89%B9"),
        ("What next", "What%20next"),
        ("_ftn1", "_ftn1"),
    ] {
        let html = format!(
            "<p>The tide was high<sup id='back'><a href='#{name}'>1</a></sup> and the bridge shut; \
             see <a href='{page}#table'>the table</a>, <a href='#gone'>more</a>, <a href='#top'>up</a>.</p>\
             <table id='table'><tr><td>noon<td>4.1 m</table>\
             <ol><li id='{name}'>As each spring. <a href='#back'>back</a></ol>"
        );
        let place = Place::empty();
        place.write(
            "articles/tides.txt",
            article(&format!("{page}#news"), &html),
        );
        let first = feeds(&place, "articles", "first");
        let expected = [written, "table", "gone", "back"].map(|name| format!("{page}#{name}"));
        for found in references(&first) {
            assert_eq!(found, expected);
        }
        // The mark of the note stays out of the summary, wherever the article is read from.
        let (_, items) = reading::json(&first["feed.json"]);
        let summary = items[0].summary.as_deref().unwrap();
        assert!(summary.contains("high and"), "{summary}");
        for feed in ["atom.xml", "feed.json"] {
            let second = feeds(&place, &format!("first/{feed}"), &format!("from-{feed}"));
            assert_eq!(second["atom.xml"], first["atom.xml"], "{feed}");
            assert_eq!(second["feed.json"], first["feed.json"], "{feed}");
        }
    }
}

#[test]
fn without_an_address_links_within_an_article_stay_within_its_item() {
    let html = "<p>High<sup><a href='#n1'>1</a></sup>, <a href='#gone'>more</a>.</p>\
                <p>Low.</p><p id='n1'>As each spring.</p>";
    let place = Place::empty();
    for title in ["one", "two"] {
        let text = article("", html).replace("On the tides", title);
        place.write(&format!("articles/{title}.txt"), text);
    }
    let first = feeds(&place, "articles", "first");
    let (_, items) = reading::json(&first["feed.json"]);
    let mut targets = Vec::new();
    for item in &items {
        let html = item.html.as_deref().unwrap();
        let target = html.split("href=\"#").nth(1).unwrap();
        let target = target.split('"').next().unwrap();
        assert!(html.contains(&format!("<p id=\"{target}\">As each")));
        assert!(html.contains("more.") && html.matches("href").count() == 1);
        targets.push(target.to_owned());
    }
    assert_ne!(targets[0], targets[1]);
    let second = feeds(&place, "first/atom.xml", "second");
    assert_eq!(second["atom.xml"], first["atom.xml"]);
}

#[test]
fn a_page_that_its_fragment_names_has_no_places_of_its_own() {
    let html = "<p>High <a href='#n1'>1</a>, <a href='#gone'>more</a>.</p><p id='n1'>Note.</p>";
    let place = Place::empty();
    place.write(
        "articles/a.txt",
        article("https://s.example/#!/tides", html),
    );
    for found in references(&feeds(&place, "articles", "out")) {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("#note-1-"), "{found:?}");
    }
}

#[test]
fn rss_keeps_the_time_of_the_last_change() {
    for (updated, expected) in [
        ("2021-12-31T10:00:00Z", Some("2021-12-31T10:00:00Z")),
        ("2022-02-03T00:00:00+08:00", Some("2022-02-02T16:00:00Z")),
        ("2021-12-30T01:00:00Z", None),
    ] {
        let place = Place::empty();
        let head = format!(
            "---\ntitle: On the tides\ndate: 2021-12-30T01:00:00Z\nupdated: {updated}\n\
             permalink: https://s.example/tides\n---\n\nThe tide was high.\n"
        );
        place.write("articles/tides.md", head);
        let first = feeds(&place, "articles", "first");
        let has_element = first["rss.xml"].contains("<atom:updated>");
        assert_eq!(has_element, expected.is_some(), "{}", first["rss.xml"]);
        let (json, _) = reading::json(&first["feed.json"]);
        let again = feeds(&place, "first/rss.xml", "second");
        let (second, _) = reading::json(&again["feed.json"]);
        let changed = &second["items"][0]["date_modified"];
        if let Some(expected) = expected {
            assert_eq!(changed, expected);
            assert_eq!(*changed, json["items"][0]["date_modified"]);
        }
        assert_eq!(again["rss.xml"], first["rss.xml"]);
    }
}
