//! A pull that is killed leaves whole files only, and the next one goes on.

use super::server::{Reply, Server};
use super::{day, item, rss, text};
use crate::command::Place;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

/// So many feeds of some items each.
/// The configuration and a reading list come with them.
fn server(feeds: u32) -> (Server, String, String) {
    let server = Server::start(move |asked| {
        let host = asked.headers["host"].clone();
        if let Some(number) = asked.path.strip_prefix("/page/") {
            let number = number.parse().unwrap();
            return Reply::page(format!(
                "<html><head><title>Tale {number}</title></head><body><article><h1>Tale {number}</h1>{}{}</article>",
                text(number),
                text(number + 7)
            ));
        }
        let Ok(feed) = asked.path[1..].parse::<u32>() else {
            return Reply::new(404, "");
        };
        let items = (1..=20).map(|number| {
            let number = feed * 100 + number;
            // Of every fourth feed the items are summaries, with pages behind them.
            let (link, body) = match feed % 4 {
                3 => (
                    format!("http://{host}/page/{number}"),
                    "A word …".to_owned(),
                ),
                _ => (format!("https://t.example/{number}"), text(number)),
            };
            item(number, &link, &day(1), &body)
        });
        let mut reply =
            Reply::feed(rss(&format!("Feed {feed}"), "", &items.collect::<String>())).tagged(asked);
        reply.delay = Duration::from_millis(2);
        reply
    });
    let list = (0..feeds).map(|feed| {
        format!(
            "[[pull.feed]]\nurl = {:?}\n",
            server.address(&format!("/{feed}"))
        )
    });
    let pages = (0..feeds).map(|number| server.address(&format!("/page/{}", 900_000 + number)));
    let pages = pages.collect::<Vec<_>>().join("\n");
    let configuration = format!(
        "[pull]\nlinks = [\"list.txt\"]\npause = \"0s\"\n{}",
        list.collect::<String>()
    );
    (server, configuration, pages)
}

fn kill_often(kills: u64, feeds: u32) {
    let (_server, configuration, list) = server(feeds);
    let arguments = [
        "pull",
        "--allow-private-network",
        "--now",
        "1640952000000",
        "-q",
    ];
    let whole = Place::empty();
    whole.write("offprint.toml", &configuration);
    whole.write("list.txt", &list);
    whole.offprint(&arguments).assert().success();
    let expected: BTreeMap<String, Vec<u8>> = whole.outputs("articles");
    assert_eq!(expected.len(), feeds as usize * 21);
    let place = Place::empty();
    place.write("offprint.toml", &configuration);
    place.write("list.txt", &list);
    for kill in 0..kills {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_offprint"));
        let mut child = command
            .current_dir(place.path())
            .args(arguments)
            .env("OFFPRINT_IMAGE_CACHE", place.path().join(".cache"))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(3 + kill * 37 % 150));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in place.outputs("articles") {
            let is_temporary = name.contains("/.offprint-");
            assert!(
                is_temporary || expected.get(&name) == Some(&bytes),
                "{name} after {kill}"
            );
        }
    }
    place.offprint(&arguments).assert().success();
    assert_eq!(place.outputs("articles"), expected);
}

#[test]
fn a_pull_that_is_killed_some_times_saves_everything_once() {
    kill_often(8, 10);
}

/// `cargo test --test suite pull::kills -- --ignored`
#[test]
#[ignore = "takes a minute"]
fn a_pull_that_is_killed_a_hundred_times_saves_everything_once() {
    kill_often(100, 40);
}
