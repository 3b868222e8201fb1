//! Which files are saves of one article: those of one address whose texts or titles agree, and those
//! of one source that share something cheap to compare (title, second of the byline, number in the
//! address, a long passage) and nearly all of their text.
//!
//! What records share puts them into buckets; only within a bucket they are compared. Large buckets
//! are cut into smaller ones by what their texts share, so that the work grows with the archive and
//! not with its square. The order of files decides nothing.

use super::scan::Record;
use crate::clean::Sketch;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Titles that so many articles of a source have name a column, not an article: only neighbours in
/// time are compared. Other keys that so many share tell nothing.
const COLUMN: usize = 1000;

/// The most records of a bucket that are compared each with each.
const FEW: usize = 32;

/// A passage that more records of a source share is said by the source: a notice, or the rules of a column.
const MOST_PASSAGES: usize = 16;

/// The most pages of one title that may be editions of one article though their numbers differ.
const MOST_EDITIONS: usize = 2;

/// The longest time between two editions whose numbers may differ, in milliseconds.
const NEAR: i64 = 48 * 60 * 60 * 1000;

/// The fewest letters of a text by which alone it is known.
const FEWEST_LETTERS: u32 = 200;

/// Texts with fewer letters are one only where they are the same to the letter, or one adds to the other:
/// bulletins of every day differ in one word.
const SHORT: u32 = 300;

/// Texts with fewer letters have to share more than longer ones.
const RATHER_SHORT: u32 = 600;

/// A second in which more pages of a site were published is that of an import.
const MOST_OF_A_SECOND: usize = 3;

