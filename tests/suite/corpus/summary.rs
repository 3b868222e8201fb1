//! A line for each article of the archives: what it became, in counts. `summary.txt` holds the lines that
//! somebody has looked through, without a word of the articles, which are their authors'. An article that
//! becomes something else fails, with its line before and now. To look through the difference and keep it:
//!
//! ```text
//! OFFPRINT_TEST_ARCHIVES=… OFFPRINT_BLESS=1 cargo test --test suite corpus::summary
//! git diff --word-diff tests/suite/corpus/summary.txt
//! ```
//!
//! An article is known by the digits that its file's name begins with and by a hash of the file's bytes:
//! `find -name '1048030*'` finds it. What stands in `summary.txt` says nothing of other archives.

use super::super::docs::root;
use super::{Sample, all_blocks, samples};
use offprint::model::{Block, Inline, Timestamp, plain_text};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The columns: a title and the width of what stands below it; names and numbers, no text.
const COLUMNS: [(&str, usize); 20] = [
    ("# file", 12),
    ("bytes", 12),
    ("published", 20),
    ("updated", 20),
    ("language", 8),
    ("title", 5),
    ("authors", 7),
    ("characters", 10),
    ("paragraphs", 10),
    ("headings", 8),
    ("pictures", 8),
    ("captions", 8),
    ("quotes", 6),
    ("lists", 5),
    ("tables", 6),
    ("codes", 5),
    ("embeds", 6),
    ("links", 5),
    ("removed", 7),
    ("warnings", 8),
];

/// The first column that holds a number.
const NUMBERS: usize = 5;

/// A line of the table.
fn line(cells: &[String]) -> String {
    let columns = cells.iter().zip(COLUMNS).enumerate();
    let padded = columns.map(|(position, (cell, (_, width)))| {
        if position < NUMBERS {
            format!("{cell:<width$}")
        } else {
            format!("{cell:>width$}")
        }
    });
    padded.collect::<Vec<_>>().join(" ")
}

fn head() -> String {
    let titles = COLUMNS.map(|(title, _)| title.to_owned());
    line(&titles)
}

/// What an article is known by: the digits that its file's name begins with.
fn file(sample: &Sample) -> String {
    let name = Path::new(&sample.understood.path).file_name();
    let name = name.unwrap_or_default().to_string_lossy();
    let digits: String = name
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    match digits.trim_end_matches('-') {
        "" => "-".to_owned(),
        digits => digits.to_owned(),
    }
}

fn hash(sample: &Sample) -> String {
    blake3::hash(&sample.bytes).to_hex()[..12].to_owned()
}

fn or_none(text: Option<String>) -> String {
    text.unwrap_or_else(|| "-".to_owned())
}

/// The number of characters that are no white space.
fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn links(line: &[Inline]) -> usize {
    let inner = |inline: &Inline| inline.children().map(links).sum::<usize>();
    let own = line.iter().filter(|one| matches!(one, Inline::Link(_)));
    own.count() + line.iter().map(inner).sum::<usize>()
}

/// The line of an article.
fn summary(sample: &Sample) -> String {
    let cleaned = &sample.understood.cleaned;
    let article = &cleaned.article;
    let blocks = all_blocks(article.body.blocks());
    let count = |is: fn(&Block) -> bool| blocks.iter().filter(|block| is(block)).count();
    let captions = |block: &Block| match block {
        Block::Figure(figure) => !plain_text(&figure.caption).trim().is_empty(),
        _ => false,
    };
    let lines = blocks.iter().filter_map(|block| block.line());
    let removed = cleaned.removed.iter().map(|part| characters(&part.text));
    let numbers = [
        characters(&article.title),
        article.authors.len(),
        characters(&article.body.plain_text()),
        count(|block| matches!(block, Block::Paragraph(_))),
        count(|block| matches!(block, Block::Heading(_))),
        count(|block| matches!(block, Block::Figure(_))),
        blocks.iter().filter(|block| captions(block)).count(),
        count(|block| matches!(block, Block::Quote(_))),
        count(|block| matches!(block, Block::List(_))),
        count(|block| matches!(block, Block::Table(_))),
        count(|block| matches!(block, Block::Code(_))),
        count(|block| matches!(block, Block::Embed(_))),
        lines.map(links).sum(),
        removed.sum(),
        cleaned.warnings.len() + sample.understood.warnings.len(),
    ];
    let language = article.language.as_ref().map(ToString::to_string);
    let mut cells = vec![
        file(sample),
        hash(sample),
        or_none(article.published.map(Timestamp::rfc3339)),
        or_none(article.updated.map(Timestamp::rfc3339)),
        or_none(language),
    ];
    cells.extend(numbers.map(|number| number.to_string()));
    line(&cells)
}

/// What a line says its file's bytes are.
fn bytes_of(line: &str) -> &str {
    line.split_whitespace().nth(1).unwrap_or_default()
}

fn path() -> PathBuf {
    root().join("tests/suite/corpus/summary.txt")
}

/// The lines that were looked through.
fn listed() -> Vec<String> {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// Writes all lines anew, unless the archives are none of those that were looked through.
fn bless(now: &BTreeMap<String, String>) {
    let listed = listed();
    if listed.is_empty() || listed.iter().any(|line| now.contains_key(bytes_of(line))) {
        let mut lines: Vec<&str> = now.values().map(String::as_str).collect();
        lines.sort_unstable();
        fs::write(path(), format!("{}\n{}\n", head(), lines.join("\n"))).expect("a file to write");
    }
}

#[test]
fn articles_become_what_they_were_when_somebody_looked_through_them() {
    let samples = samples();
    if samples.is_empty() {
        return;
    }
    let now: BTreeMap<String, String> = samples
        .iter()
        .map(|sample| (hash(sample), summary(sample)))
        .collect();
    if std::env::var_os("OFFPRINT_BLESS").is_some() {
        bless(&now);
    }
    let listed = listed();
    let (mut found, mut other) = (0, Vec::new());
    for before in &listed {
        if let Some(line) = now.get(bytes_of(before)) {
            found += 1;
            if line != before {
                other.push(format!("- {before}\n+ {line}"));
            }
        }
    }
    println!(
        "{found} of {} listed articles are in the archives",
        listed.len()
    );
    assert!(
        found == 0 || found == listed.len(),
        "{} of the listed articles are gone",
        listed.len() - found
    );
    assert!(
        other.is_empty(),
        "{} articles are not what they were:\n  {}\n{}",
        other.len(),
        head(),
        other.join("\n")
    );
}

#[test]
fn the_list_is_long_and_holds_no_text() {
    let listed = listed();
    assert!(listed.len() >= 100, "{}", listed.len());
    for line in &listed {
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells.len(), COLUMNS.len(), "{line}");
        let dates = |cell: &&str| {
            cell.chars()
                .all(|c| c.is_ascii_digit() || "-:TZ".contains(c))
        };
        let numbers = |cell: &&str| cell.chars().all(|c| c.is_ascii_digit());
        assert!(cells[..1].iter().all(dates), "{line}");
        assert!(cells[1].chars().all(|c| c.is_ascii_hexdigit()), "{line}");
        assert!(cells[2..4].iter().all(dates), "{line}");
        assert!(cells[4].len() <= 12 && cells[4].is_ascii(), "{line}");
        assert!(cells[NUMBERS..].iter().all(numbers), "{line}");
    }
}
