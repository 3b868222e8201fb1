//! What programs write of an article into its text, where others have front matter: Pandoc's title block,
//! Logseq's properties, Notion's lines below the title, Readwise's list, Joplin's lines below the text.

use super::front::{Form, Parts};
use super::lines::{is_key_line, split_lines};
use super::preamble::Preamble;
use crate::model::WrittenTime;
use crate::read::front_matter::metadata::without_brackets;
use crate::read::front_matter::yaml::{Fields, Value};

/// How many lines such metadata has at most.
const MOST_LINES: usize = 60;

/// The longest name of a property, in bytes.
const LONGEST_KEY: usize = 40;

/// Properties that tell that lines below a title are such; one of them suffices.
const TELLING: [&str; 12] = [
    "url",
    "source",
    "link",
    "author",
    "authors",
    "tags",
    "created",
    "date",
    "published",
    "date added",
    "last edited",
    "created time",
];

/// Title, authors and date behind `%` (Pandoc's manual, `pandoc_title_block`). Lines that go on are indented.
pub(super) fn pandoc(text: &str) -> Option<Parts<'_>> {
    let mut rest = text;
    let mut fields = Vec::new();
    for key in ["title", "author", "date"] {
        let Some(mut value) = rest.strip_prefix('%').map(first_line) else {
            break;
        };
        rest = behind_line(rest);
        let mut whole = value.trim().to_owned();
        while rest.starts_with([' ', '\t']) {
            value = first_line(rest);
            // Each author may have a line.
            whole.push_str(if key == "author" { "; " } else { " " });
            whole.push_str(value.trim());
            rest = behind_line(rest);
        }
        let value = match key {
            "author" => Value::List(parts(&whole, ';')),
            _ => Value::Text(whole),
        };
        fields.push((key.to_owned(), value));
    }
    let is_block = rest.is_empty() || first_line(rest).trim().is_empty();
    found(fields, rest).filter(|parts| is_block && parts.fields.text("title").is_some())
}

/// `.. key: value` in the first lines or in a comment, as Nikola has them.
pub(super) fn nikola(text: &str) -> Option<Parts<'_>> {
    let inside = text.strip_prefix("<!--").map(str::trim_start);
    let mut rest = inside.unwrap_or(text);
    let mut fields = Vec::new();
    while let Some(row) = first_line(rest).trim_start().strip_prefix(".. ") {
        let (key, value) = row.split_once(':').filter(|(key, _)| is_key(key))?;
        if fields.len() == MOST_LINES {
            return None;
        }
        fields.push(field(key, value));
        rest = behind_line(rest);
    }
    if inside.is_some() {
        rest = rest.trim_start().strip_prefix("-->")?;
    }
    found(fields, rest).filter(|parts| parts.fields.text("title").is_some())
}

/// `key:: value` in the first lines, as Logseq has them.
pub(super) fn logseq(text: &str) -> Option<Parts<'_>> {
    let mut rest = text;
    let mut fields = Vec::new();
    while let Some((key, value)) = first_line(rest).split_once("::") {
        // Others write `::words::` in a text.
        let is_apart = key.ends_with(' ') || !(value.is_empty() || value.starts_with(' '));
        if !is_key(key) || is_apart || fields.len() == MOST_LINES {
            break;
        }
        fields.push(field(key, value));
        rest = behind_line(rest);
    }
    found(fields, rest)
}

/// A title, a blank line, and `Name: value` lines up to the next blank one, as Notion exports them.
pub(super) fn notion(text: &str) -> Option<Parts<'_>> {
    let title = first_line(text).strip_prefix("# ")?.trim();
    let rest = behind_line(text);
    let (block, rest) = rest.strip_prefix('\n')?.split_once("\n\n")?;
    let rows: Vec<(&str, &str)> = block
        .lines()
        .map(|row| row.split_once(": ").filter(|(key, _)| is_key(key)))
        .collect::<Option<_>>()?;
    let is_telling = |(key, _): &(&str, &str)| TELLING.contains(&key.to_lowercase().as_str());
    if rows.len() > MOST_LINES || !rows.iter().any(is_telling) {
        return None;
    }
    let rows = rows.into_iter().map(|(key, value)| field(key, value));
    found(with_title(title, rows), rest)
}

