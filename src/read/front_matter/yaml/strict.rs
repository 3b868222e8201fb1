//! YAML 1.2 as it is specified: the events of the parser become values, within bounds.

use super::{Field, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;

/// Longer texts are no front matter that anybody writes, in bytes.
const LONGEST: usize = 64 * 1024;

/// How many lists and mappings may lie within each other.
const DEEPEST: usize = 16;

/// How many values and bytes of text aliases may stand for: each may stand for others.
const MOST_COPIED: usize = 64 * 1024;

/// The fields of a text that is YAML, within the bounds, and a mapping or nothing.
pub(super) fn mapping(text: &str) -> Option<Vec<Field>> {
    match value(text)? {
        Value::Mapping(fields) => Some(fields),
        Value::Text(text) if text.is_empty() => Some(Vec::new()),
        Value::Text(_) | Value::List(_) => None,
    }
}

/// The value of a text that is one YAML document within the bounds.
pub(super) fn value(text: &str) -> Option<Value> {
    if text.len() > LONGEST {
        return None;
    }
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        builder.take(event.ok()?.0)?;
    }
    builder.finish()
}

/// Puts values together.
#[derive(Default)]
struct Builder {
    root: Option<Value>,
    /// What is not closed yet, outermost first.
    open: Vec<Open>,
    /// The values that aliases may stand for, by the parser's number.
    anchors: HashMap<usize, Anchored>,
    copied: usize,
}

/// A list or a mapping that is not closed yet.
struct Open {
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Value>),
    /// The fields, and the name of the one whose value comes next.
    Mapping(Vec<Field>, Option<String>),
}

struct Anchored {
    value: Value,
    used: bool,
}

impl Builder {
    /// Nothing where the text is beyond the bounds, or not what front matter is.
    fn take(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => None,
            Event::Alias(anchor) => {
                let value = self.resolve(anchor)?;
                self.add(value, 0)
            }
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, tag)
            | Event::MappingStart(_, tag)
                if !is_known(tag.as_deref()) =>
            {
                None
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_null = style == ScalarStyle::Plain
                    && tag.is_none()
                    && matches!(text.as_ref(), "~" | "null" | "Null" | "NULL");
                let text = if is_null {
                    String::new()
                } else {
                    text.into_owned()
                };
                self.add(Value::Text(text), anchor)
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(anchor, Content::Mapping(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { anchor, content } = self.open.pop()?;
                let value = match content {
                    Content::List(items) => Value::List(items),
                    Content::Mapping(fields, _) => Value::Mapping(fields),
                };
                self.add(value, anchor)
            }
            _ => Some(()),
        }
    }

    fn open(&mut self, anchor: usize, content: Content) -> Option<()> {
        self.open.push(Open { anchor, content });
        (self.open.len() <= DEEPEST).then_some(())
    }

    fn resolve(&mut self, anchor: usize) -> Option<Value> {
        let anchored = self.anchors.get_mut(&anchor)?;
        anchored.used = true;
        self.copied += weight(&anchored.value);
        (self.copied <= MOST_COPIED).then(|| anchored.value.clone())
    }

    /// Adds a value to what is open; zero is no anchor. A name that is not text is none of ours.
    fn add(&mut self, value: Value, anchor: usize) -> Option<()> {
        if anchor > 0 {
            let value = value.clone();
            self.anchors.insert(anchor, Anchored { value, used: false });
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(value),
            Some(Content::List(items)) => items.push(value),
            Some(Content::Mapping(fields, key)) => match (key.take(), value) {
                (Some(key), value) => fields.push((key, value)),
                (None, Value::Text(text)) => *key = Some(text),
                (None, Value::List(_) | Value::Mapping(_)) => return None,
            },
        }
        Some(())
    }

    /// The document's value. An anchor that no alias names is a text that begins with `&`, such as
    /// a character reference.
    fn finish(self) -> Option<Value> {
        let all_used = self.anchors.values().all(|anchored| anchored.used);
        all_used.then(|| self.root.unwrap_or(Value::Text(String::new())))
    }
}

/// Whether a tag is one of YAML's own: any other is a text that begins with `!`.
fn is_known(tag: Option<&Tag>) -> bool {
    tag.is_none_or(Tag::is_yaml_core_schema)
}

/// What a copy costs. Values are not deep, so neither is this.
fn weight(value: &Value) -> usize {
    1 + match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(weight).sum(),
        Value::Mapping(fields) => {
            let weights = fields.iter().map(|(key, value)| key.len() + weight(value));
            weights.sum()
        }
    }
}
