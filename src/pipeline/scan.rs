//! The first look at single files: where their articles lie, and enough of each to list it.

use super::absent::Absent;
use super::guarded::guarded;
use super::inputs::{Inputs, OpenedFile};
use super::selection;
use super::state::{self, FileNote, Outcome};
use crate::clean;
use crate::config::{SelectionFacts, Settings};
use crate::error::Warning;
use crate::model::{
    Address, Article, ArticleKey, Catalogue, CleanText, Digest, Entry, Head, Listed, WrittenTime,
};
use crate::read::{Item, Loaded, Locator, MOST_BYTES, Probe, ReadOptions, Reader, Source};
use crate::registry::Registry;
use crate::stamp::Moment;
use chrono::NaiveTime;

/// Where an article is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The file's position in [`Inputs`].
    pub file: u32,
    /// The article's place in the file.
    pub at: Locator,
    /// The reader's position in the registry.
    pub reader: u32,
}

impl Place {
    /// The file's position in [`Inputs`], as its methods take it.
    pub fn file(self) -> usize {
        usize::try_from(self.file).unwrap_or(usize::MAX)
    }
}

/// What the first pass keeps of an article.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub place: Place,
    /// What it is made of: its content, and the file's name and folders, from which readers may take
    /// something. Not its place in the file, so that it may move.
    pub origin: Digest,
    pub listed: Listed,
    /// The hash of the address's comparison key, if there is an address.
    pub address: Option<u64>,
    /// What saves of one page have in common, fragments and hosts for small screens apart: the address's
    /// hash, else the id's.
    pub group: u64,
    /// The same with the fragment.
    pub page: u64,
    /// The hash of the title, white space apart; none where it tells nothing.
    pub title: Option<u64>,
    /// The hash of site and time, where a byline gives a time of day.
    pub byline: Option<u64>,
    /// The hash of site and number, where the address ends with a long number.
    pub number: Option<u64>,
    /// See [`Item::passages`].
    pub passages: [Option<u64>; 2],
    /// See [`Item::content`]. Decides between members of one group with the same time.
    pub content: Digest,
    /// Whether the configuration takes it.
    pub taken: bool,
}

/// What came of one file.
pub(super) enum FileScan {
    NoArticle,
    /// The file inside the input, and why.
    Refused(String, Vec<Warning>),
    /// It holds articles.
    Articles {
        /// Each with the name of its source.
        records: Vec<(Record, String)>,
        /// What was passed over between them.
        warnings: Vec<Warning>,
        /// Whether the file is other than the last run noted it.
        is_new: bool,
    },
}

/// The parts of a run that turn files into records.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'run, 'registry> {
    pub inputs: &'run Inputs,
    pub registry: &'registry Registry,
    pub readers: &'run [&'registry dyn Reader],
    pub settings: &'run Settings,
    /// When the run began that noted what is remembered of files.
    pub remembered_at: Option<Moment>,
}

impl Settings {
    /// What readers are told.
    pub(super) fn read_options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding,
            is_named: self.reader.is_some(),
        }
    }
}

/// The reader that takes a file: the one that the settings name, else the surest.
pub(super) fn reader_of<'registry>(
    registry: &'registry Registry,
    settings: &Settings,
    source: &dyn Source,
) -> Result<Option<&'registry dyn Reader>, Warning> {
    if let Some(reader) = &settings.reader {
        return Ok(registry.reader(reader));
    }
    let probe = Probe::new(source).map_err(|error| source.unreadable(&error))?;
    Ok(registry.sniff(&probe))
}

impl Scanner<'_, '_> {
    /// What a file holds: from what an earlier run noted, where the file is the same, else by going
    /// over it. What this run notes comes with it.
    pub fn scan(&self, file: usize, earlier: Option<FileNote>) -> (FileScan, Option<FileNote>) {
        let earlier = match earlier {
            Some(note) if self.is_unchanged(file, &note) => {
                return (self.remembered(file, &note), Some(note));
            }
            other => other,
        };
        let opened = match self.inputs.open(file) {
            Ok(opened) => opened,
            Err(warning) => return (self.refused(file, vec![warning]), None),
        };
        // What no reader wanted is looked at again: that takes less than a digest of all of it.
        let earlier = earlier.filter(|note| !matches!(note.outcome, Outcome::NoArticle));
        if let Some(note) = earlier
            && opened.source.digest().is_ok_and(|now| now == note.content)
        {
            let note = FileNote {
                stamp: opened.stamp,
                ..note
            };
            return (self.remembered(file, &note), Some(note));
        }
        let scan = guarded(&self.inputs.display(file), || {
            Ok(self.scan_opened(file, &opened))
        });
        let scan = scan.unwrap_or_else(|warning| self.refused(file, vec![warning]));
        let note = self.note(file, &opened, &scan);
        (scan, note)
    }

