//! Periods of time: which volume an article belongs to, and what the volume is called.

use crate::model::{Timestamp, Zone};
use crate::write::Split;
use crate::write::epub::pages::wording::Wording;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};

/// What one volume covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Period {
    /// Every article.
    Whole,
    /// The articles of a year.
    Year(i32),
    /// The articles of a month: its first day.
    Month(NaiveDate),
    /// The articles of a week by ISO 8601: year and number.
    Week(i32, u32),
    /// The articles of a day.
    Day(NaiveDate),
    /// The articles without a date.
    Undated,
}

impl Period {
    /// The period that an article of a date belongs to.
    pub(super) fn of(published: Option<Timestamp>, split: Split, zone: Zone) -> Self {
        if matches!(split, Split::Never | Split::Size) {
            return Period::Whole;
        }
        let Some(published) = published else {
            return Period::Undated;
        };
        let day = day(published, zone);
        match split {
            Split::Year => Period::Year(day.year()),
            Split::Month => Period::Month(day.with_day(1).unwrap_or(day)),
            Split::Week => Period::Week(day.iso_week().year(), day.iso_week().week()),
            Split::Day | Split::Never | Split::Size => Period::Day(day),
        }
    }

    /// The name in file names and identifiers: `2021`, `2021-12`, `2021-W52`, `2021-12-31`,
    /// `undated`; none for the whole.
    pub(super) fn name(self) -> Option<String> {
        match self {
            Period::Whole => None,
            Period::Year(year) => Some(format!("{year:04}")),
            Period::Month(day) => Some(format!("{:04}-{:02}", day.year(), day.month())),
            Period::Week(year, week) => Some(format!("{year:04}-W{week:02}")),
            Period::Day(day) => Some(date_name(day)),
            Period::Undated => Some("undated".to_owned()),
        }
    }

    /// The name for people.
    pub(super) fn label(self, wording: &Wording) -> Option<String> {
        match self {
            Period::Whole => None,
            Period::Year(year) => Some(wording.year(year)),
            Period::Month(day) => Some(wording.month(day)),
            Period::Week(year, week) => Some(wording.week(year, week)),
            Period::Day(day) => Some(wording.day(day)),
            Period::Undated => Some(wording.undated.to_owned()),
        }
    }

    /// The position in the series of volumes: the period's own number, never a count, so that it
    /// stays when earlier volumes come or go.
    pub(super) fn position(self) -> Option<String> {
        let digits: String = match self {
            Period::Whole | Period::Undated => return None,
            other => other.name()?.chars().filter(char::is_ascii_digit).collect(),
        };
        Some(digits)
    }
}

/// `2021-12-31`.
pub(super) fn date_name(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The calendar day of an instant in a zone, such that a later instant never lies on an earlier
/// day: where clocks are put back over midnight, the new day has begun for good.
pub(super) fn day(time: Timestamp, zone: Zone) -> NaiveDate {
    let time = time.datetime();
    let day = time.with_timezone(&zone).date_naive();
    match day.checked_add_days(Days::new(1)) {
        Some(next) if begin(next, zone).is_some_and(|begin| begin <= time) => next,
        _ => day,
    }
}

fn begin(day: NaiveDate, zone: Zone) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    let first = zone.from_local_datetime(&midnight).earliest()?;
    Some(first.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Option<Timestamp> {
        Timestamp::from_datetime(text.parse().unwrap())
    }

    #[test]
    fn periods_are_cut_in_the_zone_of_the_publication() {
        let late = time("2021-12-31T23:30:00Z");
        let name = |split, zone| Period::of(late, split, zone).name().unwrap();
        assert_eq!(name(Split::Month, Zone::UTC), "2021-12");
        assert_eq!(name(Split::Month, Zone::Asia__Shanghai), "2022-01");
        assert_eq!(name(Split::Week, Zone::Asia__Shanghai), "2021-W52");
        assert_eq!(name(Split::Day, Zone::UTC), "2021-12-31");
        assert_eq!(Period::of(None, Split::Day, Zone::UTC), Period::Undated);
    }

    #[test]
    fn clocks_put_back_over_midnight_don_t_bring_a_day_back() {
        // St John's, 2006-10-29: at 00:01 clocks went back to 23:01 of the day before.
        let zone = Zone::America__St_Johns;
        let days: Vec<NaiveDate> = ["2006-10-29T02:30:30Z", "2006-10-29T02:45:00Z"]
            .into_iter()
            .map(|text| day(time(text).unwrap(), zone))
            .collect();
        assert!(days.is_sorted());
        assert_eq!(date_name(days[0]), "2006-10-29");
    }

    #[test]
    fn positions_are_periods() {
        let position =
            |split| Period::of(time("2021-12-31T00:00:00Z"), split, Zone::UTC).position();
        assert_eq!(position(Split::Month).as_deref(), Some("202112"));
        assert_eq!(position(Split::Week).as_deref(), Some("202152"));
        assert_eq!(position(Split::Never), None);
    }
}
