//! Cookies of one exchange: some servers set one, lead on or back to the same place, and show what was asked
//! for only to who brings it. They are forgotten with the exchange, and go to no other host.

use crate::net::host_key;
use ureq::http::HeaderMap;
use ureq::http::header::SET_COOKIE;
use url::Url;

/// The most cookies, and the longest of them, in bytes (RFC 6265, section 6.1, asks for more of both; an
/// exchange is short).
const MOST: usize = 20;
const LONGEST: usize = 2048;

#[derive(Debug, Default)]
pub(super) struct Cookies {
    /// Host, name, value.
    set: Vec<(String, String, String)>,
    version: u32,
}

impl Cookies {
    /// Takes what a server sets.
    pub fn note(&mut self, url: &Url, head: &HeaderMap) {
        let host = host_key(url);
        for value in head.get_all(SET_COOKIE) {
            let Some((name, value)) = value.to_str().ok().and_then(pair) else {
                continue;
            };
            let is_it = |one: &(String, String, String)| one.0 == host && one.1 == name;
            if self.set.iter().any(|one| is_it(one) && one.2 == value) {
                continue;
            }
            self.set.retain(|one| !is_it(one));
            if self.set.len() < MOST {
                self.set
                    .push((host.clone(), name.to_owned(), value.to_owned()));
                self.version += 1;
            }
        }
    }

    /// What a server is sent, where it set anything.
    pub fn header(&self, url: &Url) -> Option<String> {
        let host = host_key(url);
        let own = self.set.iter().filter(|one| one.0 == host);
        let pairs: Vec<String> = own
            .map(|(_, name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Another one whenever there is something new.
    pub fn version(&self) -> u32 {
        self.version
    }
}

/// Name and value of a cookie, where both can stand in a header.
fn pair(set: &str) -> Option<(&str, &str)> {
    let (name, value) = set.split(';').next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let is_sendable = |text: &str| text.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
    let fits = !name.is_empty() && name.len() + value.len() <= LONGEST;
    (fits && is_sendable(name) && is_sendable(value)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::http::HeaderValue;

    #[test]
    fn cookies_go_back_to_their_host_only() {
        let mut cookies = Cookies::default();
        let url = |text: &str| Url::parse(text).unwrap();
        let mut head = HeaderMap::new();
        for value in ["a=1; Path=/; Secure", "b=x=y", "=no", "bad=\u{7f}", "none"] {
            head.append(
                SET_COOKIE,
                HeaderValue::from_bytes(value.as_bytes()).unwrap_or(HeaderValue::from_static("z")),
            );
        }
        cookies.note(&url("https://a.example/1"), &head);
        let version = cookies.version();
        assert_eq!(
            cookies.header(&url("https://a.example/2")).as_deref(),
            Some("a=1; b=x=y")
        );
        assert_eq!(cookies.header(&url("https://b.example/2")), None);
        cookies.note(&url("https://a.example/1"), &head);
        assert_eq!(cookies.version(), version, "nothing is new");
    }
}
