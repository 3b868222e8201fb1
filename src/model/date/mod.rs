//! Points in time as the outputs can write them.

mod day;
mod written;

use super::Zone;
use chrono::Datelike as _;
use chrono::{
    DateTime, FixedOffset, NaiveDateTime, Offset, SecondsFormat, TimeDelta, TimeZone, Utc,
};
pub use day::Day;
use std::fmt;
pub(crate) use written::names_month;

/// A point in time between the years 0001 and 9999, with millisecond precision, in UTC.
///
/// The bounds are those of RFC 3339 and of RFC 2822 dates; what lies outside is no date.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(into = "i64", try_from = "i64")]
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

impl From<Timestamp> for i64 {
    /// Milliseconds, as programs that keep times for themselves write them.
    fn from(time: Timestamp) -> i64 {
        time.millis()
    }
}

impl TryFrom<i64> for Timestamp {
    type Error = &'static str;

    fn try_from(millis: i64) -> Result<Self, Self::Error> {
        Timestamp::from_millis(millis).ok_or("no time between the years 1 and 9999")
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
    /// Reads the forms that archives hold: ISO 8601, RFC 2822 (section 3.3), what sites put above
    /// their texts and what scripts print. Numbers with slashes are day, month, year unless the
    /// year comes first, that can't be, or the form is that of the United States (`3/4/2021, 1:44 PM`). Nothing but a time may be in the text.
    ///
    /// ```
    /// use offprint::model::WrittenTime;
    /// let read = |text| WrittenTime::parse(text).map(|time| time.local.to_string());
    /// for text in ["2020-07-06T14:42:54Z", "Mon, 06 Jul 2020 14:42:54 GMT", "2020年 7月 6日 14:42:54"] {
    ///     assert_eq!(read(text).as_deref(), Some("2020-07-06 14:42:54"));
    /// }
    /// assert_eq!(read("06/07/2020 - 14:42").as_deref(), Some("2020-07-06 14:42:00"));
    /// assert_eq!(read("on 6 July"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        // Programs that know of no time write the first of their calendar.
        written::parse(text).filter(|time| time.local.date().year() > 1)
    }

    /// The day, where no time of day was written.
    pub fn day(self) -> Option<Day> {
        (!self.precise).then(|| Day::new(self.local.date()))
    }

    /// The instant, a time without an offset being read in `zone`. Of a local time that occurs
    /// twice it is the first; one that the clocks skip is read by the offset before the gap.
    pub fn in_zone(self, zone: Zone) -> Option<Timestamp> {
        let time = match self.offset {
            Some(offset) => self.local.checked_sub_offset(offset)?.and_utc(),
            None => zone
                .from_local_datetime(&self.local)
                .earliest()
                .map(|time| time.to_utc())
                .or_else(|| after_gap(self.local, zone))?,
        };
        Timestamp::from_datetime(time)
    }
}

/// The instant of a local time that the clocks skip. Gaps are an hour as a rule, but a zone that
/// crosses the date line skips a day.
fn after_gap(local: NaiveDateTime, zone: Zone) -> Option<DateTime<Utc>> {
    let before = [3, 27].into_iter().find_map(|hours| {
        let earlier = local.checked_sub_signed(TimeDelta::hours(hours))?;
        zone.offset_from_local_datetime(&earlier).earliest()
    })?;
    Some(local.checked_sub_offset(before.fix())?.and_utc())
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

    fn in_zone(text: &str, zone: Zone) -> Option<String> {
        let time = WrittenTime::parse(text)?.in_zone(zone)?;
        Some(time.rfc3339())
    }

    #[test]
    fn a_written_offset_wins_over_the_zone() {
        let time = in_zone("2014-04-02T13:05:38+02:00", Zone::Asia__Shanghai);
        assert_eq!(time.as_deref(), Some("2014-04-02T11:05:38Z"));
        let time = in_zone("2020-07-06 14:42:54", Zone::Asia__Shanghai);
        assert_eq!(time.as_deref(), Some("2020-07-06T06:42:54Z"));
    }

    #[test]
    fn of_an_hour_that_occurs_twice_the_first_is_meant() {
        let time = in_zone("25/10/2020 - 02:30", Zone::Europe__Paris);
        assert_eq!(time.as_deref(), Some("2020-10-25T00:30:00Z"));
    }

    #[test]
    fn a_skipped_time_is_shifted_forward() {
        let time = in_zone("29/03/2020 - 02:30", Zone::Europe__Paris);
        assert_eq!(time.as_deref(), Some("2020-03-29T01:30:00Z"));
        let day = in_zone("2011-12-30 12:00", Zone::Pacific__Apia);
        assert_eq!(day.as_deref(), Some("2011-12-30T22:00:00Z"));
    }

    #[test]
    fn the_ends_of_time_are_no_instants_in_every_zone() {
        assert_eq!(in_zone("9999-12-31 23:59", Zone::America__New_York), None);
        assert_eq!(in_zone("0001-01-01", Zone::Asia__Shanghai), None);
        let extreme = WrittenTime {
            local: NaiveDateTime::MAX,
            offset: FixedOffset::west_opt(3600),
            precise: true,
        };
        assert_eq!(extreme.in_zone(Zone::UTC), None);
    }
}
