//! Authorities of one's own: whose certificates are believed beside those of the web.
//!
//! A company's or a home's servers have certificates that an authority of their own signed. Its
//! certificate comes from a file in PEM, is added to those that the web believes, and takes none away.

use rustls::RootCertStore;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// The longest file of certificates, in bytes; the system's own, of all authorities, has a fifth.
const LONGEST: u64 = 1_000_000;

/// A file of certificates can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatesError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// In the system's words.
    Unreadable(String),
    TooLong,
    Empty,
    /// The certificate with this number, from 1 on, is damaged.
    Damaged(usize),
}

impl CertificatesError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "name a file with the certificate of the authority in PEM (-----BEGIN CERTIFICATE-----), \
         or leave `certificates` out: the authorities of the web are believed without it"
    }
}

impl fmt::Display for CertificatesError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(formatter, "the file of certificates {path} ")?;
        match &self.reason {
            Reason::Unreadable(words) => write!(formatter, "can't be read: {words}"),
            Reason::TooLong => {
                let most = LONGEST / 1_000_000;
                write!(formatter, "is longer than {most} MB, and so is none")
            }
            Reason::Empty => formatter.write_str("holds no certificate in PEM"),
            Reason::Damaged(number) => {
                write!(
                    formatter,
                    "can't be used: its certificate {number} is damaged"
                )
            }
        }
    }
}

/// The authorities that are believed: those of the web, and those of a file.
///
/// # Errors
/// Where the file can't be used as a whole: later nobody would say why a server is not believed.
pub(super) fn authorities(path: &Path) -> Result<RootCerts, CertificatesError> {
    let failed = |reason| CertificatesError {
        path: path.to_owned(),
        reason,
    };
    let pem = read(path).map_err(|error| failed(Reason::Unreadable(error.to_string())))?;
    if pem.len() as u64 > LONGEST {
        return Err(failed(Reason::TooLong));
    }
    let own = certificates(&pem).map_err(failed)?;
    let web = TLS_SERVER_ROOT_CERTS
        .iter()
        .map(|certificate| Certificate::from_der(certificate));
    Ok(web.chain(own).into())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The certificates of a file; keys that stand between them are passed over.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, Reason> {
    let mut found = Vec::new();
    let mut believed = RootCertStore::empty();
    for item in parse_pem(pem) {
        let damaged = Reason::Damaged(found.len() + 1);
        let Ok(item) = item else {
            return Err(damaged);
        };
        let PemItem::Certificate(certificate) = item else {
            continue;
        };
        if believed.add(certificate.der().to_vec().into()).is_err() {
            return Err(damaged);
        }
        found.push(certificate);
    }
    if found.is_empty() {
        return Err(Reason::Empty);
    }
    Ok(found)
}
