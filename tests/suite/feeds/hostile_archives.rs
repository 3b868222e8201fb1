//! Hostile inputs from the file to the three feeds, which have to show the same. The numbers are
//! those of the test names elsewhere.

use super::reading::{self, Seen};
use crate::command::Place;
use offprint::model::Address;
use std::collections::BTreeMap;

/// Files of an archive: names and bytes.
type Files<'text> = Vec<(&'text str, Vec<u8>)>;

/// The three feeds of an archive, as text, and what programs see in all of them.
struct Feeds {
    rss: String,
    atom: String,
    json: String,
    items: Vec<Seen>,
    report: serde_json::Value,
}

impl Feeds {
    fn of(files: &Files<'_>) -> Self {
        let place = Place::empty();
        for (name, bytes) in files {
            place.write(&format!("articles/{name}"), bytes);
        }
        let arguments = ["-t", "rss,atom,json", "--base-url", "https://me.example/"];
        let report = place.report(&arguments);
        let outputs = place.outputs("out");
        let text = |name: &str| String::from_utf8(outputs[name].clone()).unwrap();
        let (rss, atom, json) = (text("rss.xml"), text("atom.xml"), text("feed.json"));
        let items = reading::rss(&rss).1.into_iter().map(plain_summary);
        let items: Vec<Seen> = items.collect();
        assert_eq!(items, reading::atom(&atom).1);
        assert_eq!(items, reading::json(&json).1);
        Feeds {
            rss,
            atom,
            json,
            items,
            report,
        }
    }

    fn titles(&self) -> Vec<&str> {
        self.items.iter().map(|item| item.title.as_str()).collect()
    }

    /// The markup of the item at a place.
    fn html(&self, place: usize) -> String {
        let html = self.items[place].html.as_deref().unwrap();
        format!("<div>{html}</div>")
    }

    /// The visible text of the item at a place.
    fn text(&self, place: usize) -> String {
        reading::elements(&self.html(place)).1
    }

    /// All values of an attribute in the markup of the item at a place.
    fn values(&self, place: usize, attribute: &str) -> Vec<String> {
        let (elements, _) = reading::elements(&self.html(place));
        let values = elements.into_iter();
        values
            .filter_map(|mut element| element.attributes.remove(attribute))
            .collect()
    }

    fn warned_of(&self, code: &str) -> bool {
        let warnings = self.report["warnings"].as_array().unwrap();
        warnings.iter().any(|warning| warning["code"] == code)
    }
}

/// RSS has summaries as HTML, the others as plain text.
fn plain_summary(item: Seen) -> Seen {
    let plain = |html: String| reading::elements(&format!("<p>{html}</p>")).1;
    Seen {
        summary: item.summary.map(plain),
        ..item
    }
}

/// An article of December 2021 as a file.
fn file(day: i64, title: &str, page: &str, body: &str) -> Vec<u8> {
    let time = 1_638_316_800_000 + (day - 1) * 86_400_000;
    format!("<!--{time}-->\n[{title}]({page})\n------\n\n{body}\n").into_bytes()
}

const PAGE: &str = "https://morning.example/news/1";
const TEXT: &str = "<p>The ferry left at six, with the lamps still lit along the quay.</p>";

/// One article of its own page for each title, the first the newest.
fn titled(titles: &[&str]) -> Feeds {
    let names: Vec<String> = (0..titles.len()).map(|n| format!("{n}.txt")).collect();
    let files = names.iter().zip(titles).zip(0i64..);
    let files = files.map(|((name, title), number)| {
        let page = format!("https://morning.example/{number}");
        (name.as_str(), file(28 - number, title, &page, TEXT))
    });
    Feeds::of(&files.collect())
}

#[test]
fn hostile_11_what_xml_forbids_is_gone_from_files_too() {
    let body = "<p>c\u{0}\u{8}\u{1F}\u{FFFE}&#0;&#xD800;&#x1F;&#8;d e\u{200B}\u{2028}\u{FEFF}f</p>";
    let title = "a\u{0}\u{8}\u{FFFE}\u{200B}\u{FEFF}b&#x1F;";
    let feeds = Feeds::of(&vec![("1.txt", file(1, title, PAGE, body))]);
    assert_eq!(feeds.titles(), ["ab"]);
    let text = feeds.text(0);
    assert!(text.contains("e\u{200B}\u{2028}\u{FEFF}f"), "{text:?}");
    assert!(text.starts_with('c') && text.contains('d'), "{text:?}");
    for document in [&feeds.rss, &feeds.atom, &feeds.json] {
        assert!(document.chars().all(offprint::model::is_xml_character));
        for reference in [
            "&#0;", "&#xD800;", "&#x1F;", "\\u0000", "\\u001f", "\\u0008",
        ] {
            assert!(!document.contains(reference), "{reference}");
        }
    }
}

