//! What a run has done so far: compact, since it grows with the number of distinct pictures.

use super::failure::Failure;
use super::locate::{Key, Request};
use super::workshop::Prepared;
use super::{Counts, Purpose};
use crate::model::Original;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// What the run has done so far.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Pictures that were had, by [`Request::key`].
    pub known: HashMap<Key, Known>,
    /// Addresses that were asked in vain.
    pub failed: HashMap<Key, Failure>,
    /// Pictures that were warned of.
    pub warned: HashSet<Key>,
    /// Pictures that went into outputs.
    embedded: HashSet<Key>,
    /// Their bytes.
    contents: HashSet<Key>,
    pub counts: Counts,
    pub time_spent: Duration,
}

/// A picture that was had.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub original: Original,
    /// What goes into books: not asked yet, there, or impossible.
    pub book: Option<Result<Prepared, Failure>>,
    pub from: From,
}

/// Where a picture was had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Article,
    Mirror,
    Cache,
    Network,
}

impl Known {
    pub fn is_usable(&self) -> bool {
        !matches!(self.book, Some(Err(_)))
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
    pub fn learn(&mut self, request: &Request<'_>, known: Known) {
        let from = known.from;
        if self.known.insert(request.key, known).is_none() {
            match from {
                From::Article => {}
                From::Mirror => self.counts.from_mirror += 1,
                From::Cache => self.counts.from_cache += 1,
                From::Network => self.counts.fetched += 1,
            }
        }
    }

    pub fn count_embedded(&mut self, request: &Request<'_>, known: &Known, purpose: Purpose) {
        let (Some(Ok(prepared)), Purpose::Embed) = (&known.book, purpose) else {
            return;
        };
        if self.embedded.insert(request.key) {
            self.counts.embedded += 1;
        }
        if self.contents.insert(Key::from_hash(prepared.hash())) {
            self.counts.bytes += prepared.length();
        }
    }
}
