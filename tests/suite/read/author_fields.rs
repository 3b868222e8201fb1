//! Who wrote an article and when, by the fields of front matter, whatever program wrote them.

use super::{article, authors};
use crate::understanding::understood;
use offprint::model::Entry;
use offprint::reader::{FrontMatter, Markdown};
use offprint::settings::CleanSettings;

/// The two kinds of files that begin with front matter.
fn both(fields: &str) -> [Entry; 2] {
    let post = format!("---\ntitle: t\nfrom: https://a.example/1\n{fields}\n---\n<p>Text</p>\n");
    let note = format!("---\ntitle: t\nurl: https://a.example/1\n{fields}\n---\nText of *it*.\n");
    [
        article(&FrontMatter, post.as_bytes()).0,
        article(&Markdown, note.as_bytes()).0,
    ]
}

#[test]
fn fault_14_every_way_to_name_authors_gives_their_names() {
    for (fields, expected) in [
        (
            "author: {display_name: Ada Keeper, twitter: \"@ada\"}",
            &["Ada Keeper"][..],
        ),
        (
            "author:\n  full-name: Ada Keeper\n  bio: Keeps lamps",
            &["Ada Keeper"],
        ),
        (
            "author:\n  first_name: Ada\n  last_name: Keeper",
            &["Ada Keeper"],
        ),
        (
            "author: {firstName: Ada, middle: M., lastName: Keeper}",
            &["Ada M. Keeper"],
        ),
        (
            "author:\n  - family: Keeper\n    given: Ada\n  - {surname: Ladder, forename: Bo}",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "author: {given: Jan, non-dropping-particle: van, family: Dam}",
            &["Jan van Dam"],
        ),
        ("author: {given: 三, family: 张}", &["张三"]),
        (
            "author:\n  login: ada\n  email: ada@x.example\n  display_name: Ada Keeper",
            &["Ada Keeper"],
        ),
        ("author: {login: ada, email: ada@x.example}", &[]),
        (
            "author:\n  - name:\n      given: Ada\n      family: Keeper\n    affiliation: Univ",
            &["Ada Keeper"],
        ),
        (
            "author:\n  - name: {literal: Lamp Office}",
            &["Lamp Office"],
        ),
        (
            "authors:\n  ada:\n    name: Ada Keeper\n  bo:\n    name: Bo Ladder",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "authors: {ada: Ada Keeper, bo: Bo Ladder}",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "authors:\n  - Ada Keeper:\n      aff: X\n  - Bo Ladder:\n      email: bo@x.example",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "authors: {writer: Ada Keeper, editor: Ed Itor}",
            &["Ada Keeper"],
        ),
        ("author: '{\"name\": \"Ada Keeper\"}'", &["Ada Keeper"]),
        (
            "taxonomies:\n  authors: [Ada Keeper, Bo Ladder]",
            &["Ada Keeper", "Bo Ladder"],
        ),
        ("extra:\n  author: Ada Keeper", &["Ada Keeper"]),
        ("params:\n  author:\n    name: Ada Keeper", &["Ada Keeper"]),
        (
            "author:\n  name:\n    - Ada Keeper\n    - Bo Ladder",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "authors:\n  - {name: Ed Itor, role: editor}\n  - {name: Ada Keeper}",
            &["Ada Keeper"],
        ),
        ("authors:\n  - {name: Ed Itor, role: editor}", &["Ed Itor"]),
        ("dc.creator: Ada Keeper", &["Ada Keeper"]),
        (
            "author: '[{\"@type\": \"Person\", \"name\": \"Ada Keeper\"}, \"Bo Ladder\"]'",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "author: \"['Ada Keeper', 'Bo Ladder']\"",
            &["Ada Keeper", "Bo Ladder"],
        ),
        ("author: \"{{ page.writer }}\"", &[]),
        (
            "author: |\n  Ada Keeper\n  Bo Ladder",
            &["Ada Keeper", "Bo Ladder"],
        ),
        ("primary_author:\n  name: Ada Keeper", &["Ada Keeper"]),
        ("author_name: Ada Keeper", &["Ada Keeper"]),
        ("作者: 张三", &["张三"]),
        ("著者: 山田太郎", &["山田太郎"]),
        ("저자: 김철수", &["김철수"]),
        ("Autor: Ada Keeper", &["Ada Keeper"]),
        ("Auteure: Anne Dupont", &["Anne Dupont"]),
        ("Автор: Иван Петров", &["Иван Петров"]),
        ("Tác giả: Nguyễn Văn An", &["Nguyễn Văn An"]),
        ("المؤلف: أحمد علي", &["أحمد علي"]),
        ("author: Ada Keeper\nwriter: Cy Wu", &["Ada Keeper"]),
    ] {
        for entry in both(fields) {
            assert_eq!(
                authors(&entry),
                expected,
                "{fields}: {:?}",
                entry.head.authors
            );
        }
    }
}

