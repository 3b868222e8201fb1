//! How far a time is from UTC, by what stands behind it: an offset, or the name of a zone.

use super::vocabulary::OFFSET;
use super::{Parsed, digits};
use crate::model::Zone;
use chrono::{FixedOffset, NaiveDateTime, Offset, TimeZone};

/// What stands behind a time.
#[derive(Clone, Copy)]
pub(super) enum ZoneMark {
    /// So far from UTC.
    At(FixedOffset),
    /// Somewhere: the season decides.
    In(Zone),
}

impl ZoneMark {
    /// How far from UTC a local time is there; of one that comes twice, the first.
    pub(super) fn offset_at(self, local: NaiveDateTime) -> Option<FixedOffset> {
        match self {
            ZoneMark::At(offset) => Some(offset),
            ZoneMark::In(zone) => {
                let time = zone.from_local_datetime(&local).earliest()?;
                Some(time.offset().fix())
            }
        }
    }
}

/// Names for the time of a place, whatever the season: only in capitals, since they are words elsewhere.
const SEASONAL: [(&str, Zone); 4] = [
    ("et", Zone::America__New_York),
    ("ct", Zone::America__Chicago),
    ("mt", Zone::America__Denver),
    ("pt", Zone::America__Los_Angeles),
];

/// Whether one of those names stands in a text as it was written.
pub(super) fn names_seasonal(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        SEASONAL
            .iter()
            .any(|(name, _)| word.len() == name.len() && word == name.to_ascii_uppercase())
    })
}

/// `Z`, `GMT`, `+08:00`, `+0800`, `UTC+8`, `+0800 CST`, also in parentheses; `Europe/Berlin`, also in
/// brackets. A name that is no offset of ours is passed over where it is known to be ambiguous, and left
/// where it stands otherwise.
pub(super) fn place(text: &str, is_seasonal: bool) -> (Option<ZoneMark>, &str) {
    if let Some(inner) = text.strip_prefix('(')
        && let (Some(found), rest) = place(inner, is_seasonal)
        && let Some(rest) = rest.strip_prefix(')')
    {
        return (Some(found), rest);
    }
    if let Some((zone, rest)) = zone(text) {
        return (Some(ZoneMark::In(zone)), rest);
    }
    if is_seasonal && let Some((zone, rest)) = seasonal(text) {
        return (Some(ZoneMark::In(zone)), rest);
    }
    let named = OFFSET.strip(text);
    let rest = named.map_or(text, |(_, rest)| rest);
    if let Some((minutes, rest)) = signed_offset(rest.trim_start()) {
        let offset = FixedOffset::east_opt(minutes * 60);
        return (offset.map(ZoneMark::At), without_abbreviation(rest));
    }
    match named {
        Some((minutes, rest)) => {
            let seconds = minutes.map(|minutes| minutes * 60);
            (
                seconds.and_then(FixedOffset::east_opt).map(ZoneMark::At),
                rest,
            )
        }
        None => (None, text),
    }
}

/// What follows the name of the offset that was written in numbers: programs in Go print both.
fn without_abbreviation(text: &str) -> &str {
    let rest = text.trim_start();
    let named = OFFSET.strip(rest).map(|(_, after)| after);
    named
        .or_else(|| signed_offset(rest).map(|(_, after)| after))
        .unwrap_or(text)
}

fn seasonal(text: &str) -> Parsed<'_, Zone> {
    SEASONAL.iter().find_map(|(name, zone)| {
        let rest = text.strip_prefix(name)?;
        let is_word = !rest.starts_with(char::is_alphanumeric);
        is_word.then_some((*zone, rest))
    })
}

/// A zone by its name in the database, in brackets as in RFC 9557 or without.
fn zone(text: &str) -> Parsed<'_, Zone> {
    let inner = text.strip_prefix('[');
    let plain = inner.unwrap_or(text);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    let end = plain.find(|c: char| !is_part(c)).unwrap_or(plain.len());
    let (name, rest) = plain.split_at_checked(end)?;
    if !name.contains('/') {
        return None;
    }
    let mut known = chrono_tz::TZ_VARIANTS.iter();
    let zone = known.find(|zone| zone.name().eq_ignore_ascii_case(name))?;
    let rest = match inner {
        Some(_) => rest.strip_prefix(']')?,
        None => rest,
    };
    Some((*zone, rest))
}

/// An offset in minutes, less than a day.
fn signed_offset(text: &str) -> Parsed<'_, i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text.strip_prefix(['+', '-'])?;
    let (hours, minutes, rest) = match digits(rest, 4, 4) {
        Some((number, rest)) => (number / 100, number % 100, rest),
        None => {
            let (hours, rest) = digits(rest, 1, 2)?;
            match rest.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)) {
                Some((minutes, rest)) => (hours, minutes, rest),
                None => (hours, 0, rest),
            }
        }
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours < 24 && minutes < 60).then_some((sign * total, rest))
}
