//! Messages within a message: those that were sent on as they are, and those of a digest.

use super::mailbox;
use crate::read::{Locator, Span};
use mailparse::ParsedMail;
use mailparse::body::Body;

/// The most messages of one.
const MOST: usize = 200;

/// Where the messages within a message lie in the file, with their lines, and how many have no place of
/// their own, since they are coded. `bytes` are the message's as the file has them, `plain` as it was sent.
pub(super) fn places(
    mail: &ParsedMail<'_>,
    plain: &[u8],
    bytes: &[u8],
    at: &Locator,
) -> (Vec<(Span, u32)>, usize) {
    let messages: Vec<&[u8]> = mail
        .parts()
        .filter(|part| is_message(part))
        .map(raw)
        .collect();
    let is_marked = plain.len() != bytes.len();
    let place = |plain: usize| match is_marked {
        true => before_marks(bytes, plain),
        false => plain,
    };
    let mut places = Vec::new();
    for message in messages
        .iter()
        .filter(|message| !message.is_empty())
        .take(MOST)
    {
        let start = message.as_ptr().addr().checked_sub(plain.as_ptr().addr());
        let Some(start) = start.filter(|start| *start < plain.len()) else {
            continue;
        };
        let (start, end) = (place(start), place(start.saturating_add(message.len())));
        let before = bytes.get(..start).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', before).count();
        let span = Span {
            start: at.span.start.saturating_add(start as u64),
            length: end.saturating_sub(start) as u64,
        };
        let line = at
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        places.push((span, line));
    }
    let coded = messages.len() - places.len();
    (places, coded)
}

/// The place in a mailbox's message of a place in the message as it was sent.
fn before_marks(bytes: &[u8], plain: usize) -> usize {
    let (mut own, mut sent) = (0, 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let mark = usize::from(mailbox::is_marked(line));
        let length = line.len() - mark;
        if sent + length > plain {
            return own + mark + plain.saturating_sub(sent);
        }
        own += line.len();
        sent += length;
    }
    own
}

fn is_message(part: &ParsedMail<'_>) -> bool {
    part.subparts.is_empty()
        && ["message/rfc822", "message/global"].contains(&part.ctype.mimetype.as_str())
}

/// A message's bytes where they stand as they are; nothing where they are coded.
fn raw<'mail>(part: &'mail ParsedMail<'_>) -> &'mail [u8] {
    match part.get_body_encoded() {
        Body::SevenBit(body) | Body::EightBit(body) => body.get_raw(),
        Body::Binary(body) => body.get_raw(),
        Body::Base64(_) | Body::QuotedPrintable(_) => &[],
    }
}
