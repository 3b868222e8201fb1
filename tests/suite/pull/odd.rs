//! Feeds, pages and lists that are odd and real: packed, mislabelled, behind messages, dated nowhere.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A feed of one tale, whose channel has a title.
fn tale(title: &str, number: u32) -> String {
    let link = format!("https://tales.example/{number}");
    rss(title, "", &item(number, &link, &day(number), &text(number)))
}

#[test]
fn feeds_that_servers_send_in_odd_ways_are_read() {
    let packed = Reply::feed(tale("Packed", 1)).gzipped();
    let noisy = format!(
        "\n<br />\n<b>Warning</b>: Cannot modify header information in <b>/x.php</b> on line <b>2</b><br />\n{}",
        tale("Noisy", 2)
    );
    let latin: Vec<u8> = tale("Caf\u{e9} na\u{ef}f", 3)
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let server = Server::of([
        (
            "/feed.xml.gz",
            Reply::new(200, packed.body).with("Content-Type", "application/octet-stream"),
        ),
        ("/noisy", Reply::feed(noisy)),
        (
            "/latin",
            Reply::new(200, latin).with("Content-Type", "text/xml; charset=utf-8"),
        ),
    ]);
    let archive =
        Archive::of(["/feed.xml.gz", "/noisy", "/latin"].map(|path| server.address(path)));
    let report = archive.pull(NOON);
    let files: Vec<String> = archive.files().into_keys().collect();
    assert_eq!(report.articles.saved, 3, "{report:#?}");
    for name in ["Packed/", "Noisy/", "Café naïf/"] {
        assert!(files.iter().any(|file| file.starts_with(name)), "{files:?}");
    }
}

#[test]
fn a_page_with_an_example_of_a_feed_is_no_feed() {
    let page = format!("<html><body><p>So:</p>{}", tale("Example", 1));
    let server = Server::of([("/", Reply::page(page))]);
    let report = Archive::of([server.address("/")]).pull(NOON);
    assert_eq!((report.feeds.failed, report.articles.saved), (1, 0));
}

#[test]
fn no_feed_of_a_host_that_asks_for_patience_is_asked_before() {
    let server = Server::start(|_| Reply::new(429, "").with("Retry-After", "7200"));
    let archive = Archive::of((0..4).map(|feed| server.address(&format!("/{feed}"))));
    archive.pull(NOON);
    assert_eq!(server.paths(), ["/0"]);
    // The wait is measured by the clock, and what is left of it is a little less than it was.
    archive.pull(NOON + HOUR);
    archive.pull(NOON + 2 * HOUR - 60_000);
    assert_eq!(server.paths(), [""; 0]);
    archive.pull(NOON + 2 * HOUR);
    assert_eq!(server.asked().len(), 1);
}

/// A feed of one summary, and a page that is shown from so many requests on.
fn late(instead: Reply, from: u32) -> (Server, Arc<AtomicU32>) {
    let asked_for = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked_for);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/feed" => {
            let link = format!("http://{}/1", asked.headers["host"]);
            let summary: String = text(1).chars().take(120).collect();
            let item = item(1, &link, &day(1), &(summary + "…"));
            Reply::feed(rss("Tales", "", &item)).tagged(asked)
        }
        "/1" if count.fetch_add(1, Ordering::SeqCst) < from => instead.clone(),
        "/1" => Reply::page(format!(
            "<html><article><h1>Tale 1</h1>{}{}",
            text(1),
            text(201)
        )),
        _ => Reply::new(404, ""),
    });
    (server, asked_for)
}

#[test]
fn a_page_in_the_place_of_which_something_else_was_shown_is_asked_for_once_more() {
    let challenge = "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser \
        before accessing</h1><p>Please enable JavaScript and cookies to continue</p></body></html>";
    let instead = [
        Reply::new(403, ""),
        Reply::new(404, ""),
        Reply::page(challenge),
        Reply::page(""),
    ];
    for instead in instead {
        let (server, asked_for) = late(instead.clone(), 1);
        let archive = Archive::of([server.address("/feed")]);
        let report = archive.pull(NOON);
        assert_eq!(report.articles.saved, 1);
        assert!(report.warnings[0].message.contains("asked for again"));
        archive.pull(NOON + HOUR);
        assert_eq!(asked_for.load(Ordering::SeqCst), 1, "not so soon");
        let report = archive.pull(NOON + 9 * HOUR);
        assert_eq!(report.articles.editions, 1, "{instead:?} {report:#?}");
        let files = archive.files();
        assert!(files.values().any(|file| file.contains("tale 201")));
        archive.pull(NOON + 100 * HOUR);
        assert_eq!(archive.files(), files);
    }
}

