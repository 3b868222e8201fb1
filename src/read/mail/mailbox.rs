//! Where the messages of a mailbox lie (RFC 4155, and the forms that programs write).

use crate::read::source::bytes_at;
use crate::read::source::cursor::Cursor;
use crate::read::{Locator, Source, Span};
use std::borrow::Cow;
use std::io;

/// What a line begins with that stands before each message of a mailbox.
const FROM: &[u8] = b"From ";

/// A message's header, and a line that parts messages, are looked at so far.
const HEADER: usize = 16 * 1024;
const LINE: usize = 512;

/// Whether a file holds messages behind such lines.
pub(super) fn is_mailbox(source: &dyn Source) -> bool {
    bytes_at(source, 0, FROM.len()).is_ok_and(|first| first == FROM)
}

/// Gives the place of each message; of a file that is one message, that of the file.
///
/// # Errors
/// Where the system refuses.
pub(super) fn messages(source: &dyn Source, each: &mut dyn FnMut(Locator)) -> io::Result<()> {
    let mut cursor = Cursor::new(source);
    if cursor.peek(FROM.len())? != FROM {
        each(Locator::whole(source.length()));
        return Ok(());
    }
    let mut number = 0;
    loop {
        // Behind the line that parts the messages.
        cursor.seek(b"\n")?;
        cursor.advance(1);
        let (start, line) = (cursor.position(), cursor.line());
        let told = told_end(source, start)?;
        let is_last = !seek_next(&mut cursor, told)?;
        number += 1;
        each(Locator {
            span: Span {
                start,
                length: cursor.position() - start,
            },
            line,
            number,
        });
        if is_last {
            return Ok(());
        }
    }
}

/// Where a message ends by its own word (`Content-Length`), if another follows there, or nothing.
fn told_end(source: &dyn Source, start: u64) -> io::Result<u64> {
    let first = bytes_at(source, start, HEADER)?;
    let mut at = 0;
    let mut length: Option<u64> = None;
    for line in first.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        let text = line.trim_ascii();
        if text.is_empty() {
            break;
        }
        let field = text
            .split_at_checked(15)
            .filter(|(name, _)| name.eq_ignore_ascii_case(b"Content-Length:"));
        let value = field.and_then(|(_, value)| std::str::from_utf8(value).ok());
        length = value.and_then(|value| value.trim().parse().ok()).or(length);
    }
    let Some(end) = length.and_then(|length| start.checked_add(at as u64)?.checked_add(length))
    else {
        return Ok(0);
    };
    let behind = bytes_at(source, end, LINE)?;
    let is_end = end <= source.length()
        && (behind.trim_ascii().is_empty() || behind.trim_ascii_start().starts_with(FROM));
    Ok(if is_end { end } else { 0 })
}

/// Goes to the next line that parts messages, not before a position. Says whether there is one.
fn seek_next(cursor: &mut Cursor<'_>, from: u64) -> io::Result<bool> {
    while cursor.seek(b"\nFrom ")? {
        let is_behind_empty = match (cursor.previous_but_one(), cursor.previous()) {
            (_, Some(b'\n')) => true,
            (before, Some(b'\r')) => before == Some(b'\n'),
            _ => false,
        };
        cursor.advance(1);
        let is_behind = cursor.position() >= from;
        if is_behind && parts(cursor.peek(LINE)?, is_behind_empty) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a line parts messages: texts may have such lines too, behind an empty one also. One that parts
/// names a day and a time, or stands behind an empty line and before a header.
fn parts(text: &[u8], is_behind_empty: bool) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n');
    let line = lines.next().unwrap_or_default();
    let next = lines.next();
    // A line that is longer than is looked at has nothing behind it that tells.
    let is_header = next.is_none_or(|next| {
        let name = next.split(|&byte| byte == b':').next().unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        next.contains(&b':') && !name.is_empty() && name.iter().all(is_name)
    });
    match is_behind_empty {
        true => is_header || is_dated(line),
        false => is_header && is_dated(line),
    }
}

/// Whether a line names a day of the week, a month, and a time, as those that part messages do.
fn is_dated(line: &[u8]) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let has = |names: &[&str]| {
        words
            .iter()
            .any(|word| names.contains(&word.trim_end_matches(',')))
    };
    has(&DAYS) && has(&MONTHS) && words.iter().any(|word| word.matches(':').count() >= 1)
}

/// The message as it was before a mailbox took it in.
pub(super) fn as_sent(bytes: &[u8], is_marked: bool) -> Cow<'_, [u8]> {
    match is_marked {
        true => unmarked(bytes).into(),
        false => bytes.into(),
    }
}

/// A message without the marks that stand before lines of its text that begin like the one that parts
/// messages.
fn unmarked(message: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let mark = usize::from(is_marked(line));
        plain.extend_from_slice(line.get(mark..).unwrap_or_default());
    }
    plain
}

/// Whether a line has such a mark.
pub(super) fn is_marked(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|&&byte| byte == b'>').count();
    marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(FROM))
}
