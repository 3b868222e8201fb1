//! What a source puts at the ends of its articles that is not the article: notices of plug-ins,
//! invitations, editors' lines. It is learnt from the articles themselves: what many of them say at
//! the same end, in short lines, is said by their source.

mod line;
mod runs;

pub use line::{LONGEST_LINE, Line, Numbers};

use crate::model::Digest;
use line::{FIGURE, LONG_NUMBER};
use runs::{RUN, Run, Runs, common_runs};
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
