//! `inspect` and `init` on files that hold several articles.

use crate::command::Place;
use crate::read::exports::{epub::zipped, reader_json, wallabag};
use assert_cmd::assert::Assert;

fn printed(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_container_is_shown_as_a_table_and_one_item_of_it_whole() {
    let place = Place::empty();
    place.write("export.json", wallabag::SECOND);
    let table = printed(
        &place
            .offprint(&["inspect", "export.json"])
            .assert()
            .success(),
    );
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines.len(),
        4,
        "a head, a line for each item, the sums: {table}"
    );
    assert!(
        lines[1].contains("2021-12-30") && lines[1].ends_with("export.json item 1"),
        "{table}"
    );
    assert!(lines[2].ends_with("export.json item 2"), "{table}");
    let one = printed(
        &place
            .offprint(&["inspect", "export.json", "--item", "2"])
            .assert()
            .success(),
    );
    assert!(
        one.contains("https://a.example/ships") && !one.contains("lamp"),
        "{one}"
    );
    let json = printed(
        &place
            .offprint(&["inspect", "export.json", "--item", "1", "--json"])
            .assert()
            .success(),
    );
    assert_eq!(json.lines().count(), 1, "{json}");
    let none = place
        .offprint(&["inspect", "export.json", "--item", "7"])
        .assert()
        .code(2);
    let said = String::from_utf8(none.get_output().stderr.clone()).unwrap();
    assert!(said.contains("there is no item 7 in export.json"), "{said}");
}

#[test]
fn one_item_alone_is_shown_whole_and_a_zip_with_its_members() {
    let place = Place::empty();
    let one = reader_json::GOOGLE
        .split_once("\n    { \"id\": \"tag:google.com,2005:reader/item/000521f7a2b4c002\"")
        .unwrap()
        .0;
    place.write(
        "starred.json",
        format!("{}]}}", one.trim_end().trim_end_matches(',')),
    );
    let tree = printed(
        &place
            .offprint(&["inspect", "starred.json"])
            .assert()
            .success(),
    );
    assert!(tree.contains("address    https://a.example/lamp"), "{tree}");
    place.write(
        "all.zip",
        zipped(&[("a/export.json", wallabag::SECOND.as_bytes())]),
    );
    let table = printed(&place.offprint(&["inspect", "all.zip"]).assert().success());
    assert!(table.contains("all.zip!a/export.json item 2"), "{table}");
}

#[test]
fn init_finds_exports_and_archives_but_no_books() {
    let place = Place::empty();
    place.write("exports/wallabag.json", wallabag::SECOND);
    place.write(
        "exports/all.zip",
        zipped(&[("a/starred.json", reader_json::GOOGLE.as_bytes())]),
    );
    place.write(
        "books/tales.epub",
        zipped(&[("mimetype", b"application/epub+zip")]),
    );
    place.offprint(&["init"]).assert().success();
    let written = std::fs::read_to_string(place.path().join("offprint.toml")).unwrap();
    assert!(
        written.contains("exports") && !written.contains("books/"),
        "{written}"
    );
}

#[test]
fn every_reader_is_told_in_two_lines_and_its_options() {
    let formats = printed(&Place::empty().offprint(&["formats"]).assert().success());
    for name in ["wallabag", "omnivore", "reader-json", "evernote", "epub"] {
        let line = formats
            .lines()
            .position(|line| line.trim_start().starts_with(&format!("{name} ")));
        let line = line.unwrap_or_else(|| panic!("{name}: {formats}"));
        assert!(
            formats.lines().nth(line + 1).unwrap().contains("files: "),
            "{formats}"
        );
    }
}

#[test]
fn fault_23_a_member_of_an_archive_is_named_alone() {
    let place = Place::empty();
    let text =
        |title: &str| format!("---\ntitle: {title}\n---\nThe {title} was lit in the evening.\n");
    let inner = zipped(&[("c.md", text("Third").as_bytes())]);
    let members = [("a.md", text("First")), ("posts/b.md", text("Second"))];
    let mut all: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    all.push(("inner.zip", &inner));
    place.write("all.zip", zipped(&all));
    for (named, title) in [
        ("all.zip!a.md", "First"),
        ("all.zip!posts/b.md", "Second"),
        ("all.zip!inner.zip!c.md", "Third"),
        ("all.zip!inner.zip", "Third"),
    ] {
        let shown = printed(&place.offprint(&["inspect", named]).assert().success());
        assert!(shown.contains(title), "{named}: {shown}");
        let others = ["First", "Second", "Third"]
            .into_iter()
            .filter(|other| *other != title);
        assert!(
            others.into_iter().all(|other| !shown.contains(other)),
            "{named}: {shown}"
        );
        place
            .offprint(&["build", named, "-t", "json", "-o", "one"])
            .assert()
            .success();
    }
    for missing in ["all.zip!d.md", "all.zip!posts", "none.zip!a.md"] {
        place.offprint(&["inspect", missing]).assert().code(2);
    }
}

/// An article of a page in a web archive.
fn record(title: &str) -> String {
    let prose =
        "The ship came into the harbour at night, and all the people stood at the quay. ".repeat(6);
    let page = format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p></article></body></html>"
    );
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{title}\r\nWARC-Date: 2021-12-31T01:44:25Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, bytes).unwrap();
    packed.finish().unwrap()
}

