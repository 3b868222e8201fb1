//! The periods that archive documents are cut by.

use crate::model::{Timestamp, Zone};
use crate::write::FeedArchive;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day of the calendar, a week, a month or a year; the order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Period {
    Year(i32),
    Month(i32, u32),
    /// The year that most of the week lies in, and its number there (ISO 8601).
    Week(i32, u32),
    Day(NaiveDate),
}

impl Period {
    /// The period that a time falls into where people live by `zone`; none where there are no
    /// archive documents.
    pub(super) fn of(time: Timestamp, zone: Zone, archive: FeedArchive) -> Option<Self> {
        let local = time.datetime().with_timezone(&zone);
        match archive {
            FeedArchive::None => None,
            FeedArchive::Month => Some(Period::Month(local.year(), local.month())),
            FeedArchive::Year => Some(Period::Year(local.year())),
            FeedArchive::Week => {
                let week = local.iso_week();
                Some(Period::Week(week.year(), week.week()))
            }
            FeedArchive::Day => Some(Period::Day(local.date_naive())),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(formatter, "{year:04}"),
            Period::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Period::Week(year, week) => write!(formatter, "{year:04}-W{week:02}"),
            Period::Day(day) => {
                let (year, month, day) = (day.year(), day.month(), day.day());
                write!(formatter, "{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_people_live() {
        let time = Timestamp::from_millis(1_640_994_000_000).unwrap();
        let month = |zone| {
            Period::of(time, zone, FeedArchive::Month)
                .unwrap()
                .to_string()
        };
        assert_eq!(month(Zone::UTC), "2021-12");
        assert_eq!(month(Zone::Asia__Shanghai), "2022-01");
    }

    #[test]
    fn the_first_days_of_a_year_may_lie_in_the_last_week_of_the_one_before() {
        let time = Timestamp::from_millis(1_641_081_600_000).unwrap();
        let name = |archive| Period::of(time, Zone::UTC, archive).unwrap().to_string();
        assert_eq!(name(FeedArchive::Week), "2021-W52");
        assert_eq!(name(FeedArchive::Day), "2022-01-02");
    }
}
