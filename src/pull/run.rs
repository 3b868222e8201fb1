//! The run: feeds in their order, some at a time, then reading lists.

use super::archive::Archive;
use super::fetch::Fetcher;
use super::pages::robots::Robots;
use super::report::{Counts, FeedReport, FeedStatus, PullReport};
use super::round::{Claims, Room};
use super::state::{FeedState, Store};
use super::subscriptions::{self, List};
use super::{Content, FullText, Observer, Settings, Subscription};
use crate::error::{Cause, Code, Error, Result, Warning};
use crate::model::{Address, Digest};
use crate::net::{Client, HostPauses, SettingsError};
use std::sync::Mutex;
use std::time::Instant;

/// The feeds that are asked before their items are compared with the archive. They are compared in the
/// order of the subscriptions, so that of two feeds with one item the first named has it, whichever
/// answers first.
const WINDOW: usize = 256;

/// Everything that a run holds.
pub(super) struct Run<'run> {
    pub settings: &'run Settings,
    pub content: &'run dyn Content,
    pub observer: &'run dyn Observer,
    pub fetcher: Fetcher<'run>,
    pub archive: Archive,
    pub store: Store,
    pub robots: Robots,
    /// Items whose pages are under way.
    pub claims: Claims,
    /// Where documents wait.
    pub room: Room,
    pub report: PullReport,
    /// The digest of the settings that decide which items are saved, and how.
    digest: String,
}

/// A feed in this run.
pub(super) struct Feed<'run> {
    pub subscription: &'run Subscription,
    pub state: FeedState,
    pub report: FeedReport,
    /// The name of its source.
    pub source: String,
    /// The files that hold the items of its document.
    pub files: Vec<String>,
}

/// Saves what is new. Whoever calls holds the archive against other runs.
///
/// # Errors
/// Where there is nothing to ask, a list or the archive can't be read, or a file can't be written.
pub fn pull(
    settings: &Settings,
    content: &dyn Content,
    observer: &dyn Observer,
) -> Result<PullReport> {
    let start = Instant::now();
    let store = Store::new(
        settings.cache.as_deref(),
        &settings.folder,
        settings.dry_run,
    );
    let asked = Asked::of(settings, content, &store)?;
    let client = Client::new(&settings.client).map_err(refused)?;
    let pauses = HostPauses::default();
    let watcher = |event: crate::net::FetchEvent<'_>| observer.fetching(event);
    let archive = Archive::open(&settings.folder, store.notes(), settings.dry_run)?;
    let mut run = Run {
        settings,
        content,
        observer,
        fetcher: Fetcher {
            client: &client,
            limits: &settings.client.limits,
            pauses: &pauses,
            watcher: &watcher,
            end: start + settings.time_budget,
            large: Mutex::new(()),
        },
        archive,
        store,
        robots: Robots::default(),
        claims: Claims::default(),
        room: Room::default(),
        report: PullReport {
            version: 1,
            warnings: asked.unusable,
            ..PullReport::default()
        },
        digest: digest(settings),
    };
    run.go(&asked.feeds, &asked.lists)?;
    run.report.seconds = start.elapsed().as_secs_f64();
    Ok(run.report)
}

/// What is asked in this run.
struct Asked {
    feeds: Vec<Subscription>,
    /// Reading lists.
    lists: Vec<List>,
    /// What was named and can't be asked.
    unusable: Vec<Warning>,
}

impl Asked {
    fn of(settings: &Settings, content: &dyn Content, store: &Store) -> Result<Self> {
        let title = |feed: &Subscription| store.feed(&feed.address).title;
        let (feeds, unusable) = subscriptions::feeds(settings, content, title)?;
        let lists = subscriptions::lists(settings, content)?;
        if feeds.is_empty() && lists.is_empty() {
            return Err(nothing_to_ask());
        }
        Ok(Asked {
            feeds,
            lists,
            unusable,
        })
    }
}

impl<'run> Run<'run> {
    /// Goes through all that is asked, and notes what it learnt of the archive, also where it fails.
    fn go(&mut self, feeds: &'run [Subscription], lists: &[List]) -> Result<()> {
        if !self.settings.dry_run {
            self.archive.remove_leftovers();
        }
        let done = self.go_through_all(feeds, lists);
        if self.archive.is_changed {
            self.store.save_notes(&self.archive.notes);
        }
        done
    }

