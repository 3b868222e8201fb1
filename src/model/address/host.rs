//! Names of hosts as people read them.

use crate::model::Address;
use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use std::borrow::Cow;
use unicode_security::confusable_detection::skeleton;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

impl Address {
    /// The host as people write it, with the letters of its language (UTS #46), without a port. A part
    /// that could be taken for another, or stands for no text, keeps the form that addresses have.
    ///
    /// ```
    /// use offprint::model::Address;
    /// let host = |text| Address::parse(text)?.shown_host().map(String::from);
    /// assert_eq!(host("https://xn--r8jz45g.jp/").as_deref(), Some("例え.jp"));
    /// // Cyrillic letters that look like Latin ones.
    /// assert_eq!(host("https://xn--80ak6aa92e.com/").as_deref(), Some("xn--80ak6aa92e.com"));
    /// ```
    pub fn shown_host(&self) -> Option<Cow<'_, str>> {
        let host = self.host()?;
        if !host.contains("xn--") {
            return Some(Cow::Borrowed(host));
        }
        let (shown, read) = Uts46::new().to_user_interface(
            host.as_bytes(),
            AsciiDenyList::URL,
            Hyphens::Allow,
            |label, _, _| is_plain(label),
        );
        Some(match read {
            Ok(()) => shown,
            Err(_) => Cow::Borrowed(host),
        })
    }
}

/// Whether a part of a host's name says what it looks like: its letters are of one script, or of those
/// that one language writes together (UTS #39, section 5.2), and nobody could take it for one of plain
/// Latin letters (section 4).
fn is_plain(label: &[char]) -> bool {
    let label: String = label.iter().collect();
    label.detect_restriction_level() <= RestrictionLevel::HighlyRestrictive
        && !skeleton(&label).all(|c| c.is_ascii())
}
