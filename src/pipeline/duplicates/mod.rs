//! Which files are saves of one article: those of one address whose texts or titles agree, and those
//! of one source that share something cheap to compare (title, second of the byline, number in the
//! address, a long passage) and nearly all of their text.
//!
//! What records share puts them into buckets; only within a bucket they are compared. Large buckets
//! are cut into smaller ones by what their texts share, so that the work grows with the archive and
//! not with its square. The order of files decides nothing.

mod comparing;
mod joined;

pub(super) use comparing::{agree, is_part, is_worse};

use super::scan::Record;
use crate::clean::Sketch;
use comparing::{Key, are_near, is_same};
use joined::Joined;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Titles that so many articles of a source have name a column, not an article: only neighbours in
/// time are compared. Other keys that so many share tell nothing.
const COLUMN: usize = 1000;

/// The most records of a bucket that are compared each with each.
const FEW: usize = 32;

/// A passage that more records of a source share is said by the source: a notice, or the rules of a column.
const MOST_PASSAGES: usize = 16;

/// Records that share something, in the order of time and content.
struct Bucket {
    key: Key,
    members: Vec<usize>,
}

/// Records that may be saves of each other.
pub(super) struct Candidates {
    buckets: Vec<Bucket>,
    /// The place of each record in the order of time and content.
    ranks: Vec<usize>,
}

impl Candidates {
    /// Finds them by what is known without their texts.
    pub fn find(records: &[Record]) -> Self {
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by_key(|&at| {
            let record = records.get(at);
            record.map(|record| {
                (
                    record.listed.updated,
                    record.fingerprint.content,
                    record.fingerprint.page,
                    record.place,
                )
            })
        });
        let mut ranks = vec![0; records.len()];
        for (rank, &at) in order.iter().enumerate() {
            if let Some(slot) = ranks.get_mut(at) {
                *slot = rank;
            }
        }
        let mut candidates = Candidates {
            buckets: Vec::new(),
            ranks,
        };
        candidates.add(records, &order, Key::Address, |record| {
            Some((0, record.fingerprint.group))
        });
        let sourced = |record: &Record, key: Option<u64>| Some((record.listed.source, key?));
        candidates.add(records, &order, Key::Title, |record| {
            sourced(record, record.fingerprint.title)
        });
        candidates.add(records, &order, Key::Byline, |record| {
            sourced(record, record.fingerprint.byline)
        });
        candidates.add(records, &order, Key::Number, |record| {
            sourced(record, record.fingerprint.number)
        });
        candidates.add_each(records, &order, Key::Passage, |record| {
            record
                .fingerprint
                .passages
                .map(|passage| sourced(record, passage))
        });
        candidates
    }

    fn add(
        &mut self,
        records: &[Record],
        order: &[usize],
        key: Key,
        of: impl Fn(&Record) -> Option<(u32, u64)>,
    ) {
        self.add_each(records, order, key, |record| [of(record), None]);
    }

    /// The same where a record may have several keys of a kind.
    fn add_each(
        &mut self,
        records: &[Record],
        order: &[usize],
        key: Key,
        of: impl Fn(&Record) -> [Option<(u32, u64)>; 2],
    ) {
        let keyed = order.iter().enumerate().flat_map(|(rank, &at)| {
            let keys = records.get(at).map(&of).into_iter().flatten().flatten();
            keys.map(move |key| (key, rank, at))
        });
        let mut keyed: Vec<((u32, u64), usize, usize)> = keyed.collect();
        keyed.sort_unstable();
        for same in keyed.chunk_by(|left, right| left.0 == right.0) {
            let members: Vec<usize> = same.iter().map(|(_, _, at)| *at).collect();
            let telling = match key {
                Key::Address | Key::Title | Key::Text => true,
                Key::Passage => members.len() <= MOST_PASSAGES,
                Key::Byline | Key::Number => members.len() <= COLUMN,
            };
            if telling && differ(records, &members, key) {
                self.buckets.push(Bucket { key, members });
            }
        }
    }

    /// The records whose texts have to be known.
    pub fn wanted(&self, records: &[Record]) -> BTreeSet<usize> {
        let mut wanted = BTreeSet::new();
        for bucket in &self.buckets {
            if bucket.is_column() {
                let near = bucket
                    .neighbours(records)
                    .flat_map(|(left, right)| [left, right]);
                wanted.extend(near);
            } else {
                wanted.extend(bucket.members.iter().copied());
            }
        }
        wanted
    }

