//! What the first pass knows of texts: what sources put at the ends of their articles, and sketches
//! of the articles that may be saves of each other. Both are read in parallel, each text once, and
//! not at all where an earlier run noted them.

use super::inputs::Inputs;
use super::scan::{Record, of_entry};
use super::state::{EndsNote, Frame, SketchNote, State};
use crate::clean::{self, Boilerplate, Ends, ParsedEntry, Sketch};
use crate::config::Settings;
use crate::model::Digest;
use crate::read::Reader;
use crate::report::BoilerplateReport;
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The parts of a run that read single texts.
#[derive(Clone, Copy)]
pub(super) struct TextReader<'run, 'registry> {
    pub inputs: &'run Inputs,
    pub readers: &'run [&'registry dyn Reader],
    pub settings: &'run Settings,
    pub pool: &'run ThreadPool,
}

/// What sources put at the ends of their articles.
pub(super) struct Learnt {
    /// By the numbers of the sources.
    pub by_source: Vec<Boilerplate>,
    /// What the report tells of it.
    pub report: Vec<BoilerplateReport>,
}

impl TextReader<'_, '_> {
    /// What each source puts at the ends of its articles, in the order of the sources.
    pub fn learn(&self, records: &[Record], sources: &[String], state: &mut State) -> Learnt {
        let mut learnt = vec![Boilerplate::default(); sources.len()];
        let mut report = Vec::new();
        if !self.settings.boilerplate {
            return Learnt {
                by_source: learnt,
                report,
            };
        }
        let samples = samples(records, sources.len());
        let mut ends = BTreeMap::new();
        let first = samples
            .iter()
            .flat_map(|sample| sample.iter().take(clean::FIRST_ARTICLES));
        self.add_ends(first.copied(), &mut ends, state);
        let of = |sample: &[&Record], ends: &BTreeMap<Digest, Ends>| -> Vec<Ends> {
            let known = sample
                .iter()
                .filter_map(|record| ends.get(&record.fingerprint.content));
            known.cloned().collect()
        };
        let hinted = samples
            .iter()
            .filter(|sample| Boilerplate::is_hinted(&of(sample, &ends)));
        let rest = hinted.flat_map(|sample| sample.iter().skip(clean::FIRST_ARTICLES));
        let rest: Vec<&Record> = rest.copied().collect();
        self.add_ends(rest.into_iter(), &mut ends, state);
        for ((learnt, sample), source) in learnt.iter_mut().zip(&samples).zip(sources) {
            let ends = of(sample, &ends);
            *learnt = Boilerplate::learn(&ends);
            report.extend(told(learnt, &ends, source));
        }
        for (of, ends) in ends {
            state.add(&Frame::Ends(EndsNote { of, ends }));
        }
        Learnt {
            by_source: learnt,
            report,
        }
    }

