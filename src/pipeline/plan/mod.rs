//! Which outputs are made and which are kept as they stand.

mod articles;

use super::listing::Listing;
use super::state::{self, State, UnitNote};
use crate::error::Result;
use crate::images::{ImageStore, Purpose};
use crate::model::{Digest, Selection, Stamp};
use crate::report::{Observer, Reason};
use crate::write::{AnyWriter, Kept, OutputFolder, Run, Unit, articles_of};
use articles::{Status, Statuses};
use rayon::ThreadPool;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

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
}

/// What the pictures of an article are for.
pub(super) fn purpose(embedded: &Selection, position: usize) -> Purpose {
    if embedded.contains(position) {
        Purpose::Embed
    } else {
        Purpose::Describe
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
