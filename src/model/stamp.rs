//! What the file system says of a file without its being read.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Length and times of a file. A file whose stamp is as it was has not been written since, unless
/// that happened so soon after it was read that the clock had not moved on ([`Stamp::is_settled`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The length in bytes.
    pub length: u64,
    /// When the content changed last: time since 1970, negative before it.
    modified: Moment,
    /// When content, name or permissions changed last, where the system tells. Programs that set
    /// the other time leave this one alone.
    changed: Option<Moment>,
}

/// A point in time as file systems tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    seconds: i64,
    nanoseconds: u32,
}

/// The coarsest step of the times of a file system (FAT: two seconds), and some room for clocks of
/// network file systems.
const STEP: i64 = 3;

impl Moment {
    /// The present, by the system's clock.
    pub fn now() -> Self {
        SystemTime::now().into()
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let (since, sign) = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => (since, 1),
            Err(before) => (before.duration(), -1),
        };
        Moment {
            seconds: seconds(since).saturating_mul(sign),
            nanoseconds: since.subsec_nanos(),
        }
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().unwrap_or(UNIX_EPOCH).into(),
            changed: changed(metadata),
        }
    }

    /// Length and time of the content alone, as a text that tells versions of a file apart.
    pub fn content(&self) -> String {
        let Moment {
            seconds,
            nanoseconds,
        } = self.modified;
        format!("{} {seconds}.{nanoseconds}", self.length)
    }

    /// Whether the file was left alone for long enough before a run began that any later change
    /// has to show in its times.
    pub fn is_settled(&self, began: Moment) -> bool {
        let limit = began.seconds.saturating_sub(STEP);
        let times = [Some(self.modified), self.changed];
        times.into_iter().flatten().all(|time| time.seconds < limit)
    }

    /// Whether every change of the file shows in the stamp, whatever programs say of its time.
    pub fn tells_changes(&self) -> bool {
        self.changed.is_some()
    }

    /// Whether this is the stamp of a file that we wrote and that came here with its time of
    /// change, though perhaps without the fraction of the second, as archives keep it.
    pub fn is_copy_of(&self, written: &Stamp) -> bool {
        let (here, there) = (self.modified, written.modified);
        self.length == written.length
            && here.seconds == there.seconds
            && (here.nanoseconds == there.nanoseconds || here.nanoseconds == 0)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<Moment> {
    use std::os::unix::fs::MetadataExt;
    Some(Moment {
        seconds: metadata.ctime(),
        nanoseconds: u32::try_from(metadata.ctime_nsec()).unwrap_or_default(),
    })
}

#[cfg(not(unix))]
fn changed(_metadata: &Metadata) -> Option<Moment> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(seconds: i64, nanoseconds: u32) -> Stamp {
        Stamp {
            length: 1,
            modified: Moment {
                seconds,
                nanoseconds,
            },
            changed: None,
        }
    }

    #[test]
    fn a_file_written_during_the_run_is_in_doubt() {
        let began = Moment {
            seconds: 1_000,
            nanoseconds: 0,
        };
        assert!(stamp(996, 999_999_999).is_settled(began));
        assert!(!stamp(998, 0).is_settled(began));
        assert!(!stamp(1_001, 0).is_settled(began));
    }

    #[test]
    fn an_archive_may_cut_the_fraction_of_the_second() {
        let written = stamp(5, 123);
        assert!(stamp(5, 123).is_copy_of(&written));
        assert!(stamp(5, 0).is_copy_of(&written));
        assert!(!stamp(5, 124).is_copy_of(&written));
        assert!(!stamp(6, 0).is_copy_of(&written));
    }
}
