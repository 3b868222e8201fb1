//! From a seed, header and text, to an [`Entry`].

use super::byline::{Beginning, split_byline};
use super::header::{Header, count_lines, date_line, is_nothing, skip_space};
use crate::error::{Code, Warning};
use crate::model::{Entry, Head, Markup, WrittenTime};
use crate::read::single::Part;
use crate::read::{Locator, Source};
use memchr::memchr;

/// An entry of what the header and the text say; warnings are added to `warnings`.
pub(crate) fn entry(
    header: &Header<'_>,
    source: &dyn Source,
    part: Part,
    warnings: &mut Vec<Warning>,
) -> Entry {
    let mut header_time = None;
    if let Some(epoch) = header.epoch {
        let (time, oddity) = epoch.timestamp();
        header_time = time;
        warnings.extend(oddity.map(|code| epoch.warning(code, source.path())));
    }
    let (body, line) = skip_space(header.body, header.body_line);
    let (written_time, text, line) = split_date_line(body, line);
    let Beginning {
        byline,
        unreadable,
        rest,
    } = split_byline(text);
    warnings.extend(unreadable.map(|time| byline_warning(&time).at(source.path(), line)));
    let line = line.saturating_add(lines_before(text, rest));
    let address = present(header.address);
    let wants_text = part == Part::Whole || address.is_none();
    Entry {
        head: Head {
            title: present(&header.title),
            address,
            header_time,
            written_time,
            byline,
            ..source.head(&Locator::whole(source.length()))
        },
        body_line: line,
        markup: Markup::Article(if wants_text {
            markup(rest)
        } else {
            String::new()
        }),
        resources: source.resources(),
    }
}

/// The warning about a byline whose time can't be read.
fn byline_warning(time: &str) -> Warning {
    let shown: String = time.chars().take(60).collect();
    let message = format!("“{shown}” in the byline is no date that can be read");
    Warning::new(Code::BylineDateUnreadable, message)
}

/// A text, unless it is blank.
pub(crate) fn present(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The markup as it is handed over: nothing where a script wrote the name of nothing.
pub(crate) fn markup(text: &str) -> String {
    let text = text.trim_end();
    if is_nothing(text) {
        return String::new();
    }
    text.to_owned()
}

/// Takes a date line off the text, if it begins with one whose date can be read.
fn split_date_line(text: &str, line: u32) -> (Option<WrittenTime>, &str, u32) {
    let end = memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    match date_line(first).and_then(WrittenTime::parse) {
        Some(time) => {
            let (rest, line) = skip_space(rest, line.saturating_add(1));
            (Some(time), rest, line)
        }
        None => (None, text, line),
    }
}

/// How many lines of `text` stand before its end `rest`.
fn lines_before(text: &str, rest: &str) -> u32 {
    let before = text.len().saturating_sub(rest.len());
    text.get(..before).map_or(0, count_lines)
}
