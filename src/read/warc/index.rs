//! What a WARC holds: pages, and everything that they may show, by address.

use super::http::{Answer, kind};
use super::record::{Met, Start, Step, walk};
use crate::model::Digest;
use crate::read::{Source, Span};
use std::collections::HashMap;
use std::io;

/// How much of a record's block is looked at.
const HEAD: u64 = 32 * 1024;

/// The most records that are kept in mind.
const MOST_RECORDS: usize = 5_000_000;

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
    /// Addresses whose content is that of another.
    same: HashMap<Digest, Digest>,
    /// What ended the reading before the end of the file.
    pub broken: Option<String>,
}

impl Index {
    /// Goes over a WARC once.
    pub fn of(source: &dyn Source) -> Self {
        let mut index = Index::default();
        let mut pending: Vec<(bool, String, String, Start)> = Vec::new();
        let span = Span {
            start: 0,
            length: source.length(),
        };
        let walked = walk(source.stream(span), 0, source.length(), HEAD, &mut |step| {
            match step {
                Step::Record(met) => {
                    if let Some(alias) = alias(&met) {
                        index.same.insert(alias.0, alias.1);
                    }
                    pending.extend(answered(&met));
                }
                Step::End(at) => {
                    for (is_page, address, date, start) in pending.drain(..) {
                        let length = at.saturating_sub(start.at);
                        index.add(is_page, address, date, Place { start, length });
                    }
                }
            }
            Ok(index.shown.len() + index.pages.len() < MOST_RECORDS)
        });
        index.broken = walked.err().map(|error: io::Error| error.to_string());
        index.keep_newest();
        index
    }

    fn add(&mut self, is_page: bool, address: String, date: String, place: Place) {
        if is_page {
            self.pages.push(Page {
                address,
                date,
                place,
            });
        } else {
            self.shown.insert(name(&address), place);
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

    /// Where the content of an address lies.
    pub fn place(&self, address: &str) -> Option<Place> {
        let own = name(address);
        let found = self.shown.get(&own);
        found
            .or_else(|| self.shown.get(self.same.get(&own)?))
            .copied()
    }
}

/// What an address is known by: without its fragment and its scheme, since pages may name it by either.
fn name(address: &str) -> Digest {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    Digest::of(address.as_bytes())
}

/// The address of a record: some programs put it in angle brackets.
pub(super) fn address(met: &Met<'_>, field: &str) -> Option<String> {
    let text = met.fields.value(field)?.trim();
    let text = text.strip_prefix('<').unwrap_or(text);
    Some(text.strip_suffix('>').unwrap_or(text).replace(' ', "%20"))
}

/// A record that says that an address has the content of another.
fn alias(met: &Met<'_>) -> Option<(Digest, Digest)> {
    let is_revisit = met.fields.value("warc-type")? == "revisit";
    let (own, other) = (
        address(met, "warc-target-uri")?,
        address(met, "warc-refers-to-target-uri")?,
    );
    (is_revisit && own != other).then(|| (name(&own), name(&other)))
}

/// A record that holds something: whether it is a page, its address, its time and its place.
fn answered(met: &Met<'_>) -> Option<(bool, String, String, Start)> {
    let kind = match met.fields.value("warc-type")? {
        "response" => {
            let answer = Answer::of(met.head)?;
            (answer.status == 200).then(|| answer.kind())?
        }
        "resource" => kind(met.fields.value("content-type")?),
        _ => return None,
    };
    let is_page = kind == "text/html" || kind == "application/xhtml+xml";
    let is_shown =
        kind.starts_with("image/") || kind == "application/octet-stream" || kind.is_empty();
    let address = address(met, "warc-target-uri")?;
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let date = met.fields.value("warc-date").unwrap_or_default().to_owned();
    (is_web && (is_page || is_shown)).then_some((is_page, address, date, met.start))
}