/// A title, the picture of a cover and a list below the heading `Metadata`, as Readwise exports them.
pub(super) fn readwise(text: &str) -> Option<Parts<'_>> {
    let text = text.trim_start();
    let (title, _) = heading(first_line(text))?;
    let mut rest = behind_line(text).trim_start();
    let mut fields = Vec::new();
    if let Some((key, value)) = first_line(rest).split_once(":: ") {
        fields.push(field(key, value));
        rest = behind_line(rest).trim_start();
    }
    if let Some(cover) = rest.strip_prefix("![rw-book-cover](") {
        let (address, after) = cover.split_once(')')?;
        fields.push(("image".to_owned(), Value::Text(address.to_owned())));
        rest = after.trim_start();
    }
    heading(first_line(rest)).filter(|(words, _)| *words == "Metadata")?;
    rest = behind_line(rest).trim_start();
    let mut names = title;
    while let Some((key, value)) = first_line(rest)
        .strip_prefix("- ")
        .and_then(|row| row.split_once(": "))
    {
        match key.trim().to_lowercase().as_str() {
            "full title" => names = value.trim(),
            "document tags" => fields.push(field("tags", value)),
            // What kind of thing it is (`#articles`).
            "category" => {}
            "url" => fields.push(field(key, value.trim().trim_matches(['<', '>']))),
            _ => fields.push(field(key, value)),
        }
        rest = behind_line(rest);
        if fields.len() > MOST_LINES {
            return None;
        }
    }
    found(with_title(names, fields.into_iter()), rest)
}

/// The words of a heading, and its level.
fn heading(line: &str) -> Option<(&str, usize)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let is_heading = (1..=6).contains(&level) && words.starts_with(' ');
    is_heading.then(|| (words.trim(), level))
}

/// The lines that Joplin's raw export has below the text.
pub(super) struct Joplin<'text> {
    /// Title and text.
    note: &'text str,
    rows: Vec<(&'text str, &'text str)>,
}

impl<'text> Joplin<'text> {
    pub(super) fn of(text: &'text str) -> Option<Self> {
        let whole = text.trim_end();
        let (note, block) = whole.rsplit_once("\n\n").unwrap_or(("", whole));
        if !block.lines().all(is_key_line) {
            return None;
        }
        let rows = block.lines().filter_map(|row| row.split_once(':'));
        let rows: Vec<_> = rows.map(|(key, value)| (key, value.trim())).collect();
        let joplin = Joplin { note, rows };
        let id = joplin.value("id")?;
        let is_one = id.len() == 32 && joplin.value("type_").is_some();
        is_one.then_some(joplin)
    }

    fn value(&self, key: &str) -> Option<&'text str> {
        let found = self.rows.iter().find(|(name, _)| *name == key);
        found
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }

    /// Whether it is a note, and no folder, tag or attachment.
    pub(super) fn is_note(&self) -> bool {
        self.value("type_") == Some("1")
    }

    /// What the note tells.
    pub(super) fn preamble(&self) -> Preamble<'text> {
        let title = first_line(self.note);
        let time = |key: &str| self.value(key).and_then(WrittenTime::parse);
        Preamble {
            title: Some(title.trim().to_owned()).filter(|title| !title.is_empty()),
            address: self.value("source_url").map(str::to_owned),
            authors: self
                .value("author")
                .map(str::to_owned)
                .into_iter()
                .collect(),
            published: time("user_created_time").or_else(|| time("created_time")),
            rest: behind_line(self.note),
            lines: 1,
        }
    }
}

fn found(fields: Vec<(String, Value)>, rest: &str) -> Option<Parts<'_>> {
    (!fields.is_empty()).then(|| Parts {
        fields: Fields::of(fields),
        form: Form::Lines,
        rest,
        oddity: None,
    })
}

fn with_title(title: &str, fields: impl Iterator<Item = (String, Value)>) -> Vec<(String, Value)> {
    let title = ("title".to_owned(), Value::Text(title.to_owned()));
    std::iter::once(title)
        .chain(fields.filter(|(key, _)| !key.eq_ignore_ascii_case("title")))
        .collect()
}

/// A property; of several names or tags, a list.
fn field(key: &str, value: &str) -> (String, Value) {
    let key = key.trim().to_lowercase();
    let value = value.trim();
    let is_list = matches!(key.as_str(), "tags" | "author" | "authors" | "alias");
    let value = match (is_list, value.contains("]] [[")) {
        (true, true) => Value::List(parts(&value.replace("]] [[", "]],[["), ',')),
        (true, false) => Value::List(parts(value, ',')),
        (false, _) => Value::Text(value.to_owned()),
    };
    (key, value)
}

fn parts(text: &str, mark: char) -> Vec<Value> {
    text.split(mark)
        .map(without_brackets)
        .filter(|part| !part.is_empty())
        .map(Value::Text)
        .collect()
}

fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ' ');
    let key = key.trim();
    !key.is_empty() && key.len() <= LONGEST_KEY && key.chars().all(plain)
}

fn first_line(text: &str) -> &str {
    split_lines(text).next().unwrap_or_default()
}

fn behind_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}
