//! What services that publish export: Substack and Medium.

use super::epub::zipped;
use crate::command::Place;
use crate::read::read_source;
use offprint::read::{Medium, MemorySource, ReadOptions};
use serde_json::Value;

const TABLE: &str = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n\
    11.the-lamp,2021-12-30T20:48:19.814Z,TRUE,,newsletter,everyone,\"The lamp, lit\nagain\",&#x201C;It shines&#x201D;,\n\
    12.no-text,2021-12-31T12:11:23.230Z,TRUE,,thread,everyone,Talk to us,,\n\
    13.draft,2022-01-01T12:11:23.230Z,FALSE,,newsletter,everyone,Not yet,,\n\
    14.about?us,2022-01-02T12:11:23.230Z,TRUE,,page,everyone,About & us,,\n";

fn files() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("posts.csv", TABLE.as_bytes()),
        (
            "posts/11.the-lamp.html",
            b"<p>For the first time in nine years the lamp shines.</p>",
        ),
        (
            "posts/13.draft.html",
            b"<p>A draft that nobody has seen.</p>",
        ),
        (
            "posts/14.about?us.html",
            b"<p>We keep the lamp of the harbour.</p>",
        ),
    ]
}

fn titles(place: &Place) -> Vec<String> {
    let feed: Value = serde_json::from_slice(&place.outputs("out")["feed.json"]).unwrap();
    let items = feed["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            format!(
                "{} {}",
                &item["date_published"].as_str().unwrap()[..10],
                item["title"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn an_export_of_substack_is_its_table_with_the_texts() {
    let (folder, archive) = (Place::empty(), Place::empty());
    for (name, bytes) in files() {
        folder.write(&format!("articles/{name}"), bytes);
    }
    archive.write("articles/export.zip", zipped(&files()));
    for place in [&folder, &archive] {
        let report = place.report(&["-t", "json"]);
        assert_eq!(
            (
                &report["articles"]["written"],
                &report["articles"]["passed_over"]
            ),
            (&2.into(), &0.into()),
            "{report}"
        );
        let left_out: Vec<&str> = report["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|warning| warning["code"] == "items-left-out")
            .map(|warning| warning["message"].as_str().unwrap())
            .collect();
        assert_eq!(left_out.len(), 2, "{report}");
        assert!(
            left_out[0].contains("1 draft") && left_out[1].contains("posts/"),
            "{left_out:?}"
        );
        assert_eq!(
            titles(place),
            ["2022-01-02 About & us", "2021-12-30 The lamp, lit again"]
        );
    }
    assert_eq!(
        folder.outputs("out")["feed.json"],
        archive.outputs("out")["feed.json"]
    );
    // A text that changes is an article that changes.
    folder.write(
        "articles/posts/11.the-lamp.html",
        "<p>The lamp is out again.</p>",
    );
    folder.report(&["-t", "json"]);
    let feed = String::from_utf8(folder.outputs("out").remove("feed.json").unwrap()).unwrap();
    assert!(feed.contains("out again") && !feed.contains("nine years"));
}

fn medium(footer: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>The lamp</title></head><body><article class=\"h-entry\">\n<header>\n<h1 class=\"p-name\">The lamp &amp; the sea</h1>\n</header>\n\
         <section data-field=\"subtitle\" class=\"p-summary\">\nIt shines\n</section>\n<section data-field=\"body\" class=\"e-content\">\n\
         <section name=\"1\" class=\"section\"><p class=\"graf\">For the first time in nine years.</p></section>\n</section>\n<footer>{footer}</footer></article></body></html>"
    )
}

#[test]
fn a_post_of_medium_says_what_it_is() {
    let footer = "<p class=\"p-tags\">Tagged in <a class=\"p-tag\" href=\"/t\">Lamps</a>, <a class=\"p-tag\" href=\"/s\">Sea</a></p>\
        <p>By <a class=\"p-author h-card\" href=\"/@ada\">Ada Keeper</a> on <a href=\"/p/1\"><time class=\"dt-published\" datetime=\"2018-08-11T11:23:34.123Z\">August 11, 2018</time></a>.</p>\
        <p><a class=\"p-canonical\" href=\"https://medium.com/@ada/the-lamp-1\">Canonical link</a></p>";
    let read = |text: &str| {
        read_source(
            &Medium,
            &MemorySource::new("posts/2018-08-11_The-lamp-1.html", text.as_bytes().to_vec()),
            ReadOptions::default(),
        )
    };
    let entry = read(&medium(footer)).entries.remove(0);
    let head = &entry.head;
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the sea"));
    assert_eq!(head.summary.as_deref(), Some("It shines"));
    assert_eq!(
        head.address.as_deref(),
        Some("https://medium.com/@ada/the-lamp-1")
    );
    assert_eq!(
        (head.authors.join(","), head.tags.join(",")),
        ("Ada Keeper".to_owned(), "Lamps,Sea".to_owned())
    );
    assert_eq!(
        head.published.unwrap().local.to_string(),
        "2018-08-11 11:23:34.123"
    );
    let body = entry.markup.as_str();
    assert!(
        body.contains("nine years") && !body.contains("Ada") && !body.contains("It shines"),
        "{body}"
    );
    let draft = read(&medium("<p>Exported from Medium</p>"));
    assert_eq!((draft.entries.len(), draft.warnings.len()), (0, 1));
    // Through the registry such a page is a post, no saved page.
    let place = Place::empty();
    place.write("articles/posts/2018-08-11_The-lamp-1.html", medium(footer));
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["written"], 1, "{report}");
}