/// What the records of a bucket share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The address, fragments apart.
    Address,
    /// Source and title.
    Title,
    /// Source, site and the time in the byline.
    Byline,
    /// Source, site and the long number at the end of the address.
    Number,
    /// Source and one of the longest passages.
    Passage,
    /// Text, whatever the source.
    Text,
}

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
                    record.content,
                    record.page,
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
            Some((0, record.group))
        });
        let sourced = |record: &Record, key: Option<u64>| Some((record.listed.source, key?));
        candidates.add(records, &order, Key::Title, |record| {
            sourced(record, record.title)
        });
        candidates.add(records, &order, Key::Byline, |record| {
            sourced(record, record.byline)
        });
        candidates.add(records, &order, Key::Number, |record| {
            sourced(record, record.number)
        });
        candidates.add_each(records, &order, Key::Passage, |record| {
            record.passages.map(|passage| sourced(record, passage))
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
            Key::Address => (record.page, record.content.first_half()),
            _ => (record.group, 0),
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
        .map(|(at, record)| (record.group, record.page, record.content, at))
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
        let pages: BTreeSet<u64> = pages.map(|record| record.group).collect();
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
                    titles.entry((0, record.title)).or_default().push(at);
                    // What is worse than another save of its page is so whatever its title says.
                    titles.entry((record.page, None)).or_default().push(at);
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

fn are_near(left: &Record, right: &Record) -> bool {
    let times = left.listed.updated.zip(right.listed.updated);
    times.is_some_and(|(left, right)| left.millis().abs_diff(right.millis()) <= NEAR.unsigned_abs())
}

/// Whether two records of a bucket are one article. `pages` says how many pages share what the bucket's
/// records do.
fn is_same(
    key: Key,
    pages: usize,
    (left, right): (usize, usize),
    records: &[Record],
    sketches: &HashMap<usize, Sketch>,
) -> bool {
    let (Some(one), Some(other)) = (records.get(left), records.get(right)) else {
        return false;
    };
    let texts = sketches.get(&left).zip(sketches.get(&right));
    if key == Key::Address {
        let titles = one.title.is_some() && one.title == other.title;
        let saves = |(left, right): (&Sketch, &Sketch)| match one.page == other.page {
            true => agree(left, right) || is_worse(left, right) || is_worse(right, left),
            // Entries of one page are written to one form.
            false => {
                is_nearly(0.92, left, right)
                    && left.agrees_in_numbers(right)
                    && !left.shows_other(right)
            }
        };
        return titles || texts.is_some_and(saves);
    }
    // One server says the same in the stead of many articles.
    let tells = |text: &Sketch| !text.is_blank() && !text.refusal;
    let Some((left, right)) = texts.filter(|(left, right)| tells(left) && tells(right)) else {
        return false;
    };
    if key != Key::Number && left.shows_other(right) {
        return false;
    }
    let shared = left.shared(right);
    let numbers = || left.agrees_in_numbers(right);
    match key {
        Key::Address => false,
        Key::Number => shared >= 0.6 || is_longer(left, right),
        // Announcements of one hall share all but who comes to it.
        Key::Passage => {
            let long = left.letters.min(right.letters) >= FEWEST_LETTERS;
            let shown = !left.shows_nothing_of(right);
            long && shown && is_nearly(0.92, left, right) && numbers()
        }
        Key::Byline => {
            let edited =
                pages <= MOST_OF_A_SECOND && shared >= 0.6 && !is_rather_short(left, right);
            (is_nearly(0.9, left, right) || edited) && numbers()
        }
        // Of a title that more pages have, each is a report of its own, with numbers of its own.
        Key::Title => {
            let is_column = pages > MOST_EDITIONS;
            let share = if is_column { 0.92 } else { 0.8 };
            let is_edition = || !is_column && are_near(one, other);
            is_nearly(share, left, right) && (numbers() || is_edition())
        }
        Key::Text => {
            let other_source = one.listed.source != other.listed.source;
            other_source
                && left.letters.min(right.letters) >= FEWEST_LETTERS
                && shared >= 0.9
                && numbers()
        }
    }
}

/// Whether two texts share so much that they are one, the shorter the more.
fn is_nearly(share: f64, left: &Sketch, right: &Sketch) -> bool {
    let share = match left.letters.min(right.letters) {
        ..SHORT => 1.0,
        SHORT..RATHER_SHORT => share.max(0.9),
        RATHER_SHORT.. => share,
    };
    left.shared(right) >= share || is_longer(left, right)
}

fn is_rather_short(left: &Sketch, right: &Sketch) -> bool {
    left.letters.min(right.letters) < RATHER_SHORT
}

/// Whether one text is the other with something added.
fn is_longer(left: &Sketch, right: &Sketch) -> bool {
    let (fewer, more) = (
        left.letters.min(right.letters),
        left.letters.max(right.letters),
    );
    // Of short texts of one length, the share is known too little to tell a word's difference.
    let grown = fewer >= SHORT || more.saturating_mul(20) >= fewer.saturating_mul(21);
    fewer >= 100 && grown && more <= fewer.saturating_mul(2) && left.contained(right) >= 0.97
}

/// Whether two texts of one address are saves of one text: half of the shorter is in the longer, and where
/// both say little, they show the same.
pub(super) fn agree(left: &Sketch, right: &Sketch) -> bool {
    left.contained(right) >= 0.5 && !left.shows_other(right)
}

/// Whether a save is worse than another of the same page: blank, what the server said in the
/// article's stead, or a far shorter text that has nothing to do with it or is its beginning only.
pub(super) fn is_worse(save: &Sketch, other: &Sketch) -> bool {
    if other.is_blank() {
        return false;
    }
    if save.is_blank() {
        return true;
    }
    let shorter = |times: u32| save.letters.saturating_mul(times) < other.letters;
    let contained = save.contained(other);
    let unrelated = contained < 0.3;
    (unrelated && save.refusal && !other.refusal)
        || (unrelated && save.letters <= 600 && shorter(5))
        || (contained >= 0.8 && shorter(4))
}

/// Groups that grow together (union-find).
struct Joined<'ranks> {
    before: Vec<usize>,
    ranks: &'ranks [usize],
}

impl<'ranks> Joined<'ranks> {
    fn new(ranks: &'ranks [usize]) -> Self {
        Joined {
            before: (0..ranks.len()).collect(),
            ranks,
        }
    }

    /// The first of the group that a record belongs to.
    fn first(&mut self, mut at: usize) -> usize {
        while let Some(&before) = self.before.get(at)
            && before != at
        {
            // Each step halves the way for the next who goes it.
            let further = self.before.get(before).copied().unwrap_or(before);
            if let Some(slot) = self.before.get_mut(at) {
                *slot = further;
            }
            at = further;
        }
        at
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.first(left), self.first(right));
        let rank = |at: usize| self.ranks.get(at).copied();
        let (first, second) = if rank(left) <= rank(right) {
            (left, right)
        } else {
            (right, left)
        };
        if let Some(slot) = self.before.get_mut(second) {
            *slot = first;
        }
    }
}
