//! What pages say of options, keys and Rust.

use super::markdown::Page;
use super::{beside, book, name, root};
use crate::command::Place;
use offprint::Registry;
use offprint::settings::{load, resolve};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every option of every command.
fn options() -> BTreeSet<String> {
    let commands = [
        "",
        "build",
        "init",
        "inspect",
        "cache",
        "check",
        "pull",
        "formats",
        "completions",
        "man",
    ];
    let mut options = BTreeSet::new();
    for command in commands {
        let arguments: Vec<&str> = [command, "--help"]
            .into_iter()
            .filter(|argument| !argument.is_empty())
            .collect();
        let ended = Place::empty().offprint(&arguments).assert().success();
        let help = String::from_utf8(ended.get_output().stdout.clone()).unwrap();
        options.extend(named(&help));
    }
    options
}

/// The long options that a text names.
fn named(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words
        .filter(|word| word.starts_with("--") && word.trim_start_matches('-').len() > 1)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_option_that_a_page_names_is_one() {
    let known = options();
    assert!(known.len() > 35, "{known:?}");
    for page in beside().into_iter().chain(book()) {
        let content = Page::read(&page);
        let spans = content.code.iter().map(String::as_str);
        let lines = content.blocks.iter().flat_map(|block| block.code.lines());
        let ours = spans
            .chain(lines)
            .filter(|code| code.starts_with("--") || code.contains("offprint "))
            .filter(|code| !code.contains("cargo ") && !code.contains("docker "));
        for option in ours.flat_map(named) {
            assert!(known.contains(&option), "{}: {option}", name(&page));
        }
    }
}

#[test]
fn every_configuration_that_a_page_shows_is_one() {
    let (place, registry) = (Place::empty(), Registry::standard());
    let mut shown = 0;
    for page in beside().into_iter().chain(book()) {
        let blocks = Page::read(&page).blocks;
        for block in blocks.iter().filter(|block| block.kind == "toml") {
            let file = place.write("shown.toml", &block.code);
            let mut options = load(Some(&file), &registry).unwrap_or_else(|error| {
                panic!("{}: {error}", name(&page));
            });
            options.input.paths.get_or_insert(vec!["x".into()]);
            resolve(options, &registry).unwrap_or_else(|error| panic!("{}: {error}", name(&page)));
            shown += 1;
        }
    }
    assert!(shown >= 5, "{shown}");
}

/// Rust on a page is a file of `examples/`, or the page is among the library's documentation tests:
/// so it is compiled and run.
#[test]
fn rust_on_a_page_is_an_example() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let is_tested = |page: &Path| library.contains(&format!("include_str!(\"../{}\")", name(page)));
    for page in book().into_iter().filter(|page| !is_tested(page)) {
        let blocks = Page::read(&page).blocks;
        for block in blocks.iter().filter(|block| block.kind.starts_with("rust")) {
            let code = block.code.trim();
            assert!(
                code.starts_with("{{#include")
                    && code.contains("/examples/")
                    && !code.contains('\n'),
                "{}: {code}",
                name(&page)
            );
        }
    }
}
