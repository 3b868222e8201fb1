//! The newest date of an output, safe from clocks that run ahead.

use super::Timestamp;

/// Thirty days in milliseconds.
const TRUST: i64 = 30 * 24 * 60 * 60 * 1000;

/// Finds the newest of many times, passing over a single one that lies more than 30 days after
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
