//! Servers that mean harm: every kind of request is guarded at every hop, and everything is bounded.

use super::PullReport;
use super::server::{Reply, Server};
use super::{Archive, NOON, Quiet, day, item, rss, text};
use std::fs;
use std::time::{Duration, Instant};

/// What no request may reach, by address and by name.
const PRIVATE: [&str; 7] = [
    "http://127.0.0.1/secret",
    "http://10.0.0.1/secret",
    "http://192.168.1.1/secret",
    "http://169.254.169.254/secret",
    "http://[::1]/secret",
    "http://localhost/secret",
    "http://public.example:22/secret",
];

fn tale(number: u32, link: &str) -> String {
    item(number, link, &day(number), &text(number))
}

/// A proxy that plays all hosts of the public internet, and a pull through it that may not reach others.
fn pull_through(proxy: &Server, feed: &str, list: Option<&str>) -> (Archive, PullReport) {
    let archive = Archive::new(&format!(
        "[pull]\nhistory = true\n[images]\nproxy = {:?}\n[[pull.feed]]\nurl = {feed:?}",
        proxy.address("")
    ));
    let mut settings = archive.settings(NOON);
    settings.pull.client.allow_private_network = false;
    if let Some(address) = list {
        let list = archive.cache().with_file_name("list.txt");
        fs::write(&list, address).unwrap();
        settings.pull.links.push(list);
    }
    let report = super::pull(&settings, &Quiet).unwrap();
    (archive, report)
}

#[test]
fn no_hop_of_a_feed_a_page_or_a_history_reaches_a_private_host() {
    for private in PRIVATE {
        let proxy = Server::start(move |asked| match asked.path.as_str() {
            "http://feeds.example/feed" => {
                let away = tale(1, "http://pages.example/away").replace(&text(1), "");
                let direct = tale(2, private).replace(&text(2), "");
                let whole = tale(3, "http://pages.example/3");
                let earlier = format!(
                    "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='prev-archive' href='{private}'/>"
                );
                Reply::feed(rss("Tales", &earlier, &(away + &direct + &whole)))
            }
            "http://pages.example/away" | "http://feeds.example/away" => Reply::to(302, "/again"),
            "http://robots.example/robots.txt" => Reply::to(302, private),
            path if path.ends_with("/again") => Reply::to(307, private),
            "http://feeds.example/blog" => Reply::page(format!(
                "<link rel=alternate type=application/rss+xml href='{private}'>"
            )),
            path if path.ends_with("/secret") => {
                Reply::feed(rss("Secret", "", &tale(9, "http://s.example/")))
            }
            _ => Reply::new(404, ""),
        });
        for feed in ["feed", "away", "blog"] {
            let feed = format!("http://feeds.example/{feed}");
            let (archive, report) = pull_through(
                &proxy,
                &feed,
                Some("http://robots.example/1\nhttp://pages.example/away"),
            );
            let asked = proxy.paths();
            let secret = asked.iter().filter(|path| path.contains("secret"));
            assert_eq!(secret.count(), 0, "{private}: {asked:?}");
            assert!(asked.contains(&feed), "{asked:?}");
            assert!(asked.contains(&"http://robots.example/robots.txt".to_owned()));
            assert!(!asked.contains(&"http://robots.example/1".to_owned()));
            assert_eq!(
                report.articles.saved,
                if feed.ends_with("feed") { 3 } else { 0 }
            );
            let files = archive.files();
            assert!(
                files.values().all(|file| !file.contains("Tale 9")),
                "{files:#?}"
            );
        }
    }
}

#[test]
fn the_addresses_of_the_configuration_are_guarded_too() {
    let server = Server::of([(
        "/",
        Reply::feed(rss("Tales", "", &tale(1, "https://t.example/1"))),
    )]);
    for private in PRIVATE
        .map(str::to_owned)
        .into_iter()
        .chain([server.address("/")])
    {
        let archive = Archive::of([&private]);
        let mut settings = archive.settings(NOON);
        settings.pull.client.allow_private_network = false;
        let report = super::pull(&settings, &Quiet).unwrap();
        assert_eq!(report.feeds.failed, 1, "{private}");
        let reason = report.sources[0].reason.clone().unwrap();
        assert!(
            reason.contains("public internet") || reason.contains("is not the web's"),
            "{reason}"
        );
    }
    assert_eq!(server.paths(), [""; 0]);
}

/// What a pull says of a feed, and how long it took.
fn told(
    archive: &Archive,
    limits: impl Fn(&mut offprint::settings::NetworkLimits),
) -> (PullReport, Duration) {
    let mut settings = archive.settings(NOON);
    limits(&mut settings.pull.client.limits);
    let start = Instant::now();
    let report = super::pull(&settings, &Quiet).unwrap();
    (report, start.elapsed())
}

