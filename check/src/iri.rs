//! Internationalized addresses by their grammar (RFC 3987, section 2.2), and no more lenient than it:
//! what browsers mend is no address in a feed.

use std::net::Ipv6Addr;

/// Whether a text is an IRI: absolute, with or without a fragment.
pub(super) fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let (rest, fragment) = parted(rest, '#');
    let (hierarchy, query) = parted(rest, '?');
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", hierarchy),
    };
    is_scheme(scheme)
        && is_authority(authority)
        && consists_of(path, |c| is_path(c) || c == '/')
        && consists_of(query, |c| is_path(c) || "/?".contains(c) || is_private(c))
        && consists_of(fragment, |c| is_path(c) || "/?".contains(c))
}

fn parted(text: &str, mark: char) -> (&str, &str) {
    text.split_once(mark).unwrap_or((text, ""))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_authority(text: &str) -> bool {
    let (user, rest) = text.rsplit_once('@').unwrap_or(("", text));
    let (is_host, after) = match rest.strip_prefix('[') {
        Some(inner) => match inner.split_once(']') {
            Some((literal, after)) => (is_literal(literal), after),
            None => return false,
        },
        None => {
            let (name, after) = rest.split_at(rest.find(':').unwrap_or(rest.len()));
            (consists_of(name, is_name), after)
        }
    };
    let port = after.strip_prefix(':').unwrap_or(after);
    let has_port = after.is_empty() || after.starts_with(':');
    is_host
        && has_port
        && port.chars().all(|c| c.is_ascii_digit())
        && consists_of(user, |c| is_name(c) || c == ':')
}

/// An address of the version 6, or of one to come (RFC 3986, section 3.2.2).
fn is_literal(text: &str) -> bool {
    let future = |rest: &str| {
        rest.split_once('.').is_some_and(|(version, address)| {
            let is_version = |c: char| c.is_ascii_hexdigit();
            let is_part = |c: char| c.is_ascii() && (is_name(c) || c == ':');
            !version.is_empty()
                && version.chars().all(is_version)
                && !address.is_empty()
                && address.chars().all(is_part)
        })
    };
    text.parse::<Ipv6Addr>().is_ok() || text.strip_prefix(['v', 'V']).is_some_and(future)
}

/// Whether a part has only characters of a kind, and bytes that are percent-encoded.
fn consists_of(text: &str, is_of_kind: impl Fn(char) -> bool) -> bool {
    let mut parts = text.split('%');
    let plain = |part: &str| part.chars().all(&is_of_kind);
    parts.next().is_none_or(plain)
        && parts.all(|part| {
            part.split_at_checked(2).is_some_and(|(digits, rest)| {
                digits.chars().all(|c| c.is_ascii_hexdigit()) && plain(rest)
            })
        })
}

/// `ipchar`, without what is percent-encoded.
fn is_path(c: char) -> bool {
    is_name(c) || ":@".contains(c)
}

/// `iunreserved` and `sub-delims`.
fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c) || is_international(c)
}

/// `ucschar`: from U+10000 all of each plane but its last two characters, but not the first thousand
/// of the plane of marks.
fn is_international(c: char) -> bool {
    match c {
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        '\u{10000}'..='\u{DFFFF}' | '\u{E1000}'..='\u{EFFFD}' => u32::from(c) & 0xFFFE != 0xFFFE,
        _ => false,
    }
}

/// `iprivate`.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_grammar_allows_is_an_iri_and_nothing_else() {
        for text in [
            "https://example.org",
            "https://example.org:/a;b=c,d/é?x=1&y",
            "https://例え.jp/%E4%BE%8B?q=\u{E000}#特",
            "https://user:word@[::1]:8080/",
            "https://[v1.a:b]/",
            "urn:uuid:1",
            "tag:example.org,2020:灯",
            "mailto:a@b.example",
            "a:",
        ] {
            assert!(is_iri(text), "{text}");
        }
        for text in [
            "",
            "a",
            "//example.org/",
            "1a:b",
            "https://example.org/a[1]",
            "https://example.org/?a[]=1",
            "https://example.org/#a#b",
            "https://example.org/a b",
            "https://example.org/a|b",
            "https://example.org/{a}",
            "https://example.org/a^b`",
            "https://example.org/<a>",
            "https://example.org/a\\b",
            "https://example.org/\"",
            "https://example.org/%",
            "https://example.org/%4",
            "https://example.org/%é9",
            "https://example.org/\u{85}",
            "https://example.org/\u{E000}",
            "https://example.org/\u{FFFE}",
            "https://example.org/#\u{E000}",
            "https://[x]/",
            "https://[::1/",
            "https://[::1]x/",
            "https://a:b/",
            "https://a@b@c/",
        ] {
            assert!(!is_iri(text), "{text}");
        }
    }
}
