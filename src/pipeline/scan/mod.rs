//! The first look at single files: where their articles lie, and enough of each to list it.

mod items;
mod record;

pub(super) use record::Record;

use super::found::FoundArticles;
use super::guarded::guarded;
use super::inputs::{Inputs, OpenedFile};
use super::state::{self, FileNote, Outcome};
use crate::clean::ParsedEntry;
use crate::config::Settings;
use crate::error::{Code, Warning};
use crate::model::{Article, Digest, Moment};
use crate::read::{Item, Locator, MOST_BYTES, Probe, ReadOptions, Reader, Source};
use crate::registry::Registry;
use items::{Items, Seen};

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
    pub found: &'run FoundArticles,
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
        let mut scan = scan.unwrap_or_else(|warning| self.refused(file, vec![warning]));
        if let Some(fault) = opened.source.fault() {
            let message =
                format!("the file is packed and damaged, and read as far as it goes: {fault}");
            let warning = Warning::new(Code::FileUnreadable, message);
            scan = self.with_warning(file, scan, warning.in_file(opened.source.path()));
        }
        let note = self.note(file, &opened, &scan);
        // The notes tell of the bytes that were there before, the digest perhaps of those that came.
        if opened.stamp.is_some() && self.inputs.stamp(file) != opened.stamp {
            scan.add_warning(opened.source.changed());
            return (scan, None);
        }
        (scan, note)
    }

    fn with_warning(&self, file: usize, mut scan: FileScan, warning: Warning) -> FileScan {
        match scan {
            FileScan::NoArticle => self.refused(file, vec![warning]),
            FileScan::Articles { .. } | FileScan::Refused(..) => {
                scan.add_warning(warning);
                scan
            }
        }
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
        let items = Items {
            scanner: *self,
            reader,
            source,
            file: u32::try_from(file).unwrap_or(u32::MAX),
            reader_position: u32::try_from(position).unwrap_or(u32::MAX),
        };
        let mut seen = Seen::default();
        let mut each = |item: Item| items.add(item, &mut seen);
        let mut warnings = reader.scan(source, &self.settings.read_options(), &mut each);
        let (records, absent) = items.finish(seen);
        warnings.extend(absent);
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
                    let origin = self.origin(place, item.fingerprint.content);
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

impl FileScan {
    fn add_warning(&mut self, warning: Warning) {
        match self {
            FileScan::Articles { warnings, .. } | FileScan::Refused(_, warnings) => {
                warnings.push(warning);
            }
            FileScan::NoArticle => {}
        }
    }

    /// Whether the file holds several articles, each at its place.
    pub fn is_of_several(&self) -> bool {
        match self {
            FileScan::Articles { records, .. } => {
                let mut numbered = records
                    .iter()
                    .filter(|(record, _)| record.place.at.number > 0);
                numbered.next().is_some()
            }
            _ => false,
        }
    }
}

/// Reads the entry at a place, and what the reader warns of.
///
/// # Errors
/// A warning where it can't be read.
pub(super) fn load(
    place: Place,
    inputs: &Inputs,
    reader: &dyn Reader,
    settings: &Settings,
) -> Result<(ParsedEntry<'static>, Vec<Warning>), Warning> {
    let opened = inputs.open(place.file())?;
    let options = settings.read_options();
    let loaded = reader.load(opened.source.as_ref(), &place.at, &options)?;
    Ok((ParsedEntry::completed(loaded.entry), loaded.warnings))
}

/// Reads the entry at a place and makes something of it; nothing where it can't be read.
pub(super) fn of_entry<Made>(
    place: Place,
    inputs: &Inputs,
    readers: &[&dyn Reader],
    settings: &Settings,
    make: impl Fn(&ParsedEntry<'_>) -> Made,
) -> Option<Made> {
    let reader = *readers.get(usize::try_from(place.reader).ok()?)?;
    let made = guarded(&inputs.display(place.file()), || {
        Ok(make(&load(place, inputs, reader, settings)?.0))
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
    let article = |entry: &ParsedEntry<'_>| entry.clean(&settings.clean).article;
    of_entry(place, inputs, readers, settings, article)
}
