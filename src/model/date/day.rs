//! A day as it was written, without a time.

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day that an archive names without an hour: the same wherever it is read, while the instant at
/// which it begins is on another day elsewhere.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(into = "i32", try_from = "i32")]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a date.
    pub fn new(date: NaiveDate) -> Self {
        Day(date)
    }

    /// The value for calendar arithmetic.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl From<Day> for i32 {
    /// Days since the last one before the year 1.
    fn from(day: Day) -> i32 {
        day.0.num_days_from_ce()
    }
}

impl TryFrom<i32> for Day {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Self, Self::Error> {
        let date = NaiveDate::from_num_days_from_ce_opt(days);
        date.map(Day).ok_or("no day of the calendar")
    }
}

impl fmt::Display for Day {
    /// `2021-12-31`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.format("%Y-%m-%d"), formatter)
    }
}
