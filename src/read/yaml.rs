//! As much of YAML as front matter is written in, read tolerantly: `key: value`, quoted strings,
//! lists in brackets and lists of lines. What is unusual is taken as it stands.

/// The fields of a front matter block, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    fields: Vec<(String, Value)>,
    /// The first line that was not understood, counted from 0.
    pub(super) odd_line: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    List(Vec<String>),
}

impl Fields {
    /// Reads the lines between the fences.
    pub(super) fn parse(text: &str) -> Self {
        let mut fields = Fields::default();
        let mut lines = text.lines().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((key, value)) = split_key(line) else {
                fields.odd_line.get_or_insert(number);
                continue;
            };
            let mut more = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| is_continuation(line)) {
                more.push(line.trim());
            }
            fields.fields.push((key, parse_value(value, &more)));
        }
        fields
    }

    /// The text of a field, unless it is blank; of a list, its first item.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = match self.value(key)? {
            Value::Text(text) => text.as_str(),
            Value::List(items) => items.first()?.as_str(),
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    /// The items of a list, or the text as its only item, and whether it was a list.
    pub(super) fn list(&self, key: &str) -> (Vec<&str>, bool) {
        match self.value(key) {
            Some(Value::List(items)) => (items.iter().map(String::as_str).collect(), true),
            Some(Value::Text(text)) => (vec![text.as_str()], false),
            None => (Vec::new(), false),
        }
    }

    /// Of a repeated field the last counts.
    fn value(&self, key: &str) -> Option<&Value> {
        let field = self.fields.iter().rev().find(|(name, _)| name == key)?;
        Some(&field.1)
    }
}

/// The name of a field, in lower case, and what follows its colon.
fn split_key(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    plain.then(|| (key.to_ascii_lowercase(), value.trim()))
}

/// Whether a line goes on with the field above: an item, an indented line or a blank one.
fn is_continuation(line: &str) -> bool {
    line.starts_with([' ', '\t']) || line == "-" || line.starts_with("- ") || line.is_empty()
}

fn parse_value(value: &str, more: &[&str]) -> Value {
    let lines = || more.iter().copied().filter(|line| !line.is_empty());
    if matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+") {
        return Value::Text(lines().collect::<Vec<_>>().join(" "));
    }
    let is_empty = value.is_empty() || value.starts_with('#');
    if is_empty && lines().any(|line| line.starts_with('-')) {
        let items = lines().filter_map(|line| line.strip_prefix('-'));
        return Value::List(items.map(scalar).collect());
    }
    if is_empty && lines().any(|line| split_key(line).is_some()) {
        // A nested mapping: no field of ours is one.
        return Value::Text(String::new());
    }
    let joined = std::iter::once(value)
        .chain(lines())
        .collect::<Vec<_>>()
        .join(" ");
    match joined.strip_prefix('[') {
        Some(items) => Value::List(flow_items(items)),
        None => Value::Text(scalar(&joined)),
    }
}

/// The items of `a, "b, c" ]`, what follows an opening bracket.
fn flow_items(text: &str) -> Vec<String> {
    let inside = text.rsplit_once(']').map_or(text, |(inside, _)| inside);
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
    items
        .iter()
        .map(|item| scalar(item))
        .filter(|item| !item.is_empty())
        .collect()
}

/// The text of one value, quoted or not. Quotation marks within quotation marks, which YAML wants
/// escaped, are taken as they stand.
fn scalar(text: &str) -> String {
    let text = text.trim();
    if let Some(inside) = quoted(text, '"') {
        return unescape(inside);
    }
    if let Some(inside) = quoted(text, '\'') {
        return inside.replace("''", "'");
    }
    let plain = text
        .split_once(" #")
        .map_or(text, |(plain, _)| plain)
        .trim();
    if matches!(plain, "~" | "null") {
        return String::new();
    }
    plain.to_owned()
}

