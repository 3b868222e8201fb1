//! Where the items of an XML feed begin and end, told from tags alone: what stands between them is
//! passed over without being held, and what is not well-formed elsewhere does no harm.

use super::cursor::Cursor;
use super::{End, ItemPlace};
use crate::read::{Source, Span};
use std::io;

/// The most bytes that are read before the first item, each time that an item is loaded: heads have some
/// hundreds.
const LONGEST_HEAD: u64 = 1_000_000;

/// The longest value of an attribute; a quotation mark without its partner in so many bytes stands for
/// itself.
const LONGEST_VALUE: usize = 32 * 1024;

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

impl Tag {
    /// The item that begins with this tag and ends at a position.
    fn to(&self, end: u64) -> ItemPlace {
        ItemPlace {
            span: Span {
                start: self.start,
                length: end - self.start,
            },
            line: self.line,
        }
    }
}

/// Gives each item to `each`.
///
/// # Errors
/// Where the system refuses.
pub(in crate::read) fn items(
    source: &dyn Source,
    each: &mut dyn FnMut(ItemPlace),
) -> io::Result<End> {
    let mut cursor = Cursor::new(source);
    let mut open: Option<Tag> = None;
    let mut root: Option<Vec<u8>> = None;
    let mut is_closed = false;
    while let Some(tag) = next_tag(&mut cursor)? {
        is_closed |=
            tag.kind != Kind::Start && root.as_ref().is_none_or(|root| is_same(root, &tag.name));
        root.get_or_insert_with(|| tag.name.clone());
        let of_open = open
            .as_ref()
            .is_some_and(|item| is_same(&item.name, &tag.name));
        match tag.kind {
            Kind::End if of_open => {
                let end = cursor.position();
                open.take().into_iter().for_each(|item| each(item.to(end)));
            }
            // Items do not hold items: the one before was not closed.
            Kind::Empty if open.is_none() && is_item(&tag.name) => each(tag.to(cursor.position())),
            Kind::Start if of_open || open.is_none() && is_item(&tag.name) => {
                let end = tag.start;
                open.replace(tag)
                    .into_iter()
                    .for_each(|item| each(item.to(end)));
            }
            _ => {}
        }
    }
    Ok(match open {
        Some(item) => End::Cut(Some(item.line)),
        None if is_closed => End::Whole,
        None => End::Cut(None),
    })
}

/// Where what stands before the first item lies.
///
/// # Errors
/// Where the system refuses.
pub(in crate::read) fn head(source: &dyn Source) -> io::Result<Span> {
    let mut cursor = Cursor::new(source);
    let mut length = 0;
    while let Some(tag) = next_tag(&mut cursor)? {
        if is_item(&tag.name) || cursor.position() > LONGEST_HEAD {
            break;
        }
        length = cursor.position();
    }
    Ok(Span { start: 0, length })
}

/// Whether an element of this name is an item: RSS has `item`, Atom `entry`, with a prefix or without.
fn is_item(name: &[u8]) -> bool {
    super::channel::is_item(&String::from_utf8_lossy(name))
}

/// Whether names are one: early feeds are written in capitals.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.eq_ignore_ascii_case(other)
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
        let ahead = cursor.peek(LONGEST_VALUE)?;
        if let Some(length) = memchr::memchr(byte, ahead) {
            cursor.advance(length + 1);
        }
    }
}
