//! The last stage of the second pass: what was encoded is appended, and noted, in order.

use super::Pass;
use super::encode::{EncodedArticle, EncodedWindow};
use super::passing::{Fate, Passing};
use crate::error::{Result, Warning};
use crate::pipeline::selectors::Selectors;
use crate::pipeline::state::{ArticleNote, Frame, State, place};
use crate::pipeline::told::Told;
use crate::report::Stage;
use crate::write::EncodedPart;

impl Pass<'_, '_> {
    /// Appends what was encoded of a window, and takes note of its articles. What is noted of those
    /// that were not read is noted again, and their warnings are told again. Gives the number of
    /// articles that were read, or need not be.
    pub(super) fn append(
        &self,
        window: EncodedWindow<'_>,
        state: &mut State,
        selectors: &mut Selectors<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<usize> {
        let mut there = 0;
        let mut done = 0;
        let mut told = Told::default();
        for Passing { position, fate } in window.articles {
            done += u64::from(self.is_wanted(position));
            there += usize::from(!matches!(fate, Fate::Gone(_)));
            match fate {
                Fate::Kept => warnings.extend(self.keep(position, state, selectors)),
                Fate::Gone(raised) => warnings.extend(raised),
                Fate::Made(made, mut raised) => {
                    let EncodedArticle { parts, note, .. } = made;
                    selectors.made(made.address.as_ref(), &made.selectors);
                    self.recall_told(position, state, &mut told);
                    told.mark(&mut raised);
                    parts.into_iter().try_for_each(EncodedPart::append)?;
                    if let Some(note) = note {
                        // In the order of the catalogue, in which the next run asks for them.
                        state.add(&Frame::Article(*note));
                    }
                    warnings.extend(raised);
                }
            }
        }
        let mut of_pictures = window.warnings;
        told.mark(&mut of_pictures);
        warnings.extend(of_pictures);
        if done > 0 {
            self.observer.advance(Stage::Articles, done);
        }
        Ok(there)
    }

    /// Adds what an earlier run told of an article that is made of the same.
    fn recall_told(&self, position: usize, state: &mut State, told: &mut Told) {
        let listed = self.listing.catalogue.get(position);
        let note = listed
            .and_then(|listed| state.article(place(listed.published, listed.key.digest())))
            .filter(|note| Some(note.facts) == self.listing.facts(position));
        if let Some(note) = note {
            told.add(&note);
        }
    }

    /// Notes an article of kept outputs again, and gives the warnings that it had.
    fn keep(
        &self,
        position: usize,
        state: &mut State,
        selectors: &mut Selectors<'_>,
    ) -> Vec<Warning> {
        let Some(note) = self
            .listing
            .catalogue
            .get(position)
            .and_then(|listed| state.article(place(listed.published, listed.key.digest())))
        else {
            selectors.unknown();
            return Vec::new();
        };
        selectors.kept(note.address.as_deref(), &note.selectors);
        let note = self.moved(note, position);
        let mut warnings = note.warnings.clone();
        let recalled = note.images.iter().filter_map(|image| {
            let mut warning = self.images.recall(image)?.in_file(&note.path);
            (warning.item, warning.line) = note.at.item_and_line().unzip();
            Some(warning)
        });
        warnings.extend(recalled);
        for warning in &mut warnings {
            warning.is_repeated = true;
        }
        state.add(&Frame::Article(note));
        warnings
    }

    /// A note whose warnings name the place where the article lies now: others may have come before
    /// it in its file, and the user may stand elsewhere.
    fn moved(&self, mut note: ArticleNote, position: usize) -> ArticleNote {
        let Some(now) = self.listing.place(position) else {
            return note;
        };
        let path = self.listing.path(now);
        let lines = i64::from(now.at.line) - i64::from(note.at.line);
        for warning in &mut note.warnings {
            if warning.path.as_ref() == Some(&note.path) {
                warning.path = Some(path.clone());
                warning.item = now.at.item();
                let moved = |line: u32| u32::try_from(i64::from(line) + lines).ok();
                warning.line = warning.line.and_then(moved);
            }
        }
        note.path = path;
        note.at = now.at;
        note
    }
}
