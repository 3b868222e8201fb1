//! The fields of front matter: YAML where it is, and a tolerant reading of each field that is not,
//! since people and scripts write a colon in a title and quotation marks within quotation marks.

mod strict;
mod tolerant;

use strict::value;
use tolerant::{is_remark, split_field, tolerant_field};

/// The fields of a front matter block, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    fields: Vec<Field>,
    /// The first line that was not understood, counted from 0.
    pub(crate) odd_line: Option<usize>,
}

/// A name and what it stands for.
type Field = (String, Value);

/// What a field or an item holds. Numbers, dates and truths stay the text that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Empty where nothing is written, or `null`.
    Text(String),
    List(Vec<Value>),
    Mapping(Vec<Field>),
}

impl Fields {
    /// Fields that another notation gives.
    pub(crate) fn of(fields: Vec<(String, Value)>) -> Self {
        Fields {
            fields,
            odd_line: None,
        }
    }

    /// These fields, and of others those that are blank or missing here.
    pub(crate) fn and(self, others: Fields) -> Self {
        let is_blank = |value: &Value| match value {
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Mapping(fields) => fields.is_empty(),
        };
        let own = self.fields.into_iter();
        let own = own.filter(|(_, value)| !is_blank(value));
        Fields {
            fields: others.fields.into_iter().chain(own).collect(),
            odd_line: self.odd_line,
        }
    }

    /// Reads the lines between the fences.
    pub(crate) fn parse(text: &str) -> Self {
        match strict::mapping(text) {
            Some(fields) => Fields {
                fields,
                odd_line: None,
            },
            None => Fields::parse_each(text),
        }
    }

    /// Reads each field by itself, so that one that is no YAML leaves the others what they are.
    fn parse_each(text: &str) -> Self {
        let mut fields = Fields::default();
        let mut rest = text;
        let mut number = 0;
        while !rest.is_empty() {
            let (field, after) = split_field(rest);
            if !is_remark(field) {
                match strict::mapping(field).or_else(|| tolerant_field(field)) {
                    Some(read) => fields.fields.extend(read),
                    None => {
                        fields.odd_line.get_or_insert(number);
                    }
                }
            }
            number += field.lines().count();
            rest = after;
        }
        fields
    }

    /// The text of a field, unless it is blank; of a list, its first item.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        let value = match self.value(key)? {
            Value::List(items) => items.first()?,
            value => value,
        };
        value.text()
    }

    /// What a field holds, however the words of its name are parted.
    pub(crate) fn named(&self, key: &str) -> Option<&Value> {
        last_plain(&self.fields, key)
    }

    /// What a field holds, whether its name is written in small or in capital letters.
    pub(crate) fn value(&self, key: &str) -> Option<&Value> {
        last(&self.fields, key)
    }
}

impl Value {
    /// What a text holds that is YAML by itself, such as JSON.
    pub(crate) fn of(text: &str) -> Option<Self> {
        value(text)
    }

    /// The text without the space around it, unless it is blank.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::List(_) | Value::Mapping(_) => None,
        }
    }

    /// What a mapping holds under a name.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Mapping(fields) => last(fields, key),
            Value::Text(_) | Value::List(_) => None,
        }
    }

    /// The same, however the words of the name are parted.
    pub(crate) fn named(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Mapping(fields) => last_plain(fields, key),
            Value::Text(_) | Value::List(_) => None,
        }
    }

    /// An item as text: where a colon made it a mapping, both sides of the colon.
    pub(crate) fn line(&self) -> Option<String> {
        match self {
            Value::Mapping(fields) => {
                let (key, value) = fields.first()?;
                Some(format!("{key}: {}", value.text().unwrap_or_default()))
            }
            value => value.text().map(str::to_owned),
        }
    }
}

/// Of a repeated field the last counts.
fn last<'fields>(fields: &'fields [Field], key: &str) -> Option<&'fields Value> {
    let mut named = fields.iter().rev();
    let field = named.find(|(name, _)| name.trim().eq_ignore_ascii_case(key))?;
    Some(&field.1)
}

fn last_plain<'fields>(fields: &'fields [Field], key: &str) -> Option<&'fields Value> {
    let mut named = fields.iter().rev();
    // Names of another length are passed over at once, since there may be many.
    let lengths = key.len() / 2..=key.len().saturating_mul(2);
    let field = named.find(|(name, _)| {
        lengths.contains(&name.trim().len()) && plain_letters(name.trim()).eq(key.chars())
    })?;
    Some(&field.1)
}

