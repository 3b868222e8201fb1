//! The elements of MDX: what they show, as HTML.

use super::Fence;
use super::shown::{self, quoted};
use crate::read::feed::tokens::escaped_markup;
use crate::read::markdown::lines::{line_before, near};
use crate::read::markdown::tags::hidden;
use std::collections::HashMap;

/// The longest tag or expression, in bytes.
const LONGEST: usize = 8_000;

/// Makes HTML of elements and expressions.
pub(super) struct Elements<'text> {
    /// The paths that names were given.
    loaded: &'text HashMap<&'text str, &'text str>,
}

/// A tag of an element.
struct Element<'text> {
    name: &'text str,
    attributes: Vec<(&'text str, Value<'text>)>,
    closes: bool,
    /// Whether it has no content: `<Lamp />`.
    is_single: bool,
}

enum Value<'text> {
    Text(&'text str),
    /// What stood between braces.
    Expression(&'text str),
}

impl<'text> Elements<'text> {
    pub(super) fn new(loaded: &'text HashMap<&'text str, &'text str>) -> Self {
        Elements { loaded }
    }

    /// The text with HTML for its elements; listings stay as they are.
    pub(super) fn shown(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut fence = Fence::default();
        while !rest.is_empty() {
            if out.is_empty() || out.ends_with('\n') {
                let line = rest.split_inclusive('\n').next().unwrap_or(rest);
                if fence.takes(line) {
                    out.push_str(line);
                    rest = rest.get(line.len()..).unwrap_or_default();
                    continue;
                }
            }
            rest = self.step(rest, &mut out);
        }
        out
    }

    /// Takes what comes next of a text that is no listing, and gives what is left.
    fn step<'rest>(&self, rest: &'rest str, out: &mut String) -> &'rest str {
        let next = rest.find(['<', '{', '`', '\n']).unwrap_or(rest.len());
        let (before, from) = rest.split_at_checked(next).unwrap_or((rest, ""));
        out.push_str(before);
        let length = match from.as_bytes().first() {
            Some(b'<') => self.element(from, out),
            Some(b'{') => self.expression(from, out),
            Some(b'`') => code(from),
            _ => None,
        };
        match length {
            Some((length, true)) => from.get(length..).unwrap_or_default(),
            Some((length, false)) => {
                out.push_str(from.get(..length).unwrap_or_default());
                from.get(length..).unwrap_or_default()
            }
            None => {
                let one = from.chars().next().map_or(0, char::len_utf8);
                out.push_str(from.get(..one).unwrap_or_default());
                from.get(one..).unwrap_or_default()
            }
        }
    }

    /// Writes an element's tag as HTML. Gives its length, and whether it was written.
    fn element(&self, from: &str, out: &mut String) -> Option<(usize, bool)> {
        if from.starts_with("<>") || from.starts_with("</>") {
            return Some((from.find('>')? + 1, true));
        }
        let (element, length) = element(from)?;
        let line = line_before(out, out.len(), 100).unwrap_or("…");
        let after = near(from.get(length..)?, 100).split('\n').next();
        let after = after.unwrap_or_default();
        let alone = line.trim().is_empty() && after.trim().is_empty();
        if element.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            let has_code = element
                .attributes
                .iter()
                .any(|(_, value)| matches!(value, Value::Expression(_)));
            if !has_code {
                return Some((length, false));
            }
            out.push_str(&self.html(&element));
            return Some((length, true));
        }
        out.push_str(&self.component(&element, alone));
        Some((length, true))
    }

    /// An element of HTML without what only JavaScript knows.
    fn html(&self, element: &Element<'_>) -> String {
        let mut out = format!("<{}", element.name);
        for (name, value) in &element.attributes {
            let name = if *name == "className" { "class" } else { name };
            if let Some(value) = self.text(value) {
                out.push_str(&format!(" {name}=\"{}\"", quoted(value)));
            }
        }
        out.push_str(if element.is_single { " />" } else { ">" });
        out
    }

    /// What a component shows at its beginning or end.
    fn component(&self, element: &Element<'_>, alone: bool) -> String {
        let named = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| {
                let attribute = element.attributes.iter().find(|(key, _)| key == name)?;
                self.text(&attribute.1).filter(|text| !text.is_empty())
            });
            found.next()
        };
        let name = element.name.to_ascii_lowercase();
        let opens = !element.closes;
        let title = named(&["title", "label", "header", "summary", "heading"]);
        let source = named(&["src", "source", "image", "light"]);
        if let Some(source) = source.filter(|_| opens && shown::is_picture(&name)) {
            let alternative = named(&["alt", "caption", "title"]);
            return shown::picture(source, alternative.unwrap_or_default());
        }
        let film = named(&["id", "videoId", "youtubeId", "url", "tweetId"]);
        if let Some(film) = film.filter(|_| opens).and_then(|id| shown::film(&name, id)) {
            return film;
        }
        let box_ = || shown::boxed(&name, title, element.closes);
        if let Some(box_) = (!element.is_single).then(box_).flatten() {
            return box_;
        }
        let text = title.or_else(|| named(&["text", "name"]).filter(|_| name == "badge"));
        let target = named(&["href", "url", "to"]).filter(|target| target.starts_with("http"));
        let target = target.filter(|_| opens && (element.is_single || alone));
        let words = text.filter(|_| opens).map(escaped_markup);
        let words = words.or_else(|| target.filter(|_| element.is_single).map(escaped_markup));
        let words = match (words, target) {
            (Some(words), Some(target)) => {
                Some(format!("<a href=\"{}\">{words}</a>", quoted(target)))
            }
            (words, _) => words,
        };
        match (words, alone) {
            (Some(words), true) => format!("\n\n**{words}**\n\n"),
            (Some(words), false) => format!("{words} "),
            (None, true) => "\n\n".to_owned(),
            (None, false) => String::new(),
        }
    }

    /// Shows an expression that is a text, and hides any other.
    fn expression(&self, from: &str, out: &mut String) -> Option<(usize, bool)> {
        let length = braced(from)?;
        let inside = from.get(1..length - 1)?.trim();
        if inside.starts_with("/*") {
            return Some((length, true));
        }
        if inside.starts_with(['.', '#', ':']) && !inside.contains('(') {
            // An attribute list of Markdown.
            return Some((length, false));
        }
        match self.text(&Value::Expression(inside)) {
            Some(text) => out.push_str(&escaped_markup(text)),
            None if inside.chars().any(char::is_alphabetic) => {
                out.push_str(&hidden(from.get(..length)?));
            }
            None => return Some((length, false)),
        }
        Some((length, true))
    }

    /// The text that a value is: written, loaded by a name, or asked for by `require`.
    fn text<'value>(&self, value: &'value Value<'_>) -> Option<&'value str>
    where
        'text: 'value,
    {
        let inside = match value {
            Value::Text(text) => return Some(text),
            Value::Expression(inside) => inside.trim(),
        };
        let call = inside
            .strip_prefix("require(")
            .and_then(|rest| rest.split_once(')'));
        let inside = call.map_or(inside, |(path, _)| path.trim());
        let is_mark = |mark: &char| inside.matches(*mark).count() == 2;
        let quoted = ['"', '\'', '`']
            .iter()
            .filter(|mark| is_mark(mark))
            .find_map(|mark| inside.strip_prefix(*mark)?.strip_suffix(*mark));
        quoted.or_else(|| {
            let name = inside.strip_suffix(".src").unwrap_or(inside);
            let name = name.split('.').next().unwrap_or(name);
            self.loaded.get(name).copied()
        })
    }
}

