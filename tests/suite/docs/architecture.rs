//! ARCHITECTURE.md names every source file, in the order of an article's way, with the sentence that the
//! file opens with.
//!
//! ```text
//! UPDATE_REFERENCE=1 cargo test --test suite architecture
//! ```
//!
//! brings it up to date: rows that stand keep their order, new files come below those of their folder.

use super::root;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;

/// The heading of the list of files, which is the last part of the document.
const HEADING: &str = "\n## File by file\n";

/// What begins a folder's part of the list.
const FOLDER: &str = "\n### `";

const TABLE: &str = "| file | what it does |\n|---|---|\n";

/// The source files by their folders.
fn sources() -> BTreeMap<String, BTreeSet<String>> {
    let mut folders: Vec<_> = ["src", "check/src"].map(|name| root().join(name)).to_vec();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = folder.strip_prefix(root()).unwrap();
                let names = found.entry(format!("{}/", inside.to_string_lossy()));
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                names.or_default().insert(name);
            }
        }
    }
    found
}

/// The sentence that a file opens with, as a table has it.
fn sentence(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: Vec<&str> = lines
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let text = without_links(&paragraph.join(" "));
    assert!(!text.is_empty(), "{} says nothing", path.display());
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text[..end].trim_end_matches([':', '.']).replace('|', "\\|")
}

/// The text with what its links are called, without where they lead: that is for programmers' pages.
fn without_links(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else {
            break;
        };
        let name = name.rsplit("::").next().unwrap_or(name);
        shown.push_str(&format!("{before}`{name}`"));
        let target = after
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'));
        rest = target.map_or(after, |(_, rest)| rest);
    }
    shown + rest
}

/// A folder's part of the list as it should stand: its heading and what is said of it stay.
fn brought_up_to_date(part: &str, folder: &str, mut names: BTreeSet<String>) -> String {
    let is_row = |line: &&str| line.starts_with('|');
    let (rows, prose): (Vec<&str>, Vec<&str>) = part.lines().partition(is_row);
    let listed = rows.iter().filter_map(|row| row.split('`').nth(1));
    let mut ordered: Vec<String> = listed.filter_map(|name| names.take(name)).collect();
    ordered.extend(names);
    let rows = ordered.iter().map(|name| {
        let file = root().join(folder).join(name);
        format!("| `{name}` | {} |\n", sentence(&file))
    });
    let prose = prose.join("\n");
    let rows: String = rows.collect();
    format!("{}\n\n{TABLE}{rows}", prose.trim_end())
}

/// The document with a row for each source file.
fn with_all_files(document: &str) -> String {
    let (before, list) = document.split_once(HEADING).expect("the list of files");
    let mut sources = sources();
    let mut parts = list.split(FOLDER);
    let mut text = format!("{before}{HEADING}{}", parts.next().unwrap_or_default());
    for part in parts {
        let folder = part.split('`').next().unwrap_or_default();
        if let Some(names) = sources.remove(folder) {
            text.push_str(FOLDER);
            text.push_str(&brought_up_to_date(part, folder, names));
        }
    }
    for (folder, names) in sources {
        text.push_str(FOLDER);
        text.push_str(&brought_up_to_date(&format!("{folder}`"), &folder, names));
    }
    text
}

#[test]
fn the_architecture_names_every_source_file() {
    let path = root().join("ARCHITECTURE.md");
    let text = fs::read_to_string(&path).unwrap();
    let current = with_all_files(&text);
    if env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, &current).unwrap();
        return;
    }
    let (mut stands, mut should) = (text.lines(), current.lines());
    let differing = std::iter::repeat_with(|| (stands.next(), should.next()))
        .take_while(|(one, other)| one.is_some() || other.is_some())
        .find(|(one, other)| one != other);
    assert!(
        differing.is_none(),
        "the list of files is not current: run UPDATE_REFERENCE=1 cargo test --test suite architecture\n{differing:#?}"
    );
}

#[test]
fn a_file_that_is_new_or_gone_changes_the_list() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let row = text.lines().find(|line| line.starts_with("| `xhtml.rs`"));
    let row = format!("{}\n", row.expect("a row"));
    let gone = text.replacen(&row, "| `no_such_file.rs` | nothing |\n", 1);
    let mended = with_all_files(&gone);
    assert!(mended.contains(&row));
    assert!(!mended.contains("no_such_file.rs"));
}
