//! The first pass: each article becomes a line of the catalogue.

mod index;

use super::found::FoundArticles;
use super::inputs::{Inputs, PassedOver};
use super::scan::{FileScan, Place, Scanner, of_entry};
use super::state::{FileNote, Frame, State};
use crate::clean::{self, Boilerplate, ParsedEntry};
use crate::config::Settings;
use crate::error::{Code, Result, Warning};
use crate::model::{Article, ArticleId, Catalogue, Digest, Stamp};
use crate::read::Reader;
use crate::registry::Registry;
use crate::report::{BoilerplateReport, JoinedReport, Observer, Stage};
use index::Index;
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
    /// Files that no reader takes, and what is no file.
    pub unrecognised: Vec<PassedOver>,
    /// Articles that another file holds too.
    pub duplicates: u64,
    /// Files that hold one article.
    pub joined: Vec<JoinedReport>,
    /// What was skipped or guessed.
    pub warnings: Vec<Warning>,
    places: Vec<Place>,
    readers: Vec<&'registry dyn Reader>,
    /// What other saves of an article contribute, by position in the catalogue.
    contributions: HashMap<usize, Contribution>,
    facts: Vec<Digest>,
    /// What each source puts at the ends of its articles.
    boilerplate: Vec<Boilerplate>,
    /// What the report tells of it.
    pub told: Vec<BoilerplateReport>,
    /// What was found in the pages that were gone over.
    pub found: FoundArticles,
    /// The files that hold several articles, as they were when those were listed.
    several: Vec<(usize, Stamp)>,
}

/// What other saves of an article contribute to it.
#[derive(Default)]
struct Contribution {
    /// The id, of the first save or one of its own.
    id: Option<Identity>,
    /// Where the title is, if the text's own save has none.
    title: Option<Place>,
    /// Where to look for what the text's own save lacks.
    complete: Vec<Place>,
}

/// Where an id comes from.
enum Identity {
    At(Place),
    Own(ArticleId),
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

    /// What the source of the article at a position puts at the ends of its articles.
    pub fn boilerplate(&self, position: usize) -> &Boilerplate {
        static NONE: Boilerplate = Boilerplate::NONE;
        let listed = self.catalogue.get(position);
        let source = listed.and_then(|listed| usize::try_from(listed.source).ok());
        source
            .and_then(|source| self.boilerplate.get(source))
            .unwrap_or(&NONE)
    }

    /// Warns of files of several articles that are not as they were when their articles were listed: what
    /// was read since then may be another article's.
    pub fn changed_meanwhile(&self) -> Vec<Warning> {
        let stamps = self.several.iter();
        let changed = stamps.filter(|(file, stamp)| self.inputs.stamp(*file) != Some(*stamp));
        let message = "the file changed while its articles were read, and some may be mixed up";
        let warning = |path| Warning::new(Code::FileUnreadable, message).in_file(path);
        changed
            .map(|(file, _)| warning(self.inputs.display(*file)).hint("run again"))
            .collect()
    }

    fn of_entry<Made>(
        &self,
        place: Place,
        settings: &Settings,
        make: impl Fn(&ParsedEntry<'_>) -> Made,
    ) -> Option<Made> {
        of_entry(place, &self.inputs, &self.readers, settings, make)
    }

    /// Gives an article what was settled with other saves of it: its id, and what its own save lacks.
    /// Reads those saves.
    pub fn complete(&self, article: &mut Article, position: usize, settings: &Settings) {
        let Some(contribution) = self.contributions.get(&position) else {
            return;
        };
        let id = match &contribution.id {
            Some(Identity::At(place)) => {
                self.of_entry(*place, settings, |entry| clean::id(entry.entry()))
            }
            Some(Identity::Own(id)) => Some(id.clone()),
            None => None,
        };
        article.id = id.unwrap_or_else(|| article.id.clone());
        let title = |entry: &ParsedEntry<'_>| entry.clean(&settings.clean).article.title;
        let titled = contribution.title;
        if let Some(title) = titled.and_then(|place| self.of_entry(place, settings, title)) {
            article.title = title;
        }
        for &place in &contribution.complete {
            if !article.authors.is_empty() && !article.tags.is_empty() {
                return;
            }
            let told = self.of_entry(place, settings, |entry| {
                let head = &entry.entry().head;
                (clean::authors(head, &settings.clean), clean::tags(head))
            });
            let Some((authors, tags)) = told else {
                continue;
            };
            if article.authors.is_empty() {
                article.authors = authors;
            }
            if article.tags.is_empty() {
                article.tags = tags;
            }
        }
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
    let found = FoundArticles::default();
    let scanner = Scanner {
        inputs: &inputs,
        registry,
        readers: &readers,
        settings,
        found: &found,
        remembered_at: state.began(),
    };
    let mut index = Index::default();
    index.warnings.extend_from_slice(&inputs.warnings);
    let several = go_over(&scanner, &mut index, state, observer, pool);
    state.read_texts();
    let listing = index.into_listing(inputs, readers, settings, state, pool);
    Ok(Listing {
        found,
        several,
        ..listing
    })
}

/// Adds what every file holds to the index and to the state. Returns the files of several articles, as they
/// were then.
fn go_over(
    scanner: &Scanner<'_, '_>,
    index: &mut Index,
    state: &mut State,
    observer: &dyn Observer,
    pool: &ThreadPool,
) -> Vec<(usize, Stamp)> {
    let inputs = scanner.inputs;
    observer.begin(Stage::Listing, inputs.len() as u64);
    let mut several = Vec::new();
    let files: Vec<usize> = (0..inputs.len()).collect();
    for chunk in files.chunks(CHUNK) {
        let scans = pool.install(|| scans(chunk, scanner, state));
        for (&file, (scan, note)) in chunk.iter().zip(scans) {
            if matches!(scan, FileScan::NoArticle) {
                index.unrecognised.push(file);
            }
            if let Some(stamp) = note.as_ref().and_then(|note| note.stamp)
                && scan.is_of_several()
            {
                several.push((file, stamp));
            }
            index.add(scan, inputs);
            if let Some(note) = note {
                state.add(&Frame::File(note));
            }
        }
        observer.advance(Stage::Listing, chunk.len() as u64);
    }
    observer.end(Stage::Listing);
    several
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
