//! Exports of feed readers.

use super::{published, reading, shown, warned};
use crate::read::sniff;
use offprint::Code;
use offprint::reader::{Confidence, ReaderJson};

/// Items of Google Reader's form, as several programs write them.
pub const GOOGLE: &str = r#"{
  "id": "user/ada/state/org.freshrss/starred", "title": "Starred", "author": "ada",
  "items": [
    { "id": "tag:google.com,2005:reader/item/000521f7a2b4c001", "crawlTimeMsec": "1640915226000", "timestampUsec": "1640915226000000",
      "published": 1640908800, "updated": 0, "title": "The lamp & the fog",
      "canonical": [{"href": "https://feedproxy.google.com/~r/a/1"}], "alternate": [{"href": "https://a.example/lamp", "type": "text/html"}],
      "categories": ["user/-/state/com.google/starred", "user/-/label/Lights", "sea"],
      "origin": {"streamId": "feed/1", "title": "The Lighthouse", "htmlUrl": "https://a.example/"},
      "summary": {"content": "<p>It shines again.</p>", "direction": "ltr"}, "author": "Ada Keeper" },
    { "id": "tag:google.com,2005:reader/item/000521f7a2b4c002", "crawlTimeMsec": "1640915226000", "canonical": [{"href": "https://a.example/ships"}],
      "title": null, "content": {"content": "<p>Ships came.</p>"}, "summary": {"content": "Short."} },
    { "id": "tag:google.com,2005:reader/item/000521f7a2b4c003", "title": "Neither text nor address" }
  ]
}"#;

/// Entries of Miniflux.
const MINIFLUX: &str = r#"{"total":2,"entries":[{"id":888,"user_id":123,"feed_id":42,"status":"read","hash":"abc","title":"The lamp","url":"https://a.example/lamp","comments_url":"","published_at":"2021-12-30T16:15:19Z","created_at":"2022-01-27T20:00:00Z","changed_at":"2022-01-28T20:00:00Z","content":"<p>It shines.</p>","author":"Ada","starred":true,"reading_time":1,"enclosures":[],"tags":["sea"],"feed":{"id":42,"title":"The Lighthouse","category":{"id":22,"title":"All"}}}]}"#;

#[test]
fn an_item_says_all_that_the_reader_knows_of_its_article() {
    let reading = reading(&ReaderJson, GOOGLE);
    let [first, second] = &reading.entries[..] else {
        panic!("{} entries", reading.entries.len());
    };
    let head = &first.head;
    assert_eq!(
        head.address.as_deref(),
        Some("https://a.example/lamp"),
        "not the redirector"
    );
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the fog"));
    assert_eq!(
        published(first).as_deref(),
        Some("2021-12-31 00:00:00 +00:00")
    );
    assert_eq!(head.updated, None);
    assert_eq!(head.source.as_deref(), Some("The Lighthouse"));
    assert_eq!(
        (&head.tags[..], &head.authors[..]),
        (
            &["Lights".to_owned(), "sea".to_owned()][..],
            &["Ada Keeper".to_owned()][..]
        )
    );
    assert_eq!(shown(first), "It shines again.");
    assert_eq!(
        second.head.address.as_deref(),
        Some("https://a.example/ships")
    );
    assert_eq!(
        published(second).as_deref(),
        Some("2021-12-31 01:47:06 +00:00"),
        "when it was found"
    );
    assert_eq!(shown(second), "Ships came.");
}

#[test]
fn an_item_with_neither_text_nor_address_is_told() {
    let warned = warned(&reading(&ReaderJson, GOOGLE));
    let message = "the item can't be read".to_owned();
    assert_eq!(warned, [(Code::ExportBroken, Some(3), message)]);
}

#[test]
fn entries_of_miniflux_are_read_in_both_forms() {
    let array = &MINIFLUX[MINIFLUX.find('[').unwrap()..MINIFLUX.len() - 1];
    for text in [MINIFLUX, array] {
        assert_eq!(
            sniff(&ReaderJson, text.as_bytes(), "entries.json"),
            Confidence::Certain
        );
        let reading = reading(&ReaderJson, text);
        let [entry] = &reading.entries[..] else {
            panic!("{} entries", reading.entries.len());
        };
        assert_eq!(
            published(entry).as_deref(),
            Some("2021-12-30 16:15:19 +00:00")
        );
        assert_eq!(entry.head.source.as_deref(), Some("The Lighthouse"));
        assert_eq!(entry.head.tags, ["sea"]);
        assert_eq!(shown(entry), "It shines.");
    }
}

#[test]
fn slashes_behind_backslashes_and_a_byte_order_mark_hide_no_export() {
    let text = format!("\u{FEFF}{}", GOOGLE.replace('/', "\\/"));
    assert_eq!(
        sniff(&ReaderJson, text.as_bytes(), "starred.json"),
        Confidence::Certain
    );
    assert_eq!(reading(&ReaderJson, &text).entries.len(), 2);
}

#[test]
fn what_the_user_marked_is_marked_and_nobody_is_no_author() {
    let item = |more: &str| {
        format!(
            r#"{{"id": "user/1/state/com.google/starred", "items": [{{"id": "tag:google.com,2005:reader/item/1", "crawlTimeMsec": "1640915226000",
            "title": "T", "canonical": [{{"href": "https://a.example/1"}}], "summary": {{"content": "<p>The lamp shines again.</p>"}}, {more}}}]}}"#
        )
    };
    let one = |more: &str| reading(&ReaderJson, &item(more)).entries.remove(0);
    let entry = one(r#""annotations": [{"id": 1, "text": "lamp shines", "note": "At <last>"}]"#);
    let markup = entry.markup.as_str();
    assert!(markup.contains("<mark>lamp shines</mark>"), "{markup}");
    assert!(markup.contains("<p>At &lt;last></p>"), "{markup}");
    let entry = one(r#""annotations": [{"content": "Worth reading", "author": "Bo"}]"#);
    assert!(entry.markup.as_str().contains("<p>Worth reading</p>"));
    assert!(!one(r#""annotations": []"#).markup.as_str().contains("<hr"));
    assert!(
        one(r#""author": "(author unknown)""#)
            .head
            .authors
            .is_empty()
    );
    assert_eq!(one(r#""author": "Ada""#).head.authors, ["Ada"]);
}
