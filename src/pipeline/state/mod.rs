//! What outputs were made of, remembered from run to run.
//!
//! The state is a file beside the image cache, one for each output folder. It is read once from
//! first to last while the next one is written in the same order, so that it takes no memory that
//! grows with the archive. Nothing depends on it but how long a run takes: one that is missing,
//! damaged, or of other settings or another version counts as none, and everything is made anew.

mod maker;
mod notes;
mod store;

pub use notes::{
    ArticleNote, ArticlePlace, EndsNote, FileNote, Fingerprint, Frame, ItemNote, Outcome,
    OutputNote, SketchNote, UnitNote, place,
};

use super::lock;
use crate::clean::{Ends, Sketch};
use crate::config::Settings;
use crate::error::{Code, Warning};
use crate::model::Digest;
use crate::model::Moment;
use crate::registry::Registry;
use notes::Begin;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use store::{FrameReader, FrameWriter};

pub use store::{remove_leftovers, remove_own, temporary};

/// What an earlier run noted, and what this one notes.
#[derive(Debug, Default)]
pub struct State {
    earlier: Option<Earlier>,
    next: Option<FrameWriter>,
    failure: Option<Warning>,
    place: Option<PathBuf>,
    texts: Texts,
}

/// What is noted of texts that were read in the first pass.
#[derive(Debug, Default)]
struct Texts {
    ends: HashMap<Digest, Ends>,
    sketches: HashMap<Digest, Sketch>,
}

/// What an earlier run noted, as far as it was read.
#[derive(Debug)]
struct Earlier {
    frames: FrameReader,
    began: Moment,
    /// The frame that was read last and is not used up, and where it begins.
    ahead: Option<(u64, Box<Frame>)>,
    /// Where the articles begin.
    articles: u64,
}

/// Paths inside the inputs, of which it is asked whether an earlier run read articles there.
#[derive(Debug, Default)]
pub struct Asked<'paths> {
    /// Files.
    pub files: BTreeSet<&'paths str>,
    /// Those of the files that are inputs themselves, of which the notes know no path.
    pub inputs: BTreeSet<&'paths str>,
    /// Folders: a file may have stood in their places.
    pub folders: BTreeSet<&'paths str>,
    /// Links: a file or a folder may have.
    pub links: BTreeSet<&'paths str>,
    /// Inputs that hold no file, by their positions.
    pub empty_inputs: BTreeMap<u32, &'paths str>,
}

impl<'paths> Asked<'paths> {
    fn is_empty(&self) -> bool {
        let paths = [&self.files, &self.folders, &self.links];
        paths.iter().all(|paths| paths.is_empty()) && self.empty_inputs.is_empty()
    }

    /// What stands in the place of a file, of a folder around it, or of a container that it lay in.
    fn standing_for<'asked>(
        &'asked self,
        path: &'asked str,
    ) -> impl Iterator<Item = &'paths str> + use<'asked, 'paths> {
        let containers = path.match_indices('!').filter_map(|(at, _)| path.get(..at));
        let whole = std::iter::once(path).chain(containers);
        let own = whole.flat_map(move |path| {
            let all = [&self.files, &self.folders, &self.links];
            all.into_iter().filter_map(move |paths| paths.get(path))
        });
        // What was a folder may be a link or a file now.
        let outer = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        let instead = outer.filter_map(|outer| self.links.get(outer).or(self.files.get(outer)));
        own.chain(instead).copied()
    }
}

impl State {
    /// Opens what an earlier run noted of the output folder, and begins this run's notes.
    pub fn open(registry: &Registry, settings: &Settings) -> Self {
        let Some(path) = path(settings) else {
            return State::default();
        };
        let maker = maker::digest(registry, settings);
        let mut state = State {
            earlier: Earlier::open(&path, maker),
            place: Some(path.clone()),
            ..State::default()
        };
        if !settings.dry_run {
            match FrameWriter::begin(&path) {
                Ok(writer) => state.next = Some(writer),
                Err(error) => state.fail(&path, &error),
            }
        }
        let began = Moment::now();
        state.add(&Frame::Begin(Begin { maker, began }));
        state
    }

    /// Whether this run's notes are wanted.
    pub fn is_kept(&self) -> bool {
        self.next.is_some()
    }

    /// When the earlier run began.
    pub fn began(&self) -> Option<Moment> {
        self.earlier.as_ref().map(|earlier| earlier.began)
    }

    /// What is noted of a file. Files have to be asked for in the order of the walk.
    pub fn file(&mut self, root: u32, path: &[u8]) -> Option<FileNote> {
        self.earlier.as_mut()?.file(root, path)
    }

    /// Reads what is noted of texts, after the last file was asked for.
    pub fn read_texts(&mut self) {
        if let Some(earlier) = &mut self.earlier {
            self.texts = earlier.texts();
        }
    }

    /// What an article says at its ends; each is asked for once.
    pub fn ends(&mut self, of: Digest) -> Option<Ends> {
        self.texts.ends.remove(&of)
    }

    /// The sketch of an article; each is asked for once.
    pub fn sketch(&mut self, of: Digest) -> Option<Sketch> {
        self.texts.sketches.remove(&of)
    }

    /// Begins to read what is noted of articles, in the order of the catalogue.
    pub fn rewind_to_articles(&mut self) {
        if let Some(earlier) = &mut self.earlier {
            earlier.rewind();
        }
    }

    /// What is noted of an article. Articles have to be asked for in the order of the catalogue.
    pub fn article(&mut self, place: ArticlePlace) -> Option<ArticleNote> {
        self.earlier.as_mut()?.article(place)
    }

