//! What a file is that may be a feed, told by its first and last bytes.

use super::code_units::CodeUnits;
use memchr::memmem;
use std::borrow::Cow;

/// The kinds of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xml,
    Json,
}

/// What stands where a feed was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoFeed {
    /// Nothing.
    Empty,
    /// A page that tells of an error.
    ErrorPage,
    /// A page that asks who is there.
    LoginPage,
    /// Another page.
    Page,
    /// Anything else.
    Other,
}

/// So many bytes of what stands before a document, which scripts print by mistake.
const MOST_BEFORE: usize = 2_000;

/// The kind of a feed that begins and ends with these bytes. Bytes are looked at as they are, since
/// every file of an archive is asked whether it is a feed. Catalogues of books (OPDS) are Atom too,
/// and hold no articles.
pub(super) fn kind(first: &[u8], last: impl FnOnce() -> Vec<u8>) -> Option<Kind> {
    let first = narrowed(first);
    if is_json(&first, last) {
        return Some(Kind::Json);
    }
    is_xml(&first).then_some(Kind::Xml)
}

/// The same for a file that is said to be a feed: something may stand before the document.
pub(super) fn kind_behind_text(first: &[u8], last: impl FnOnce() -> Vec<u8>) -> Option<Kind> {
    kind(first, last).or_else(|| {
        let first = narrowed(first);
        let begins: [&[u8]; 4] = [b"<?xml", b"<rss", b"<feed", b"<rdf:RDF"];
        let starts = begins
            .iter()
            .filter_map(|begin| memmem::find(&first, begin));
        let start = starts.min().filter(|&start| start <= MOST_BEFORE)?;
        is_xml(first.get(start..)?).then_some(Kind::Xml)
    })
}

/// A byte for each code unit, without the byte order mark.
fn narrowed(first: &[u8]) -> Cow<'_, [u8]> {
    match CodeUnits::of(first).narrowed(first) {
        Cow::Borrowed(first) => Cow::Borrowed(without_mark(first)),
        Cow::Owned(mut units) => {
            if units.first().is_some_and(|unit| !unit.is_ascii()) {
                units.remove(0);
            }
            Cow::Owned(units)
        }
    }
}

fn is_xml(first: &[u8]) -> bool {
    let Some((tag, rest)) = root_tag(first) else {
        return false;
    };
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
    let name = tag.split(is_end).next().unwrap_or_default();
    let local = name.rsplit(|&byte| byte == b':').next().unwrap_or(name);
    let has = |text: &[u8]| memmem::find(tag, text).is_some();
    match local.to_ascii_lowercase().as_slice() {
        b"rss" => true,
        b"feed" => !has(b"opds-spec.org"),
        // A single entry (RFC 4287, section 2).
        b"entry" => {
            (has(b"w3.org/2005/Atom") || has(b"purl.org/atom/ns#")) && !has(b"opds-spec.org")
        }
        b"rdf" => [&b"purl.org/rss/1.0"[..], b"netscape.com/rdf/simple"]
            .iter()
            .any(|name| has(name)),
        // CDF, and RSS without its frame.
        b"channel" => {
            let rest = rest.to_ascii_lowercase();
            [&b"<item"[..], b"<title", b"<abstract"]
                .iter()
                .any(|tag| memmem::find(&rest, tag).is_some())
        }
        _ => false,
    }
}

/// Whether some first bytes of a file are no more than comments and declarations, so that its root element follows.
pub(super) fn ends_in_prolog(first: &[u8]) -> bool {
    let first = narrowed(first);
    let begins = first.trim_ascii_start();
    (begins.starts_with(b"<?xml") || begins.starts_with(b"<!")) && root_tag(&first).is_none()
}

/// What stands between `<` and `>` of the root element's tag, and what follows it.
fn root_tag(first: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = first;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        rest = if rest.starts_with(b"?") {
            after(rest, b"?>")?
        } else if rest.starts_with(b"!--") {
            after(rest, b"-->")?
        } else if rest.starts_with(b"!DOCTYPE") && has_subset(rest) {
            behind_subset(rest)?
        } else if rest.starts_with(b"!") {
            after(rest, b">")?
        } else {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            return rest.split_at_checked(end);
        };
    }
}

/// A file's bytes without the byte order mark that they may begin with.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

fn after<'bytes>(bytes: &'bytes [u8], text: &[u8]) -> Option<&'bytes [u8]> {
    bytes.get(memmem::find(bytes, text)? + text.len()..)
}

/// What follows the `]` and `>` that end a document type declaration: its entities may hold others.
fn behind_subset(declaration: &[u8]) -> Option<&[u8]> {
    let mut ends = memchr::memchr_iter(b']', declaration);
    ends.find_map(|at| {
        let rest = declaration.get(at + 1..)?;
        rest.trim_ascii_start().strip_prefix(b">")
    })
}

/// Whether a document type declaration has a part in brackets (XML 1.0, section 2.8).
fn has_subset(declaration: &[u8]) -> bool {
    let end = memchr::memchr2(b'[', b'>', declaration);
    end.and_then(|at| declaration.get(at)) == Some(&b'[')
}

/// Whether a file is a JSON Feed: the one key that all of them should have names the version. Programs that
/// sort their keys write it behind the items; some leave it out, but name the feed's address.
fn is_json(first: &[u8], last: impl FnOnce() -> Vec<u8>) -> bool {
    let has = |bytes: &[u8], text: &[u8]| memmem::find(bytes, text).is_some();
    let has_version = |bytes: &[u8]| {
        has(bytes, b"://jsonfeed.org/version/") || has(bytes, b":\\/\\/jsonfeed.org\\/version\\/")
    };
    if !first.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let has_items = has(first, b"\"items\"");
    has_version(first) || (has_items && (has(first, b"\"feed_url\"") || has_version(&last())))
}

/// What stands where a feed was expected.
pub(super) fn no_feed(first: &[u8]) -> NoFeed {
    let first = narrowed(first);
    let first = first.trim_ascii();
    if first.is_empty() {
        return NoFeed::Empty;
    }
    let text = String::from_utf8_lossy(first).to_lowercase();
    let is_page =
        text.starts_with("<!doctype html") || (text.starts_with('<') && text.contains("<html"));
    if !is_page {
        return NoFeed::Other;
    }
    let title = text
        .split_once("<title")
        .and_then(|(_, rest)| rest.split_once('>'));
    let title = title
        .and_then(|(_, rest)| rest.split_once("</title"))
        .map_or("", |(title, _)| title);
    let has = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let asks = has(
        &["type=\"password\"", "type='password'", "type=password"],
        &text,
    );
    if asks
        || has(
            &[
                "log in",
                "login",
                "sign in",
                "登录",
                "登入",
                "connexion",
                "anmelden",
            ],
            title,
        )
    {
        NoFeed::LoginPage
    } else if has(&ERRORS, title)
        || (title.trim().is_empty() && has(&ERRORS, text.get(..2_000).unwrap_or(&text)))
    {
        NoFeed::ErrorPage
    } else {
        NoFeed::Page
    }
}

/// Words in the titles of pages that tell of errors.
const ERRORS: [&str; 22] = [
    "404",
    "403",
    "410",
    "500",
    "502",
    "503",
    "504",
    "520",
    "521",
    "522",
    "not found",
    "error",
    "forbidden",
    "access denied",
    "bad gateway",
    "unavailable",
    "just a moment",
    "attention required",
    "gone",
    "timed out",
    "找不到",
    "错误",
];
