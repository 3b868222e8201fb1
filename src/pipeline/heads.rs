//! The heads of single files: enough of each article to list it.

use super::found::{Found, Place};
use crate::clean;
use crate::config::{Facts, Settings};
use crate::error::Warning;
use crate::model::{Address, Article, ArticleId, ArticleKey, Catalogue, CleanText, Entry, Listed};
use crate::read::{Document, Extent, Reader, Reading, SNIFF_LENGTH};
use crate::registry::Registry;

/// What the first pass keeps of an article.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub place: Place,
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

/// Reads the head of a file.
pub(super) fn head(
    file: usize,
    found: &Found,
    registry: &Registry,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Head {
    let opened = match found.open(file, Extent::Head) {
        Ok(opened) => opened,
        Err(warning) => return Head::Refused(found.relative(file), vec![warning]),
    };
    let Some(reader) = reader_of(registry, settings, &opened.bytes, &found.name(file)) else {
        return Head::NoArticle;
    };
    let position = readers
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
    let hash = blake3::hash(&opened.bytes);
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
    entry: &Entry,
    content: blake3::Hash,
    settings: &Settings,
) -> (Record, String) {
    let id = clean::id(entry);
    let dates = clean::dates(entry, &settings.clean);
    let address = clean::address(entry);
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
    let source = clean::source(entry, &settings.clean).name;
    let taken = is_taken(entry, address.as_ref(), &source, settings);
    let address = address.as_ref().map(Catalogue::address_hash);
    let record = Record {
        place,
        listed,
        taken,
        address,
        group: address.unwrap_or_else(|| listed.key.hash()),
        title: entry.title.as_deref().and_then(title_hash),
        content: bytes,
    };
    (record, source.to_string())
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
