//! The newest date of an output, safe from times that no article can have.

use super::Timestamp;

/// 2100-01-01T00:00:00Z. What lies after it is no time at which an article was saved, whatever the
/// others say. A clock that is wrong by less leaves no evidence: a pause of any length before an
/// article is what a quarterly, or an archive that was taken up again, looks like too, and no clock
/// of the machine may be asked, since the same archive gives the same bytes at all times.
const IMPOSSIBLE: i64 = 4_102_444_800_000;

/// Finds the newest of many times, passing over those after the year 2099 unless there are no
/// others: what a broken script counted must not date a whole feed or book.
///
/// ```
/// use offprint::model::{Newest, Timestamp};
/// let mut newest = Newest::default();
/// for millis in [1_600_000_000_000, 1_990_000_000_000, 16_000_000_000_000] {
///     newest.add(Timestamp::from_millis(millis));
/// }
/// assert_eq!(newest.time(), Timestamp::from_millis(1_990_000_000_000));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    possible: Option<Timestamp>,
    impossible: Option<Timestamp>,
}

impl Newest {
    /// Takes a time into account.
    pub fn add(&mut self, time: Option<Timestamp>) {
        let newest = match time {
            Some(time) if Self::distrusts(time) => &mut self.impossible,
            _ => &mut self.possible,
        };
        *newest = (*newest).max(time);
    }

    /// The newest time that can be trusted.
    pub fn time(self) -> Option<Timestamp> {
        self.possible.or(self.impossible)
    }

    /// Whether no article can have this time.
    pub fn distrusts(time: Timestamp) -> bool {
        time.millis() >= IMPOSSIBLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_11_a_pause_between_articles_is_no_wrong_clock() {
        let day = 24 * 60 * 60 * 1000;
        for pause in [1, 31, 92, 366, 4 * 365, 6 * 365, 20 * 365] {
            let times =
                [0, 1, 2].map(|n| Timestamp::from_millis(1_200_000_000_000 + n * pause * day));
            let mut newest = Newest::default();
            times.iter().for_each(|time| newest.add(*time));
            assert_eq!(newest.time(), times[2], "{pause} days");
            assert!(!times.iter().flatten().any(|time| Newest::distrusts(*time)));
        }
    }

    #[test]
    fn impossible_times_count_where_there_are_no_others() {
        let far = Timestamp::from_millis(IMPOSSIBLE);
        let mut newest = Newest::default();
        newest.add(far);
        assert_eq!(newest.time(), far);
        newest.add(Timestamp::from_millis(IMPOSSIBLE - 1));
        assert_eq!(newest.time(), Timestamp::from_millis(IMPOSSIBLE - 1));
    }
}
