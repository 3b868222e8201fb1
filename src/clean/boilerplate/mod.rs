//! What a source puts at the ends of its articles that is not the article: notices of plug-ins,
//! invitations, editors' lines. It is learnt from the articles themselves: what many of them say at
//! the same end, in short lines, is said by their source.

mod line;

pub use line::{LONGEST_LINE, Line, Numbers};

use crate::model::Digest;
use line::{FIGURE, LONG_NUMBER};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest articles that a source has of which anything is learnt.
pub const FEWEST_ARTICLES: usize = 10;

/// The most articles of a source that are looked at. The choice depends on their ids alone.
pub const MOST_ARTICLES: usize = 48;

/// So many are looked at first, and the rest only where some of them say the same.
pub const FIRST_ARTICLES: usize = 16;

/// The fewest articles of those looked at first that say the same where the rest is looked at.
const FEWEST_HINTING: usize = 2;

/// The fewest articles of those looked at that say the same at one end.
const FEWEST_SAYING: usize = 5;

/// The share of those looked at that say the same at one end: one in so many.
const SHARE_SAYING: usize = 5;

/// The shortest line that can be.
const SHORTEST_LINE: usize = 4;

/// The letters of a run: names and dates within a line differ from article to article, the runs of
/// letters around them don't.
const RUN: usize = 8;

/// No character has a number of more bits (Unicode, chapter 2.4).
const LETTER_BITS: u32 = 21;

/// The share of a line's letters that lie in runs which many articles have, in percent.
const COVERED_PERCENT: usize = 70;

/// The most lines of a source that stand for what it says.
const MOST_SHOWN: usize = 8;

/// The short lines at both ends of an article, from the outside inwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Those that it begins with.
    pub opening: Vec<Line>,
    /// Those that it ends with.
    pub closing: Vec<Line>,
    /// The digest of all other text: saves of one article count as one.
    pub rest: Digest,
}

/// What the articles of a source say at their ends: runs of letters, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boilerplate {
    opening: Vec<Run>,
    closing: Vec<Run>,
}

/// The letters of a run, and the digest of the line's long numbers where the run has one, so that it is
/// another where the number is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    /// The letters, each in [`LETTER_BITS`], zeros before those of a short run. Six are in the first.
    letters: (u128, u64),
    long_numbers: u64,
}

/// One of the two ends of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The first lines.
    Opening,
    /// The last lines.
    Closing,
}

impl Boilerplate {
    /// That of which nothing was learnt.
    pub const NONE: Boilerplate = Boilerplate {
        opening: Vec::new(),
        closing: Vec::new(),
    };

    /// Learns from the ends of some articles of one source, in any order.
    pub fn learn(articles: &[Ends]) -> Self {
        let distinct = distinct(articles);
        let share = distinct.len().div_ceil(SHARE_SAYING);
        Boilerplate::said_by(&distinct, FEWEST_SAYING.max(share))
    }

    /// Whether more articles of a source should be looked at, by the ends of the first.
    pub fn is_hinted(articles: &[Ends]) -> bool {
        let distinct = distinct(articles);
        let said = Boilerplate::said_by(&distinct, FEWEST_HINTING);
        let says = |end, lines: &[Line]| lines.iter().any(|line| said.says(end, line));
        distinct
            .iter()
            .any(|ends| says(End::Opening, &ends.opening) || says(End::Closing, &ends.closing))
    }

    /// What at least so many articles say.
    fn said_by(articles: &[&Ends], fewest: usize) -> Self {
        let common = |lines: fn(&Ends) -> &Vec<Line>| {
            let lines: Vec<&Vec<Line>> = articles.iter().map(|ends| lines(ends)).collect();
            common_runs(&lines, fewest)
        };
        Boilerplate {
            opening: common(|ends| &ends.opening),
            closing: common(|ends| &ends.closing),
        }
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.is_empty_at(End::Opening) && self.is_empty_at(End::Closing)
    }

    /// Whether nothing was learnt of one end.
    pub fn is_empty_at(&self, end: End) -> bool {
        self.at(end).is_empty()
    }

    fn at(&self, end: End) -> &[Run] {
        match end {
            End::Opening => &self.opening,
            End::Closing => &self.closing,
        }
    }

    /// What the articles of the source depend on.
    pub fn digest(&self) -> Digest {
        let bytes = |runs: &[Run]| -> Vec<u8> { runs.iter().flat_map(Run::bytes).collect() };
        Digest::of_parts([bytes(&self.opening).as_slice(), &bytes(&self.closing)])
    }

    /// Whether a line at an end says what many articles say there. One with figures does not, nor one with
    /// a long number of its own: rates and forecasts have the same words every day.
    pub fn says(&self, end: End, line: &Line) -> bool {
        let known = self.at(end);
        let length = line.length();
        let is_told = line.letters.contains(FIGURE);
        if known.is_empty() || is_told || !(SHORTEST_LINE..=LONGEST_LINE).contains(&length) {
            return false;
        }
        let mut covered = 0;
        let mut end = 0;
        let is_number = |c: &char| *c == LONG_NUMBER;
        let mut numbers = line.letters.chars().filter(is_number).count();
        for (start, run) in (0..).zip(Runs::of(line)) {
            if known.binary_search(&run).is_ok() {
                let next = (start + RUN).min(length);
                let from = end.max(start);
                let fresh = line.letters.chars().skip(from).take(next - from);
                numbers -= fresh.filter(is_number).count();
                covered += next - from;
                end = next;
            }
        }
        numbers == 0 && covered * 100 >= length * COVERED_PERCENT
    }

