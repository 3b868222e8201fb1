//! The heads of single files: enough of each article to list it.

use super::found::{Found, Opened, Place};
use super::state::{self, Digest, FileNote, Outcome};
use crate::clean;
use crate::config::{Facts, Settings};
use crate::error::Warning;
use crate::model::{Address, Article, ArticleId, ArticleKey, Catalogue, CleanText, Entry, Listed};
use crate::read::{Document, Extent, HEAD_LENGTH, Reader, Reading, SNIFF_LENGTH};
use crate::registry::Registry;
use crate::stamp::Moment;

/// What the first pass keeps of an article.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub place: Place,
    /// What it is made of: the file's bytes and name, and the place in it.
    pub origin: Digest,
    pub listed: Listed,
    /// The hash of the address's comparison key, if there is an address.
    pub address: Option<u64>,
    /// What members of one article have in common: the address's hash, else the id's.
    pub group: u64,
    /// The hash of the title, white space apart.
    pub title: Option<u64>,
    /// Decides between members of one group with the same time.
    pub content: [u8; 8],
    /// Whether the configuration takes it.
    pub taken: bool,
}

/// What came of one file's head.
pub(super) enum Head {
    NoArticle,
    /// The file inside the input, and why.
    Refused(String, Vec<Warning>),
    Articles(Vec<(Record, String)>),
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

/// The parts of a run that turn a file into the heads of its articles.
#[derive(Clone, Copy)]
pub(super) struct HeadReader<'run, 'registry> {
    pub found: &'run Found,
    pub registry: &'registry Registry,
    pub readers: &'run [&'registry dyn Reader],
    pub settings: &'run Settings,
    /// When the run began that noted what is remembered of files.
    pub remembered_at: Option<Moment>,
}

impl HeadReader<'_, '_> {
    /// What a file's head says: from what an earlier run noted, where the file is the same, else by
    /// reading it. What this run notes comes with it.
    pub fn head(&self, file: usize, earlier: Option<FileNote>) -> (Head, Option<FileNote>) {
        let earlier = match earlier {
            Some(note) if self.is_unchanged(file, &note) => {
                return (self.remembered(file, &note), Some(note));
            }
            other => other,
        };
        let opened = match self.found.open(file, Extent::Head) {
            Ok(opened) => opened,
            Err(warning) => {
                let refused = Head::Refused(self.found.relative(file), vec![warning]);
                return (refused, None);
            }
        };
        let Ok(content) = self.found.digest(file, &opened) else {
            let head = state::shorten(&blake3::hash(&opened.bytes));
            return (self.read(file, &opened, head), None);
        };
        let content = state::shorten(&content);
        let note = |outcome| {
            let (root, path) = self.found.name_in_state(file)?;
            Some(FileNote {
                root,
                path: path.to_owned(),
                stamp: opened.stamp,
                content,
                outcome,
            })
        };
        match earlier.filter(|note| note.content == content) {
            Some(same) => (self.remembered(file, &same), note(same.outcome)),
            None => {
                let head = self.read(file, &opened, content);
                let note = note(self.outcome(&head));
                (head, note)
            }
        }
    }

    fn is_unchanged(&self, file: usize, note: &FileNote) -> bool {
        let (Some(stamp), Some(began)) = (self.found.stamp(file), self.remembered_at) else {
            return false;
        };
        note.stamp == Some(stamp) && stamp.is_settled(began)
    }

    /// Reads a head. `content` is the digest of the whole file.
    fn read(&self, file: usize, opened: &Opened, content: Digest) -> Head {
        let (found, settings) = (self.found, self.settings);
        let Some(reader) = reader_of(self.registry, settings, &opened.bytes, &found.name(file))
        else {
            return Head::NoArticle;
        };
        let position = self
            .readers
            .iter()
            .position(|other| other.format().name == reader.format().name)
            .unwrap_or_default();
        let document = opened.document(settings.encoding);
        let Reading { entries, warnings } = listed(reader, &document, found, file);
        if entries.is_empty() {
            return if warnings.is_empty() {
                Head::NoArticle
            } else {
                Head::Refused(found.relative(file), warnings)
            };
        }
        // The head's own digest: that of the file where the head is all of it.
        let is_whole = opened.bytes.len() < HEAD_LENGTH;
        let head = if is_whole {
            content
        } else {
            state::shorten(&blake3::hash(&opened.bytes))
        };
        let record = |(ordinal, entry): (usize, &Entry)| {
            let place = Place {
                file,
                ordinal,
                reader: position,
            };
            let origin = self.origin(place, content);
            record(place, origin, entry, head, settings)
        };
        Head::Articles(entries.iter().enumerate().map(record).collect())
    }

    /// What an article is made of, before anything is settled with other articles: its place in a
    /// file, the file's bytes, its name and folders, from which readers may take something.
    fn origin(&self, place: Place, content: Digest) -> Digest {
        let relative = self.found.relative(place.file);
        let numbers = [place.ordinal as u64, place.reader as u64].map(u64::to_le_bytes);
        state::digest([
            content.as_slice(),
            relative.as_bytes(),
            numbers.as_flattened(),
        ])
    }

