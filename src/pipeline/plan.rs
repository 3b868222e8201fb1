//! Which outputs are made and which are kept as they stand.

use super::listing::Listing;
use super::state::{self, ArticleNote, State, UnitNote};
use crate::error::Result;
use crate::images::{FetchEvent, Freshness, ImageSnapshot, ImageStore, Purpose, Wanted};
use crate::model::{Digest, Selection};
use crate::model::{Moment, Stamp};
use crate::report::{Observer, Reason};
use crate::write::{AnyWriter, Kept, OutputFolder, Run, Unit, articles_of};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The number of articles that are compared with what is noted of them at a time.
const CHUNK: usize = 4096;

/// What is made and what is kept.
pub(super) struct Plan<'registry> {
    /// The writers that make something, with the articles that they make it of.
    pub works: Vec<(&'registry dyn AnyWriter, Selection)>,
    /// Every article of some output, made or kept.
    pub articles: Selection,
    /// Those of them that stand in outputs with pictures.
    pub embedded: Selection,
    /// The units that are kept, for their writers.
    pub kept: Kept,
    /// The same, with their outputs.
    pub standing: Vec<UnitNote>,
    /// The units that are made.
    pub made: Vec<Made>,
}

impl Plan<'_> {
    /// Keeps units as they stand.
    fn keep(&mut self, standing: Vec<UnitNote>) {
        for note in &standing {
            if let Some(unit) = &note.unit {
                let notes = note.outputs.iter().filter_map(|output| output.note.clone());
                self.kept.insert(&note.format, unit, notes.collect());
            }
        }
        self.standing.extend(standing);
    }

    /// Why the outputs of a unit are made.
    pub fn reason(&self, format: &str, unit: Option<&str>) -> Reason {
        let made = self
            .made
            .iter()
            .find(|made| made.format == format && Some(made.unit.as_str()) == unit);
        made.map_or(Reason::Neighbours, |made| made.reason.clone())
    }
}

/// A unit that is made.
pub(super) struct Made {
    /// The writer's name.
    pub format: &'static str,
    /// The unit's name.
    pub unit: String,
    /// What it is made of.
    pub fingerprint: Digest,
    /// The number of its articles.
    pub articles: u64,
    /// Why it is made.
    pub reason: Reason,
}

/// What has become of an article since the earlier run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Added,
    Edited,
    OtherPictures,
    Same,
}

/// Everything that the decision depends on.
pub(super) struct Planning<'plan, 'registry> {
    pub writers: &'plan [&'registry dyn AnyWriter],
    pub run: &'plan Run<'plan>,
    pub listing: &'plan Listing<'registry>,
    pub images: &'plan ImageStore,
    pub folder: &'plan OutputFolder,
    pub observer: &'plan dyn Observer,
    pub pool: &'plan ThreadPool,
}

