//! The first pass: each article becomes a line of the catalogue.

use super::duplicates;
use super::inputs::Inputs;
use super::scan::{FileScan, Place, Record, Scanner, article_at, id_at};
use super::state::{FileNote, Frame, PairNote, State};
use crate::config::Settings;
use crate::error::{Code, Result, Warning};
use crate::model::{ArticleId, Catalogue, Day, Digest, Listed, Newest, Timestamp};
use crate::read::Reader;
use crate::registry::Registry;
use crate::report::{Observer, Stage};
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
    /// Files that no reader takes, as messages name them.
    pub unrecognised: Vec<String>,
    /// Articles that another file holds too.
    pub duplicates: u64,
    /// What was skipped or guessed.
    pub warnings: Vec<Warning>,
    places: Vec<Place>,
    readers: Vec<&'registry dyn Reader>,
    /// Where the files are whose ids stand, of articles whose text comes from another, by position in
    /// the catalogue.
    earliest: HashMap<usize, Place>,
    facts: Vec<Digest>,
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

    /// The id that an article with duplicates settled on; none where its own stands. Reads the file
    /// that gives it.
    pub fn id(&self, position: usize, settings: &Settings) -> Option<ArticleId> {
        let place = self.earliest.get(&position)?;
        id_at(*place, &self.inputs, &self.readers, settings)
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
                index.unrecognised.push(inputs.display(file));
            }
            index.add(scan, &inputs);
            if let Some(note) = note {
                state.add(&Frame::File(note));
            }
        }
        observer.advance(Stage::Listing, chunk.len() as u64);
    }
    observer.end(Stage::Listing);
    state.read_pairs();
    Ok(index.into_listing(inputs, readers, settings, state))
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
    unrecognised: Vec<String>,
}

/// One article: the file whose text stands, and what its duplicates contribute.
struct Merged {
    newest: usize,
    earliest: usize,
    listed: Listed,
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
                self.passed_over += warnings.len() as u64;
                let first = records.first().filter(|_| is_new && !warnings.is_empty());
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
    ) -> Listing<'registry> {
        let read = self.records.len() as u64;
        self.refused.sort();
        self.sort_sources();
        self.join_near_duplicates(&inputs, &readers, settings, state);
        let mut merged = self.merge();
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
        let earliest = self.earliest_places(&merged);
        let record = |position: usize| self.records.get(position);
        let places = merged
            .iter()
            .filter_map(|article| record(article.newest))
            .map(|record| record.place)
            .collect();
        let addresses = self.addresses(&merged);
        let facts = self.facts(&merged, &addresses);
        let listed = merged.into_iter().map(|article| article.listed).collect();
        Listing {
            catalogue: Catalogue::new(listed, self.sources, addresses),
            inputs,
            read,
            skipped: self.refused.len() as u64 + self.passed_over,
            refused: self.refused,
            damaged: self.damaged,
            unrecognised: self.unrecognised,
            duplicates,
            warnings: self.warnings,
            places,
            readers,
            earliest,
            facts,
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

    fn join_near_duplicates(
        &mut self,
        inputs: &Inputs,
        readers: &[&dyn Reader],
        settings: &Settings,
        state: &mut State,
    ) {
        let text = |place| {
            let article = article_at(place, inputs, readers, settings)?;
            Some(article.body.plain_text())
        };
        duplicates::join(&mut self.records, |left, right| {
            let pair = (left.origin, right.origin);
            let alike = state.pair(pair).unwrap_or_else(|| {
                let texts = text(left.place).zip(text(right.place));
                texts.is_some_and(|(left, right)| duplicates::alike(&left, &right))
            });
            state.add(&Frame::Pair(PairNote { pair, alike }));
            alike
        });
    }

    /// For each article, everything that outputs take of it but its pictures: what it is made of,
    /// what was settled with other files of the same article, and the addresses that lead to it.
    fn facts(&self, merged: &[Merged], addresses: &[(u64, u32)]) -> Vec<Digest> {
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
            let origin = self.records.get(article.newest).map(|record| record.origin);
            let time = |time: Option<Timestamp>| time.map_or(i64::MIN, Timestamp::millis);
            let source = usize::try_from(source)
                .ok()
                .and_then(|at| self.sources.get(at));
            Digest::of_parts([
                origin.unwrap_or_default().as_ref(),
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
        let mut positions: HashMap<u64, u32> = HashMap::with_capacity(merged.len());
        for (article, position) in merged.iter().zip(0u32..) {
            let record = self.records.get(article.newest);
            positions.extend(record.map(|record| (record.group, position)));
        }
        let address = |record: &Record| Some((record.address?, *positions.get(&record.group)?));
        self.records.iter().filter_map(address).collect()
    }

    /// Puts files of the same article together: the earliest gives the id, the newest the text. Of
    /// the same time, content decides before the place does, so that a file may be moved or renamed
    /// without another text coming up.
    fn merge(&self) -> Vec<Merged> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        let rank = |position: &usize| {
            let record = self.records.get(*position);
            record.map(|record| {
                (
                    record.group,
                    record.listed.updated,
                    record.content,
                    record.place,
                )
            })
        };
        order.sort_by_key(rank);
        let group = |position: &usize| self.records.get(*position).map(|record| record.group);
        order
            .chunk_by(|left, right| group(left) == group(right))
            .filter_map(|members| self.merge_group(members))
            .collect()
    }

    fn merge_group(&self, members: &[usize]) -> Option<Merged> {
        let (&newest, earliest) = (members.last()?, self.earliest(members)?);
        let records = || {
            members
                .iter()
                .filter_map(|&member| self.records.get(member))
        };
        // Of the same instant, one that is known to the hour comes before the beginning of a day.
        let (published, published_day): (Option<Timestamp>, Option<Day>) = records()
            .map(|record| (record.listed.published, record.listed.published_day))
            .filter(|(time, _)| time.is_some())
            .min()
            .unwrap_or_default();
        let listed = Listed {
            key: self.records.get(earliest)?.listed.key,
            published,
            published_day,
            updated: records().filter_map(|record| record.listed.updated).max(),
            source: self.records.get(newest)?.listed.source,
        };
        Some(Merged {
            newest,
            earliest,
            listed,
        })
    }

    /// The first member that has a time, else the first.
    fn earliest(&self, members: &[usize]) -> Option<usize> {
        let dated = |member: &&usize| {
            self.records
                .get(**member)
                .is_some_and(|record| record.listed.updated.is_some())
        };
        members.iter().find(dated).or(members.first()).copied()
    }

    /// Whether the settings take an article. What the outputs would show decides: the newest text
    /// and the settled date.
    fn is_taken(&self, article: &Merged, settings: &Settings) -> bool {
        let newest = self.records.get(article.newest);
        newest.is_some_and(|record| record.taken)
            && settings.period.contains(article.listed.published)
    }

    fn warn_of_future(&mut self, merged: &[Merged], inputs: &Inputs) {
        for article in merged {
            let updated = article.listed.updated;
            let Some(time) = updated.filter(|&time| Newest::distrusts(time)) else {
                continue;
            };
            let Some(record) = self.records.get(article.newest) else {
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

    /// The places that give the ids of articles whose text comes from elsewhere.
    fn earliest_places(&self, merged: &[Merged]) -> HashMap<usize, Place> {
        let place = |(position, article): (usize, &Merged)| {
            let record = self.records.get(article.earliest)?;
            (article.earliest != article.newest).then_some((position, record.place))
        };
        merged.iter().enumerate().filter_map(place).collect()
    }
}
