//! The guard against server-side request forgery (SSRF): only public hosts may be asked, at the
//! web's own ports.
//!
//! An archive is untrusted, and so is what a server redirects to: without this, an article could
//! make the program ask a router, a neighbour's service or a cloud's metadata server. Names are
//! checked by what they resolve to, and the connection is made to the very address that was checked.
//! Where private hosts are allowed, link-local addresses and metadata servers still are not: no
//! content comes from there.

use super::FetchError;
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{self, NextTimeout};
use url::{Host, Url};

/// Which hosts and ports may be asked.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// Whether private hosts and any port are allowed.
    private: bool,
    /// The host of the proxy, which the user chose.
    proxy: Option<String>,
}

/// The name resolved to no address that may be asked.
#[derive(Debug)]
pub(super) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("its host is not on the public internet")
    }
}

impl Error for NotPublic {}

impl Guard {
    /// A guard that lets by private hosts and any port, or only public hosts and the web's ports;
    /// the proxy's host, if there is one, in any case.
    pub fn new(private: bool, proxy: Option<&str>) -> Self {
        Guard {
            private,
            proxy: proxy.map(str::to_owned),
        }
    }

    /// Checks what can be seen without resolving the name. Called for each hop of a redirect.
    ///
    /// # Errors
    /// [`FetchErrorKind::Refused`](super::FetchErrorKind::Refused)
    pub fn check(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::refused(format!(
                "{}: addresses are not asked",
                url.scheme()
            )));
        }
        if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443))
            && !self.private
        {
            return Err(FetchError::refused(format!("port {port} is not the web's")));
        }
        let allowed = match url.host() {
            Some(Host::Ipv4(address)) => self.allows(address.into()),
            Some(Host::Ipv6(address)) => self.allows(address.into()),
            Some(Host::Domain(name)) => self.private || !is_local_name(name),
            None => false,
        };
        if allowed {
            Ok(())
        } else {
            Err(FetchError::refused(NotPublic.to_string()))
        }
    }

    fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.private && is_private(address)
    }

    fn lets_by(&self, uri: &Uri, address: IpAddr) -> bool {
        self.allows(address) || self.proxy.is_some() && uri.host() == self.proxy.as_deref()
    }
}

/// Names that mean this machine wherever they are asked for (RFC 6761, section 6.3).
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address belongs to a host on the public internet (IANA's special-purpose registries).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    match address.octets() {
        // This network, loopback, multicast and what is reserved (RFC 1122, 5771).
        [0 | 127 | 224..=255, ..] => false,
        // Private networks (RFC 1918), and those between a provider and its customers (RFC 6598).
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => false,
        // One link, where clouds have their metadata servers too (RFC 3927); Azure's has a public address.
        [169, 254, ..] | [168, 63, 129, 16] => false,
        // Protocol assignments, and relays of 6to4, which are no more (RFC 6890, 7526).
        [192, 0, 0, _] | [192, 88, 99, _] => false,
        // Documentation (RFC 5737) and benchmarks (RFC 2544).
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [198, 18..=19, ..] => false,
        _ => true,
    }
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    match address.segments() {
        // Addresses that a translator made of IPv4 ones (RFC 6052).
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocol assignments with Teredo, documentation, 6to4, documentation.
        [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x2002, ..] | [0x3FFF, 0..=0xFFF, ..] => false,
        [first, ..] => (0x2000..=0x3FFF).contains(&first),
    }
}

/// Whether an address belongs to this machine or to a private network, metadata servers excepted.
fn is_private(address: IpAddr) -> bool {
    // Alibaba's, among the addresses of providers, and Amazon's, among the unique local ones.
    const METADATA: [&str; 2] = ["100.100.100.200", "fd00:ec2::254"];
    match address.to_canonical() {
        address if METADATA.contains(&address.to_string().as_str()) => false,
        IpAddr::V4(address) => matches!(
            address.octets(),
            [10 | 127, ..] | [100, 64..=127, ..] | [172, 16..=31, ..] | [192, 168, ..]
        ),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Resolves names as the system does and hands on only addresses that may be asked, so that the
/// connection can be made to no other, whatever the name resolves to the next time.
#[derive(Debug)]
pub(super) struct VettingResolver<Inner> {
    /// Does the resolving, bounded in time.
    pub inner: Inner,
    /// Decides.
    pub guard: Guard,
}

impl<Inner: Resolver> Resolver for VettingResolver<Inner> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        mut timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // An address takes no time, and so no thread that the time is taken on.
        if is_address(uri) {
            timeout.after = transport::time::Duration::NotHappening;
        }
        let resolved = self.inner.resolve(uri, config, timeout)?;
        let mut vetted = self.empty();
        for address in resolved.iter() {
            if self.guard.lets_by(uri, address.ip()) {
                vetted.push(*address);
            }
        }
        if vetted.is_empty() {
            return Err(ureq::Error::Other(Box::new(NotPublic)));
        }
        Ok(vetted)
    }
}

