//! How much work a run does: counted, never timed.

use crate::images::samples;
use offprint::model::Format;
use offprint::reader::{
    Archive, Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source,
};
use offprint::settings::{BookSettings, FeedSettings};
use offprint::writer::{Atom, Epub, JsonFeed, Rss};
use offprint::{Registry, Report, Settings, Unobserved, Warning, convert};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const ARTICLES: usize = 300;

/// The reader of archives, and how often it was asked for a whole article.
struct Counting {
    reader: Archive,
    bodies: Arc<AtomicUsize>,
}

impl Reader for Counting {
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

/// Runs over an archive; what was reported, and the number of bodies read.
fn run(folder: &Path, change: impl FnOnce(&mut Settings)) -> (Report, usize) {
    let bodies = Arc::new(AtomicUsize::new(0));
    let registry = Registry::empty()
        .with_reader(Counting {
            reader: Archive,
            bodies: Arc::clone(&bodies),
        })
        .with_writer(Rss::default())
        .with_writer(Atom::default())
        .with_writer(JsonFeed::default())
        .with_writer(Epub);
    let mut settings = Settings::for_inputs([folder.join("articles")]);
    settings.out = folder.join("out");
    settings.images.mirror = Some(folder.join("mirror"));
    settings.images.cache = Some(folder.join("cache"));
    settings.write.get_mut::<BookSettings>().cover.width = 90;
    settings.write.get_mut::<BookSettings>().cover.height = 120;
    change(&mut settings);
    let report = convert(&registry, &settings, &Unobserved).unwrap();
    (report, bodies.load(Ordering::Relaxed))
}

fn formats(settings: &mut Settings, names: &[&str]) {
    settings.formats = names.iter().map(|&name| name.to_owned()).collect();
}

/// An archive of many articles; `picture` names the one that an article shows, if it shows one.
fn archive(picture: impl Fn(usize) -> Option<String>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("articles")).unwrap();
    fs::create_dir_all(folder.path().join("mirror/pictures.example")).unwrap();
    for number in 0..ARTICLES {
        let millis = 1_600_000_000_000 + number as u64 * 3_600_000;
        let figure = picture(number).map(|name| {
            format!("<img src=\"https://pictures.example/{name}\"><p><small>A caption.</small></p>")
        });
        let text = format!(
            "<!--{millis}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n{}<p>Number \
             {number} tells of the harbour.</p>\n",
            figure.unwrap_or_default()
        );
        fs::write(folder.path().join(format!("articles/{number}.txt")), text).unwrap();
    }
    folder
}

fn mirror(folder: &TempDir, name: &str, bytes: Vec<u8>) {
    let path = folder.path().join("mirror/pictures.example").join(name);
    fs::write(path, bytes).unwrap();
}

/// The bodies that are read to learn what the only source puts at their ends: the first few, since the
/// numbers in them tell that the source says nothing.
const LOOKED_AT: usize = 16;

#[test]
fn a_body_is_read_once_for_all_outputs() {
    let folder = archive(|_| None);
    let (report, bodies) = run(folder.path(), |_| ());
    assert_eq!(report.outputs.len(), 5);
    assert_eq!(bodies, ARTICLES + LOOKED_AT);
}

#[test]
fn feeds_of_the_newest_read_no_other_bodies() {
    let folder = archive(|_| None);
    let (report, bodies) = run(folder.path(), |settings| {
        formats(settings, &["rss", "atom", "json"]);
        settings.write.get_mut::<FeedSettings>().items = Some(20);
    });
    assert_eq!((report.articles.written, bodies), (20, 20 + LOOKED_AT));
}

#[test]
fn pictures_that_fit_are_not_decoded_and_others_once_for_all_runs() {
    let folder = archive(|number| Some(format!("{}.jpg", number % 4)));
    mirror(&folder, "0.jpg", samples::jpeg(80, 60));
    mirror(&folder, "1.jpg", samples::png(80, 60));
    mirror(&folder, "2.jpg", samples::jpeg(1700, 40));
    mirror(&folder, "3.jpg", samples::webp(80, 60));
    let (first, _) = run(folder.path(), |settings| formats(settings, &["epub"]));
    assert_eq!((first.images.embedded, first.images.decoded), (4, 2));
    let (second, _) = run(folder.path(), |settings| formats(settings, &["epub"]));
    assert_eq!((second.images.embedded, second.images.decoded), (4, 0));
}

#[test]
fn feeds_decode_no_picture() {
    let folder = archive(|number| Some(format!("{number}.webp")));
    for number in 0..ARTICLES {
        mirror(&folder, &format!("{number}.webp"), samples::webp(8, 6));
    }
    let (report, _) = run(folder.path(), |settings| {
        formats(settings, &["rss", "atom"])
    });
    assert_eq!(report.images.decoded, 0);
}

#[test]
fn one_two_and_eight_threads_write_the_same_bytes() {
    let folder = archive(|number| (number % 3 == 0).then(|| format!("{}.jpg", number % 7)));
    for number in 0..7 {
        mirror(
            &folder,
            &format!("{number}.jpg"),
            samples::jpeg(40 + number, 30),
        );
    }
    let written = |jobs: usize| {
        let out = folder.path().join(format!("out-{jobs}"));
        run(folder.path(), |settings| {
            settings.jobs = jobs;
            settings.out.clone_from(&out);
            settings.write.get_mut::<BookSettings>().split = offprint::settings::Split::Day;
            settings.write.get_mut::<FeedSettings>().archive =
                offprint::settings::FeedArchive::Month;
        });
        let mut files: Vec<_> = files(&out)
            .into_iter()
            .map(|path| {
                (
                    path.strip_prefix(&out).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    };
    let one = written(1);
    assert!(one.len() > 20, "{} outputs", one.len());
    assert!(one == written(2), "two threads write other bytes than one");
    assert!(
        one == written(8),
        "eight threads write other bytes than one"
    );
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let items = fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path());
    items
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