/// The length of code in a line, which stays as it is.
fn code(from: &str) -> Option<(usize, bool)> {
    let from = near(from, LONGEST);
    let marks = from.len() - from.trim_start_matches('`').len();
    let mark = from.get(..marks)?;
    let end = from.get(marks..)?.find(mark)?;
    let inside = from.get(marks..marks + end)?;
    (!inside.contains("\n\n")).then_some((marks + end + marks, false))
}

/// The tag that a text begins with, and its length.
fn element(from: &str) -> Option<(Element<'_>, usize)> {
    let near = from.get(..from.floor_char_boundary(LONGEST))?;
    let start = near.strip_prefix('<')?;
    let (start, closes) = match start.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (start, false),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let end = start.find(|c| !plain(c))?;
    let (name, mut rest) = start.split_at_checked(end)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let single = rest.strip_prefix("/>");
        if let Some(behind) = single.or_else(|| rest.strip_prefix('>')) {
            let is_single = single.is_some();
            let length = near.len() - behind.len();
            let element = Element {
                name,
                attributes,
                closes,
                is_single,
            };
            return Some((element, length));
        }
        let (attribute, behind) = attribute(rest)?;
        attributes.extend(attribute);
        rest = behind;
    }
}

/// An attribute, and what follows it.
type Read<'text> = (Option<(&'text str, Value<'text>)>, &'text str);

fn attribute(text: &str) -> Option<Read<'_>> {
    if text.starts_with('{') {
        return Some((None, text.get(braced(text)?..)?));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@');
    let end = text.find(|c| !plain(c))?;
    let (name, rest) = text.split_at_checked(end)?;
    if name.is_empty() {
        return None;
    }
    let Some(value) = rest.strip_prefix('=') else {
        return Some((Some((name, Value::Text(""))), rest));
    };
    if value.starts_with('{') {
        let length = braced(value)?;
        let inside = value.get(1..length - 1)?;
        return Some((
            Some((name, Value::Expression(inside))),
            value.get(length..)?,
        ));
    }
    let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (inside, rest) = value.get(1..)?.split_once(mark)?;
    Some((Some((name, Value::Text(inside))), rest))
}

/// The length of what stands between a brace and the one that closes it.
fn braced(text: &str) -> Option<usize> {
    let near = text.get(..text.floor_char_boundary(LONGEST))?;
    let mut depth = 0_usize;
    for (at, byte) in near.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}
