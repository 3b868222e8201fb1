//! The records of all files, on the way to the catalogue.

use super::{Contribution, Identity, Listing};
use crate::clean::Boilerplate;
use crate::config::Settings;
use crate::error::{Code, Warning};
use crate::model::{Catalogue, Digest, Listed, Newest, Timestamp};
use crate::pipeline::duplicates::Candidates;
use crate::pipeline::found::FoundArticles;
use crate::pipeline::inputs::{Inputs, PassedOver};
use crate::pipeline::merging::{self, Merged};
use crate::pipeline::scan::{FileScan, Place, Record};
use crate::pipeline::state::State;
use crate::pipeline::texts::TextReader;
use crate::read::Reader;
use rayon::ThreadPool;
use std::collections::HashMap;

/// The records of all files, on the way to the catalogue.
#[derive(Default)]
pub(super) struct Index {
    records: Vec<Record>,
    sources: Vec<String>,
    source_positions: HashMap<String, u32>,
    pub(super) warnings: Vec<Warning>,
    refused: Vec<String>,
    /// Articles that could not be read in files that hold others.
    passed_over: u64,
    damaged: Vec<String>,
    pub(super) unrecognised: Vec<usize>,
}

impl Index {
    pub(super) fn add(&mut self, scan: FileScan, inputs: &Inputs) {
        match scan {
            FileScan::NoArticle => {}
            FileScan::Refused(path, warnings) => {
                self.refused.push(path);
                self.warnings.extend(warnings);
            }
            FileScan::Articles {
                records,
                warnings,
                is_new,
            } => {
                let is_loss = |warning: &&Warning| warning.code != Code::ItemsLeftOut;
                let lost = warnings.iter().filter(is_loss).count();
                self.passed_over += lost as u64;
                let first = records.first().filter(|_| is_new && lost > 0);
                self.damaged
                    .extend(first.map(|(record, _)| inputs.relative(record.place.file())));
                self.warnings.extend(warnings);
                for (mut record, source) in records {
                    record.listed.source = self.source(source);
                    self.records.push(record);
                }
            }
        }
    }

    /// The position of a source's name, in the order of first appearance.
    fn source(&mut self, name: String) -> u32 {
        if let Some(&position) = self.source_positions.get(&name) {
            return position;
        }
        let position = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(name.clone());
        self.source_positions.insert(name, position);
        position
    }

