//! The programs in `examples/`.

use super::root;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the examples, if they are not, and gives the folder that they stand in.
fn examples() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--offline"])
        .args(["--example", "feed_from_articles", "--example", "own_writer"])
        .args(["--example", "own_reader"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(built.status.success(), "{built:?}");
    // Where this program stands, there is `deps` between.
    let target = env::current_exe().unwrap();
    target.parent().unwrap().parent().unwrap().join("examples")
}

/// Runs an example in an empty folder; what it printed, and the folder.
fn run(name: &str, arguments: &[&Path]) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let ended = Command::new(examples().join(name))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
    (String::from_utf8(ended.stdout).unwrap(), folder)
}

#[test]
fn a_feed_is_made_of_articles_that_a_program_holds() {
    let (printed, folder) = run("feed_from_articles", &[]);
    assert_eq!(printed, "2 articles written\n");
    let feed = fs::read(folder.path().join("out/atom.xml")).unwrap();
    let feed = feed_rs::parser::parse(feed.as_slice()).unwrap();
    let ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["https://ada.example/fog", "https://ada.example/lamp"]);
    assert!(feed.entries.iter().all(|entry| entry.published.is_some()));
}

#[test]
fn a_reader_of_ones_own_reads_what_stands_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let digest = folder.path().join("week.digest");
    let text = "# The lamp & the fog\nurl: https://ada.example/lamp\ndate: 2021-12-31T01:47:06Z\n\n<p>It shines.</p>\n\
                ====\nurl: https://ada.example/none\n\nWithout a title.\n====\n# Fog\nurl: https://ada.example/fog\n\
                date: 2022-01-01T12:00:00Z\nby: Ada, Bo\n\nNo ship < left.\n";
    fs::write(&digest, text).unwrap();
    let (printed, place) = run("own_reader", &[&digest]);
    assert_eq!(printed, "2 articles in out/atom.xml\n");
    let feed = fs::read(place.path().join("out/atom.xml")).unwrap();
    let feed = feed_rs::parser::parse(feed.as_slice()).unwrap();
    let titles = feed
        .entries
        .iter()
        .map(|entry| entry.title.clone().unwrap().content);
    assert_eq!(titles.collect::<Vec<_>>(), ["Fog", "The lamp & the fog"]);
    assert_eq!(feed.entries[0].id, "https://ada.example/fog");
    assert_eq!(feed.entries[0].authors.len(), 2);
}

#[test]
fn a_writer_of_ones_own_writes_what_the_archive_holds() {
    let (printed, folder) = run("own_writer", &[&root().join("seeds")]);
    let page = fs::read_to_string(folder.path().join("out/page.html")).unwrap();
    let articles = page.lines().filter(|line| line.starts_with("<h2>")).count();
    assert!(articles > 10, "{articles}");
    assert_eq!(printed, format!("out/page.html: {articles} articles\n"));
    // The page on writers shows what it prints on the sample archive.
    let shown = fs::read_to_string(root().join("docs/src/how-to/own-writer.md")).unwrap();
    assert!(shown.contains(printed.trim_end()), "{printed}");
    assert!(page.starts_with("<!doctype html>\n") && page.contains("<h1>archive</h1>"));
    assert!(page.contains("<p>") && page.contains("<a href=\"https://"));
}
