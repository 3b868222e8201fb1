//! Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! Articles come oldest first and feeds are read newest first, and a feed's head depends on its
//! items. So each article is encoded once, waits in a spool, and at the end every document gets
//! its head and then its items. The memory that this takes does not depend on the length of the
//! texts.

mod atom;
mod credit;
mod document;
mod head;
mod item;
mod json_feed;
mod opml;
mod period;
mod plan;
mod rss;
mod safe_name;
mod settings;
mod sink;
mod splice;
mod spool;

pub use atom::Atom;
pub use json_feed::JsonFeed;
pub use opml::Opml;
pub use rss::Rss;
pub use settings::{FeedArchive, FeedContent, FeedOptions, FeedSettings, ImageAddresses};

use super::{EncodeInput, Kind, OutputFolder, Run, Sink, Unit, Writer};
use crate::error::Result;
use crate::model::Format;
use head::{FeedHead, ItemFacts};
use item::FeedItem;
use plan::Plan;
use sink::FeedSink;

/// What makes one feed format differ from another.
trait Dialect: Send + Sync + 'static {
    /// What the registry tells about the writer.
    const FORMAT: Format;
    /// The file name of a subscription document before its extension.
    const STEM: &'static str;
    /// The file name extension without its dot.
    const EXTENSION: &'static str;
    /// The media type that a document is served with.
    const MEDIA_TYPE: &'static str;
    /// Whether the format has archive documents (RFC 5005).
    const ARCHIVES: bool;
    /// What stands between two items.
    const SEPARATOR: &'static str;

    /// One item as it stands in the document.
    fn item(item: &FeedItem<'_>) -> Result<String>;

    /// What stands before the first item and after the last.
    fn frame(head: &FeedHead<'_>) -> Result<Frame>;
}

/// What stands around the items of a document.
struct Frame {
    before: String,
    after: String,
}

/// The writer of one feed format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Feed<D>(std::marker::PhantomData<D>);

/// What one article contributes to the documents of a format.
#[derive(Debug)]
pub struct FeedPart {
    full: String,
    /// The item with the summary only, where a bound may call for it.
    short: Option<String>,
    facts: ItemFacts,
}

impl<D: Dialect> Writer for Feed<D> {
    type Part = FeedPart;
    type Settings = FeedSettings;

    fn format(&self) -> &Format {
        const { &D::FORMAT }
    }

    fn kind(&self) -> Kind {
        Kind::Feed
    }

    fn is_default(&self) -> bool {
        true
    }

    fn embeds_pictures(&self) -> bool {
        false
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        Plan::new::<D>(run).units::<D>(run)
    }

    fn claims(&self, name: &str, _run: &Run<'_>) -> bool {
        document::Document::claims::<D>(name)
    }

    fn encode(&self, input: &EncodeInput<'_>) -> Result<FeedPart> {
        let item = FeedItem::new(input);
        let settings = input.run.settings.get::<FeedSettings>();
        let bounded = settings.max_bytes.is_some() && item.html.is_some();
        let short = bounded
            .then(|| D::item(&FeedItem::short(input)))
            .transpose()?;
        Ok(FeedPart {
            full: D::item(&item)?,
            short,
            facts: ItemFacts::of(&item),
        })
    }

    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = FeedPart> + 'run>> {
        Ok(Box::new(FeedSink::<D>::new(run, folder)))
    }
}