    /// Merges what are saves of one article, and makes the catalogue of what the settings take.
    pub(super) fn into_listing<'registry>(
        mut self,
        inputs: Inputs,
        readers: Vec<&'registry dyn Reader>,
        settings: &Settings,
        state: &mut State,
        pool: &ThreadPool,
    ) -> Listing<'registry> {
        let repeats: u64 = self.records.iter().map(|record| record.repeats).sum();
        let read = self.records.len() as u64 + repeats;
        self.refused.sort();
        self.sort_sources();
        let reader = TextReader {
            inputs: &inputs,
            readers: &readers,
            settings,
            pool,
        };
        let learnt = reader.learn(&self.records, &self.sources, state);
        let boilerplate = learnt.by_source;
        let mut merged = self.merge(reader, &boilerplate, state);
        let joined = merging::report(&merged, &self.records, &inputs);
        let duplicates = read - merged.len() as u64;
        merged.retain(|article| self.is_taken(article, settings));
        self.warn_of_future(&merged, &inputs);
        put_in_order(&mut merged);
        let contributions = self.contributions(&merged);
        let places = self.places(&merged);
        let addresses = self.addresses(&merged);
        let facts = self.facts(&merged, &addresses, &boilerplate);
        let listed = merged.into_iter().map(|article| article.listed).collect();
        Listing {
            unrecognised: passed_over(&inputs, &self.unrecognised),
            catalogue: Catalogue::new(listed, self.sources, addresses),
            inputs,
            read,
            skipped: self.refused.len() as u64 + self.passed_over,
            refused: self.refused,
            damaged: self.damaged,
            duplicates,
            joined,
            warnings: self.warnings,
            places,
            readers,
            contributions,
            facts,
            boilerplate,
            told: learnt.report,
            several: Vec::new(),
            found: FoundArticles::default(),
        }
    }

    /// Where the texts of articles lie.
    fn places(&self, merged: &[Merged]) -> Vec<Place> {
        let records = merged
            .iter()
            .filter_map(|article| self.records.get(article.text));
        records.map(|record| record.place).collect()
    }

    /// Numbers the sources by their names, whatever the order of files was.
    fn sort_sources(&mut self) {
        let mut order: Vec<(String, usize)> = std::mem::take(&mut self.sources)
            .into_iter()
            .zip(0..)
            .collect();
        order.sort();
        let mut places = vec![0u32; order.len()];
        for ((name, old), new) in order.into_iter().zip(0u32..) {
            self.sources.push(name);
            if let Some(place) = places.get_mut(old) {
                *place = new;
            }
        }
        for record in &mut self.records {
            let old = usize::try_from(record.listed.source).unwrap_or_default();
            record.listed.source = places.get(old).copied().unwrap_or_default();
        }
    }

    /// Puts files of one article together, and warns where their texts differ.
    fn merge(
        &mut self,
        reader: TextReader<'_, '_>,
        boilerplate: &[Boilerplate],
        state: &mut State,
    ) -> Vec<Merged> {
        let across = reader.settings.across_sources;
        let candidates = Candidates::find(&self.records);
        let wanted = if across {
            (0..self.records.len()).collect()
        } else {
            candidates.wanted(&self.records)
        };
        let (sketches, noted) = reader.sketches(&self.records, &wanted, boilerplate, state);
        let firsts = reader
            .pool
            .install(|| candidates.join(&self.records, &sketches, across));
        let merged = merging::merge(&self.records, &firsts, &sketches, across, reader.inputs);
        let mut differing = merging::differing(&merged, &self.records, &sketches, reader.inputs);
        for (warning, pair) in &mut differing {
            // Both were compared by an earlier run, which told of them.
            warning.is_repeated = pair.iter().all(|at| noted.contains(at));
        }
        self.warnings
            .extend(differing.into_iter().map(|(warning, _)| warning));
        merged
    }

    /// For each article, everything that outputs take of it but its pictures: what it is made of,
    /// what was settled with other files of the same article, and the addresses that lead to it.
    fn facts(
        &self,
        merged: &[Merged],
        addresses: &[(u64, u32)],
        boilerplate: &[Boilerplate],
    ) -> Vec<Digest> {
        let learnt: Vec<Digest> = boilerplate.iter().map(Boilerplate::digest).collect();
        let leading = sums(addresses, merged.len());
        let facts = |(article, leading): (&Merged, u64)| {
            let Listed {
                key,
                published,
                published_day,
                updated,
                source,
            } = article.listed;
            let origin = |at: &usize| self.records.get(*at).map(|record| record.origin);
            let own = origin(&article.text);
            let asked: Vec<u8> = article
                .title
                .iter()
                .chain(&article.complete)
                .filter_map(origin)
                .flat_map(Digest::bytes)
                .collect();
            let time = |time: Option<Timestamp>| time.map_or(i64::MIN, Timestamp::millis);
            let source = usize::try_from(source).ok();
            let learnt = source.and_then(|at| learnt.get(at)).copied();
            let source = source.and_then(|at| self.sources.get(at));
            Digest::of_parts([
                own.unwrap_or_default().as_ref(),
                &asked,
                learnt.unwrap_or_default().as_ref(),
                &key.bytes(),
                &time(published).to_le_bytes(),
                &published_day.map_or(0, i32::from).to_le_bytes(),
                &time(updated).to_le_bytes(),
                source.map(String::as_bytes).unwrap_or_default(),
                &leading.to_le_bytes(),
            ])
        };
        merged.iter().zip(leading).map(facts).collect()
    }

    /// Every address that leads to an article, with the article's position.
    fn addresses(&self, merged: &[Merged]) -> Vec<(u64, u32)> {
        let of = |article: &Merged, position: u32| {
            let saves = std::iter::once(&article.text).chain(&article.others);
            let records = saves.filter_map(|&at| self.records.get(at));
            let addresses =
                records.filter_map(move |record| Some((record.fingerprint.address?, position)));
            addresses.collect::<Vec<_>>()
        };
        let each = merged.iter().zip(0u32..);
        each.flat_map(|(article, position)| of(article, position))
            .collect()
    }

    /// Whether the settings take an article. What the outputs would show decides: the newest text
    /// and the settled date.
    fn is_taken(&self, article: &Merged, settings: &Settings) -> bool {
        let newest = self.records.get(article.text);
        newest.is_some_and(|record| record.taken)
            && settings.period.contains(article.listed.published)
    }

    fn warn_of_future(&mut self, merged: &[Merged], inputs: &Inputs) {
        for article in merged {
            let updated = article.listed.updated;
            let Some(time) = updated.filter(|&time| Newest::distrusts(time)) else {
                continue;
            };
            let Some(record) = self.records.get(article.text) else {
                continue;
            };
            let message = format!(
                "{time} is no time at which an article was saved; it dates no feed and no book"
            );
            let mut warning = Warning::new(Code::DateInFuture, message)
                .in_file(inputs.display(record.place.file()));
            warning.item = record.place.at.item();
            self.warnings.push(warning);
        }
    }

    /// What other saves contribute to articles, by their positions.
    fn contributions(&self, merged: &[Merged]) -> HashMap<usize, Contribution> {
        let place = |at: usize| self.records.get(at).map(|record| record.place);
        let contribution = |article: &Merged| {
            let first = (article.first != article.text).then_some(article.first);
            let own = article.id.clone().map(Identity::Own);
            Contribution {
                id: own.or_else(|| first.and_then(place).map(Identity::At)),
                title: article.title.and_then(place),
                complete: article
                    .complete
                    .iter()
                    .filter_map(|&at| place(at))
                    .collect(),
            }
        };
        let each = merged.iter().map(contribution).enumerate();
        each.filter(|(_, from)| {
            from.id.is_some() || from.title.is_some() || !from.complete.is_empty()
        })
        .collect()
    }
}

/// What no reader takes, by path.
fn passed_over(inputs: &Inputs, unrecognised: &[usize]) -> Vec<PassedOver> {
    let files = unrecognised.iter().map(|&file| PassedOver {
        shown: inputs.display(file),
        inside: inputs.relative(file),
    });
    let mut all: Vec<PassedOver> = files.chain(inputs.others.iter().cloned()).collect();
    all.sort_by(|one, other| one.shown.cmp(&other.shown));
    all
}

/// Sorts articles by their dates, those without one last. The key parts articles of one time, so that the
/// order of files decides nothing.
fn put_in_order(merged: &mut [Merged]) {
    merged.sort_by_key(|article| {
        (
            article.listed.published.is_none(),
            article.listed.published,
            article.listed.key,
        )
    });
}

/// For each of so many articles, the sum of the addresses that lead to it: a sum, since the order in which
/// addresses are met means nothing.
fn sums(addresses: &[(u64, u32)], articles: usize) -> Vec<u64> {
    let mut sums = vec![0u64; articles];
    for &(address, position) in addresses {
        let sum = usize::try_from(position)
            .ok()
            .and_then(|at| sums.get_mut(at));
        if let Some(sum) = sum {
            *sum = sum.wrapping_add(address);
        }
    }
    sums
}
