//! The reference pages of the documentation, made from the code: `docs/src/reference/*.md`.
//!
//! A page begins with what people wrote; everything below [`MARK`] is made here. The test fails
//! where a page is not what the code says. To make the pages again:
//!
//! ```text
//! UPDATE_REFERENCE=1 cargo test --bin offprint reference
//! ```

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can't go on panics"
)]

mod checker;
mod command_line;
mod configuration;
mod formats;
mod keys;
mod report;
mod source;
mod warnings;

use clap::Arg;
use std::env;
use std::fs;
use std::path::Path;

/// The line that the made part of a page begins with.
const MARK: &str = "<!-- Below this line everything is made from the code; do not edit. UPDATE_REFERENCE=1 cargo test --bin offprint reference -->";

/// A page's file name, and what makes the page.
type Page = (&'static str, fn() -> String);

/// The pages that are made.
const PAGES: [Page; 6] = [
    ("command-line.md", command_line::page),
    ("configuration.md", configuration::page),
    ("formats.md", formats::page),
    ("warnings-and-errors.md", warnings::page),
    ("checker-rules.md", checker::page),
    ("report.md", report::page),
];

#[test]
fn every_page_says_what_the_code_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/reference");
    for (name, make) in PAGES {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).expect("the page");
        let (by_hand, stands) = text.split_once(MARK).expect("the mark");
        let made = format!("\n\n{}\n", make().trim_end());
        if env::var_os("UPDATE_REFERENCE").is_some() {
            fs::write(&path, format!("{by_hand}{MARK}{made}")).expect("a page that may be written");
        } else {
            assert!(
                stands == made,
                "{name} is not current: run UPDATE_REFERENCE=1 cargo test --bin offprint reference"
            );
        }
    }
}

/// Whether something has to be typed behind an option: a switch may have a value, and is typed without.
fn takes_value(option: &Arg) -> bool {
    let optional = option
        .get_num_args()
        .is_some_and(|number| number.min_values() == 0);
    option.get_action().takes_values() && !optional
}

/// Plain text as a cell of a Markdown table.
fn cell(text: &str) -> String {
    markdown(text).replace('|', "\\|")
}

/// Plain text as Markdown: what could be markup is escaped, code between backticks stays.
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for (position, part) in text.split('`').enumerate() {
        if position > 0 {
            escaped.push('`');
        }
        let in_code = position % 2 == 1;
        for c in part.chars() {
            if !in_code && ['<', '[', '*'].contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

/// A text without `[default: …]` at its end, and the default.
fn without_default(text: &str) -> (String, Option<String>) {
    let parts = text.trim().rsplit_once("[default: ");
    match parts.and_then(|(before, after)| Some((before, after.strip_suffix(']')?))) {
        Some((before, default)) => (before.trim().to_owned(), Some(default.to_owned())),
        None => (text.trim().to_owned(), None),
    }
}

/// A text that ends like a sentence.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', ':']) || text.is_empty() {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
