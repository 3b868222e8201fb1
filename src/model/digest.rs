//! Short names for bytes: what identifies articles, pictures and files by their content.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The first 128 bits of a BLAKE3 hash: unique for all practical purposes, and half as long.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of some bytes.
    ///
    /// ```
    /// use offprint::model::Digest;
    /// assert_eq!(Digest::of(b"lamp").to_string().len(), 32);
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        Digest::from_hash(&blake3::hash(bytes))
    }

    /// The digest of several parts, each set apart from the next.
    pub fn of_parts<'parts>(parts: impl IntoIterator<Item = &'parts [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Digest::from_hash(&hasher.finalize())
    }

    /// The first half of a hash.
    pub fn from_hash(hash: &blake3::Hash) -> Self {
        let mut short = [0; 16];
        short
            .iter_mut()
            .zip(hash.as_bytes())
            .for_each(|(to, from)| *to = *from);
        Digest(short)
    }

    /// The digest with these bits.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Digest(bytes)
    }

    /// All 128 bits.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// The first 64 bits as a number.
    pub fn first_half(self) -> u64 {
        self.0
            .iter()
            .take(8)
            .fold(0, |sum, &byte| (sum << 8) | u64::from(byte))
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// In hexadecimal.
impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
