//! Which texts are IRIs (RFC 3987).

use super::hexadecimal_byte;

/// Whether a text begins with a scheme and has only characters that an IRI may have (RFC 3987).
pub(crate) fn is_iri(text: &str) -> bool {
    let is_legal = |c: char| match c {
        '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' => false,
        '\0'..='\x7F' => c.is_ascii_graphic(),
        _ => !(c.is_whitespace() || c.is_control() || is_apart(c)),
    };
    let has_scheme = text.split_once(':').is_some_and(|(scheme, _)| {
        let of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(of_scheme)
    });
    let mut encodings = text.split('%').skip(1);
    has_scheme
        && has_brackets_at_host_only(text)
        && text.bytes().filter(|&byte| byte == b'#').count() <= 1
        && text.chars().all(is_legal)
        && encodings.all(|digits| hexadecimal_byte(digits.as_bytes()).is_some())
}

/// Whether a character is for private use, a mark of language or of no use at all: none is part of an
/// IRI (RFC 3987, section 2.2; in a query it could be one for private use, which tells nobody anything).
fn is_apart(c: char) -> bool {
    let is_noncharacter = u32::from(c) & 0xFFFE == 0xFFFE;
    is_noncharacter
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..)
}

/// Whether brackets stand around an IP address that is the host, if anywhere (RFC 3986, section 3.2.2).
fn has_brackets_at_host_only(text: &str) -> bool {
    let is_bracket = |byte: &u8| matches!(byte, b'[' | b']');
    let brackets = text.bytes().filter(is_bracket).count();
    if brackets == 0 {
        return true;
    }
    let authority = text.split_once("://").map(|(_, rest)| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or_default();
        authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host)
    });
    let is_ip = |host: &str| {
        let inner = host.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        inner.is_some_and(|(inner, after)| {
            inner.parse::<std::net::Ipv6Addr>().is_ok() && !after.contains(['[', ']'])
        })
    };
    brackets == 2 && authority.is_some_and(is_ip)
}

#[cfg(test)]
mod tests {
    use super::is_iri;

    #[test]
    fn what_may_be_an_iri() {
        for text in [
            "https://example.org/a?b=%2f#c",
            "https://[::1]:8/a",
            "urn:uuid:1",
            "tag:example.org,2020:灯",
        ] {
            assert!(is_iri(text), "{text}");
        }
        for text in [
            "",
            "no scheme",
            "/a:b",
            "1a:b",
            ":b",
            "a:b c",
            "a:%",
            "a:%4",
            "a:%+f",
            "a:<b>",
            "https://example.org/a[1]",
            "https://example.org/?a[]=1",
            "https://[::1]/a[1]",
            "https://[x]/",
            "https://example.org/#a#b",
        ] {
            assert!(!is_iri(text), "{text}");
        }
    }
}
