//! Where the messages of a mailbox lie (RFC 4155).

use crate::read::source::cursor::Cursor;
use crate::read::{Locator, Source, Span};
use std::io;

/// What a line begins with that stands before each message of a mailbox.
const FROM: &[u8] = b"From ";

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
        let is_last = !seek_next(&mut cursor)?;
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

/// Goes to the next line that parts messages: one behind an empty line, since texts may have such a line,
/// too. Says whether there is one.
fn seek_next(cursor: &mut Cursor<'_>) -> io::Result<bool> {
    while cursor.seek(b"\nFrom ")? {
        let is_behind_empty = match (cursor.previous_but_one(), cursor.previous()) {
            (_, Some(b'\n')) => true,
            (before, Some(b'\r')) => before == Some(b'\n'),
            _ => false,
        };
        cursor.advance(1);
        if is_behind_empty {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A message without the marks that stand before lines of its text that begin like the one that parts
/// messages.
pub(super) fn unmarked(message: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_marked = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(FROM));
        plain.extend_from_slice(line.get(usize::from(is_marked)..).unwrap_or_default());
    }
    plain
}
