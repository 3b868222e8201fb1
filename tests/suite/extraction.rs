//! The article within a page, held against what others find there: the folder that
//! `OFFPRINT_TEST_PAGES` names has a folder for each page, with `source.html`, `expected.html` and
//! `expected-metadata.json` as the tests of readability.js have them. Without it the test here says so
//! and looks at nothing.
//!
//! `extraction/summary.txt` holds a line for each page that somebody has looked through, without a
//! word of the pages. One that gives something else fails, with its line before and now:
//!
//! ```text
//! OFFPRINT_TEST_PAGES=… OFFPRINT_BLESS=1 cargo test --test suite extraction
//! ```

use super::docs::root;
use crate::understanding::converted;
use offprint::model::{Block, Body, Entry, Head, Inline, Markup, plain_text};
use offprint::settings::CleanSettings;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The address that the expected results are resolved against.
const ADDRESS: &str = "http://fakehost/test/page.html";

/// How many words make a shingle.
const SHINGLE: usize = 4;

/// What is compared of an article.
#[derive(Default)]
struct Parts {
    words: Vec<String>,
    pictures: Vec<String>,
    captions: Vec<String>,
    /// Those that the markup marks as such, as letters.
    marked: Vec<String>,
    listings: usize,
    tables: usize,
}

impl Parts {
    fn of(body: &Body) -> Self {
        let mut parts = Parts::default();
        parts.add(body.blocks());
        let named = |image: &offprint::model::Image| format!("{:?}", image.source);
        parts.pictures = body.images().into_iter().map(named).collect();
        parts
    }

    fn add(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(line) => self.say(&plain_text(line)),
                Block::Heading(heading) => self.say(&plain_text(&heading.content)),
                Block::Code(code) => {
                    self.say(&code.to_string());
                    self.listings += 1;
                }
                Block::Table(_) => self.tables += 1,
                Block::Figure(figure) => self.show(&figure.caption),
                Block::Captioned(group) => self.show(&group.caption),
                _ => {}
            }
            for group in block.children() {
                self.add(group);
            }
        }
    }

    fn show(&mut self, caption: &[Inline]) {
        let caption = plain_text(caption);
        let words: Vec<&str> = caption.split_whitespace().collect();
        if !words.is_empty() {
            self.captions.push(words.join(" "));
        }
    }

    /// Words are runs of letters and digits; of East Asian scripts each character is one.
    fn say(&mut self, text: &str) {
        let mut word = String::new();
        for character in text.chars() {
            let stands_alone =
                matches!(character, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
            if !character.is_alphanumeric() || stands_alone {
                self.words
                    .extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            }
            if stands_alone {
                self.words.push(character.to_string());
            } else if character.is_alphanumeric() {
                word.extend(character.to_lowercase());
            }
        }
        self.words.extend((!word.is_empty()).then_some(word));
    }

    fn shingles(&self) -> Vec<String> {
        if self.words.len() < SHINGLE {
            return vec![self.words.join(" ")];
        }
        self.words
            .windows(SHINGLE)
            .map(|words| words.join(" "))
            .collect()
    }
}

/// How many of the first are among the second, each counted once.
fn shared(wanted: &[String], had: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in had {
        *counts.entry(text).or_default() += 1;
    }
    let mut shared = 0;
    for text in wanted {
        if let Some(count) = counts.get_mut(text.as_str())
            && *count > 0
        {
            *count -= 1;
            shared += 1;
        }
    }
    shared
}

