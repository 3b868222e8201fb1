//! The items of a source become records: some at a time, side by side, in the order of the source.

use super::record::{Record, record};
use super::{Place, Scanner};
use crate::clean::ParsedEntry;
use crate::error::Warning;
use crate::model::{Digest, Entry};
use crate::pipeline::absent::Absent;
use crate::pipeline::selection;
use crate::read::{Item, Reader, Source};
use rayon::prelude::*;
use std::collections::HashMap;

/// The most items that wait to be looked at together: enough that no worker waits long for the others.
const MOST_WAITING: usize = 128;

/// The most bytes of pages that wait. A page takes about ten times its length while it is looked at.
const MOST_WAITING_BYTES: usize = 4_000_000;

/// The most items of a file that are the same to the byte and have records of their own. More are counted, so that
/// millions of empty items take no room.
const MOST_SAME: u32 = 1_000;

/// The most different contents of a file of which that is known.
const MOST_CONTENTS: usize = 10_000;

/// Looks at the items that a reader gives.
pub(super) struct Items<'run> {
    pub scanner: Scanner<'run, 'run>,
    pub reader: &'run dyn Reader,
    pub source: &'run dyn Source,
    /// The source's position in [`Inputs`](crate::pipeline::inputs::Inputs), and the reader's in the registry.
    pub file: u32,
    pub reader_position: u32,
}

/// What is known of the items of a source so far.
#[derive(Default)]
pub(super) struct Seen {
    waiting: Vec<Item>,
    waiting_bytes: usize,
    /// Each with the name of its source.
    records: Vec<(Record, String)>,
    /// Of what a record is made, how many there are of it, and the position of the last.
    same: HashMap<Digest, (u32, usize)>,
    absent: Absent,
}

impl Seen {
    /// Adds a record, or counts it where there are many of its kind: then the last one stands for the others.
    fn add(&mut self, record: Record, source: String) {
        let position = self.records.len();
        let has_room = self.same.len() < MOST_CONTENTS;
        match self.same.get_mut(&record.origin) {
            Some((MOST_SAME, last)) => {
                if let Some((known, _)) = self.records.get_mut(*last) {
                    known.place = record.place;
                    known.repeats += 1;
                    return;
                }
            }
            Some((count, last)) => {
                *count += 1;
                *last = position;
            }
            None if has_room => {
                self.same.insert(record.origin, (1, position));
            }
            None => {}
        }
        self.records.push((record, source));
    }
}

/// What an item is.
enum Looked {
    Article(Box<Record>, String),
    /// A page without an article, its number and its address.
    Absent(crate::clean::Absence, Option<u32>, Option<String>),
}

impl Items<'_> {
    /// Takes an item, and looks at those that wait where they are many.
    pub fn add(&self, item: Item, seen: &mut Seen) {
        let page = item.page.as_ref();
        seen.waiting_bytes += page.map_or(0, |page| page.as_str().len());
        seen.waiting.push(item);
        if seen.waiting.len() >= MOST_WAITING || seen.waiting_bytes >= MOST_WAITING_BYTES {
            self.look(seen);
        }
    }

    /// All records, and the warning of pages that hold no article.
    pub fn finish(&self, mut seen: Seen) -> (Vec<(Record, String)>, Option<Warning>) {
        self.look(&mut seen);
        let warning = seen.absent.warning(self.source.path());
        (seen.records, warning)
    }

    fn look(&self, seen: &mut Seen) {
        let waiting = std::mem::take(&mut seen.waiting);
        seen.waiting_bytes = 0;
        let looked: Vec<Looked> = waiting
            .into_par_iter()
            .map(|item| self.look_at(item))
            .collect();
        for one in looked {
            match one {
                Looked::Article(record, source) => seen.add(*record, source),
                Looked::Absent(absence, number, address) => {
                    seen.absent.add(absence, number, address);
                }
            }
        }
    }

    fn look_at(&self, item: Item) -> Looked {
        let place = Place {
            file: self.file,
            at: item.at,
            reader: self.reader_position,
        };
        let item = match self.completed(item, place) {
            Ok(item) => item,
            Err(absent) => return absent,
        };
        let settings = self.scanner.settings;
        let origin = self.scanner.origin(place, item.content);
        let (mut record, named) = record(place, origin, &item, settings);
        record.taken = record.taken && selection::takes(self.reader, self.source, &item, settings);
        Looked::Article(Box::new(record), named)
    }

    /// An item with what its page tells.
    ///
    /// # Errors
    /// Where the page holds no article.
    fn completed(&self, mut item: Item, place: Place) -> Result<Item, Looked> {
        let Some(markup) = item.page.take() else {
            return Ok(item);
        };
        let page = ParsedEntry::completed(Entry {
            head: item.head,
            markup,
            ..Entry::default()
        });
        if self.reader.gives_pages()
            && let Some(absence) = page.absence()
        {
            let address = page.entry().head.address.clone();
            return Err(Looked::Absent(absence, item.at.item(), address));
        }
        self.scanner.found.keep(place, &page);
        let entry = page.into_entry();
        let wants_digest = entry.head.needs_text_digest();
        item.text = wants_digest.then(|| entry.text_digest());
        item.head = entry.head;
        Ok(item)
    }
}
