//! `offprint pull` as people type it.

use super::server::{Reply, Server};
use super::{day, item, rss, text};
use crate::command::{Place, stderr};
use serde_json::Value;
use std::fs;

fn server() -> Server {
    let feed = |title: &str, number: u32| {
        let link = format!("https://{title}.example/{number}");
        Reply::feed(rss(
            title,
            "",
            &item(number, &link, &day(number), &text(number)),
        ))
    };
    Server::of([("/a", feed("Ada", 1)), ("/b", feed("Bo", 2))])
}

fn pull(place: &Place, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut all = vec!["pull", "--allow-private-network", "--now", "1640952000000"];
    all.extend(arguments);
    place.offprint(&all).assert()
}

#[test]
fn a_list_of_feeds_is_pulled_and_built() {
    let (server, place) = (server(), Place::empty());
    let outlines = ["/a", "/b"].map(|path| {
        let name = if path == "/a" { "First" } else { "Second" };
        format!("<outline text='{name}' xmlUrl='{}'/>", server.address(path))
    });
    place.write(
        "feeds.opml",
        format!(
            "<opml><body><outline text='News'>{}</outline></body></opml>",
            outlines.concat()
        ),
    );
    place.write(
        "offprint.toml",
        "[pull]\nopml = [\"feeds.opml\"]\npause = \"0s\"\n",
    );
    let dry = pull(&place, &["--dry-run"]).success();
    assert!(
        stderr(&dry).contains("nothing was saved"),
        "{}",
        stderr(&dry)
    );
    assert!(!place.path().join("articles").exists());
    let one = pull(&place, &["second"]).success();
    assert!(
        stderr(&one).contains("pulling   Second: 1 saved"),
        "{}",
        stderr(&one)
    );
    let both = pull(&place, &["--report", "report.json"]).success();
    let told = stderr(&both);
    assert!(
        told.contains("pulling   First: 1 saved\npulling   Second: unchanged\n"),
        "{told}"
    );
    assert!(
        told.contains("feeds     1 read, 1 unchanged\narticles  1 saved\n"),
        "{told}"
    );
    let report = fs::read_to_string(place.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["sources"][0]["name"], "First");
    assert_eq!(report["sources"][0]["saved"], 1);
    assert_eq!(report["sources"][1]["status"], "unchanged");
    place.build(&["-t", "json"]).success();
    let outputs = place.outputs("out");
    assert!(outputs.contains_key("feed.json"));
}

#[test]
fn the_exit_status_tells_whether_anything_could_be_had() {
    let (server, place) = (server(), Place::empty());
    let configuration = |paths: &[&str]| {
        let feeds = paths
            .iter()
            .map(|path| format!("[[pull.feed]]\nurl = {:?}\n", server.address(path)));
        place.write(
            "offprint.toml",
            format!("[pull]\npause = \"0s\"\n{}", feeds.collect::<String>()),
        );
    };
    configuration(&["/none"]);
    let failed = pull(&place, &[]).code(2);
    assert!(
        stderr(&failed).contains("the feed can't be had: HTTP 404 [feed-unavailable]"),
        "{}",
        stderr(&failed)
    );
    configuration(&["/none", "/a"]);
    pull(&place, &[]).code(0);
    pull(&place, &["--strict"]).code(1);
    let unknown = pull(&place, &["nobody"]).code(2);
    assert!(
        stderr(&unknown).contains("no feed is called \"nobody\""),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn what_can_not_be_pulled_is_said_with_a_hint() {
    let place = Place::empty();
    let nothing = pull(&place, &[]).code(2);
    assert!(
        stderr(&nothing).contains("hint: add [[pull.feed]]"),
        "{}",
        stderr(&nothing)
    );
    place.write("list.txt", "no address");
    let none = pull(&place, &["--links", "list.txt"]).code(2);
    assert!(
        stderr(&none).contains("list.txt holds no address"),
        "{}",
        stderr(&none)
    );
    let none = pull(&place, &["--opml", "list.txt"]).code(2);
    assert!(
        stderr(&none).contains("list.txt is no list of feeds"),
        "{}",
        stderr(&none)
    );
    place.write("offprint.toml", "[[pull.feed]]\nurl = \"x\"\n");
    let bad = pull(&place, &[]).code(2);
    assert!(
        stderr(&bad).contains("hint: give the address of a feed"),
        "{}",
        stderr(&bad)
    );
}

#[test]
fn the_selection_knows_source_host_title_language_and_text() {
    for (selection, saved) in [
        ("[select.include]\nsource = [\"ad*\"]", 1),
        ("[select.exclude]\nhost = [\"bo.example\"]", 1),
        ("[select.include]\ntitle = [\"*2\"]", 1),
        ("[select.include]\nlanguage = [\"en\"]", 2),
        ("[select.exclude]\nlanguage = [\"en\"]", 0),
        ("[select.include]\ntext = [\"*tale 1*\"]", 1),
        ("[select.exclude]\ntext = [\"*of tale*\"]", 0),
        ("[select.include]\nsource = [\"ada\"]\ntitle = [\"*2\"]", 0),
    ] {
        let (server, place) = (server(), Place::empty());
        let feeds =
            ["/a", "/b"].map(|path| format!("[[pull.feed]]\nurl = {:?}\n", server.address(path)));
        let configuration = format!("[pull]\npause = \"0s\"\n{}", feeds.concat());
        place.write("offprint.toml", format!("{configuration}{selection}\n"));
        let told = stderr(&pull(&place, &[]).success());
        assert!(
            told.contains(&format!("articles  {saved} saved")),
            "{selection}: {told}"
        );
        // What is left out stays out, until it is wanted; the feeds are as they were.
        let told = stderr(&pull(&place, &[]).success());
        assert!(
            told.contains("2 unchanged\narticles  0 saved\n"),
            "{selection}: {told}"
        );
        place.write("offprint.toml", &configuration);
        let told = stderr(&pull(&place, &[]).success());
        assert!(
            told.contains(&format!("articles  {} saved", 2 - saved)),
            "{selection}: {told}"
        );
    }
}

#[test]
fn the_selection_leaves_items_out() {
    let (server, place) = (server(), Place::empty());
    let feeds = ["/a", "/b"].map(|path| {
        format!(
            "[[pull.feed]]\nurl = {:?}\ntags = [\"{}\"]\n",
            server.address(path),
            &path[1..]
        )
    });
    place.write(
        "offprint.toml",
        format!(
            "[pull]\npause = \"0s\"\n{}[select.include]\ntag = [\"b\"]\n",
            feeds.concat()
        ),
    );
    let told = stderr(&pull(&place, &[]).success());
    assert!(told.contains("articles  1 saved, 1 left out"), "{told}");
}