#[test]
fn fault_11_a_quarterly_is_dated_by_its_newest_article_without_a_warning() {
    for pause in [92, 366, 2200, 4000] {
        let files = vec![
            ("1.txt", file(1, "One", "https://a.example/1", TEXT)),
            ("2.txt", file(1 + pause, "Two", "https://a.example/2", TEXT)),
            (
                "3.txt",
                file(1 + 2 * pause, "Three", "https://a.example/3", TEXT),
            ),
        ];
        let feeds = Feeds::of(&files);
        assert_eq!(feeds.titles(), ["Three", "Two", "One"]);
        assert!(!feeds.warned_of("date-in-future"), "{}", feeds.report);
        let (feed, _) = reading::atom(&feeds.atom);
        let newest = 1_638_316_800_000 + 2 * pause * 86_400_000;
        assert_eq!(feed.updated().timestamp_millis(), newest, "{pause} days");
    }
}

#[test]
fn hostile_14_an_impossible_date_moves_no_feed() {
    let feeds = Feeds::of(&vec![
        (
            "ahead.txt",
            file(36_500, "Ahead", "https://a.example/3", TEXT),
        ),
        ("old.txt", file(1, "Old", "https://a.example/1", TEXT)),
        ("new.txt", file(2, "New", "https://a.example/2", TEXT)),
    ]);
    assert_eq!(feeds.titles(), ["Ahead", "New", "Old"]);
    assert!(feeds.warned_of("date-in-future"), "{}", feeds.report);
    let (channel, _) = reading::rss(&feeds.rss);
    let newest = Some("Thu, 02 Dec 2021 00:00:00 +0000");
    assert_eq!(channel.last_build_date(), newest);
    let (feed, _) = reading::atom(&feeds.atom);
    assert_eq!(feed.updated().to_rfc3339(), "2021-12-02T00:00:00+00:00");
    let (json, _) = reading::json(&feeds.json);
    assert_eq!(json["_offprint"]["updated"], "2021-12-02T00:00:00Z");
}

#[test]
fn hostile_16_a_file_without_any_date_stands_last_without_one() {
    let undated = format!("<!--NaN-->\n[Undated](https://a.example/0)\n------\n\n{TEXT}\n");
    let feeds = Feeds::of(&vec![
        ("0.txt", undated.into_bytes()),
        ("1.txt", file(1, "Dated", PAGE, TEXT)),
    ]);
    assert_eq!(feeds.titles(), ["Dated", "Undated"]);
    assert_eq!(feeds.items[1].published, None);
    let (channel, _) = reading::rss(&feeds.rss);
    assert_eq!(channel.items()[1].pub_date(), None);
    let (feed, _) = reading::atom(&feeds.atom);
    let entry = &feed.entries()[1];
    assert_eq!(entry.updated().to_rfc3339(), "1970-01-01T00:00:00+00:00");
    assert_eq!(entry.published(), None);
    let (json, _) = reading::json(&feeds.json);
    let item = json["items"][1].as_object().unwrap();
    assert!(!item.contains_key("date_published") && !item.contains_key("date_modified"));
}

#[test]
fn hostile_18_a_title_over_many_lines_is_one_line() {
    let feeds = titled(&[
        "Before\n\nafter",
        "tab\tand\t\ttab",
        "　全角　　空格　",
        " a \r\n b ",
    ]);
    let expected = ["Before after", "tab and tab", "全角 空格", "a b"];
    assert_eq!(feeds.titles(), expected);
}

