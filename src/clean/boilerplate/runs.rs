//! Runs of letters: what lines of many articles have in common, whatever names and dates differ within them.

use super::line::{LONG_NUMBER, Line};

/// The letters of a run: names and dates within a line differ from article to article, the runs of
/// letters around them don't.
pub(super) const RUN: usize = 8;

/// No character has a number of more bits (Unicode, chapter 2.4).
const LETTER_BITS: u32 = 21;

/// The letters of a run, and the digest of the line's long numbers where the run has one, so that it is
/// another where the number is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// The letters, each in [`LETTER_BITS`], zeros before those of a short run. Six are in the first.
    letters: (u128, u64),
    long_numbers: u64,
}

impl Run {
    /// The run of some letters of a line, fewer than [`RUN`].
    fn short(letters: &[char], line: &Line) -> Self {
        let (first, rest) = letters.split_at(letters.len().min(6));
        let first = first.iter().fold(0, |packed: u128, letter| {
            packed << LETTER_BITS | u128::from(u32::from(*letter))
        });
        let rest = rest.iter().fold(0, |packed: u64, letter| {
            packed << LETTER_BITS | u64::from(u32::from(*letter))
        });
        let has_number = letters.contains(&LONG_NUMBER);
        Run {
            letters: (first, rest),
            long_numbers: if has_number { line.long_numbers } else { 0 },
        }
    }

    pub(super) fn bytes(&self) -> impl Iterator<Item = u8> {
        let (first, rest) = self.letters;
        let letters = first.to_le_bytes().into_iter().chain(rest.to_le_bytes());
        letters.chain(self.long_numbers.to_le_bytes())
    }
}

/// The runs that enough articles have at one end.
pub(super) fn common_runs(articles: &[&Vec<Line>], fewest: usize) -> Vec<Run> {
    let sieve = Sieve::of(articles);
    let mut all: Vec<Run> = Vec::new();
    for lines in articles {
        let own = lines.iter().flat_map(Runs::of);
        let mut own: Vec<Run> = own.filter(|run| sieve.most(run) >= fewest).collect();
        own.sort_unstable();
        own.dedup();
        all.extend(own);
    }
    all.sort_unstable();
    let same = all.chunk_by(|one, other| one == other);
    let common = same.filter(|same| same.len() >= fewest);
    common.filter_map(|same| same.first().copied()).collect()
}

/// How many articles have a run at the most: runs share counts, so that a look at all of them costs no sorting.
/// Nearly all of them are in one article and go at once.
struct Sieve(Vec<Count>);

#[derive(Clone, Copy, Default)]
struct Count {
    articles: u32,
    /// The number of the last of them, from 1.
    last: u32,
}

impl Sieve {
    fn of(articles: &[&Vec<Line>]) -> Self {
        let letters = articles.iter().copied().flatten();
        let letters: usize = letters.map(|line| line.letters.len()).sum();
        let mut sieve = Sieve(vec![Count::default(); letters.next_power_of_two()]);
        for (number, lines) in (1..).zip(articles) {
            for run in lines.iter().flat_map(Runs::of) {
                let place = sieve.place(&run);
                if let Some(count) = sieve.0.get_mut(place).filter(|count| count.last != number) {
                    count.articles += 1;
                    count.last = number;
                }
            }
        }
        sieve
    }

    fn most(&self, run: &Run) -> usize {
        let count = self.0.get(self.place(run));
        count.map_or(0, |count| count.articles as usize)
    }

    fn place(&self, run: &Run) -> usize {
        let (first, rest) = run.letters;
        let halves = [first as u64, (first >> 64) as u64, rest, run.long_numbers];
        let mixed = halves.into_iter().fold(0u64, |mixed, half| {
            (mixed.rotate_left(23) ^ half).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        (mixed >> 32) as usize & (self.0.len() - 1)
    }
}

/// A line's runs, from the first; a line that is shorter than one is a run itself.
pub(super) struct Runs<'line> {
    line: &'line Line,
    letters: std::str::Chars<'line>,
    /// The letters before, packed like those of a run.
    packed: (u128, u64),
    /// How many letters were read since the last long number.
    behind_number: usize,
    short: Option<Run>,
}

impl<'line> Runs<'line> {
    pub(super) fn of(line: &'line Line) -> Self {
        let mut runs = Runs {
            line,
            letters: line.letters.chars(),
            packed: (0, 0),
            behind_number: RUN,
            short: None,
        };
        let mut first = ['\0'; RUN - 1];
        let mut count = 0;
        for (place, letter) in first.iter_mut().zip(runs.letters.by_ref()) {
            *place = letter;
            count += 1;
        }
        let first = first.get(..count).unwrap_or_default();
        if runs.letters.as_str().is_empty() {
            runs.short = Some(Run::short(first, line));
        }
        first.iter().for_each(|letter| runs.push(*letter));
        runs
    }

    /// Packs a letter behind those before it; the first of eight falls out.
    fn push(&mut self, letter: char) {
        let (first, rest) = self.packed;
        let rest = rest << LETTER_BITS | u64::from(u32::from(letter));
        // Six letters stand in the first part, and two in the second.
        let moved = u128::from(rest >> (2 * LETTER_BITS));
        let first = first << LETTER_BITS | moved;
        self.packed = (
            first & ((1 << (6 * LETTER_BITS)) - 1),
            rest & ((1 << (2 * LETTER_BITS)) - 1),
        );
        self.behind_number = match letter {
            LONG_NUMBER => 0,
            _ => self.behind_number + 1,
        };
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        if let Some(run) = self.short.take() {
            return Some(run);
        }
        let letter = self.letters.next()?;
        self.push(letter);
        let has_number = self.behind_number < RUN;
        Some(Run {
            letters: self.packed,
            long_numbers: if has_number {
                self.line.long_numbers
            } else {
                0
            },
        })
    }
}
