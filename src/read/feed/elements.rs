//! Where the items of an XML feed begin and end, told from tags alone: what stands between them is
//! passed over without being held, and what is not well-formed elsewhere does no harm.

use super::cursor::Cursor;
use super::{End, Extent};
use crate::read::{Source, Span};
use std::io;

/// The most bytes that are read before the first item: heads have some hundreds.
const LONGEST_HEAD: u64 = 1_000_000;

/// The longest name of an element that is looked at.
const LONGEST_NAME: usize = 64;

/// A tag that was passed over.
struct Tag {
    name: Vec<u8>,
    kind: Kind,
    start: u64,
    line: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    End,
    Empty,
}

/// Gives each item to `each`.
///
/// # Errors
/// Where the system refuses.
pub(super) fn items(source: &dyn Source, each: &mut dyn FnMut(Extent)) -> io::Result<End> {
    let mut cursor = Cursor::new(source);
    // The item that is open, and how many elements of its name are open within it.
    let mut open: Option<(Tag, usize)> = None;
    while let Some(tag) = next_tag(&mut cursor)? {
        match &mut open {
            None if tag.kind == Kind::Start && is_item(&tag.name) => open = Some((tag, 1)),
            Some((item, depth)) if item.name == tag.name => match tag.kind {
                // Extensions may put an element of the item's name into it.
                Kind::Start => *depth += 1,
                Kind::Empty => {}
                Kind::End if *depth > 1 => *depth -= 1,
                Kind::End => {
                    each(Extent {
                        span: Span {
                            start: item.start,
                            length: cursor.position() - item.start,
                        },
                        line: item.line,
                    });
                    open = None;
                }
            },
            _ => {}
        }
    }
    Ok(open.map_or(End::Whole, |(item, _)| End::Cut(item.line)))
}

/// What stands before the first item.
///
/// # Errors
/// Where the system refuses.
pub(super) fn head(source: &dyn Source) -> io::Result<Vec<u8>> {
    let mut cursor = Cursor::new(source);
    let mut end = 0;
    while let Some(tag) = next_tag(&mut cursor)? {
        if is_item(&tag.name) || cursor.position() > LONGEST_HEAD {
            break;
        }
        end = cursor.position();
    }
    let mut head = vec![0; usize::try_from(end).unwrap_or_default()];
    let mut read = 0;
    while let Some(room) = head.get_mut(read..).filter(|room| !room.is_empty()) {
        match source.read_at(read as u64, room)? {
            0 => break,
            count => read += count,
        }
    }
    head.truncate(read);
    Ok(head)
}

/// Whether an element of this name is an item: RSS has `item`, Atom `entry`, with a prefix or without.
fn is_item(name: &[u8]) -> bool {
    let local = name.rsplit(|&byte| byte == b':').next().unwrap_or(name);
    matches!(local, b"item" | b"entry")
}

/// Passes over the next tag. Comments, CDATA sections, processing instructions and declarations
/// (XML 1.0, sections 2.5 to 2.8) are none.
fn next_tag(cursor: &mut Cursor<'_>) -> io::Result<Option<Tag>> {
    loop {
        if !cursor.seek(b"<")? {
            return Ok(None);
        }
        let (start, line) = (cursor.position(), cursor.line());
        let ahead = cursor.peek(9)?;
        let other: Option<&[u8]> = if ahead.starts_with(b"<!--") {
            Some(b"-->")
        } else if ahead.starts_with(b"<![CDATA[") {
            Some(b"]]>")
        } else if ahead.starts_with(b"<?") {
            Some(b"?>")
        } else if ahead.starts_with(b"<!") {
            Some(b">")
        } else {
            None
        };
        cursor.advance(1);
        if let Some(end) = other {
            if !cursor.seek(end)? {
                return Ok(None);
            }
            cursor.advance(end.len());
            continue;
        }
        let closes = cursor.peek(1)?.starts_with(b"/");
        if closes {
            cursor.advance(1);
        }
        let name = name(cursor.peek(LONGEST_NAME)?);
        if name.is_empty() {
            // A lone `<`, which only broken feeds have.
            continue;
        }
        cursor.advance(name.len());
        let Some(is_empty) = seek_tag_end(cursor)? else {
            return Ok(None);
        };
        let kind = match (closes, is_empty) {
            (true, _) => Kind::End,
            (false, true) => Kind::Empty,
            (false, false) => Kind::Start,
        };
        return Ok(Some(Tag {
            name,
            kind,
            start,
            line,
        }));
    }
}

fn name(ahead: &[u8]) -> Vec<u8> {
    let is_name = |byte: &&u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b':' | b'_' | b'-' | b'.')
            || !byte.is_ascii()
    };
    ahead.iter().take_while(is_name).copied().collect()
}

/// Goes behind the end of a tag, past `>` in quoted values; says whether it closes itself.
fn seek_tag_end(cursor: &mut Cursor<'_>) -> io::Result<Option<bool>> {
    loop {
        // A slash matters only right before the end.
        let Some(byte) = cursor.seek_any([b'>', b'"', b'\''])? else {
            return Ok(None);
        };
        if byte == b'>' {
            let is_empty = cursor.previous() == Some(b'/');
            cursor.advance(1);
            return Ok(Some(is_empty));
        }
        cursor.advance(1);
        if !cursor.seek(&[byte])? {
            return Ok(None);
        }
        cursor.advance(1);
    }
}
