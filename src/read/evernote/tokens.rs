//! Tags and texts of an XML file by their places, however long what stands between them is.

use crate::read::Span;
use crate::read::places::{Fault, note_fault};
use crate::read::source::cursor::Cursor;
use std::io;

/// The longest name of an element that is looked at.
const LONGEST_NAME: usize = 64;

/// What stands in a file.
pub(super) enum Token {
    /// A start tag, and whether it is an end tag too.
    Start(String, bool),
    /// An end tag.
    End(String),
    /// Text between tags, in which entities stand.
    Text(Span),
    /// The text of a CDATA section.
    Data(Span),
}

/// Passes over the next tag or text, and over comments, instructions and declarations before it. None at
/// the file's end, also where that is within a tag.
///
/// # Errors
/// Where the system refuses.
pub(super) fn next(cursor: &mut Cursor<'_>, faults: &mut Vec<Fault>) -> io::Result<Option<Token>> {
    loop {
        let start = cursor.position();
        let first = cursor.peek(9)?;
        let (is_tag, is_data) = (first.starts_with(b"<"), first == b"<![CDATA[");
        let (is_comment, is_other) = (
            first.starts_with(b"<!--"),
            first.starts_with(b"<!") || first.starts_with(b"<?"),
        );
        if first.is_empty() {
            return Ok(None);
        } else if !is_tag {
            cursor.seek_any([b'<'; 3])?;
            return Ok(Some(Token::Text(since(cursor, start))));
        } else if is_data {
            cursor.advance(9);
            let start = cursor.position();
            if !cursor.seek(b"]]>")? {
                return Ok(None);
            }
            let data = since(cursor, start);
            cursor.advance(3);
            return Ok(Some(Token::Data(data)));
        } else if is_comment {
            cursor.advance(4);
            if !cursor.seek(b"-->")? {
                return Ok(None);
            }
            cursor.advance(3);
        } else if is_other {
            if pass_declaration(cursor)?.is_none() {
                return Ok(None);
            }
        } else {
            return tag(cursor, faults);
        }
    }
}

fn since(cursor: &Cursor<'_>, start: u64) -> Span {
    Span {
        start,
        length: cursor.position() - start,
    }
}

fn tag(cursor: &mut Cursor<'_>, faults: &mut Vec<Fault>) -> io::Result<Option<Token>> {
    let first = cursor.peek(LONGEST_NAME)?;
    let is_end = first.get(1) == Some(&b'/');
    let name = first.get(if is_end { 2 } else { 1 }..).unwrap_or_default();
    let length = name
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || b"/>\"'".contains(byte))
        .unwrap_or(name.len());
    let name = String::from_utf8_lossy(name.get(..length).unwrap_or_default()).into_owned();
    let line = cursor.line();
    let Some(is_whole) = pass_tag(cursor)? else {
        return Ok(None);
    };
    if !is_whole {
        let message = "a quotation mark is lost in a tag here, and the text behind it may be wrong";
        note_fault(faults, line, message);
    }
    Ok(Some(match is_end {
        true => Token::End(name),
        false => Token::Start(name, is_whole && cursor.previous_but_one() == Some(b'/')),
    }))
}

/// Goes behind the end of a tag, or before the next one where a quotation mark has no partner until there, since XML
/// forbids `<` in a value (XML 1.0, section 2.4); says whether the tag is whole.
fn pass_tag(cursor: &mut Cursor<'_>) -> io::Result<Option<bool>> {
    cursor.advance(1);
    loop {
        let Some(byte) = cursor.seek_any([b'>', b'"', b'\''])? else {
            return Ok(None);
        };
        cursor.advance(1);
        if byte == b'>' {
            return Ok(Some(true));
        }
        match cursor.seek_any([byte, b'<', b'<'])? {
            None => return Ok(None),
            Some(b'<') => return Ok(Some(false)),
            Some(_) => cursor.advance(1),
        }
    }
}

/// Goes behind the next `>` outside quotation marks; none where there is none.
fn pass_declaration(cursor: &mut Cursor<'_>) -> io::Result<Option<()>> {
    loop {
        let Some(byte) = cursor.seek_any([b'>', b'"', b'\''])? else {
            return Ok(None);
        };
        cursor.advance(1);
        if byte == b'>' {
            return Ok(Some(()));
        }
        if cursor.seek_any([byte; 3])?.is_none() {
            return Ok(None);
        }
        cursor.advance(1);
    }
}
