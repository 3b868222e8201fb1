//! Hostile and broken input, by the numbers of the table in the documentation: what concerns whole
//! runs, and that the table and the tests agree.

use crate::command::Place;
use offprint::model::{Format, Selection};
use offprint::reader::Archive;
use offprint::writer::{EncodeInput, NoSettings, Output, OutputFolder, Run, Sink, Unit, Writer};
use offprint::{Registry, Result, Settings, Unobserved, convert};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

const INPUTS: usize = 68;
const TABLE: &str = "docs/src/reference/hostile-inputs.md";

/// The names of the tests that begin with `hostile_`, in the sources and in this suite.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("src"), root().join("tests/suite")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                names.extend(functions(&text));
            }
        }
    }
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The functions of a source file that are tests and have a number.
fn functions(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("fn hostile_")
            && std::mem::take(&mut marked)
        {
            let end = name.find('(').unwrap();
            names.push(format!("hostile_{}", &name[..end]));
        }
        marked = line == "#[test]" || (marked && line.starts_with("#["));
    }
    names
}

fn number(name: &str) -> usize {
    let digits = &name["hostile_".len().."hostile_".len() + 2];
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{name} has no number of two digits"))
}

#[test]
fn the_table_and_the_tests_agree() {
    let tests = tests();
    let numbers: BTreeSet<usize> = tests.iter().map(|name| number(name)).collect();
    let every: BTreeSet<usize> = (1..=INPUTS).collect();
    assert_eq!(
        numbers, every,
        "each input has a test that is named after it"
    );
    let table = fs::read_to_string(root().join(TABLE)).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let rows: Vec<&str> = rows
        .filter(|row| row.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(rows.len(), INPUTS);
    for (row, expected) in rows.into_iter().zip(1..) {
        let cells: Vec<&str> = row
            .trim_end_matches('|')
            .split(" | ")
            .map(str::trim)
            .collect();
        let [count, input, behaviour, named] = cells[..] else {
            panic!("row {expected} has {} cells", cells.len());
        };
        assert_eq!(count, expected.to_string());
        assert!(!input.is_empty() && !behaviour.is_empty());
        let named: Vec<&str> = named
            .split('`')
            .filter(|name| name.starts_with("hostile_"))
            .collect();
        assert!(!named.is_empty(), "row {expected} names no test");
        for name in named {
            assert!(tests.contains(name), "there is no test {name}");
            assert_eq!(number(name), expected, "{name} stands in row {expected}");
        }
    }
}

#[test]
fn hostile_01_nothing_that_is_no_number_is_printed() {
    let place = Place::empty();
    for (number, epoch) in ["NaN", "undefined", "Invalid Date"].iter().enumerate() {
        let text = format!(
            "<!--{epoch}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n\
             <div><i>Ada<br>2021-12-1{number}T01:44:25Z</i></div><p>A lamp by the harbour.</p>\n"
        );
        place.write(&format!("articles/{number}.txt"), text);
    }
    let report = place.report(&["-t", "rss,atom,json"]);
    assert_eq!(report["warnings"][0]["code"], "epoch-unreadable");
    for (name, bytes) in place.outputs("out") {
        let text = String::from_utf8(bytes).unwrap();
        for word in ["NaN", "undefined", "Invalid"] {
            assert!(!text.contains(word), "{name} says {word}");
        }
        // The byline's time stands for the one that is spoilt.
        assert!(text.contains("2021-12-12T01:44:25Z") || text.contains("12 Dec 2021 01:44:25"));
    }
}

#[test]
fn hostile_05_an_article_without_a_text_is_an_item_with_title_and_link() {
    let place = Place::empty();
    for (number, body) in ["", "<div>\n\n</div>", "undefined"].iter().enumerate() {
        let text = format!(
            "<!--164091522600{number}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n{body}"
        );
        place.write(&format!("articles/{number}.txt"), text);
    }
    let report = place.report(&["-t", "rss"]);
    let warnings = report["warnings"].as_array().unwrap();
    let empty = warnings
        .iter()
        .filter(|warning| warning["code"] == "body-empty");
    assert_eq!(
        (empty.count(), &report["articles"]["written"]),
        (3, &3.into())
    );
    let rss = String::from_utf8(place.outputs("out").remove("rss.xml").unwrap()).unwrap();
    for number in 0..3 {
        let (title, link) = (
            format!("<title>Tale {number}</title>"),
            format!("<link>https://tales.example/{number}</link>"),
        );
        assert!(rss.contains(&title) && rss.contains(&link), "{rss}");
    }
}

/// A writer whose parts know how many of them there are at once.
struct Counting {
    format: Format,
    alive: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

/// What an article contributes: it counts as long as it is held.
struct Part(Arc<AtomicUsize>);

impl Drop for Part {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writer for Counting {
    type Part = Part;
    type Settings = NoSettings;

    fn format(&self) -> &Format {
        &self.format
    }

    fn embeds_pictures(&self) -> bool {
        false
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        let all = Selection::all(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &all)]
    }

    fn claims(&self, _: &str, _: &Run<'_>) -> bool {
        false
    }

    fn encode(&self, _: &EncodeInput<'_>) -> Result<Part> {
        let alive = self.alive.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(alive, Ordering::SeqCst);
        Ok(Part(Arc::clone(&self.alive)))
    }

    fn open<'run>(
        &self,
        _: &'run Run<'run>,
        _: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Part> + 'run>> {
        Ok(Box::new(Nowhere(0)))
    }
}

/// Takes parts in order and keeps none.
struct Nowhere(usize);

impl Sink for Nowhere {
    type Part = Part;

    fn append(&mut self, position: usize, _: Part) -> Result<()> {
        assert_eq!(position, self.0, "parts come in the catalogue's order");
        self.0 += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        Ok(Vec::new())
    }
}

/// The most articles that are held at once in a run over so many.
fn most_at_once(articles: usize) -> usize {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..articles {
        let text = format!(
            "<!--{}-->\n[Tale {number}](https://tales.example/{number})\n------\n<p>Number {number}.</p>",
            1_600_000_000_000 + number as u64 * 1000
        );
        fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    let most = Arc::new(AtomicUsize::new(0));
    let alive = Arc::new(AtomicUsize::new(0));
    let registry = Registry::empty()
        .with_reader(Archive)
        .with_writer(Counting {
            format: Format {
                name: "counting",
                description: "counts what is held",
                files: "none",
                options: &[],
            },
            alive: Arc::clone(&alive),
            most: Arc::clone(&most),
        });
    let out = tempfile::tempdir().unwrap();
    let mut settings = Settings::for_inputs([folder.path()]);
    settings.out = out.path().join("out");
    settings.formats = vec!["counting".to_owned()];
    settings.jobs = 4;
    convert(&registry, &settings, &Unobserved).unwrap();
    assert_eq!(
        alive.load(Ordering::SeqCst),
        0,
        "nothing is held at the end"
    );
    most.load(Ordering::SeqCst)
}

/// What a run holds of encoded texts does not grow with the archive: two windows of 128, however many
/// there are.
#[test]
fn hostile_58_texts_are_held_for_a_few_windows_only() {
    let (many, more) = (most_at_once(700), most_at_once(1500));
    assert!(many <= 256 && more <= 256, "{many} and {more} at once");
}

/// An archive whose files were written in an order, with times of their own.
fn written(order: &[u32], modified: SystemTime) -> Place {
    let place = Place::empty();
    for &number in order {
        let name = format!("articles/{number}.txt");
        place.article(&name, number, 9 + number, "A plain text about the harbour.");
        let file = fs::File::options()
            .write(true)
            .open(place.path().join(name))
            .unwrap();
        file.set_modified(modified).unwrap();
    }
    place
}

#[test]
fn hostile_60_zone_locale_and_the_times_of_files_change_no_byte() {
    let one = written(&[1, 2, 3], SystemTime::UNIX_EPOCH);
    one.build(&[]).success();
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    let other = written(&[3, 1, 2], far);
    let mut command = other.offprint(&["build", "articles"]);
    command
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("LANG", "C");
    command.assert().success();
    assert_eq!(one.outputs("out"), other.outputs("out"));
}

#[test]
fn hostile_60_the_time_of_the_environment_is_the_only_clock() {
    let place = written(&[1, 2, 3], SystemTime::now());
    let build = |epoch: &str, out: &str| {
        let mut command = place.offprint(&["build", "articles", "-t", "epub", "-o", out]);
        command.env("SOURCE_DATE_EPOCH", epoch).assert().success();
        place.outputs(out)
    };
    assert_eq!(build("1700000000", "one"), build("1700000000", "two"));
    assert_ne!(build("1700000000", "one"), build("1600000000", "three"));
}

#[cfg(unix)]
#[test]
fn hostile_59_a_link_in_the_place_of_an_output_is_replaced_and_not_followed() {
    let place = Place::with_archive();
    let elsewhere = place.write("elsewhere.txt", "not ours");
    fs::create_dir(place.path().join("out")).unwrap();
    let link = place.path().join("out/atom.xml");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    place.build(&["-t", "atom"]).success();
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "not ours");
    assert!(fs::symlink_metadata(&link).unwrap().is_file());
    assert!(fs::read_to_string(&link).unwrap().contains("<feed"));
}