fn feed(titles: [&str; 2]) -> String {
    let items = titles.map(|title| {
        format!("<item><guid>{title}</guid><title>{title}</title><description>The text of {title}.</description></item>")
    });
    format!(
        "<rss version='2.0'><channel><title>F</title>{}</channel></rss>",
        items.concat()
    )
}

#[test]
fn fault_23_each_row_of_a_table_is_shown_by_its_number_and_by_its_names() {
    let markdown = |title: &str| format!("---\ntitle: {title}\n---\nThe text of {title}.\n");
    let (first, second) = (markdown("Alpha"), markdown("Beta"));
    let rss = feed(["Gamma", "Delta"]);
    let packed = gzip(rss.as_bytes());
    let records = gzip((record("Epsilon") + &record("Zeta")).as_bytes());
    let mails = "From a\nSubject: Eta\nMessage-ID: <1@x>\n\nThe text of Eta.\n\nFrom a\nnothing\n\nFrom b\nSubject: Theta\n\nThe text of Theta.\n";
    let chapters = ["Iota", "Kappa"].map(|title| format!("<h1>{title}</h1><p>The text of it.</p>"));
    let book = crate::read::exports::epub::book_of(&chapters);
    let inner = zipped(&[("x/b.md", second.as_bytes())]);
    let wacz = zipped(&[
        ("archive/data.warc.gz", &records),
        ("datapackage.json", br#"{"profile": "data-package"}"#),
    ]);
    let kinds: [(&str, Vec<u8>, &str, &[&str]); 9] = [
        (
            "feed.xml",
            rss.clone().into_bytes(),
            "feed",
            &["Gamma", "Delta"],
        ),
        ("feed.xml.gz", packed.clone(), "feed", &["Gamma", "Delta"]),
        (
            "pages.warc.gz",
            records.clone(),
            "warc",
            &["Epsilon", "Zeta"],
        ),
        ("pages.wacz", wacz.clone(), "warc", &["Epsilon", "Zeta"]),
        ("all.mbox", mails.into(), "mail", &["Eta", "Theta"]),
        ("book.epub", book.clone(), "epub", &["c0.xhtml", "c1.xhtml"]),
        (
            "mails.zip",
            zipped(&[
                ("a/all.mbox", mails.as_bytes()),
                ("b.eml", b"Subject: Last\n\nText.\n"),
            ]),
            "mail",
            &["Eta", "Theta", "Last"],
        ),
        (
            "all.zip",
            zipped(&[
                ("a.md", first.as_bytes()),
                ("books/book.epub", &book),
                ("feed.xml", rss.as_bytes()),
                ("inner.zip", &inner),
                ("more.xml.gz", &packed),
                ("pages.wacz", &wacz),
                ("picture.jpg", b"none"),
            ]),
            "",
            &[
                "Alpha", "c0.xhtml", "c1.xhtml", "Gamma", "Delta", "Beta", "Gamma", "Delta",
                "Epsilon", "Zeta",
            ],
        ),
        (
            "two.zip",
            zipped(&[("a.md", first.as_bytes()), ("b.md", second.as_bytes())]),
            "",
            &["Alpha", "Beta"],
        ),
    ];
    for (name, bytes, reader, titles) in kinds {
        let place = Place::empty();
        place.write(name, bytes);
        let shown = |item: &[&str]| {
            let from = ["--from", reader];
            let from = if reader.is_empty() { &[][..] } else { &from };
            let asked = [&["inspect", name], from, item].concat();
            printed(&place.offprint(&asked).assert().success())
        };
        let table = shown(&[]);
        let rows: Vec<&str> = table.lines().skip(1).collect();
        let rows = &rows[..rows.len() - 1];
        assert_eq!(rows.len(), titles.len(), "{name}: {table}");
        for (row, title) in rows.iter().zip(titles) {
            assert!(row.contains(title), "{name}: {table}");
            let number = match table.starts_with("  row") {
                true => row.split_whitespace().next().unwrap(),
                false => row.rsplit(" item ").next().unwrap(),
            };
            let file = &row[row.find(name).unwrap()..];
            for asked in [number, file] {
                let one = shown(&["--item", asked]);
                assert!(!one.contains(" articles\n"), "{name} {asked}: {one}");
                assert!(one.contains(title), "{name} {asked}: {one}");
            }
        }
    }
}

#[test]
fn an_article_of_many_is_shown_by_its_id_its_address_and_the_end_of_its_name() {
    let place = Place::empty();
    place.write(
        "all.zip",
        zipped(&[
            (
                "posts/a.md",
                b"---\ntitle: First\nurl: https://a.example/1\n---\nFirst text.\n",
            ),
            (
                "posts/b.md",
                b"---\ntitle: Second\nurl: https://a.example/2\n---\nSecond text.\n",
            ),
        ]),
    );
    for name in [
        "https://a.example/2",
        "posts/b.md",
        "b.md",
        "Second",
        "all.zip!posts/b.md",
        "2",
    ] {
        let asked = ["inspect", "all.zip", "--item", name];
        let one = printed(&place.offprint(&asked).assert().success());
        assert!(
            one.contains("Second text.") && !one.contains("First"),
            "{name}: {one}"
        );
    }
    for name in ["c.md", ".md", "3", "0", "Third"] {
        let none = place
            .offprint(&["inspect", "all.zip", "--item", name])
            .assert()
            .code(2);
        let said = String::from_utf8(none.get_output().stderr.clone()).unwrap();
        assert!(said.contains("there is no item"), "{said}");
    }
}
