//! Spans of time, as `--since` and `--until` name them.

use crate::model::{Timestamp, Zone};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone};

/// A span of time that articles are taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first instant in it.
    pub since: Option<Timestamp>,
    /// The first instant after it.
    pub before: Option<Timestamp>,
}

impl Period {
    /// Whether a time lies in the period. An article without a date lies in the unbounded period
    /// only.
    pub fn contains(&self, time: Option<Timestamp>) -> bool {
        match time {
            Some(time) => {
                self.since.is_none_or(|since| since <= time)
                    && self.before.is_none_or(|before| time < before)
            }
            None => *self == Period::default(),
        }
    }
}

/// What a date stands for on the command line: an instant, or the whole of a day, month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first instant.
    pub first: Timestamp,
    /// The first instant after it.
    pub after: Timestamp,
}

impl Span {
    /// Reads RFC 3339, `2021-12-31`, `2021-12` or `2021`; days begin in `zone`.
    pub fn parse(text: &str, zone: Zone) -> Option<Self> {
        let text = text.trim();
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            let first = Timestamp::from_datetime(instant.to_utc())?;
            return Some(Span {
                first,
                after: Timestamp::from_millis(first.millis() + 1)?,
            });
        }
        let (first, after) = days(text)?;
        Some(Span {
            first: midnight(first, zone)?,
            after: midnight(after, zone)?,
        })
    }
}

/// The first day of what is named, and the first day after it.
fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((day, day.checked_add_days(Days::new(1))?));
    }
    if let Ok(month) = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d") {
        return Some((month, month.checked_add_months(Months::new(1))?));
    }
    let year: i32 = text.parse().ok().filter(|year| (1..=9998).contains(year))?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some((first, first.with_year(year + 1)?))
}

/// The first instant of a day; where a clock change skips midnight, the first one after it.
fn midnight(day: NaiveDate, zone: Zone) -> Option<Timestamp> {
    let hours = (0..4).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
    let instant = hours
        .filter_map(|time| zone.from_local_datetime(&day.and_time(time)).earliest())
        .next();
    Timestamp::from_datetime(instant?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reaches_to_the_next() {
        let span = Span::parse("2021-12", chrono_tz::UTC);
        let text = span.map(|span| (span.first.rfc3339(), span.after.rfc3339()));
        assert_eq!(
            text,
            Some(("2021-12-01T00:00:00Z".into(), "2022-01-01T00:00:00Z".into()))
        );
    }

    #[test]
    fn days_begin_in_the_zone() {
        let span = Span::parse("2021-12-31", chrono_tz::Asia::Shanghai);
        assert_eq!(
            span.map(|span| span.first.rfc3339()).as_deref(),
            Some("2021-12-30T16:00:00Z")
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "2021-13", "2021-02-30", "yesterday", "99999"] {
            assert_eq!(Span::parse(text, chrono_tz::UTC), None, "{text}");
        }
    }
}
