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
