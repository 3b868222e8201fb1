//! The second pass: articles in windows, read, cleaned and encoded in parallel, appended in order.

use super::found::Place;
use super::*;
use crate::clean::{Cleaned, Dates};
use crate::config::Settings;
use crate::error::Code;
use crate::images::{Fetching, Purpose, Wanted};
use crate::model::{Article, Entry, ImageSource, Pictures};
use crate::read::Extent;
use crate::write::Bank;
use rayon::prelude::*;
use std::collections::HashSet;

/// The number of articles that are held at a time.
pub(super) const LENGTH: usize = 128;

/// A writer at work.
pub(super) struct Track<'run> {
    /// Its window and sink.
    pub lane: Box<dyn Lane + 'run>,
    /// Whether it needs the bytes of pictures.
    pub embeds: bool,
}

/// Everything that articles pass through.
pub(super) struct Line<'line, 'run> {
    pub listing: &'line Listing<'line>,
    pub library: &'line Library,
    pub settings: &'line Settings,
    pub lanes: &'line [Track<'run>],
    pub observer: &'line dyn Observer,
}

impl Line<'_, '_> {
    /// Reads, cleans and encodes the articles at some positions of the catalogue, no more than
    /// [`LENGTH`].
    pub fn prepare(&self, positions: &[usize], bank: Bank) -> Result<Vec<Warning>> {
        let read: Vec<(Option<Article>, String, Vec<Warning>)> = positions
            .par_iter()
            .map(|&position| self.article(position))
            .collect();
        let mut warnings = Vec::new();
        let mut articles = Vec::with_capacity(read.len());
        for ((article, path, raised), &position) in read.into_iter().zip(positions) {
            warnings.extend(raised);
            articles.extend(article.map(|article| (position, path, article)));
        }
        let pictures = self.pictures(&articles, &mut warnings);
        self.encode(&articles, &pictures, bank)?;
        Ok(warnings)
    }

    /// Appends what was encoded.
    pub fn append(&self, bank: Bank) -> Result<()> {
        self.lanes
            .iter()
            .try_for_each(|track| track.lane.append(bank))
    }

    /// Reads and cleans one article.
    fn article(&self, position: usize) -> (Option<Article>, String, Vec<Warning>) {
        let Some(place) = self.listing.place(position) else {
            return (None, String::new(), Vec::new());
        };
        match self.understand(place) {
            Ok((path, cleaned, warnings)) => {
                let article = self.settle(cleaned.article, position);
                (
                    Some(article),
                    path,
                    warnings.into_iter().chain(cleaned.warnings).collect(),
                )
            }
            Err(warning) => (None, String::new(), vec![warning]),
        }
    }

    /// The article at a place, the path of its file, and what its reader warned of.
    fn understand(&self, place: Place) -> Result<(String, Cleaned, Vec<Warning>), Warning> {
        let opened = self.listing.found.open(place.file, Extent::Whole)?;
        let gone = || {
            Warning::new(Code::FileUnreadable, "the file changed during the run")
                .in_file(&opened.path)
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
    /// article embeds them, else only what is known without the network.
    fn pictures(
        &self,
        articles: &[(usize, String, Article)],
        warnings: &mut Vec<Warning>,
    ) -> Pictures {
        let embeds = |position: usize| {
            self.lanes
                .iter()
                .any(|track| track.embeds && track.lane.wants(position))
        };
        let (embedded, described): (Vec<_>, Vec<_>) = articles
            .iter()
            .partition(|(position, ..)| embeds(*position));
        let watcher = |event: Fetching<'_>| self.observer.fetching(event);
        let embedded = wanted(&embedded);
        let had = self
            .library
            .get_watched(&embedded, Purpose::Embed, &watcher);
        warnings.extend(had.warnings);
        let mut pictures = had.pictures;
        if !described.is_empty() {
            pictures.extend(
                self.library
                    .get(&wanted(&described), Purpose::Describe)
                    .pictures,
            );
        }
        pictures
    }

    fn encode(
        &self,
        articles: &[(usize, String, Article)],
        pictures: &Pictures,
        bank: Bank,
    ) -> Result<()> {
        articles
            .par_iter()
            .enumerate()
            .try_for_each(|(slot, (position, _, article))| {
                let mut takers = self
                    .lanes
                    .iter()
                    .filter(|track| track.lane.wants(*position));
                takers.try_for_each(|track| {
                    track.lane.encode(bank, slot, *position, article, pictures)
                })
            })
    }
}

/// The distinct images of some articles, in the order in which they are shown.
fn wanted(articles: &[&(usize, String, Article)]) -> Vec<Wanted> {
    let mut seen: HashSet<&ImageSource> = HashSet::new();
    let mut wanted = Vec::new();
    for (_, path, article) in articles {
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