/// The letters of a field's name by which it is known: programs part the words of a name by hyphens,
/// underscores, spaces, capitals or not at all.
pub(crate) fn plain_letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.'));
    letters.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{Fields, Value};

    fn text(source: &str) -> Option<String> {
        Fields::parse(source).text("title").map(str::to_owned)
    }

    #[test]
    fn strings() {
        let read = |source: &str| text(&format!("title: {source}")).unwrap_or_default();
        assert_eq!(read(r#""a \"b\" \\ \u00e9\uD83D\uDE00""#), r#"a "b" \ é😀"#);
        assert_eq!(read(r#""a \"b\" "c" \u00e9""#), r#"a "b" "c" é"#);
        assert_eq!(read(r#""a "b" c""#), r#"a "b" c"#);
        assert_eq!(read(r#""a" # remark"#), "a");
        assert_eq!(read("'it''s'"), "it's");
        assert_eq!(read("'it's'"), "it's");
        assert_eq!(read("plain: with a colon # remark"), "plain: with a colon");
        assert_eq!(read("\"open"), "\"open");
        assert_eq!(read(r#""\q \u12 \x4""#), r"\q \u12 \x4");
        assert_eq!(read("~"), "");
        assert_eq!(read("[Update] News"), "[Update] News");
        assert_eq!(read("{{ page.title }}"), "{{ page.title }}");
        assert_eq!(read("&nbsp;News"), "&nbsp;News");
        assert_eq!(read("!Breaking news"), "!Breaking news");
        assert_eq!(read("*star* news"), "*star* news");
        assert_eq!(read("@someone: news"), "@someone: news");
        assert_eq!(
            text("title:\n  on the\n  next lines"),
            Some("on the next lines".to_owned())
        );
        assert_eq!(
            text("title: >-\n  folded\n\n  text"),
            Some("folded\ntext".to_owned())
        );
        assert_eq!(
            text("title: >-\n\twith: a tab\n"),
            Some("with: a tab".to_owned())
        );
    }

    #[test]
    fn lists() {
        let read = |source: &str| match Fields::parse(source).value("tags") {
            Some(Value::List(items)) => {
                let lines: Vec<String> = items.iter().filter_map(Value::line).collect();
                lines.join("|")
            }
            other => format!("{other:?}"),
        };
        assert_eq!(read("tags: [ a, \"b, c\", 'd' ]"), "a|b, c|d");
        assert_eq!(read("tags: [a,\n  b]"), "a|b");
        assert_eq!(read("tags:\n- a\n- \"b\"\ntitle: x"), "a|b");
        assert_eq!(read("tags:\n  - a\n  - b"), "a|b");
        assert_eq!(read("tags:\n  - a: b\n  - b"), "a: b|b");
        assert_eq!(read("tags:\n  - a: b: c\n  - 'b'"), "a: b: c|b");
        assert_eq!(read("tags: []"), "");
        assert_eq!(read("tags: [ it's, \"\\\"q\\\"\" ]"), "it's|\"q\"");
        assert_eq!(read("tags: [open, \"x"), "open|\"x");
    }

    #[test]
    fn odd_lines_are_told_and_passed_over() {
        let fields = Fields::parse("layout: post\n# one\n???\ntitle: x\nauthor:\n  name: y: z\n");
        assert_eq!(fields.odd_line, Some(2));
        assert_eq!(fields.text("title"), Some("x"));
        assert_eq!(fields.text("author"), None);
        let name = fields.value("author").and_then(|author| author.get("name"));
        assert_eq!(name.and_then(Value::text), Some("y: z"));
    }

    #[test]
    fn of_a_repeated_field_the_last_counts() {
        assert_eq!(text("title: a\ntitle: b"), Some("b".to_owned()));
        assert_eq!(text("title: a: b\nTITLE: c"), Some("c".to_owned()));
    }

    #[test]
    fn what_aliases_stand_for_is_there_once_more() {
        let fields = Fields::parse("author: &name Ada\ntitle: *name\n");
        assert_eq!(fields.text("title"), Some("Ada"));
    }
}
