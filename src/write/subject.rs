//! An article on its way to the writers of a run.

use super::Run;
use super::feed::Item;
use crate::model::{Article, Pictures};
use std::cell::OnceCell;

/// An article that outputs are made of, and what several writers make of it alike, made once: the
/// feeds differ in how an item is written, and not in what it holds.
pub struct Subject<'run> {
    /// The article.
    pub article: &'run Article,
    /// Its position in the run's catalogue.
    pub position: usize,
    /// The pictures that it shows, as far as they were had.
    pub pictures: &'run Pictures,
    /// What all writers know.
    pub run: &'run Run<'run>,
    item: OnceCell<Item<'run>>,
}

impl<'run> Subject<'run> {
    /// An article at a position of the run's catalogue, and the pictures that it shows.
    pub fn new(
        article: &'run Article,
        position: usize,
        pictures: &'run Pictures,
        run: &'run Run<'run>,
    ) -> Self {
        Subject {
            article,
            position,
            pictures,
            run,
            item: OnceCell::new(),
        }
    }

    /// The item of all feeds that hold the article.
    pub(super) fn item(&self) -> &Item<'run> {
        self.item.get_or_init(|| Item::new(self))
    }
}