#[test]
fn fault_14_links_of_note_programs_are_the_names_of_their_notes() {
    for (fields, expected) in [
        ("author: \"[[Ada Keeper]]\"", &["Ada Keeper"][..]),
        ("author: [[Ada Keeper]]", &["Ada Keeper"]),
        ("author: [[People/Ada Keeper|Ada]]", &["Ada Keeper"]),
        (
            "author:\n  - [[Ada Keeper]]\n  - [[Bo Ladder]]",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "author: [[Ada Keeper]], [[Bo Ladder]]",
            &["Ada Keeper", "Bo Ladder"],
        ),
        (
            "author:\n  - \"[[Ada Keeper]]\"\n  - \"[[People/Bo Ladder|Bo]]\"",
            &["Ada Keeper", "Bo Ladder"],
        ),
        ("authors: [\"[[Ada Keeper#bio|Ada K.]]\"]", &["Ada Keeper"]),
        (
            "author: \"[[people/ada-keeper|Ada Keeper]]\"",
            &["Ada Keeper"],
        ),
        ("author: \"[[@keeper2021|Ada Keeper]]\"", &["Ada Keeper"]),
        ("author: \"[[人物/张三]]\"", &["张三"]),
        (
            "author: \"[Ada Keeper](https://a.example/ada)\"",
            &["Ada Keeper"],
        ),
    ] {
        for entry in both(fields) {
            assert_eq!(
                authors(&entry),
                expected,
                "{fields}: {:?}",
                entry.head.authors
            );
        }
    }
}

/// The dates of an entry: published, and updated where that differs.
fn dates(entry: &Entry) -> String {
    let found = understood(entry, &CleanSettings::default()).dates;
    let shown = |time: Option<(offprint::model::Timestamp, _)>| {
        let text = time.map(|(time, _)| time.rfc3339()).unwrap_or_default();
        text.replace("T00:00:00Z", "")
    };
    let (published, updated) = (shown(found.published), shown(found.updated));
    match published == updated {
        true => published,
        false => format!("{published} {updated}"),
    }
}

#[test]
fn every_way_to_name_dates_tells_publication_from_change() {
    for (fields, expected) in [
        (
            "date:\n  created: 2021-12-31\n  updated: 2022-01-05",
            "2021-12-31 2022-01-05",
        ),
        (
            "date: {published: 2021-12-31, modified: 2022-01-05}",
            "2021-12-31 2022-01-05",
        ),
        ("date: \"[[2021-12-31]]\"", "2021-12-31"),
        ("date: [[2021-12-31]]", "2021-12-31"),
        ("date: \"[[Daily/2021-12-31|Friday]]\"", "2021-12-31"),
        ("date: 2021-12-31 24:00:00", "2022-01-01"),
        ("date: 2021-12-31T24:00:00Z", "2022-01-01"),
        (
            "date_published: 2021-12-31\ndate_modified: 2022-01-02",
            "2021-12-31 2022-01-02",
        ),
        (
            "datePublished: 2021-12-31\ndateModified: 2022-01-02",
            "2021-12-31 2022-01-02",
        ),
        (
            "publish-date: 2021-12-31\nlast-updated: 2022-01-02",
            "2021-12-31 2022-01-02",
        ),
        (
            "created_at: 2021-12-31\nupdated_at: 2022-01-02",
            "2021-12-31 2022-01-02",
        ),
        ("发布时间: 2021-12-31", "2021-12-31"),
        ("Дата: 31 декабря 2021", "2021-12-31"),
    ] {
        for entry in both(fields) {
            assert_eq!(dates(&entry), expected, "{fields}: {:?}", entry.head);
        }
    }
}
