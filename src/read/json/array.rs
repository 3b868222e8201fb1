//! Where the elements of an array in JSON begin and end, told from braces, brackets and quotation marks,
//! however long the array is.

use crate::read::places::{End, Fault, ItemPlace, Passage, note_fault};
use crate::read::source::bytes_at;
use crate::read::source::cursor::Cursor;
use crate::read::{Source, Span};
use std::io;

/// The most bytes that are read before the elements, each time that one is loaded: heads have some
/// hundreds.
const LONGEST_HEAD: u64 = 1_000_000;

/// The most bytes that are read behind the elements, and how often the beginning of an object is looked
/// for there in vain.
const LONGEST_TAIL: u64 = 16_000;
const MOST_TRIED: usize = 4;

/// Which array of a file is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Array {
    /// The file is one.
    Outermost,
    /// A member of the outermost object, by one of these names.
    Named(&'static [&'static str]),
    /// The first of a name, whatever it stands in.
    Within(&'static str),
}

/// What matters in JSON (RFC 8259) for telling where a value ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Open(u8),
    Close(u8),
    /// A string, and whether it is the array's name.
    String(bool),
}

/// Gives each element that is an object or an array to `each`.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn items(
    source: &dyn Source,
    array: Array,
    each: &mut dyn FnMut(ItemPlace),
) -> io::Result<Passage> {
    let mut cursor = Cursor::new(source);
    let mut faults = Vec::new();
    let Some(outside) = seek(&mut cursor, array)? else {
        return Ok(Passage::to(End::Whole, faults));
    };
    let mut depth = 0_usize;
    let mut item = (0, 0);
    // Whether this is within an object whose opening brace is lost.
    let mut is_headless = false;
    loop {
        let Some((start, line, sign)) = next_sign(&mut cursor, array)? else {
            let cut = (depth > 0 && !is_headless).then(|| ItemPlace {
                span: Span {
                    start: item.0,
                    length: source.length().saturating_sub(item.0),
                },
                line: item.1,
            });
            let line = cut.as_ref().map(|item| item.line);
            return Ok(Passage {
                cut,
                ..Passage::to(End::Cut(line), faults)
            });
        };
        match sign {
            Sign::Open(_) => {
                if depth == 0 {
                    item = (start, line);
                }
                depth += 1;
            }
            Sign::Close(b'}') if depth == 0 => {
                if !std::mem::take(&mut is_headless) {
                    note_fault(&mut faults, line, HEADLESS);
                }
            }
            Sign::Close(_) if depth == 0 => return behind(&mut cursor, array, outside, faults),
            Sign::Close(_) => {
                depth -= 1;
                if depth == 0 && !is_headless {
                    each(ItemPlace {
                        span: Span {
                            start: item.0,
                            length: cursor.position() - item.0,
                        },
                        line: item.1,
                    });
                }
            }
            Sign::String(_) => {
                if depth == 0 && !is_headless && is_key(&mut cursor)? {
                    is_headless = true;
                    note_fault(&mut faults, line, HEADLESS);
                }
            }
        }
    }
}

const HEADLESS: &str = "the beginning of an item is lost here, and the item is left out";
const BEHIND: &str = "more stands here behind the end of the items, and is not read";

/// Goes over what stands behind the array, within so many braces and brackets: items there mean that it was
/// closed too early.
fn behind(
    cursor: &mut Cursor<'_>,
    array: Array,
    outside: usize,
    mut faults: Vec<Fault>,
) -> io::Result<Passage> {
    let mut depth = outside;
    let mut is_named = false;
    while let Some((_, line, sign)) = next_sign(cursor, array)? {
        let is_more = depth == 0 || depth == outside && !is_named && matches!(sign, Sign::Open(_));
        if is_more {
            note_fault(&mut faults, line, BEHIND);
            return Ok(Passage::to(End::Whole, faults));
        }
        match sign {
            Sign::Open(_) => depth += 1,
            Sign::Close(_) => depth -= 1,
            Sign::String(_) => {}
        }
        is_named = matches!(sign, Sign::String(_)) && is_key(cursor)?;
    }
    let end = match depth {
        0 => End::Whole,
        _ => End::Cut(None),
    };
    Ok(Passage::to(end, faults))
}

/// Where what stands before the elements lies.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn head(source: &dyn Source, array: Array) -> io::Result<Span> {
    let mut cursor = Cursor::new(source);
    seek(&mut cursor, array)?;
    let length = cursor.position().min(LONGEST_HEAD);
    Ok(Span { start: 0, length })
}

