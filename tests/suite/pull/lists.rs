//! Reading lists: each address once, whatever becomes of its page.

use super::PullReport;
use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use crate::command::{Place, stderr};
use crate::read::exports::epub::zipped;
use std::fs;
use std::io::Write as _;

fn page(number: u32) -> Reply {
    let body = text(number) + &text(number + 100);
    Reply::page(format!(
        "<!DOCTYPE html><html><head><title>Tale {number}</title></head><body><article><h1>Tale {number}</h1>{body}</article>"
    ))
}

/// Pages, and other addresses that lead to them or show them.
fn server() -> Server {
    Server::start(|asked| match asked.path.as_str() {
        "/feed" => {
            let host = &asked.headers["host"];
            let whole = text(1) + &text(101);
            Reply::feed(rss(
                "Tales",
                "",
                &item(1, &format!("http://{host}/1"), &day(1), &whole),
            ))
        }
        "/short" => Reply::to(302, "/1"),
        "/moved/3" => Reply::to(301, "/3"),
        "/copy/3" | "/print/3" | "/m/3" => page(3),
        path => match path[1..].parse() {
            Ok(number) => page(number),
            Err(_) => Reply::new(404, ""),
        },
    })
}

fn pull(archive: &Archive, server: &Server, paths: &[&str], now: i64) -> PullReport {
    let list = archive.cache().with_file_name("list.txt");
    let lines: String = paths
        .iter()
        .map(|path| server.address(path) + "\n")
        .collect();
    fs::write(&list, lines).unwrap();
    let mut settings = archive.settings(now);
    settings.pull.links.push(list);
    super::pull(&settings, &super::Quiet).unwrap()
}

#[test]
fn an_article_that_a_feed_or_another_address_brought_is_not_saved_again() {
    let server = server();
    let archive = Archive::of([server.address("/feed")]);
    let paths = [
        "/1", "/short", "/3", "/moved/3", "/copy/3", "/print/3", "/m/3", "/4",
    ];
    let report = pull(&archive, &server, &paths, NOON);
    let files = archive.files();
    assert_eq!(files.len(), 3, "{files:#?}");
    assert_eq!(report.articles.saved, 3);
    // None of them is fetched again; without the cache some are, and nothing is saved.
    server.asked();
    let report = pull(&archive, &server, &paths, NOON + HOUR);
    assert_eq!(server.paths(), ["/feed"], "{report:#?}");
    assert_eq!(report.articles.known, 8);
    fs::remove_dir_all(archive.cache()).unwrap();
    pull(&archive, &server, &paths, NOON + 2 * HOUR);
    assert_eq!(archive.files(), files);
}

#[test]
fn what_is_left_out_is_not_fetched_again_until_it_is_wanted() {
    let server = server();
    let archive = Archive::new("[select.exclude]\ntitle = [\"Tale 3\"]\n");
    let paths = ["/3", "/4"];
    let report = pull(&archive, &server, &paths, NOON);
    assert_eq!((report.articles.saved, report.articles.left_out), (1, 1));
    server.asked();
    pull(&archive, &server, &paths, NOON + HOUR);
    assert_eq!(server.paths(), [""; 0]);
    let list = archive.cache().with_file_name("list.txt");
    let mut settings = archive.settings(NOON + HOUR);
    settings.filter = offprint::settings::Filter::default();
    settings.pull.selection = String::new();
    settings.pull.links.push(list);
    let report = super::pull(&settings, &super::Quiet).unwrap();
    assert_eq!(report.articles.saved, 1);
    assert_eq!(archive.files().len(), 2);
}

#[test]
fn a_page_that_fails_is_asked_for_less_and_less_often_and_not_for_ever() {
    let server = Server::of([("/x", Reply::new(503, ""))]);
    let archive = Archive::new("");
    let mut asked = Vec::new();
    for hour in 0..24 * 60 {
        pull(&archive, &server, &["/x"], NOON + hour * HOUR);
        if server.paths().contains(&"/x".to_owned()) {
            asked.push(hour);
        }
    }
    assert_eq!(asked.len(), 10, "{asked:?}");
    let gaps: Vec<i64> = asked.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.is_sorted(), "{gaps:?}");
}

/// A list in a container of the kind that the name says.
fn packed(name: &str, list: &str) -> Vec<u8> {
    if name.ends_with(".gz") {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(list.as_bytes()).unwrap();
        return packer.finish().unwrap();
    }
    zipped(&[
        ("notes.bin", b"\0\x01"),
        ("lists/all.json", list.as_bytes()),
    ])
}

#[test]
fn fault_23_lists_in_containers_are_pulled_by_the_commands_that_a_build_names() {
    let server = Server::of([("/1", page(1)), ("/2", page(2))]);
    let addresses = ["/1", "/2"].map(|path| server.address(path));
    let bookmarks = addresses.iter().map(|address| {
        format!("{{\"createdAt\":1700000000,\"title\":\"T\",\"tags\":[],\"content\":{{\"type\":\"link\",\"url\":\"{address}\"}}}}")
    });
    let karakeep = format!(
        "{{\"bookmarks\":[{}]}}",
        bookmarks.collect::<Vec<_>>().join(",")
    );
    let pocket = format!(
        "title,url,time_added,tags,status\nA,{},1,,unread\nB,{},2,,unread\n",
        addresses[0], addresses[1]
    );
    for (name, list) in [
        ("k.json.gz", &karakeep),
        ("pocket.zip", &karakeep),
        ("p.csv.gz", &pocket),
        ("my list.zip", &pocket),
    ] {
        let place = Place::empty();
        place.write(&format!("in/{name}"), packed(name, list));
        place.write("offprint.toml", "[pull]\npause = \"0s\"\n");
        let said = stderr(&place.offprint(&["build", "in"]).assert().code(2));
        let (_, command) = said.split_once("`offprint pull --links ").expect(&said);
        let named = command
            .split('`')
            .next()
            .unwrap()
            .trim_matches('\'')
            .to_owned();
        // The file alone says the same, where one list is in it.
        for path in [named.as_str(), &format!("in/{name}")] {
            let arguments = [
                "pull",
                "--allow-private-network",
                "--dry-run",
                "--links",
                path,
            ];
            let told = stderr(&place.offprint(&arguments).assert().success());
            assert!(told.contains("2 "), "{path}: {told}");
        }
        let missing = place
            .offprint(&["pull", "--links", &format!("in/{name}!none")])
            .assert()
            .code(2);
        assert!(stderr(&missing).contains("hint: "));
    }
}
