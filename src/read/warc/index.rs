//! What a WARC holds: pages, and everything that they may show, by address.

use super::http::{Answer, kind};
use super::listed::Listed;
use super::record::{Met, Start, Wanted};
use super::stretches::{self, Noted};
use crate::model::{Address, Digest};
use crate::read::Source;
use std::collections::{HashMap, HashSet};
use std::io;

/// How much of a record's block is looked at.
const HEAD: u64 = 32 * 1024;

/// The most records that are kept in mind.
const MOST_RECORDS: usize = 5_000_000;

/// How many addresses are followed from one on.
const MOST_HOPS: usize = 8;

/// A page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub address: String,
    /// When it was saved, as written.
    pub date: String,
    pub place: Place,
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
    /// What ended the reading before the end of the file.
    pub broken: Option<String>,
}

impl Index {
    /// Goes over a WARC once.
    pub fn of(source: &dyn Source) -> Self {
        let mut index = Index::default();
        let mut pending: Vec<Held> = Vec::new();
        let wanted = Wanted::Fields(HEAD);
        let walked = stretches::over(source, wanted, Told::of, &mut |noted| {
            match noted {
                Noted::Record(told) => pending.extend(index.note(told)),
                Noted::End(at) => {
                    for held in pending.drain(..) {
                        index.add(held, at);
                    }
                }
            }
            index.shown.len() + index.pages.len() < MOST_RECORDS
        });
        index.broken = walked.err().map(|error: io::Error| error.to_string());
        index.keep_newest();
        index
    }

    /// Notes what a record says of others; what it holds itself.
    fn note(&mut self, told: Told) -> Option<Held> {
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
            Content::Page { address, date } => self.pages.push(Page {
                address,
                date,
                place,
            }),
            Content::Shown(name) => {
                self.shown.insert(name, place);
            }
        }
    }

    /// Of several saves of one address the newest, of two at one time the later, stands.
    fn keep_newest(&mut self) {
        let mut newest: HashMap<Digest, usize> = HashMap::new();
        for (position, page) in self.pages.iter().enumerate() {
            let known = newest.entry(name(&page.address)).or_insert(position);
            if self
                .pages
                .get(*known)
                .is_some_and(|known| known.date <= page.date)
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

/// What an address is known by: without its fragment and its scheme, since pages may name it by either.
pub(super) fn name(address: &str) -> Digest {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    Digest::of(address.as_bytes())
}

/// The address of a record: some programs put it in angle brackets.
pub(super) fn address(met: &Met, field: &str) -> Option<String> {
    let text = met.fields.value(field)?.trim();
    let text = text.strip_prefix('<').unwrap_or(text);
    Some(text.strip_suffix('>').unwrap_or(text).replace(' ', "%20"))
}

/// A record that says that an address has the content of another.
fn alias(met: &Met) -> Option<(Digest, Digest)> {
    let is_revisit = met.fields.value("warc-type")? == "revisit";
    let (own, other) = (
        address(met, "warc-target-uri")?,
        address(met, "warc-refers-to-target-uri")?,
    );
    (is_revisit && own != other).then(|| (name(&own), name(&other)))
}

/// An answer that leads on to another address.
fn moved(met: &Met, answer: Option<&Answer>) -> Option<(Digest, Digest)> {
    if met.fields.value("warc-type")? != "response" {
        return None;
    }
    let answer = answer.filter(|answer| (300..400).contains(&answer.status))?;
    let own = address(met, "warc-target-uri")?;
    let other = Address::parse(&own)?.join(answer.fields.value("location")?.trim())?;
    let (own, other) = (name(&own), name(other.as_str()));
    (own != other).then_some((own, other))
}

/// A page that stayed as it was, and the address whose content it has.
fn unchanged(met: &Met, answer: Option<&Answer>) -> Option<(Digest, Option<Digest>)> {
    if met.fields.value("warc-type")? != "revisit" {
        return None;
    }
    let answer = answer.filter(|answer| answer.status == 200 || answer.status == 304)?;
    let own = address(met, "warc-target-uri")?;
    let other = address(met, "warc-refers-to-target-uri");
    is_page(&answer.kind()).then(|| (name(&own), other.map(|other| name(&other))))
}

fn is_page(kind: &str) -> bool {
    kind == "text/html" || kind == "application/xhtml+xml"
}

/// What a record tells.
struct Told {
    same: Option<(Digest, Digest)>,
    unchanged: Option<(Digest, Option<Digest>)>,
    is_first_segment: bool,
    held: Option<Held>,
}

impl Told {
    fn of(met: Met) -> Self {
        let answer = Answer::of(&met.head);
        let answer = answer.as_ref();
        let segment = met.fields.value("warc-segment-number");
        Told {
            same: alias(&met).or_else(|| moved(&met, answer)),
            unchanged: unchanged(&met, answer),
            is_first_segment: segment.is_some_and(|number| number.trim() == "1"),
            held: held(&met, answer),
        }
    }
}

/// A record that holds something, and where it begins.
struct Held {
    start: Start,
    content: Content,
}

/// What a record holds.
enum Content {
    /// A page, with its time as written.
    Page { address: String, date: String },
    /// What may be shown, by the hash of its address.
    Shown(Digest),
}

fn held(met: &Met, answer: Option<&Answer>) -> Option<Held> {
    let kind = match met.fields.value("warc-type")? {
        "response" => {
            let answer = answer?;
            (answer.status == 200).then(|| answer.kind())?
        }
        "resource" => kind(met.fields.value("content-type")?),
        _ => return None,
    };
    let is_page = is_page(&kind);
    let is_shown =
        kind.starts_with("image/") || kind == "application/octet-stream" || kind.is_empty();
    let address = address(met, "warc-target-uri")?;
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    if !is_web || !(is_page || is_shown) {
        return None;
    }
    let date = met.fields.value("warc-date").unwrap_or_default();
    Some(Held {
        start: met.start,
        content: match is_page {
            true => Content::Page {
                address,
                date: date.to_owned(),
            },
            false => Content::Shown(name(&address)),
        },
    })
}
