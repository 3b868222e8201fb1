//! What a source puts at the ends of its articles that is not the article: notices of plug-ins,
//! invitations, editors' lines. It is learnt from the articles themselves: what many of them say at
//! the same end, in short lines, is said by their source.

use crate::model::Digest;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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

/// The longest line, in letters and digits, that can be boilerplate.
pub const LONGEST_LINE: usize = 160;

/// The shortest line that can be.
const SHORTEST_LINE: usize = 4;

/// The letters of a run: names and numbers within a line differ from article to article, the runs
/// of letters around them don't.
const RUN: usize = 8;

/// The share of a line's letters that lie in runs which many articles have, in percent.
const COVERED_PERCENT: usize = 70;

/// The short lines at both ends of an article, as letters alone, from the outside inwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Those that it begins with.
    pub opening: Vec<String>,
    /// Those that it ends with.
    pub closing: Vec<String>,
    /// The digest of all other text: saves of one article count as one.
    pub rest: Digest,
}

/// What the articles of a source say at their ends: runs of letters, hashed, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boilerplate {
    opening: Vec<u64>,
    closing: Vec<u64>,
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
        let says = |end, lines: &[String]| lines.iter().any(|line| said.says(end, line));
        distinct
            .iter()
            .any(|ends| says(End::Opening, &ends.opening) || says(End::Closing, &ends.closing))
    }

    /// What at least so many articles say.
    fn said_by(articles: &[&Ends], fewest: usize) -> Self {
        let common = |lines: fn(&Ends) -> &Vec<String>| {
            let lines: Vec<&Vec<String>> = articles.iter().map(|ends| lines(ends)).collect();
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

    fn at(&self, end: End) -> &[u64] {
        match end {
            End::Opening => &self.opening,
            End::Closing => &self.closing,
        }
    }

    /// What the articles of the source depend on.
    pub fn digest(&self) -> Digest {
        let bytes =
            |runs: &[u64]| -> Vec<u8> { runs.iter().flat_map(|run| run.to_le_bytes()).collect() };
        Digest::of_parts([bytes(&self.opening).as_slice(), &bytes(&self.closing)])
    }

    /// Whether a line at an end, given as [`letters`], says what many articles say there.
    pub fn says(&self, end: End, line: &str) -> bool {
        let known = self.at(end);
        let length = line.chars().count();
        if known.is_empty() || !(SHORTEST_LINE..=LONGEST_LINE).contains(&length) {
            return false;
        }
        let mut covered = 0;
        let mut end = 0;
        for (start, run) in (0..).zip(runs(line)) {
            if known.binary_search(&run).is_ok() {
                let next = (start + RUN).min(length);
                covered += next - end.max(start);
                end = next;
            }
        }
        covered * 100 >= length * COVERED_PERCENT
    }
}

/// Articles of which no two are saves of one.
fn distinct(articles: &[Ends]) -> Vec<&Ends> {
    let mut texts = BTreeSet::new();
    let ends = articles.iter();
    ends.filter(|ends| texts.insert(ends.rest)).collect()
}

/// The runs that enough articles have at one end.
fn common_runs(articles: &[&Vec<String>], fewest: usize) -> Vec<u64> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for lines in articles {
        let distinct: HashSet<u64> = lines.iter().flat_map(|line| runs(line)).collect();
        for run in distinct {
            *counts.entry(run).or_default() += 1;
        }
    }
    let common = counts.into_iter().filter(|(_, count)| *count >= fewest);
    common.map(|(run, _)| run).collect()
}

/// The hashes of a line's runs; a line that is shorter than one is a run itself.
fn runs(line: &str) -> Vec<u64> {
    let starts: Vec<usize> = line.char_indices().map(|(start, _)| start).collect();
    let end_of = |first: usize| starts.get(first + RUN).copied().unwrap_or(line.len());
    let count = starts.len().saturating_sub(RUN - 1).max(1);
    let run = |(first, &start): (usize, &usize)| {
        let text = line.get(start..end_of(first)).unwrap_or_default();
        Digest::of(text.as_bytes()).first_half()
    };
    starts.iter().enumerate().take(count).map(run).collect()
}

/// What lines are compared by: letters in lower case, and one 0 for each number.
pub fn letters(text: &str) -> String {
    letters_within(text, usize::MAX)
}

/// The same, cut behind the first letter that makes a line longer than [`LONGEST_LINE`]: all that
/// matters of a paragraph that can't be boilerplate.
pub fn first_letters(text: &str) -> String {
    letters_within(text, LONGEST_LINE)
}

fn letters_within(text: &str, most: usize) -> String {
    let mut letters = String::new();
    let mut count = 0;
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii_alphabetic() {
            letters.push(c.to_ascii_lowercase());
        } else if !c.is_numeric() {
            letters.extend(c.to_lowercase());
        } else if !letters.ends_with('0') {
            letters.push('0');
        } else {
            continue;
        }
        count += 1;
        if count > most {
            break;
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(closing: &str, rest: &str) -> Ends {
        Ends {
            closing: vec![letters(closing)],
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
        let says = |line: &str| learnt.says(End::Closing, &letters(line));
        assert!(says("© Gus for The Evening Bugle, 1999"));
        assert!(!says(
            "The Evening was fine, and all of us went home by the bridge."
        ));
        assert!(!learnt.says(End::Opening, &letters("© Ann for The Evening Bugle, 2000")));
    }

    #[test]
    fn saves_of_one_article_count_once() {
        let same = vec![ends("Get more of this", "one text"); 20];
        assert!(Boilerplate::learn(&same).is_empty());
    }
}