    /// For each record, the first of those that it is one article with.
    pub fn join(
        mut self,
        records: &[Record],
        sketches: &HashMap<usize, Sketch>,
        across_sources: bool,
    ) -> Vec<usize> {
        use rayon::prelude::*;
        if across_sources {
            let mut members: Vec<usize> = sketches.keys().copied().collect();
            members.sort_unstable_by_key(|&at| self.ranks.get(at).copied());
            self.buckets.push(Bucket {
                key: Key::Text,
                members,
            });
        }
        let found: Vec<Vec<(usize, usize)>> = self
            .buckets
            .par_iter()
            .map(|bucket| {
                let pairs = bucket.pairs(records, sketches).into_iter();
                let pages = bucket.pages(records);
                let same =
                    pairs.filter(|&pair| is_same(bucket.key, pages, pair, records, sketches));
                same.collect()
            })
            .collect();
        let mut joined = Joined::new(&self.ranks);
        // Copies of one file may stand in no bucket that is compared.
        for (left, right) in copies(records)
            .into_iter()
            .chain(found.into_iter().flatten())
        {
            joined.join(left, right);
        }
        (0..records.len()).map(|at| joined.first(at)).collect()
    }
}

/// Whether there is anything to compare: copies of one file are the same without being read, and
/// files of one address are compared as such.
fn differ(records: &[Record], members: &[usize], key: Key) -> bool {
    let what = |&at: &usize| {
        let record = records.get(at)?;
        Some(match key {
            Key::Address => (
                record.fingerprint.page,
                record.fingerprint.content.first_half(),
            ),
            _ => (record.fingerprint.group, 0),
        })
    };
    let first = members.first().and_then(what);
    members.iter().any(|at| what(at) != first)
}

/// Pairs of records with the same address and the same content.
fn copies(records: &[Record]) -> Vec<(usize, usize)> {
    let mut all: Vec<_> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            (
                record.fingerprint.group,
                record.fingerprint.page,
                record.fingerprint.content,
                at,
            )
        })
        .collect();
    all.sort_unstable();
    let pair = |pair: &[(u64, u64, _, usize)]| match pair {
        [left, right] if (left.0, left.1, left.2) == (right.0, right.1, right.2) => {
            Some((left.3, right.3))
        }
        _ => None,
    };
    all.windows(2).filter_map(pair).collect()
}

impl Bucket {
    /// How many pages share the key; where there are many, more than any rule wants to know.
    fn pages(&self, records: &[Record]) -> usize {
        if self.members.len() > FEW {
            return usize::MAX;
        }
        let pages = self.members.iter().filter_map(|&at| records.get(at));
        let pages: BTreeSet<u64> = pages.map(|record| record.fingerprint.group).collect();
        pages.len()
    }

    fn is_column(&self) -> bool {
        self.key == Key::Title && self.members.len() > COLUMN
    }

    /// Records that follow each other in time, within two days.
    fn neighbours<'bucket>(
        &'bucket self,
        records: &'bucket [Record],
    ) -> impl Iterator<Item = (usize, usize)> + 'bucket {
        let near = |pair: &[usize]| match pair {
            [left, right] => {
                are_near(records.get(*left)?, records.get(*right)?).then_some((*left, *right))
            }
            _ => None,
        };
        self.members.windows(2).filter_map(near)
    }

    /// The pairs that are compared.
    fn pairs(&self, records: &[Record], sketches: &HashMap<usize, Sketch>) -> Vec<(usize, usize)> {
        if self.is_column() {
            return self.neighbours(records).collect();
        }
        if self.members.len() <= FEW {
            let rest = |at: usize| self.members.iter().skip(at + 1);
            let members = self.members.iter().enumerate();
            return members
                .flat_map(|(at, &left)| rest(at).map(move |&right| (left, right)))
                .collect();
        }
        let mut groups: BTreeMap<(usize, [u16; 4]), Vec<usize>> = BTreeMap::new();
        for &at in &self.members {
            for (number, band) in sketches.get(&at).into_iter().flat_map(Sketch::bands) {
                groups.entry((number, band)).or_default().push(at);
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> =
            groups.values().flat_map(|group| chained(group)).collect();
        if self.key == Key::Address {
            let mut titles: BTreeMap<(u64, Option<u64>), Vec<usize>> = BTreeMap::new();
            for &at in &self.members {
                if let Some(record) = records.get(at) {
                    titles
                        .entry((0, record.fingerprint.title))
                        .or_default()
                        .push(at);
                    // What is worse than another save of its page is so whatever its title says.
                    titles
                        .entry((record.fingerprint.page, None))
                        .or_default()
                        .push(at);
                }
            }
            pairs.extend(titles.values().flat_map(|group| chained(group)));
        }
        pairs.into_iter().collect()
    }
}

/// Each with the first and with the one before it.
fn chained(group: &[usize]) -> Vec<(usize, usize)> {
    let first = group.first().copied();
    let before = group.iter().copied();
    let pairs = before.zip(group.iter().copied().skip(1));
    pairs
        .flat_map(|(before, at)| [(first.unwrap_or(before), at), (before, at)])
        .collect()
}
