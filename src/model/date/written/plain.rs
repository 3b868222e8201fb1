//! The two forms that programs write most: RFC 3339 and RFC 2822. They are read at once; what is not written to
//! the letter is left to those who know all forms.

use crate::model::date::WrittenTime;
use chrono::{DateTime, Datelike, FixedOffset, Timelike};

/// The years that other forms are read in.
const YEARS: std::ops::Range<i32> = 1970..2100;

/// `2021-12-31T01:44:25.926Z`, `Fri, 31 Dec 2021 01:44:25 +0000`.
pub(super) fn parse(text: &str) -> Option<WrittenTime> {
    let time = match text.as_bytes().get(10) {
        Some(b'T') => rfc_3339(text),
        _ => rfc_2822(text),
    }?;
    let is_usual = YEARS.contains(&time.year()) && time.nanosecond() < 1_000_000_000;
    is_usual.then(|| WrittenTime {
        local: time.naive_local(),
        offset: Some(*time.offset()),
        precise: true,
    })
}

fn rfc_3339(text: &str) -> Option<DateTime<FixedOffset>> {
    let bytes = text.as_bytes();
    let is_signed = |length: usize, signs: &[u8]| {
        let at = bytes.len().checked_sub(length);
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| signs.contains(byte))
    };
    let zone = match (is_signed(1, b"Z"), is_signed(6, b"+-")) {
        (true, _) => 1,
        (_, true) => 6,
        _ => return None,
    };
    // Seconds, or seconds and a fraction of at most nine digits.
    let length = bytes.len() - zone;
    (matches!(length, 19 | 21..=29))
        .then(|| DateTime::parse_from_rfc3339(text).ok())
        .flatten()
}

fn rfc_2822(text: &str) -> Option<DateTime<FixedOffset>> {
    let is_plain = text.len() == 31 && text.get(26..27).is_some_and(|sign| "+-".contains(sign))
        || text.len() == 29 && text.ends_with(" GMT");
    // A year of four digits, and seconds.
    let has_year = text
        .get(12..17)
        .is_some_and(|year| year.ends_with(' ') && year.trim_end().parse::<u16>().is_ok());
    let has_seconds = text.get(22..23) == Some(":");
    (is_plain && has_year && has_seconds)
        .then(|| DateTime::parse_from_rfc2822(text).ok())
        .flatten()
}
