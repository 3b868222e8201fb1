//! Pictures of a mirror that change or vanish while a book is made of them.

use crate::faults::place::Place;
use crate::images::samples;
use offprint::settings::BookSettings;
use offprint::{Code, Observer, Registry, Report, Settings, Stage, Unobserved, convert};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Does something to the mirror once all articles are encoded.
struct Meddler<'a>(&'a (dyn Fn() + Sync));

impl Observer for Meddler<'_> {
    fn begin(&self, stage: Stage, _total: u64) {
        if stage == Stage::Writing {
            (self.0)();
        }
    }
    fn advance(&self, _stage: Stage, _amount: u64) {}
    fn end(&self, _stage: Stage) {}
}

fn archive() -> Place {
    let place = Place::new();
    let long = "What the tide brought in. ".repeat(200);
    for number in 0..3 {
        let millis = 1_638_400_000_000_u64 + number * 60_000;
        let text = format!(
            "<!--{millis}-->\n[Tale {number}](https://tide.example/{number})\n------\n\n\
             <img src=\"https://pictures.example/{number}.jpg\"><p>{long}</p>\n"
        );
        place.write(&format!("articles/{number}.txt"), text);
        let side = 300 + u32::try_from(number).unwrap();
        place.write(
            &format!("mirror/pictures.example/{number}.jpg"),
            samples::jpeg(side, 250),
        );
    }
    place
}

fn settings(place: &Place, bound: Option<u64>) -> Settings {
    let mut settings = Settings::for_inputs([place.path().join("articles")]);
    settings.out = place.path().join("out");
    settings.formats = vec!["epub".to_owned()];
    settings.images.mirror = Some(place.path().join("mirror"));
    settings.images.cache = Some(place.path().join("cache"));
    settings.write.get_mut::<BookSettings>().max_size = bound;
    settings.write.get_mut::<BookSettings>().cover.width = 90;
    settings.write.get_mut::<BookSettings>().cover.height = 120;
    settings
}

/// The pictures of the book by their names.
fn pictures(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let bytes = fs::read(place.path().join("out/archive.epub")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut pictures = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().strip_prefix("EPUB/images/");
        if let Some(name) = name.filter(|name| *name != "cover.jpg") {
            pictures.insert(name.to_owned(), bytes);
        }
    }
    pictures
}

fn is_named(name: &str, bytes: &[u8]) -> bool {
    let (name, _) = name.split_once('.').unwrap();
    blake3::hash(bytes).to_hex().starts_with(name)
}

fn lost(report: &Report) -> Vec<String> {
    let missing = report
        .warnings
        .iter()
        .filter(|warning| warning.code == Code::ImageMissing);
    missing
        .map(|warning| warning.path.clone().unwrap())
        .collect()
}

/// What becomes of a file, and back again: with the bytes and the time that it had.
fn meddle(path: &Path, how: usize) -> impl Fn() + use<> {
    let bytes = fs::read(path).unwrap();
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let path = path.to_owned();
    move || match how {
        0 => fs::remove_file(&path).unwrap(),
        1 => fs::write(&path, samples::jpeg(311, 217)).unwrap(),
        2 => fs::write(&path, &bytes[..bytes.len() / 2]).unwrap(),
        3 => {
            // As long as before, and as old.
            let mut other = bytes.clone();
            let last = other.len() - 10;
            other[last] ^= 1;
            fs::write(&path, other).unwrap();
            set_time(&path, time);
        }
        4 => {
            fs::remove_file(&path).unwrap();
            fs::create_dir(&path).unwrap();
        }
        _ => {
            let _ = fs::remove_dir(&path);
            fs::write(&path, &bytes).unwrap();
            set_time(&path, time);
        }
    }
}

fn set_time(path: &PathBuf, time: SystemTime) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

/// How old a file has to be for its times to tell of every later change, with room.
const SETTLED: Duration = Duration::from_secs(5);

#[test]
fn fault_8_a_picture_that_changes_before_it_is_stored_is_missing_and_no_other() {
    let fresh: Vec<Place> = (0..5).map(|_| archive()).collect();
    assert_changes_are_noticed(&fresh);
    // Of a file that was left alone for long, the times are believed.
    let settled: Vec<Place> = (0..5).map(|_| archive()).collect();
    std::thread::sleep(SETTLED);
    assert_changes_are_noticed(&settled);
}

/// Changes a picture of each archive in another way.
fn assert_changes_are_noticed(archives: &[Place]) {
    for (how, place) in archives.iter().enumerate() {
        // With a bound, the chapters of a day wait for each other before any is stored.
        let settings = settings(place, Some(40_000_000));
        let path = place.path().join("mirror/pictures.example/1.jpg");
        let (change, restore) = (meddle(&path, how), meddle(&path, 5));
        let report = convert(&Registry::standard(), &settings, &Meddler(&change)).unwrap();
        assert_eq!(lost(&report), [path.to_string_lossy()], "{how}");
        let stored = pictures(place);
        assert_eq!(stored.len(), 3);
        let others: Vec<_> = stored
            .iter()
            .filter(|(name, bytes)| !is_named(name, bytes))
            .collect();
        assert_eq!(others.len(), 1, "{how}");
        let (name, placeholder) = others[0];
        assert!(name.ends_with(".jpg"));
        assert_eq!(
            image::guess_format(placeholder).unwrap(),
            image::ImageFormat::Jpeg
        );
        let drawn = image::load_from_memory(placeholder).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (301, 250));
        assert!(fs::read(&path).map_or(true, |changed| changed != **placeholder));
        // Once it is there again, looking as it did, the book is as it should have been.
        restore();
        let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
        assert_eq!(lost(&report), [""; 0]);
        assert!(
            pictures(place)
                .iter()
                .all(|(name, bytes)| is_named(name, bytes)),
            "{how}"
        );
    }
}

#[test]
fn fault_8_a_picture_that_changes_before_the_cover_is_drawn_costs_the_cover_only() {
    for how in 0..5 {
        let place = archive();
        let settings = settings(&place, None);
        let path = place.path().join("mirror/pictures.example/2.jpg");
        let (change, restore) = (meddle(&path, how), meddle(&path, 5));
        let report = convert(&Registry::standard(), &settings, &Meddler(&change)).unwrap();
        assert_eq!(lost(&report), [path.to_string_lossy()], "{how}");
        assert!(
            pictures(&place)
                .iter()
                .all(|(name, bytes)| is_named(name, bytes))
        );
        let cover = || fs::read(place.path().join("out/archive-cover.jpg")).unwrap();
        let plain = cover();
        restore();
        let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
        assert_eq!(lost(&report), [""; 0]);
        assert_ne!(cover(), plain);
    }
}