/// Whether the host is an address already.
fn is_address(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::FetchErrorKind;
    use std::sync::{Arc, Mutex};
    use ureq::Agent;
    use ureq::unversioned::resolver::DefaultResolver;
    use ureq::unversioned::transport::{ConnectionDetails, Connector, Transport};

    fn check(text: &str) -> Result<(), FetchError> {
        Guard::new(false, None).check(&Url::parse(text).unwrap())
    }

    #[test]
    fn hostile_24_private_hosts_are_refused_however_they_are_spelt() {
        for text in [
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://[::ffff:7f00:1]/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://127。0。0。1/",
            "http://１２７.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://100.100.100.200/",
            "http://168.63.129.16/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://0.0.0.0/",
            "http://255.255.255.255/",
            "http://224.0.0.1/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://[ff02::1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://[2002:7f00:1::]/",
            "http://[::127.0.0.1]/",
            "http://localhost/",
            "http://localhost./",
            "http://LOCALHOST/",
            "http://x.localhost/",
            "http://x@10.0.0.1:22/",
            "https://a.example:22/",
            "ftp://a.example/",
        ] {
            let refused = check(text).unwrap_err();
            assert_eq!(refused.kind, FetchErrorKind::Refused, "{text}");
        }
    }

    #[test]
    fn metadata_servers_are_refused_even_where_private_hosts_are_allowed() {
        let guard = Guard::new(true, None);
        let check = |text: &str| guard.check(&Url::parse(text).unwrap());
        for text in [
            "http://169.254.169.254/",
            "http://[::ffff:169.254.169.254]/",
            "http://[fd00:ec2::254]/",
            "http://100.100.100.200/",
            "http://[fe80::1]/",
            "http://0.0.0.0/",
            "gopher://127.0.0.1/",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
        for text in [
            "http://127.0.0.1:8080/",
            "http://[::1]/",
            "http://10.0.0.1/",
            "http://localhost/",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn public_hosts_are_let_by() {
        for text in [
            "http://93.184.216.34/",
            "https://[2606:2800:220:1::1]:443/",
            "https://a.example:443/",
            "http://a.example:80/",
            "http://172.32.0.1/",
            "http://[64:ff9b::93.184.216.34]/",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn hostile_26_only_vetted_addresses_are_handed_on() {
        let resolver = VettingResolver {
            inner: DefaultResolver::default(),
            guard: Guard::new(false, None),
        };
        let config = Config::default();
        let resolve = |text: &str| {
            let uri: Uri = text.parse().unwrap();
            resolver.resolve(&uri, &config, NextTimeout::default())
        };
        assert!(matches!(
            resolve("http://127.0.0.1/"),
            Err(ureq::Error::Other(error)) if error.is::<NotPublic>()
        ));
        let vetted = resolve("http://93.184.216.34/").unwrap();
        assert_eq!(vetted.len(), 1);
    }

    /// Answers each question with the next of some lists of addresses, as a name server does that
    /// means harm; the last stays.
    #[derive(Debug)]
    struct Rebinding(Mutex<Vec<Vec<&'static str>>>);

    impl Resolver for Rebinding {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut answers = self.0.lock().unwrap();
            let answer = if answers.len() > 1 {
                answers.remove(0)
            } else {
                answers[0].clone()
            };
            let mut resolved = self.empty();
            answer
                .iter()
                .for_each(|address| resolved.push(address.parse().unwrap()));
            Ok(resolved)
        }
    }

    /// Connects to nothing and notes where it was to connect to.
    #[derive(Clone, Debug, Default)]
    struct Noting(Arc<Mutex<Vec<String>>>);

    impl Connector for Noting {
        type Out = Box<dyn Transport>;

        fn connect(
            &self,
            details: &ConnectionDetails<'_>,
            _: Option<()>,
        ) -> Result<Option<Self::Out>, ureq::Error> {
            let addresses = details.addrs.iter().map(ToString::to_string);
            self.0.lock().unwrap().extend(addresses);
            Err(ureq::Error::ConnectionFailed)
        }
    }

    #[test]
    fn hostile_26_the_connection_is_made_to_the_address_that_was_vetted() {
        let noted = Noting::default();
        let resolver = VettingResolver {
            inner: Rebinding(Mutex::new(vec![
                vec!["93.184.216.34:80", "[::1]:80", "10.0.0.1:80"],
                vec!["127.0.0.1:80"],
            ])),
            guard: Guard::new(false, None),
        };
        let agent = Agent::with_parts(Config::default(), noted.clone(), resolver);
        let ask = || agent.get("http://rebinding.example/x").call().unwrap_err();
        // Where the name means more than one address, only the public ones are connected to.
        let _ = ask();
        assert_eq!(*noted.0.lock().unwrap(), ["93.184.216.34:80"]);
        // Where it comes to mean a private one, that is refused and nothing is connected to.
        for _ in 0..2 {
            assert!(matches!(ask(), ureq::Error::Other(error) if error.is::<NotPublic>()));
        }
        assert_eq!(noted.0.lock().unwrap().len(), 1);
    }
}
