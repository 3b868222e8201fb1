//! Exports of wallabag.

use super::{items, published, reading, shown, warned};
use crate::read::sniff;
use offprint::Code;
use offprint::model::Markup;
use offprint::reader::{Confidence, MemorySource, Wallabag};

/// Three entries of the second version.
pub const SECOND: &str = r#"[{"id":17,"uid":null,"title":"The lamp & the \"fog\"","url":"https:\/\/a.example\/lamp","is_archived":1,"is_starred":false,"content":"<p>It <b>shines<\/b> again, says the keeper.<\/p>","created_at":"2021-12-31T11:55:58+0200","updated_at":"2022-02-01T00:00:00+0200","published_at":"2021-12-30T08:00:00+0100","published_by":["Ada Keeper",""],"annotations":[{"text":"[{"}],"mimetype":"text\/html","language":"en","reading_time":1,"domain_name":"a.example","preview_picture":"https:\/\/a.example\/lamp.jpg","tags":["lights","sea & land"]},
{"id":"18","title":"","url":"https://a.example/ships","is_archived":0,"is_starred":0,"content":"one\ntwo","created_at":"2022-01-02T00:00:00+0000","published_at":null,"published_by":[null],"language":"","mimetype":"text/plain","tags":[]},
{"id":19,"title":"Gone","url":"https://a.example/gone","is_archived":false,"is_starred":false,"content":"wallabag can't retrieve contents for this article. Please <a href=\"https://doc.wallabag.org/en/user/errors_during_fetching\">troubleshoot this issue</a>.","created_at":"2022-01-03T00:00:00+0000","tags":[]}]"#;

#[test]
fn an_entry_says_all_that_wallabag_knows_of_its_article() {
    let reading = reading(&Wallabag, SECOND);
    let [first, second] = &reading.entries[..] else {
        panic!("{} entries", reading.entries.len());
    };
    let head = &first.head;
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the \"fog\""));
    assert_eq!(head.address.as_deref(), Some("https://a.example/lamp"));
    assert_eq!(
        published(first).as_deref(),
        Some("2021-12-30 08:00:00 +01:00")
    );
    assert_eq!(
        head.updated, None,
        "that the entry changed is no change of the text"
    );
    assert_eq!(
        (&head.authors[..], &head.tags[..]),
        (
            &["Ada Keeper".to_owned()][..],
            &["lights".to_owned(), "sea &amp; land".to_owned()][..]
        )
    );
    assert_eq!(head.language.as_deref(), Some("en"));
    assert_eq!(head.picture.as_deref(), Some("https://a.example/lamp.jpg"));
    assert!(head.folders.is_empty(), "the export's folder is no source");
    assert_eq!(shown(first), "It shines again, says the keeper. [{");
    assert_eq!(
        published(second).as_deref(),
        Some("2022-01-02 00:00:00 +00:00")
    );
    assert_eq!((&second.head.title, &second.head.language), (&None, &None));
    assert_eq!(second.markup, Markup::Text("one\ntwo".to_owned()));
}

#[test]
fn a_page_that_wallabag_could_not_fetch_is_counted_and_left_out() {
    let warned = warned(&reading(&Wallabag, SECOND));
    let message = "1 item is left out: wallabag could not fetch their texts".to_owned();
    assert_eq!(warned, [(Code::ItemsLeftOut, None, message)]);
}

#[test]
fn the_first_version_is_read_too() {
    let long = "<p>A long text.</p>".repeat(1000);
    let export = serde_json::json!([{
        "0": "1", "1": "The lamp", "2": "http://a.example/lamp", "3": "0", "4": "0", "5": long, "6": "1",
        "id": "1", "title": "The lamp", "url": "http://a.example/lamp", "is_read": "0", "is_fav": "0",
        "content": long, "user_id": "1", "tags": "lights, sea"
    }]);
    let text = serde_json::to_string_pretty(&export).unwrap();
    assert_eq!(
        sniff(&Wallabag, text.as_bytes(), "poche.json"),
        Confidence::Certain
    );
    let reading = reading(&Wallabag, &text);
    assert_eq!(reading.entries.len(), 1);
    let head = &reading.entries[0].head;
    assert_eq!(head.tags, ["lights", "sea"]);
    assert_eq!(head.published, None);
    assert!(shown(&reading.entries[0]).starts_with("A long text."));
}

#[test]
fn hostile_62_a_broken_entry_of_an_export_costs_itself_alone() {
    for (text, read, code, line) in [
        // A member without a value; a file that ends within its second entry; one that ends between two.
        (
            SECOND.replacen("\"id\":17", "\"id\":", 1),
            1,
            Code::ExportBroken,
            Some(1),
        ),
        (
            SECOND[..SECOND.find("one\\ntwo").unwrap()].to_owned(),
            1,
            Code::ExportBroken,
            Some(2),
        ),
        (
            SECOND[..SECOND.find("\n{\"id\":\"18\"").unwrap()].to_owned(),
            1,
            Code::ExportBroken,
            None,
        ),
    ] {
        let reading = reading(&Wallabag, &text);
        assert_eq!(reading.entries.len(), read, "{text}");
        let warning = reading.warnings.iter().find(|warning| warning.code == code);
        assert_eq!(warning.expect("a warning").line, line);
    }
}

#[test]
fn an_entry_stays_what_it_was_where_others_come_before_it() {
    let before = MemorySource::new("a.json", SECOND.as_bytes());
    let longer = SECOND.replacen(
        '[',
        "[{\"url\":\"https://a.example/new\",\"content\":\"<p>New.</p>\"},\n",
        1,
    );
    let after = MemorySource::new("a.json", longer.as_bytes());
    let (before, after) = (items(&Wallabag, &before), items(&Wallabag, &after));
    assert_eq!(after.len(), before.len() + 1);
    for (before, after) in before.iter().zip(&after[1..]) {
        assert_eq!(before.content, after.content);
        assert_ne!(before.at, after.at);
    }
}
