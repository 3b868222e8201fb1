//! Where feeds are asked for: redirects, pages that name feeds, and pages that are none.

use super::asking::{codes, tale};
use super::server::{Reply, Server};
use super::{Archive, NOON, rss};

#[test]
fn a_feed_that_moved_for_ever_is_asked_at_its_new_place_and_that_is_told_once() {
    let server = Server::of([
        ("/old", Reply::to(301, "/new")),
        ("/new", Reply::feed(rss("Tales", "", &tale(1)))),
    ]);
    let archive = Archive::of([server.address("/old")]);
    let report = archive.pull(NOON);
    assert_eq!(codes(&report), ["feed-moved"]);
    assert!(report.warnings[0].message.ends_with("/new"), "{report:#?}");
    assert_eq!(server.paths(), ["/old", "/new"]);
    assert_eq!(codes(&archive.pull(NOON)), [""; 0]);
    assert_eq!(server.paths(), ["/new"]);
}

#[test]
fn only_the_permanent_beginning_of_a_way_is_kept() {
    for (statuses, place) in [
        ([301, 308], "/2"),
        ([308, 302], "/1"),
        ([301, 303], "/1"),
        ([307, 301], "/0"),
        ([302, 302], "/0"),
    ] {
        let server = Server::start(move |asked| match asked.path.as_str() {
            "/0" => Reply::to(statuses[0], "/1"),
            "/1" => Reply::to(statuses[1], "/2"),
            _ => Reply::feed(rss("Tales", "", &tale(1))),
        });
        let archive = Archive::of([server.address("/0")]);
        for pull in 0..3 {
            let told = codes(&archive.pull(NOON)).len();
            assert_eq!(
                told,
                usize::from(pull == 0 && place != "/0"),
                "{statuses:?}"
            );
            let first = server.paths().remove(0);
            assert_eq!(first, if pull == 0 { "/0" } else { place }, "{statuses:?}");
        }
    }
}

#[test]
fn a_place_that_vanished_leads_back_to_the_first() {
    let server = Server::start(|asked| match asked.headers.get("if-none-match") {
        _ if asked.path == "/old" => Reply::to(301, "/new"),
        None => Reply::feed(rss("Tales", "", &tale(1))).with("ETag", "\"1\""),
        Some(_) => Reply::new(404, ""),
    });
    let archive = Archive::of([server.address("/old")]);
    archive.pull(NOON);
    assert_eq!(archive.pull(NOON).feeds.failed, 1);
    server.asked();
    archive.pull(NOON);
    assert_eq!(server.paths()[0], "/old");
}

#[test]
fn a_wifi_that_asks_for_a_login_moves_no_feed() {
    let is_away = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let away = std::sync::Arc::clone(&is_away);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/portal" => Reply::page("<h1>Log in</h1><form><input type=password></form>"),
        _ if away.load(std::sync::atomic::Ordering::SeqCst) => Reply::to(301, "/portal"),
        _ => Reply::feed(rss("Tales", "", &tale(1))),
    });
    let archive = Archive::of([server.address("/feed")]);
    archive.pull(NOON);
    is_away.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(archive.pull(NOON).feeds.failed, 1);
    is_away.store(false, std::sync::atomic::Ordering::SeqCst);
    server.asked();
    assert_eq!(archive.pull(NOON).feeds.unchanged, 1);
    assert_eq!(server.paths(), ["/feed"]);
}

#[test]
fn a_feed_that_moved_for_now_is_asked_at_its_own_place() {
    let server = Server::of([
        ("/old", Reply::to(302, "/new")),
        ("/new", Reply::feed(rss("Tales", "", &tale(1)))),
    ]);
    let archive = Archive::of([server.address("/old")]);
    assert_eq!(codes(&archive.pull(NOON)), [""; 0]);
    archive.pull(NOON);
    assert_eq!(server.paths(), ["/old", "/new", "/old", "/new"]);
}

#[test]
fn a_page_names_its_feed() {
    let page =
        "<html><head><link rel=alternate type='application/rss+xml' href=feed.xml></head><body>x";
    let server = Server::of([
        ("/blog/", Reply::page(page)),
        ("/blog/feed.xml", Reply::feed(rss("Tales", "", &tale(1)))),
        ("/login", Reply::page("<form><input type=password></form>")),
    ]);
    let archive = Archive::of([server.address("/blog/"), server.address("/login")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 1);
    assert_eq!(codes(&report), ["feed-moved", "feed-unavailable"]);
    assert_eq!(
        report.sources[1].reason.as_deref(),
        Some("it is no feed, and names none")
    );
    server.asked();
    let report = archive.pull(NOON);
    assert_eq!(codes(&report), ["feed-unavailable"]);
    let mut paths = server.paths();
    paths.sort();
    assert_eq!(paths, ["/blog/feed.xml", "/login"]);
}

#[test]
fn the_feed_of_a_page_is_found_however_it_is_named() {
    for (link, place) in [
        (
            "<link rel='alternate' type='application/atom+xml' href='/feed.xml'>",
            "/feed.xml",
        ),
        (
            "<LINK TYPE=\"Application/Feed+JSON\" HREF=feed.json REL=\"home alternate\">",
            "/a/feed.json",
        ),
        (
            "<base href='/b/'><link rel=alternate type='application/rss+xml; charset=utf-8' href=feed>",
            "/b/feed",
        ),
        (
            "<link rel=alternate hreflang=de href=/de><link rel=alternate type=text/xml href=?feed=rss&amp;x=1>",
            "/a/?feed=rss&x=1",
        ),
        (
            "<!-- <link rel=alternate type=application/rss+xml href=/no> --><link rel=alternate type=application/rss+xml href=//HOST/c>",
            "/c",
        ),
    ] {
        let server = Server::start(move |asked| {
            if asked.path == "/a/" {
                let link = link.replace("HOST", &asked.headers["host"]);
                return Reply::page(format!("<!DOCTYPE html><html><head>{link}</head><body>x"));
            }
            if asked.path == place {
                return Reply::feed(rss("Tales", "", &tale(1)));
            }
            Reply::new(404, "")
        });
        let archive = Archive::of([server.address("/a/")]);
        assert_eq!(archive.pull(NOON).articles.saved, 1, "{link}");
        assert_eq!(server.paths(), ["/a/", place], "{link}");
        archive.pull(NOON);
        assert_eq!(server.paths(), [place], "{link}");
    }
}

#[test]
fn pages_that_name_each_other_are_not_followed_round() {
    let server = Server::start(|asked| {
        let other = if asked.path == "/a" { "/b" } else { "/a" };
        Reply::page(format!(
            "<link rel=alternate type=application/rss+xml href={other}>"
        ))
    });
    let archive = Archive::of([server.address("/a")]);
    assert_eq!(archive.pull(NOON).feeds.failed, 1);
    assert_eq!(server.paths(), ["/a", "/b"]);
}

#[test]
fn a_feed_that_shows_a_login_page_for_a_while_loses_nothing() {
    let server = Server::start(|asked| match asked.headers.get("if-none-match") {
        _ if asked.path == "/other" => Reply::feed(rss("Other", "", &tale(7))),
        None => Reply::feed(rss("Tales", "", &tale(1))).with("ETag", "\"1\""),
        Some(_) => Reply::page("<link rel=alternate type='application/rss+xml' href=/other>"),
    });
    let archive = Archive::of([server.address("/")]);
    archive.pull(NOON);
    let report = archive.pull(NOON);
    assert_eq!(report.feeds.failed, 1);
    assert_eq!(archive.files().len(), 1);
}
