//! Where the parts of a note lie.

use super::tokens::{self, Token};
use crate::read::places::{Fault, note_fault};
use crate::read::source::cursor::Cursor;
use crate::read::{Source, Span};
use memchr::memmem;
use quick_xml::escape::unescape;
use std::io;

/// The most tags and resources of a note that are looked at.
const MOST_PARTS: usize = 10_000;

/// The longest text beside a note's own, in bytes.
const LONGEST_FIELD: u64 = 64 * 1024;

/// A text of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub span: Span,
    /// Whether it is a CDATA section, in which nothing is spelled by entities.
    pub is_data: bool,
}

/// Bytes that a note brings with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Media {
    /// Their Base64.
    pub data: Option<Part>,
    pub kind: Option<Part>,
    pub name: Option<Part>,
}

/// A note.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub span: Span,
    pub line: u32,
    /// Whether the file holds all of it.
    pub is_whole: bool,
    pub is_encrypted: bool,
    /// Whether it is two, since what parted them is lost.
    pub is_joined: bool,
    pub title: Option<Part>,
    pub content: Vec<Part>,
    pub created: Option<Part>,
    pub updated: Option<Part>,
    pub tags: Vec<Part>,
    pub author: Option<Part>,
    pub origin: Option<Part>,
    pub address: Option<Part>,
    pub media: Vec<Media>,
}

/// Finds the next note, and notes what stands before it or in it that can't be right.
///
/// # Errors
/// Where the system refuses.
pub(super) fn next<'source>(
    cursor: &mut Cursor<'source>,
    source: &'source dyn Source,
    faults: &mut Vec<Fault>,
) -> io::Result<Option<Note>> {
    loop {
        let (start, line) = (cursor.position(), cursor.line());
        match tokens::next(cursor, faults)? {
            None => return Ok(None),
            Some(Token::Start(name, false)) if name == "note" => {
                let mut note = parts(cursor, source, faults)?;
                note.span = Span {
                    start,
                    length: cursor.position() - start,
                };
                note.line = line;
                return Ok(Some(note));
            }
            Some(Token::End(name)) if name == "note" => {
                let message = "a note ends here whose beginning is lost, and it is left out";
                note_fault(faults, line, message);
            }
            Some(_) => {}
        }
    }
}

const UNMATCHED: &str = "the tags of the note do not match here, and what it says may be wrong";

/// The parts of a note whose start tag was passed over.
fn parts<'source>(
    cursor: &mut Cursor<'source>,
    source: &'source dyn Source,
    faults: &mut Vec<Fault>,
) -> io::Result<Note> {
    let mut note = Note::default();
    // The elements that are open: of more than these, all that matters is how many they are.
    let mut open: Vec<String> = Vec::new();
    let mut deeper = 0_usize;
    loop {
        let (start, line) = (cursor.position(), cursor.line());
        let Some(token) = tokens::next(cursor, faults)? else {
            return Ok(note);
        };
        match token {
            // Notes do not hold notes: the one before was not closed.
            Token::Start(name, false) if name == "note" => {
                note_fault(
                    faults,
                    line,
                    "a note begins within another, whose end is lost",
                );
                *cursor = Cursor::at(source, start, line);
                note.is_whole = true;
                return Ok(note);
            }
            Token::Start(_, true) => {}
            Token::Start(name, false) if open.len() < 4 => {
                note.begin(&name, open.is_empty());
                open.push(name);
            }
            Token::Start(_, false) => deeper += 1,
            Token::End(name) if name == "note" => {
                if !open.is_empty() || deeper > 0 {
                    note_fault(faults, line, UNMATCHED);
                }
                note.is_whole = true;
                return Ok(note);
            }
            Token::End(_) if deeper > 0 => deeper -= 1,
            Token::End(name) => {
                if open.pop().is_none_or(|begun| begun != name) {
                    note_fault(faults, line, UNMATCHED);
                }
            }
            Token::Text(span) | Token::Data(span) if deeper == 0 => {
                let is_data = matches!(token, Token::Data(_));
                let path: Vec<&str> = open.iter().map(String::as_str).collect();
                note.add(&path, Part { span, is_data });
            }
            Token::Text(_) | Token::Data(_) => {}
        }
    }
}

impl Note {
    fn begin(&mut self, name: &str, is_outermost: bool) {
        self.is_joined |= is_outermost && name == "content" && !self.content.is_empty();
        if name == "resource" && self.media.len() < MOST_PARTS {
            self.media.push(Media::default());
        }
    }

    fn add(&mut self, path: &[&str], part: Part) {
        let media = self.media.last_mut();
        match path {
            ["title"] => first(&mut self.title, part),
            ["content"] => self.content.push(part),
            ["created"] => first(&mut self.created, part),
            ["updated"] => first(&mut self.updated, part),
            ["tag"] if self.tags.len() < MOST_PARTS => self.tags.push(part),
            ["note-attributes", "author"] => first(&mut self.author, part),
            ["note-attributes", "source"] => first(&mut self.origin, part),
            ["note-attributes", "source-url"] => first(&mut self.address, part),
            ["resource", "data"] => media.into_iter().for_each(|one| first(&mut one.data, part)),
            ["resource", "mime"] => media.into_iter().for_each(|one| first(&mut one.kind, part)),
            ["resource", "resource-attributes", "file-name"] => {
                media.into_iter().for_each(|one| first(&mut one.name, part));
            }
            _ => {}
        }
    }

    /// Whether its text holds the end of a note: that of its section is lost, and notes are in it that are none.
    pub(super) fn swallows(&self, source: &dyn Source) -> bool {
        let texts = self.content.iter().filter(|part| part.is_data);
        texts.into_iter().any(|part| {
            let bytes = source.bytes(part.span).unwrap_or_default();
            memmem::find(&bytes, b"</note>").is_some()
        })
    }

    /// Whether Evernote's clipper made it.
    pub(super) fn is_clip(&self, source: &dyn Source) -> bool {
        let origin = self.origin.and_then(|part| field(source, part));
        origin.is_some_and(|origin| origin.starts_with("web.clip"))
    }

    /// The names of what it brings that is no picture, by kind, in the order of the file.
    pub(super) fn named_files(&self, source: &dyn Source) -> Vec<(String, String)> {
        let named = |media: &Media| {
            let kind = field(source, media.kind?)?;
            let name = field(source, media.name?)?;
            (!kind.starts_with("image/")).then_some((kind, name))
        };
        self.media.iter().filter_map(named).collect()
    }
}

fn first(place: &mut Option<Part>, part: Part) {
    place.get_or_insert(part);
}

/// A text without the entities that stand in it. None where it can't be read, or is too long.
pub(super) fn text(source: &dyn Source, part: Part) -> Option<String> {
    let bytes = source.bytes(part.span).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    if part.is_data {
        return Some(text.into_owned());
    }
    // What is no entity of XML stays as it is written.
    Some(unescape(&text).map_or_else(|_| text.clone().into_owned(), |text| text.into_owned()))
}

/// A short text, trimmed.
fn field(source: &dyn Source, part: Part) -> Option<String> {
    let text = (part.span.length <= LONGEST_FIELD).then(|| text(source, part))??;
    Some(text.trim().to_owned())
}