/// What stands behind the elements: the end of the file, from a comma behind a bracket on with which the rest
/// is an object. Programs that sort their keys write the title there.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn tail(source: &dyn Source) -> io::Result<Option<serde_json::Value>> {
    let length = source.length().min(LONGEST_TAIL);
    let start = source.length() - length;
    let bytes = bytes_at(source, start, usize::try_from(length).unwrap_or(0))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut tried = 0;
    let mut found = None;
    for (at, _) in text.rmatch_indices(']') {
        let rest = text.get(at + 1..).unwrap_or_default().trim_start();
        let Some(rest) = rest.strip_prefix(',') else {
            continue;
        };
        match serde_json::from_str(&format!("{{{rest}")) {
            Ok(object) => found = Some(object),
            // Further up, the brackets and braces do not match either.
            Err(_) => tried += 1,
        }
        if tried > MOST_TRIED {
            break;
        }
    }
    Ok(found)
}

/// Goes behind the bracket that opens the array; gives in how many braces and brackets that stands, where there is
/// one.
fn seek(cursor: &mut Cursor<'_>, array: Array) -> io::Result<Option<usize>> {
    let is_deep_enough = |depth: usize| match array {
        Array::Outermost => depth == 0,
        Array::Named(_) => depth == 1,
        Array::Within(_) => depth > 0,
    };
    let mut depth = 0_usize;
    let mut is_named = array == Array::Outermost;
    while let Some((_, _, sign)) = next_sign(cursor, array)? {
        match sign {
            Sign::Open(b'[') if is_deep_enough(depth) && is_named => return Ok(Some(depth)),
            Sign::Open(_) => depth += 1,
            Sign::Close(_) => depth = depth.saturating_sub(1),
            Sign::String(_) => {}
        }
        is_named = is_deep_enough(depth) && sign == Sign::String(true);
    }
    Ok(None)
}

/// Passes over the next sign; gives where it begins, and on which line.
fn next_sign(cursor: &mut Cursor<'_>, array: Array) -> io::Result<Option<(u64, u32, Sign)>> {
    loop {
        let Some(&byte) = cursor.peek(1)?.first() else {
            return Ok(None);
        };
        let place = (cursor.position(), cursor.line());
        match byte {
            b'{' | b'[' => {
                cursor.advance(1);
                return Ok(Some((place.0, place.1, Sign::Open(byte))));
            }
            b'}' | b']' => {
                cursor.advance(1);
                return Ok(Some((place.0, place.1, Sign::Close(byte))));
            }
            b'"' => {
                let is_name = is_name(cursor, array)?;
                if !pass_string(cursor)? {
                    return Ok(None);
                }
                return Ok(Some((place.0, place.1, Sign::String(is_name))));
            }
            _ => cursor.advance(1),
        }
    }
}

/// Whether the string that begins here is the array's name.
fn is_name(cursor: &mut Cursor<'_>, array: Array) -> io::Result<bool> {
    let names = match array {
        Array::Outermost => return Ok(false),
        Array::Named(names) => names,
        Array::Within(name) => &[name][..],
    };
    for name in names {
        let quoted = cursor.peek(name.len() + 2)?;
        let inner = quoted
            .strip_prefix(b"\"")
            .and_then(|rest| rest.strip_suffix(b"\""));
        if inner == Some(name.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How much of the white space behind a string is looked past.
const SPACE_AHEAD: usize = 64;

/// Whether the string that ends here is the name of a member.
fn is_key(cursor: &mut Cursor<'_>) -> io::Result<bool> {
    let ahead = cursor.peek(SPACE_AHEAD)?;
    Ok(ahead.trim_ascii_start().starts_with(b":"))
}

/// Whether the quotation mark that stands before the position ends a string: only so much may follow in JSON. One
/// that was not escaped, or that has lost its partner, then costs the item that it stands in, and none behind it.
fn ends_string(cursor: &mut Cursor<'_>) -> io::Result<bool> {
    let ahead = cursor.peek(SPACE_AHEAD)?;
    let next = ahead.trim_ascii_start().first();
    Ok(next.is_none_or(|byte| b",:}]".contains(byte)))
}

/// Passes over a string; says whether it ends.
fn pass_string(cursor: &mut Cursor<'_>) -> io::Result<bool> {
    cursor.advance(1);
    loop {
        // `memchr` looks for three bytes at once; there are only two to look for.
        match cursor.seek_any([b'"', b'\\', b'"'])? {
            None => return Ok(false),
            Some(b'"') => {
                cursor.advance(1);
                if ends_string(cursor)? {
                    return Ok(true);
                }
            }
            Some(_) => {
                // What a backslash escapes does not end the string, whatever it is (RFC 8259, section 7).
                cursor.peek(2)?;
                cursor.advance(2);
            }
        }
    }
}
