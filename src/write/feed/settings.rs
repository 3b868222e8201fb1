//! Settings of the feeds: the table `[feeds]`, which the writers of all feed formats share.

use crate::error::{Error, Result};
use crate::model::Address;
use crate::options::{bytes, table};
use crate::write::WriterSettings;
use serde::Deserialize;

table! {
    /// Section `[feeds]`.
    pub struct FeedOptions {
        pub items: Option<usize>,
        pub archive: Option<FeedArchive>,
        /// `["source"]` makes feeds for each source too, in `source/NAME/`. [default: []]
        pub by: Option<Vec<String>>,
        /// How much of an article an item holds: full, summary. [default: full]
        pub content: Option<FeedContent>,
        /// The largest that a feed may be, such as `2MB`. The oldest texts of a larger one become
        /// summaries, then its oldest articles are left out. [default: no bound]
        pub max_bytes: Option<String>,
        /// WebSub hubs that the feeds name. Offprint tells them nothing; whoever publishes does. They
        /// need a base URL.
        pub hubs: Option<Vec<String>>,
        /// Minutes until a program should ask for an RSS feed again. [default: 60]
        pub ttl: Option<u32>,
    }
}

/// Settings of the feeds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "FeedOptions")]
#[non_exhaustive]
pub struct FeedSettings {
    /// The number of newest articles in a subscription document; `None` is all.
    pub items: Option<usize>,
    /// Which address of a picture the feeds name.
    pub image_addresses: ImageAddresses,
    /// How much of an article an item holds.
    pub content: FeedContent,
    /// Archive documents beside the subscription documents (RFC 5005, section 4).
    pub archive: FeedArchive,
    /// Whether each source has subscription documents of its own.
    pub by_source: bool,
    /// The most bytes that a document may have; `None` is no bound.
    pub max_bytes: Option<u64>,
    /// WebSub hubs that tell subscribers of changes. They need a base address.
    pub hubs: Vec<Address>,
    /// How long a program may wait before it asks for an RSS feed again, in minutes.
    pub minutes_to_live: Option<u32>,
}

impl WriterSettings for FeedSettings {
    const TABLE: &'static str = "feeds";
}

impl Default for FeedSettings {
    fn default() -> Self {
        FeedSettings {
            items: Some(50),
            image_addresses: ImageAddresses::default(),
            content: FeedContent::default(),
            archive: FeedArchive::default(),
            by_source: false,
            max_bytes: None,
            hubs: Vec::new(),
            minutes_to_live: Some(60),
        }
    }
}

/// How much of an article an item holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FeedContent {
    /// Summary and text.
    #[default]
    Full,
    /// The summary only.
    Summary,
}

/// The periods of archive documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FeedArchive {
    /// There are none.
    #[default]
    None,
    /// One document a month.
    Month,
    /// One document a year.
    Year,
    /// One document a week; weeks begin on Monday (ISO 8601).
    Week,
    /// One document a day.
    Day,
}

/// Which address of a picture the feeds name in their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ImageAddresses {
    /// The one that the archive names, which may lead through a proxy that its readers need.
    #[default]
    Archived,
    /// The picture's own.
    Origin,
}

impl TryFrom<FeedOptions> for FeedSettings {
    type Error = Error;

    fn try_from(options: FeedOptions) -> Result<Self> {
        let defaults = FeedSettings::default();
        let hubs = options.hubs.iter().flatten();
        Ok(FeedSettings {
            items: match options.items {
                None => defaults.items,
                Some(0) => None,
                Some(number) => Some(number),
            },
            image_addresses: defaults.image_addresses,
            content: options.content.unwrap_or_default(),
            archive: options.archive.unwrap_or_default(),
            by_source: by_source(options.by.as_deref().unwrap_or_default())?,
            max_bytes: options.max_bytes.as_deref().map(max_bytes).transpose()?,
            hubs: hubs.map(|text| hub(text)).collect::<Result<_>>()?,
            minutes_to_live: options.ttl.or(defaults.minutes_to_live),
        })
    }
}

fn by_source(keys: &[String]) -> Result<bool> {
    match keys.iter().find(|key| *key != "source") {
        Some(other) => Err(Error::refused("feeds.by", other, "it takes [\"source\"]")),
        None => Ok(!keys.is_empty()),
    }
}

fn max_bytes(text: &str) -> Result<u64> {
    let hint = "give a number of bytes, for example 50MB";
    bytes(text).ok_or_else(|| Error::refused("feeds.max_bytes", text, hint))
}

fn hub(text: &str) -> Result<Address> {
    let hint = "give the hub's address, for example https://hub.example/";
    Address::parse(text)
        .filter(Address::is_web)
        .ok_or_else(|| Error::refused("feeds.hubs", text, hint))
}
