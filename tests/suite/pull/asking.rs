//! How feeds are asked: no more than need be, no sooner than allowed.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use super::{FeedStatus, PullReport};

pub fn tale(number: u32) -> String {
    item(
        number,
        &format!("https://tales.example/{number}"),
        &day(number),
        &text(number),
    )
}

pub fn codes(report: &PullReport) -> Vec<&str> {
    report
        .warnings
        .iter()
        .map(|warning| warning.code.name())
        .collect()
}

#[test]
fn the_second_of_two_pulls_asks_for_changes_only_and_saves_nothing() {
    let feed = rss("Tales", "", &(tale(1) + &tale(2)));
    let server = Server::start(move |asked| Reply::feed(feed.clone()).gzipped().tagged(asked));
    let archive = Archive::of([server.address("/feed")]);
    assert_eq!(archive.pull(NOON).articles.saved, 2);
    assert_eq!(server.asked()[0].headers["accept-encoding"], "gzip");
    let report = archive.pull(NOON);
    assert_eq!(report.saved, [""; 0]);
    assert_eq!(report.feeds.unchanged, 1, "{report:#?}");
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].headers.contains_key("if-none-match"));
}

#[test]
fn a_change_within_the_second_of_an_answer_is_not_missed() {
    for (modified, made, is_conditional) in [
        (
            "Fri, 31 Dec 2021 11:59:59 GMT",
            "Fri, 31 Dec 2021 12:00:00 GMT",
            true,
        ),
        (
            "Fri, 31 Dec 2021 12:00:00 GMT",
            "Fri, 31 Dec 2021 12:00:00 GMT",
            false,
        ),
        (
            "Fri, 31 Dec 2021 12:00:09 GMT",
            "Fri, 31 Dec 2021 12:00:00 GMT",
            false,
        ),
        (
            "Friday, 31-Dec-21 11:00:00 GMT",
            "Fri, 31 Dec 2021 12:00:00 GMT",
            true,
        ),
        ("whenever", "Fri, 31 Dec 2021 12:00:00 GMT", true),
        ("Fri, 31 Dec 2021 12:00:00 GMT", "whenever", true),
    ] {
        let reply = Reply::feed(rss("Tales", "", &tale(1)))
            .with("Last-Modified", modified)
            .with("Date", made);
        let server = Server::of([("/", reply)]);
        let archive = Archive::of([server.address("/")]);
        archive.pull(NOON);
        archive.pull(NOON);
        let asked = server.asked();
        let since = asked[1]
            .headers
            .get("if-modified-since")
            .map(String::as_str);
        assert_eq!(
            since,
            Some(modified).filter(|_| is_conditional),
            "{modified} {made}"
        );
    }
}

#[test]
fn a_feed_is_not_asked_sooner_than_it_allows() {
    for (head, header, wait) in [
        ("<ttl>120</ttl>", ("X", "y"), 2 * HOUR),
        ("", ("Cache-Control", "max-age=7200"), 2 * HOUR),
        ("<ttl>60</ttl>", ("Cache-Control", "max-age=7200"), 2 * HOUR),
        // It is noon.
        (
            "<skipHours><hour>12</hour><hour>13</hour></skipHours>",
            ("X", "y"),
            2 * HOUR,
        ),
        (
            "<skipDays><day>Friday</day></skipDays>",
            ("X", "y"),
            12 * HOUR,
        ),
        ("<ttl>99999999</ttl>", ("X", "y"), 24 * HOUR),
        (
            "<ttl>120</ttl>",
            ("Cache-Control", "no-cache, max-age=9"),
            2 * HOUR,
        ),
        (
            "",
            ("Cache-Control", "public, MAX-AGE=\"7200\", immutable"),
            2 * HOUR,
        ),
        // In all hours: it means nothing by it; but for one, it does.
        (
            "<ttl>60</ttl><skipHours><hour>0</hour><hour>13</hour><hour>14</hour></skipHours>",
            ("X", "y"),
            3 * HOUR,
        ),
        // Noon on a Friday, and a whole weekend.
        (
            "<skipDays><day>Friday</day><day>SATURDAY</day></skipDays>",
            ("X", "y"),
            36 * HOUR,
        ),
    ] {
        let feed = rss("Tales", head, &tale(1));
        let server = Server::of([("/", Reply::feed(feed).with(header.0, header.1))]);
        let archive = Archive::of([server.address("/")]);
        archive.pull(NOON);
        assert_eq!(server.paths().len(), 1);
        let report = archive.pull(NOON + wait - 1);
        assert_eq!(server.paths().len(), 0, "{head} {header:?}");
        assert_eq!(report.feeds.waiting, 1);
        assert!(!report.is_failure());
        archive.pull(NOON + wait);
        assert_eq!(server.paths().len(), 1, "{head} {header:?}");
    }
}

