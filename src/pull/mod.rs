//! Pulling: what is new in feeds and reading lists is saved into the archive, one file an article.
//!
//! The archive is the memory. What stands in it, by address, id or text, is not saved again, and a file
//! is written once, whole, and never changed. What is kept beside it (`state`) only saves requests.
//!
//! A run goes through the subscriptions in their order, some at a time: all of them are asked
//! (`fetch`), their items compared with the `archive`, the pages behind summaries fetched (`pages`), and
//! files written (`archive`). What reads feeds and finds the article in a
//! page is another stage's; the pipeline brings it as [`Content`].

mod archive;
mod discovery;
mod feed;
mod fetch;
mod markup;
mod pages;
mod report;
mod round;
mod run;
mod state;
mod subscriptions;

pub(crate) use archive::text::letters;
pub use report::{Counts, FeedReport, FeedStatus, PullReport};
pub use run::pull;

use crate::error::Warning;
use crate::model::{Address, Entry, Timestamp};
use crate::net::{ClientSettings, FetchEvent};
use serde::Deserialize;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a pull needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The archive.
    pub folder: PathBuf,
    /// Where later runs' notes are kept; none where nothing is.
    pub cache: Option<PathBuf>,
    /// Feeds, in the order in which they are named.
    pub feeds: Vec<Subscription>,
    /// Lists of feeds (OPML), which come after them.
    pub opml: Vec<PathBuf>,
    /// Reading lists, whose addresses are fetched once each.
    pub links: Vec<PathBuf>,
    /// Only these feeds: their names, addresses or hosts. None means all, and the reading lists.
    pub names: Vec<String>,
    /// Whether the page behind an item is fetched.
    pub full_text: FullText,
    /// Whether a feed's history is read to its beginning.
    pub history: bool,
    /// Whether an item whose text changed is saved again.
    pub editions: bool,
    /// Whether tags are saved, before the header.
    pub tags: bool,
    /// What is wanted ([`Content::wants`]), in words that are others where that is other.
    pub selection: String,
    /// Say what would be saved; write nothing.
    pub dry_run: bool,
    /// How servers are asked.
    pub client: ClientSettings,
    /// The longest that a run may take.
    pub time_budget: Duration,
    /// The time of the run: what feeds may be asked again, and the date of items that have none.
    pub now: Timestamp,
}

/// A feed that is subscribed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The feed's address, or that of a page that names its feed.
    pub address: Address,
    /// The name of the source; the feed's title where there is none.
    pub source: Option<String>,
    /// Tags of all its items.
    pub tags: Vec<String>,
    /// Whether the page behind an item is fetched, where it is other than for other feeds.
    pub full_text: Option<FullText>,
}

/// Whether the page behind an item is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FullText {
    /// Where the item holds only a summary, as far as that can be told.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// What other stages do for a pull.
pub trait Content: Sync {
    /// The bytes of a list of feeds or addresses: of a file, or of one in a container.
    ///
    /// # Errors
    /// Where there is none, or the system refuses.
    fn list(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether a text begins like a feed.
    fn is_feed(&self, text: &str) -> bool;

    /// The items of a feed, in its order, and what can't be read of it. `path` is for messages.
    fn items(&self, text: &str, path: &str) -> (Vec<Entry>, Vec<Warning>);

    /// The article in a page, as the page's own HTML, with what the page says of it.
    ///
    /// # Errors
    /// Where the page seems to hold none: why, in words.
    fn article(&self, html: &str, address: &Address) -> Result<Entry, String>;

    /// Whether an item of a source is wanted.
    fn wants(&self, entry: &Entry, source: &str) -> bool;
}

/// Watches a pull. All methods may be called from any thread.
pub trait Observer: Sync {
    /// So many feeds and lists are to be gone through.
    fn begin(&self, _total: u64) {}
    /// One of them is done.
    fn done(&self, _feed: &FeedReport) {}
    /// Servers are asked.
    fn fetching(&self, _event: FetchEvent<'_>) {}
}