    fn remembered(&self, file: usize, note: &FileNote) -> Head {
        match &note.outcome {
            Outcome::NoArticle => Head::NoArticle,
            Outcome::Refused(path, warnings) => Head::Refused(path.clone(), warnings.clone()),
            Outcome::Articles(reader, heads) => {
                let article = |(ordinal, head): (usize, &state::Head)| {
                    let place = Place {
                        file,
                        ordinal,
                        reader: *reader,
                    };
                    let origin = self.origin(place, note.content);
                    (Record::remembered(place, origin, head), head.source.clone())
                };
                Head::Articles(heads.iter().enumerate().map(article).collect())
            }
        }
    }

    fn outcome(&self, head: &Head) -> Outcome {
        match head {
            Head::NoArticle => Outcome::NoArticle,
            Head::Refused(path, warnings) => Outcome::Refused(path.clone(), warnings.clone()),
            Head::Articles(records) => {
                let reader = records.first().map_or(0, |(record, _)| record.place.reader);
                let heads = records.iter().map(|(record, source)| record.noted(source));
                Outcome::Articles(reader, heads.collect())
            }
        }
    }
}

impl Record {
    /// The record of an article as an earlier run noted it.
    fn remembered(place: Place, origin: Digest, head: &state::Head) -> Self {
        Record {
            place,
            origin,
            listed: Listed {
                key: ArticleKey::from_bytes(head.key),
                published: head.published,
                updated: head.updated,
                source: 0,
            },
            address: head.address,
            group: head.group,
            title: head.title,
            content: head.content,
            taken: head.taken,
        }
    }

    fn noted(&self, source: &str) -> state::Head {
        state::Head {
            key: self.listed.key.bytes(),
            published: self.listed.published,
            updated: self.listed.updated,
            source: source.to_owned(),
            address: self.address,
            group: self.group,
            title: self.title,
            content: self.content,
            taken: self.taken,
        }
    }
}

/// Reads entries as far as listing them takes. The id of an entry without an address depends on
/// all of its text, so such a file is read whole.
fn listed(reader: &dyn Reader, document: &Document<'_>, found: &Found, file: usize) -> Reading {
    let reading = reader.read(document, Extent::Head);
    if !reading.entries.iter().any(clean::id_needs_text) {
        return reading;
    }
    match found.open(file, Extent::Whole) {
        Ok(opened) => reader.read(&opened.document(document.encoding), Extent::Whole),
        Err(_) => reading,
    }
}

/// What is kept of an entry, and its source's name.
fn record(
    place: Place,
    origin: Digest,
    entry: &Entry,
    head: Digest,
    settings: &Settings,
) -> (Record, String) {
    let clean::Head {
        address,
        source,
        dates,
    } = clean::head(entry, &settings.clean);
    let id = clean::id_at(entry, address.as_ref());
    let mut bytes = [0; 8];
    bytes
        .iter_mut()
        .zip(&head)
        .for_each(|(to, from)| *to = *from);
    let listed = Listed {
        key: ArticleKey::of(id.as_str()),
        published: dates.published.map(|(time, _)| time),
        updated: dates.updated.map(|(time, _)| time),
        source: 0,
    };
    let taken = is_taken(entry, address.as_ref(), &source.name, settings);
    let address = address.as_ref().map(Catalogue::address_hash);
    let record = Record {
        place,
        origin,
        listed,
        taken,
        address,
        group: address.unwrap_or_else(|| listed.key.hash()),
        title: entry.title.as_deref().and_then(title_hash),
        content: bytes,
    };
    (record, source.name.into())
}

/// Whether the configuration takes an article.
fn is_taken(
    entry: &Entry,
    address: Option<&Address>,
    source: &CleanText,
    settings: &Settings,
) -> bool {
    settings.filter.takes_all()
        || settings.filter.takes(Facts {
            host: address.and_then(Address::host),
            source,
            tags: &clean::tags(entry),
            title: &clean::title(entry, &settings.clean),
        })
}

fn title_hash(title: &str) -> Option<u64> {
    let letters: String = title.split_whitespace().collect();
    (!letters.is_empty()).then(|| ArticleKey::of(&letters).hash())
}

/// Reads an article whole for its text.
pub(super) fn text_at(
    place: Place,
    found: &Found,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Option<String> {
    let article = article_at(place, found, *readers.get(place.reader)?, settings)?;
    Some(article.body.plain_text())
}

/// Reads an article whole.
pub(super) fn article_at(
    place: Place,
    found: &Found,
    reader: &dyn Reader,
    settings: &Settings,
) -> Option<Article> {
    let opened = found.open(place.file, Extent::Whole).ok()?;
    let document = opened.document(settings.encoding);
    let reading = reader.read(&document, Extent::Whole);
    let entry = reading.entries.get(place.ordinal)?;
    Some(clean::clean(entry, &settings.clean).article)
}

/// Reads a file's head again for the id of one of its articles.
pub(super) fn id_at(
    place: Place,
    found: &Found,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Option<ArticleId> {
    let opened = found.open(place.file, Extent::Head).ok()?;
    let document = opened.document(settings.encoding);
    let reading = listed(*readers.get(place.reader)?, &document, found, place.file);
    reading.entries.get(place.ordinal).map(clean::id)
}
