//! Exports of Omnivore.

use crate::command::Place;
use std::fs;

/// Three items: a text, a PDF, and one whose text is missing.
pub const METADATA: &str = r#"[
  {
    "id": "20db074a-34e1-4f55-b0e9-161e36790001",
    "slug": "the-lamp-100%-192daf3a84e",
    "title": "The lamp & the fog",
    "description": "A short story.",
    "author": "Ada Keeper",
    "url": "https://a.example/lamp",
    "state": "Archived",
    "readingProgress": 0,
    "thumbnail": "https://a.example/lamp.jpg",
    "labels": ["lights"],
    "savedAt": "2021-12-31T16:30:11.000Z",
    "updatedAt": "2022-01-31T13:01:28.320Z",
    "publishedAt": "2021-12-30T16:30:11.000Z"
  },
  { "id": "2", "slug": "paper", "title": "A paper", "url": "https://a.example/paper.pdf", "savedAt": "2021-12-31T16:30:11.000Z" },
  { "id": "3", "slug": "gone", "title": "Gone", "url": "https://a.example/gone", "savedAt": "2021-12-31T16:30:11.000Z" }
]"#;

/// An unpacked export.
fn export() -> Place {
    let place = Place::empty();
    place.write("articles/metadata_0_to_20.json", METADATA);
    place.write(
        "articles/content/the-lamp-100%-192daf3a84e.html",
        "<div id=\"readability-page-1\"><p>It shines again, says the keeper of the harbour.</p></div>",
    );
    place.write("articles/content/paper.pdf", "%PDF-1.4");
    place.write(
        "articles/highlights/the-lamp-100%-192daf3a84e.md",
        "> It shines again",
    );
    place
}

#[test]
fn texts_beside_the_metadata_are_parts_of_it_and_no_articles_themselves() {
    let place = export();
    let report = place.report(&["-t", "json"]);
    let articles = &report["articles"];
    assert_eq!(
        (
            &articles["read"],
            &articles["written"],
            &articles["passed_over"]
        ),
        (&1.into(), &1.into(), &0.into())
    );
    let feed = fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    let item = &feed["items"][0];
    assert_eq!(item["title"], "The lamp & the fog");
    assert_eq!(item["url"], "https://a.example/lamp");
    assert_eq!(item["summary"], "A short story.");
    assert_eq!(item["date_published"], "2021-12-30T16:30:11Z");
    assert_eq!(item["tags"][0], "lights");
    let text = item["content_html"].as_str().unwrap();
    assert!(text.contains("keeper of the harbour"), "{text}");
}

#[test]
fn pdfs_and_lost_texts_are_told_once_each() {
    let report = export().report(&["-t", "json"]);
    let warnings = report["warnings"].as_array().unwrap();
    let told = |part: &str| {
        let told = warnings.iter().filter(|warning| {
            warning["code"] == "items-left-out"
                && warning["message"].as_str().unwrap().contains(part)
        });
        told.count()
    };
    assert_eq!((told("PDF"), told("not in content/")), (1, 1));
}

#[test]
fn a_text_that_changed_is_read_again_though_the_metadata_did_not() {
    let place = export();
    place.report(&["-t", "json"]);
    place.write(
        "articles/content/the-lamp-100%-192daf3a84e.html",
        "<p>It went out, says the keeper of the harbour.</p>",
    );
    place.report(&["-t", "json"]);
    let feed = fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    assert!(feed.contains("It went out"), "{feed}");
    place.write("articles/content/gone.html", "<p>Here it is.</p>");
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["read"], 2);
}

/// The text of the one article, once a file holds these highlights.
fn text_with(place: &Place, highlights: &str) -> String {
    place.write(
        "articles/highlights/the-lamp-100%-192daf3a84e.md",
        highlights,
    );
    let report = place.report(&["-t", "json"]);
    let told = report["warnings"].to_string();
    assert!(!told.contains("highlight"), "{told}");
    let feed = fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    feed["items"][0]["content_html"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn highlights_are_marked_in_the_text_and_with_a_remark_stand_below_it() {
    let place = export();
    place.write(
        "articles/content/the-lamp-100%-192daf3a84e.html",
        "<p>It <b>shines\nagain</b>, says the keeper &amp; his dog of the harbour.</p>",
    );
    let text = text_with(&place, "> shines again, says\n\n> keeper & his dog\n");
    for part in [
        "<mark>shines",
        "<mark>, says</mark>",
        "<mark>keeper &amp; his dog</mark>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("blockquote"), "{text}");
    let text = text_with(
        &place,
        "> says the keeper\n\nMind *this*. #lamp\n\n> is not\n> there\n",
    );
    assert!(text.contains("<mark>says the keeper</mark>"), "{text}");
    let below = text.split("harbour").nth(1).unwrap();
    let parts = [
        "says the keeper",
        "Mind <em>this</em>. #lamp",
        "is not there",
    ];
    assert!(parts.map(|part| below.find(part)).is_sorted(), "{below}");
    assert!(parts.iter().all(|part| below.contains(part)), "{below}");
    let without = text_with(&place, " \n");
    assert!(!without.contains("mark"), "{without}");
}
