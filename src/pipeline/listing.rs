//! The first pass: each article becomes a line of the catalogue.

use super::duplicates::Candidates;
use super::inputs::{Inputs, PassedOver};
use super::merging::{self, Merged};
use super::scan::{FileScan, Place, Record, Scanner, of_entry};
use super::state::{FileNote, Frame, State};
use super::texts::TextReader;
use crate::clean::{self, Boilerplate};
use crate::config::Settings;
use crate::error::{Code, Result, Warning};
use crate::model::{Article, ArticleId, Catalogue, Digest, Entry, Listed, Newest, Timestamp};
use crate::read::Reader;
use crate::registry::Registry;
use crate::report::{BoilerplateReport, JoinedReport, Observer, Stage};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::HashMap;

/// The number of files that are gone over before their articles are added to the index: enough that
/// the workers rarely wait for each other, few enough that what waits to be added is small.
const CHUNK: usize = 4096;

/// All articles of the inputs, in the order of the outputs, and where each is found.
pub struct Listing<'registry> {
    /// What the writers see.
    pub catalogue: Catalogue,
    /// The files.
    pub inputs: Inputs,
    /// Articles understood, duplicates included.
    pub read: u64,
    /// Articles, or files meant as some, that could not be read.
    pub skipped: u64,
    /// Files meant as articles that could not be read: their paths inside the inputs, sorted.
    pub refused: Vec<String>,
    /// Files that changed and of whose articles not all could be read: their paths inside the inputs.
    pub damaged: Vec<String>,
    /// Files that no reader takes, and what is no file.
    pub unrecognised: Vec<PassedOver>,
    /// Articles that another file holds too.
    pub duplicates: u64,
    /// Files that hold one article.
    pub joined: Vec<JoinedReport>,
    /// What was skipped or guessed.
    pub warnings: Vec<Warning>,
    places: Vec<Place>,
    readers: Vec<&'registry dyn Reader>,
    /// What other saves of an article contribute, by position in the catalogue.
    contributions: HashMap<usize, Contribution>,
    facts: Vec<Digest>,
    /// What each source puts at the ends of its articles.
    boilerplate: Vec<Boilerplate>,
    /// What the report tells of it.
    pub told: Vec<BoilerplateReport>,
}

/// What other saves of an article contribute to it.
#[derive(Default)]
struct Contribution {
    /// The id, of the first save or one of its own.
    id: Option<Identity>,
    /// Where the title is, if the text's own save has none.
    title: Option<Place>,
    /// Where to look for what the text's own save lacks.
    complete: Vec<Place>,
}

/// Where an id comes from.
enum Identity {
    At(Place),
    Own(ArticleId),
}

impl<'registry> Listing<'registry> {
    /// Where the article at a position of the catalogue is found.
    pub fn place(&self, position: usize) -> Option<Place> {
        self.places.get(position).copied()
    }

    /// The reader of a place.
    pub fn reader(&self, place: Place) -> Option<&'registry dyn Reader> {
        let position = usize::try_from(place.reader).ok()?;
        self.readers.get(position).copied()
    }

    /// The path of a place's file, for messages.
    pub fn path(&self, place: Place) -> String {
        self.inputs.display(place.file())
    }

    /// All readers, in the order in which places count them.
    pub fn readers(&self) -> &[&'registry dyn Reader] {
        &self.readers
    }

    /// Everything that outputs take of the article at a position, but for its pictures.
    pub fn facts(&self, position: usize) -> Option<Digest> {
        self.facts.get(position).copied()
    }

    /// What the source of the article at a position puts at the ends of its articles.
    pub fn boilerplate(&self, position: usize) -> &Boilerplate {
        static NONE: Boilerplate = Boilerplate::NONE;
        let listed = self.catalogue.get(position);
        let source = listed.and_then(|listed| usize::try_from(listed.source).ok());
        source
            .and_then(|source| self.boilerplate.get(source))
            .unwrap_or(&NONE)
    }

    fn of_entry<Made>(
        &self,
        place: Place,
        settings: &Settings,
        make: impl Fn(&Entry) -> Made,
    ) -> Option<Made> {
        of_entry(place, &self.inputs, &self.readers, settings, make)
    }

    /// Gives an article what was settled with other saves of it: its id, and what its own save lacks.
    /// Reads those saves.
    pub fn complete(&self, article: &mut Article, position: usize, settings: &Settings) {
        let Some(contribution) = self.contributions.get(&position) else {
            return;
        };
        let id = match &contribution.id {
            Some(Identity::At(place)) => self.of_entry(*place, settings, clean::id),
            Some(Identity::Own(id)) => Some(id.clone()),
            None => None,
        };
        article.id = id.unwrap_or_else(|| article.id.clone());
        let title = |entry: &Entry| clean::clean(entry, &settings.clean).article.title;
        let titled = contribution.title;
        if let Some(title) = titled.and_then(|place| self.of_entry(place, settings, title)) {
            article.title = title;
        }
        for &place in &contribution.complete {
            if !article.authors.is_empty() && !article.tags.is_empty() {
                return;
            }
            let told = self.of_entry(place, settings, |entry| {
                let authors = clean::authors(&entry.head, &settings.clean);
                (authors, clean::tags(&entry.head))
            });
            let Some((authors, tags)) = told else {
                continue;
            };
            if article.authors.is_empty() {
                article.authors = authors;
            }
            if article.tags.is_empty() {
                article.tags = tags;
            }
        }
    }
}

