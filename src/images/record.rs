//! The cache's records: what came of asking addresses, and of making pictures fit for books.

use super::failure::Failure;
use crate::model::{MediaType, Original};
use blake3::Hash;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The address, so that a reader of the file knows what it is.
    pub address: String,
    /// When the server was asked, in seconds since 1970.
    pub asked_at: u64,
    /// No need to ask again before this time, in seconds since 1970, whatever `asked_at` says.
    pub not_before: Option<u64>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// A picture.
    Had(Stored),
    /// None.
    Failed(Failure),
}

/// A picture in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    /// The hash of its bytes, in hexadecimal.
    pub blob: String,
    /// Facts about them.
    pub original: Original,
    /// The server's `ETag`.
    pub etag: Option<String>,
    /// The server's `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What became of some bytes when they were made fit for books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Made {
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
    },
    /// Nothing.
    Unusable(Failure),
}

impl Entry {
    /// Whether there is no need to ask the server again. An entry from the future was written under
    /// a wrong clock.
    pub fn is_fresh(&self, lifetime: Duration, now: u64) -> bool {
        const CLOCKS_DIFFER: u64 = 24 * 60 * 60;
        if self.asked_at > now.saturating_add(CLOCKS_DIFFER) {
            return false;
        }
        match (self.not_before, &self.outcome) {
            (Some(time), _) if now < time => true,
            (_, Outcome::Failed(_)) => false,
            (_, Outcome::Had(_)) => now < self.asked_at.saturating_add(lifetime.as_secs()),
        }
    }
}

impl Stored {
    /// The hash of the bytes, if the record is not damaged.
    pub fn hash(&self) -> Option<Hash> {
        Hash::from_hex(&self.blob).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(outcome: Outcome) -> Entry {
        Entry {
            address: "https://a.example/x.jpg".to_owned(),
            asked_at: 1_000,
            not_before: None,
            outcome,
        }
    }

    fn stored() -> Outcome {
        Outcome::Had(Stored {
            blob: "00".to_owned(),
            original: Original {
                media_type: MediaType::Jpeg,
                length: 1,
                width: 1,
                height: 1,
            },
            etag: None,
            last_modified: None,
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
        let entry = Entry {
            not_before: Some(1_050),
            ..entry(Outcome::Failed(Failure::missing("HTTP 404")))
        };
        assert!(entry.is_fresh(Duration::MAX, 1_049));
        assert!(!entry.is_fresh(Duration::MAX, 1_050));
    }

    #[test]
    fn an_entry_from_the_future_is_not_believed() {
        let late = Entry {
            asked_at: 200_000,
            ..entry(stored())
        };
        assert!(!late.is_fresh(Duration::from_secs(1_000), 100));
    }
}