    fn go_through_all(&mut self, feeds: &'run [Subscription], lists: &[List]) -> Result<()> {
        self.observer.begin((feeds.len() + lists.len()) as u64);
        for window in feeds.chunks(WINDOW) {
            let mut window: Vec<Feed<'run>> = window.iter().map(|feed| self.open(feed)).collect();
            // What was read is noted also where a file can't be written.
            let gone_through = self.go_through(&mut window);
            for feed in window {
                self.close(feed, gone_through.is_ok());
            }
            gone_through?;
        }
        for list in lists {
            let report = self.go_through_list(list)?;
            self.end(report);
        }
        Ok(())
    }

    fn open(&self, subscription: &'run Subscription) -> Feed<'run> {
        let mut state = self.store.feed(&subscription.address);
        let own = format!("{} {:?}", self.digest, subscription);
        let digest = Digest::of(own.as_bytes()).to_string();
        state.check(&self.archive, &digest);
        let named = subscription.source.clone();
        let source = named.or_else(|| state.title.clone());
        let source = source.unwrap_or_else(|| host(&subscription.address));
        Feed {
            report: FeedReport {
                name: source.clone(),
                url: subscription.address.as_str().to_owned(),
                status: FeedStatus::Waiting,
                articles: Counts::default(),
                reason: None,
            },
            subscription,
            state,
            source,
            files: Vec::new(),
        }
    }

    /// Notes a feed's state once its files are in their places.
    fn close(&mut self, mut feed: Feed<'_>, is_whole: bool) {
        if feed.report.status == FeedStatus::Read {
            feed.files.sort();
            feed.files.dedup();
            feed.state.files = std::mem::take(&mut feed.files);
        }
        if is_whole {
            self.store
                .save_feed(&feed.subscription.address, &feed.state);
        }
        feed.report.name.clone_from(&feed.source);
        self.end(feed.report);
    }

    fn end(&mut self, report: FeedReport) {
        self.report.feeds.add(report.status);
        self.report.articles.add(report.articles);
        self.observer.done(&report);
        self.report.sources.push(report);
    }

    /// The digest of the settings that decide which pages of reading lists are saved.
    pub(super) fn selection(&self) -> String {
        Digest::of(self.settings.selection.as_bytes()).to_string()
    }

    /// How the pages of a feed's items are wanted.
    pub(super) fn full_text(&self, feed: &Feed<'_>) -> FullText {
        let own = feed.subscription.full_text;
        own.unwrap_or(self.settings.full_text)
    }

    pub(super) fn warn(&mut self, code: Code, place: &str, message: impl Into<String>) {
        let warning = Warning::new(code, message).in_file(place);
        self.report.warnings.push(warning);
    }

    /// Warns of what could not be had from an address, and why.
    pub(super) fn warn_of_host(&mut self, code: Code, place: &str, message: String, reason: &str) {
        let mut warning = Warning::new(code, message).in_file(place);
        let host = Address::parse(place).and_then(|address| address.shown_host().map(String::from));
        warning.cause = host.map(|host| Box::new(Cause::new(host, reason)));
        self.report.warnings.push(warning);
    }
}

/// The host of an address, as a name for its source.
pub(super) fn host(address: &Address) -> String {
    let host = address.shown_host().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// What decides which items are saved and how, apart from a feed's own settings.
fn digest(settings: &Settings) -> String {
    format!(
        "{:?} {} {}",
        settings.full_text, settings.editions, settings.selection
    )
}

fn nothing_to_ask() -> Error {
    Error::NoInput {
        message: "there is nothing to pull: offprint.toml names no feed, and no list is given".to_owned(),
        hint: "add [[pull.feed]] with a url to offprint.toml, or name a list: offprint pull --opml FILE or --links FILE".to_owned(),
    }
}

fn refused(error: SettingsError) -> Error {
    match error {
        SettingsError::Proxy => Error::configuration(
            "the proxy (images.proxy) is no address that can be used",
            "give http://HOST:PORT, or environment",
        ),
        SettingsError::Contact => Error::configuration(
            "the contact (pull.contact) holds characters that no header can",
            "give an address of the web or of mail in ASCII",
        ),
        SettingsError::Certificates(error) => Error::configuration(error.to_string(), error.hint()),
    }
}
