//! The first pass: the head of each file becomes a line of the catalogue.

use super::found::Found;
use super::window::SettledIds;
use crate::clean;
use crate::config::Settings;
use crate::error::{Code, Result, Warning};
use crate::model::{Address, ArticleId, ArticleKey, Catalogue, Entry, Listed, Newest};
use crate::read::{Document, Extent, Reader, Reading, SNIFF_LENGTH};
use crate::registry::Registry;
use crate::report::{Observer, Stage};
use rayon::prelude::*;
use std::collections::HashMap;

/// The bytes of a file that the first pass reads: enough for any header and byline.
const HEAD_LENGTH: u64 = 64 * 1024;

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
    /// Files meant as articles that could not be read.
    pub skipped: u64,
    /// Articles that another file holds too.
    pub duplicates: u64,
    /// What was skipped or guessed.
    pub warnings: Vec<Warning>,
    places: Vec<Place>,
    readers: Vec<&'registry dyn Reader>,
    ids: SettledIds,
}

/// Where an article is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's position in [`Found`].
    pub file: usize,
    /// The article's position in the file.
    pub ordinal: usize,
    reader: usize,
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

    /// The id that an article with duplicates settled on; none where its own stands.
    pub fn id(&self, position: usize) -> Option<&ArticleId> {
        self.ids.get(&position)
    }
}

/// What the first pass keeps of an article.
#[derive(Clone, Debug)]
struct Record {
    place: Place,
    listed: Listed,
    /// The hash of the address's comparison key; where there is none, of the id.
    group: u64,
    has_address: bool,
    /// Decides between members of one group with the same time.
    content: [u8; 8],
}

/// What came of one file's head.
enum Head {
    NoArticle,
    Refused(Vec<Warning>),
    Articles(Vec<(Record, String)>),
}

/// Reads the head of every file and puts the articles in order.
pub fn list<'registry>(
    found: Found,
    registry: &'registry Registry,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Listing<'registry>> {
    let readers: Vec<&dyn Reader> = registry.readers().collect();
    let mut index = Index {
        warnings: found.warnings.clone(),
        ..Index::default()
    };
    observer.begin(Stage::Listing, found.len() as u64);
    let files: Vec<usize> = (0..found.len()).collect();
    for chunk in files.chunks(CHUNK) {
        let heads: Vec<Head> = chunk
            .par_iter()
            .map(|&file| head(file, &found, registry, &readers, settings))
            .collect();
        heads.into_iter().for_each(|head| index.add(head));
        observer.advance(Stage::Listing, chunk.len() as u64);
    }
    observer.end(Stage::Listing);
    Ok(index.into_listing(found, readers, settings))
}

/// The reader that takes a file: the one that the settings name, else the surest.
pub fn reader_of<'registry>(
    registry: &'registry Registry,
    settings: &Settings,
    bytes: &[u8],
    name: &str,
) -> Option<&'registry dyn Reader> {
    match &settings.reader {
        Some(reader) => registry.reader(reader),
        None => registry.sniff(bytes.get(..SNIFF_LENGTH).unwrap_or(bytes), name),
    }
}

fn head(
    file: usize,
    found: &Found,
    registry: &Registry,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Head {
    let path = found.display(file);
    let bytes = match found.head(file, HEAD_LENGTH) {
        Ok(bytes) => bytes,
        Err(error) => {
            let warning = Warning::new(
                Code::FileUnreadable,
                format!("cannot read the file: {error}"),
            );
            return Head::Refused(vec![warning.in_file(path)]);
        }
    };
    let Some(reader) = reader_of(registry, settings, &bytes, &found.name(file)) else {
        return Head::NoArticle;
    };
    let position = readers
        .iter()
        .position(|other| other.format().name == reader.format().name)
        .unwrap_or_default();
    let folders = found.folders(file);
    let document = Document {
        path: &path,
        folders: &folders,
        bytes: &bytes,
        encoding: settings.encoding,
    };
    let Reading { entries, warnings } = reader.read(&document, Extent::Head);
    if entries.is_empty() {
        return if warnings.is_empty() {
            Head::NoArticle
        } else {
            Head::Refused(warnings)
        };
    }
    let hash = blake3::hash(&bytes);
    let record = |(ordinal, entry): (usize, &Entry)| {
        let place = Place {
            file,
            ordinal,
            reader: position,
        };
        record(place, entry, hash, settings)
    };
    Head::Articles(entries.iter().enumerate().map(record).collect())
}

/// What is kept of an entry, and its source's name.
fn record(
    place: Place,
    entry: &Entry,
    content: blake3::Hash,
    settings: &Settings,
) -> (Record, String) {
    let id = clean::id(entry);
    let dates = clean::dates(entry, &settings.clean);
    let address = entry
        .address
        .as_deref()
        .and_then(Address::parse)
        .filter(Address::is_web);
    let mut bytes = [0; 8];
    bytes
        .iter_mut()
        .zip(content.as_bytes())
        .for_each(|(to, from)| *to = *from);
    let listed = Listed {
        key: ArticleKey::of(id.as_str()),
        published: dates.published.map(|(time, _)| time),
        updated: dates.updated.map(|(time, _)| time),
        source: 0,
    };
    let group = match &address {
        Some(address) => Catalogue::address_hash(address),
        None => listed.key.hash(),
    };
    let record = Record {
        place,
        listed,
        group,
        has_address: address.is_some(),
        content: bytes,
    };
    (
        record,
        clean::source(entry, &settings.clean).name.to_string(),
    )
}

/// The records of all files, on the way to the catalogue.
#[derive(Default)]
struct Index {
    records: Vec<Record>,
    sources: Vec<String>,
    source_positions: HashMap<String, u32>,
    warnings: Vec<Warning>,
    skipped: u64,
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
            Head::Refused(warnings) => {
                self.skipped += 1;
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
    ) -> Listing<'registry> {
        let read = self.records.len() as u64;
        let mut merged = self.merge();
        let duplicates = read - merged.len() as u64;
        self.warn_of_future(&merged, &found);
        merged.retain(|article| settings.period.contains(article.listed.published));
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
        let addresses: Vec<Option<u64>> = merged
            .iter()
            .map(|article| {
                record(article.newest)
                    .filter(|record| record.has_address)
                    .map(|record| record.group)
            })
            .collect();
        let listed = merged.into_iter().map(|article| article.listed).collect();
        Listing {
            catalogue: Catalogue::new(listed, self.sources, addresses),
            found,
            read,
            skipped: self.skipped,
            duplicates,
            warnings: self.warnings,
            places,
            readers,
            ids,
        }
    }

    /// Puts files of the same address together: the earliest gives the id, the newest the text.
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
            self.warnings
                .push(warning.hint("check the clock of the machine that saved the article"));
        }
    }

    /// The ids of articles whose text comes from another file than their id.
    fn settled_ids(
        &self,
        merged: &[Merged],
        found: &Found,
        readers: &[&dyn Reader],
        settings: &Settings,
    ) -> SettledIds {
        let mut ids = SettledIds::new();
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

/// Reads a file's head again for the id of one of its articles.
fn id_at(
    place: Place,
    found: &Found,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Option<ArticleId> {
    let bytes = found.head(place.file, HEAD_LENGTH).ok()?;
    let (path, folders) = (found.display(place.file), found.folders(place.file));
    let document = Document {
        path: &path,
        folders: &folders,
        bytes: &bytes,
        encoding: settings.encoding,
    };
    let reading = readers.get(place.reader)?.read(&document, Extent::Head);
    reading.entries.get(place.ordinal).map(clean::id)
}