    /// What is noted of units, after the last article was asked for.
    pub fn units(&mut self) -> Vec<UnitNote> {
        self.earlier
            .as_mut()
            .map(Earlier::units)
            .unwrap_or_default()
    }

    /// Which of some paths inside the inputs the last run read as articles, whatever its settings were; of
    /// links also those that stand where it found a folder of articles. Nothing where that can't be told.
    /// Reads what is noted of all files unless nothing is asked for.
    pub fn read_before(&self, asked: &Asked<'_>) -> Option<BTreeSet<String>> {
        let mut read = BTreeSet::new();
        if asked.is_empty() {
            return Some(read);
        }
        let mut frames = self.place.as_deref().and_then(FrameReader::open)?;
        while let Some(frame) = frames.next() {
            match frame {
                Frame::Begin(_) => {}
                Frame::File(note) => match note.outcome {
                    Outcome::Articles { .. } if asked.empty_inputs.contains_key(&note.root) => {
                        let name = asked.empty_inputs.get(&note.root);
                        read.extend(name.map(|name| (*name).to_owned()));
                    }
                    // A file that is an input itself has no path inside it.
                    Outcome::Articles { .. } if note.path.is_empty() => {
                        read.extend(asked.inputs.iter().map(|file| (*file).to_owned()));
                    }
                    Outcome::Articles { .. } => {
                        let path = String::from_utf8_lossy(&note.path).replace(MAIN_SEPARATOR, "/");
                        read.extend(asked.standing_for(&path).map(str::to_owned));
                    }
                    Outcome::NoArticle | Outcome::Refused(..) => {}
                },
                _ => return Some(read),
            }
        }
        Some(read)
    }

    /// Notes something of this run.
    pub fn add(&mut self, frame: &Frame) {
        let Some(writer) = &mut self.next else {
            return;
        };
        if let Err(error) = writer.add(frame) {
            let place = writer.place().to_owned();
            self.next = None;
            self.fail(&place, &error);
        }
    }

    /// Puts this run's notes into the place of the earlier one's; the warning where that, or
    /// anything before it, failed.
    pub fn finish(mut self) -> Option<Warning> {
        if let Some(writer) = self.next.take() {
            let place = writer.place().to_owned();
            if let Err(error) = writer.finish() {
                self.fail(&place, &error);
            }
        }
        self.failure
    }

    fn fail(&mut self, path: &Path, error: &io::Error) {
        let message = format!(
            "what this run made of what can't be noted in {}: {error}",
            path.display()
        );
        self.failure = Some(Warning::new(Code::StateUnwritable, message));
    }
}

impl Earlier {
    fn open(path: &Path, maker: Digest) -> Option<Self> {
        let mut frames = FrameReader::open(path)?;
        let Frame::Begin(begin) = frames.next()? else {
            return None;
        };
        (begin.maker == maker).then_some(Earlier {
            began: begin.began,
            ahead: None,
            articles: frames.position(),
            frames,
        })
    }

    /// The next frame if it is one that `take` wants.
    fn next_if<T>(&mut self, take: impl FnOnce(Frame) -> Result<T, Box<Frame>>) -> Option<T> {
        let (position, frame) = match self.ahead.take() {
            Some(ahead) => ahead,
            None => (self.frames.position(), Box::new(self.frames.next()?)),
        };
        match take(*frame) {
            Ok(taken) => Some(taken),
            Err(frame) => {
                self.ahead = Some((position, frame));
                None
            }
        }
    }

    fn file(&mut self, root: u32, path: &[u8]) -> Option<FileNote> {
        loop {
            let file = self.next_if(|frame| match frame {
                Frame::File(file) if file.order(root, path) != Ordering::Greater => Ok(file),
                other => Err(Box::new(other)),
            })?;
            if file.order(root, path) == Ordering::Equal {
                return Some(file);
            }
        }
    }

    /// Passes over files that are no longer there, and reads what is noted of texts.
    fn texts(&mut self) -> Texts {
        let mut texts = Texts::default();
        while let Some(()) = self.next_if(|frame| {
            match frame {
                Frame::Ends(note) => drop(texts.ends.insert(note.of, note.ends)),
                Frame::Sketch(note) => drop(texts.sketches.insert(note.of, note.sketch)),
                Frame::Begin(_) | Frame::File(_) => {}
                other => return Err(Box::new(other)),
            }
            Ok(())
        }) {}
        let ahead = self.ahead.as_ref().map(|(position, _)| *position);
        self.articles = ahead.unwrap_or(self.frames.position());
        texts
    }

    fn rewind(&mut self) {
        self.ahead = None;
        // Where that fails, nothing more is read, and everything is made anew.
        let _ = self.frames.go_to(self.articles);
    }

    fn article(&mut self, wanted: ArticlePlace) -> Option<ArticleNote> {
        loop {
            let article = self.next_if(|frame| match frame {
                Frame::Article(article) if article.place() <= wanted => Ok(article),
                other => Err(Box::new(other)),
            })?;
            if article.place() == wanted {
                return Some(article);
            }
        }
    }

    fn units(&mut self) -> Vec<UnitNote> {
        let mut units = Vec::new();
        while let Some(unit) = self.next_if(|frame| match frame {
            Frame::Unit(unit) => Ok(Some(unit)),
            _ => Ok(None),
        }) {
            units.extend(unit);
        }
        units
    }
}

/// The state's place: beside the image cache, under the output folder's name.
fn path(settings: &Settings) -> Option<PathBuf> {
    let cache = settings.images.cache.as_ref()?;
    Some(cache.join("state").join(lock::name_of(&settings.out)))
}
