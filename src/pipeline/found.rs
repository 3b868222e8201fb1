//! What the first pass found in pages, for the second, which would have to search them again.

use super::scan::Place;
use crate::clean::{FoundArticle, ParsedEntry};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What all that is kept may weigh, in bytes. Pages beyond that are searched again.
const MOST_WEIGHT: usize = 16 << 20;

/// What was found in pages, by their places.
#[derive(Default)]
pub(super) struct FoundArticles(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    weight: usize,
    by_place: BTreeMap<Place, FoundArticle>,
}

impl FoundArticles {
    /// Keeps what was found in a page.
    pub fn keep(&self, place: Place, page: &ParsedEntry<'_>) {
        let Some(found) = page.found() else {
            return;
        };
        let mut held = self.held();
        let weight = found.weight() + size_of::<Place>();
        if held.weight + weight <= MOST_WEIGHT {
            held.weight += weight;
            held.by_place.insert(place, found);
        }
    }

    /// Tells a page what was found in it, which is kept no longer.
    pub fn tell(&self, place: Place, page: &ParsedEntry<'_>) {
        let found = self.held().by_place.remove(&place);
        if let Some(found) = found {
            page.know(found);
        }
    }

    fn held(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
