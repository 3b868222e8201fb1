//! An article on its way to the writers of a run.

use super::Run;
use super::html::Html;
use crate::model::{Article, Pictures};
use std::cell::OnceCell;

/// An article that outputs are made of, and what several writers make of it alike, made once: the
/// feeds differ in how an item is written, and not in its text.
pub struct Subject<'run> {
    /// The article.
    pub article: &'run Article,
    /// Its position in the run's catalogue.
    pub position: usize,
    /// The pictures that it shows, as far as they were had.
    pub pictures: &'run Pictures,
    /// What all writers know.
    pub run: &'run Run<'run>,
    html: OnceCell<Option<Html>>,
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
            html: OnceCell::new(),
        }
    }

    /// The text as all feeds hold it, never blank.
    pub(super) fn html(&self) -> Option<&Html> {
        let addresses = self.run.settings.feeds.image_addresses;
        let html = self.html.get_or_init(|| Html::of(self.article, addresses));
        html.as_ref()
    }
}