    /// What the articles of which it was learnt say, one line for each, the most frequent first, and how
    /// many of them say any.
    pub fn shown(&self, articles: &[Ends]) -> (Vec<String>, usize) {
        let mut lines: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        let mut saying = 0;
        for ends in distinct(articles) {
            let opening = ends.opening.iter().map(|line| (End::Opening, line));
            let closing = ends.closing.iter().map(|line| (End::Closing, line));
            let said = opening.chain(closing);
            let said: Vec<&Line> = said
                .filter_map(|(end, line)| self.says(end, line).then_some(line))
                .collect();
            saying += usize::from(!said.is_empty());
            for line in said {
                let (count, text) = lines.entry(&line.letters).or_insert((0, &line.text));
                *count += 1;
                *text = (*text).min(&line.text);
            }
        }
        let mut lines: Vec<(usize, &str)> = lines.into_values().collect();
        lines.sort_by_key(|&(count, text)| (std::cmp::Reverse(count), text));
        let shown = lines.into_iter().take(MOST_SHOWN);
        (shown.map(|(_, text)| text.to_owned()).collect(), saying)
    }
}

/// Articles of which no two are saves of one.
fn distinct(articles: &[Ends]) -> Vec<&Ends> {
    let mut texts = BTreeSet::new();
    let ends = articles.iter();
    ends.filter(|ends| texts.insert(ends.rest)).collect()
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

    fn bytes(&self) -> impl Iterator<Item = u8> {
        let (first, rest) = self.letters;
        let letters = first.to_le_bytes().into_iter().chain(rest.to_le_bytes());
        letters.chain(self.long_numbers.to_le_bytes())
    }
}

/// The runs that enough articles have at one end.
fn common_runs(articles: &[&Vec<Line>], fewest: usize) -> Vec<Run> {
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
struct Runs<'line> {
    line: &'line Line,
    letters: std::str::Chars<'line>,
    /// The letters before, packed like those of a run.
    packed: (u128, u64),
    /// How many letters were read since the last long number.
    behind_number: usize,
    short: Option<Run>,
}

impl<'line> Runs<'line> {
    fn of(line: &'line Line) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::new(text, Numbers::Dates, text)
    }

    fn ends(closing: &str, rest: &str) -> Ends {
        Ends {
            closing: vec![line(closing)],
            rest: Digest::of(rest.as_bytes()),
            ..Ends::default()
        }
    }

    #[test]
    fn names_and_numbers_within_a_line_may_differ() {
        let articles: Vec<Ends> = ["Ann", "Bo", "Cid", "Dora", "Eve", "Flo"]
            .iter()
            .zip(2000..)
            .map(|(name, year)| ends(&format!("© {name} for The Evening Bugle, {year}"), name))
            .collect();
        let learnt = Boilerplate::learn(&articles);
        let says = |text: &str| learnt.says(End::Closing, &line(text));
        assert!(says("© Gus for The Evening Bugle, 1999"));
        assert!(!says(
            "The Evening was fine, and all of us went home by the bridge."
        ));
        assert!(!learnt.says(End::Opening, &line("© Ann for The Evening Bugle, 2000")));
    }

    #[test]
    fn figures_are_not_said_by_the_source() {
        let forecast = |day: u32| format!("The high will be {} degrees, the low {day}.", day + 7);
        let articles: Vec<Ends> = (1..30)
            .map(|day| ends(&forecast(day), &day.to_string()))
            .collect();
        assert!(!Boilerplate::learn(&articles).says(End::Closing, &line(&forecast(3))));
        let number = |day: u32| format!("Call us at {}, day and night.", 5_551_234 + day % 2);
        let articles: Vec<Ends> = (1..30)
            .map(|day| ends(&number(2 * day), &day.to_string()))
            .collect();
        let learnt = Boilerplate::learn(&articles);
        assert!(learnt.says(End::Closing, &line(&number(0))));
        assert!(!learnt.says(End::Closing, &line(&number(1))));
        let dated = |day: u32| {
            format!(
                "Edited by the night desk on {day} May 2021 at 9:{}",
                day + 20
            )
        };
        let articles: Vec<Ends> = (1..30)
            .map(|day| ends(&dated(day), &day.to_string()))
            .collect();
        let learnt = Boilerplate::learn(&articles);
        assert!(learnt.says(End::Closing, &line(&dated(30))));
        assert_eq!(learnt.shown(&articles), (vec![dated(1)], 29));
    }

    #[test]
    fn saves_of_one_article_count_once() {
        let same = vec![ends("Get more of this", "one text"); 20];
        assert!(Boilerplate::learn(&same).is_empty());
    }
}