#[test]
fn a_busy_feed_is_left_alone_as_long_as_it_asks() {
    let server = Server::of([("/", Reply::new(429, "").with("Retry-After", "3600"))]);
    let archive = Archive::of([server.address("/")]);
    let report = archive.pull(NOON);
    assert_eq!(codes(&report), ["feed-unavailable"]);
    assert!(report.is_failure());
    assert_eq!(server.paths().len(), 1);
    archive.pull(NOON + HOUR - 1);
    assert_eq!(server.paths().len(), 0);
    archive.pull(NOON + HOUR);
    assert_eq!(server.paths().len(), 1);
}

#[test]
fn a_feed_that_is_gone_is_told_and_no_longer_asked() {
    let server = Server::of([("/", Reply::new(410, ""))]);
    let archive = Archive::of([server.address("/")]);
    let report = archive.pull(NOON);
    assert_eq!(codes(&report), ["feed-gone"]);
    let report = archive.pull(NOON + 100 * HOUR);
    assert_eq!(report.sources[0].status, FeedStatus::Gone);
    assert_eq!(server.paths().len(), 1);
    // Who names it wants to know whether it is back.
    let mut settings = archive.settings(NOON + 100 * HOUR);
    settings.pull.names = vec!["127.0.0.1".to_owned()];
    for _ in 0..2 {
        let report = super::pull(&settings, &super::Quiet).unwrap();
        assert_eq!(codes(&report), ["feed-gone"]);
        assert_eq!(server.paths().len(), 1);
    }
}

#[test]
fn a_broken_feed_gives_what_can_be_read_of_it() {
    let mut cut = Reply::feed(rss("Tales", "", &(tale(1) + &tale(2))));
    cut.sent = cut.body.len() - 40;
    let broken =
        rss("Broken", "", &(tale(3) + "<item><title>&bad")).replace("</channel></rss>", "");
    let server = Server::of([
        ("/cut", cut),
        ("/broken", Reply::feed(broken)),
        ("/gone", Reply::new(500, "")),
    ]);
    let urls = ["/cut", "/broken", "/gone"].map(|path| server.address(path));
    let archive = Archive::of(urls);
    let report = archive.pull(NOON);
    assert_eq!(report.feeds.failed, 2, "{report:#?}");
    assert_eq!(report.feeds.read, 1);
    assert_eq!(report.articles.saved, 1);
    assert!(!report.is_failure());
}

#[test]
fn what_is_packed_wrongly_is_told_as_that() {
    let whole = Reply::feed(rss("Tales", "", &tale(1))).gzipped();
    let mut damaged = whole.clone();
    damaged.body[20..60].fill(0xFF);
    let mut cut = whole.clone();
    cut.body.truncate(whole.body.len() / 2);
    cut.sent = cut.body.len();
    let lie = Reply::feed(rss("Tales", "", &tale(1))).with("Content-Encoding", "gzip");
    for (reply, reason) in [
        (damaged, "it is packed in a way that can't be read"),
        (lie, "it is packed in a way that can't be read"),
        (cut, "it is cut off"),
    ] {
        let server = Server::of([("/", reply)]);
        let report = Archive::of([server.address("/")]).pull(NOON);
        assert_eq!(report.sources[0].reason.as_deref(), Some(reason));
    }
}

#[test]
fn a_bomb_in_gzip_is_refused() {
    let zeros = vec![b' '; 70_000_000];
    let server = Server::of([("/", Reply::feed(zeros).gzipped())]);
    let archive = Archive::of([server.address("/")]);
    let report = archive.pull(NOON);
    assert_eq!(
        report.sources[0].reason.as_deref(),
        Some("it is larger than 64 MB")
    );
}

#[test]
fn a_304_that_nobody_asked_for_means_that_nothing_changed() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/" => Reply::feed(rss("Tales", "", &tale(1))).with("Location", "x"),
        _ => Reply::new(304, ""),
    });
    let archive = Archive::of([server.address("/never-read")]);
    let report = archive.pull(NOON);
    assert_eq!(report.sources[0].reason.as_deref(), Some("HTTP 304"));
}

#[test]
fn the_contact_stands_in_the_user_agent_and_private_hosts_need_leave() {
    let server = Server::of([("/", Reply::feed(rss("Tales", "", &tale(1))))]);
    let url = server.address("/");
    let archive = Archive::new(&format!(
        "[pull]\ncontact = \"mailto:ada@keeper.example\"\n[[pull.feed]]\nurl = {url:?}"
    ));
    archive.pull(NOON);
    let agent = server.asked()[0].headers["user-agent"].clone();
    assert!(agent.ends_with("(+mailto:ada@keeper.example)"), "{agent}");
    let mut settings = archive.settings(NOON);
    settings.pull.client.allow_private_network = false;
    let report = super::pull(&settings, &super::Quiet).unwrap();
    assert_eq!(report.feeds.failed, 1);
    assert_eq!(server.paths().len(), 0);
}
