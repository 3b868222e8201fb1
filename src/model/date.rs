//! Points in time as the outputs can write them.

use super::Zone;
use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, Utc};
use std::fmt;

/// A point in time between the years 0001 and 9999, with millisecond precision, in UTC.
///
/// The bounds are those of RFC 3339 and of RFC 2822 dates; what lies outside is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Timestamp = Timestamp(DateTime::UNIX_EPOCH);

    const EARLIEST: i64 = -62_135_596_800_000;
    const LATEST: i64 = 253_402_300_799_999;

    /// Milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// ```
    /// use offprint::model::Timestamp;
    /// let time = Timestamp::from_millis(1_640_915_226_000).map(|time| time.rfc3339());
    /// assert_eq!(time.as_deref(), Some("2021-12-31T01:47:06Z"));
    /// assert_eq!(Timestamp::from_millis(i64::MAX), None);
    /// ```
    pub fn from_millis(millis: i64) -> Option<Self> {
        if !(Self::EARLIEST..=Self::LATEST).contains(&millis) {
            return None;
        }
        DateTime::from_timestamp_millis(millis).map(Timestamp)
    }

    /// The same instant, cut to milliseconds.
    pub fn from_datetime(time: DateTime<Utc>) -> Option<Self> {
        Self::from_millis(time.timestamp_millis())
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// The value for calendar arithmetic.
    pub fn datetime(self) -> DateTime<Utc> {
        self.0
    }

    /// RFC 3339 in UTC with whole seconds, as Atom (RFC 4287, section 3.3), JSON Feed and
    /// `dcterms:modified` (EPUB 3.3) want it: `2021-12-31T01:47:06Z`.
    pub fn rfc3339(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The form that every RSS reader takes (RSS Profile, section 3.2):
    /// `Fri, 31 Dec 2021 01:47:06 +0000`.
    pub fn rfc2822(self) -> String {
        self.0.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rfc3339())
    }
}

/// A time as people and sites write it, with or without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenTime {
    /// Date and time of day as written; midnight where only a day is.
    pub local: NaiveDateTime,
    /// The offset from UTC, if written.
    pub offset: Option<FixedOffset>,
    /// Whether a time of day was written.
    pub precise: bool,
}

impl WrittenTime {
    /// Reads the forms that archives hold.
    pub fn parse(_text: &str) -> Option<Self> {
        None
    }

    /// The instant, a time without an offset being read in `zone`.
    pub fn in_zone(self, _zone: Zone) -> Option<Timestamp> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_formatted_right() {
        let first = Timestamp::from_millis(-11_644_473_600_000).map(Timestamp::rfc2822);
        assert_eq!(first.as_deref(), Some("Mon, 01 Jan 1601 00:00:00 +0000"));
        let last = Timestamp::from_millis(253_402_300_799_999).map(Timestamp::rfc3339);
        assert_eq!(last.as_deref(), Some("9999-12-31T23:59:59Z"));
        assert_eq!(Timestamp::from_millis(253_402_300_800_000), None);
    }
}
