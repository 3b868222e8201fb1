//! Exports of Substack: a table of the posts, and the texts in files of their own beside it.

use crate::error::{Code, Warning};
use crate::model::{Digest, Entry, Format, Head, Markup, WrittenTime};
use crate::read::passed_over::{PassedOver, Tally};
use crate::read::source::bytes_at;
use crate::read::{
    Confidence, Item, Loaded, Locator, MOST_BYTES, Probe, ReadOptions, Reader, Source, Span,
};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Reads exports of Substack: each published line of `posts.csv` with its text in `posts/`.
pub struct Substack;

static FORMAT: Format = Format {
    name: "substack",
    description: "Exports of Substack: posts.csv with the texts in posts/, unpacked or as ZIP",
    files: "posts.csv",
    options: &["from"],
};

/// The columns that tell such a table.
const COLUMNS: [&str; 3] = ["post_id", "post_date", "is_published"];

/// The most bytes of the names of all columns.
const LONGEST_HEAD: usize = 4096;

impl Reader for Substack {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let names = columns(probe.first());
        match COLUMNS
            .iter()
            .all(|column| names.iter().any(|name| name == column))
        {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        _options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let bytes = match source.bytes(source.span()) {
            Ok(bytes) => bytes,
            Err(warning) => return vec![warning],
        };
        let names = columns(&bytes);
        let (mut passed_over, mut without_text, mut number) = (Tally::default(), 0, 0);
        for (span, line) in lines(&bytes) {
            number += 1;
            let at = Locator { span, line, number };
            let row = row_of(&names, part(&bytes, span));
            match post(&row, source, &at) {
                Post::Entry(entry, content) => each(Item::new(at, *entry, content)),
                Post::Draft => passed_over.add(PassedOver::Draft),
                Post::WithoutText => without_text += 1,
            }
        }
        let mut warnings: Vec<Warning> = passed_over.told(source.path()).into_iter().collect();
        if without_text > 0 {
            let message = match without_text {
                1 => "1 item is left out: its text is not in posts/ beside the table".to_owned(),
                count => format!(
                    "{count} items are left out: their texts are not in posts/ beside the table"
                ),
            };
            let warning = Warning::new(Code::ItemsLeftOut, message).in_file(source.path());
            warnings.push(warning.hint("keep posts/ beside posts.csv, as the export has it"));
        }
        if number == 0 {
            warnings.push(
                Warning::new(Code::ExportBroken, "the export holds nothing").in_file(source.path()),
            );
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let placed = |warning| at.placed(warning);
        let head = bytes_at(source, 0, LONGEST_HEAD);
        let head = head.map_err(|error| placed(source.unreadable(&error)))?;
        let bytes = source.bytes(at.span).map_err(placed)?;
        match post(&row_of(&columns(&head), &bytes), source, at) {
            Post::Entry(entry, _) => Ok(Loaded {
                entry: *entry,
                warnings: Vec::new(),
            }),
            Post::Draft | Post::WithoutText => Err(placed(source.changed())),
        }
    }

    fn reads_neighbours(&self) -> bool {
        true
    }
}

/// What a line of the table is.
enum Post {
    Entry(Box<Entry>, Digest),
    Draft,
    WithoutText,
}

fn post(row: &HashMap<String, String>, source: &dyn Source, at: &Locator) -> Post {
    let value = |name: &str| {
        let value = row.get(name).map(|text| text.trim()).unwrap_or_default();
        (!value.is_empty()).then(|| value.to_owned())
    };
    if value("is_published").is_some_and(|word| word.eq_ignore_ascii_case("false")) {
        return Post::Draft;
    }
    let id = value("post_id").unwrap_or_default();
    let around = source.resources();
    let name = id
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23");
    let html = around.find(&format!("posts/{name}.html"));
    let html = html.and_then(|text| text.bytes.read(MOST_BYTES).ok());
    let Some(html) = html.filter(|html| !html.trim_ascii().is_empty()) else {
        return Post::WithoutText;
    };
    let date = value("post_date");
    // The export does not say where the posts are on the web.
    let number = id.split('.').next().unwrap_or_default();
    let day = date.as_deref().and_then(|date| date.get(..10));
    let name = day.map(|day| format!("tag:substack.com,{day}:{number}"));
    let told = format!("{:?} {:?} {:?}", date, value("title"), value("subtitle"));
    let content = Digest::of_parts([told.as_bytes(), &html]);
    let entry = Entry {
        head: Head {
            folders: Vec::new(),
            id: name,
            title: value("title"),
            summary: value("subtitle"),
            published: date.as_deref().and_then(WrittenTime::parse),
            ..source.head(at)
        },
        body_line: at.line,
        markup: Markup::Article(String::from_utf8_lossy(&html).into_owned()),
        resources: around,
    };
    Post::Entry(Box::new(entry), content)
}

/// The names of the columns of a table that begins so.
fn columns(first: &[u8]) -> Vec<String> {
    let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
    let line = first
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let line = line.get(..LONGEST_HEAD).unwrap_or(line);
    fields(line)
}

/// The fields of one line.
fn fields(line: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(line);
    let record = reader.byte_records().next().and_then(Result::ok);
    let field = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
    record.iter().flatten().map(field).collect()
}

fn row_of(names: &[String], line: &[u8]) -> HashMap<String, String> {
    names.iter().cloned().zip(fields(line)).collect()
}

/// Where the lines below the first lie (a field in quotation marks may hold line ends), and on which line
/// of the file they begin.
fn lines(bytes: &[u8]) -> Vec<(Span, u32)> {
    let mut found = Vec::new();
    let (mut start, mut first, mut line, mut quoted) = (0, 1, 1_u32, false);
    let mut take = |start: usize, end: usize, line| {
        let span = Span {
            start: start as u64,
            length: (end - start) as u64,
        };
        let is_blank = bytes
            .get(start..end)
            .unwrap_or_default()
            .trim_ascii()
            .is_empty();
        if start > 0 && !is_blank {
            found.push((span, line));
        }
    };
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' => {
                line = line.saturating_add(1);
                if !quoted {
                    take(start, at + 1, first);
                    (start, first) = (at + 1, line);
                }
            }
            _ => {}
        }
    }
    take(start, bytes.len(), first);
    found
}

fn part(bytes: &[u8], span: Span) -> &[u8] {
    let start = usize::try_from(span.start).unwrap_or(usize::MAX);
    let end = start.saturating_add(usize::try_from(span.length).unwrap_or(usize::MAX));
    bytes.get(start..end).unwrap_or_default()
}

/// The names of the texts that a table names.
pub(in crate::read) fn named(table: &[u8]) -> HashSet<String> {
    let names = columns(table);
    lines(table)
        .into_iter()
        .filter_map(|(span, _)| row_of(&names, part(table, span)).remove("post_id"))
        .map(|id| format!("{}.html", id.trim()))
        .collect()
}

/// Whether a file in `posts/` beside a table of posts is the text of one: `123401.the-lamp.html`.
pub(in crate::read) fn is_text(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let number = name.and_then(|name| name.strip_suffix(".html")?.split_once('.'));
    number.is_some_and(|(number, _)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