/// What stands between quotation marks, of which the last may have a comment after it.
fn quoted(text: &str, mark: char) -> Option<&str> {
    let (inside, after) = text.strip_prefix(mark)?.rsplit_once(mark)?;
    let after = after.trim();
    (after.is_empty() || after.starts_with('#')).then_some(inside)
}

/// Resolves the escapes of a double-quoted string (YAML 1.2.2, section 5.7).
fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut chars = after.chars();
        let escape = chars.next();
        rest = chars.as_str();
        match escape {
            Some('n' | 't' | 'r' | '0' | 'v' | 'f' | 'e' | 'a' | 'b') => plain.push(' '),
            Some('_' | 'N' | 'L' | 'P') => plain.push(' '),
            Some(kind @ ('x' | 'u' | 'U')) => match code_point(rest, kind) {
                Some((c, after)) => {
                    plain.push(c);
                    rest = after;
                }
                None => plain.extend(['\\', kind]),
            },
            Some(c @ ('"' | '\\' | '/' | ' ')) => plain.push(c),
            Some(c) => plain.extend(['\\', c]),
            None => plain.push('\\'),
        }
    }
    plain.push_str(rest);
    plain
}

/// The character of `\xE9`, `\u00E9` or `\U000000E9`; two `\u` may make up a surrogate pair.
fn code_point(text: &str, kind: char) -> Option<(char, &str)> {
    let length = match kind {
        'x' => 2,
        'u' => 4,
        _ => 8,
    };
    let (first, rest) = hexadecimal(text, length)?;
    if !(0xD800..0xDC00).contains(&first) {
        return Some((char::from_u32(first)?, rest));
    }
    let (second, rest) = hexadecimal(rest.strip_prefix("\\u")?, 4)?;
    let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    let c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)?;
    Some((c, rest))
}

fn hexadecimal(text: &str, length: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(length)?;
    let only_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok()?;
    only_digits.then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Option<String> {
        Fields::parse(source).text("title").map(str::to_owned)
    }

    #[test]
    fn strings() {
        let read = |source: &str| text(&format!("title: {source}")).unwrap_or_default();
        assert_eq!(read(r#""a \"b\" \\ \u00e9\uD83D\uDE00""#), r#"a "b" \ é😀"#);
        assert_eq!(read(r#""a "b" c""#), r#"a "b" c"#);
        assert_eq!(read(r#""a" # remark"#), "a");
        assert_eq!(read("'it''s'"), "it's");
        assert_eq!(read("plain: with a colon # remark"), "plain: with a colon");
        assert_eq!(read("\"open"), "\"open");
        assert_eq!(read(r#""\q \u12 \x4""#), r"\q \u12 \x4");
        assert_eq!(read("~"), "");
        assert_eq!(
            text("title:\n  on the\n  next lines"),
            Some("on the next lines".to_owned())
        );
        assert_eq!(
            text("title: >-\n  folded\n\n  text"),
            Some("folded text".to_owned())
        );
    }

    #[test]
    fn lists() {
        let read = |source: &str| {
            let fields = Fields::parse(source);
            fields.list("tags").0.join("|")
        };
        assert_eq!(read("tags: [ a, \"b, c\", 'd' ]"), "a|b, c|d");
        assert_eq!(read("tags: [a,\n  b]"), "a|b");
        assert_eq!(read("tags:\n- a\n- \"b\"\ntitle: x"), "a|b");
        assert_eq!(read("tags:\n  - a\n  - b"), "a|b");
        assert_eq!(read("tags: []"), "");
        assert_eq!(read("tags: [ it's, \"\\\"q\\\"\" ]"), "it's|\"q\"");
        assert_eq!(read("tags: [open, \"x"), "open|\"x");
    }

    #[test]
    fn odd_lines_are_told_and_passed_over() {
        let fields = Fields::parse("layout: post\n???\ntitle: x\nauthor:\n  name: y\n");
        assert_eq!(fields.odd_line, Some(1));
        assert_eq!(fields.text("title"), Some("x"));
        assert_eq!(fields.text("author"), None);
    }
}
