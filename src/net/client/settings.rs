//! How a client behaves.

use super::certificates::{CertificatesError, authorities};
use crate::net::Limits;
use std::path::PathBuf;
use ureq::tls::TlsConfig;

const PRODUCT: &str = concat!("Offprint/", env!("CARGO_PKG_VERSION"));

/// How a client behaves.
#[derive(Clone, Debug, Default)]
pub struct ClientSettings {
    /// How servers can reach who runs the program: an address of the web or of mail. It stands in the
    /// `User-Agent`; without it, only the program and its version do.
    pub contact: Option<String>,
    /// Whether loopback and private addresses and any port are allowed.
    pub allow_private_network: bool,
    /// The proxy, if one is wanted; `environment` is the one that the environment's variables name.
    pub proxy: Option<String>,
    /// A file with certificates (PEM) of authorities that are believed beside those of the web.
    pub certificates: Option<PathBuf>,
    /// The most bytes that all responses may bring together; `None` is no bound.
    pub max_total: Option<u64>,
    /// Bounds.
    pub limits: Limits,
}

/// What is wrong with a client's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// The proxy's address can't be read.
    Proxy,
    /// The contact holds what no header can.
    Contact,
    /// The file of certificates can't be used.
    Certificates(CertificatesError),
}

/// Which servers are believed to be who they say they are.
pub(super) fn tls(settings: &ClientSettings) -> Result<TlsConfig, SettingsError> {
    let builder = TlsConfig::builder();
    Ok(match &settings.certificates {
        None => builder,
        Some(path) => builder.root_certs(authorities(path).map_err(SettingsError::Certificates)?),
    }
    .build())
}

/// Who asks. What a header can't hold must not be sent, least of all a line end.
pub(super) fn user_agent(contact: Option<&str>) -> Result<String, SettingsError> {
    match contact.map(str::trim).filter(|contact| !contact.is_empty()) {
        None => Ok(PRODUCT.to_owned()),
        Some(contact) if contact.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
            // Parentheses begin and end a comment (RFC 9110, section 5.6.5).
            let contact = contact.replace(['(', ')', '\\'], "");
            Ok(format!("{PRODUCT} (+{contact})"))
        }
        Some(_) => Err(SettingsError::Contact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_10_the_user_agent_names_the_program_and_who_runs_it() {
        assert_eq!(user_agent(None), Ok(PRODUCT.to_owned()));
        assert_eq!(user_agent(Some(" ")), Ok(PRODUCT.to_owned()));
        let named = user_agent(Some("mailto:me@a.example (home)")).unwrap();
        assert_eq!(named, format!("{PRODUCT} (+mailto:me@a.example home)"));
        for contact in ["a\r\nCookie: b", "ü@a.example", "a\0"] {
            assert_eq!(user_agent(Some(contact)), Err(SettingsError::Contact));
        }
    }
}
