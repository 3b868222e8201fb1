//! Ids that say less than they seem to: nothing that stood in a feed is lost for them.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use std::sync::{Arc, Mutex};

/// A feed with what a test puts into it.
fn changing() -> (Server, Arc<Mutex<String>>) {
    let feed = Arc::new(Mutex::new(String::new()));
    let shown = Arc::clone(&feed);
    let server = Server::start(move |_| Reply::feed(shown.lock().unwrap().clone()));
    (server, feed)
}

/// Pulls a feed of one item a day, whichever it is; gives the number of files and of what was known.
fn daily(days: u32, one: impl Fn(u32) -> String) -> usize {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    for number in 1..=days {
        *feed.lock().unwrap() = rss("Daily", "", &one(number));
        // The second pull of a day finds what the first saved.
        for hour in 0..2 {
            archive.pull(NOON + (i64::from(number) * 24 + hour) * HOUR);
        }
    }
    archive.files().len()
}

#[test]
fn two_feeds_of_a_site_that_count_their_items_from_one_on_lose_nothing() {
    let numbered = |name: &str, first: u32| {
        let items = (0..3).map(|number| {
            let link = format!("https://{name}.example/{number}");
            let item = item(
                first + number,
                &link,
                &day(number + 1),
                &text(first + number),
            );
            item.replace(&format!("tale-{}<", first + number), &format!("{number}<"))
        });
        Reply::feed(rss(name, "", &items.collect::<String>()))
    };
    let server = Server::of([("/a", numbered("a", 10)), ("/b", numbered("b", 20))]);
    let archive = Archive::of([server.address("/a"), server.address("/b")]);
    assert_eq!(archive.pull(NOON).articles.saved, 6);
    assert_eq!(archive.files().len(), 6);
    std::fs::remove_dir_all(archive.cache()).unwrap();
    let report = archive.pull(NOON + HOUR);
    assert_eq!((report.articles.saved, report.articles.known), (0, 6));
}

#[test]
fn pages_behind_items_of_two_feeds_with_one_id_are_both_fetched() {
    let feed = |name: &'static str, number: u32, host: &str| {
        let link = format!("http://{host}/{name}");
        let item = item(number, &link, &day(1), "<p>A word …");
        Reply::feed(rss(
            name,
            "",
            &item.replace(&format!("tale-{number}<"), "1<"),
        ))
    };
    let server = Server::start(move |asked| {
        let host = &asked.headers["host"];
        match asked.path.as_str() {
            "/feed-a" => feed("a", 1, host),
            "/feed-b" => feed("b", 2, host),
            "/a" => Reply::page(format!("<article><h1>Tale 1</h1>{}", text(1))),
            "/b" => Reply::page(format!("<article><h1>Tale 2</h1>{}", text(2))),
            _ => Reply::new(404, ""),
        }
    });
    let archive = Archive::of([server.address("/feed-a"), server.address("/feed-b")]);
    let report = archive.pull(NOON);
    assert_eq!(
        report.articles.saved,
        2,
        "{:?} {:?}",
        server.paths(),
        archive.files()
    );
}

#[test]
fn a_feed_with_one_id_for_whatever_is_the_newest_loses_nothing() {
    let same_id = |number: u32| {
        let link = format!("https://daily.example/{number}");
        item(number, &link, &day(number), &text(number)).replace(&format!("tale-{number}<"), "new<")
    };
    assert_eq!(daily(14, same_id), 14);
}

#[test]
fn a_feed_with_one_address_for_whatever_is_the_newest_loses_nothing() {
    let same_address = |number: u32| {
        let item = item(
            number,
            "https://daily.example/",
            &day(number),
            &text(number),
        );
        item.replace(
            &format!("<guid isPermaLink=\"false\">tale-{number}</guid>"),
            "",
        )
    };
    assert_eq!(daily(14, same_address), 14);
    let same_in_all = |number: u32| {
        let item = same_address(number);
        item.replace(&format!("Tale {number}<"), "Today's briefing<")
    };
    assert_eq!(daily(14, same_in_all), 14);
}

#[test]
fn quotation_marks_that_are_written_in_another_way_change_no_text() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    let forms = [
        ["“", "”", "’"],
        ["&#8220;", "&#8221;", "&#8217;"],
        ["&ldquo;", "&rdquo;", "&rsquo;"],
        ["&#x201c;", "&#x201D;", "&#146;"],
    ];
    for (hour, [open, close, apostrophe]) in (0..).zip(forms) {
        let body = text(1).replace(
            "In part",
            &format!("It{apostrophe}s {open}here{close} in part"),
        );
        let item = item(1, "https://tales.example/1", &day(1), &body);
        *feed.lock().unwrap() = rss(&format!("What{apostrophe}s"), "", &item);
        archive.pull(NOON + hour * HOUR);
        let names: Vec<String> = archive.files().into_keys().collect();
        assert_eq!(names.len(), 1, "{names:?}");
        assert!(names[0].starts_with("What’s/"), "{names:?}");
    }
}

#[test]
fn a_feed_that_is_called_otherwise_is_still_the_same() {
    let (server, feed) = changing();
    let archive = Archive::of([server.address("/")]);
    let tale = |body: &str| item(1, "https://tales.example/1", &day(1), body);
    let corrected = text(1).replace("the harbour was seen", "the lighthouse was heard");
    assert_ne!(corrected, text(1));
    let shown = [
        ("Tales", text(1)),
        ("Tales, old and new", text(1)),
        ("New tales", corrected),
    ];
    for (hour, (title, body)) in (0..).zip(&shown) {
        *feed.lock().unwrap() = rss(title, "", &tale(body));
        archive.pull(NOON + hour * HOUR);
    }
    let names: Vec<String> = archive.files().into_keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names[0].starts_with("New tales/") && names[1].starts_with("Tales/"));
}
