//! What has become of the articles since the earlier run.

use super::{Plan, Planning, purpose};
use crate::images::{FetchEvent, Freshness, ImageSnapshot, Purpose, Wanted};
use crate::model::Moment;
use crate::pipeline::state::{self, ArticleNote, State};
use crate::report::Reason;
use crate::write::Unit;
use rayon::prelude::*;
use std::fs;

/// The number of articles that are compared with what is noted of them at a time.
const CHUNK: usize = 4096;

/// What has become of an article since the earlier run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Added,
    Edited,
    OtherPictures,
    Same,
}

/// What has become of the articles since the earlier run.
pub(super) struct Statuses {
    /// Whether there is anything to compare with.
    known: bool,
    statuses: Vec<Status>,
}

impl Statuses {
    /// Why a unit is made of which nothing is noted.
    pub(super) fn unknown(&self) -> Reason {
        if self.known {
            Reason::New
        } else {
            Reason::Unknown
        }
    }

    pub(super) fn count(&self, unit: &Unit, wanted: Status) -> u64 {
        let positions = unit.articles.iter().map(|&at| usize::try_from(at).ok());
        let statuses = positions.filter_map(|at| self.statuses.get(at?));
        statuses.filter(|&&status| status == wanted).count() as u64
    }

    /// What is other about a unit that had so many articles before.
    pub(super) fn compare(&self, unit: &Unit, before: u64) -> Reason {
        let added = self.count(unit, Status::Added);
        let edited = self.count(unit, Status::Edited);
        let stayed = (unit.articles.len() as u64).saturating_sub(added);
        let removed = before.saturating_sub(stayed);
        if added + edited + removed == 0 {
            return Reason::Neighbours;
        }
        Reason::Articles {
            added,
            edited,
            removed,
        }
    }
}

/// An article beside what is noted of it.
enum Compared {
    Settled(Status),
    /// The same but for pictures that have to be asked for, as they were seen.
    Due(Vec<(Wanted, ImageSnapshot)>),
}

impl Planning<'_, '_> {
    /// Compares the articles of all units with what is noted of them.
    pub(super) fn statuses(&self, plan: &Plan<'_>, state: &mut State) -> Statuses {
        let length = self.run.catalogue.len();
        let mut statuses = vec![Status::Added; length];
        let Some(since) = state.began() else {
            return Statuses {
                known: false,
                statuses,
            };
        };
        let wanted: Vec<usize> = (0..length)
            .filter(|&position| plan.articles.contains(position))
            .collect();
        for chunk in wanted.chunks(CHUNK) {
            let notes: Vec<_> = chunk
                .iter()
                .map(|&position| (position, self.note(position, state)))
                .collect();
            let compared = notes
                .into_par_iter()
                .map(|(position, note)| (position, self.compare(position, note, plan, since)));
            let compared: Vec<(usize, Compared)> = self.pool.install(|| compared.collect());
            self.ask_again(&compared);
            for (position, compared) in compared {
                if let Some(status) = statuses.get_mut(position) {
                    *status = self.settle(compared);
                }
            }
        }
        Statuses {
            known: true,
            statuses,
        }
    }

    fn note(&self, position: usize, state: &mut State) -> Option<ArticleNote> {
        let listed = self.run.catalogue.get(position)?;
        state.article(state::place(listed.published, listed.key.digest()))
    }

    /// Compares an article with what is noted of it, as far as that goes without the network.
    fn compare(
        &self,
        position: usize,
        note: Option<ArticleNote>,
        plan: &Plan<'_>,
        since: Moment,
    ) -> Compared {
        let Some(note) = note else {
            return Compared::Settled(Status::Added);
        };
        if self.listing.facts(position) != Some(note.facts) {
            return Compared::Settled(Status::Edited);
        }
        if note.absent.iter().any(|place| is_there(place)) {
            return Compared::Settled(Status::OtherPictures);
        }
        let purpose = purpose(&plan.embedded, position);
        let mut due = Vec::new();
        for image in &note.images {
            match self.images.revalidate(image, purpose, since) {
                Freshness::Same => {}
                Freshness::Due => due.extend(
                    image
                        .wanted(note.address.as_deref(), &note.path, note.at.item_and_line())
                        .map(|wanted| (wanted, image.clone())),
                ),
                Freshness::Changed => return Compared::Settled(Status::OtherPictures),
            }
        }
        if due.is_empty() {
            Compared::Settled(Status::Same)
        } else {
            Compared::Due(due)
        }
    }

    /// Asks for the pictures that are due.
    fn ask_again(&self, compared: &[(usize, Compared)]) {
        let due = compared.iter().flat_map(|(_, compared)| match compared {
            Compared::Due(due) => due.as_slice(),
            Compared::Settled(_) => &[],
        });
        let wanted: Vec<Wanted> = due.map(|(wanted, _)| wanted.clone()).collect();
        let watcher = |event: FetchEvent<'_>| self.observer.fetching(event);
        // What is missing is warned of with the articles, made or kept.
        self.images.ask(&wanted, &watcher);
    }

    /// An article's status once its pictures were asked for.
    fn settle(&self, compared: Compared) -> Status {
        match compared {
            Compared::Settled(status) => status,
            Compared::Due(due) => {
                let same = |(wanted, before): &(Wanted, ImageSnapshot)| {
                    let now = self.images.seen(wanted, Purpose::Embed);
                    now.agrees_with(before)
                };
                if due.iter().all(same) {
                    Status::Same
                } else {
                    Status::OtherPictures
                }
            }
        }
    }
}

/// Whether a file stands at a place, or a folder where the place ends in a separator.
fn is_there(place: &str) -> bool {
    let wants_folder = place.ends_with(std::path::is_separator);
    fs::symlink_metadata(place).is_ok_and(|found| match wants_folder {
        true => found.is_dir(),
        false => found.is_file(),
    })
}