#[test]
fn a_feed_of_any_length_costs_its_bound_only_and_is_told() {
    let mut announced = Reply::feed("<rss>");
    announced.announced = Some(Some(500_000_000));
    let endless = Reply::feed("<rss><channel><title>").endless(&[b'x'; 1 << 20], Duration::ZERO);
    let bomb = Reply::feed(vec![b' '; 80_000_000]).gzipped();
    let server = Server::of([
        ("/announced", announced),
        ("/endless", endless),
        ("/bomb", bomb),
        (
            "/good",
            Reply::feed(rss("Tales", "", &tale(1, "https://t.example/1"))),
        ),
    ]);
    let paths = ["/announced", "/endless", "/bomb", "/good"];
    let archive = Archive::of(paths.map(|path| server.address(path)));
    let (report, _) = told(&archive, |limits| limits.total = Duration::from_secs(60));
    for source in &report.sources[..3] {
        assert_eq!(
            source.reason.as_deref(),
            Some("it is larger than 64 MB"),
            "{}",
            source.url
        );
    }
    let losses = report
        .warnings
        .iter()
        .filter(|warning| warning.code.name() == "feed-unavailable");
    assert_eq!(losses.count(), 3);
    assert_eq!(report.articles.saved, 1);
}

#[test]
fn a_page_and_a_robots_txt_of_any_length_cost_their_bounds_only() {
    let server = Server::start(|asked| {
        let host = &asked.headers["host"];
        match asked.path.as_str() {
            "/feed" => {
                let link = format!("http://{host}/page");
                Reply::feed(rss("Tales", "", &item(1, &link, &day(1), "A word …")))
            }
            "/page" => Reply::page(vec![b' '; 20_000_000]).gzipped(),
            _ => Reply::new(404, ""),
        }
    });
    let archive = Archive::of([server.address("/feed")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 1);
    assert!(
        report.warnings[0].message.contains("larger than 16 MB"),
        "{report:#?}"
    );
    let server = Server::start(|asked| {
        let host = &asked.headers["host"];
        match asked.path.as_str() {
            "/feed" => {
                let link = format!("http://{host}/page");
                Reply::feed(rss("Tales", "", &item(1, &link, &day(1), "A word …")))
            }
            "/robots.txt" => {
                Reply::new(200, "User-agent: *\n").endless(&[b'#'; 1 << 16], Duration::ZERO)
            }
            _ => Reply::page(text(1)),
        }
    });
    let archive = Archive::of([server.address("/feed")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 1);
    assert!(
        report.warnings[0]
            .message
            .contains("robots.txt can't be had"),
        "{report:#?}"
    );
    assert!(!server.paths().contains(&"/page".to_owned()));
}

#[test]
fn servers_that_drip_cost_their_time_only() {
    let drip = |reply: Reply| reply.endless(b" ", Duration::from_millis(50));
    let mut head = Reply::new(200, "");
    // The header never ends: each byte of it comes in time.
    head.headers
        .push(("X".to_owned(), "y\r\nX-Drip: ".to_owned()));
    head.delay = Duration::from_millis(10);
    let server = Server::of([
        ("/drip", drip(Reply::feed("<rss>"))),
        ("/packed", drip(Reply::feed("<rss>").gzipped())),
        (
            "/good",
            Reply::feed(rss("Tales", "", &tale(1, "https://t.example/1"))),
        ),
    ]);
    let archive = Archive::of(["/drip", "/packed", "/good"].map(|path| server.address(path)));
    let (report, time) = told(&archive, |limits| {
        limits.patience = Duration::from_millis(300)
    });
    assert_eq!(report.articles.saved, 1, "{report:#?}");
    for source in &report.sources[..2] {
        let reason = source.reason.as_deref().unwrap();
        assert!(
            [
                "it comes too slowly",
                "it is packed in a way that can't be read"
            ]
            .contains(&reason),
            "{reason}"
        );
    }
    assert!(time < Duration::from_secs(8), "{time:?}");
    // Where nothing is too slow, the time of a request ends it.
    let (report, time) = told(&archive, |limits| {
        limits.slowest = 0;
        limits.total = Duration::from_secs(1);
    });
    assert_eq!(
        report.sources[0].reason.as_deref(),
        Some("it takes too long")
    );
    assert!(time < Duration::from_secs(8), "{time:?}");
}

#[test]
fn a_run_ends_when_its_time_is_over_and_the_next_goes_on() {
    let server = Server::start(|asked| {
        let number = asked.path[1..].parse().unwrap_or(1);
        let feed = rss(
            "Tales",
            "",
            &tale(number, &format!("https://t.example/{number}")),
        );
        Reply {
            delay: Duration::from_millis(if number > 3 { 1200 } else { 0 }),
            ..Reply::feed(feed)
        }
    });
    let archive = Archive::of((1..=6).map(|number| server.address(&format!("/{number}"))));
    let mut settings = archive.settings(NOON);
    settings.pull.time_budget = Duration::from_millis(1000);
    let report = super::pull(&settings, &Quiet).unwrap();
    assert!((1..=3).contains(&report.articles.saved), "{report:#?}");
    assert!(report.feeds.failed >= 3);
    assert_eq!(archive.files().len() as u64, report.articles.saved);
    archive.pull(NOON);
    assert_eq!(archive.files().len(), 6);
}
