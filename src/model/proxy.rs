//! Image proxies: which picture stands behind an address.

use super::{Address, Proxy, Sites};
use percent_encoding::percent_decode_str;

/// How many proxies may stand in front of each other; what lies deeper is left as it is.
const MAXIMUM_PROXIES: usize = 3;

/// The file name endings of pictures.
const PICTURE_ENDINGS: [&str; 10] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg", ".tif", ".tiff",
];

impl Sites {
    /// The picture's own address behind up to three image proxies; the address itself where there
    /// is none.
    ///
    /// An inner address without a scheme is read as `https`. One that was percent-encoded for the
    /// proxy is decoded once; one that has a query of its own, unencoded, takes all that follows.
    ///
    /// ```
    /// use offprint::model::{Address, Sites};
    /// let sites = Sites::builtin();
    /// let image = Address::parse("https://images.weserv.nl/?url=static.example/a.jpg");
    /// let origin = image.map(|image| sites.origin_of(&image));
    /// assert_eq!(
    ///     origin.as_ref().map(|origin| origin.as_str()),
    ///     Some("https://static.example/a.jpg")
    /// );
    /// ```
    pub fn origin_of(&self, address: &Address) -> Address {
        let mut origin = address.clone();
        for _ in 0..MAXIMUM_PROXIES {
            match self.unwrapped(&origin) {
                Some(inner) => origin = inner,
                None => break,
            }
        }
        origin
    }

    /// What one proxy stands for.
    fn unwrapped(&self, address: &Address) -> Option<Address> {
        if !address.is_web() {
            return None;
        }
        let host = address.host()?.trim_end_matches('.');
        self.proxies()
            .iter()
            .filter(|proxy| proxy.serves(host))
            .find_map(|proxy| proxy.inner(address))
            .filter(|inner| inner != address)
    }
}

impl Proxy {
    fn serves(&self, host: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|pattern| host_matches(pattern, host))
    }

    fn inner(&self, address: &Address) -> Option<Address> {
        let inner = match (&self.parameter, &self.path_after) {
            (Some(name), _) => parameter_address(address, name),
            (None, Some(marker)) => path_address(address, marker),
            (None, None) => None,
        }?;
        if self.hosts.is_empty() && !(has_scheme(&inner) && names_picture(&inner)) {
            return None;
        }
        absolute(&inner)
    }
}

/// Whether a host is one that a pattern like `i*.wp.com` means.
fn host_matches(pattern: &str, host: &str) -> bool {
    // Nearly all hosts end otherwise: what stands behind the last star is compared first.
    let mut rest = host.bytes().rev();
    for sign in pattern.bytes().rev() {
        if sign == b'*' {
            return matches_by_labels(pattern, host);
        }
        if !rest
            .next()
            .is_some_and(|byte| byte.eq_ignore_ascii_case(&sign))
        {
            return false;
        }
    }
    rest.next().is_none()
}

fn matches_by_labels(pattern: &str, host: &str) -> bool {
    let mut labels = host.split('.');
    pattern.split('.').all(|label| {
        labels
            .next()
            .is_some_and(|actual| label_matches(label, actual))
    }) && labels.next().is_none()
}

fn label_matches(pattern: &str, label: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern.eq_ignore_ascii_case(label);
    };
    let (middles, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inside = label
        .strip_prefix(start)
        .and_then(|left| left.strip_suffix(end));
    let found = inside.and_then(|inside| {
        middles.split('*').try_fold(inside, |left, part| {
            left.split_once(part).map(|(_, after)| after)
        })
    });
    found.is_some()
}

/// The inner address in a query parameter, decoded.
fn parameter_address(address: &Address, name: &str) -> Option<String> {
    let query = address.url().query()?;
    let mut rest = query;
    loop {
        if let Some(value) = rest
            .strip_prefix(name)
            .and_then(|value| value.strip_prefix('='))
        {
            let first = value.split('&').next().unwrap_or_default();
            // A question mark can only be the inner address's own: what follows is its query.
            let whole = if first.contains('?') { value } else { first };
            return Some(decoded(whole));
        }
        rest = rest.split_once('&')?.1;
    }
}

