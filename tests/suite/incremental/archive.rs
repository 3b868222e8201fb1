//! An archive on the disk, runs over it, and how much each of them read.

use crate::images::samples;
use offprint::model::{Address, Format};
use offprint::reader::{
    Archive as ArchiveReader, Confidence, Feed, Item, Loaded, Locator, Probe, ReadOptions, Reader,
    Source,
};
use offprint::settings::{BookSettings, FeedArchive, FeedSettings, Split};
use offprint::writer::{Atom, Epub, JsonFeed, Opml, Rss};
use offprint::{Registry, Report, Settings, Unobserved, Warning, convert};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// 2021-01-01T00:00:00Z.
pub const BEGINNING: u64 = 1_609_459_200_000;
pub const DAY: u64 = 86_400_000;

/// A reader, and how often it was asked for a whole article and for anything.
struct Counting<R> {
    reader: R,
    bodies: Arc<AtomicUsize>,
    heads: Arc<AtomicUsize>,
}

impl<R: Reader> Reader for Counting<R> {
    fn format(&self) -> &Format {
        self.reader.format()
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        self.reader.sniff(probe)
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        self.heads.fetch_add(1, Ordering::Relaxed);
        self.reader.scan(source, options, each)
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        self.bodies.fetch_add(1, Ordering::Relaxed);
        self.reader.load(source, at, options)
    }
}

/// What a run did.
pub struct Ran {
    pub report: Report,
    /// Articles that were read whole.
    pub bodies: usize,
    /// Heads that were read.
    pub heads: usize,
}

impl Ran {
    /// The names of the outputs whose bytes are other than before.
    pub fn changed(&self) -> BTreeSet<String> {
        let changed = self.report.outputs.iter().filter(|output| output.changed);
        changed.map(|output| name_of(&output.path)).collect()
    }
}

/// The name of an output in its folder.
fn name_of(path: &str) -> String {
    let (_, name) = path.rsplit_once("out/").unwrap();
    name.to_owned()
}

/// An archive whose pictures lie in a mirror.
pub struct Archive {
    pub folder: TempDir,
}

impl Archive {
    /// A month of 31 days a hundred articles, four a day, with some pictures.
    pub fn of(articles: u64) -> Self {
        let archive = Archive {
            folder: tempfile::tempdir().unwrap(),
        };
        for folder in ["mirror/pictures.example", "articles"] {
            fs::create_dir_all(archive.path(folder)).unwrap();
        }
        for number in 0..articles {
            archive.article(number, BEGINNING + number * DAY / 4, "as it was");
        }
        for picture in 0..5 {
            archive.picture(picture, samples::jpeg(40 + picture, 30));
        }
        archive.age();
        archive
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes an article; each seventh shows one of five pictures.
    pub fn article(&self, number: u64, millis: u64, text: &str) -> PathBuf {
        let figure = if number.is_multiple_of(7) {
            let picture = number % 5;
            format!("<img src=\"https://pictures.example/{picture}.jpg\">")
        } else {
            String::new()
        };
        let source = if number.is_multiple_of(3) {
            "tales"
        } else {
            "letters"
        };
        self.file(
            &format!("{number:04}.txt"),
            &format!(
                "<!--{millis}-->\n[Tale {number}](https://{source}.example/{number})\n------\n\n\
                 {figure}<p>Number {number} tells of the harbour, {text}, and of the \
                 <a href=\"https://letters.example/{}\">other</a>.</p>\n",
                number + 1
            ),
        )
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path("articles").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn picture(&self, number: u32, bytes: Vec<u8>) -> PathBuf {
        let path = self.path(&format!("mirror/pictures.example/{number}.jpg"));
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Makes all files look an hour old, as those of a lasting archive are.
    pub fn age(&self) {
        let then = SystemTime::now() - Duration::from_secs(3600);
        for path in ["articles", "mirror/pictures.example"] {
            for item in fs::read_dir(self.path(path)).unwrap() {
                set_time(&item.unwrap().path(), then);
            }
        }
    }

    pub fn settings(&self) -> Settings {
        let mut settings = Settings::for_inputs([self.path("articles")]);
        settings.formats = ["rss", "atom", "json", "epub", "opml"]
            .map(str::to_owned)
            .to_vec();
        settings.out = self.path("out");
        settings.images.mirror = Some(self.path("mirror"));
        settings.images.cache = Some(self.path("cache"));
        settings.publication.base = Address::parse("https://me.example/");
        settings.write.get_mut::<BookSettings>().cover.width = 90;
        settings.write.get_mut::<BookSettings>().cover.height = 120;
        settings.write.get_mut::<BookSettings>().split = Split::Month;
        settings.write.get_mut::<FeedSettings>().archive = FeedArchive::Month;
        settings.write.get_mut::<FeedSettings>().items = Some(10);
        settings.prune = true;
        settings
    }

    pub fn run(&self) -> Ran {
        self.run_with(|_| ())
    }

    pub fn run_with(&self, change: impl FnOnce(&mut Settings)) -> Ran {
        let mut settings = self.settings();
        change(&mut settings);
        run(&settings)
    }

    /// The bytes of all outputs.
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        outputs(&self.path("out"))
    }

    /// Runs over the archive as it is with nothing remembered, into another folder, and holds what
    /// stands in `out` against that, and what the report says.
    pub fn check_against_a_fresh_run(&self, ran: &Ran) {
        self.check_against_a_fresh_run_with(ran, |_| ());
    }

    pub fn check_against_a_fresh_run_with(&self, ran: &Ran, change: impl FnOnce(&mut Settings)) {
        let fresh = tempfile::tempdir().unwrap();
        let anew = self.run_with(|settings| {
            change(settings);
            settings.out = fresh.path().join("out");
            settings.images.cache = Some(fresh.path().join("cache"));
        });
        let expected = outputs(&fresh.path().join("out"));
        let found = self.outputs();
        let names: Vec<_> = found.keys().collect();
        assert_eq!(names, expected.keys().collect::<Vec<_>>());
        for (name, bytes) in &found {
            assert!(*bytes == expected[name], "{name} has other bytes");
        }
        assert_eq!(told(&ran.report), told(&anew.report));
    }
}

/// What a report tells of the archive, whatever was remembered.
fn told(report: &Report) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    warnings.sort();
    let outputs: Vec<_> = report
        .outputs
        .iter()
        .map(|output| (name_of(&output.path), output.bytes, output.articles))
        .collect();
    let images = &report.images;
    let had = images.from_mirror + images.from_cache + images.fetched;
    let images = (images.embedded, had, images.missing, images.bytes);
    (report.articles, images, outputs, warnings)
}

pub fn run(settings: &Settings) -> Ran {
    let (bodies, heads) = (Arc::default(), Arc::default());
    let registry = Registry::empty()
        .with_reader(Counting {
            reader: ArchiveReader,
            bodies: Arc::clone(&bodies),
            heads: Arc::clone(&heads),
        })
        .with_reader(Counting {
            reader: Feed::default(),
            bodies: Arc::clone(&bodies),
            heads: Arc::clone(&heads),
        })
        .with_writer(Rss::default())
        .with_writer(Atom::default())
        .with_writer(JsonFeed::default())
        .with_writer(Epub)
        .with_writer(Opml);
    let report = convert(&registry, settings, &Unobserved).unwrap();
    Ran {
        report,
        bodies: bodies.load(Ordering::Relaxed),
        heads: heads.load(Ordering::Relaxed),
    }
}

pub fn set_time(path: &Path, time: SystemTime) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

/// The bytes of all files of a folder.
pub fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(place) = folders.pop() {
        for item in fs::read_dir(place).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let name = name.to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