impl<'registry> Planning<'_, 'registry> {
    /// Decides for every unit of every writer. Pictures that have to be asked for again are asked
    /// for here, so that a unit is not made anew just to find that they are the same.
    ///
    /// # Errors
    /// Where a writer fails.
    pub fn plan(&self, state: &mut State) -> Result<Plan<'registry>> {
        let catalogue = self.run.catalogue;
        let units: Vec<Vec<Unit>> = self
            .writers
            .iter()
            .map(|writer| writer.units(self.run))
            .collect::<Result<_>>()?;
        let embedding = self.writers.iter().zip(&units);
        let embedding = embedding.filter(|(writer, _)| writer.embeds_pictures());
        let mut plan = Plan {
            works: Vec::new(),
            articles: articles_of(units.iter().flatten(), catalogue),
            embedded: articles_of(embedding.flat_map(|(_, units)| units), catalogue),
            kept: Kept::default(),
            standing: Vec::new(),
            made: Vec::new(),
        };
        let statuses = self.statuses(&plan, state);
        let mut notes = Notes::new(state.units());
        for (writer, units) in self.writers.iter().zip(units) {
            self.decide(*writer, units, &statuses, &mut notes, &mut plan);
        }
        Ok(plan)
    }

    /// Decides for the units of one writer.
    fn decide(
        &self,
        writer: &'registry dyn AnyWriter,
        units: Vec<Unit>,
        statuses: &Statuses,
        notes: &mut Notes,
        plan: &mut Plan<'registry>,
    ) {
        let format = writer.format().name;
        let names = units.iter().map(|unit| unit.name.clone()).collect();
        let same_units = notes.units_of(format) == names;
        let mut made = Vec::new();
        let mut standing = Vec::new();
        for unit in units {
            let fingerprint = self.fingerprint(format, &unit);
            let note = notes.take(format, Some(&unit.name));
            match self.reason(&unit, fingerprint, note.as_ref(), statuses) {
                None => standing.extend(note),
                Some(reason) => {
                    plan.made.push(Made {
                        format,
                        unit: unit.name.clone(),
                        fingerprint,
                        articles: unit.articles.len() as u64,
                        reason,
                    });
                    made.push(unit);
                }
            }
        }
        // A catalogue of volumes is made whenever one of them is, comes or goes.
        let common = notes.take(format, None);
        let common_stands = common
            .as_ref()
            .is_some_and(|note| self.stands(note).is_none());
        if made.is_empty() && same_units && common_stands {
            standing.extend(common);
        } else {
            let selection = articles_of(&made, self.run.catalogue);
            plan.works.push((writer, selection));
        }
        plan.keep(standing);
    }

    /// What a unit is made of, but for pictures.
    fn fingerprint(&self, format: &str, unit: &Unit) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let head = [
            format.as_bytes(),
            unit.name.as_bytes(),
            unit.context.as_bytes(),
        ];
        hasher.update(Digest::of_parts(head).as_ref());
        for &position in &unit.articles {
            let position = usize::try_from(position).unwrap_or(usize::MAX);
            let facts = self.listing.facts(position).unwrap_or_default();
            hasher.update(facts.as_ref());
        }
        Digest::from_hash(&hasher.finalize())
    }

    /// Why a unit has to be made; nothing where it may be kept.
    fn reason(
        &self,
        unit: &Unit,
        fingerprint: Digest,
        note: Option<&UnitNote>,
        statuses: &Statuses,
    ) -> Option<Reason> {
        let Some(note) = note else {
            return Some(statuses.unknown());
        };
        if note.fingerprint != fingerprint {
            return Some(statuses.compare(unit, note.articles));
        }
        let pictures = statuses.count(unit, Status::OtherPictures);
        if pictures > 0 {
            return Some(Reason::Pictures { articles: pictures });
        }
        // An article that could not be read when the unit was made is not noted.
        if statuses.count(unit, Status::Same) < unit.articles.len() as u64 {
            return Some(statuses.compare(unit, note.articles));
        }
        self.stands(note).map(|name| Reason::Output { name })
    }

    /// The first output of a unit that does not stand as it was left.
    fn stands(&self, note: &UnitNote) -> Option<String> {
        let as_left = |output: &&state::OutputNote| {
            let metadata = fs::symlink_metadata(self.folder.path().join(&output.name));
            metadata.is_ok_and(|metadata| {
                metadata.is_file() && Stamp::of(&metadata).is_copy_of(&output.stamp)
            })
        };
        let other = note.outputs.iter().find(|output| !as_left(output));
        other.map(|output| output.name.clone())
    }

    /// Compares the articles of all units with what is noted of them.
    fn statuses(&self, plan: &Plan<'_>, state: &mut State) -> Statuses {
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
                        .wanted(note.address.as_deref(), &note.path)
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

/// An article beside what is noted of it.
enum Compared {
    Settled(Status),
    /// The same but for pictures that have to be asked for, as they were seen.
    Due(Vec<(Wanted, ImageSnapshot)>),
}

/// Whether a file stands at a place, or a folder where the place ends in a separator.
fn is_there(place: &str) -> bool {
    let wants_folder = place.ends_with(std::path::is_separator);
    fs::symlink_metadata(place).is_ok_and(|found| match wants_folder {
        true => found.is_dir(),
        false => found.is_file(),
    })
}

/// What the pictures of an article are for.
pub(super) fn purpose(embedded: &Selection, position: usize) -> Purpose {
    if embedded.contains(position) {
        Purpose::Embed
    } else {
        Purpose::Describe
    }
}

/// What has become of the articles since the earlier run.
struct Statuses {
    /// Whether there is anything to compare with.
    known: bool,
    statuses: Vec<Status>,
}

impl Statuses {
    /// Why a unit is made of which nothing is noted.
    fn unknown(&self) -> Reason {
        if self.known {
            Reason::New
        } else {
            Reason::Unknown
        }
    }

    fn count(&self, unit: &Unit, wanted: Status) -> u64 {
        let positions = unit.articles.iter().map(|&at| usize::try_from(at).ok());
        let statuses = positions.filter_map(|at| self.statuses.get(at?));
        statuses.filter(|&&status| status == wanted).count() as u64
    }

    /// What is other about a unit that had so many articles before.
    fn compare(&self, unit: &Unit, before: u64) -> Reason {
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

/// What is noted of units, by writer and name.
struct Notes(BTreeMap<(String, Option<String>), UnitNote>);

impl Notes {
    fn new(units: Vec<UnitNote>) -> Self {
        let key = |note: &UnitNote| (note.format.clone(), note.unit.clone());
        Notes(units.into_iter().map(|note| (key(&note), note)).collect())
    }

    fn units_of(&self, format: &str) -> BTreeSet<String> {
        let units = self.0.keys().filter(|(other, _)| other == format);
        units.filter_map(|(_, unit)| unit.clone()).collect()
    }

    fn take(&mut self, format: &str, unit: Option<&str>) -> Option<UnitNote> {
        self.0.remove(&(format.to_owned(), unit.map(str::to_owned)))
    }
}
