//! The second pass: articles in windows, read and encoded in parallel, appended in order.
//!
//! A window goes through four stages: read and clean, get the pictures, encode for every writer,
//! append. Each stage is a thread that takes the windows in order from a channel, so what depends on
//! order (what is learnt of pictures, what sinks and state hold) is the same with any number of
//! workers. The stages work side by side on different windows: one picture may take as long as a
//! hundred articles, and meanwhile the others go on. The channels hold nothing, so a stage that is
//! ahead waits (backpressure), and no more windows are under way than there are stages.
//!
//! Computing is done by the pool's workers, which the stages hand work to; waiting for the network is
//! done by none of them.

use super::guarded::guarded;
use super::listing::Listing;
use super::plan;
use super::scan;
use super::selectors::Selectors;
use super::state::{ArticleNote, Frame, State, place};
use super::told::Told;
use crate::clean;
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::images::{FetchEvent, ImageStore, Place, Purpose, Wanted};
use crate::model::{Address, Article, Image, ImageSource, Pictures, Selection, ShownResources};
use crate::report::{Observer, Stage};
use crate::write::{EncodeInput, EncodedPart, Run, WriterRun};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope};

/// The most articles in a window: they show enough pictures for downloads side by side.
const MOST_ARTICLES: usize = 64;

/// The most bytes that the articles of a window have in their files, unless one alone has more. An
/// article takes several times that while it is parsed, and pictures in `data:` addresses make
/// articles of megabytes.
const MOST_BYTES: u64 = 8_000_000;

/// A writer at work.
pub(super) struct ActiveWriter<'run> {
    /// Its sink, and how it encodes.
    pub run: Box<dyn WriterRun + 'run>,
    /// The writer's name.
    pub format: &'static str,
}

/// Everything that articles pass through.
pub(super) struct Pass<'pass, 'run> {
    pub run: &'pass Run<'run>,
    pub listing: &'pass Listing<'pass>,
    pub images: &'pass ImageStore,
    pub settings: &'pass Settings,
    pub writers: &'pass [ActiveWriter<'run>],
    /// The articles whose pictures some output embeds, made now or kept.
    pub embedded: &'pass Selection,
    pub observer: &'pass dyn Observer,
    pub pool: &'pass ThreadPool,
    /// Whether the state wants notes.
    pub is_noted: bool,
}

/// An article that was read, and the path of its file.
struct ReadArticle {
    position: usize,
    path: String,
    article: Article,
    resources: ShownResources,
    selectors: Vec<String>,
}

/// What has become of the article at a position of the catalogue, on the way through the stages:
/// `Content` is what the stage made of it.
struct Passing<Content> {
    position: usize,
    fate: Fate<Content>,
}

enum Fate<Content> {
    /// Its outputs are kept as they stand.
    Kept,
    /// It could not be read, or made the program fail.
    Gone(Vec<Warning>),
    /// It is on its way: what was made of it, and the warnings so far.
    Made(Content, Vec<Warning>),
}

/// An article whose pictures were had.
struct PicturedArticle {
    read: ReadArticle,
    note: Option<Box<ArticleNote>>,
}

/// A window whose pictures were had.
struct PicturedWindow {
    articles: Vec<Passing<PicturedArticle>>,
    pictures: Pictures,
    /// Of pictures that are missing.
    warnings: Vec<Warning>,
}

/// An article's parts for all writers.
struct EncodedArticle<'writers> {
    parts: Vec<Box<dyn EncodedPart + 'writers>>,
    note: Option<Box<ArticleNote>>,
    address: Option<Address>,
    selectors: Vec<String>,
}

/// A window that waits to be appended.
struct EncodedWindow<'writers> {
    articles: Vec<Passing<EncodedArticle<'writers>>>,
    warnings: Vec<Warning>,
}

