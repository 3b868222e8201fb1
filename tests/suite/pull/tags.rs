//! Tags of items, groups and lists, where they are wanted.

use super::server::{Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use offprint::{Registry, Settings, Unobserved, convert};
use serde_json::Value;
use std::fs;

fn server() -> Server {
    let tagged = item(1, "https://tales.example/1", &day(1), &text(1)).replace(
        "<guid",
        "<category>Goats &amp; \"hills\": a</category><category>Ferry</category><category>Ferry</category><guid",
    );
    let plain = item(2, "https://tales.example/2", &day(2), &text(2));
    Server::of([("/feed", Reply::feed(rss("Tales", "", &(tagged + &plain))))])
}

/// An archive that subscribes by a list with nested groups.
fn archive(server: &Server, tags: &str) -> Archive {
    let archive = Archive::new(&format!("[pull]\n{tags}"));
    let list = format!(
        "<opml><body><outline text='News'><outline text='Asia'><outline text='Tales' xmlUrl='{}'/></outline></outline></body></opml>",
        server.address("/feed")
    );
    fs::write(archive.cache().with_file_name("feeds.opml"), list).unwrap();
    archive
}

fn pull(archive: &Archive, now: i64) -> super::PullReport {
    let mut settings = archive.settings(now);
    settings
        .pull
        .opml
        .push(archive.cache().with_file_name("feeds.opml"));
    super::pull(&settings, &super::Quiet).unwrap()
}

#[test]
fn tags_are_saved_where_they_are_wanted_and_come_out_of_a_build() {
    let server = server();
    let archive = archive(&server, "tags = true\n");
    assert_eq!(pull(&archive, NOON).articles.saved, 2);
    let files: Vec<String> = archive.files().into_values().collect();
    let front =
        "---\ntags: [\"Goats & \\\"hills\\\": a\", \"Ferry\", \"News\", \"Asia\"]\n---\n<!--";
    assert!(files[0].starts_with(front), "{}", files[0]);
    assert!(
        files[1].starts_with("---\ntags: [\"News\", \"Asia\"]\n---\n<!--"),
        "{}",
        files[1]
    );
    let out = tempfile::tempdir().unwrap();
    let mut settings = Settings::for_inputs([archive.path()]);
    settings.formats = vec!["json".to_owned()];
    settings.out = out.path().to_owned();
    convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let feed = fs::read_to_string(out.path().join("feed.json")).unwrap();
    let feed: Value = serde_json::from_str(&feed).unwrap();
    let tags = &feed["items"][1]["tags"];
    assert_eq!(tags[0], "Goats & \"hills\": a", "{feed:#}");
    assert_eq!(tags[3], "Asia", "{feed:#}");
    assert_eq!(feed["items"][1]["title"], "Tale 1");
    assert_eq!(feed["items"][1]["date_published"], "2021-12-01T08:00:00Z");
    // They are no part of what an article is known by, with the cache and without.
    fs::remove_dir_all(archive.cache()).unwrap();
    assert_eq!(pull(&archive, NOON + HOUR).saved, [""; 0]);
}

#[test]
fn without_being_wanted_tags_change_nothing_of_a_file() {
    let server = server();
    let archive = archive(&server, "");
    pull(&archive, NOON);
    for file in archive.files().into_values() {
        assert!(file.starts_with("<!--16"), "{file}");
        assert!(!file.contains("Asia"), "{file}");
    }
}
