//! Any files become feeds and a book in which our checker finds nothing, and which other readers
//! read; running again changes nothing, whether the run remembers the first one or not.

use crate::spelling::spelled;
use crate::{headers, markup};
use offprint::settings::{BookSettings, Split};
use offprint::{Error, Registry, Report, Settings, Unobserved, convert};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The line between two files of an input.
const BETWEEN: &str = "\n=====\n";

/// Words that lead from one file to the next, beside those of heads and texts.
const WORDS: &[&str] = &[
    BETWEEN,
    BETWEEN,
    "<!--1640915226000-->\n[题 Title](https://a.example/1)\n------\n\n",
    "<!--1640915226000-->\n[b](https://b.example/2?c=d&e)\n------\n\n",
    "<!--NaN-->\n[](https://a.example/3#f)\n------\n",
    "<div><i>Ada<br>2021-12-31T01:44:25Z</i></div>",
    "<p>text text text</p>",
];

pub fn holds(bytes: &[u8]) {
    let words = [WORDS, headers::WORDS, markup::WORDS].concat();
    let text = spelled(bytes, &words);
    let folder = folder();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    for (number, file) in text.split(BETWEEN).take(6).enumerate() {
        fs::write(articles.join(format!("{number:04}.txt")), file).unwrap();
    }
    let split = [Split::Never, Split::Month, Split::Size][bytes.len() % 3];
    let report = match run(folder.path(), split, "cache") {
        Ok(report) => report,
        Err(Error::NoInput { hint, .. }) => return assert!(!hint.is_empty()),
        Err(error) => panic!("{error}"),
    };
    let out = folder.path().join("out");
    let outcome = offprint_check::folder(&out).expect("outputs");
    assert!(outcome.findings.is_empty(), "{}", outcome.findings[0]);
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        let feed = fs::read(out.join(name)).unwrap();
        let feed = feed_rs::parser::parse(&feed[..]);
        let feed = feed.unwrap_or_else(|error| panic!("no reader takes {name}: {error}"));
        assert_eq!(feed.entries.len() as u64, report.articles.written, "{name}");
    }
    for cache in ["cache", "another"] {
        let again = run(folder.path(), split, cache).expect("a second run");
        let changed = again.outputs.iter().any(|output| output.changed);
        assert!(!changed, "the second run writes other bytes, with {cache}");
        // What an earlier run told of is known to be told again.
        let mut warnings = again.warnings;
        warnings
            .iter_mut()
            .for_each(|warning| warning.is_repeated = false);
        assert_eq!(warnings, report.warnings, "with {cache}");
    }
}

/// A folder in memory where the system has such a place: on a disk, outputs wait until they are there.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    folder.unwrap()
}

/// A run that keeps what it remembers in a folder of the given name.
fn run(folder: &Path, split: Split, cache: &str) -> Result<Report, Error> {
    let mut settings = Settings::for_inputs([folder.join("articles")]);
    settings.out = folder.join("out");
    settings.formats = ["rss", "atom", "json", "epub", "opml"]
        .map(str::to_owned)
        .to_vec();
    settings.jobs = 1;
    settings.images.cache = Some(folder.join(cache));
    settings.publication.base = offprint::model::Address::parse("https://out.example/");
    settings.write.get_mut::<BookSettings>().split = split;
    settings.write.get_mut::<BookSettings>().cover.width = 45;
    settings.write.get_mut::<BookSettings>().cover.height = 60;
    convert(&Registry::standard(), &settings, &Unobserved)
}

/// The outputs of two articles, by their names.
pub fn outputs_of_samples() -> BTreeMap<String, Vec<u8>> {
    let folder = folder();
    fs::create_dir(folder.path().join("articles")).unwrap();
    let first =
        "<!--1640915226000-->\n[The lamp](https://a.example/1)\n------\n\n<p>It is lit.</p>";
    let second =
        "<!--1641015226000-->\n[灯](https://b.example/2)\n------\n\n<h2>一</h2><p>亮了。</p>";
    for (name, text) in [("1.txt", first), ("2.txt", second)] {
        fs::write(folder.path().join("articles").join(name), text).unwrap();
    }
    run(folder.path(), Split::Never, "cache").expect("a run over two articles");
    let names = [
        "rss.xml",
        "atom.xml",
        "feed.json",
        "feeds.opml",
        "opds.xml",
        "archive.epub",
    ];
    let read = |name: &str| {
        Some((
            name.to_owned(),
            fs::read(folder.path().join("out").join(name)).ok()?,
        ))
    };
    names.into_iter().filter_map(read).collect()
}
