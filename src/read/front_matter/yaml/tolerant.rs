//! Fields that are no YAML, read line by line as their writers meant them.

use super::{Field, Value, value};

/// Splits off the line that a text begins with, and those that go on with it.
pub(super) fn split_field(text: &str) -> (&str, &str) {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let mut length = first.len();
    if !is_remark(first) {
        let more = lines.take_while(|line| is_continuation(line.trim_end_matches(['\r', '\n'])));
        length += more.map(str::len).sum::<usize>();
    }
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// Whether a line says nothing.
pub(super) fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// Whether a line goes on with the field above: an item, an indented line, a blank one, or the value
/// of a name that has a line of its own.
fn is_continuation(line: &str) -> bool {
    line.is_empty()
        || line == "-"
        || [" ", "\t", "- ", ": "]
            .iter()
            .any(|start| line.starts_with(start))
}

/// A field that is no YAML, by its lines.
pub(super) fn tolerant_field(text: &str) -> Option<Vec<Field>> {
    let mut lines = text.lines();
    let (key, value) = split_key(lines.next()?)?;
    let more: Vec<&str> = lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Some(vec![(key.to_owned(), tolerant_value(value, &more))])
}

/// The name of a field, and what follows its colon.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    let key = quoted(key, '"')
        .or_else(|| quoted(key, '\''))
        .unwrap_or(key);
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    plain.then(|| (key, value.trim()))
}

/// What follows a colon, and the lines below it that are not blank.
fn tolerant_value(value: &str, more: &[&str]) -> Value {
    if is_block_indicator(value) {
        return Value::Text(more.join(" "));
    }
    let is_empty = value.is_empty() || value.starts_with('#');
    if is_empty && more.iter().any(|line| line.starts_with('-')) {
        let items = more.iter().filter_map(|line| line.strip_prefix('-'));
        return Value::List(items.map(item).collect());
    }
    let fields = || more.iter().filter_map(|line| split_key(line));
    if is_empty && fields().next().is_some() {
        let text = |value| Value::Text(scalar(value));
        return Value::Mapping(
            fields()
                .map(|(key, value)| (key.to_owned(), text(value)))
                .collect(),
        );
    }
    let mut joined = value.to_owned();
    for line in more {
        joined.push(' ');
        joined.push_str(line);
    }
    // `[[one]], [[other]]` are links of note programs.
    let links = joined.starts_with("[[") && joined.contains("]],");
    match bracketed(&joined).filter(|_| !links) {
        Some(items) => Value::List(flow_items(items)),
        None => Value::Text(scalar(&joined)),
    }
}

/// Whether a value is the `>-` or `|2` before the lines of a text.
fn is_block_indicator(value: &str) -> bool {
    value.strip_prefix(['|', '>']).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        rest.is_empty() || rest.starts_with(" #")
    })
}

fn item(text: &str) -> Value {
    value(text.trim()).unwrap_or_else(|| Value::Text(scalar(text)))
}

/// What stands in brackets, of which the closing one may be missing. Where something follows it,
/// the brackets are part of a text.
fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let Some((inside, after)) = inside.rsplit_once(']') else {
        return Some(inside);
    };
    let after = after.trim();
    (after.is_empty() || after.starts_with('#')).then_some(inside)
}

/// The items of `a, "b, c"`.
fn flow_items(inside: &str) -> Vec<Value> {
    let mut items = vec![String::new()];
    let mut quote = None;
    let mut escaped = false;
    for c in inside.chars() {
        let Some(item) = items.last_mut() else { break };
        match quote {
            None if c == ',' => {
                items.push(String::new());
                continue;
            }
            None if matches!(c, '"' | '\'') && item.trim().is_empty() => quote = Some(c),
            Some(open) if c == open && !escaped => quote = None,
            _ => {}
        }
        escaped = c == '\\' && !escaped && quote == Some('"');
        item.push(c);
    }
    items.iter().map(|text| Value::Text(scalar(text))).collect()
}

/// The text of one value, quoted or not. Quotation marks within quotation marks, which YAML wants
/// escaped, are taken as they stand.
fn scalar(text: &str) -> String {
    let text = text.trim();
    if let Some(inside) = quoted(text, '"') {
        return unescaped(inside);
    }
    if let Some(inside) = quoted(text, '\'') {
        return inside.replace("''", "'");
    }
    let plain = text.split_once(" #").map_or(text, |(plain, _)| plain);
    match plain.trim() {
        "~" | "null" => String::new(),
        plain => plain.to_owned(),
    }
}

/// What stands between quotation marks, of which the last may have a comment after it.
fn quoted(text: &str, mark: char) -> Option<&str> {
    let (inside, after) = text.strip_prefix(mark)?.rsplit_once(mark)?;
    let after = after.trim();
    (after.is_empty() || after.starts_with('#')).then_some(inside)
}

/// Resolves the escapes of a double-quoted string as JSON has them: pairs of surrogates, which
/// programs write and YAML does not know, are one character. A string with others stays as written,
/// but for its quotation marks.
fn unescaped(inside: &str) -> String {
    let mut json = String::with_capacity(inside.len() + 2);
    let mut escaped = false;
    json.push('"');
    for c in inside.chars() {
        match c {
            '"' if !escaped => json.push_str("\\\""),
            _ if c.is_control() => json.push(' '),
            _ => json.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    json.push('"');
    serde_json::from_str(&json).unwrap_or_else(|_| inside.replace("\\\"", "\""))
}
