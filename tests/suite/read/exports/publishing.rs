//! What services that publish export: Substack and Medium.

use super::epub::zipped;
use crate::command::Place;
use crate::read::read_source;
use offprint::reader::{Confidence, Ghost, Medium, MemorySource, ReadOptions};
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

#[test]
fn a_text_that_substack_s_table_does_not_name_is_told() {
    for (others, count) in [(1, "1 text in posts/ is"), (3, "3 texts in posts/ are")] {
        let mut files = files();
        let names: Vec<String> = (0..others)
            .map(|other| format!("posts/9{other}.lost.html"))
            .collect();
        files.retain(|(name, _)| !name.contains('?'));
        let (folder, archive) = (Place::empty(), Place::empty());
        for (name, bytes) in &files {
            folder.write(&format!("articles/{name}"), bytes);
        }
        for name in &names {
            folder.write(&format!("articles/{name}"), "<p>Lost.</p>");
        }
        let mut all = files.clone();
        all.extend(names.iter().map(|name| (&**name, &b"<p>Lost.</p>"[..])));
        archive.write("articles/export.zip", zipped(&all));
        for place in [&folder, &archive] {
            let report = place.report(&["-t", "json"]);
            let warnings = report["warnings"].as_array().unwrap();
            let told = warnings
                .iter()
                .filter(|warning| warning["message"].as_str().unwrap().starts_with(count));
            let told: Vec<_> = told.collect();
            assert_eq!(told.len(), 1, "{report}");
            assert_eq!(told[0]["code"], "items-left-out");
            assert!(told[0]["path"].as_str().unwrap().ends_with("posts.csv"));
        }
    }
}

/// An export of Ghost with these posts.
fn ghost(posts: &str, is_flat: bool) -> String {
    let data = format!(
        "\"meta\": {{\"exported_on\": 1640936000000, \"version\": \"5.2\"}}, \"data\": {{\"newsletters\": [{{\"id\": \"n\", \"name\": \"posts\"}}], \"posts\": [{posts}], \"posts_tags\": [{{\"id\": \"t\"}}]}}"
    );
    match is_flat {
        true => format!("{{{data}}}"),
        false => format!("{{\"db\": [{{{data}}}]}}"),
    }
}

#[test]
fn an_export_of_ghost_is_its_published_posts() {
    let posts = "{\"id\": \"6a\", \"uuid\": \"u-1\", \"title\": \"The lamp & the sea\", \"slug\": \"lamp\", \"html\": \"<p>It shines.</p>\", \"status\": \"published\", \"type\": \"post\", \
        \"published_at\": \"2021-12-31T08:00:00.000Z\", \"updated_at\": \"2022-01-01T08:00:00.000Z\", \"custom_excerpt\": \"A lamp\", \"feature_image\": \"https://a.example/lamp.jpg\", \"canonical_url\": null},\n\
        {\"id\": 7, \"title\": \"Old\", \"html\": \"<p>It shone.</p>\", \"status\": \"published\", \"published_at\": 1388318310782},\n\
        {\"id\": \"8\", \"title\": \"Not yet\", \"html\": \"<p>a</p>\", \"status\": \"draft\"},\n\
        {\"id\": \"9\", \"title\": \"Bare\", \"html\": null, \"lexical\": \"{}\", \"status\": \"published\"}";
    for is_flat in [true, false] {
        let text = ghost(posts, is_flat);
        assert_eq!(
            super::sniff(
                &Ghost::default(),
                text.as_bytes(),
                "my-site.ghost.2022-01-01.json"
            ),
            Confidence::Certain
        );
        let reading = super::reading(&Ghost::default(), &text);
        let heads: Vec<_> = reading.entries.iter().map(|entry| &entry.head).collect();
        assert_eq!(heads.len(), 2, "{reading:?}");
        assert_eq!(heads[0].title.as_deref(), Some("The lamp &amp; the sea"));
        assert_eq!(heads[0].id.as_deref(), Some("tag:ghost.org,2021-12-31:u-1"));
        assert_eq!(heads[0].summary.as_deref(), Some("A lamp"));
        assert_eq!(
            heads[0].picture.as_deref(),
            Some("https://a.example/lamp.jpg")
        );
        assert_eq!(heads[1].id.as_deref(), Some("tag:ghost.org,2013-12-29:7"));
        assert_eq!(super::shown(&reading.entries[1]), "It shone.");
        let told: Vec<_> = reading
            .warnings
            .iter()
            .map(|one| one.message.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "1 item is left out: they are drafts, or are to come",
                "1 item is left out: they have no HTML"
            ]
        );
        assert_eq!(
            super::items(
                &Ghost::default(),
                &MemorySource::new("x.json", text.as_bytes())
            )
            .len(),
            2
        );
    }
    let place = Place::empty();
    place.write("articles/site.json", ghost(posts, true));
    assert_eq!(place.report(&["-t", "json"])["articles"]["written"], 2);
}