#[test]
fn a_page_that_is_never_shown_is_asked_for_three_times() {
    let (server, asked_for) = late(Reply::new(403, ""), u32::MAX);
    let archive = Archive::of([server.address("/feed")]);
    for hour in 0..200 {
        archive.pull(NOON + hour * HOUR);
    }
    assert_eq!(asked_for.load(Ordering::SeqCst), 3);
    assert_eq!(archive.files().len(), 1);
    let (server, asked_for) = late(Reply::new(410, ""), u32::MAX);
    let archive = Archive::of([server.address("/feed")]);
    for hour in 0..200 {
        archive.pull(NOON + hour * HOUR);
    }
    assert_eq!(asked_for.load(Ordering::SeqCst), 1);
}

#[test]
fn the_beginning_of_a_calendar_is_no_date() {
    for date in [
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Wed, 31 Dec 1969 19:00:00 EST",
        "0001-01-01T00:00:00Z",
    ] {
        let item = item(1, "https://tales.example/1", date, &text(1));
        let server = Server::of([("/", Reply::feed(rss("Tales", "", &item)))]);
        let archive = Archive::of([server.address("/")]);
        let report = archive.pull(NOON);
        let codes: Vec<&str> = report.warnings.iter().map(|one| one.code.name()).collect();
        assert_eq!(codes, ["item-undated"], "{date}");
        let file = archive.file();
        assert!(file.starts_with(&format!("<!--{NOON}-->")), "{date} {file}");
        assert!(file.contains("<div></div>"), "{date} {file}");
    }
}

#[test]
fn a_feed_is_named_by_what_it_is_called_and_by_its_group() {
    let server = Server::of([
        ("/a", Reply::feed(tale("What&#8217;s new", 1))),
        ("/b", Reply::feed(tale("Goats", 2))),
    ]);
    let archive = Archive::new("");
    let list = archive.cache().with_file_name("feeds.opml");
    let outlines = format!(
        "<opml><body><outline text='News &amp; more'><outline xmlUrl='{}'/></outline>\
         <outline xmlUrl='{}'/></body></opml>",
        server.address("/a"),
        server.address("/b")
    );
    std::fs::write(&list, outlines).unwrap();
    let pull = |name: &str| {
        let mut settings = archive.settings(NOON);
        settings.pull.opml.push(list.clone());
        settings.pull.names = vec![name.to_owned()];
        let report = super::pull(&settings, &super::Quiet);
        report.map(|report| report.sources.into_iter().map(|one| one.name).collect())
    };
    let named = |name: &str| -> Vec<String> { pull(name).unwrap() };
    // Before the first pull a feed without a source has no name but its address.
    assert!(pull("goats").is_err());
    assert_eq!(named("news & more"), ["What’s new"]);
    assert_eq!(named("what’s New"), ["What’s new"]);
    assert_eq!(named("127.0.0.1"), ["What’s new", "Goats"]);
    assert_eq!(named("Goats"), ["Goats"]);
}

#[test]
fn what_a_list_of_feeds_names_and_is_no_address_is_told() {
    let server = Server::of([("/a", Reply::feed(tale("Tales", 1)))]);
    let archive = Archive::new("");
    let list = archive.cache().with_file_name("feeds.opml");
    let outlines = format!(
        "<opml><body><outline text='A' xmlUrl='feed:{}'/><outline text='B' xmlUrl='b.example/feed'/></body></opml>",
        server.address("/a")
    );
    std::fs::write(&list, outlines).unwrap();
    let mut settings = archive.settings(NOON);
    settings.pull.opml.push(list);
    let report = super::pull(&settings, &super::Quiet).unwrap();
    assert_eq!(report.articles.saved, 1);
    let told = &report.warnings[0];
    assert!(
        told.message.contains("\"b.example/feed\" is no address"),
        "{told:?}"
    );
    assert!(told.path.as_deref().unwrap().ends_with("feeds.opml"));
}

