//! Whole documents, as a person would check them.
//!
//! With `OFFPRINT_BLESS=1` in the environment the files are written anew; look at the difference
//! before you commit it.

use super::publish::Archive;
use super::samples;
use std::path::Path;

#[test]
fn the_three_feeds_of_a_small_archive() {
    let (articles, pictures) = samples::archive();
    let mut archive = Archive::of(articles);
    archive.pictures = pictures;
    let published = archive.publish();
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        check(name, published.file(name));
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