    fn is_unchanged(&self, file: usize, note: &FileNote) -> bool {
        let (Some(stamp), Some(began)) = (self.inputs.stamp(file), self.remembered_at) else {
            return false;
        };
        note.stamp == Some(stamp) && stamp.is_settled(began)
    }

    fn refused(&self, file: usize, warnings: Vec<Warning>) -> FileScan {
        FileScan::Refused(self.inputs.relative(file), warnings)
    }

    fn scan_opened(&self, file: usize, opened: &OpenedFile<'_>) -> FileScan {
        let source = opened.source.as_ref();
        let reader = match reader_of(self.registry, self.settings, source) {
            Ok(Some(reader)) => reader,
            Ok(None) => return FileScan::NoArticle,
            Err(warning) => return self.refused(file, vec![warning]),
        };
        let position = self
            .readers
            .iter()
            .position(|other| other.format().name == reader.format().name)
            .unwrap_or_default();
        let reader_position = u32::try_from(position).unwrap_or(u32::MAX);
        let mut records = Vec::new();
        let mut absent = Absent::new(reader.gives_pages());
        let mut each = |item: Item| {
            let item = match absent.completed(item) {
                Some(item) => item,
                None => return,
            };
            let place = Place {
                file: u32::try_from(file).unwrap_or(u32::MAX),
                at: item.at,
                reader: reader_position,
            };
            let origin = self.origin(place, item.content);
            let (mut record, named) = record(place, origin, &item, self.settings);
            record.taken = record.taken && selection::takes(reader, source, &item, self.settings);
            records.push((record, named));
        };
        let mut warnings = reader.scan(source, &self.settings.read_options(), &mut each);
        warnings.extend(absent.warning(source.path()));
        match (records.is_empty(), warnings.is_empty()) {
            (true, true) => FileScan::NoArticle,
            (true, false) => self.refused(file, warnings),
            (false, _) => FileScan::Articles {
                records,
                warnings,
                is_new: true,
            },
        }
    }

    fn origin(&self, place: Place, content: Digest) -> Digest {
        Digest::of_parts([
            content.as_ref(),
            self.inputs.relative(place.file()).as_bytes(),
            &place.reader.to_le_bytes(),
        ])
    }

    /// What the next run wants to know of a file; nothing where that would take longer than looking
    /// at it again.
    fn note(&self, file: usize, opened: &OpenedFile<'_>, scan: &FileScan) -> Option<FileNote> {
        let (root, path) = self.inputs.name_in_state(file)?;
        if self.reads_neighbours(opened, scan) {
            return None;
        }
        let content = match scan {
            FileScan::NoArticle => Digest::default(),
            // An article of such a length is refused without being read, a digest reads all of it.
            FileScan::Refused(..) if opened.source.length() > MOST_BYTES => return None,
            FileScan::Refused(..) | FileScan::Articles { .. } => opened.source.digest().ok()?,
        };
        Some(FileNote {
            root,
            path: path.to_owned(),
            stamp: opened.stamp,
            content,
            outcome: outcome(scan),
        })
    }

    fn reads_neighbours(&self, opened: &OpenedFile<'_>, scan: &FileScan) -> bool {
        let reader = match scan {
            FileScan::NoArticle => None,
            FileScan::Refused(..) => {
                // What makes a reader fail did so before, and is told.
                let source = opened.source.as_ref();
                let sniffed = || reader_of(self.registry, self.settings, source);
                guarded(source.path(), sniffed).ok().flatten()
            }
            FileScan::Articles { records, .. } => records.first().and_then(|(record, _)| {
                let position = usize::try_from(record.place.reader).ok()?;
                self.readers.get(position).copied()
            }),
        };
        reader.is_some_and(Reader::reads_neighbours)
    }