#[test]
fn what_is_shown_only_with_a_cookie_is_had() {
    let server = Server::start(|asked| {
        let cookies = asked.headers.get("cookie").map_or("", String::as_str);
        match (asked.path.as_str(), cookies) {
            ("/feed", "") => Reply::to(302, "/feed").with("Set-Cookie", "seen=1; path=/"),
            ("/feed", "seen=1") => Reply::feed(tale("Tales", 1)),
            ("/two", "") => Reply::to(302, "/set?a").with("Set-Cookie", "a=1"),
            ("/set?a", "a=1") => Reply::to(302, "/two").with("Set-Cookie", "b=2"),
            ("/two", "a=1; b=2") => Reply::feed(tale("Two", 2)),
            ("/ever", _) => Reply::to(302, "/ever").with("Set-Cookie", "same=1"),
            _ => Reply::new(404, ""),
        }
    });
    let archive = Archive::of(["/feed", "/two", "/ever"].map(|path| server.address(path)));
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 2, "{report:#?}");
    let reason = report.sources[2].reason.as_deref();
    assert_eq!(reason, Some("it redirects in a circle"));
    // Nothing of it is kept from one exchange to the next.
    server.asked();
    archive.pull(NOON + HOUR);
    assert!(!server.asked()[0].headers.contains_key("cookie"));
}

#[test]
fn what_is_packed_in_a_way_that_nobody_asked_for_is_told_as_that() {
    let reply = Reply::feed(tale("Tales", 1)).with("Content-Encoding", "br");
    let server = Server::of([("/", reply)]);
    let report = Archive::of([server.address("/")]).pull(NOON);
    let reason = report.sources[0].reason.as_deref();
    assert_eq!(reason, Some("it is packed in a way that can't be read"));
}

#[test]
fn a_word_that_leads_to_the_page_is_no_summary() {
    let server = Server::start(|asked| {
        let host = &asked.headers["host"];
        match asked.path.as_str() {
            "/feed" => {
                let item = |number: u32| {
                    let link = format!("http://{host}/{number}");
                    item(number, &link, &day(number), "<a href=\"/talk\">Remarks</a>")
                };
                Reply::feed(rss("Links", "", &(item(1) + &item(2))))
            }
            "/1" => Reply::page(format!(
                "<html><title>Tale 1 | Tales</title><article><h1>Tale 1</h1>{}",
                text(1)
            )),
            "/2" => Reply::page(format!(
                "<html><title>Quite another</title><article><h1>Other</h1>{}",
                text(7)
            )),
            _ => Reply::new(404, ""),
        }
    });
    let archive = Archive::of([server.address("/feed")]);
    archive.pull(NOON);
    let files = archive.files();
    let holds = |words: &str| files.values().any(|file| file.contains(words));
    assert!(holds("of tale 1 ") && !holds("of tale 7 "), "{files:#?}");
}

#[test]
fn the_rules_of_a_host_that_a_page_leads_to_hold_too() {
    let elsewhere = Server::start(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(200, "User-agent: *\nDisallow: /kept"),
        _ => Reply::page(format!("<html><article><h1>Tale</h1>{}", text(1))),
    });
    let (kept, open) = (elsewhere.address("/kept"), elsewhere.address("/open"));
    let server = Server::of([("/1", Reply::to(302, &kept)), ("/2", Reply::to(302, &open))]);
    let archive = Archive::new("");
    let list = archive.cache().with_file_name("list.txt");
    let lines = format!("{}\n{}\n", server.address("/1"), server.address("/2"));
    std::fs::write(&list, lines).unwrap();
    let mut settings = archive.settings(NOON);
    settings.pull.links.push(list);
    let report = super::pull(&settings, &super::Quiet).unwrap();
    assert_eq!(report.articles.saved, 1, "{report:#?}");
    assert!(report.warnings[0].message.contains("robots.txt"));
}
