//! What a WARC holds: pages, and everything that they may show, by address.

use super::damage::{Budget, Damage, too_many};
use super::listed::Listed;
use super::record::Start;
use super::stretches::{self, Noted};
use super::told::{Content, Held, LeftOut, Told, name};
use crate::model::Digest;
use crate::read::Source;
use std::collections::{HashMap, HashSet};

/// The most records that are kept in mind.
const MOST_RECORDS: usize = 5_000_000;

/// How many records that can't be read are told one by one.
const MOST_TOLD: usize = 20;

/// How many addresses are followed from one on.
const MOST_HOPS: usize = 8;

/// A page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub address: String,
    /// When it was saved, as written.
    pub date: String,
    /// Whether a program made it of what was saved.
    is_converted: bool,
    pub place: Place,
}

impl Page {
    fn order(&self) -> (bool, &str) {
        (!self.is_converted, &self.date)
    }
}

/// Where a record lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub start: Start,
    /// How many bytes of the file hold it.
    pub length: u64,
}

/// What a WARC holds.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The newest save of each page, in the order of the file.
    pub pages: Vec<Page>,
    /// What can be shown, by the hash of its address.
    shown: HashMap<Digest, Place>,
    /// Addresses whose content is that of another, or that lead on to it.
    same: HashMap<Digest, Digest>,
    /// Pages of which the archive only says that they stayed as they were, and those whose content they
    /// have, for whom it is known.
    unchanged: Vec<(Digest, Option<Digest>)>,
    /// How many pages are given in several records, of which only the first is read.
    pub segmented: usize,
    /// Records that are not read though they may be pages.
    pub strange: Vec<String>,
    pub strange_count: usize,
    /// How many records of each kind are no pages that can be read.
    left_out: HashMap<LeftOut, usize>,
    /// What ended the reading before the end of the file.
    pub broken: Option<String>,
}

impl Index {
    /// Goes over a WARC once.
    pub fn of(source: &dyn Source) -> Self {
        let mut index = Index::default();
        let mut pending: Vec<Held> = Vec::new();
        let mut budget = Budget::of(source.length());
        let walked = stretches::over(source, Told::of, &mut |noted| {
            match noted {
                Noted::Record(told) => pending.extend(index.note(told)),
                Noted::Damaged(damage) => {
                    if !budget.takes(&damage) {
                        index.broken = Some(too_many(damage.at).to_string());
                        return false;
                    }
                    index.damaged(&damage, pending.drain(..));
                }
                Noted::End(at) => {
                    for held in pending.drain(..) {
                        index.add(held, at);
                    }
                }
            }
            index.shown.len() + index.pages.len() < MOST_RECORDS
        });
        if let Err(error) = walked {
            index.broken = Some(error.to_string());
        }
        index.keep_newest();
        index
    }

    /// Notes what can't be read. Of a record whose end is lost, what is there up to the next one is read.
    fn damaged(&mut self, damage: &Damage, pending: impl Iterator<Item = Held>) {
        let (at, why) = (damage.at, &damage.why);
        let mut is_page = false;
        for held in pending {
            is_page |= matches!(held.content, Content::Page { .. });
            self.add(held, damage.next);
        }
        // The one before may be longer than it says, or shorter.
        let last = self.pages.last_mut().map(|page| &mut page.place);
        if let Some(place) = last.filter(|place| Some(place.start.at) == damage.met) {
            place.length = damage.next.saturating_sub(place.start.at);
        }
        self.note_strange(match is_page {
            true => format!("the page at byte {at} is damaged, and read as far as it goes: {why}"),
            false => format!(
                "the archive is damaged at byte {at}, and a record or more may be left out: {why}"
            ),
        });
    }

    fn note_strange(&mut self, message: String) {
        self.strange_count += 1;
        if self.strange.len() < MOST_TOLD {
            self.strange.push(message);
        }
    }

    /// Notes what a record says of others; what it holds itself.
    fn note(&mut self, told: Told) -> Option<Held> {
        told.strange
            .into_iter()
            .for_each(|message| self.note_strange(message));
        if let Some(kind) = told.left_out {
            *self.left_out.entry(kind).or_default() += 1;
        }
        self.same.extend(told.same);
        self.unchanged.extend(told.unchanged);
        self.segmented += usize::from(told.is_first_segment && told.held.is_some());
        told.held
    }

    /// How many pages the archive has no content of, since they stayed as an earlier archive has them.
    pub fn elsewhere(&self) -> usize {
        let known: HashSet<Digest> = self.pages.iter().map(|page| name(&page.address)).collect();
        let missing = self.unchanged.iter().filter(|(own, other)| {
            !known.contains(own) && other.is_none_or(|other| !known.contains(&other))
        });
        missing.map(|(own, _)| own).collect::<HashSet<_>>().len()
    }

    /// How many records of a kind are left out.
    pub fn left_out(&self, kind: LeftOut) -> usize {
        self.left_out.get(&kind).copied().unwrap_or_default()
    }

    /// Leaves the pages that a list names, or that what it names leads on to; how many go.
    pub fn keep_listed(&mut self, listed: &Listed) -> usize {
        let names: HashSet<Digest> = listed
            .addresses()
            .flat_map(|address| self.ways(name(address)))
            .collect();
        let before = self.pages.len();
        self.pages
            .retain(|page| names.contains(&name(&page.address)));
        before - self.pages.len()
    }

    /// A name, and those that it leads on to.
    fn ways(&self, own: Digest) -> Vec<Digest> {
        let mut ways = vec![own];
        let mut last = own;
        while let Some(next) = self.same.get(&last).filter(|next| !ways.contains(next)) {
            last = *next;
            ways.push(last);
            if ways.len() > MOST_HOPS {
                break;
            }
        }
        ways
    }

    /// Adds what a record holds, of which it is known now where it ends.
    fn add(&mut self, held: Held, end: u64) {
        let place = Place {
            start: held.start,
            length: end.saturating_sub(held.start.at),
        };
        match held.content {
            Content::Page {
                address,
                date,
                is_converted,
            } => self.pages.push(Page {
                address,
                date,
                is_converted,
                place,
            }),
            Content::Shown(name) => {
                self.shown.insert(name, place);
            }
        }
    }

    /// Of several saves of one address the newest, of two at one time the later, stands; what a program made of one only
    /// where there is none.
    fn keep_newest(&mut self) {
        let mut newest: HashMap<Digest, usize> = HashMap::new();
        for (position, page) in self.pages.iter().enumerate() {
            let known = newest.entry(name(&page.address)).or_insert(position);
            if self
                .pages
                .get(*known)
                .is_some_and(|known| known.order() <= page.order())
            {
                *known = position;
            }
        }
        let mut position = 0;
        self.pages.retain(|page| {
            position += 1;
            newest.get(&name(&page.address)) == Some(&(position - 1))
        });
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        let pages = self.pages.iter().map(|page| 120 + page.address.len());
        pages.sum::<usize>()
            + 80 * self.shown.len()
            + 100 * (self.same.len() + self.unchanged.len())
    }

    /// Where the content of an address lies.
    pub fn place(&self, address: &str) -> Option<Place> {
        let ways = self.ways(name(address));
        ways.iter().find_map(|way| self.shown.get(way)).copied()
    }
}
