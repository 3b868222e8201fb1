//! A pull, with what the stages that it may not know do for it.

use super::guarded::guarded;
use super::lock::Lock;
use super::selection;
use crate::clean::{self, ParsedEntry};
use crate::config::{Filter, PullSettings, SelectionFacts, Settings};
use crate::error::{Result, Warning};
use crate::model::{Address, Entry, Head, Markup};
use crate::pull::{self, Content, Observer, PullReport};
use crate::read::{
    Confidence, Feed, MOST_BYTES, MemorySource, Probe, ReadOptions, Reader, read_list,
};
use std::io;
use std::path::Path;

/// The fewest letters of an article: a page that says less is a notice, a list or empty.
const FEWEST_LETTERS: usize = 140;

/// Asks the subscriptions for what is new and saves it into the archive.
///
/// # Errors
/// Where there is nothing to ask, a list or the archive can't be read, a file can't be written, or
/// another pull is under way.
pub fn pull(settings: &PullSettings, observer: &dyn Observer) -> Result<PullReport> {
    let folder = &settings.pull.folder;
    let mut locking = Settings::for_inputs([folder.clone()]);
    locking.out.clone_from(folder);
    locking.images.cache.clone_from(&settings.pull.cache);
    locking.wait = settings.wait;
    let lock = Lock::take(&locking)?;
    let stages = Stages {
        clean: &settings.clean,
        filter: &settings.filter,
    };
    let mut report = pull::pull(&settings.pull, &stages, observer)?;
    report.warnings.extend(lock.warning());
    Ok(report)
}

/// The other stages, as a pull asks them.
struct Stages<'run> {
    clean: &'run clean::Settings,
    filter: &'run Filter,
}

/// Why there is no article, where nothing more is known.
const NO_ARTICLE: &str = "no article is found in it";

/// What is handed over is UTF-8, whatever it says of itself.
const OPTIONS: ReadOptions = ReadOptions {
    encoding: Some(encoding_rs::UTF_8),
    is_named: false,
};

impl Content for Stages<'_> {
    fn list(&self, path: &Path) -> io::Result<Vec<u8>> {
        read_list(path, MOST_BYTES)
    }

    fn is_feed(&self, text: &str) -> bool {
        let source = MemorySource::new("", text.as_bytes());
        let probe = Probe::new(&source);
        probe.is_ok_and(|probe| Feed::default().sniff(&probe) > Confidence::No)
    }

    fn items(&self, text: &str, path: &str) -> (Vec<Entry>, Vec<Warning>) {
        let source = MemorySource::new("", text.as_bytes());
        let mut places = Vec::new();
        let reader = Feed::default();
        let read = guarded(path, || {
            Ok(reader.scan(&source, &OPTIONS, &mut |item| places.push(item.at)))
        });
        let mut warnings = read.unwrap_or_else(|warning| vec![warning]);
        let mut entries = Vec::new();
        for at in places {
            let loaded = guarded(path, || reader.load(&source, &at, &OPTIONS));
            match loaded {
                Ok(loaded) => {
                    entries.push(loaded.entry);
                    warnings.extend(loaded.warnings);
                }
                Err(warning) => warnings.push(warning),
            }
        }
        for warning in &mut warnings {
            warning.path = Some(path.to_owned());
        }
        (entries, warnings)
    }

    fn article(&self, html: &str, address: &Address) -> Result<Entry, String> {
        let read = guarded(address.as_str(), || {
            let page = ParsedEntry::completed(Entry {
                head: Head {
                    address: Some(address.as_str().to_owned()),
                    ..Head::default()
                },
                markup: Markup::Page(html.to_owned()),
                ..Entry::default()
            });
            if let Some(absence) = page.absence() {
                return Ok(Err(absence.meaning()));
            }
            let part = page.article_part(self.clean);
            let is_article = pull::letters(&part).chars().count() >= FEWEST_LETTERS;
            let mut entry = page.into_entry();
            entry.markup = Markup::Article(part);
            Ok(if is_article {
                Ok(entry)
            } else {
                Err(NO_ARTICLE)
            })
        });
        // A page that makes the program fail has no article.
        let read = read.unwrap_or(Err(NO_ARTICLE));
        read.map_err(str::to_owned)
    }

    fn wants(&self, entry: &Entry, source: &str) -> bool {
        if self.filter.takes_all() {
            return true;
        }
        let address = clean::address(&entry.head);
        let tags = clean::tags(&entry.head);
        let title = clean::title(&entry.head, self.clean);
        self.filter.takes(SelectionFacts {
            host: address.as_ref().and_then(Address::host),
            source,
            tags: &tags,
            title: &title,
        }) && selection::takes_entry(&ParsedEntry::of(entry), self.filter, self.clean)
    }
}