    fn remembered(&self, file: usize, note: &FileNote) -> FileScan {
        match &note.outcome {
            Outcome::NoArticle => FileScan::NoArticle,
            Outcome::Refused(path, warnings) => FileScan::Refused(path.clone(), warnings.clone()),
            Outcome::Articles {
                reader,
                items,
                warnings,
            } => {
                let article = |item: &state::ItemNote| {
                    let place = Place {
                        file: u32::try_from(file).unwrap_or(u32::MAX),
                        at: item.at,
                        reader: *reader,
                    };
                    let origin = self.origin(place, item.content);
                    (Record::remembered(place, origin, item), item.source.clone())
                };
                FileScan::Articles {
                    records: items.iter().map(article).collect(),
                    warnings: warnings.clone(),
                    is_new: false,
                }
            }
        }
    }
}

fn outcome(scan: &FileScan) -> Outcome {
    match scan {
        FileScan::NoArticle => Outcome::NoArticle,
        FileScan::Refused(path, warnings) => Outcome::Refused(path.clone(), warnings.clone()),
        FileScan::Articles {
            records, warnings, ..
        } => {
            let items = records.iter().map(|(record, source)| record.noted(source));
            Outcome::Articles {
                reader: records.first().map_or(0, |(record, _)| record.place.reader),
                items: items.collect(),
                warnings: warnings.clone(),
            }
        }
    }
}

impl Record {
    /// The record of an article as an earlier run noted it.
    fn remembered(place: Place, origin: Digest, item: &state::ItemNote) -> Self {
        Record {
            place,
            origin,
            listed: Listed {
                key: ArticleKey::from_digest(item.key),
                published: item.published,
                published_day: item.published_day,
                updated: item.updated,
                source: 0,
            },
            address: item.address,
            group: item.group,
            page: item.page,
            title: item.title,
            byline: item.byline,
            number: item.number,
            passages: item.passages,
            content: item.content,
            taken: item.taken,
        }
    }

    fn noted(&self, source: &str) -> state::ItemNote {
        state::ItemNote {
            at: self.place.at,
            key: self.listed.key.digest(),
            published: self.listed.published,
            published_day: self.listed.published_day,
            updated: self.listed.updated,
            source: source.to_owned(),
            address: self.address,
            group: self.group,
            page: self.page,
            title: self.title,
            byline: self.byline,
            number: self.number,
            passages: self.passages,
            content: self.content,
            taken: self.taken,
        }
    }
}

/// What is kept of an item, and its source's name.
fn record(place: Place, origin: Digest, item: &Item, settings: &Settings) -> (Record, String) {
    let head = &item.head;
    let clean::CleanHead {
        address,
        source,
        dates,
    } = clean::head(head, &settings.clean);
    let id = clean::id_at(head, address.as_ref(), || item.text.unwrap_or_default());
    let listed = Listed {
        key: ArticleKey::of(id.as_str()),
        published: dates.published.map(|(time, _)| time),
        published_day: dates.published_day,
        updated: dates.updated.map(|(time, _)| time),
        source: 0,
    };
    let taken = is_taken(head, address.as_ref(), &source.name, settings);
    let site = address.as_ref().and_then(Address::host).unwrap_or_default();
    let keys = keys(
        head,
        address.as_ref(),
        site.strip_prefix("www.").unwrap_or(site),
    );
    let page = address.as_ref().map(page_hash);
    let title = head.title.as_deref();
    let title = title.filter(|title| clean::title_tells(title, address.as_ref()));
    let group = address
        .as_ref()
        .map(|address| ArticleKey::of(&page_key(address)).hash());
    let address = address.as_ref().map(Catalogue::address_hash);
    let record = Record {
        place,
        origin,
        listed,
        taken,
        address,
        group: group.unwrap_or_else(|| listed.key.hash()),
        page: page.unwrap_or_else(|| listed.key.hash()),
        title: title.map(title_hash),
        byline: keys.0,
        number: keys.1,
        passages: item.passages,
        content: item.content,
    };
    (record, source.name.into())
}

/// Whether the configuration takes an article.
fn is_taken(
    head: &Head,
    address: Option<&Address>,
    source: &CleanText,
    settings: &Settings,
) -> bool {
    settings.filter.takes_all()
        || settings.filter.takes(SelectionFacts {
            host: address.and_then(Address::host),
            source,
            tags: &clean::tags(head),
            title: &clean::title(head, &settings.clean),
        })
}

