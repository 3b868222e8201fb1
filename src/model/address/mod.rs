//! Addresses: absolute, resolved, and made of characters that every output takes.

mod encoding;
mod host;
mod iri;

pub(crate) use encoding::{decode_some, hexadecimal_byte};
pub(crate) use iri::is_iri;

use encoding::{decode_unreserved, strict};
use std::fmt;
use url::{Position, Url};

/// An absolute address with a scheme that a reader may follow (`http`, `https`, `mailto`, `tel`,
/// `ftp`, `magnet` …), never one that runs or reads something (`javascript:`, `data:`, `file:`).
///
/// International characters are percent-encoded, so the text is a valid URI (RFC 3986) and needs
/// no more than XML escaping. It holds no user name and no password (section 3.2.1): what is
/// written with an address is published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Url);

/// Removes the name and the password of a user, if there are any.
pub(crate) fn forget_user(url: &mut Url) {
    if !url.username().is_empty() || url.password().is_some() {
        // This can't fail where there is a user.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
}

/// Schemes that lead a reader somewhere and run nothing.
const SAFE_SCHEMES: [&str; 10] = [
    "http", "https", "mailto", "tel", "ftp", "magnet", "sms", "geo", "news", "xmpp",
];

impl Address {
    /// Reads an absolute address; white space around it is ignored.
    ///
    /// ```
    /// use offprint::model::Address;
    /// assert!(Address::parse("https://example.org/特").is_some());
    /// assert!(Address::parse("JaVa\tscript:alert(1)").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Url::parse(text.trim()).ok().and_then(Self::from_url)
    }

    /// Resolves a reference as a browser would on the page at `self`.
    ///
    /// ```
    /// use offprint::model::Address;
    /// let page = Address::parse("https://example.org/a/b.html");
    /// let image = page.and_then(|page| page.join("//i.example/x.png"));
    /// assert_eq!(image.as_ref().map(|image| image.as_str()), Some("https://i.example/x.png"));
    /// ```
    pub fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        self.0.join(reference).ok().and_then(Self::from_url)
    }

    /// Takes a parsed address if its scheme is safe and it names a host where it must.
    pub fn from_url(mut url: Url) -> Option<Self> {
        forget_user(&mut url);
        let web = matches!(url.scheme(), "http" | "https" | "ftp");
        let named = !web || url.host_str().is_some_and(|host| !host.is_empty());
        if !named || !SAFE_SCHEMES.contains(&url.scheme()) {
            return None;
        }
        match strict(&url) {
            Some(text) => Url::parse(&text).ok().map(Address),
            None => Some(Address(url)),
        }
    }

    /// The address as text, in ASCII.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The parsed form.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The host in lower case, without a port.
    pub fn host(&self) -> Option<&str> {
        self.0.host_str()
    }

    /// Whether the scheme is `http` or `https`.
    pub fn is_web(&self) -> bool {
        matches!(self.0.scheme(), "http" | "https")
    }

    /// Scheme, host and port: the site that the address belongs to.
    pub fn site(&self) -> Option<Address> {
        let mut site = self.0.clone();
        site.set_path("/");
        site.set_query(None);
        site.set_fragment(None);
        self.is_web().then_some(Address(site))
    }

    /// The fragment without its `#`, as written.
    pub fn fragment(&self) -> Option<&str> {
        self.0.fragment()
    }

    /// The address of a place on this page, by what links on the page call it. None where the page's
    /// own fragment is a route, which the name would stand in the place of, and none of a long address:
    /// a text with many links would be as long as the address times their number.
    ///
    /// ```
    /// use offprint::model::Address;
    /// let page = Address::parse("https://example.org/tides#top");
    /// let note = page.and_then(|page| page.place("fn1"));
    /// assert_eq!(note.as_ref().map(|note| note.as_str()), Some("https://example.org/tides#fn1"));
    /// ```
    pub fn place(&self, name: &str) -> Option<Address> {
        let has_places = self.route().is_none() && self.as_str().len() <= Address::LONGEST_BASE;
        has_places.then(|| self.join(&format!("#{name}")))?
    }

    /// The longest address in bytes that references are relative to. Each link carries a copy of most
    /// of it, so that a long one would make a text as large as its length times the number of its links.
    pub(crate) const LONGEST_BASE: usize = 4096;

    /// A fragment that tells pages apart which a script puts together.
    fn route(&self) -> Option<&str> {
        self.0
            .fragment()
            .filter(|fragment| fragment.starts_with(['/', '!']))
    }

    /// The address without its fragment.
    pub fn without_fragment(&self) -> &str {
        &self.0[..Position::AfterQuery]
    }

    /// One form for addresses that mean the same page, for comparison only: no scheme, no default
    /// port, no fragment unless it is a route (`#/…`, `#!…`), no tracking parameters, no final slash, percent-encoding in one case and
    /// only where it is needed.
    ///
    /// ```
    /// use offprint::model::Address;
    /// let key = |text| Address::parse(text).map(|address| address.comparison_key());
    /// assert_eq!(key("http://a.example/%e7%89%b9/?utm_source=x#top"), key("https://a.example:443/特"));
    /// ```
    pub fn comparison_key(&self) -> String {
        if !self.is_web() {
            return self.0.as_str().to_owned();
        }
        let path = decode_unreserved(self.0.path());
        let mut key = String::with_capacity(self.0.as_str().len());
        key.push_str(self.0.host_str().unwrap_or_default().trim_end_matches('.'));
        if let Some(port) = self.0.port().filter(|port| !matches!(port, 80 | 443)) {
            key.push_str(&format!(":{port}"));
        }
        key.push_str(path.trim_end_matches('/'));
        let parameters: Vec<String> = self
            .0
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(pair))
            .map(decode_unreserved)
            .collect();
        if !parameters.is_empty() {
            key.push('?');
            key.push_str(&parameters.join("&"));
        }
        if let Some(route) = self.route() {
            key.push('#');
            key.push_str(&decode_unreserved(route));
        }
        key
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Whether a query parameter only says where the reader came from.
fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || name.starts_with("at_custom")
        || matches!(
            name.as_str(),
            "fbclid"
                | "gclid"
                | "dclid"
                | "msclkid"
                | "mc_cid"
                | "mc_eid"
                | "igshid"
                | "yclid"
                | "_ga"
                | "spm"
        )
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn every_address_is_a_uri() {
        let written = |text| Address::parse(text).map(|address| address.to_string());
        for (text, expected) in [
            (
                "https://a.example/?t=a|b[1]",
                "https://a.example/?t=a%7Cb%5B1%5D",
            ),
            ("https://[::1]/x^y#a#b", "https://[::1]/x%5Ey#a%23b"),
            (
                "https://a.example/100%/%zz/%E7",
                "https://a.example/100%25/%25zz/%E7",
            ),
            ("mailto:a b@a.example", "mailto:a%20b@a.example"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn active_and_local_schemes_are_no_addresses() {
        for text in [
            "javascript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:x",
            "intent:x",
            "vbscript:x",
            "/a",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn reserved_characters_keep_their_encoding() {
        let key = |text| Address::parse(text).map(|address| address.comparison_key());
        assert_ne!(key("https://a.example/x%2Fy"), key("https://a.example/x/y"));
        assert_eq!(key("https://a.example/%7Ex"), key("https://a.example/~x"));
    }

    #[test]
    fn a_fragment_is_of_no_matter_unless_it_is_a_route() {
        let key = |text| Address::parse(text).map(|address| address.comparison_key());
        assert_eq!(key("https://a.example/x#top"), key("https://a.example/x"));
        assert_ne!(key("https://a.example/#/1"), key("https://a.example/#/2"));
        assert_ne!(key("https://a.example/#!1"), key("https://a.example/"));
    }
}
