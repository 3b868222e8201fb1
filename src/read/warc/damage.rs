//! What can't be read of a web archive, and how the way over its records goes on behind that.

use super::begins::Begins;
use super::record::{Met, Passed, Step, walk};
use super::stretches::{Archive, Noted, Place};
use crate::read::Span;
use std::io;
use std::ops::Range;

/// A place of a file that can't be read.
pub(super) struct Damage {
    /// Where the record begins that is damaged, or what stands between two.
    pub at: u64,
    /// Where the record begins that was met last.
    pub met: Option<u64>,
    /// Where the next record begins, or the file ends.
    pub next: u64,
    /// How many bytes are gone over again from there on.
    pub again: u64,
    pub why: String,
}

/// The most places of a file that may be damaged before the rest is given up.
const MOST_DAMAGED: u64 = 100_000;

/// How much damage a file may have: what is gone over again for it is bounded by the file.
#[derive(Default)]
pub(super) struct Budget {
    places: u64,
    bytes: u64,
}

impl Budget {
    pub(super) fn of(length: u64) -> Self {
        Budget {
            places: MOST_DAMAGED,
            bytes: length.saturating_mul(4),
        }
    }

    /// Takes a damage from it; says whether there was room for it.
    pub(super) fn takes(&mut self, damage: &Damage) -> bool {
        let places = self.places.checked_sub(1);
        let bytes = self.bytes.checked_sub(damage.again);
        self.places = places.unwrap_or_default();
        self.bytes = bytes.unwrap_or_default();
        places.is_some() && bytes.is_some()
    }
}

impl<Make> Archive<'_, Make> {
    /// Goes over the records of a part of the file; behind damage, on from where the next record begins.
    pub fn walk<Note>(
        &self,
        part: Range<u64>,
        place: &mut Place,
        limit: u64,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<Passed>
    where
        Make: Fn(Met) -> Note,
    {
        let mut start = part.start;
        // A stretch that is damaged too much is gone over again alone, with the file's own budget.
        let mut budget = match part.end == self.source.length() {
            true => Budget::of(part.end),
            false => Budget::of(part.end - part.start),
        };
        let mut met = place.met;
        loop {
            let mut way = Way { met, last: start };
            let left = &mut place.left;
            let passed = self.walk_whole(start..part.end, left, limit, &mut way, each);
            place.met = way.met;
            let error = match passed {
                Ok(passed) => return Ok(passed),
                Err(error) => error,
            };
            if !self.is_damage(&error, part.end) {
                return Err(placed(&error, way.damaged_at()));
            }
            let next = self.behind_damage(&error, &way, part.end);
            let damage = Damage {
                at: way.damaged_at(),
                met: way.met,
                next: next.unwrap_or(part.end),
                again: way.last.saturating_sub(next.unwrap_or(way.last)),
                why: error.to_string(),
            };
            if !budget.takes(&damage) {
                return Err(too_many(damage.at));
            }
            (start, met) = (damage.next, None);
            if !each(Noted::Damaged(damage)) || start >= limit || next.is_none() {
                return Ok(Passed {
                    at: start,
                    is_all: next.is_none(),
                });
            }
        }
    }

    /// Whether the bytes of the file are at fault, up to an end that may not be its own.
    fn is_damage(&self, error: &io::Error, end: u64) -> bool {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => true,
            io::ErrorKind::UnexpectedEof => end == self.source.length(),
            _ => false,
        }
    }

    /// Where the next record begins behind the place that can't be read.
    fn behind_damage(&self, error: &io::Error, way: &Way, end: u64) -> Option<u64> {
        let find = |from: u64, end: u64| {
            let length = end.checked_sub(from)?;
            let next = self.begins.find(self.source, from, length);
            next.filter(|next| *next < end)
        };
        // Neither what a record begins with nor the line ends before it are looked for again.
        let from = match self.begins {
            Begins::Member => way.damaged_at() + 1,
            Begins::Plain => way.damaged_at() + 5,
        };
        // Where none begins, the record before may have said that it is longer than it is.
        let is_none = error.kind() == io::ErrorKind::InvalidData;
        let longer = way.met.filter(|_| is_none && self.begins == Begins::Plain);
        let within = longer.and_then(|met| find(met + 5, way.last));
        within.or_else(|| find(from, end))
    }

    fn walk_whole<Note>(
        &self,
        part: Range<u64>,
        left: &mut u64,
        limit: u64,
        way: &mut Way,
        each: &mut dyn FnMut(Noted<Note>) -> bool,
    ) -> io::Result<Passed>
    where
        Make: Fn(Met) -> Note,
    {
        let stream = self.source.stream(Span {
            start: part.start,
            length: part.end.saturating_sub(part.start),
        });
        walk(stream, part, left, &mut |step| {
            Ok(match step {
                Step::Record(met) => {
                    way.met = Some(met.start.at);
                    each(Noted::Record((self.note)(met)))
                }
                Step::End(at) => {
                    way.last = at;
                    each(Noted::End(at)) && at < limit
                }
            })
        })
    }
}

/// How far a way over records came before damage.
struct Way {
    /// Where the last record begins that was met.
    met: Option<u64>,
    /// Where the last one ends that was passed over.
    last: u64,
}

impl Way {
    /// Where what can't be read begins: within the record that was met last, or behind it.
    fn damaged_at(&self) -> u64 {
        self.met.map_or(self.last, |met| met.max(self.last))
    }
}

fn placed(error: &io::Error, at: u64) -> io::Error {
    io::Error::new(error.kind(), format!("from byte {at} on: {error}"))
}

pub(super) fn too_many(at: u64) -> io::Error {
    let message = format!("from byte {at} on: it is damaged in too many places");
    io::Error::new(io::ErrorKind::InvalidData, message)
}