#[test]
fn tags_and_authors_of_ghost_stand_in_tables_of_their_own() {
    let posts = "{\"id\": \"p1\", \"title\": \"One\", \"html\": \"<p>a</p>\", \"status\": \"published\"}, \
        {\"id\": \"p2\", \"title\": \"Two\", \"html\": \"<p>b</p>\", \"status\": \"published\", \"author_id\": 7}, \
        {\"id\": \"p3\", \"title\": \"Three\", \"html\": \"<p>c</p>\", \"status\": \"published\", \"tags\": [{\"name\": \"Fog\"}]}";
    let tables = "\"tags\": [{\"id\": \"t1\", \"name\": \"Light & oil\"}, {\"id\": \"t2\", \"name\": \"#own\"}, {\"id\": \"t3\", \"name\": \"Sea\"}], \
        \"posts_tags\": [{\"post_id\": \"p1\", \"tag_id\": \"t1\", \"sort_order\": 2}, {\"post_id\": \"p1\", \"tag_id\": \"t2\", \"sort_order\": 0}, {\"post_id\": \"p1\", \"tag_id\": \"t3\", \"sort_order\": 1}], \
        \"users\": [{\"id\": \"u1\", \"name\": \"Ada Keeper\"}, {\"id\": 7, \"name\": \"Bo Ray\"}], \
        \"posts_authors\": [{\"post_id\": \"p1\", \"author_id\": 7, \"sort_order\": 1}, {\"post_id\": \"p1\", \"author_id\": \"u1\", \"sort_order\": 0}]";
    for text in [
        format!(
            "{{\"meta\": {{\"exported_on\": 1}}, \"data\": {{\"posts\": [{}], {tables}}}}}",
            posts.replace(", \"tags\": [{\"name\": \"Fog\"}]", "")
        ),
        format!(
            "{{\"db\": [{{\"meta\": {{\"exported_on\": 1}}, \"data\": {{{tables}, \"posts\": [{posts}]}}}}]}}"
        ),
    ] {
        let reading = super::reading(&Ghost::default(), &text);
        let told: Vec<_> = reading
            .entries
            .iter()
            .map(|entry| (entry.head.tags.join("|"), entry.head.authors.join("|")))
            .collect();
        assert_eq!(
            told[0],
            (
                "Sea|Light &amp; oil".to_owned(),
                "Ada Keeper|Bo Ray".to_owned()
            ),
            "{text}"
        );
        assert_eq!(told[1], (String::new(), "Bo Ray".to_owned()));
        let fog = if text.contains("Fog") { "Fog" } else { "" };
        assert_eq!(told[2], (fog.to_owned(), String::new()));
    }
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

#[test]
fn what_medium_knows_of_the_person_is_no_article() {
    let footer = "<p>By Ada on <time class=\"dt-published\" datetime=\"2021-12-30T20:48:19.814Z\">that day</time>.</p>";
    let secret =
        "keeper@lighthouse.example signed in from the pier, the boat and the tower. ".repeat(20);
    let page = |class: &str| {
        format!(
            "<!DOCTYPE html><title>Ada</title><section class=\"{class}\"><h3>Ada</h3><p>{secret}</p></section>"
        )
    };
    let files = [
        ("posts/2021-12-30_The-lamp-1.html", medium(footer)),
        ("profile/profile.html", page("h-card")),
        ("sessions/sessions-0001.html", page("")),
        ("ips/ips-0001.html", page("")),
        ("README.html", page("")),
    ];
    for folder in ["", "deep/medium-export/"] {
        for is_packed in [false, true] {
            let place = Place::empty();
            let named: Vec<(String, &[u8])> = files
                .iter()
                .map(|(name, text)| (format!("{folder}{name}"), text.as_bytes()))
                .collect();
            if is_packed {
                let named: Vec<(&str, &[u8])> = named
                    .iter()
                    .map(|(name, bytes)| (name.as_str(), *bytes))
                    .collect();
                place.write("articles/export.zip", zipped(&named));
            } else {
                for (name, bytes) in &named {
                    place.write(&format!("articles/{name}"), bytes);
                }
            }
            let report = place.report(&["-t", "json"]);
            assert_eq!(report["articles"]["written"], 1, "{folder} {is_packed}");
            let feed = String::from_utf8(place.outputs("out")["feed.json"].clone()).unwrap();
            assert!(!feed.contains("keeper@"), "{feed}");
        }
    }
    // A site's own page of a person stays: there is no export around it.
    let place = Place::empty();
    place.write("articles/profile/profile.html", page("h-card"));
    assert_eq!(place.report(&["-t", "json"])["articles"]["written"], 1);
}
