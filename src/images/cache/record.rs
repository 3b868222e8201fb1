//! The cache's records: what came of asking addresses, and of making pictures fit for books.

use crate::images::failure::Failure;
use crate::model::{Address, MediaType, Original};
use crate::net::Validators;
use blake3::Hash;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::images) struct CacheRecord {
    /// The address, so that a reader of the file knows what it is.
    pub address: String,
    /// When the server was asked, in seconds since 1970.
    pub asked_at: u64,
    /// No need to ask again before this time, in seconds since 1970, whatever `asked_at` says.
    pub not_before: Option<u64>,
    /// What came of it.
    pub outcome: ServerAnswer,
}

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::images) enum ServerAnswer {
    /// A picture.
    #[serde(rename = "had")]
    Picture(Stored),
    /// None.
    Failed(Failure),
}

/// A picture in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::images) struct Stored {
    /// The hash of its bytes, in hexadecimal.
    pub blob: String,
    /// ImageFacts about them.
    pub original: Original,
    /// The server's `ETag`.
    pub etag: Option<String>,
    /// The server's `Last-Modified`.
    pub last_modified: Option<String>,
    /// The address that gave these two, where redirects led to another than was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validated: Option<String>,
}

/// What became of some bytes when they were made fit for books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::images) enum Conversion {
    /// Other bytes.
    Blob {
        /// Their hash, in hexadecimal.
        blob: String,
        /// Their type.
        media_type: MediaType,
        /// Their number.
        length: u64,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Whether the picture lacks its end.
        is_cut: bool,
        /// The other pieces of a strip, from the top.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        below: Vec<Conversion>,
    },
    /// Nothing.
    Unusable(Failure),
}

impl CacheRecord {
    /// Whether there is no need to ask the server again. An entry from the future was written under
    /// a wrong clock.
    pub fn is_fresh(&self, lifetime: Duration, now: u64) -> bool {
        const CLOCKS_DIFFER: u64 = 24 * 60 * 60;
        if self.asked_at > now.saturating_add(CLOCKS_DIFFER) {
            return false;
        }
        match (self.not_before, &self.outcome) {
            (Some(time), _) if now < time => true,
            (_, ServerAnswer::Failed(_)) => false,
            (_, ServerAnswer::Picture(_)) => now < self.asked_at.saturating_add(lifetime.as_secs()),
        }
    }
}

impl Stored {
    /// The record of bytes that an address gave.
    pub fn new(
        hash: &Hash,
        original: Original,
        asked: &Address,
        validators: Option<Validators>,
    ) -> Self {
        let answered = validators.as_ref().map(|given| given.address.clone());
        let elsewhere = answered
            .filter(|answered| answered.without_fragment() != asked.without_fragment())
            .map(|answered| answered.without_fragment().to_owned());
        let (etag, last_modified) = validators
            .map(|given| (given.etag, given.last_modified))
            .unwrap_or_default();
        Stored {
            blob: hash.to_hex().to_string(),
            original,
            etag,
            last_modified,
            validated: elsewhere,
        }
    }

    /// What to ask with whether the bytes at an address are still these.
    pub fn validators(&self, asked: &Address) -> Option<Validators> {
        if self.etag.is_none() && self.last_modified.is_none() {
            return None;
        }
        let address = match &self.validated {
            Some(elsewhere) => Address::parse(elsewhere)?,
            None => asked.clone(),
        };
        Some(Validators {
            address,
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
        })
    }

    /// The hash of the bytes, if the record is not damaged.
    pub fn hash(&self) -> Option<Hash> {
        Hash::from_hex(&self.blob).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(outcome: ServerAnswer) -> CacheRecord {
        CacheRecord {
            address: "https://a.example/x.jpg".to_owned(),
            asked_at: 1_000,
            not_before: None,
            outcome,
        }
    }

    fn stored() -> ServerAnswer {
        ServerAnswer::Picture(Stored {
            blob: "00".to_owned(),
            original: Original {
                media_type: MediaType::Jpeg,
                length: 1,
                width: 1,
                height: 1,
            },
            etag: None,
            last_modified: None,
            validated: None,
        })
    }

    #[test]
    fn pictures_are_fresh_for_their_lifetime() {
        let entry = entry(stored());
        let lifetime = Duration::from_secs(100);
        assert!(entry.is_fresh(lifetime, 1_099));
        assert!(!entry.is_fresh(lifetime, 1_100));
    }

    #[test]
    fn failures_are_remembered_until_their_time() {
        let entry = CacheRecord {
            not_before: Some(1_050),
            ..entry(ServerAnswer::Failed(Failure::missing("HTTP 404")))
        };
        assert!(entry.is_fresh(Duration::MAX, 1_049));
        assert!(!entry.is_fresh(Duration::MAX, 1_050));
    }

    #[test]
    fn an_entry_from_the_future_is_not_believed() {
        let late = CacheRecord {
            asked_at: 200_000,
            ..entry(stored())
        };
        assert!(!late.is_fresh(Duration::from_secs(1_000), 100));
    }
}