/// The inner address in the path behind a marker, with or without instructions to the proxy.
fn path_address(address: &Address, marker: &str) -> Option<String> {
    let url = address.url();
    let (_, rest) = url.path().split_once(marker)?;
    let with_query = |path: &str| match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
    if is_host(first) && !after.is_empty() {
        // Without a scheme it is the proxy that the query speaks to.
        return Some(rest.to_owned());
    }
    let inner = rest
        .split('/')
        .scan(0, |start, segment| {
            let here = *start;
            *start += segment.len() + 1;
            Some((here, segment))
        })
        .find(|(_, segment)| has_scheme(segment))
        .and_then(|(start, _)| rest.get(start..))?;
    if is_encoded(inner) {
        Some(decoded(inner))
    } else {
        Some(with_query(inner))
    }
}

/// Decodes once; what is not UTF-8 then stays encoded.
fn decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), |decoded| decoded.into_owned())
}

/// Whether the text begins like a web address, percent-encoded or not.
fn has_scheme(text: &str) -> bool {
    starts_with(text, "http:") || starts_with(text, "https:") || is_encoded(text)
}

fn is_encoded(text: &str) -> bool {
    starts_with(text, "http%3A") || starts_with(text, "https%3A")
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether the path of an address ends like a picture's file name.
fn names_picture(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    PICTURE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Whether the text looks like a host name or an address of four numbers, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    let labels: Vec<&str> = name.split('.').collect();
    let legal = labels.iter().all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let named = labels
        .last()
        .is_some_and(|last| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    let numbered = labels.len() == 4 && name.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    legal && labels.len() > 1 && (named || numbered) && port.bytes().all(|b| b.is_ascii_digit())
}

/// The web address that a proxy was given, in one of the forms that proxies take.
fn absolute(inner: &str) -> Option<Address> {
    let inner = inner.trim();
    if has_scheme(inner) {
        return Address::parse(inner).filter(Address::is_web);
    }
    let bare = inner.strip_prefix("ssl:").unwrap_or(inner);
    let bare = bare.strip_prefix("//").unwrap_or(bare);
    let end = bare.find(['/', '?', '#']).unwrap_or(bare.len());
    let (host, path) = bare.split_at_checked(end)?;
    let host = host.split(':').next().unwrap_or_default();
    if !path.starts_with('/') || !(is_plain_host(host) || is_any_host(host)) {
        return None;
    }
    Address::parse(&format!("https://{bare}"))
}

/// Whether a host is a name of several labels in small letters, digits and hyphens, which is what nearly all
/// are: it means itself, and need not be read twice.
fn is_plain_host(host: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    // One that ends in a number is an address, one with `xn--` has to be checked.
    last.starts_with(|c: char| c.is_ascii_lowercase())
        && host.bytes().all(is_plain)
        && !host.contains("xn--")
}

fn is_any_host(host: &str) -> bool {
    url::Host::parse(host).is_ok_and(|host| host.to_string().contains(['.', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_characters_of_one_label() {
        assert!(host_matches("i*.wp.com", "i2.wp.com"));
        assert!(host_matches("a*b*c.d", "axbyc.d"));
        assert!(host_matches("*.b.c", "a.b.c"));
        assert!(!host_matches("i*.wp.com", "widgets.wp.com"));
        assert!(!host_matches("*.c", "a.b.c"));
        assert!(!host_matches("a*a.c", "a.c"));
    }

    #[test]
    fn hosts_are_told_from_instructions() {
        for host in ["a.example", "10.0.0.1", "x.example:8080", "xn--a.b-c.org"] {
            assert!(is_host(host), "{host}");
        }
        for other in [
            "w_0.5",
            "1340x754",
            "fit-in",
            "a..b",
            "w_1,c_fill",
            "1.5",
            "filters:x(1)",
        ] {
            assert!(!is_host(other), "{other}");
        }
    }
}
