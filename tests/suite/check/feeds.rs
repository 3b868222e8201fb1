//! Feeds broken on purpose.

use super::sample::{found, outputs};

/// What is found where a text of a feed, which must be there, is replaced once.
fn codes_with(file: &str, old: &str, new: &str) -> Vec<&'static str> {
    let mut files = outputs().clone();
    files.retain(|name, _| !name.ends_with(".epub"));
    files.insert("archive.epub".to_owned(), outputs()["archive.epub"].clone());
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    files.insert(file.to_owned(), text.replacen(old, new, 1).into_bytes());
    let mut codes: Vec<_> = found(&files).iter().map(|one| one.rule.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// An element of the first item with its content.
fn first(file: &str, start: &str, end: &str) -> String {
    let text = String::from_utf8(outputs()[file].clone()).unwrap();
    let from = text
        .find(start)
        .unwrap_or_else(|| panic!("{file} has no {start}"));
    let length = text[from..].find(end).unwrap() + end.len();
    text[from..from + length].to_owned()
}

#[test]
fn faults_of_rss_are_found() {
    let guid = first("rss.xml", "<guid", "</guid>");
    let date = first("rss.xml", "<pubDate>", "</pubDate>");
    let title = first("rss.xml", "<title>", "</title>");
    let cases = [
        ("version=\"2.0\"", "version=\"0.92\"", "feed-version"),
        (title.as_str(), "", "feed-element"),
        (&date, "<pubDate>2021-12-31</pubDate>", "feed-date"),
        (&guid, "<guid>no address</guid>", "feed-id"),
        (&guid, "", "feed-element"),
        ("<language>", "<language>not a ", "feed-language"),
        (
            "<content:encoded><![CDATA[",
            "<content:encoded><![CDATA[<script>f()</script>",
            "feed-active",
        ),
        (
            "<content:encoded><![CDATA[",
            "<content:encoded><![CDATA[<p onclick='f()'>",
            "feed-active",
        ),
        (
            "<content:encoded><![CDATA[",
            "<content:encoded><![CDATA[<a href='java\tscript:f()'>",
            "feed-active",
        ),
        (
            "<content:encoded><![CDATA[",
            "<content:encoded><![CDATA[<img src='/a.png'>",
            "feed-address",
        ),
        ("</channel>", "</chanel>", "xml-syntax"),
    ];
    for (old, new, rule) in cases {
        let codes = codes_with("rss.xml", old, new);
        assert!(codes.contains(&rule), "{new}: {codes:?} instead of {rule}");
    }
}

#[test]
fn faults_of_atom_are_found() {
    let id = first("atom.xml", "<entry>", "</id>");
    let updated = first("atom.xml", "<updated>", "</updated>");
    let content = first("atom.xml", "<content", ">");
    let script = format!("{content}&lt;script&gt;f()&lt;/script&gt;");
    let no_id = id.split("<id>").next().unwrap().to_owned();
    let cases = [
        (id.as_str(), no_id.as_str(), "feed-element"),
        (&updated, "<updated>2021-12-31</updated>", "feed-date"),
        (&updated, "", "feed-element"),
        (&content, &script, "feed-active"),
        ("<author>\n", "<author><!--", "xml-syntax"),
        (
            "rel=\"alternate\"",
            "rel=\"alternate\" xml:lang=\"no language\"",
            "feed-language",
        ),
        ("<link href=\"https://", "<link href=\"//", "feed-address"),
    ];
    for (old, new, rule) in cases {
        let codes = codes_with("atom.xml", old, new);
        assert!(codes.contains(&rule), "{new}: {codes:?} instead of {rule}");
    }
}

#[test]
fn faults_of_json_feed_are_found() {
    let id = first("feed.json", "{\"id\":", ",");
    let cases = [
        ("version/1.1", "version/9", "feed-version"),
        (id.as_str(), "{", "feed-id"),
        ("\"title\":", "\"titel\":", "feed-element"),
        (
            "\"date_published\":\"20",
            "\"date_published\":\"on 20",
            "feed-date",
        ),
        (
            "\"content_html\":\"",
            "\"content_html\":\"<iframe src='https://a.example/'></iframe>",
            "feed-active",
        ),
        ("\"url\":\"https://", "\"url\":\"", "feed-address"),
        ("\"items\"", "items", "feed-element"),
    ];
    for (old, new, rule) in cases {
        let codes = codes_with("feed.json", old, new);
        assert!(codes.contains(&rule), "{new}: {codes:?} instead of {rule}");
    }
}

/// A fault put into the first item of each format; `]]>` aside, its text is markup in all of them.
fn codes_in_texts(markup: &str) -> [Vec<&'static str>; 3] {
    let rss = "<content:encoded><![CDATA[";
    let atom = first("atom.xml", "<content", "<![CDATA[");
    let json = "\"content_html\":\"";
    [
        codes_with("rss.xml", rss, &format!("{rss}{markup}")),
        codes_with("atom.xml", &atom, &format!("{atom}{markup}")),
        codes_with("feed.json", json, &format!("{json}{markup}")),
    ]
}

#[test]
fn links_to_places_that_a_text_does_not_have_are_found() {
    for (markup, is_fault) in [
        ("<a href='#gone'>x</a>", true),
        ("<a href='#Here'>x</a><p id='here'>y</p>", true),
        ("<a href='#here'>x</a><p id='here'>y</p>", false),
        ("<p id='例'>y</p><a href='#%E4%BE%8B'>x</a>", false),
        ("<a name='here'></a><a href='#here'>x</a>", false),
        ("<a href='#top'>x</a>", false),
        ("<a href='https://a.example/#gone'>x</a>", false),
    ] {
        for codes in codes_in_texts(markup) {
            assert_eq!(codes.contains(&"feed-fragment"), is_fault, "{markup}");
            assert_eq!(codes.is_empty(), !is_fault, "{markup}: {codes:?}");
        }
    }
}

#[test]
fn control_characters_are_found_however_they_are_written() {
    for control in ["\u{7F}", "\u{85}", "\u{9F}"] {
        for codes in codes_in_texts(control) {
            assert_eq!(codes, ["feed-character"], "{control:?}");
        }
    }
    for (file, old, new) in [
        (
            "rss.xml",
            "<item>\n      <title>",
            "<item>\n      <title>&#x9D;",
        ),
        (
            "atom.xml",
            "<entry>\n    <title",
            "<entry>\n    <rights>&#127;</rights>\n    <title",
        ),
        (
            "feed.json",
            "\"content_html\":\"",
            "\"content_html\":\"\\u0085",
        ),
    ] {
        assert_eq!(codes_with(file, old, new), ["feed-character"], "{new}");
    }
}

#[test]
fn a_picture_named_by_another_address_than_the_text_shows_is_found() {
    for (file, mark, name) in [
        ("rss.xml", "<enclosure", "url=\""),
        ("rss.xml", "<media:content", "url=\""),
        ("rss.xml", "<media:thumbnail", "url=\""),
        ("atom.xml", "rel=\"enclosure\"", "href=\""),
        ("feed.json", "\"image\"", "\"image\":\""),
        (
            "feed.json",
            "\"attachments\"",
            "\"attachments\":[{\"url\":\"",
        ),
    ] {
        let feed = String::from_utf8(outputs()[file].clone()).unwrap();
        let line = feed.lines().find(|line| line.contains(mark)).unwrap();
        let (before, rest) = line.split_once(name).unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        let other = format!("{before}{name}https://other.example/a.jpg\"{after}");
        assert_eq!(codes_with(file, line, &other), ["feed-picture"], "{other}");
    }
}

#[test]
fn ids_are_addresses_by_their_grammar() {
    let guid = first("rss.xml", "<guid", "</guid>");
    let atom = first("atom.xml", "<entry>", "</id>");
    let json = first("feed.json", "{\"id\":", ",");
    let before = atom.split("<id>").next().unwrap();
    for (id, is_fault) in [
        ("https://a.example/a[1]", true),
        ("https://a.example/?a[]=1", true),
        ("https://a.example/#a#b", true),
        ("https://a.example/a|b", true),
        ("no address", true),
        ("https://[::1]/例", false),
        ("tag:a.example,2020:例", false),
    ] {
        let permanent = format!("<guid isPermaLink=\"false\">{id}</guid>");
        for codes in [
            codes_with("rss.xml", &guid, &permanent),
            codes_with("atom.xml", &atom, &format!("{before}<id>{id}</id>")),
            codes_with("feed.json", &json, &format!("{{\"id\":\"{id}\",")),
        ] {
            assert_eq!(codes.contains(&"feed-id"), is_fault, "{id}: {codes:?}");
        }
    }
}

#[test]
fn faults_of_lists_and_catalogues_are_found() {
    let cases = [
        ("feeds.opml", "version=\"2.0\"", "", "feed-version"),
        ("feeds.opml", "/atom.xml\"", "/gone.xml\"", "feed-target"),
        (
            "feeds.opml",
            "xmlUrl=\"https://",
            "xmlUrl=\"",
            "feed-address",
        ),
        ("opds.xml", "/archive.epub\"", "/gone.epub\"", "feed-target"),
        (
            "opds.xml",
            "http://opds-spec.org/image/thumbnail",
            "related",
            "opds-entry",
        ),
        ("opds.xml", "image/jpeg", "image/webp", "opds-entry"),
    ];
    for (file, old, new, rule) in cases {
        let codes = codes_with(file, old, new);
        assert!(codes.contains(&rule), "{new}: {codes:?} instead of {rule}");
    }
}

#[test]
fn chains_of_archive_documents_must_hold() {
    let archive = outputs()
        .keys()
        .find(|name| name.starts_with("archive/atom-"));
    let archive = archive.expect("an archive document").clone();
    let cases = [
        ("atom.xml", "rel=\"prev-archive\"", "rel=\"related\""),
        ("atom.xml", "rel=\"self\"", "rel=\"current\""),
        (archive.as_str(), "rel=\"current\"", "rel=\"related\""),
        (&archive, "<fh:archive", "<fh:complete/><fh:archive"),
        (&archive, "rel=\"next-archive\"", "rel=\"related\""),
        (&archive, "/atom.xml\"", "/gone.xml\""),
    ];
    for (file, old, new) in cases {
        let codes = codes_with(file, old, new);
        assert!(codes.contains(&"feed-chain"), "{file} {new}: {codes:?}");
    }
}

#[test]
fn a_folder_of_output_folders_is_looked_at_as_well() {
    let inner = outputs().iter();
    let inner = inner.map(|(name, bytes)| (format!("site/a/{name}"), bytes.clone()));
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = inner.collect();
    assert_eq!(found(&files), []);
    files.remove("site/a/archive-cover.jpg");
    let rules: Vec<_> = found(&files).iter().map(|one| one.rule.code()).collect();
    assert_eq!(rules, ["feed-target", "feed-target"]);
}

#[test]
fn a_picture_in_the_place_of_a_feed_is_found() {
    let dot =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    for (name, rule) in [("rss.xml", "xml-encoding"), ("feed.json", "feed-element")] {
        let mut files = outputs().clone();
        files.insert(name.to_owned(), dot.to_vec());
        let codes: Vec<_> = found(&files).iter().map(|one| one.rule.code()).collect();
        assert!(codes.contains(&rule), "{name}: {codes:?} instead of {rule}");
    }
}

#[test]
fn a_channel_without_a_page_gives_its_id_and_no_address_that_leads_elsewhere() {
    let link = first("rss.xml", "<link>", "</link>");
    for (page, is_fault) in [
        ("urn:uuid:b1491f6c-0fc0-4420-af9d-70a70a0b655f", false),
        ("tag:paper.example,2021:feed", false),
        ("https://paper.example/", false),
        ("file:///home/news", true),
        ("javascript:f()", true),
        ("urn:a b", true),
        ("paper.example", true),
    ] {
        let codes = codes_with("rss.xml", &link, &format!("<link>{page}</link>"));
        assert_eq!(
            codes.contains(&"feed-address"),
            is_fault,
            "{page}: {codes:?}"
        );
    }
}
