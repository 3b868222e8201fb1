//! The newest date of an output, safe from clocks that run ahead.

use super::Timestamp;

/// Five years in milliseconds. A pause between articles is no evidence: a quarterly magazine has
/// months between all of its own.
const TRUST: i64 = 5 * 365 * 24 * 60 * 60 * 1000;

/// Finds the newest of many times, passing over a single one that lies more than five years after
/// all others: a scraper's clock must not date a whole feed or book into the future.
///
/// ```
/// use offprint::model::{Newest, Timestamp};
/// let mut newest = Newest::default();
/// for millis in [1_600_000_000_000, 1_600_000_060_000, 1_990_000_000_000] {
///     newest.add(Timestamp::from_millis(millis));
/// }
/// assert_eq!(newest.time(), Timestamp::from_millis(1_600_000_060_000));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    first: Option<Timestamp>,
    second: Option<Timestamp>,
}

impl Newest {
    /// Takes a time into account.
    pub fn add(&mut self, time: Option<Timestamp>) {
        if time > self.first {
            self.second = self.first;
            self.first = time;
        } else if time > self.second {
            self.second = time;
        }
    }

    /// The newest time that can be trusted.
    pub fn time(self) -> Option<Timestamp> {
        match (self.first, self.second) {
            (Some(first), Some(second)) if first.millis() - second.millis() > TRUST => Some(second),
            (first, _) => first,
        }
    }

    /// Whether a time lies too far after the others to be trusted.
    pub fn distrusts(self, time: Timestamp) -> bool {
        self.time().is_some_and(|newest| time > newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_11_a_pause_between_articles_is_no_wrong_clock() {
        let day = 24 * 60 * 60 * 1000;
        for pause in [1, 31, 92, 366, 4 * 365] {
            let times =
                [0, 1, 2].map(|n| Timestamp::from_millis(1_600_000_000_000 + n * pause * day));
            let mut newest = Newest::default();
            times.iter().for_each(|time| newest.add(*time));
            assert_eq!(newest.time(), times[2], "{pause} days");
            assert!(!times.iter().flatten().any(|time| newest.distrusts(*time)));
        }
    }
}
