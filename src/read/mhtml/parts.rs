//! A message cut into its parts: RFC 5322 (header fields) and RFC 2046 (multiparts).

use crate::read::coding::Coding;
use memchr::memmem;
use std::ops::Range;

/// The most parts of a file that are looked at.
const MOST_PARTS: usize = 20_000;

/// The most bytes of header fields.
const MOST_HEADER: usize = 64 * 1024;

/// How many multiparts may stand within each other.
const MOST_LEVELS: usize = 3;

/// Header fields: names in lower case with their values, on one line each.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields that some bytes begin with.
    pub fn of(bytes: &[u8]) -> Self {
        Fields::split(bytes).0
    }

    /// The fields, and how many bytes they take with the empty line behind them.
    pub fn split(bytes: &[u8]) -> (Self, usize) {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len().min(MOST_HEADER) {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let line = String::from_utf8_lossy(rest.get(..length).unwrap_or_default());
            let line = line.trim_end_matches(['\r', '\n']);
            if line.is_empty() {
                return (Fields(fields), at + length);
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            } else {
                break;
            }
            at += length;
        }
        (Fields(fields), at)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the first field of a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of a field: `multipart/related; boundary="…"`.
    pub fn parameter(&self, field: &str, name: &str) -> Option<String> {
        let mut rest = self.value(field)?.split_once(';')?.1;
        loop {
            let (key, value) = rest.split_once('=')?;
            let value = value.trim_start();
            let (value, after) = match value.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => value.split_once(';').unwrap_or((value, "")),
            };
            let key = key.trim().trim_start_matches(';').trim();
            if key.eq_ignore_ascii_case(name) {
                return Some(value.trim().to_owned());
            }
            rest = after;
        }
    }
}

/// A part of a message: its fields, and where its body lies.
#[derive(Debug)]
pub(super) struct Part {
    pub fields: Fields,
    pub body: Range<usize>,
}

impl Part {
    /// How its body is coded.
    pub fn coding(&self) -> Coding {
        Coding::of(
            self.fields
                .value("content-transfer-encoding")
                .unwrap_or_default(),
        )
    }

    /// The body of the part, decoded.
    pub fn decoded(&self, bytes: &[u8]) -> Vec<u8> {
        self.coding()
            .decoded(bytes.get(self.body.clone()).unwrap_or_default())
    }
}

/// The fields of a message, and its parts in order; of one that has no parts, itself.
pub(super) fn of(bytes: &[u8]) -> (Fields, Vec<Part>) {
    let (fields, start) = Fields::split(bytes);
    let mut parts = Vec::new();
    let mut open = vec![(
        start..bytes.len(),
        fields.parameter("content-type", "boundary"),
        0,
    )];
    if fields.parameter("content-type", "boundary").is_none() {
        let (own, start) = Fields::split(bytes);
        let body = start..bytes.len();
        return (fields, vec![Part { fields: own, body }]);
    }
    while let Some((body, boundary, level)) = open.pop() {
        let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else {
            continue;
        };
        for range in between(bytes, body, &boundary) {
            let (fields, length) = Fields::split(bytes.get(range.clone()).unwrap_or_default());
            let body = range.start.saturating_add(length).min(range.end)..range.end;
            let inner = fields.parameter("content-type", "boundary");
            if inner.is_some() && level < MOST_LEVELS {
                open.push((body, inner, level + 1));
            } else if parts.len() < MOST_PARTS {
                parts.push(Part { fields, body });
            }
        }
    }
    (fields, parts)
}

/// What stands between the lines that are a boundary.
fn between(bytes: &[u8], within: Range<usize>, boundary: &str) -> Vec<Range<usize>> {
    let line = format!("--{boundary}");
    let finder = memmem::Finder::new(line.as_bytes());
    let text = bytes.get(within.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut begin: Option<usize> = None;
    for at in finder.find_iter(text) {
        let starts_line = at == 0 || text.get(at - 1) == Some(&b'\n');
        let rest = text.get(at + line.len()..).unwrap_or_default();
        let last = rest.starts_with(b"--");
        let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let is_boundary = rest.get(..length).unwrap_or_default().trim_ascii();
        if !starts_line || !(is_boundary.is_empty() || last) {
            continue;
        }
        if let Some(begin) = begin {
            found.push(within.start + begin..within.start + end_of_line_before(text, at));
        }
        begin = (!last).then_some(at + line.len() + length);
        if last || found.len() >= MOST_PARTS {
            return found;
        }
    }
    // A file that was cut ends within a part.
    found.extend(begin.map(|begin| within.start + begin.min(text.len())..within.end));
    found
}

/// The line end before a boundary belongs to the boundary.
fn end_of_line_before(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    before.strip_suffix(b"\r").unwrap_or(before).len()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn parts_are_found_in_whole_nested_and_cut_messages() {
        let text = "A: b\r\nContent-Type: multipart/related; type=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\nbefore\r\n\
                    ----x\r\nContent-Type: text/html\r\n\r\none\r\n----xy\r\n\r\n----x\r\n\
                    Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n\r\ntwo\r\n--y--\r\n\r\n----x\r\n\r\nthree";
        let (fields, parts) = of(text.as_bytes());
        assert_eq!(fields.value("a"), Some("b"));
        let body = |part: &super::Part| text.get(part.body.clone()).unwrap_or_default();
        let bodies: Vec<&str> = parts.iter().map(body).collect();
        assert_eq!(bodies, ["one\r\n----xy\r\n", "three", "two"]);
        let (_, whole) = of(b"Content-Type: text/html\n\n<p>");
        assert_eq!(whole[0].body, 25..28);
        assert_eq!(of(b"").1.len(), 1);
    }
}
