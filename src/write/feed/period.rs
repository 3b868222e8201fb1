//! The periods that archive documents are cut by.

use crate::model::{Timestamp, Zone};
use crate::write::FeedArchive;
use chrono::Datelike;
use std::fmt;

/// A calendar month or year; the order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Period {
    Year(i32),
    Month(i32, u32),
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
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(formatter, "{year:04}"),
            Period::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
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
}
