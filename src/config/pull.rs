//! Sections `[pull]` and `[[pull.feed]]`, and what becomes of them.

use super::Filter;
use super::file::{ImageOptions, Options};
use super::resolve::{check_sites_and_proxies, image_cache, length};
use crate::clean;
use crate::error::{Error, Result};
use crate::model::{Address, Sites, Timestamp};
use crate::net::{ClientSettings, Limits};
use crate::options::table;
use crate::pull::{FullText, Settings, Subscription};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest that a run may take, unless it is said otherwise.
const TIME_BUDGET: Duration = Duration::from_secs(30 * 60);

/// The time between two requests to one host, unless it is said otherwise.
const PAUSE: Duration = Duration::from_secs(1);

table! {
    /// Section `[pull]`.
    pub struct PullOptions {
        /// The archive that articles are saved into: `FOLDER/SOURCE/DATE-KEY.txt`. [default: articles]
        pub folder: Option<PathBuf>,
        /// Lists of feeds, as feed readers export them (OPML). The names of nested groups are tags of
        /// the feeds in them, which `[select]` knows. [default: []]
        pub opml: Option<Vec<PathBuf>>,
        /// Reading lists, each address of which is fetched once: exports of Pocket, Instapaper, Readwise,
        /// Matter, Karakeep, Linkwarden and Raindrop, bookmarks, or files with an address a line.
        /// [default: []]
        pub links: Option<Vec<PathBuf>>,
        /// Whether the page behind an item is fetched: auto, where the item holds only a summary, never,
        /// or always. [default: auto]
        pub full_text: Option<FullText>,
        /// Whether the history of a feed is read to its beginning, where the feed says where it is (RFC
        /// 5005, JSON Feed). [default: false]
        pub history: Option<bool>,
        /// Whether an item whose text changed is saved again, beside the first. [default: true]
        pub editions: Option<bool>,
        /// Whether the tags of items, and the groups of their feeds, are saved too: in front matter
        /// before the header, which has no place for them. Scripts that read the header from the first
        /// line on don't know it. [default: false]
        pub tags: Option<bool>,
        /// How servers can reach you: an address of the web or of mail, sent with every request in the
        /// header `User-Agent`. [default: that of `images.contact`]
        pub contact: Option<String>,
        /// A file with certificates (PEM) of authorities that are believed beside those of the web: for
        /// servers of a company or a home. [default: that of `images.certificates`]
        pub certificates: Option<PathBuf>,
        /// The time between two requests to one host. [default: 1s]
        pub pause: Option<String>,
        /// The longest that a run may take; the next one goes on. [default: 30min]
        pub time_budget: Option<String>,
        /// Whether feeds and pages may be on loopback and private addresses, and at any port.
        /// [default: false]
        pub allow_private_network: Option<bool>,
        /// The feeds that are subscribed to.
        pub feed: Vec<PullFeed>,
    }
}

/// A feed: `[[pull.feed]]`.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PullFeed {
    /// The feed's address, or that of a page that names its feed.
    pub url: String,
    /// The name of its source, and of its folder in the archive. [default: the feed's title]
    pub source: Option<String>,
    /// Tags of all its items, for `[select]`. [default: none of its own]
    pub tags: Vec<String>,
    /// As `pull.full_text`, for this feed. [default: that of all feeds]
    pub full_text: Option<FullText>,
}

/// Everything that a pull needs to know, resolved and checked.
#[derive(Clone, Debug)]
pub struct PullSettings {
    /// What is asked and where it goes.
    pub pull: Settings,
    /// Which items are saved.
    pub filter: Filter,
    /// Facts about sites.
    pub clean: clean::Settings,
    /// How long to wait for another pull into the same archive.
    pub wait: Duration,
    /// Where the report goes; `-` is standard output.
    pub report: Option<PathBuf>,
    /// Whether a loss makes the exit status 1.
    pub strict: bool,
}

impl PullOptions {
    /// Makes paths relative to where the user stands.
    pub(super) fn anchor(&mut self, folder: &Path) {
        let lists = self.opml.iter_mut().chain(&mut self.links).flatten();
        let single = [&mut self.folder, &mut self.certificates];
        for path in lists.chain(single.into_iter().flatten()) {
            *path = folder.join(&path);
        }
    }
}

/// Makes the settings of a pull of options. `now` is the time of the run.
///
/// # Errors
/// Where an option has a value that means nothing.
pub fn resolve_pull(options: Options, names: Vec<String>, now: Timestamp) -> Result<PullSettings> {
    let pull = &options.pull;
    let images = &options.images;
    check_sites_and_proxies(&options.site, &options.proxy)?;
    let feeds = pull.feed.iter().map(subscription);
    let client = client(pull, images)?;
    let filter = Filter::new(
        &options.select.include.unwrap_or_default(),
        &options.select.exclude.unwrap_or_default(),
    )?;
    let settings = Settings {
        folder: pull
            .folder
            .clone()
            .unwrap_or_else(|| PathBuf::from("articles")),
        cache: image_cache(images),
        feeds: feeds.collect::<Result<_>>()?,
        opml: pull.opml.clone().unwrap_or_default(),
        links: pull.links.clone().unwrap_or_default(),
        names,
        full_text: pull.full_text.unwrap_or_default(),
        history: pull.history.unwrap_or(false),
        editions: pull.editions.unwrap_or(true),
        tags: pull.tags.unwrap_or(false),
        selection: format!("{filter:?}"),
        dry_run: options.run.dry_run.unwrap_or(false),
        client,
        time_budget: length("pull.time_budget", &pull.time_budget)?.unwrap_or(TIME_BUDGET),
        now,
    };
    Ok(PullSettings {
        pull: settings,
        filter,
        clean: clean::Settings {
            sites: Sites::builtin().extend(Sites::new(options.site, options.proxy)),
            language: None,
            alternative_as_caption: false,
        },
        wait: Duration::from_secs(options.run.wait.unwrap_or(0)),
        report: options.output.report,
        strict: options.run.strict.unwrap_or(false),
    })
}

/// How servers are asked. What `[pull]` does not say of that, `[images]` does.
fn client(pull: &PullOptions, images: &ImageOptions) -> Result<ClientSettings> {
    let certificates = pull.certificates.as_ref().or(images.certificates.as_ref());
    Ok(ClientSettings {
        contact: pull.contact.clone().or_else(|| images.contact.clone()),
        allow_private_network: pull.allow_private_network.unwrap_or(false),
        proxy: images.proxy.clone(),
        certificates: certificates.cloned(),
        max_total: None,
        limits: Limits {
            connections_per_host: 1,
            interval: length("pull.pause", &pull.pause)?.unwrap_or(PAUSE),
            ..Limits::default()
        },
    })
}

fn subscription(feed: &PullFeed) -> Result<Subscription> {
    let hint = "give the address of a feed on the web, for example https://example.org/feed.xml";
    let address = Address::parse(&feed.url).filter(Address::is_web);
    let source = feed.source.as_deref().map(str::trim);
    Ok(Subscription {
        address: address
            .ok_or_else(|| Error::refused("a [[pull.feed]]'s `url`", &feed.url, hint))?,
        source: source
            .filter(|source| !source.is_empty())
            .map(str::to_owned),
        tags: feed.tags.clone(),
        full_text: feed.full_text,
    })
}