/// The captions that the page marks as such, and how many of them stand below a picture.
fn shared_captions(expected: &Parts, had: &Parts) -> (usize, usize) {
    let had: Vec<String> = had.captions.iter().map(|text| letters(text)).collect();
    let kept = |caption: &&String| had.iter().any(|text| text.contains(caption.as_str()));
    (
        expected.marked.iter().filter(kept).count(),
        expected.marked.len(),
    )
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The texts of the elements that mark captions.
fn marked_captions(html: &str) -> Vec<String> {
    let parts = html.split("<figcaption").skip(1);
    let text = |part: &str| {
        let inside = part.split("</figcaption").next().unwrap_or_default();
        let inside = inside.split_once('>').map_or("", |(_, inside)| inside);
        let body = body(Markup::Article(inside.to_owned()), None);
        letters(&body.plain_text())
    };
    parts.map(text).filter(|text| !text.is_empty()).collect()
}

/// How a page compares: each pair is what was kept and what was expected.
#[derive(Default)]
struct Compared {
    precision: f64,
    recall: f64,
    f1: f64,
    pictures: (usize, usize),
    captions: (usize, usize),
    listings: (usize, usize),
    tables: (usize, usize),
}

impl Compared {
    fn of(expected: &Parts, had: &Parts) -> Self {
        let (wanted, found) = (expected.shingles(), had.shingles());
        let both = shared(&wanted, &found) as f64;
        let (precision, recall) = (both / found.len() as f64, both / wanted.len() as f64);
        let sum = precision + recall;
        Compared {
            precision,
            recall,
            f1: if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
            pictures: (
                shared(&expected.pictures, &had.pictures),
                expected.pictures.len(),
            ),
            captions: shared_captions(expected, had),
            listings: (had.listings.min(expected.listings), expected.listings),
            tables: (had.tables.min(expected.tables), expected.tables),
        }
    }

    fn line(&self, name: &str) -> String {
        let pair = |(kept, all): (usize, usize)| format!("{kept}/{all}");
        format!(
            "{name:<40} {:.3} {:.3} {:.3} {:>8} {:>8} {:>8} {:>8}",
            self.precision,
            self.recall,
            self.f1,
            pair(self.pictures),
            pair(self.captions),
            pair(self.listings),
            pair(self.tables)
        )
    }

    fn add(&mut self, other: &Compared) {
        let add = |sum: &mut (usize, usize), more: (usize, usize)| {
            *sum = (sum.0 + more.0, sum.1 + more.1);
        };
        self.precision += other.precision;
        self.recall += other.recall;
        self.f1 += other.f1;
        add(&mut self.pictures, other.pictures);
        add(&mut self.captions, other.captions);
        add(&mut self.listings, other.listings);
        add(&mut self.tables, other.tables);
    }
}

fn body(markup: Markup, title: Option<&str>) -> Body {
    let entry = Entry {
        head: Head {
            address: Some(ADDRESS.to_owned()),
            title: title.map(str::to_owned),
            ..Head::default()
        },
        markup,
        ..Entry::default()
    };
    converted(&entry, &CleanSettings::default()).article.body
}

fn compared(folder: &Path) -> Compared {
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect(name);
    let metadata: serde_json::Value =
        serde_json::from_str(&read("expected-metadata.json")).unwrap();
    let title = metadata["title"].as_str();
    let expected = body(Markup::Article(read("expected.html")), title);
    let had = body(Markup::Page(read("source.html")), title);
    if let Ok(dump) = std::env::var("OFFPRINT_DUMP_PAGES") {
        let name = folder.file_name().unwrap().to_string_lossy();
        fs::write(format!("{dump}/{name}.expected"), expected.plain_text()).unwrap();
        fs::write(format!("{dump}/{name}.had"), had.plain_text()).unwrap();
    }
    let mut expected = Parts::of(&expected);
    expected.marked = marked_captions(&read("expected.html"));
    Compared::of(&expected, &Parts::of(&had))
}

#[test]
fn the_article_of_a_page_is_what_others_find_there() {
    let Some(folder) = std::env::var_os("OFFPRINT_TEST_PAGES") else {
        eprintln!("skipped: OFFPRINT_TEST_PAGES names no pages to look at");
        return;
    };
    let mut folders: Vec<_> = fs::read_dir(folder)
        .expect("pages")
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let mut table = format!(
        "{:<40} {:>5} {:>5} {:>5} {:>8} {:>8} {:>8} {:>8}\n",
        "# page", "prec", "rec", "F1", "pictures", "captions", "listings", "tables"
    );
    let mut sum = Compared::default();
    for folder in &folders {
        let compared = compared(folder);
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        writeln!(table, "{}", compared.line(&name)).unwrap();
        sum.add(&compared);
    }
    let pages = folders.len() as f64;
    sum.precision /= pages;
    sum.recall /= pages;
    sum.f1 /= pages;
    writeln!(table, "{}", sum.line("all")).unwrap();
    let path = root().join("tests/suite/extraction/summary.txt");
    if std::env::var_os("OFFPRINT_BLESS").is_some() {
        fs::write(&path, &table).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<&str> = table
        .lines()
        .filter(|line| !known.lines().any(|known| known == *line))
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