    fn add_ends<'record>(
        &self,
        records: impl Iterator<Item = &'record Record>,
        ends: &mut BTreeMap<Digest, Ends>,
        state: &mut State,
    ) {
        let mut known: BTreeSet<Digest> = ends.keys().copied().collect();
        let records: Vec<&Record> = records
            .filter(|record| known.insert(record.fingerprint.content))
            .collect();
        let made = self.each(
            &records,
            |record| state.ends(record.fingerprint.content),
            |entry, _| entry.ends(&self.settings.clean),
        );
        let named = records
            .iter()
            .map(|record| record.fingerprint.content)
            .zip(made);
        ends.extend(named.filter_map(|(of, made)| Some((of, made?))));
    }

    /// The sketches of the records at some positions, by position, and the positions of those that an
    /// earlier run noted.
    pub fn sketches(
        &self,
        records: &[Record],
        wanted: &BTreeSet<usize>,
        boilerplate: &[Boilerplate],
        state: &mut State,
    ) -> (HashMap<usize, Sketch>, HashSet<usize>) {
        let learnt: Vec<Digest> = boilerplate.iter().map(Boilerplate::digest).collect();
        let name = |record: &Record| {
            let learnt = learnt.get(source_of(record)).copied().unwrap_or_default();
            Digest::of_parts([record.fingerprint.content.as_ref(), learnt.as_ref()])
        };
        // Copies of one text are read once.
        let mut first: BTreeMap<Digest, &Record> = BTreeMap::new();
        for record in wanted.iter().filter_map(|&position| records.get(position)) {
            first.entry(name(record)).or_insert(record);
        }
        let (known, noted) = self.distinct_sketches(&first, boilerplate, state);
        let sketch = |&position: &usize| {
            let record = records.get(position)?;
            Some((position, known.get(&name(record))?.clone()))
        };
        let was_noted = |position: &usize| {
            let record = records.get(*position);
            record.is_some_and(|record| noted.contains(&name(record)))
        };
        let of_earlier = wanted.iter().copied().filter(was_noted).collect();
        (wanted.iter().filter_map(sketch).collect(), of_earlier)
    }

    /// The sketches of texts by the texts' names, and the names of those that an earlier run noted.
    fn distinct_sketches(
        &self,
        texts: &BTreeMap<Digest, &Record>,
        boilerplate: &[Boilerplate],
        state: &mut State,
    ) -> (HashMap<Digest, Sketch>, HashSet<Digest>) {
        let none = Boilerplate::default();
        let distinct: Vec<&Record> = texts.values().copied().collect();
        let mut names = texts.keys();
        let mut noted: HashSet<Digest> = HashSet::new();
        let sketches = self.each(
            &distinct,
            |_| {
                // What is noted is asked for in the order of the records.
                let name = names.next()?;
                let sketch = state.sketch(*name)?;
                noted.insert(*name);
                Some(sketch)
            },
            |entry, record| {
                let boilerplate = boilerplate.get(source_of(record)).unwrap_or(&none);
                entry.sketch(&self.settings.clean, boilerplate)
            },
        );
        let mut known: HashMap<Digest, Sketch> = HashMap::with_capacity(texts.len());
        for (&of, sketch) in texts.keys().zip(sketches) {
            let Some(sketch) = sketch else {
                continue;
            };
            known.insert(of, sketch.clone());
            state.add(&Frame::Sketch(SketchNote { of, sketch }));
        }
        (known, noted)
    }

    /// What is noted of each record, or else is made of its entry; nothing where that can't be read.
    fn each<Made: Send + Clone>(
        &self,
        records: &[&Record],
        mut noted: impl FnMut(&Record) -> Option<Made>,
        make: impl Fn(&ParsedEntry<'_>, &Record) -> Made + Sync,
    ) -> Vec<Option<Made>> {
        let known: Vec<Option<Made>> = records.iter().map(|record| noted(record)).collect();
        let made = records.par_iter().zip(known).map(|(record, known)| {
            known.or_else(|| self.entry(record, |entry| make(entry, record)))
        });
        self.pool.install(|| made.collect())
    }

    fn entry<Made>(
        &self,
        record: &Record,
        make: impl Fn(&ParsedEntry<'_>) -> Made,
    ) -> Option<Made> {
        of_entry(record.place, self.inputs, self.readers, self.settings, make)
    }
}

/// What the report tells of a source's boilerplate, where there is any.
fn told(learnt: &Boilerplate, ends: &[Ends], source: &str) -> Option<BoilerplateReport> {
    let (lines, saying) = learnt.shown(ends);
    (!lines.is_empty()).then(|| BoilerplateReport {
        source: source.to_owned(),
        lines,
        saying: saying as u64,
        looked_at: ends.len() as u64,
    })
}

/// The number of a record's source.
fn source_of(record: &Record) -> usize {
    usize::try_from(record.listed.source).unwrap_or(usize::MAX)
}

/// Of each source with enough articles those that are looked at: the ones with the lowest ids, so
/// that a new article rarely changes the choice, and the order of files never does.
fn samples(records: &[Record], sources: usize) -> Vec<Vec<&Record>> {
    let mut samples: Vec<Vec<&Record>> = vec![Vec::new(); sources];
    for record in records {
        if let Some(sample) = samples.get_mut(source_of(record)) {
            sample.push(record);
        }
    }
    for sample in &mut samples {
        if sample.len() < clean::FEWEST_ARTICLES {
            sample.clear();
            continue;
        }
        sample.sort_unstable_by_key(|record| (record.listed.key, record.fingerprint.content));
        sample.dedup_by_key(|record| record.listed.key);
        if sample.len() < clean::FEWEST_ARTICLES {
            sample.clear();
        }
        sample.truncate(clean::MOST_ARTICLES);
    }
    samples
}
