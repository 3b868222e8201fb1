//! Where the items of an XML feed begin and end, told from tags alone: what stands between them is
//! passed over without being held, and what is not well-formed elsewhere does no harm.

use super::cursor::Cursor;
use super::{End, ItemPlace};
use crate::read::places::{Fault, Passage, note_fault};
use crate::read::{Source, Span};
use std::io;

/// The most bytes that are read before the first item, each time that an item is loaded: heads have some
/// hundreds.
const LONGEST_HEAD: u64 = 1_000_000;

/// How much of a file is looked at at a time for the end of an attribute's value.
const VALUE_AHEAD: usize = 32 * 1024;

/// The longest name of an element that is looked at.
const LONGEST_NAME: usize = 64;

/// A tag that was passed over.
struct Tag {
    name: Vec<u8>,
    kind: Kind,
    start: u64,
    line: u32,
    /// Whether a quotation mark in it has no partner.
    has_lone_quote: bool,
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
) -> io::Result<Passage> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut cursor = Cursor::new(source);
    let mut open: Option<Tag> = None;
    let mut root: Option<Vec<u8>> = None;
    let mut is_closed = false;
    while let Some(tag) = next_tag(&mut cursor)? {
        is_closed |=
            tag.kind != Kind::Start && root.as_ref().is_none_or(|root| is_same(root, &tag.name));
        root.get_or_insert_with(|| tag.name.clone());
        if tag.has_lone_quote {
            let message =
                "a quotation mark is lost in a tag here, and the text behind it may be wrong";
            note_fault(&mut faults, tag.line, message);
        }
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
            Kind::End if open.is_none() && is_item(&tag.name) => {
                let message = "an item ends here whose beginning is lost, and it is left out";
                note_fault(&mut faults, tag.line, message);
            }
            _ => {}
        }
    }
    let end = match &open {
        Some(item) => End::Cut(Some(item.line)),
        None if is_closed => End::Whole,
        None => End::Cut(None),
    };
    Ok(Passage {
        cut: open.map(|item| item.to(source.length())),
        ..Passage::to(end, faults)
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
        let Some(end) = seek_tag_end(cursor)? else {
            return Ok(None);
        };
        let kind = match (closes, end.is_empty) {
            (true, _) => Kind::End,
            (false, true) => Kind::Empty,
            (false, false) => Kind::Start,
        };
        return Ok(Some(Tag {
            name,
            kind,
            start,
            line,
            has_lone_quote: end.has_lone_quote,
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

/// How a tag ends.
struct TagEnd {
    /// Whether it closes itself.
    is_empty: bool,
    has_lone_quote: bool,
}

/// Goes behind the end of a tag, past `>` in quoted values.
fn seek_tag_end(cursor: &mut Cursor<'_>) -> io::Result<Option<TagEnd>> {
    loop {
        // A slash matters only right before the end.
        let Some(byte) = cursor.seek_any([b'>', b'"', b'\''])? else {
            return Ok(None);
        };
        let before = cursor.previous();
        cursor.advance(1);
        if byte == b'>' {
            return Ok(Some(TagEnd {
                is_empty: before == Some(b'/'),
                has_lone_quote: false,
            }));
        }
        if !pass_value(cursor, byte)? {
            return end_behind_lone_quote(cursor);
        }
    }
}

/// Goes behind a quoted value; false, and nowhere, where its mark has no partner.
fn pass_value(cursor: &mut Cursor<'_>, mark: u8) -> io::Result<bool> {
    let ahead = cursor.peek(VALUE_AHEAD)?;
    if let Some(length) = memchr::memchr(mark, ahead) {
        let is_value = !swallows(ahead.get(..length).unwrap_or_default());
        if is_value {
            cursor.advance(length + 1);
        }
        return Ok(is_value);
    }
    if memchr::memchr(b'<', ahead).is_some() {
        return Ok(false);
    }
    // A value as long as a picture has none of the marks that XML forbids in it.
    let is_found = cursor.seek_any([mark, b'<', b'<'])? == Some(mark);
    if is_found {
        cursor.advance(1);
    }
    Ok(is_found)
}

/// Whether what stands between two quotation marks is no value but goes into tags behind it. XML forbids
/// `<` in a value (XML 1.0, section 2.4), but not all feeds obey.
fn swallows(value: &[u8]) -> bool {
    let begins_value = value.trim_ascii_end().ends_with(b"=");
    let ends_tag = memchr::memchr2(b'<', b'>', value).and_then(|at| value.get(at)) == Some(&b'>');
    memchr::memchr_iter(b'<', value).any(|at| {
        let rest = value.get(at + 1..).unwrap_or_default();
        begins_value || ends_tag && is_item(&name(rest.strip_prefix(b"/").unwrap_or(rest)))
    })
}

/// Goes to where a tag ends in which a quotation mark has no partner: behind its `>`, or before the next tag.
fn end_behind_lone_quote(cursor: &mut Cursor<'_>) -> io::Result<Option<TagEnd>> {
    let found = cursor.seek_any([b'>', b'<', b'<'])?;
    if found.is_none() {
        return Ok(None);
    }
    let is_empty = found == Some(b'>') && cursor.previous() == Some(b'/');
    if found == Some(b'>') {
        cursor.advance(1);
    }
    Ok(Some(TagEnd {
        is_empty,
        has_lone_quote: true,
    }))
}
