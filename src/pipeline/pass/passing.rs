//! What has become of an article on its way through the stages.

use crate::error::Warning;

/// What has become of the article at a position of the catalogue, on the way through the stages:
/// `Content` is what the stage made of it.
pub(super) struct Passing<Content> {
    pub(super) position: usize,
    pub(super) fate: Fate<Content>,
}

pub(super) enum Fate<Content> {
    /// Its outputs are kept as they stand.
    Kept,
    /// It could not be read, or made the program fail.
    Gone(Vec<Warning>),
    /// It is on its way: what was made of it, and the warnings so far.
    Made(Content, Vec<Warning>),
}

impl<Content> Passing<Content> {
    pub(super) fn content(&self) -> Option<&Content> {
        match &self.fate {
            Fate::Made(content, _) => Some(content),
            Fate::Kept | Fate::Gone(_) => None,
        }
    }

    pub(super) fn map<Other>(
        self,
        make: impl FnOnce(Content, &[Warning]) -> Other,
    ) -> Passing<Other> {
        let fate = match self.fate {
            Fate::Kept => Fate::Kept,
            Fate::Gone(warnings) => Fate::Gone(warnings),
            Fate::Made(content, warnings) => Fate::Made(make(content, &warnings), warnings),
        };
        Passing {
            position: self.position,
            fate,
        }
    }
}
