//! Goes over a web archive in several places at once.
//!
//! Where a record begins is only known where the one before it ends. So the file is cut into stretches, and in each
//! but the first a record is looked for; what is found there counts only if the stretch before ends where it
//! begins. Otherwise, as where a record holds what looks like others, the stretch is gone over again from the place
//! that is known. What is noted, and in which order, is the same as with one worker.

use super::begins::Begins;
use super::damage::Damage;
use super::record::{LEAST_BOUND, MOST_RATIO, Met, Passed};
use crate::read::{Source, Span};
use rayon::prelude::*;
use std::io::{self, Read};

/// How many bytes a stretch has at most, and how few are worth one.
const LONGEST: u64 = 4 << 20;
const SHORTEST: u64 = 256 << 10;

/// How many stretches a worker has of those that are gone over together.
const EACH: u64 = 4;

/// How many bytes of line ends may stand between two records.
const MOST_BETWEEN: u64 = 16;

/// How far behind its stretch a record is read, in stretches, while it is not known to be one.
const MOST_BEHIND: u64 = 2;

/// What is met: what is noted of a record, and where what holds the records since the last end ends.
pub(super) enum Noted<Note> {
    Record(Note),
    End(u64),
    Damaged(Damage),
}

/// Goes over all records of a source. `note` makes what is wanted of each, and `each` gets that in the order of the
/// file, and says whether to go on.
///
/// # Errors
/// Those of [`walk`].
pub(super) fn over<Note: Send>(
    source: &dyn Source,
    note: impl Fn(Met) -> Note + Sync,
    each: &mut dyn FnMut(Noted<Note>) -> bool,
) -> io::Result<()> {
    let length = source.length();
    // Outside a pool the library would start one of its own.
    let workers = match rayon::current_thread_index() {
        Some(_) => rayon::current_num_threads() as u64,
        None => 1,
    };
    let archive = Archive {
        source,
        note,
        size: (length / (EACH * workers)).clamp(SHORTEST, LONGEST),
        begins: Begins::of(source)?,
    };
    let mut place = Place {
        at: 0,
        left: length
            .saturating_mul(MOST_RATIO)
            .saturating_add(LEAST_BOUND),
        met: None,
    };
    let mut goes_on = workers > 1;
    while goes_on && length.saturating_sub(place.at) > archive.size {
        goes_on = archive.round(&mut place, workers * EACH, each)?;
        if !goes_on {
            return Ok(());
        }
    }
    archive.serial(&mut place, length, each).map(|_| ())
}

/// How far an archive is gone over, and how many bytes may still be inflated.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub at: u64,
    pub left: u64,
    /// Where the record begins that was met last.
    pub met: Option<u64>,
}

/// What is noted of a stretch.
struct Stretch<Note> {
    start: u64,
    noted: Vec<Noted<Note>>,
    end: io::Result<Passed>,
    /// How many bytes were inflated.
    inflated: u64,
    met: Option<u64>,
    /// Whether all of what the file holds was there to be read.
    is_whole: bool,
}

/// An archive and the way over it.
pub(super) struct Archive<'source, Make> {
    pub source: &'source dyn Source,
    pub note: Make,
    /// The size of a stretch.
    size: u64,
    pub begins: Begins,
}

impl<Make> Archive<'_, Make> {
    /// Goes over some stretches; says whether to go on.
    fn round<Note: Send>(
        &self,
        place: &mut Place,
        count: u64,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<bool>
    where
        Make: Fn(Met) -> Note + Sync,
    {
        let first = place.at;
        let most = place.left.min(self.size * MOST_RATIO + LEAST_BOUND);
        let starts: Vec<u64> = (0..count)
            .map(|number| first + number * self.size)
            .take_while(|start| *start < self.source.length())
            .collect();
        let stretches: Vec<Option<Stretch<Note>>> = starts
            .par_iter()
            .map(|&start| {
                let met = place.met.filter(|_| start == first);
                let start_at = Place {
                    at: start,
                    left: most,
                    met,
                };
                self.stretch(start_at, start == first)
            })
            .collect();
        for (start, stretch) in starts.into_iter().zip(stretches) {
            let limit = start + self.size;
            if place.at >= limit {
                continue;
            }
            let known = stretch.filter(|stretch| self.follows(stretch, place));
            let goes_on = match known {
                Some(stretch) => stretch.tell(place, each)?,
                None => self.serial(place, limit, each)?,
            };
            if !goes_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a stretch begins where the one before it ends, and would have been gone over in the same way then.
    fn follows<Note>(&self, stretch: &Stretch<Note>, place: &Place) -> bool {
        let between = stretch.start.checked_sub(place.at);
        let is_next = between.is_some_and(|length| {
            let mut space = Vec::new();
            let span = Span {
                start: place.at,
                length,
            };
            length <= MOST_BETWEEN
                && self.source.stream(span).read_to_end(&mut space).is_ok()
                && space.trim_ascii().is_empty()
        });
        let is_same = stretch.end.as_ref().is_ok_and(|passed| {
            let is_end = !passed.is_all || stretch.is_whole;
            is_end && stretch.inflated < place.left
        });
        is_next && is_same
    }

    /// Goes over a stretch, if a record begins in it.
    fn stretch<Note>(&self, mut place: Place, is_known: bool) -> Option<Stretch<Note>>
    where
        Make: Fn(Met) -> Note,
    {
        let (limit, most) = (place.at + self.size, place.left);
        let start = match is_known {
            true => place.at,
            false => self.begins.find(self.source, place.at, self.size)?,
        };
        let behind = match is_known {
            true => u64::MAX,
            false => limit + MOST_BEHIND * self.size,
        };
        let end = self.source.length().min(behind);
        let mut noted = Vec::new();
        let passed = self.walk(start..end, &mut place, limit, &mut |one| {
            noted.push(one);
            true
        });
        Some(Stretch {
            start,
            noted,
            end: passed,
            inflated: most - place.left,
            met: place.met,
            is_whole: end == self.source.length(),
        })
    }

    /// Goes on from a place that is known to a limit; says whether to go on.
    fn serial<Note>(
        &self,
        place: &mut Place,
        limit: u64,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<bool>
    where
        Make: Fn(Met) -> Note,
    {
        let mut goes_on = true;
        let part = place.at..self.source.length();
        let passed = self.walk(part, place, limit, &mut |one| {
            goes_on = each(one);
            goes_on
        })?;
        place.at = passed.at;
        Ok(goes_on && !passed.is_all)
    }
}

impl<Note> Stretch<Note> {
    /// Tells what was noted; says whether to go on.
    fn tell(
        self,
        place: &mut Place,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<bool> {
        for one in self.noted {
            if !each(one) {
                return Ok(false);
            }
        }
        let passed = self.end?;
        place.at = passed.at;
        place.met = self.met;
        place.left = place.left.saturating_sub(self.inflated);
        Ok(!passed.is_all)
    }
}
