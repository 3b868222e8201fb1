//! `offprint pull`: feeds and reading lists into the archive, against servers on loopback.

mod asking;
mod commands;
mod grammar;
mod history;
mod hostile;
mod identity;
mod instead;
mod kills;
mod lists;
mod memory;
mod month;
mod nginx;
mod odd;
mod pages;
mod places;
mod secure;
mod seeds;
pub mod server;
mod tags;
mod weight;

pub use offprint::command::pull::{FeedStatus, PullReport};
use offprint::command::pull::{Observer, PullSettings, pull, resolve_pull};
use offprint::model::Timestamp;
use offprint::settings::Options;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// 2021-12-31T12:00:00Z
pub const NOON: i64 = 1_640_952_000_000;
pub const HOUR: i64 = 60 * 60 * 1000;

struct Quiet;

impl Observer for Quiet {}

/// An archive that grows in a folder of its own.
pub struct Archive {
    folder: TempDir,
    configuration: String,
}

impl Archive {
    /// One with `[pull]` and all else that stands in a configuration.
    pub fn new(configuration: &str) -> Self {
        Archive {
            folder: tempfile::tempdir().unwrap(),
            configuration: configuration.to_owned(),
        }
    }

    /// One that subscribes to feeds.
    pub fn of<S: AsRef<str>>(feeds: impl IntoIterator<Item = S>) -> Self {
        let feed = |url: S| format!("[[pull.feed]]\nurl = {:?}\n", url.as_ref());
        Archive::new(&feeds.into_iter().map(feed).collect::<String>())
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("articles")
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    pub fn settings(&self, now: i64) -> PullSettings {
        let mut options: Options = toml::from_str(&self.configuration).unwrap();
        options.pull.folder = Some(self.path());
        options.pull.allow_private_network = Some(true);
        options.images.cache = Some(self.cache());
        let now = Timestamp::from_millis(now).unwrap();
        let mut settings = resolve_pull(options, Vec::new(), now).unwrap();
        let limits = &mut settings.pull.client.limits;
        limits.interval = Duration::ZERO;
        limits.backoff = Duration::from_millis(5);
        limits.idle = Duration::from_millis(1500);
        limits.total = Duration::from_secs(5);
        // One server plays all hosts, and some of them are broken on purpose.
        limits.host_failures = 1_000_000;
        limits.network_failures = 1_000_000;
        settings
    }

    pub fn pull(&self, now: i64) -> PullReport {
        pull(&self.settings(now), &Quiet).unwrap()
    }

    /// The files of the archive with their texts.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(), "", &mut files);
        files
    }

    /// The only file.
    pub fn file(&self) -> String {
        let files = self.files();
        assert_eq!(files.len(), 1, "{files:#?}");
        files.into_values().next().unwrap()
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for item in fs::read_dir(folder).into_iter().flatten() {
        let item = item.unwrap();
        let name = format!("{prefix}{}", item.file_name().to_string_lossy());
        if item.path().is_dir() {
            collect(&item.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(item.path()).unwrap());
        }
    }
}

/// A text that is told from others by its number.
pub fn text(number: u32) -> String {
    let words = [
        "harbour", "lamp", "tower", "ebb", "goat", "hill", "market", "bridge",
    ];
    let sentences = (0..20).map(|sentence| {
        let word = words[(number as usize * 7 + sentence * 3) % words.len()];
        let other = words[(number as usize / 8 + sentence) % words.len()];
        format!("In part {sentence} of tale {number} the {word} was seen from the {other}. ")
    });
    format!("<p>{}</p>", sentences.collect::<String>().trim())
}

/// An item of RSS with a whole text.
pub fn item(number: u32, link: &str, date: &str, body: &str) -> String {
    format!(
        "<item><title>Tale {number}</title><link>{link}</link><guid isPermaLink=\"false\">tale-{number}</guid>\
         <pubDate>{date}</pubDate><description><![CDATA[{body}]]></description></item>"
    )
}

/// A feed in RSS.
pub fn rss(title: &str, head: &str, items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>\
         <link>https://tales.example/</link>{head}{items}</channel></rss>"
    )
}

/// A day of December 2021 as RSS has it.
pub fn day(day: u32) -> String {
    format!("{day:02} Dec 2021 08:00:00 GMT")
}
