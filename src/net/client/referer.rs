//! What a request says of the page that it is sent for.
//!
//! Browsers' default policy, `strict-origin-when-cross-origin` (W3C Referrer Policy, section 3.7;
//! RFC 9110, section 10.1.3): a server learns which of its own pages shows something, another server
//! only which site does, and nothing goes from `https` to `http`, where everyone on the way reads it.

use crate::model::Address;
use url::Url;

/// The longest address that is sent; a longer one is cut to its origin (section 8.3).
const LONGEST: usize = 4096;

/// The `Referer` of a request to `target` for the page `from`; none where nothing may be said.
pub(super) fn referer(from: &Address, target: &Url) -> Option<String> {
    let page = from.url();
    if !matches!(page.scheme(), "http" | "https") {
        return None;
    }
    if page.origin() == target.origin() {
        // An address names no user (`Address`), so only the fragment is left to go.
        let whole = from.without_fragment();
        if whole.len() <= LONGEST {
            return Some(whole.to_owned());
        }
    } else if page.scheme() == "https" && target.scheme() != "https" {
        return None;
    }
    Some(format!("{}/", page.origin().ascii_serialization()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(from: &str, target: &str) -> Option<String> {
        referer(&Address::parse(from).unwrap(), &Url::parse(target).unwrap())
    }

    #[test]
    fn fault_10_other_servers_learn_the_origin_only_and_http_nothing_of_https() {
        let page = "https://user:x@news.example/secret?token=abc#part";
        let whole = Some("https://news.example/secret?token=abc".to_owned());
        let origin = Some("https://news.example/".to_owned());
        for (target, expected) in [
            ("https://news.example/x.jpg", &whole),
            ("https://news.example:443/x.jpg", &whole),
            ("https://news.example:8443/x.jpg", &origin),
            ("https://img.news.example/x.jpg", &origin),
            ("https://other.example/x.jpg", &origin),
            ("http://news.example/x.jpg", &None),
            ("http://other.example/x.jpg", &None),
        ] {
            assert_eq!(&said(page, target), expected, "{target}");
        }
        let plain = "http://news.example:8080/a?b#c";
        let origin = Some("http://news.example:8080/".to_owned());
        for (target, expected) in [
            (
                "http://news.example:8080/x",
                Some("http://news.example:8080/a?b".to_owned()),
            ),
            ("http://news.example/x", origin.clone()),
            ("https://news.example/x", origin),
        ] {
            assert_eq!(said(plain, target), expected, "{target}");
        }
        let long = format!("https://news.example/{}", "a".repeat(LONGEST));
        assert_eq!(
            said(&long, "https://news.example/x").unwrap(),
            "https://news.example/"
        );
    }
}
