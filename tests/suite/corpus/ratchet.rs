//! The ratchet: articles whose model was checked by hand against their source, in `tests/ratchet.toml`.
//! One that reads worse than it did fails. One that reads better gets a new entry, by hand:
//!
//! ```text
//! OFFPRINT_TEST_ARCHIVES=… OFFPRINT_RATCHET=part/of/a/path \
//!   cargo test --test suite corpus::ratchet::print -- --ignored --nocapture
//! ```
//!
//! prints the entries of the articles whose paths contain that part, with the texts behind the hashes
//! as comments: read them beside the source file, and take them over without the comments.

use super::{Sample, all_blocks, running_lines, samples};
use offprint::model::{Block, plain_text};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use unicode_segmentation::UnicodeSegmentation;

/// What an article should become. Texts stand as hashes, since they are their authors'.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The hash of the file's bytes, by which the article is found wherever it lies.
    file: String,
    /// What kind of article it is, for people.
    kind: String,
    title: String,
    published: String,
    updated: String,
    source: String,
    host: String,
    language: String,
    authors: Vec<String>,
    /// Level and text of each heading.
    headings: Vec<String>,
    /// Address and caption of each figure.
    figures: Vec<String>,
    first_sentence: String,
    last_sentence: String,
    credit: String,
    rights: String,
    /// How many blocks of each other kind there are.
    blocks: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
struct Ratchet {
    article: Vec<Expected>,
}

fn ratchet() -> Vec<Expected> {
    let table: Ratchet = toml::from_str(include_str!("../../ratchet.toml")).expect("the ratchet");
    table.article
}

/// A text as twelve digits, white space aside; nothing for nothing.
fn hash(text: &str) -> String {
    let bare: String = text.split_whitespace().collect();
    if bare.is_empty() {
        return String::new();
    }
    blake3::hash(bare.as_bytes()).to_hex()[..12].to_owned()
}

fn file_hash(sample: &Sample) -> String {
    blake3::hash(&sample.bytes).to_hex()[..16].to_owned()
}

/// What an article becomes, with the texts themselves.
fn understood(sample: &Sample, kind: &str) -> Expected {
    let article = &sample.understood.cleaned.article;
    let blocks = all_blocks(article.body.blocks());
    let lines = running_lines(article.body.blocks());
    let sentence = |line: Option<&String>, last: bool| {
        let mut sentences = line.map_or("", |line| line.trim()).split_sentence_bounds();
        let sentence = if last {
            sentences.last()
        } else {
            sentences.next()
        };
        sentence.unwrap_or_default().trim().to_owned()
    };
    let time = |time: Option<offprint::model::Timestamp>| {
        time.map(|time| time.rfc3339()).unwrap_or_default()
    };
    let end =
        |end: &Option<offprint::model::CleanText>| end.as_deref().unwrap_or_default().to_owned();
    Expected {
        file: file_hash(sample),
        kind: kind.to_owned(),
        title: article.title.to_string(),
        published: time(article.published),
        updated: time(article.updated),
        source: article.source.name.to_string(),
        host: article
            .address
            .as_ref()
            .and_then(|address| address.host())
            .unwrap_or_default()
            .to_owned(),
        language: article
            .language
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        authors: article.authors.iter().map(ToString::to_string).collect(),
        headings: blocks.iter().filter_map(|block| heading(block)).collect(),
        figures: blocks.iter().filter_map(|block| figure(block)).collect(),
        first_sentence: sentence(lines.first(), false),
        last_sentence: sentence(lines.last(), true),
        credit: end(&article.credit),
        rights: end(&article.rights),
        blocks: counts(&blocks),
    }
}

fn heading(block: &Block) -> Option<String> {
    match block {
        Block::Heading(heading) => Some(format!(
            "{} {}",
            heading.level.number(),
            plain_text(&heading.content)
        )),
        _ => None,
    }
}

/// A figure as `ADDRESS | CAPTION`.
fn figure(block: &Block) -> Option<String> {
    let Block::Figure(figure) = block else {
        return None;
    };
    let origin = figure.image.source.origin().map(ToString::to_string);
    Some(format!(
        "{} | {}",
        origin.unwrap_or_default(),
        plain_text(&figure.caption)
    ))
}

