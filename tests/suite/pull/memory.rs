//! The archive is the memory: nothing twice, nothing lost.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use std::fs;
use std::sync::{Arc, Mutex};

/// A server with one feed, which the test changes.
fn changing() -> (Server, Arc<Mutex<String>>) {
    let feed = Arc::new(Mutex::new(String::new()));
    let shown = Arc::clone(&feed);
    let server =
        Server::start(move |asked| Reply::feed(shown.lock().unwrap().clone()).tagged(asked));
    (server, feed)
}

fn show(feed: &Mutex<String>, items: &str) {
    *feed.lock().unwrap() = rss("Tales", "", items);
}

fn tale(number: u32) -> String {
    item(
        number,
        &format!("https://tales.example/{number}"),
        &day(number),
        &text(number),
    )
}

#[test]
fn new_ids_new_dates_and_new_addresses_make_no_new_articles() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    show(&feed, &(tale(1) + &tale(2)));
    archive.pull(NOON);
    let before = archive.files();
    let old = |number: u32| text(number);
    for changed in [
        // Other ids.
        tale(1).replace("tale-", "story-") + &tale(2).replace("tale-", "story-"),
        // Other dates.
        tale(1).replace("Dec 2021", "Jan 2022") + &tale(2),
        // Other addresses.
        tale(1).replace("tales.example", "new.example")
            + &tale(2).replace("/2<", "/two?utm_source=x<"),
        // All three: the site moved.
        tale(1)
            .replace("tale-", "s-")
            .replace("tales.example", "new.example")
            .replace("Dec 2021", "Jan 2022"),
        // Shorter, in another order, with other white space and signs.
        tale(2).replace(&old(2), &old(2).replace(". ", ".\n  ")),
        String::new(),
        tale(2) + &tale(1),
    ] {
        show(&feed, &changed);
        let report = archive.pull(NOON + HOUR);
        assert_eq!(report.saved, [""; 0], "{changed}\n{report:#?}");
    }
    assert_eq!(archive.files(), before);
}

#[test]
fn an_item_in_two_feeds_is_saved_once_under_the_first() {
    let other = tale(1).replace("tale-1", "https://tales.example/1");
    let server = Server::of([
        ("/a", Reply::feed(rss("First", "", &tale(1))).with("X", "y")),
        ("/b", Reply::feed(rss("Second", "", &(other + &tale(2))))),
    ]);
    for _ in 0..5 {
        let archive = Archive::of([server.address("/a"), server.address("/b")]);
        archive.pull(NOON);
        let names: Vec<String> = archive.files().into_keys().collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names[0].starts_with("First/2021-12-01-"), "{names:?}");
        assert!(names[1].starts_with("Second/2021-12-02-"), "{names:?}");
        archive.pull(NOON);
        assert_eq!(archive.files().len(), 2);
    }
}

#[test]
fn a_changed_text_is_an_edition_once() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    show(&feed, &tale(1));
    archive.pull(NOON);
    let corrected = tale(1).replace("the harbour was seen", "the lighthouse was heard");
    assert_ne!(corrected, tale(1));
    for shown in [&corrected, &tale(1), &corrected] {
        show(&feed, shown);
        archive.pull(NOON + HOUR);
        let files = archive.files();
        assert_eq!(files.len(), 2, "{files:#?}");
    }
    let times: Vec<String> = archive
        .files()
        .values()
        .map(|file| file[..20].to_owned())
        .collect();
    assert!(times[0] != times[1], "{times:?}");
    let none = Archive::new(&format!(
        "[pull]\neditions = false\n[[pull.feed]]\nurl = {:?}",
        server.address("/")
    ));
    show(&feed, &tale(1));
    none.pull(NOON);
    show(&feed, &corrected);
    none.pull(NOON + HOUR);
    assert_eq!(none.files().len(), 1);
}

#[test]
fn a_text_that_is_other_at_every_visit_does_not_fill_the_archive() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    for visit in 0..20 {
        let body = format!(
            "{}<p>This page was seen by {} people and {} goats today.</p>",
            text(1),
            visit * 7919,
            visit
        );
        show(&feed, &item(1, "https://tales.example/1", &day(1), &body));
        archive.pull(NOON + visit * HOUR);
    }
    let count = archive.files().len();
    assert!((1..=10).contains(&count), "{count}");
}

#[test]
fn items_that_all_lead_to_one_page_are_all_saved() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    let home = |number: u32| {
        item(
            number,
            "https://tales.example/",
            &day(number),
            &text(number),
        )
    };
    show(&feed, &(home(1) + &home(2) + &home(3)));
    archive.pull(NOON);
    assert_eq!(archive.files().len(), 3);
    // One at a time, with ids and without.
    show(&feed, &home(4));
    archive.pull(NOON + HOUR);
    assert_eq!(archive.files().len(), 4);
    let anonymous = |number: u32| {
        let guid = format!("<guid isPermaLink=\"false\">tale-{number}</guid>");
        home(number).replace(&guid, "")
    };
    show(&feed, &(anonymous(5) + &anonymous(6)));
    archive.pull(NOON + 2 * HOUR);
    assert_eq!(archive.files().len(), 6);
    // Ids that say nothing.
    let same = |number: u32| tale(number).replace(&format!("tale-{number}<"), "tale<");
    show(&feed, &(same(7) + &same(8)));
    archive.pull(NOON + 3 * HOUR);
    assert_eq!(archive.files().len(), 8);
    archive.pull(NOON + 4 * HOUR);
    assert_eq!(archive.files().len(), 8);
}

#[test]
fn the_cache_may_vanish() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    show(&feed, &(tale(1) + &tale(2)));
    archive.pull(NOON);
    fs::remove_dir_all(archive.cache()).unwrap();
    let report = archive.pull(NOON + HOUR);
    assert_eq!(report.saved, [""; 0]);
    assert_eq!(report.articles.known, 2);
}

#[test]
fn files_that_a_failed_push_lost_are_saved_again() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    show(&feed, &(tale(1) + &tale(2)));
    archive.pull(NOON);
    let before = archive.files();
    fs::remove_dir_all(archive.path()).unwrap();
    archive.pull(NOON + HOUR);
    assert_eq!(archive.files(), before);
}

#[test]
fn what_other_programs_saved_is_not_saved_again() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    let folder = archive.path().join("other");
    fs::create_dir_all(&folder).unwrap();
    let seed = "<!--1638400000000-->\n[Tale 1](http://www.tales.example/1)\n------\n\n<div></div>Another text";
    fs::write(
        folder.join("000_3ba21630bbee9f23.txt"),
        seed.replace("www.", ""),
    )
    .unwrap();
    show(&feed, &(tale(1) + &tale(2)));
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 1, "{report:#?}");
    assert_eq!(report.articles.known, 1);
}
