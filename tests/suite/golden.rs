//! Whole articles, from their file to what becomes of them, for a person to read side by side.
//!
//! Each file in `golden/` is an article of our own writing. Beside it, in a folder of its name, stand the
//! model as `offprint inspect` shows it (`model.txt`), its chapter in a book (`chapter.xhtml`) and its item
//! in a feed (`item.xml`). With `OFFPRINT_BLESS=1` in the environment these are written anew; look at the
//! difference before you commit it.

use super::docs::root;
use assert_cmd::Command;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

fn folder() -> PathBuf {
    root().join("tests/suite/golden")
}

/// The articles' files, by their names.
fn articles() -> Vec<String> {
    let items = fs::read_dir(folder()).unwrap().map(Result::unwrap);
    let files = items.filter(|item| item.file_type().unwrap().is_file());
    let mut names: Vec<String> = files
        .map(|item| item.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What a command prints, run beside the articles.
fn printed(arguments: &[&str], out: &Path) -> String {
    let mut command = Command::cargo_bin("offprint").unwrap();
    let ended = command
        .current_dir(folder())
        .args(arguments)
        .env("OFFPRINT_OUT", out)
        .env("OFFPRINT_IMAGE_CACHE", out.join(".cache"))
        .assert()
        .success();
    String::from_utf8(ended.get_output().stdout.clone()).unwrap()
}

/// The one chapter of a book.
fn chapter(book: &Path) -> String {
    let mut archive = ZipArchive::new(Cursor::new(fs::read(book).unwrap())).unwrap();
    let names = archive.file_names().map(str::to_owned);
    let name = names.into_iter().find(|name| name.contains("/text/"));
    let mut text = String::new();
    let mut file = archive.by_name(&name.unwrap()).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// The one item of a feed.
fn item(feed: &Path) -> String {
    let text = fs::read_to_string(feed).unwrap();
    let begin = text.find("<entry>").unwrap();
    let end = text.find("</entry>").unwrap() + "</entry>".len();
    format!("{}\n", &text[begin..end])
}

/// Holds a text against a file beside the articles; what is wrong.
fn compared(name: &str, text: &str) -> Option<String> {
    let path = folder().join(name);
    if std::env::var_os("OFFPRINT_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let differing = text
        .lines()
        .zip(golden.lines().chain(std::iter::repeat("")))
        .find(|(now, before)| now != before);
    match differing {
        Some((now, before)) => Some(format!("{name}:\n  before {before}\n  now    {now}")),
        None if text != golden => Some(format!("{name}: more stood there")),
        None => None,
    }
}

#[test]
fn articles_become_what_somebody_has_read_and_found_right() {
    let articles = articles();
    assert!(articles.len() >= 4, "{articles:?}");
    let mut wrong = Vec::new();
    for article in &articles {
        let out = tempfile::tempdir().unwrap();
        let model = printed(&["inspect", "--verbose", article], out.path());
        printed(
            &[
                "build",
                article,
                "--to",
                "atom,epub",
                "--offline",
                "--quiet",
            ],
            out.path(),
        );
        let folder = article.split('.').next().unwrap();
        for (name, text) in [
            ("model.txt", model),
            ("chapter.xhtml", chapter(&out.path().join("archive.epub"))),
            ("item.xml", item(&out.path().join("atom.xml"))),
        ] {
            wrong.extend(compared(&format!("{folder}/{name}"), &text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_untrusted_is_in_what_was_found_right() {
    let folder = folder().join("untrusted");
    for name in ["chapter.xhtml", "item.xml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        for trace in [
            "alert", "script", "onclick", "style=", "secret", "opener", "position",
        ] {
            assert!(!text.contains(trace), "{name} has {trace}");
        }
    }
}
