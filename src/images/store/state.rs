//! What a run has done so far: compact, since it grows with the number of distinct pictures.

use super::locate::{Key, Request};
use crate::images::failure::Failure;
use crate::images::processor::BookPicture;
use crate::images::{Counts, Purpose};
use crate::model::Original;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// What the run has done so far.
#[derive(Debug, Default)]
pub(in crate::images) struct State {
    /// Pictures that were had, by [`Request::key`].
    pub known: HashMap<Key, ImageEntry>,
    /// Addresses that were asked in vain.
    pub failed: HashMap<Key, Failure>,
    /// Pictures that books lack, and why.
    pub lost: HashMap<Key, Failure>,
    /// Pictures that were warned of as missing.
    warned: HashSet<Key>,
    /// Pictures that were warned of since they lack their end.
    warned_cut: HashSet<Key>,
    /// Pictures of outputs that are kept, counted already.
    recalled: HashSet<Key>,
    /// Pictures that went into outputs.
    embedded: HashSet<Key>,
    /// Their bytes.
    contents: HashSet<Key>,
    pub counts: Counts,
    pub time_spent: Duration,
}

/// A picture that was had.
#[derive(Clone, Debug)]
pub(in crate::images) struct ImageEntry {
    pub original: Original,
    /// The bytes that were found, where they were looked at before they were converted.
    pub source: Option<Key>,
    /// What goes into books: not asked yet, there, or impossible.
    pub book: Option<Result<BookPicture, Failure>>,
    pub from: Origin,
    /// The number of the place that gave it.
    pub place: usize,
}

/// Where a picture was had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::images) enum Origin {
    Article,
    Mirror,
    Cache,
    Network,
}

impl ImageEntry {
    /// The same, from one of several places.
    pub fn at(self, place: usize) -> Self {
        ImageEntry { place, ..self }
    }

    pub fn is_usable(&self) -> bool {
        !matches!(self.book, Some(Err(_)))
    }

    /// Whether what goes into books lacks the picture's end.
    pub fn is_cut(&self) -> bool {
        matches!(&self.book, Some(Ok(prepared)) if prepared.is_cut())
    }

    /// The bytes that go into books, and their number.
    pub fn rendition(&self) -> Option<(Key, u64)> {
        let prepared = self.book.as_ref()?.as_ref().ok()?;
        Some((Key::from_hash(prepared.hash()), prepared.length()))
    }
}

impl State {
    /// Whether what is known serves the purpose.
    pub fn is_enough(&self, request: &Request<'_>, purpose: Purpose) -> bool {
        self.known
            .get(&request.key)
            .is_some_and(|known| purpose == Purpose::Describe || known.book.is_some())
    }

    /// Takes a picture to the known ones and counts where it came from, once.
    pub fn learn(&mut self, request: &Request<'_>, known: ImageEntry) {
        let from = known.from;
        let is_new = self.known.insert(request.key, known).is_none();
        if is_new && !self.recalled.contains(&request.key) {
            self.count_from(from);
        }
    }

    fn count_from(&mut self, from: Origin) {
        match from {
            Origin::Article => {}
            Origin::Mirror => self.counts.from_mirror += 1,
            Origin::Cache => self.counts.from_cache += 1,
            Origin::Network => self.counts.fetched += 1,
        }
    }

    /// Counts where a picture of a kept output came from, once.
    pub fn recall(&mut self, key: Key, from: Origin) {
        if self.recalled.insert(key) && !self.known.contains_key(&key) {
            self.count_from(from);
        }
    }

    /// Counts a picture that goes into books or stands in one that is kept.
    pub fn count_embedded(&mut self, key: Key, (content, length): (Key, u64)) {
        if self.embedded.insert(key) {
            self.counts.embedded += 1;
        }
        if self.contents.insert(content) {
            self.counts.bytes += length;
        }
    }

    /// Counts a picture that is missing; says whether this is the first time.
    pub fn count_missing(&mut self, key: Key) -> bool {
        let is_new = self.warned.insert(key);
        self.counts.missing += u64::from(is_new);
        is_new
    }

    /// Notes that a picture without its end is warned of; says whether this is the first time.
    pub fn note_cut(&mut self, key: Key) -> bool {
        self.warned_cut.insert(key)
    }
}
