//! What identifies a text: its letters, whatever stands around them.

use crate::model::Digest;
use crate::pull::markup::{plain_text, tags};
use std::collections::HashSet;

/// From how many letters on a text is long enough to be known by itself.
const TELLING: usize = 200;

/// The letters of a shingle.
const SHINGLE: usize = 12;

/// What a text is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pull) struct Fingerprint {
    /// Of its letters; of a text with few of them, of its pictures too.
    pub digest: Digest,
    /// How many letters and digits there are.
    pub letters: usize,
}

impl Fingerprint {
    /// The fingerprint of some markup.
    pub fn of(html: &str) -> Self {
        let mut text = letters(html);
        let count = text.chars().count();
        if count < TELLING {
            // A photo and its successor may have the same few words below them.
            for tag in tags(html) {
                text.push_str(&tag.value("src").unwrap_or_default());
            }
        }
        Fingerprint {
            digest: Digest::of(text.as_bytes()),
            letters: count,
        }
    }

    /// Whether an article is known by this text alone.
    pub fn is_telling(&self) -> bool {
        self.letters >= TELLING
    }
}

/// The letters and digits of some markup, in lower case.
pub(crate) fn letters(html: &str) -> String {
    letters_of(&plain_text(html))
}

/// The letters and digits of a text, in lower case.
pub(in crate::pull) fn letters_of(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The share of one text, given as letters, that another says too, from 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "a share of counts")]
pub(in crate::pull) fn contained(part: &str, whole: &str) -> f64 {
    if part.is_empty() || whole.contains(part) {
        return 1.0;
    }
    let part: Vec<char> = part.chars().collect();
    let whole: Vec<char> = whole.chars().collect();
    let all: HashSet<&[char]> = whole.windows(SHINGLE).collect();
    let wanted = part.windows(SHINGLE);
    let total = wanted.len();
    if total == 0 {
        return 0.0;
    }
    wanted.filter(|shingle| all.contains(shingle)).count() as f64 / total as f64
}

/// The digest of a title, whatever its spaces, signs and case.
pub(in crate::pull) fn title_digest(title: &str) -> Digest {
    Digest::of(letters_of(&plain_text(title)).as_bytes())
}
