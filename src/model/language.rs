//! Languages by their tags.

use super::Direction;
use std::fmt;

/// A language tag that is well-formed by BCP 47 (RFC 5646, section 2.2.9), such as `zh-Hans`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Takes a tag whose subtags have a legal shape; case and underscores are normalised.
    ///
    /// ```
    /// use offprint::model::Language;
    /// assert_eq!(Language::new("ZH_hans").map(|tag| tag.to_string()).as_deref(), Some("zh-Hans"));
    /// assert_eq!(Language::new("no language"), None);
    /// ```
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = Vec::new();
        for (position, part) in tag.trim().split(['-', '_']).enumerate() {
            let legal = !part.is_empty()
                && part.len() <= 8
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let primary = (2..=8).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphabetic());
            if !legal || (position == 0 && !primary) {
                return None;
            }
            parts.push(subtag_case(part, position));
        }
        Some(Language(parts.join("-")))
    }

    /// The tag of text whose language is not known (`und`).
    pub fn undetermined() -> Self {
        Language("und".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag: `zh` of `zh-Hans`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether the language is written in Chinese characters or kana.
    pub fn is_east_asian(&self) -> bool {
        matches!(self.primary(), "zh" | "ja" | "yue")
    }

    /// The direction of the script that the language is written in.
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').nth(1);
        let right = match script {
            Some("Arab" | "Hebr" | "Syrc" | "Thaa") => true,
            Some("Latn" | "Cyrl") => false,
            _ => matches!(
                self.primary(),
                "ar" | "he" | "fa" | "ur" | "ug" | "yi" | "ps" | "sd" | "dv" | "ckb"
            ),
        };
        if right {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The customary case (RFC 5646, section 2.1.1): scripts in title case, regions in upper case.
fn subtag_case(part: &str, position: usize) -> String {
    let lower = part.to_ascii_lowercase();
    match (position, part.len()) {
        (0, _) => lower,
        (_, 2) => lower.to_ascii_uppercase(),
        (_, 4) => {
            let mut characters = lower.chars();
            let first = characters.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(characters).collect()
        }
        _ => lower,
    }
}