fn counts(blocks: &[&Block]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for block in blocks {
        let name = match block {
            Block::Paragraph(_) => "paragraphs",
            Block::Quote(_) => "quotes",
            Block::List(_) => "lists",
            Block::Table(_) => "tables",
            Block::Code(_) => "codes",
            Block::Rule => "rules",
            Block::Embed(_) => "embeds",
            Block::Heading(_) | Block::Figure(_) => continue,
        };
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    counts
}

/// The same with hashes for texts.
fn hashed(open: &Expected) -> Expected {
    let all = |texts: &[String]| texts.iter().map(|text| hash(text)).collect();
    let heading = |text: &String| {
        let (level, text) = text.split_once(' ').expect("level and text");
        format!("{level} {}", hash(text))
    };
    let figure = |text: &String| {
        let (address, caption) = text.split_once(" | ").expect("address and caption");
        format!("{} {}", hash(address), hash(caption))
            .trim_end()
            .to_owned()
    };
    Expected {
        title: hash(&open.title),
        authors: all(&open.authors),
        headings: open.headings.iter().map(heading).collect(),
        figures: open.figures.iter().map(figure).collect(),
        first_sentence: hash(&open.first_sentence),
        last_sentence: hash(&open.last_sentence),
        credit: hash(&open.credit),
        rights: hash(&open.rights),
        ..open.clone()
    }
}

/// An entry as it stands in the file; the texts behind hashes as comments.
fn entry(open: &Expected) -> String {
    let closed = hashed(open);
    let mut text = String::from("[[article]]\n");
    let mut line = |name: &str, value: &str, meaning: &str| {
        let meaning = if meaning == value || meaning.is_empty() {
            String::new()
        } else {
            format!(" # {meaning}")
        };
        writeln!(text, "{name} = {value:?}{meaning}").expect("text");
    };
    line("file", &closed.file, "");
    line("kind", &closed.kind, "");
    line("title", &closed.title, &open.title);
    line("published", &closed.published, "");
    line("updated", &closed.updated, "");
    line("source", &closed.source, "");
    line("host", &closed.host, "");
    line("language", &closed.language, "");
    line(
        "first_sentence",
        &closed.first_sentence,
        &open.first_sentence,
    );
    line("last_sentence", &closed.last_sentence, &open.last_sentence);
    line("credit", &closed.credit, &open.credit);
    line("rights", &closed.rights, &open.rights);
    for (name, closed, open) in [
        ("authors", &closed.authors, &open.authors),
        ("headings", &closed.headings, &open.headings),
        ("figures", &closed.figures, &open.figures),
    ] {
        writeln!(text, "{name} = [").expect("text");
        for (value, meaning) in closed.iter().zip(open) {
            let meaning = meaning.replace('\n', " ⏎ ");
            writeln!(text, "    {value:?}, # {meaning}").expect("text");
        }
        text.push_str("]\n");
    }
    let counts: Vec<String> = open
        .blocks
        .iter()
        .map(|(name, count)| format!("{name} = {count}"))
        .collect();
    writeln!(text, "blocks = {{ {} }}", counts.join(", ")).expect("text");
    text
}

#[test]
#[ignore = "prints entries; see above"]
fn print() {
    let wanted = std::env::var("OFFPRINT_RATCHET").unwrap_or_default();
    for sample in samples() {
        if sample.understood.path.contains(&wanted) {
            println!(
                "# {}\n{}",
                sample.understood.path,
                entry(&understood(sample, ""))
            );
        }
    }
}

#[test]
fn listed_articles_read_as_well_as_they_did() {
    let by_file: BTreeMap<String, &Sample> = samples()
        .iter()
        .map(|sample| (file_hash(sample), sample))
        .collect();
    let listed = ratchet();
    let found: Vec<_> = listed
        .iter()
        .filter_map(|expected| Some((expected, by_file.get(&expected.file)?)))
        .collect();
    println!(
        "{} of {} listed articles are in the archives",
        found.len(),
        listed.len()
    );
    assert!(
        found.is_empty() || found.len() == listed.len(),
        "some of the listed articles are gone"
    );
    let mut worse = String::new();
    for (expected, sample) in found {
        let open = understood(sample, &expected.kind);
        let closed = hashed(&open);
        if *expected != closed {
            writeln!(
                worse,
                "# {}\nlisted: {expected:#?}\nnow:\n{}",
                sample.understood.path,
                entry(&open)
            )
            .expect("text");
        }
    }
    assert!(worse.is_empty(), "read otherwise than they were:\n{worse}");
}

#[test]
fn the_list_is_long_and_holds_no_text() {
    let listed = ratchet();
    assert!(listed.len() >= 40, "{}", listed.len());
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit() || c == ' ');
    for article in &listed {
        let texts = [
            &article.title,
            &article.first_sentence,
            &article.last_sentence,
            &article.credit,
            &article.rights,
        ];
        let lists = [&article.authors, &article.headings, &article.figures];
        assert!(
            texts
                .into_iter()
                .chain(lists.into_iter().flatten())
                .all(|text| digits(text)),
            "{article:#?}"
        );
    }
    let distinct: std::collections::BTreeSet<_> =
        listed.iter().map(|article| &article.file).collect();
    assert_eq!(distinct.len(), listed.len());
}
