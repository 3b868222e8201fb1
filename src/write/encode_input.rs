//! An article on its way to the writers of a run.

use super::html::Html;
use super::{ImageAddresses, Run};
use crate::model::{Article, Pictures};
use std::cell::OnceCell;

/// An article that outputs are made of, and what several writers make of it alike, made once: the
/// feeds differ in how an item is written, and not in its text.
pub struct EncodeInput<'run> {
    /// The article.
    pub article: &'run Article,
    /// Its position in the run's catalogue.
    pub position: usize,
    /// The pictures that it shows, as far as they were had.
    pub pictures: &'run Pictures,
    /// What all writers know.
    pub run: &'run Run<'run>,
    archived: OnceCell<Option<Html>>,
    origin: OnceCell<Option<Html>>,
}

impl<'run> EncodeInput<'run> {
    /// An article at a position of the run's catalogue, and the pictures that it shows.
    pub fn new(
        article: &'run Article,
        position: usize,
        pictures: &'run Pictures,
        run: &'run Run<'run>,
    ) -> Self {
        EncodeInput {
            article,
            position,
            pictures,
            run,
            archived: OnceCell::new(),
            origin: OnceCell::new(),
        }
    }

    /// The text as feeds hold it, with the pictures at these of their addresses; none where there is
    /// no text. It is made at the first call.
    pub fn html(&self, addresses: ImageAddresses) -> Option<&Html> {
        let made = match addresses {
            ImageAddresses::Archived => &self.archived,
            ImageAddresses::Origin => &self.origin,
        };
        made.get_or_init(|| Html::of(self.article, addresses))
            .as_ref()
    }
}