fn title_hash(title: &str) -> u64 {
    let letters: String = title.split_whitespace().collect();
    ArticleKey::of(&letters).hash()
}

fn page_hash(address: &Address) -> u64 {
    let fragment = address.fragment().unwrap_or_default();
    ArticleKey::of(&format!("{}#{fragment}", page_key(address))).hash()
}

/// Labels of the hosts that show the pages of a site on small screens, or by a service.
const SHOWN_BY: [&str; 5] = ["www", "m", "mobile", "amp", "wap"];

/// What addresses of one page have in common, whichever host of its site shows it.
fn page_key(address: &Address) -> String {
    let key = address.comparison_key();
    let host = address.host().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    // The last two are the domain, whatever they say.
    let (own, domain) = labels.split_at(labels.len().saturating_sub(2));
    let told = own.iter().filter(|label| !SHOWN_BY.contains(label));
    let labels: Vec<&str> = told.chain(domain).copied().collect();
    match key.strip_prefix(host) {
        Some(rest) if address.is_web() => labels.join(".") + rest,
        _ => key,
    }
}

/// What two saves of one article of a site may share though title and address differ: the time in
/// the byline, and the number that the address ends with.
fn keys(head: &Head, address: Option<&Address>, site: &str) -> (Option<u64>, Option<u64>) {
    // A midnight is a day without an hour, or a text that was published by a clock.
    let is_telling = |time: &WrittenTime| time.precise && time.local.time() != NaiveTime::MIN;
    let byline = head.byline.time.filter(is_telling).map(|time| {
        let offset = time
            .offset
            .map_or(i32::MIN, |offset| offset.local_minus_utc());
        ArticleKey::of(&format!("{site} {} {offset}", time.local)).hash()
    });
    let number = address.and_then(|address| last_number(address.url().path()));
    (
        byline,
        number.map(|number| ArticleKey::of(&format!("{site} #{number}")).hash()),
    )
}

/// The fewest digits of a number that tells articles apart.
const LONG_NUMBER: usize = 5;

/// The long number in the last part of a path, unless it is a day.
fn last_number(path: &str) -> Option<&str> {
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let mut numbers = last.split(|c: char| !c.is_ascii_digit());
    numbers.rfind(|number| number.len() >= LONG_NUMBER && !is_day(number))
}

/// Whether a number may be read as a year, a month and a day, alone or before an hour.
fn is_day(number: &str) -> bool {
    let part = |from: usize, to: usize| {
        number
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
    };
    let is_date = part(0, 4).is_some_and(|year| (1900..2100).contains(&year))
        && part(4, 6).is_some_and(|month| (1..=12).contains(&month));
    is_date && (number.len() == 6 || part(6, 8).is_some_and(|day| (1..=31).contains(&day)))
}

/// Reads the entry at a place.
///
/// # Errors
/// A warning where it can't be read.
pub(super) fn load(
    place: Place,
    inputs: &Inputs,
    reader: &dyn Reader,
    settings: &Settings,
) -> Result<Loaded, Warning> {
    let opened = inputs.open(place.file())?;
    let options = settings.read_options();
    let mut loaded = reader.load(opened.source.as_ref(), &place.at, &options)?;
    clean::complete(&mut loaded.entry);
    Ok(loaded)
}

/// Reads the entry at a place and makes something of it; nothing where it can't be read.
pub(super) fn of_entry<Made>(
    place: Place,
    inputs: &Inputs,
    readers: &[&dyn Reader],
    settings: &Settings,
    make: impl Fn(&Entry) -> Made,
) -> Option<Made> {
    let reader = *readers.get(usize::try_from(place.reader).ok()?)?;
    let made = guarded(&inputs.display(place.file()), || {
        Ok(make(&load(place, inputs, reader, settings)?.entry))
    });
    made.ok()
}

/// Reads an article whole.
pub(super) fn article_at(
    place: Place,
    inputs: &Inputs,
    readers: &[&dyn Reader],
    settings: &Settings,
) -> Option<Article> {
    let article = |entry: &Entry| clean::clean(entry, &settings.clean).article;
    of_entry(place, inputs, readers, settings, article)
}
