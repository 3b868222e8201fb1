//! The second pass: articles in windows, read, cleaned and encoded in parallel, appended in order.

use super::found::Place;
use super::state::{ArticleNote, Frame, State, place};
use super::*;
use crate::clean::{Cleaned, Dates};
use crate::config::Settings;
use crate::error::Code;
use crate::images::{Fetching, Purpose, Wanted};
use crate::model::{Article, Entry, ImageSource, Pictures, Selection};
use crate::read::Extent;
use crate::write::{Bank, EncodeInput};
use rayon::prelude::*;
use std::collections::HashSet;

/// The number of articles in a window: they show enough pictures for downloads side by side.
pub(super) const LENGTH: usize = 128;

/// A writer at work.
pub(super) struct Track<'run> {
    /// Its window and sink.
    pub lane: Box<dyn Lane + 'run>,
    /// The writer's name.
    pub format: &'static str,
}

/// Everything that articles pass through.
pub(super) struct Line<'line, 'run> {
    pub run: &'line Run<'line>,
    pub listing: &'line Listing<'line>,
    pub library: &'line Library,
    pub settings: &'line Settings,
    pub lanes: &'line [Track<'run>],
    /// The articles whose pictures some output embeds, made now or kept.
    pub embedded: &'line Selection,
    pub observer: &'line dyn Observer,
}

/// An article that was read, and the path of its file.
struct Read {
    position: usize,
    path: String,
    article: Article,
}

/// What came of a position of the catalogue.
enum Outcome {
    /// Its outputs are kept.
    Kept,
    /// It was read, or could not be.
    Read(Option<Box<Read>>, Vec<Warning>),
}

/// A window whose articles were read, by position.
pub(super) struct Known(Vec<(usize, Outcome)>);

/// A window whose pictures were had.
pub(super) struct Pictured {
    articles: Vec<Read>,
    pictures: Pictures,
    ends: Ends,
}

/// What is left of a window once its articles are encoded.
pub(super) struct Ends {
    ends: Vec<(usize, End)>,
    /// Of pictures that are missing.
    warnings: Vec<Warning>,
}

/// What is left of an article for the state and the report.
enum End {
    /// Its outputs are kept.
    Kept,
    /// It was read: the note of it, where notes are kept, and the warnings.
    Made(Option<Box<ArticleNote>>, Vec<Warning>),
    /// It could not be read.
    Gone(Vec<Warning>),
}

impl Line<'_, '_> {
    /// Reads and cleans the articles at some positions of the catalogue, no more than [`LENGTH`],
    /// but those of which every output is kept.
    pub fn read(&self, positions: &[usize]) -> Known {
        let known = positions
            .par_iter()
            .map(|&position| (position, self.outcome(position)));
        Known(known.collect())
    }

    /// Gets the pictures that the articles of a window show.
    pub fn picture(&self, known: Known, is_noted: bool) -> Pictured {
        let articles: Vec<&Read> = known.0.iter().filter_map(|(_, one)| one.read()).collect();
        let (pictures, warnings) = self.pictures(&articles);
        let split = known.0.into_par_iter().map(|(position, outcome)| {
            let (read, end) = self.end(outcome, is_noted);
            (read, (position, end))
        });
        let (articles, ends): (Vec<_>, Vec<_>) = split.unzip();
        Pictured {
            articles: articles.into_iter().flatten().collect(),
            pictures,
            ends: Ends { ends, warnings },
        }
    }

    /// Encodes the articles of a window for every writer. The trees are dropped here, in the
    /// workers: so many pieces take as long to drop as some stages take.
    pub fn encode(&self, pictured: Pictured, bank: Bank) -> Result<Ends> {
        let Pictured {
            articles,
            pictures,
            ends,
        } = pictured;
        articles
            .into_par_iter()
            .enumerate()
            .try_for_each(|(slot, read)| {
                let position = read.position;
                let subject = EncodeInput::new(&read.article, position, &pictures, self.run);
                let mut takers = self.lanes.iter().filter(|track| track.lane.wants(position));
                takers.try_for_each(|track| track.lane.encode(bank, slot, &subject))
            })?;
        Ok(ends)
    }

