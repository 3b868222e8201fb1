//! Addresses that stand bare in a text become links, as GitHub makes them (GFM, section 6.9).

use super::rewrite::Edits;
use super::shield::Shield;
use memchr::memmem;

/// Finds the addresses that are not in a link, in code or in HTML.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    while let Some(found) = text.as_bytes().get(from..).and_then(next) {
        let start = from + found;
        from = start + 1;
        if let Some(end) = shield.end_at(start) {
            from = end.max(from);
            continue;
        }
        let scheme = text.get(start..).unwrap_or_default();
        let before = text
            .get(..start)
            .and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '<' | '"' | '=' | '/')) {
            continue;
        }
        let length = length_of(scheme);
        let end = start + length;
        if length > "https://".len() && !shield.is_taken(end) {
            let address = text.get(start..end).unwrap_or_default();
            if scheme.starts_with("www.") {
                edits.replace(start..end, format!("[{address}](http://{address})"));
            } else {
                edits.replace(start..end, format!("<{address}>"));
            }
        }
        from = end.max(from);
    }
}

/// Where the next address may begin.
fn next(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let found = from + memchr::memchr2(b'h', b'w', bytes.get(from..)?)?;
        let rest = bytes.get(found..)?;
        if rest.starts_with(b"http://") || rest.starts_with(b"https://") || is_host(rest) {
            return Some(found);
        }
        from = found + 1;
    }
}

fn is_host(rest: &[u8]) -> bool {
    rest.starts_with(b"www.")
        && rest.get(4).is_some_and(u8::is_ascii_alphanumeric)
        && memmem::find(rest.get(4..rest.len().min(80)).unwrap_or_default(), b".").is_some()
}

/// How long an address is: up to a space or a character that no address has unescaped, without the
/// marks that end sentences. What East Asian texts put behind an address is none of it.
fn length_of(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || !c.is_ascii() || "<>\"`|\\^{}[]".contains(c)
    };
    let mut address = text
        .get(..text.find(ends).unwrap_or(text.len()))
        .unwrap_or_default();
    let (mut opened, mut closed) = (address.matches('(').count(), address.matches(')').count());
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'']);
        let unpaired = trimmed.ends_with(')') && closed > opened;
        let next = if unpaired {
            trimmed.strip_suffix(')').unwrap_or(trimmed)
        } else {
            trimmed
        };
        if next.len() == address.len() {
            return address.len();
        }
        closed -= usize::from(unpaired);
        opened = opened.min(address.len());
        address = next;
    }
}
