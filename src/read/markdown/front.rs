//! Where a file's metadata ends and its text begins: the forms of front matter that programs write.

use super::lines::{is_fence, is_key_line, split_lines, take_lines};
use super::programs;
use crate::read::archive::header::{count_lines, skip_space};
use crate::read::front_matter::yaml::{Fields, Value};

/// How far from its beginning the end of a file's front matter is looked for, in bytes: some hold all
/// comments on a post.
const LONGEST: usize = 256 * 1024;

/// A file cut at the end of its front matter.
pub(in crate::read) struct Front<'text> {
    pub(in crate::read) fields: Fields,
    pub(in crate::read) form: Form,
    pub(in crate::read) rest: &'text str,
    pub(in crate::read) rest_line: u32,
    /// What was not understood, and its line.
    pub(in crate::read) oddity: Option<(&'static str, u32)>,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Form {
    /// YAML between `---`.
    Yaml,
    /// TOML between `+++`, as Hugo and Zola have it.
    Toml,
    /// A JSON object.
    Json,
    /// YAML that only a closing `---` ends, as Hexo has it.
    Unfenced,
    /// `Title: …` and other lines up to the first blank one: Pelican, MultiMarkdown, and what other programs
    /// write into the text itself.
    Lines,
    /// Link definitions that show nothing: `[#]: author: "…"`.
    References,
    /// None at all.
    Nothing,
}

/// Splits off the metadata that a file begins with.
pub(in crate::read) fn split(text: &str) -> Front<'_> {
    let (start, line) = skip_space(text, 1);
    let forms = [
        yaml,
        toml,
        json,
        references,
        unfenced,
        pelican,
        programs::nikola,
        programs::pandoc,
        programs::logseq,
        programs::notion,
        programs::readwise,
    ];
    let found = forms.iter().find_map(|form| form(start));
    let Some(parts) = found else {
        return Front {
            fields: Fields::default(),
            form: Form::Nothing,
            rest: text.trim_start_matches('\u{FEFF}'),
            rest_line: 1,
            oddity: None,
        };
    };
    let parts = with_readwise(parts);
    let taken = start.len().saturating_sub(parts.rest.len());
    let lines = start.get(..taken).map_or(0, count_lines);
    Front {
        fields: parts.fields,
        form: parts.form,
        rest: parts.rest,
        rest_line: line.saturating_add(lines),
        oddity: parts
            .oddity
            .map(|(message, after)| (message, line.saturating_add(after))),
    }
}

/// What Readwise writes below front matter of one's own belongs to it, if that says nothing of it.
fn with_readwise(mut parts: Parts<'_>) -> Parts<'_> {
    if parts.form == Form::Yaml
        && let Some(own) = programs::readwise(parts.rest)
    {
        let above = std::mem::take(&mut parts.fields);
        parts.fields = above.and(own.fields);
        parts.rest = own.rest;
    }
    parts
}

/// What a form makes of a text; `rest` is its end.
pub(super) struct Parts<'text> {
    pub(super) fields: Fields,
    pub(super) form: Form,
    pub(super) rest: &'text str,
    /// What was not understood, and how many lines it stands after the first.
    pub(super) oddity: Option<(&'static str, u32)>,
}

fn yaml(text: &str) -> Option<Parts<'_>> {
    let (fence, inside) = text.split_once('\n')?;
    if fence.trim_end() != "---" {
        return None;
    }
    let Some((block, rest)) = take_lines(inside, LONGEST, is_fence) else {
        return yaml_without_end(inside);
    };
    let written = block.lines().find(|line| !is_remark(line));
    if !written.map_or(block.trim().is_empty(), is_key_line) {
        return None;
    }
    let fields = Fields::parse(block);
    let oddity = fields.odd_line.map(|number| {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let message = "a line of the front matter is no `key: value`";
        (message, number.saturating_add(1))
    });
    Some(Parts {
        fields,
        form: Form::Yaml,
        rest,
        oddity,
    })
}

/// Front matter whose closing fence is missing: it ends where the first blank line does.
fn yaml_without_end(inside: &str) -> Option<Parts<'_>> {
    let (block, rest) =
        take_lines(inside, LONGEST, |line| line.trim().is_empty()).unwrap_or((inside, ""));
    let fields = titled_fields(block)?;
    Some(Parts {
        fields,
        form: Form::Yaml,
        rest,
        oddity: Some(("the front matter has no closing line `---`", 0)),
    })
}

fn toml(text: &str) -> Option<Parts<'_>> {
    let (fence, inside) = text.split_once('\n')?;
    if fence.trim_end() != "+++" {
        return None;
    }
    let (block, rest) = take_lines(inside, LONGEST, |line| line.trim_end() == "+++")?;
    let (fields, oddity) = match toml::from_str::<toml::Table>(block) {
        Ok(table) => (toml_fields(table), None),
        Err(_) => (toml_lines(block), Some(("the front matter is no TOML", 0))),
    };
    Some(Parts {
        fields: Fields::of(fields),
        form: Form::Toml,
        rest,
        oddity,
    })
}