    /// Appends what was encoded of a window, and takes note of its articles. What is noted of those
    /// that were not read is noted again, and their warnings are told again. Gives the number of
    /// articles that were read, or need not be.
    pub fn append(
        &self,
        ends: Ends,
        bank: Bank,
        state: &mut State,
        warnings: &mut Vec<Warning>,
    ) -> Result<usize> {
        let mut there = 0;
        for (position, end) in ends.ends {
            there += usize::from(!matches!(end, End::Gone(_)));
            match end {
                End::Kept => warnings.extend(self.keep(position, state)),
                End::Gone(raised) => warnings.extend(raised),
                End::Made(note, raised) => {
                    if let Some(note) = note {
                        state.add(&Frame::Article(*note));
                    }
                    warnings.extend(raised);
                }
            }
        }
        warnings.extend(ends.warnings);
        self.lanes
            .iter()
            .try_for_each(|track| track.lane.append(bank))?;
        Ok(there)
    }

    /// An article, if it was read, and what is left of it for the state and the report.
    fn end(&self, outcome: Outcome, is_noted: bool) -> (Option<Read>, End) {
        match outcome {
            Outcome::Kept => (None, End::Kept),
            Outcome::Read(None, raised) => (None, End::Gone(raised)),
            Outcome::Read(Some(read), raised) => {
                let note = is_noted.then(|| self.note(&read, &raised)).flatten();
                (Some(*read), End::Made(note.map(Box::new), raised))
            }
        }
    }

    /// Notes an article of kept outputs again, and tells what is to be warned of it.
    fn keep(&self, position: usize, state: &mut State) -> Vec<Warning> {
        let Some(note) = self
            .listing
            .catalogue
            .get(position)
            .and_then(|listed| state.article(place(listed.published, listed.key.bytes())))
        else {
            return Vec::new();
        };
        let mut warnings = note.warnings.clone();
        let missing = note
            .images
            .iter()
            .filter_map(|image| self.library.recall(image));
        warnings.extend(missing);
        state.add(&Frame::Article(note));
        warnings
    }

    /// What later runs want to know of an article.
    fn note(&self, read: &Read, warnings: &[Warning]) -> Option<ArticleNote> {
        let listed = self.listing.catalogue.get(read.position)?;
        let purpose = plan::purpose(self.embedded, read.position);
        let mut shown = HashSet::new();
        let images = read.article.body.images();
        let images = images
            .into_iter()
            .filter(|image| shown.insert(&image.source));
        Some(ArticleNote {
            published: listed.published,
            key: listed.key.bytes(),
            path: read.path.clone(),
            address: read
                .article
                .address
                .as_ref()
                .map(|address| address.as_str().to_owned()),
            facts: self.listing.facts(read.position)?,
            warnings: warnings.to_vec(),
            images: images
                .map(|image| self.library.seen(&image.source, &read.path, purpose))
                .collect(),
        })
    }

    /// Whether any output that is made holds the article.
    fn is_wanted(&self, position: usize) -> bool {
        self.lanes.iter().any(|track| track.lane.wants(position))
    }

    /// How many of the articles any output that is made holds.
    pub fn wanted(&self, positions: &[usize]) -> u64 {
        let wanted = positions
            .iter()
            .filter(|&&position| self.is_wanted(position));
        wanted.count() as u64
    }

    /// Reads and cleans one article, if an output is made of it.
    fn outcome(&self, position: usize) -> Outcome {
        if !self.is_wanted(position) {
            return Outcome::Kept;
        }
        let Some(found) = self.listing.place(position) else {
            return Outcome::Read(None, Vec::new());
        };
        match self.understand(found) {
            Ok((path, cleaned, warnings)) => {
                let article = self.settle(cleaned.article, position);
                let read = Read {
                    position,
                    path,
                    article,
                };
                let warnings = warnings.into_iter().chain(cleaned.warnings);
                Outcome::Read(Some(Box::new(read)), warnings.collect())
            }
            Err(warning) => Outcome::Read(None, vec![warning]),
        }
    }

