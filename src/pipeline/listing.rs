//! The first pass: the head of each file becomes a line of the catalogue.

use super::duplicates;
use super::found::{Found, Place};
use super::heads::{Head, HeadReader, Record, id_at, text_at};
use super::state::{self, Digest, FileNote, Frame, PairNote, State};
use crate::config::Settings;
use crate::error::{Code, Result, Warning};
use crate::model::{ArticleId, Catalogue, Listed, Newest, Timestamp};
use crate::read::Reader;
use crate::registry::Registry;
use crate::report::{Observer, Stage};
use rayon::prelude::*;
use std::collections::HashMap;

/// The number of files that are read before their heads are added to the index.
const CHUNK: usize = 4096;

/// All articles of the inputs, in the order of the outputs, and where each is found.
pub struct Listing<'registry> {
    /// What the writers see.
    pub catalogue: Catalogue,
    /// The files.
    pub found: Found,
    /// Files understood as articles, duplicates included.
    pub read: u64,
    /// Files meant as articles that could not be read: their paths inside the inputs, sorted.
    pub refused: Vec<String>,
    /// Articles that another file holds too.
    pub duplicates: u64,
    /// What was skipped or guessed.
    pub warnings: Vec<Warning>,
    places: Vec<Place>,
    readers: Vec<&'registry dyn Reader>,
    /// The ids that articles with duplicates settled on, by position in the catalogue.
    ids: HashMap<usize, ArticleId>,
    facts: Vec<Digest>,
}

impl<'registry> Listing<'registry> {
    /// Where the article at a position of the catalogue is found.
    pub fn place(&self, position: usize) -> Option<Place> {
        self.places.get(position).copied()
    }

    /// The reader of a place.
    pub fn reader(&self, place: Place) -> Option<&'registry dyn Reader> {
        self.readers.get(place.reader).copied()
    }

    /// Everything that outputs take of the article at a position, but for its pictures.
    pub fn facts(&self, position: usize) -> Option<Digest> {
        self.facts.get(position).copied()
    }

    /// The id that an article with duplicates settled on; none where its own stands.
    pub fn id(&self, position: usize) -> Option<&ArticleId> {
        self.ids.get(&position)
    }
}

/// Reads the head of every file that is other than the state says, and puts the articles in order.
pub fn list<'registry>(
    found: Found,
    registry: &'registry Registry,
    settings: &Settings,
    state: &mut State,
    observer: &dyn Observer,
) -> Result<Listing<'registry>> {
    let readers: Vec<&dyn Reader> = registry.readers().collect();
    let mut index = Index {
        warnings: found.warnings.clone(),
        ..Index::default()
    };
    observer.begin(Stage::Listing, found.len() as u64);
    let reader = HeadReader {
        found: &found,
        registry,
        readers: &readers,
        settings,
        remembered_at: state.began(),
    };
    let files: Vec<usize> = (0..found.len()).collect();
    for chunk in files.chunks(CHUNK) {
        for (head, note) in heads(chunk, &reader, state) {
            index.add(head);
            if let Some(note) = note {
                state.add(&Frame::File(note));
            }
        }
        observer.advance(Stage::Listing, chunk.len() as u64);
    }
    observer.end(Stage::Listing);
    state.read_pairs();
    Ok(index.into_listing(found, readers, settings, state))
}

/// The heads of some files, and what to note of them.
fn heads(
    files: &[usize],
    reader: &HeadReader<'_, '_>,
    state: &mut State,
) -> Vec<(Head, Option<FileNote>)> {
    let mut earlier = |file: usize| {
        let (root, path) = reader.found.name_in_state(file)?;
        state.file(root, path)
    };
    let notes: Vec<Option<FileNote>> = files.iter().map(|&file| earlier(file)).collect();
    files
        .par_iter()
        .zip(notes)
        .map(|(&file, note)| reader.head(file, note))
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
}

/// One article: the file whose text stands, and what its duplicates contribute.
struct Merged {
    newest: usize,
    earliest: usize,
    listed: Listed,
}

impl Index {
    fn add(&mut self, head: Head) {
        match head {
            Head::NoArticle => {}
            Head::Refused(path, warnings) => {
                self.refused.push(path);
                self.warnings.extend(warnings);
            }
            Head::Articles(records) => {
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
        found: Found,
        readers: Vec<&'registry dyn Reader>,
        settings: &Settings,
        state: &mut State,
    ) -> Listing<'registry> {
        let read = self.records.len() as u64;
        self.refused.sort();
        self.sort_sources();
        self.join_near_duplicates(&found, &readers, settings, state);
        let mut merged = self.merge();
        let duplicates = read - merged.len() as u64;
        merged.retain(|article| self.is_taken(article, settings));
        self.warn_of_future(&merged, &found);
        merged.sort_by_key(|article| {
            (
                article.listed.published.is_none(),
                article.listed.published,
                article.listed.key,
            )
        });
        let ids = self.settled_ids(&merged, &found, &readers, settings);
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
            found,
            read,
            refused: self.refused,
            duplicates,
            warnings: self.warnings,
            places,
            readers,
            ids,
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
        found: &Found,
        readers: &[&dyn Reader],
        settings: &Settings,
        state: &mut State,
    ) {
        let text = |place| text_at(place, found, readers, settings);
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
                *sum = sum.wrapping_add(address);
            }
        }
        let facts = |(article, leading): (&Merged, u64)| {
            let Listed {
                key,
                published,
                updated,
                source,
            } = article.listed;
            let origin = self.records.get(article.newest).map(|record| record.origin);
            let time = |time: Option<Timestamp>| time.map_or(i64::MIN, Timestamp::millis);
            let source = usize::try_from(source)
                .ok()
                .and_then(|at| self.sources.get(at));
            state::digest([
                origin.unwrap_or_default().as_slice(),
                &key.bytes(),
                &time(published).to_le_bytes(),
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

    /// Puts files of the same article together: the earliest gives the id, the newest the text.
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
        let listed = Listed {
            key: self.records.get(earliest)?.listed.key,
            published: records().filter_map(|record| record.listed.published).min(),
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

    fn warn_of_future(&mut self, merged: &[Merged], found: &Found) {
        let mut newest = Newest::default();
        merged
            .iter()
            .for_each(|article| newest.add(article.listed.updated));
        for article in merged {
            let Some(time) = article
                .listed
                .updated
                .filter(|&time| newest.distrusts(time))
            else {
                continue;
            };
            let Some(record) = self.records.get(article.newest) else {
                continue;
            };
            let message = format!(
                "{time} lies more than 30 days after all other articles; it dates no feed and no book"
            );
            let warning =
                Warning::new(Code::DateInFuture, message).in_file(found.display(record.place.file));
            self.warnings.push(warning);
        }
    }

    /// The ids of articles whose text comes from another file than their id.
    fn settled_ids(
        &self,
        merged: &[Merged],
        found: &Found,
        readers: &[&dyn Reader],
        settings: &Settings,
    ) -> HashMap<usize, ArticleId> {
        let mut ids = HashMap::new();
        for (position, article) in merged.iter().enumerate() {
            let earliest = self
                .records
                .get(article.earliest)
                .filter(|_| article.earliest != article.newest);
            let id = earliest.and_then(|record| id_at(record.place, found, readers, settings));
            ids.extend(id.map(|id| (position, id)));
        }
        ids
    }
}