/// Takes what comes from a channel through a stage, until either end of the way is closed: a stage
/// that fails closes its ends, and so all of them end.
fn work<Taken, Made>(
    taken: impl IntoIterator<Item = Taken>,
    made: &SyncSender<Made>,
    stage: impl Fn(Taken) -> Made,
) {
    for one in taken {
        if made.send(stage(one)).is_err() {
            return;
        }
    }
}

impl<'pass> Pass<'pass, '_> {
    /// Takes the articles at some positions of the catalogue through all stages. Gives the number
    /// of those that were read, or need not be, and adds the warnings in the order of the articles.
    ///
    /// # Errors
    /// The first that a writer meets.
    pub fn take(
        &self,
        positions: &[usize],
        state: &mut State,
        selectors: &mut Selectors<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<usize> {
        let windows = self.windows(positions);
        let mut there = 0;
        thread::scope(|scope| match self.start_stages(scope, windows.clone()) {
            Ok(encoded) => {
                for window in encoded {
                    there += self.append(window?, state, selectors, warnings)?;
                }
                Ok(there)
            }
            // Where the system starts no more threads, this one goes through the stages by itself.
            Err(_) => {
                for window in windows {
                    let window = self.encode(self.get_pictures(self.read(window)))?;
                    there += self.append(window, state, selectors, warnings)?;
                }
                Ok(there)
            }
        })
    }

    /// Starts all stages but the last.
    fn start_stages<'scope, 'windows>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        windows: Vec<&'windows [usize]>,
    ) -> io::Result<Receiver<Result<EncodedWindow<'scope>>>>
    where
        'windows: 'scope,
        'pass: 'scope,
    {
        // A channel that held windows would only hold memory: the slowest stage sets the pace.
        let (read_sender, read) = sync_channel(0);
        let (pictured_sender, pictured) = sync_channel(0);
        let (encoded_sender, encoded) = sync_channel(0);
        start(scope, "read", move || {
            work(windows, &read_sender, |window| self.read(window));
        })?;
        start(scope, "images", move || {
            work(read, &pictured_sender, |window| self.get_pictures(window));
        })?;
        start(scope, "encode", move || {
            work(pictured, &encoded_sender, |window| self.encode(window));
        })?;
        Ok(encoded)
    }

    /// Cuts positions into windows.
    fn windows<'positions>(&self, positions: &'positions [usize]) -> Vec<&'positions [usize]> {
        let mut windows = Vec::new();
        let mut rest = positions;
        while !rest.is_empty() {
            let mut bytes = 0_u64;
            let fits = |position: &&usize| {
                bytes = bytes.saturating_add(self.weight(**position));
                bytes <= MOST_BYTES
            };
            let count = rest.iter().take(MOST_ARTICLES).take_while(fits).count();
            // An article that weighs more than a window may goes alone.
            let Some((window, others)) = rest.split_at_checked(count.max(1)) else {
                break;
            };
            windows.push(window);
            rest = others;
        }
        windows
    }

    /// The bytes that an article has in its file, if it is to be read.
    fn weight(&self, position: usize) -> u64 {
        let place = self.listing.place(position);
        let place = place.filter(|_| self.is_wanted(position));
        place.map_or(0, |place| place.at.span.length)
    }

    /// Reads and cleans the articles of a window, but those of which every output is kept.
    fn read(&self, positions: &[usize]) -> Vec<Passing<ReadArticle>> {
        let articles = positions.par_iter().map(|&position| Passing {
            position,
            fate: self.read_article(position),
        });
        self.pool.install(|| articles.collect())
    }

    /// Reads and cleans one article, if an output is made of it.
    fn read_article(&self, position: usize) -> Fate<ReadArticle> {
        if !self.is_wanted(position) {
            return Fate::Kept;
        }
        let Some(place) = self.listing.place(position) else {
            return Fate::Gone(Vec::new());
        };
        let Some(reader) = self.listing.reader(place) else {
            return Fate::Gone(Vec::new());
        };
        let path = self.listing.path(place);
        let inputs = &self.listing.inputs;
        let cleaned = guarded(&path, || {
            let loaded = scan::load(place, inputs, reader, self.settings)?;
            let boilerplate = self.listing.boilerplate(position);
            let cleaned = clean::clean_without(&loaded.entry, &self.settings.clean, boilerplate);
            Ok((loaded.warnings, cleaned))
        });
        match cleaned {
            Ok((mut warnings, cleaned)) => {
                warnings.extend(cleaned.warnings);
                let read = ReadArticle {
                    position,
                    path,
                    article: self.settle(cleaned.article, position),
                    resources: cleaned.resources,
                    selectors: cleaned.selectors,
                };
                Fate::Made(read, warnings)
            }
            Err(mut warning) => {
                warning.item = place.at.item();
                Fate::Gone(vec![warning])
            }
        }
    }

    /// Gives an article the identity and the dates that the catalogue settled.
    fn settle(&self, mut article: Article, position: usize) -> Article {
        self.listing.complete(&mut article, position, self.settings);
        if let Some(listed) = self.listing.catalogue.get(position) {
            article.published = listed.published;
            article.published_day = listed.published_day;
            article.updated = listed.updated;
        }
        article
    }

    /// Gets the pictures that the articles of a window show.
    fn get_pictures(&self, window: Vec<Passing<ReadArticle>>) -> PicturedWindow {
        let articles: Vec<&ReadArticle> = window.iter().filter_map(Passing::content).collect();
        let (pictures, warnings) = self.pictures(&articles);
        let noted = window.into_par_iter().map(|passing| {
            passing.map(|read, warnings| {
                let note = self.is_noted.then(|| self.note(&read, warnings)).flatten();
                PicturedArticle {
                    read,
                    note: note.map(Box::new),
                }
            })
        });
        PicturedWindow {
            articles: self.pool.install(|| noted.collect()),
            pictures,
            warnings,
        }
    }

    /// Gets the pictures that the articles show: their bytes where an output that holds the
    /// article embeds them, else only what is known without the network. Warns of those that are
    /// missing.
    fn pictures(&self, articles: &[&ReadArticle]) -> (Pictures, Vec<Warning>) {
        let (embedded, described): (Vec<&ReadArticle>, Vec<&ReadArticle>) = articles
            .iter()
            .partition(|read| self.embedded.contains(read.position));
        let watcher = |event: FetchEvent<'_>| self.observer.fetching(event);
        let embedded = wanted(&embedded);
        let had = self.images.get_watched(&embedded, Purpose::Embed, &watcher);
        let (mut pictures, mut warnings) = (had.pictures, had.warnings);
        if !described.is_empty() {
            let had = self.images.get(&wanted(&described), Purpose::Describe);
            pictures.extend(had.pictures);
            warnings.extend(had.warnings);
        }
        (pictures, warnings)
    }

    /// What later runs want to know of an article.
    fn note(&self, read: &ReadArticle, warnings: &[Warning]) -> Option<ArticleNote> {
        let listed = self.listing.catalogue.get(read.position)?;
        let purpose = plan::purpose(self.embedded, read.position);
        let mut shown = HashSet::new();
        let images = read.article.body.images();
        let images = images
            .into_iter()
            .filter(|image| shown.insert(&image.source));
        Some(ArticleNote {
            published: listed.published,
            key: listed.key.digest(),
            path: read.path.clone(),
            at: self.listing.place(read.position)?.at,
            address: read
                .article
                .address
                .as_ref()
                .map(|address| address.as_str().to_owned()),
            facts: self.listing.facts(read.position)?,
            warnings: warnings.to_vec(),
            absent: read.resources.absent().map(absolute).collect(),
            images: images
                .map(|image| self.images.seen(&read.wanted(image), purpose))
                .collect(),
            selectors: read.selectors.clone(),
        })
    }

    /// Encodes the articles of a window for every writer. The trees are dropped here, in the
    /// workers: so many pieces take as long to drop as some stages take.
    fn encode(&self, window: PicturedWindow) -> Result<EncodedWindow<'_>> {
        let PicturedWindow {
            articles,
            pictures,
            warnings,
        } = window;
        let encoded = articles
            .into_par_iter()
            .map(|passing| self.encode_article(passing, &pictures));
        Ok(EncodedWindow {
            articles: self.pool.install(|| encoded.collect::<Result<_>>())?,
            warnings,
        })
    }

    /// Encodes an article for every writer that wants it. One that makes a writer panic is left out
    /// of all outputs, so that they agree on what they hold.
    fn encode_article(
        &self,
        passing: Passing<PicturedArticle>,
        pictures: &Pictures,
    ) -> Result<Passing<EncodedArticle<'_>>> {
        let position = passing.position;
        let fate = match passing.fate {
            Fate::Kept => Fate::Kept,
            Fate::Gone(warnings) => Fate::Gone(warnings),
            Fate::Made(PicturedArticle { read, note }, mut warnings) => {
                let input = EncodeInput::new(&read.article, position, pictures, self.run);
                match guarded(&read.path, || Ok(self.parts(&input))) {
                    Ok(parts) => Fate::Made(
                        EncodedArticle {
                            parts: parts?,
                            note,
                            address: read.article.address.clone(),
                            selectors: read.selectors,
                        },
                        warnings,
                    ),
                    Err(warning) => {
                        warnings.push(warning);
                        Fate::Gone(warnings)
                    }
                }
            }
        };
        Ok(Passing { position, fate })
    }

    fn parts(&self, input: &EncodeInput<'_>) -> Result<Vec<Box<dyn EncodedPart + '_>>> {
        let writers = self.writers.iter();
        let wanting = writers.filter(|writer| writer.run.wants(input.position));
        wanting.map(|writer| writer.run.encode(input)).collect()
    }

    /// Appends what was encoded of a window, and takes note of its articles. What is noted of those
    /// that were not read is noted again, and their warnings are told again. Gives the number of
    /// articles that were read, or need not be.
    fn append(
        &self,
        window: EncodedWindow<'_>,
        state: &mut State,
        selectors: &mut Selectors<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<usize> {
        let mut there = 0;
        let mut done = 0;
        let mut told = Told::default();
        for Passing { position, fate } in window.articles {
            done += u64::from(self.is_wanted(position));
            there += usize::from(!matches!(fate, Fate::Gone(_)));
            match fate {
                Fate::Kept => warnings.extend(self.keep(position, state, selectors)),
                Fate::Gone(raised) => warnings.extend(raised),
                Fate::Made(made, mut raised) => {
                    let EncodedArticle { parts, note, .. } = made;
                    selectors.made(made.address.as_ref(), &made.selectors);
                    self.recall_told(position, state, &mut told);
                    told.mark(&mut raised);
                    parts.into_iter().try_for_each(EncodedPart::append)?;
                    if let Some(note) = note {
                        // In the order of the catalogue, in which the next run asks for them.
                        state.add(&Frame::Article(*note));
                    }
                    warnings.extend(raised);
                }
            }
        }
        let mut of_pictures = window.warnings;
        told.mark(&mut of_pictures);
        warnings.extend(of_pictures);
        if done > 0 {
            self.observer.advance(Stage::Articles, done);
        }
        Ok(there)
    }

    /// Adds what an earlier run told of an article that is made of the same.
    fn recall_told(&self, position: usize, state: &mut State, told: &mut Told) {
        let listed = self.listing.catalogue.get(position);
        let note = listed
            .and_then(|listed| state.article(place(listed.published, listed.key.digest())))
            .filter(|note| Some(note.facts) == self.listing.facts(position));
        if let Some(note) = note {
            told.add(&note);
        }
    }

    /// Notes an article of kept outputs again, and gives the warnings that it had.
    fn keep(
        &self,
        position: usize,
        state: &mut State,
        selectors: &mut Selectors<'_>,
    ) -> Vec<Warning> {
        let Some(note) = self
            .listing
            .catalogue
            .get(position)
            .and_then(|listed| state.article(place(listed.published, listed.key.digest())))
        else {
            selectors.unknown();
            return Vec::new();
        };
        selectors.kept(note.address.as_deref(), &note.selectors);
        let note = self.moved(note, position);
        let mut warnings = note.warnings.clone();
        let recalled = note.images.iter().filter_map(|image| {
            let warning = self.images.recall(image)?;
            Some(warning.in_file(&note.path))
        });
        warnings.extend(recalled);
        for warning in &mut warnings {
            warning.is_repeated = true;
        }
        state.add(&Frame::Article(note));
        warnings
    }

    /// A note whose warnings name the place where the article lies now: others may have come before
    /// it in its file, and the user may stand elsewhere.
    fn moved(&self, mut note: ArticleNote, position: usize) -> ArticleNote {
        let Some(now) = self.listing.place(position) else {
            return note;
        };
        let path = self.listing.path(now);
        let lines = i64::from(now.at.line) - i64::from(note.at.line);
        for warning in &mut note.warnings {
            if warning.path.as_ref() == Some(&note.path) {
                warning.path = Some(path.clone());
                warning.item = now.at.item();
                let moved = |line: u32| u32::try_from(i64::from(line) + lines).ok();
                warning.line = warning.line.and_then(moved);
            }
        }
        note.path = path;
        note.at = now.at;
        note
    }

    /// Whether any output that is made holds the article.
    fn is_wanted(&self, position: usize) -> bool {
        self.writers.iter().any(|writer| writer.run.wants(position))
    }

    /// How many of the articles any output that is made holds.
    pub fn wanted(&self, positions: &[usize]) -> u64 {
        let wanted = positions
            .iter()
            .filter(|&&position| self.is_wanted(position));
        wanted.count() as u64
    }
}

/// Starts a stage.
fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    stage: impl FnOnce() + Send + 'scope,
) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn_scoped(scope, stage).map(drop)
}