#[test]
fn hostile_19_titles_are_decoded_once_and_shown_literally() {
    let feeds = titled(&[
        "中方&quot;反制&quot;",
        "A&amp;lt;b&amp;gt;",
        "<八十年代>",
        "x ]]> y",
        "R&amp;D &copy;",
    ]);
    let expected = [
        "中方\"反制\"",
        "A&lt;b&gt;",
        "<八十年代>",
        "x ]]> y",
        "R&D ©",
    ];
    assert_eq!(feeds.titles(), expected);
    // What stands in the documents themselves, before any reader.
    for document in [&feeds.rss, &feeds.atom] {
        assert!(document.contains("A&amp;lt;b&amp;gt;") && document.contains("&lt;八十年代&gt;"));
    }
    assert!(feeds.json.contains(r#""title":"A&lt;b&gt;""#));
}

#[test]
fn hostile_20_odd_titles_arrive_whole_and_an_empty_one_is_made_from_the_text() {
    let long = "长".repeat(10_000);
    let feeds = titled(&["", &long, "a\u{202E}b", "=cmd|' /C calc'!A0", "👩‍👩‍👧 家"]);
    let titles = feeds.titles();
    assert!(titles[0].starts_with("The ferry left"), "{}", titles[0]);
    assert_eq!(titles[1..], [&long, "ab", "=cmd|' /C calc'!A0", "👩‍👩‍👧 家"]);
}

#[test]
fn hostile_21_relative_addresses_are_absolute_in_every_feed() {
    let body = "<p>A text with links: <a href=\"../a\">up</a>, <a href=\"?p=1\">query</a>, \
        <a href=\"\">empty</a>, <a href=\"//s.example/x\">other</a>, <a href=\"http://\">none</a>.</p>\
        <p><img src=\"/pictures/x.png\" alt=\"a quay\"></p>";
    let feeds = Feeds::of(&vec![("1.txt", file(1, "Links", PAGE, body))]);
    assert_eq!(
        feeds.values(0, "href"),
        [
            "https://morning.example/a",
            "https://morning.example/news/1?p=1",
            "https://s.example/x"
        ]
    );
    assert_eq!(
        feeds.values(0, "src"),
        ["https://morning.example/pictures/x.png"]
    );
    let text = feeds.text(0);
    for word in ["up", "query", "empty", "other", "none"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
}

#[test]
fn hostile_21_without_an_address_the_text_stays_and_the_link_goes() {
    let body = "<p>A text with <a href=\"/a\">one link</a> that leads nowhere.</p>";
    let feeds = Feeds::of(&vec![("1.txt", file(1, "Nowhere", "", body))]);
    assert_eq!(feeds.values(0, "href"), [] as [&str; 0]);
    assert!(feeds.text(0).contains("one link that leads nowhere"));
    assert_eq!(feeds.items[0].link, None);
}

#[test]
fn hostile_22_ids_are_the_addresses_as_archived_and_links_are_ascii() {
    let pages = [
        "https://h.example/%e7%89%b9",
        "https://h.example/国",
        "https://例子.example/a",
        "http://a b/",
        "https://h.example/x#",
        "https://h.example:443/y",
    ];
    let names: Vec<String> = (0..pages.len()).map(|n| format!("{n}.txt")).collect();
    let files = names.iter().zip(pages).zip(0i64..);
    let files = files.map(|((name, page), number)| {
        let title = format!("Number {number}");
        (name.as_str(), file(28 - number, &title, page, TEXT))
    });
    let feeds = Feeds::of(&files.collect());
    let ids: Vec<&str> = feeds.items.iter().map(|item| item.id.as_str()).collect();
    for (page, id) in pages.into_iter().zip(ids) {
        assert!(
            id == page || (page.contains(' ') && id.starts_with("tag:")),
            "{id}"
        );
    }
    let (channel, _) = reading::rss(&feeds.rss);
    for item in channel.items() {
        let guid = item.guid().unwrap();
        assert!(
            !guid.is_permalink() || guid.value().is_ascii(),
            "{}",
            guid.value()
        );
        assert!(item.link().is_none_or(str::is_ascii));
    }
    assert_eq!(
        feeds.items[1].link.as_deref(),
        Some("https://h.example/%E5%9B%BD")
    );
}

#[test]
fn hostile_22_spellings_of_one_address_are_one_item() {
    let feeds = Feeds::of(&vec![
        (
            "1.txt",
            file(1, "First", "https://h.example/%e7%89%b9", TEXT),
        ),
        (
            "2.txt",
            file(2, "Second", "https://h.example:443/特#", TEXT),
        ),
        (
            "3.txt",
            file(3, "Third", "http://h.example/%E7%89%B9/", TEXT),
        ),
    ]);
    assert_eq!(feeds.titles(), ["Third"]);
    assert_eq!(feeds.items[0].id, "https://h.example/%e7%89%b9");
}

#[test]
fn hostile_23_addresses_that_run_something_go_and_their_text_stays() {
    let schemes = [
        "javascript:alert(1)",
        "JaVa\tscript:alert(2)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://a.example/1",
        "intent://x#Intent;end",
    ];
    let links = schemes.iter().zip(0..).map(|(scheme, number)| {
        format!("<p>Word <a href=\"{scheme}\" onclick=\"x()\">link{number}</a> goes on.</p>")
    });
    let body: String = links.collect();
    let feeds = Feeds::of(&vec![("1.txt", file(1, "Schemes", PAGE, &body))]);
    assert_eq!(feeds.values(0, "href"), [] as [&str; 0]);
    assert_eq!(feeds.values(0, "onclick"), [] as [&str; 0]);
    for number in 0..schemes.len() {
        assert!(feeds.text(0).contains(&format!("link{number} goes on")));
    }
    for document in [&feeds.rss, &feeds.atom, &feeds.json] {
        let lower = document.to_lowercase();
        for word in ["script:", "file:", "blob:", "intent:", "data:", "onclick"] {
            assert!(!lower.contains(word), "{word}");
        }
    }
}

#[test]
fn hostile_36_named_characters_are_characters() {
    let body = "<p>a&nbsp;b &copy; &mdash; &comma; &notit; Procter & Gamble &lt;b&gt;</p>";
    let feeds = Feeds::of(&vec![("1.txt", file(1, "Entities", PAGE, body))]);
    let text = feeds.text(0);
    assert!(
        text.contains("a\u{A0}b © — , ¬it; Procter & Gamble <b>"),
        "{text}"
    );
    for document in [&feeds.rss, &feeds.atom, &feeds.json] {
        assert!(!document.contains("nbsp") && !document.contains("copy;"));
    }
}

/// What the feeds hold of some files: for each id its title.
fn held(files: &Files<'_>) -> BTreeMap<String, String> {
    let items = Feeds::of(files).items.into_iter();
    items.map(|item| (item.id, item.title)).collect()
}

#[test]
fn hostile_56_one_address_in_three_files_is_one_item() {
    let feeds = Feeds::of(&vec![
        (
            "a.txt",
            file(5, "Second edition", "http://morning.example/news/1/", TEXT),
        ),
        ("b.txt", file(3, "First edition", PAGE, TEXT)),
        (
            "c.txt",
            file(4, "Between", "https://morning.example/news/1#top", TEXT),
        ),
        (
            "d.txt",
            file(4, "Second edition", "https://morning.example/news/2", TEXT),
        ),
    ]);
    let item = feeds.items.iter().find(|item| item.id == PAGE).unwrap();
    assert_eq!(item.title, "Second edition");
    assert_eq!(item.published.as_deref(), Some("2021-12-03T00:00:00+00:00"));
    let (feed, _) = reading::atom(&feeds.atom);
    let entry = feed.entries().iter().find(|entry| entry.id() == PAGE);
    let updated = entry.unwrap().updated().to_rfc3339();
    assert_eq!(updated, "2021-12-05T00:00:00+00:00");
    let (json, _) = reading::json(&feeds.json);
    let items = json["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["id"] == PAGE).unwrap();
    assert_eq!(item["date_modified"], "2021-12-05T00:00:00Z");
}

#[test]
fn hostile_56_edits_keep_ids_and_what_is_deleted_is_gone() {
    let other = (
        "2.txt",
        file(2, "Other", "https://morning.example/news/2", TEXT),
    );
    let before = held(&vec![
        ("1.txt", file(1, "Draft", PAGE, TEXT)),
        other.clone(),
    ]);
    let edited = held(&vec![
        ("1.txt", file(6, "Final", PAGE, TEXT)),
        other.clone(),
    ]);
    assert!(before.keys().eq(edited.keys()));
    assert_eq!((&*before[PAGE], &*edited[PAGE]), ("Draft", "Final"));
    let deleted = Feeds::of(&vec![other]);
    assert_eq!(deleted.titles(), ["Other"]);
    for document in [&deleted.rss, &deleted.atom, &deleted.json] {
        assert!(!document.contains(PAGE));
    }
}

#[test]
fn hostile_56_an_article_seen_again_unchanged_changes_no_feed() {
    let once = vec![("1.txt", file(1, "Once", PAGE, TEXT))];
    let again = vec![
        ("1.txt", file(1, "Once", PAGE, TEXT)),
        ("copy.txt", file(1, "Once", PAGE, TEXT)),
    ];
    let (once, again) = (Feeds::of(&once), Feeds::of(&again));
    assert_eq!(
        (once.rss, once.atom, once.json),
        (again.rss, again.atom, again.json)
    );
}

#[test]
fn every_address_in_these_feeds_can_be_followed() {
    let feeds = titled(&["One", "Two"]);
    let (channel, _) = reading::rss(&feeds.rss);
    for item in channel.items() {
        let link = item.link().unwrap();
        assert!(Address::parse(link).is_some(), "{link}");
    }
}
