//! Whole documents, as a person would check them.
//!
//! With `OFFPRINT_BLESS=1` in the environment the files are written anew; look at the difference
//! before you commit it.

use super::publish::Archive;
use super::samples;
use offprint::settings::{FeedArchive, FeedSettings};
use std::path::Path;

#[test]
fn the_three_feeds_of_a_small_archive() {
    let (articles, pictures) = samples::archive();
    let mut archive = Archive::of(articles);
    archive.pictures = pictures;
    archive.icon = true;
    let published = archive.publish();
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        check(name, published.file(name));
    }
}

#[test]
fn an_archive_by_month_with_a_feed_for_each_source() {
    let mut december =
        samples::article("https://morning.example/1", "岁末", "2021-12-31T20:00:00Z");
    december.source.name = "晚报/副刊".into();
    let january = samples::article("https://morning.example/2", "元旦", "2022-01-01T08:00:00Z");
    let mut archive = Archive::of(vec![december, january]);
    archive.settings.get_mut::<FeedSettings>().archive = FeedArchive::Month;
    archive.settings.get_mut::<FeedSettings>().by_source = true;
    archive.settings.get_mut::<FeedSettings>().hubs =
        vec![samples::address("https://hub.example/")];
    let published = archive.publish();
    let names: Vec<&str> = published.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "archive/atom-2021-12.xml",
            "archive/rss-2021-12.xml",
            "atom.xml",
            "feed.json",
            "feeds.opml",
            "rss.xml",
            "source/晚报副刊-254ec35e/atom.xml",
            "source/晚报副刊-254ec35e/feed.json",
            "source/晚报副刊-254ec35e/rss.xml",
            "source/晨报/atom.xml",
            "source/晨报/feed.json",
            "source/晨报/rss.xml",
        ]
    );
    for name in names {
        check(&format!("by-month/{name}"), published.file(name));
    }
}

/// Compares with a file in `tests/suite/feeds/golden`. The version of the crate is left out.
fn check(name: &str, text: &str) {
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/feeds/golden")
        .join(name);
    if std::env::var_os("OFFPRINT_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == golden,
        "{name} differs from {}:\n{text}",
        path.display()
    );
}
