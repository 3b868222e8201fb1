//! The pages behind summaries, and reading lists.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A page with an article between what sites put around it.
fn page(number: u32) -> String {
    let body = text(number) + &text(number + 100) + &text(number + 200);
    format!(
        "<!DOCTYPE html><html><head><title>Tale {number} | Tales</title><meta property=\"og:site_name\" \
         content=\"The Tales\"><meta property=\"article:published_time\" content=\"2021-12-0{number}T08:00:00Z\">\
         </head><body><nav><a href=/>Home</a> <a href=/about>About</a></nav><article><h1>Tale {number}</h1>{body}\
         <p><img src=\"i.png\"></p></article><footer>All rights</footer><script>track()</script></body></html>"
    )
}

/// A feed of summaries, and pages behind them.
fn summaries(robots: &'static str) -> Server {
    Server::start(move |asked| match asked.path.as_str() {
        "/feed" => {
            let host = format!("http://{}", asked.headers["host"]);
            let summary = |number: u32| {
                let text: String = text(number).chars().take(120).collect();
                item(
                    number,
                    &format!("{host}/{number}"),
                    &day(number),
                    &format!("{text} […]"),
                )
            };
            let whole = item(3, &format!("{host}/3"), &day(3), &text(3).repeat(5));
            Reply::feed(rss("Tales", "", &(summary(1) + &summary(2) + &whole)))
        }
        "/robots.txt" if robots.is_empty() => Reply::new(404, ""),
        "/robots.txt" => Reply::new(200, robots),
        "/1" => Reply::page(page(1)),
        "/2" => Reply::page(
            "<html><body><h1>Log in</h1><p>Please log in to read this. It costs a little, and you may read \
            as many pages as you like for as long as you wish, on all of your devices, and wherever you are, at any time.</p>\
            <form><input type=password></form>",
        ),
        _ => Reply::new(404, ""),
    })
}

