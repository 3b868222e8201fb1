//! Goes over a web archive in several places at once.
//!
//! Where a record begins is only known where the one before it ends. So the file is cut into stretches, and in each
//! but the first a record is looked for; what is found there counts only if the stretch before ends where it
//! begins. Otherwise, as where a record holds what looks like others, the stretch is gone over again from the place
//! that is known. What is noted, and in which order, is the same as with one worker.

use super::record::{LEAST_BOUND, MOST_RATIO, Met, Passed, Step, Wanted, walk};
use crate::read::{Source, Span};
use flate2::read::GzDecoder;
use rayon::prelude::*;
use std::io::{self, Read};

/// How many bytes a stretch has at most, and how few are worth one.
const LONGEST: u64 = 4 << 20;
const SHORTEST: u64 = 256 << 10;

/// How many stretches a worker has of those that are gone over together.
const EACH: u64 = 4;

/// How many bytes of line ends may stand between two records.
const MOST_BETWEEN: u64 = 16;

/// How many bytes are looked through at a time for the beginning of a record.
const PIECE: u64 = 64 << 10;

/// How far behind its stretch a record is read, in stretches, while it is not known to be one.
const MOST_BEHIND: u64 = 2;

/// What is met: what is noted of a record, and where what holds the records since the last end ends.
pub(super) enum Noted<Note> {
    Record(Note),
    End(u64),
}

/// Goes over all records of a source. `note` makes what is wanted of each, and `each` gets that in the order of the
/// file, and says whether to go on.
///
/// # Errors
/// Those of [`walk`].
pub(super) fn over<Note: Send>(
    source: &dyn Source,
    wanted: Wanted,
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
        wanted,
        note,
        size: (length / (EACH * workers)).clamp(SHORTEST, LONGEST),
        begins: Begins::of(source)?,
    };
    let mut place = Place {
        at: 0,
        left: length
            .saturating_mul(MOST_RATIO)
            .saturating_add(LEAST_BOUND),
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
struct Place {
    at: u64,
    left: u64,
}

/// What is noted of a stretch.
struct Stretch<Note> {
    start: u64,
    noted: Vec<Noted<Note>>,
    end: io::Result<Passed>,
    /// Whether all of what the file holds was there to be read.
    is_whole: bool,
}

/// An archive and the way over it.
struct Archive<'source, Make> {
    source: &'source dyn Source,
    wanted: Wanted,
    note: Make,
    /// The size of a stretch.
    size: u64,
    begins: Begins,
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
            .map(|&start| self.stretch(start, start == first, most))
            .collect();
        for (start, stretch) in starts.into_iter().zip(stretches) {
            let limit = start + self.size;
            if place.at >= limit {
                continue;
            }
            let known = stretch.filter(|stretch| self.follows(stretch, *place, most));
            let goes_on = match known {
                Some(stretch) => stretch.tell(place, most, each)?,
                None => self.serial(place, limit, each)?,
            };
            if !goes_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a stretch begins where the one before it ends, and would have been gone over in the same way then.
    fn follows<Note>(&self, stretch: &Stretch<Note>, place: Place, most: u64) -> bool {
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
            is_end && most - passed.left < place.left
        });
        is_next && is_same
    }

    /// Goes over a stretch, if a record begins in it.
    fn stretch<Note>(&self, from: u64, is_known: bool, most: u64) -> Option<Stretch<Note>>
    where
        Make: Fn(Met) -> Note,
    {
        let limit = from + self.size;
        let start = match is_known {
            true => from,
            false => self.begins.find(self.source, from, self.size)?,
        };
        let behind = match is_known {
            true => u64::MAX,
            false => limit + MOST_BEHIND * self.size,
        };
        let end = self.source.length().min(behind);
        let mut noted = Vec::new();
        let passed = self.walk(start..end, most, limit, &mut |one| {
            noted.push(one);
            true
        });
        Some(Stretch {
            start,
            noted,
            end: passed,
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
        let passed = self.walk(
            place.at..self.source.length(),
            place.left,
            limit,
            &mut |one| {
                goes_on = each(one);
                goes_on
            },
        )?;
        *place = Place {
            at: passed.at,
            left: passed.left,
        };
        Ok(goes_on && !passed.is_all)
    }

    fn walk<Note>(
        &self,
        span: std::ops::Range<u64>,
        most: u64,
        limit: u64,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<Passed>
    where
        Make: Fn(Met) -> Note,
    {
        let stream = self.source.stream(Span {
            start: span.start,
            length: span.end.saturating_sub(span.start),
        });
        walk(stream, span.start, most, self.wanted, &mut |step| {
            Ok(match step {
                Step::Record(met) => each(Noted::Record((self.note)(met))),
                Step::End(at) => each(Noted::End(at)) && at < limit,
            })
        })
    }
}

impl<Note> Stretch<Note> {
    /// Tells what was noted; says whether to go on.
    fn tell(
        self,
        place: &mut Place,
        most: u64,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<bool> {
        for one in self.noted {
            if !each(one) {
                return Ok(false);
            }
        }
        let passed = self.end?;
        place.at = passed.at;
        place.left = place.left.saturating_sub(most - passed.left);
        Ok(!passed.is_all)
    }
}

/// How records begin in a file: each in a gzip member, or plain.
#[derive(Clone, Copy)]
enum Begins {
    Member,
    Plain,
}

impl Begins {
    fn of(source: &dyn Source) -> io::Result<Self> {
        let mut first = [0; 2];
        let read = source.stream(source.span()).read(&mut first)?;
        Ok(match read == 2 && first == [0x1F, 0x8B] {
            true => Begins::Member,
            false => Begins::Plain,
        })
    }

    /// The first place in a stretch at which a record may begin.
    fn find(self, source: &dyn Source, from: u64, size: u64) -> Option<u64> {
        let end = from + size;
        let mut start = from;
        while start < end {
            // A mark may stand across the end of a piece.
            let span = Span {
                start,
                length: PIECE + 16,
            };
            let mut bytes = Vec::new();
            source.stream(span).read_to_end(&mut bytes).ok()?;
            let found = memchr::memmem::find_iter(&bytes, self.mark());
            let mut found = found.map(|at| start + at as u64);
            let found = match self {
                Begins::Member => found.find(|at| is_record(source, *at)),
                Begins::Plain => found.next().map(|at| at + 4),
            };
            if found.is_some() {
                return found;
            }
            start += PIECE;
        }
        None
    }

    fn mark(self) -> &'static [u8] {
        match self {
            // Deflated, as every member is (RFC 1952, section 2.3).
            Begins::Member => &[0x1F, 0x8B, 8],
            Begins::Plain => b"\r\n\r\nWARC/",
        }
    }
}

/// Whether a gzip member holds a record.
fn is_record(source: &dyn Source, at: u64) -> bool {
    let span = Span {
        start: at,
        length: source.length().saturating_sub(at),
    };
    let mut first = [0; 5];
    let read = GzDecoder::new(source.stream(span)).read_exact(&mut first);
    read.is_ok() && &first == b"WARC/"
}