    /// The article at a place, the path of its file, and what its reader warned of.
    fn understand(&self, place: Place) -> Result<(String, Cleaned, Vec<Warning>), Warning> {
        let opened = self.listing.found.open(place.file, Extent::Whole)?;
        let gone = || {
            Warning::new(Code::FileUnreadable, "the file changed during the run")
                .in_file(&opened.path)
                .hint("run again; nothing should write to the archive meanwhile")
        };
        let reader = self.listing.reader(place).ok_or_else(gone)?;
        let reading = reader.read(&opened.document(self.settings.encoding), Extent::Whole);
        let entry = reading.entries.into_iter().nth(place.ordinal);
        let cleaned = clean::clean(&entry.ok_or_else(gone)?, &self.settings.clean);
        Ok((opened.path, cleaned, reading.warnings))
    }

    /// Gives an article the identity and the dates that the catalogue settled.
    fn settle(&self, mut article: Article, position: usize) -> Article {
        if let Some(id) = self.listing.id(position) {
            article.id = id.clone();
        }
        if let Some(listed) = self.listing.catalogue.get(position) {
            article.published = listed.published;
            article.updated = listed.updated;
        }
        article
    }

    /// Gets the pictures that the articles show: their bytes where an output that holds the
    /// article embeds them, else only what is known without the network. Warns of those that are
    /// missing.
    fn pictures(&self, articles: &[&Read]) -> (Pictures, Vec<Warning>) {
        let (embedded, described): (Vec<&Read>, Vec<&Read>) = articles
            .iter()
            .partition(|read| self.embedded.contains(read.position));
        let watcher = |event: Fetching<'_>| self.observer.fetching(event);
        let embedded = wanted(&embedded);
        let had = self
            .library
            .get_watched(&embedded, Purpose::Embed, &watcher);
        let (mut pictures, mut warnings) = (had.pictures, had.warnings);
        if !described.is_empty() {
            let had = self.library.get(&wanted(&described), Purpose::Describe);
            pictures.extend(had.pictures);
            warnings.extend(had.warnings);
        }
        (pictures, warnings)
    }
}

impl Outcome {
    fn read(&self) -> Option<&Read> {
        match self {
            Outcome::Read(Some(read), _) => Some(read),
            _ => None,
        }
    }
}

/// The distinct images of some articles, in the order in which they are shown.
fn wanted(articles: &[&Read]) -> Vec<Wanted> {
    let mut seen: HashSet<&ImageSource> = HashSet::new();
    let mut wanted = Vec::new();
    for Read { path, article, .. } in articles {
        for image in article.body.images() {
            if seen.insert(&image.source) {
                wanted.push(Wanted {
                    source: image.source.clone(),
                    referer: article.address.clone(),
                    path: path.clone(),
                });
            }
        }
    }
    wanted
}

/// One article as a single file gives it, for `inspect`.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The file.
    pub path: String,
    /// The name of the reader that took it.
    pub reader: &'static str,
    /// What the reader found.
    pub entry: Entry,
    /// What cleaning made of it.
    pub cleaned: Cleaned,
    /// The article's dates and where they come from.
    pub dates: Dates,
    /// What the reader warned of.
    pub warnings: Vec<Warning>,
}

/// Reads and cleans single files without writing anything. Files that are no articles, or broken
/// ones, give no article but may give warnings.
///
/// # Errors
/// Where an input can't be read.
pub fn understand(
    registry: &Registry,
    settings: &Settings,
) -> Result<(Vec<Understood>, Vec<Warning>)> {
    let found = find(&settings.inputs)?;
    let mut warnings = found.warnings.clone();
    let mut understood = Vec::new();
    for file in 0..found.len() {
        let opened = match found.open(file, Extent::Whole) {
            Ok(opened) => opened,
            Err(warning) => {
                warnings.push(warning);
                continue;
            }
        };
        let name = found.name(file);
        let Some(reader) = heads::reader_of(registry, settings, &opened.bytes, &name) else {
            continue;
        };
        let mut reading = reader.read(&opened.document(settings.encoding), Extent::Whole);
        if reading.entries.is_empty() {
            warnings.append(&mut reading.warnings);
        }
        for entry in reading.entries {
            understood.push(Understood {
                path: opened.path.clone(),
                reader: reader.format().name,
                cleaned: clean::clean(&entry, &settings.clean),
                dates: clean::dates(&entry, &settings.clean),
                entry,
                warnings: std::mem::take(&mut reading.warnings),
            });
        }
    }
    Ok((understood, warnings))
}