/// The fields of a table, behind those of the tables in it: `[taxonomies]` and `[extra]` hold what
/// other programs write at the top.
fn toml_fields(table: toml::Table) -> Vec<(String, Value)> {
    let mut inner = Vec::new();
    let mut own = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(table) if inner.len() < 1000 => {
                let fields = table.into_iter();
                inner.extend(fields.map(|(key, value)| (key, toml_value(value))));
            }
            value => own.push((key, toml_value(value))),
        }
    }
    inner.append(&mut own);
    inner
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(items) => Value::List(items.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => Value::Mapping(
            table
                .into_iter()
                .map(|(key, value)| (key, toml_value(value)))
                .collect(),
        ),
        other => Value::Text(other.to_string()),
    }
}

/// Each line of TOML that is broken elsewhere, by itself.
fn toml_lines(block: &str) -> Vec<(String, Value)> {
    let lines = block.lines().filter(|line| line.contains('='));
    let tables = lines.filter_map(|line| toml::from_str::<toml::Table>(line).ok());
    tables.flat_map(toml_fields).collect()
}

fn json(text: &str) -> Option<Parts<'_>> {
    if !text.starts_with('{') {
        return None;
    }
    let head = text.get(..text.floor_char_boundary(LONGEST))?;
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<serde_json::Value>();
    let value = values.next()?.ok()?;
    let rest = text.get(values.byte_offset()..)?;
    let fields = match json_value(value) {
        Value::Mapping(fields) => Fields::of(fields),
        Value::Text(_) | Value::List(_) => return None,
    };
    fields.text("title")?;
    Some(Parts {
        fields,
        form: Form::Json,
        rest,
        oddity: None,
    })
}

fn json_value(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Text(String::new()),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(json_value).collect()),
        serde_json::Value::Object(fields) => Value::Mapping(
            fields
                .into_iter()
                .map(|(key, value)| (key, json_value(value)))
                .collect(),
        ),
        other => Value::Text(other.to_string()),
    }
}

/// Link definitions with the label `#`: CommonMark shows nothing of them.
fn references(text: &str) -> Option<Parts<'_>> {
    let mut fields = Vec::new();
    let mut length = 0;
    for row in text.split_inclusive('\n') {
        match row.strip_prefix("[#]:") {
            Some(definition) => fields.extend(reference(definition)),
            None if row.trim().is_empty() => {}
            None => break,
        }
        length += row.len();
    }
    if fields.is_empty() {
        return None;
    }
    Some(Parts {
        fields: Fields::of(fields),
        form: Form::References,
        rest: text.get(length..)?,
        oddity: None,
    })
}

/// `author: "NAME ADDRESS"`; the value may stand in round brackets.
fn reference(definition: &str) -> Option<(String, Value)> {
    let (key, value) = definition.split_once(':')?;
    let value = value.trim();
    let marks = [('(', ')'), ('"', '"'), ('\'', '\'')];
    let inside = marks
        .iter()
        .find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close));
    let value = inside.unwrap_or(value).trim();
    Some((key.trim().to_owned(), Value::Text(value.to_owned())))
}

fn unfenced(text: &str) -> Option<Parts<'_>> {
    if !text.lines().next().is_some_and(is_key_line) {
        return None;
    }
    let (block, rest) = take_lines(text, LONGEST, is_fence)?;
    let fields = titled_fields(block)?;
    Some(Parts {
        fields,
        form: Form::Unfenced,
        rest,
        oddity: None,
    })
}

fn pelican(text: &str) -> Option<Parts<'_>> {
    if !text.lines().next().is_some_and(is_key_line) {
        return None;
    }
    let (block, rest) =
        take_lines(text, LONGEST, |line| line.trim().is_empty()).unwrap_or((text, ""));
    let mut fields: Vec<(String, String)> = Vec::new();
    for row in split_lines(block) {
        if row.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut()?;
            value.push(' ');
            value.push_str(row.trim());
        } else if is_key_line(row) {
            let (key, value) = row.split_once(':')?;
            fields.push((key.trim().to_owned(), value.trim().to_owned()));
        } else {
            return None;
        }
    }
    let fields = fields.into_iter();
    let fields = Fields::of(fields.map(|(key, text)| (key, Value::Text(text))).collect());
    fields.text("title")?;
    Some(Parts {
        fields,
        form: Form::Lines,
        rest,
        oddity: None,
    })
}

/// The fields of lines that are all parts of YAML, a title among them.
fn titled_fields(block: &str) -> Option<Fields> {
    let is_part = |line: &str| {
        is_key_line(line) || is_remark(line) || line.starts_with([' ', '\t', '-', ']', '}'])
    };
    if !split_lines(block).all(is_part) {
        return None;
    }
    let fields = Fields::parse(block);
    fields.text("title").is_some().then_some(fields)
}

fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}