#[test]
fn the_page_stands_for_a_summary_and_a_login_page_does_not() {
    let server = summaries("");
    let archive = Archive::of([server.address("/feed")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 3, "{report:#?}");
    assert_eq!(server.paths(), ["/feed", "/robots.txt", "/1", "/2"]);
    let files = archive.files();
    let of = |number: u32| {
        let title = format!("[Tale {number}](");
        files.values().find(|file| file.contains(&title)).unwrap()
    };
    assert!(of(1).contains("tale 201"), "{}", of(1));
    assert!(
        of(1).contains(&format!("src=\"{}\"", server.address("/i.png"))),
        "{}",
        of(1)
    );
    assert!(
        !of(1).contains("Home") && !of(1).contains("track("),
        "{}",
        of(1)
    );
    assert!(
        of(2).contains("[…]") && !of(2).contains("Log in"),
        "{}",
        of(2)
    );
    // Neither is asked for again, with the cache and without.
    archive.pull(NOON);
    assert_eq!(server.paths(), ["/feed"]);
    fs::remove_dir_all(archive.cache()).unwrap();
    let report = archive.pull(NOON);
    assert_eq!(server.paths(), ["/feed"], "{report:#?}");
    assert_eq!(archive.files(), files);
}

#[test]
fn pages_are_left_alone_where_robots_txt_or_the_settings_say_so() {
    for (robots, key) in [("User-agent: *\nDisallow: /", "auto"), ("", "never")] {
        let server = summaries(robots);
        let url = server.address("/feed");
        let archive = Archive::new(&format!(
            "[pull]\nfull_text = {key:?}\n[[pull.feed]]\nurl = {url:?}"
        ));
        let report = archive.pull(NOON);
        assert_eq!(report.articles.saved, 3);
        assert!(!server.paths().contains(&"/1".to_owned()), "{key}");
        let told = report
            .warnings
            .iter()
            .filter(|warning| warning.code.name() == "page-unavailable");
        assert_eq!(told.count(), if key == "auto" { 2 } else { 0 });
    }
}

#[test]
fn robots_txt_is_read_as_its_standard_has_it() {
    for (robots, is_allowed) in [
        (
            Reply::new(
                200,
                "User-agent: *\nDisallow: /\n\nUser-agent: offprint\nAllow: /",
            ),
            true,
        ),
        (
            Reply::new(
                200,
                "User-agent: Offprint\nDisallow: /1\n\nUser-agent: *\nAllow: /",
            ),
            false,
        ),
        (
            Reply::new(200, "User-agent: *\nDisallow: /\nAllow: /1"),
            true,
        ),
        (Reply::new(200, "User-agent: other\nDisallow: /"), true),
        (
            Reply::new(200, "\u{feff}user-agent: *\r\ndisallow: /*1$"),
            false,
        ),
        (Reply::new(200, "<html>no such file</html>"), true),
        (Reply::new(200, vec![0xFF, 0x00, b'\n']), true),
        (Reply::new(403, "User-agent: *\nDisallow: /"), true),
        (Reply::new(410, ""), true),
        (Reply::to(302, "/other.txt"), false),
        // Nobody knows: nothing may be fetched now.
        (Reply::new(500, ""), false),
        (Reply::new(429, ""), false),
    ] {
        let reply = robots.clone();
        let server = Server::start(move |asked| match asked.path.as_str() {
            "/feed" => {
                let link = format!("http://{}/1", asked.headers["host"]);
                Reply::feed(rss("Tales", "", &item(1, &link, &day(1), "A word …")))
            }
            "/robots.txt" => reply.clone(),
            "/other.txt" => Reply::new(200, "User-agent: *\nDisallow: /"),
            _ => Reply::page(page(1)),
        });
        let archive = Archive::new(&format!(
            "[[pull.feed]]\nurl = {:?}\nfull_text = \"always\"",
            server.address("/feed")
        ));
        assert_eq!(archive.pull(NOON).articles.saved, 1);
        let was_asked = server.paths().contains(&"/1".to_owned());
        assert_eq!(was_asked, is_allowed, "{robots:?}");
        assert_eq!(
            archive.file().contains("tale 201"),
            is_allowed,
            "{robots:?}"
        );
    }
}

#[test]
fn a_page_that_fails_for_a_while_comes_later() {
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/feed" => {
            let link = format!("http://{}/1", asked.headers["host"]);
            let summary: String = text(1).chars().take(120).collect();
            Reply::feed(rss("Tales", "", &item(1, &link, &day(1), &(summary + "…")))).tagged(asked)
        }
        "/1" if down.load(Ordering::SeqCst) => Reply::new(503, ""),
        "/1" => Reply::page(page(1)),
        _ => Reply::new(404, ""),
    });
    let archive = Archive::of([server.address("/feed")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 1);
    assert!(!archive.file().contains("tale 201"));
    is_down.store(false, Ordering::SeqCst);
    let report = archive.pull(NOON + 2 * HOUR);
    assert_eq!(report.articles.editions, 1, "{report:#?}");
    let files = archive.files();
    assert_eq!(files.len(), 2);
    let whole = files
        .values()
        .find(|file| file.contains("tale 201"))
        .unwrap();
    assert!(
        whole.contains("<div><i><br>2021-12-01T08:00:00.000Z</i></div>"),
        "{whole}"
    );
    server.asked();
    archive.pull(NOON + 3 * HOUR);
    assert_eq!(server.paths(), ["/feed"]);
    assert_eq!(archive.files(), files);
}

#[test]
fn each_address_of_a_reading_list_is_fetched_once() {
    let server = Server::of([
        ("/1", Reply::page(page(1))),
        ("/2", Reply::page(page(2))),
        ("/x", Reply::new(404, "")),
    ]);
    let archive = Archive::new("");
    let list = archive.cache().with_file_name("pocket.csv");
    let rows = ["/1", "/2", "/x", "/1"]
        .map(|path| format!("x,{},1640000000,,unread\n", server.address(path)));
    fs::write(
        &list,
        format!("title,url,time_added,tags,status\n{}", rows.concat()),
    )
    .unwrap();
    let mut settings = archive.settings(NOON);
    settings.pull.links.push(list);
    let pull = || super::pull(&settings, &super::Quiet).unwrap();
    let report = pull();
    assert_eq!(report.articles.saved, 2, "{report:#?}");
    let names: Vec<String> = archive.files().into_keys().collect();
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("The Tales/2021-12-0")),
        "{names:?}"
    );
    let file = archive.files().into_values().next().unwrap();
    assert!(file.contains("[Tale 1](http"), "{file}");
    server.asked();
    assert_eq!(pull().saved, [""; 0]);
    assert_eq!(server.paths(), [""; 0]);
}
