//! What holds for archives of real articles: those in the folders that `OFFPRINT_TEST_ARCHIVES` names,
//! separated by colons. Without it the tests here say so and look at nothing.

mod quality;
mod summary;
mod visible;

use crate::understanding::{Understood, understand};
use offprint::model::{Block, plain_text};
use offprint::{Registry, Settings};
use std::io::Write;
use std::sync::LazyLock;

/// An article of the archives, with its file.
struct Sample {
    understood: Understood,
    bytes: Vec<u8>,
}

/// All articles of the archives; read once, since every test here wants them.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let folders = std::env::var("OFFPRINT_TEST_ARCHIVES").unwrap_or_default();
    let folders: Vec<&str> = folders.split(':').filter(|name| !name.is_empty()).collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let settings = Settings::for_inputs(folders);
    let (articles, _) = understand(&Registry::standard(), &settings).expect("archives");
    let sample = |understood: Understood| Sample {
        bytes: std::fs::read(&understood.path).expect("the article's file"),
        understood,
    };
    let samples: Vec<Sample> = articles.into_iter().map(sample).collect();
    assert!(
        !samples.is_empty(),
        "OFFPRINT_TEST_ARCHIVES names archives without any article"
    );
    samples
});

/// The articles; or nothing, and a word about the test that looks at nothing. It is written past what
/// catches the output of tests that pass, for nobody would see it there.
fn samples() -> &'static [Sample] {
    if SAMPLES.is_empty() {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        let told = format!("skipped {test}: OFFPRINT_TEST_ARCHIVES names no archive to look at\n");
        let _ = std::io::stderr().write_all(told.as_bytes());
    }
    &SAMPLES
}

/// Every line of text in order, headings and captions aside.
fn running_lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) => lines.push(plain_text(line).into_owned()),
            Block::Code(code) => lines.push(code.to_string()),
            Block::Table(table) => lines.push(plain_text(&table.caption).into_owned()),
            _ => {}
        }
        for group in block.children() {
            lines.extend(running_lines(group));
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// All blocks, those within others too, in order.
fn all_blocks(blocks: &[Block]) -> Vec<&Block> {
    let mut all = Vec::new();
    for block in blocks {
        all.push(block);
        for group in block.children() {
            all.extend(all_blocks(group));
        }
    }
    all
}