/// Goes over every file that is other than the state says, and puts the articles in order.
pub fn list<'registry>(
    inputs: Inputs,
    registry: &'registry Registry,
    settings: &Settings,
    state: &mut State,
    observer: &dyn Observer,
    pool: &ThreadPool,
) -> Result<Listing<'registry>> {
    let readers: Vec<&dyn Reader> = registry.readers().collect();
    let mut index = Index {
        warnings: inputs.warnings.clone(),
        ..Index::default()
    };
    observer.begin(Stage::Listing, inputs.len() as u64);
    let scanner = Scanner {
        inputs: &inputs,
        registry,
        readers: &readers,
        settings,
        remembered_at: state.began(),
    };
    let files: Vec<usize> = (0..inputs.len()).collect();
    for chunk in files.chunks(CHUNK) {
        let scans = pool.install(|| scans(chunk, &scanner, state));
        for (&file, (scan, note)) in chunk.iter().zip(scans) {
            if matches!(scan, FileScan::NoArticle) {
                index.unrecognised.push(file);
            }
            index.add(scan, &inputs);
            if let Some(note) = note {
                state.add(&Frame::File(note));
            }
        }
        observer.advance(Stage::Listing, chunk.len() as u64);
    }
    observer.end(Stage::Listing);
    state.read_texts();
    Ok(index.into_listing(inputs, readers, settings, state, pool))
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

/// What some files hold, and what to note of them.
fn scans(
    files: &[usize],
    scanner: &Scanner<'_, '_>,
    state: &mut State,
) -> Vec<(FileScan, Option<FileNote>)> {
    let mut earlier = |file: usize| {
        let (root, path) = scanner.inputs.name_in_state(file)?;
        state.file(root, path)
    };
    let notes: Vec<Option<FileNote>> = files.iter().map(|&file| earlier(file)).collect();
    files
        .par_iter()
        .zip(notes)
        .map(|(&file, note)| scanner.scan(file, note))
        .collect()
}

/// The records of all files, on the way to the catalogue.
#[derive(Default)]
struct Index {
    records: Vec<Record>,
    sources: Vec<String>,
    source_positions: HashMap<String, u32>,
    warnings: Vec<Warning>,
    refused: Vec<String>,
    /// Articles that could not be read in files that hold others.
    passed_over: u64,
    damaged: Vec<String>,
    unrecognised: Vec<usize>,
}

impl Index {
    fn add(&mut self, scan: FileScan, inputs: &Inputs) {
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

    fn into_listing<'registry>(
        mut self,
        inputs: Inputs,
        readers: Vec<&'registry dyn Reader>,
        settings: &Settings,
        state: &mut State,
        pool: &ThreadPool,
    ) -> Listing<'registry> {
        let read = self.records.len() as u64;
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
        // The key parts articles of one time, so that the order of files decides nothing.
        merged.sort_by_key(|article| {
            (
                article.listed.published.is_none(),
                article.listed.published,
                article.listed.key,
            )
        });
        let contributions = self.contributions(&merged);
        let record = |position: usize| self.records.get(position);
        let places = merged
            .iter()
            .filter_map(|article| record(article.text))
            .map(|record| record.place)
            .collect();
        let addresses = self.addresses(&merged);
        let facts = self.facts(&merged, &addresses, &boilerplate);
        let listed = merged.into_iter().map(|article| article.listed).collect();
        let unrecognised = passed_over(&inputs, &self.unrecognised);
        Listing {
            catalogue: Catalogue::new(listed, self.sources, addresses),
            inputs,
            read,
            skipped: self.refused.len() as u64 + self.passed_over,
            refused: self.refused,
            damaged: self.damaged,
            unrecognised,
            duplicates,
            joined,
            warnings: self.warnings,
            places,
            readers,
            contributions,
            facts,
            boilerplate,
            told: learnt.report,
        }
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
        let merged = merging::merge(&self.records, &firsts, &sketches, across);
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
        let mut leading = vec![0u64; merged.len()];
        for &(address, position) in addresses {
            let sum = usize::try_from(position)
                .ok()
                .and_then(|at| leading.get_mut(at));
            if let Some(sum) = sum {
                // A sum, since the order in which addresses are met means nothing.
                *sum = sum.wrapping_add(address);
            }
        }
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
            let addresses = records.filter_map(move |record| Some((record.address?, position)));
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
