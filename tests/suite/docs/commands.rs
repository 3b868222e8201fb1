//! The commands on the pages. A block that begins with ```` ```sh ```` is run; what must not be run
//! (it installs, asks the network, or never ends) is ```` ```console ````. A block of `text` right
//! after one that is run is what it prints; only sizes and times may differ. To take over what is
//! printed now:
//!
//! ```text
//! UPDATE_DOCS=1 cargo test --test suite docs::commands
//! ```

use super::markdown::Page;
use super::{beside, book, name, root};
use crate::pull::server::{Reply, Server};
use crate::pull::{day, item, rss, text};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Where the commands of a page are run.
struct Reader {
    folder: TempDir,
    home: TempDir,
    offline: bool,
}

impl Reader {
    fn new(offline: bool) -> Self {
        Reader {
            folder: tempfile::tempdir().unwrap(),
            home: tempfile::tempdir().unwrap(),
            offline,
        }
    }

    /// One with the sample archive at hand.
    fn with_archive() -> Self {
        let reader = Reader::new(true);
        copy(
            &root().join("seeds/articles"),
            &reader.folder.path().join("articles"),
        );
        reader
    }

    /// Runs some lines, which have to succeed; what they print.
    fn run(&self, lines: &str, page: &str) -> String {
        let programs = Path::new(env!("CARGO_BIN_EXE_offprint")).parent().unwrap();
        let path = env::var_os("PATH").unwrap_or_default();
        let path =
            env::join_paths(std::iter::once(programs.to_owned()).chain(env::split_paths(&path)));
        let mut command = Command::new("sh");
        command
            .args(["-e", "-u", "-c", &format!("exec 2>&1\n{lines}")])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env_clear()
            .env("PATH", path.unwrap())
            .env("HOME", self.home.path())
            .env("LANG", "C.UTF-8")
            .env("OFFPRINT_ALLOW_PRIVATE_NETWORK", "true")
            .env("PICTURE", root().join("docs/pictures/page-title.png"));
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada Keeper");
            command.env(format!("GIT_{role}_EMAIL"), "ada@keeper.example");
        }
        if self.offline {
            command.env("OFFPRINT_OFFLINE", "true");
        }
        let ended = command.output().unwrap();
        let printed = String::from_utf8(ended.stdout).unwrap();
        assert!(ended.status.success(), "{page}: {lines}\n{printed}");
        printed
    }

    /// Runs a page's commands one after the other; their number.
    fn follow(&self, path: &Path) -> usize {
        let page = Page::read(path);
        let mut updated = page.text.clone();
        let mut replaced = 0isize;
        let mut count = 0;
        let mut blocks = page.blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            if block.kind != "sh" {
                continue;
            }
            count += 1;
            let printed = self.run(&block.code, &name(path));
            let Some(shown) = blocks.next_if(|next| next.kind == "text") else {
                continue;
            };
            if env::var_os("UPDATE_DOCS").is_none() {
                let (left, right) = (comparable(&printed), comparable(&shown.code));
                assert_eq!(left, right, "{}:\n{}", name(path), block.code);
            } else if comparable(&printed) != comparable(&shown.code) {
                let start = shown.place.start.strict_add_signed(replaced);
                let end = shown.place.end.strict_add_signed(replaced);
                updated.replace_range(start..end, &printed);
                replaced += printed.len() as isize - shown.place.len() as isize;
            }
        }
        if updated != page.text {
            fs::write(path, updated).unwrap();
        }
        count
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            copy(&item.path(), &target);
        } else {
            fs::copy(item.path(), target).unwrap();
        }
    }
}

/// A text without what differs from machine to machine: sizes, times, and the width of columns.
fn comparable(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut kept: Vec<&str> = Vec::new();
        for (position, word) in words.iter().enumerate() {
            let next = words.get(position + 1).copied().unwrap_or_default();
            let unit = ["B", "kB", "MB", "s", "s)"].contains(&next);
            let number = word.trim_start_matches('(').parse::<f64>().is_ok();
            kept.push(if unit && number { "N" } else { word });
            if ["B", "kB", "MB"].contains(word) {
                kept.pop();
                kept.push("bytes");
            }
        }
        kept.join(" ")
    };
    text.trim_end().lines().map(line).collect()
}

/// The pages of a folder in the order of the summary.
fn pages(folder: &str) -> Vec<PathBuf> {
    let summary = root().join("docs/src/SUMMARY.md");
    let links = Page::read(&summary).links;
    let inside = links.iter().filter(|link| link.starts_with(folder));
    inside
        .map(|link| root().join("docs/src").join(link))
        .collect()
}

#[test]
fn the_tutorial_does_what_it_says_from_an_empty_folder() {
    let reader = Reader::new(false);
    let commands: Vec<usize> = pages("tutorial/")
        .iter()
        .map(|page| reader.follow(page))
        .collect();
    assert_eq!(commands.len(), 3);
    assert!(commands.iter().sum::<usize>() >= 15, "{commands:?}");
}

/// The page whose commands ask feeds.
const FEEDS: &str = "docs/src/how-to/morning-paper.md";

/// The feeds of that page, on a server of the test's own.
fn feeds() -> Server {
    let lighthouse = [30, 31].map(|number| {
        item(
            number,
            &format!("https://l.example/{number}"),
            &day(number),
            &text(number),
        )
    });
    let goats = item(7, "https://g.example/7", &day(31), &text(7));
    let feed = |title: &str, items: &str| Reply::feed(rss(title, "", items));
    Server::of([
        (
            "/lighthouse.xml",
            feed("The Lighthouse", &lighthouse.concat()),
        ),
        ("/goats.xml", feed("Goats", &goats)),
    ])
}

#[test]
fn a_list_of_feeds_becomes_a_morning_paper() {
    let page = Page::read(&root().join(FEEDS));
    let list = page
        .blocks
        .iter()
        .find(|block| block.kind == "xml")
        .unwrap();
    let server = feeds();
    let reader = Reader::new(true);
    let list = list
        .code
        .replace("https://feeds.example/", &server.address("/"));
    fs::write(reader.folder.path().join("feeds.opml"), list).unwrap();
    assert_eq!(reader.follow(&root().join(FEEDS)), 3);
}

#[test]
fn the_commands_of_all_other_pages_run() {
    let tutorial = pages("tutorial/");
    let mut commands = 0;
    for page in book().iter().chain(&beside()) {
        if !tutorial.contains(page) && !page.ends_with(FEEDS) {
            commands += Reader::with_archive().follow(page);
        }
    }
    assert!(commands >= 8, "{commands}");
}

#[test]
fn the_readmes_name_what_their_first_command_writes() {
    let reader = Reader::new(true);
    for part in ["articles", "posts", "mirror"] {
        let target = reader.folder.path().join("seeds").join(part);
        copy(&root().join("seeds").join(part), &target);
    }
    let configuration = root().join("offprint.toml");
    fs::copy(configuration, reader.folder.path().join("offprint.toml")).unwrap();
    let printed = reader.run("offprint --quiet --strict || true; ls out", "README.md");
    let files: Vec<&str> = printed
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert!(files.contains(&"archive.epub"), "{printed}");
    for readme in ["README.md", "README.zh-Hans.md"] {
        let code = Page::read(&root().join(readme)).code;
        for file in &files {
            assert!(code.iter().any(|span| span == file), "{readme}: {file}");
        }
    }
}