impl<Content> Passing<Content> {
    fn content(&self) -> Option<&Content> {
        match &self.fate {
            Fate::Made(content, _) => Some(content),
            Fate::Kept | Fate::Gone(_) => None,
        }
    }

    fn map<Other>(self, make: impl FnOnce(Content, &[Warning]) -> Other) -> Passing<Other> {
        let fate = match self.fate {
            Fate::Kept => Fate::Kept,
            Fate::Gone(warnings) => Fate::Gone(warnings),
            Fate::Made(content, warnings) => Fate::Made(make(content, &warnings), warnings),
        };
        Passing {
            position: self.position,
            fate,
        }
    }
}

/// A path that means the same wherever the user stands.
fn absolute(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.to_string_lossy().into_owned()
}

/// The distinct images of some articles, in the order in which they are shown.
fn wanted(articles: &[&ReadArticle]) -> Vec<Wanted> {
    let mut seen: HashSet<&[ImageSource]> = HashSet::new();
    let mut wanted = Vec::new();
    for read in articles {
        for image in read.article.body.images() {
            if seen.insert(image.places()) {
                wanted.push(read.wanted(image));
            }
        }
    }
    wanted
}

impl ReadArticle {
    /// An image that the article shows, as it is asked for.
    fn wanted(&self, image: &Image) -> Wanted {
        let resource = |source: &ImageSource| match source {
            ImageSource::Resource { id, .. } => self.resources.get(*id).cloned(),
            ImageSource::Web { .. } => None,
        };
        let candidates = image.candidates.iter().map(|source| Place {
            source: source.clone(),
            resource: resource(source),
        });
        Wanted {
            source: image.source.clone(),
            resource: resource(&image.source),
            candidates: candidates.collect(),
            referer: self.article.address.clone(),
            path: self.path.clone(),
        }
    }
}
