//! Feeds: RSS, Atom and JSON Feed, as Offprint and others write them, whole or broken.
//!
//! A first look at the bytes finds where each item begins and ends (`elements`, `array`), without
//! holding more than a few kilobytes of the file; the item alone is then parsed (`channel`, `json`). So a
//! feed of ten thousand texts takes no more memory than its longest item, and each item is read again
//! by its position. Nothing is an error for what parses items (`tokens`): feeds are full of faults.

mod blogger;
mod channel;
pub(in crate::read) mod charset;
mod code_units;
mod cut;
pub(in crate::read) mod elements;
mod fields;
mod json;
pub(in crate::read) mod media;
pub(in crate::read) mod names;
pub(in crate::read) mod once;
pub(in crate::read) mod parser;
mod persons;
pub(in crate::read) mod references;
mod sniff;
pub(in crate::read) mod text;
mod texts;
pub(in crate::read) mod tokens;

use super::passed_over::Tally;
use super::places::{End, Fault, ItemPlace, Passage};
use super::{Confidence, Item, Loaded, Locator, PassedOver, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{Digest, Format};
use crate::read::json::array::{self, Array};
use crate::read::source::bytes_at;
use crate::read::source::cursor;
use crate::read::source::held::{Held, Weigh};
pub(in crate::read) use code_units::{CodeUnits, Narrowed};
use encoding_rs::Encoding;
use sniff::{Kind, NoFeed};
use std::borrow::Cow;
use std::io;
use std::sync::Arc;

/// Reads RSS 0.90 to 2.0, Atom 0.3 and 1.0, CDF and JSON Feed 1.x, each item as an article.
#[derive(Default)]
pub struct Feed {
    /// The heads of files, which each of their items wants again.
    held: Held<Opened>,
}

static FORMAT: Format = Format {
    name: "feed",
    description: "RSS, Atom and JSON Feed, Blogger's backups; each item is an article",
    files: "*.xml, *.rss, *.rdf, *.atom, *.json",
    options: &["from", "encoding"],
};

/// Where a JSON Feed has its items.
const ITEMS: Array = Array::Named(&["items"]);

/// How much is looked at of a file whose first bytes are no more than comments and declarations.
const LONGEST_PROLOG: usize = 256 * 1024;

/// What a feed says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHead {
    /// Its title, in which character references are to be resolved.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub home: Option<String>,
    /// Its own address.
    pub address: Option<String>,
    /// The language that it names.
    pub language: Option<String>,
    /// Other links by their relation: `next`, `prev-archive` (RFC 5005), `hub`.
    pub links: Vec<(String, String)>,
    /// For how many minutes it may be kept, where it says so (RSS).
    pub time_to_live: Option<u32>,
}

/// What a feed says before its items that its items depend on.
trait Channel: Send + Sync {
    /// The digest of it.
    fn digest(&self) -> Digest;

    /// What it says of itself.
    fn head(&self) -> FeedHead;

    /// Parses an item.
    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Parsed;
}

/// What came of an item.
enum Parsed {
    Entry(Box<Loaded>),
    /// An entry that is more than one, since what parted them is lost.
    Joined(Box<Loaded>),
    PassedOver(PassedOver),
    /// The bytes are none.
    Broken,
}

impl Feed {
    /// What a feed says of itself; none where the source is no feed.
    ///
    /// # Errors
    /// A warning where the system refuses to read it.
    pub fn head(source: &dyn Source, options: &ReadOptions) -> Result<Option<FeedHead>, Warning> {
        let opened = Opened::new(source, options).map_err(|error| source.unreadable(&error))?;
        Ok(opened.map(|opened| opened.channel.head()))
    }
}

impl Reader for Feed {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let first = match probe.is_cut() && sniff::ends_in_prolog(probe.first()) {
            true => probe.first_of(LONGEST_PROLOG),
            false => Cow::Borrowed(probe.first()),
        };
        let first = first.as_ref();
        if sniff::kind(first, || probe.last()).is_some() {
            return Confidence::Certain;
        }
        let name = probe.name().to_ascii_lowercase();
        let is_feed_by_name = [".rss", ".atom", ".rdf"]
            .iter()
            .any(|ending| name.ends_with(ending));
        let may_be = is_feed_by_name || name.ends_with(".xml");
        let is_feed = || sniff::kind_behind_text(first, Vec::new).is_some();
        if may_be && is_feed() {
            return Confidence::Maybe;
        }
        // A page in a feed's place is told of, whatever the page is.
        if !is_feed_by_name {
            return Confidence::No;
        }
        match sniff::no_feed(first) {
            NoFeed::Empty if !probe.is_cut() => Confidence::Maybe,
            NoFeed::ErrorPage | NoFeed::LoginPage | NoFeed::Page => Confidence::Maybe,
            NoFeed::Empty | NoFeed::Other => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        // The last run may have kept what the file said before it was changed.
        self.held.forget(source);
        let mut scan = Scan {
            source,
            options,
            number: 0,
            has_beginning: false,
            passed_over: Tally::default(),
            warnings: Vec::new(),
            each,
        };
        let end = scan.run();
        let has_beginning = scan.has_beginning;
        let mut warnings = scan.warnings;
        match end {
            Err(error) => warnings.push(source.unreadable(&error)),
            Ok(None) => warnings.push(no_feed(source)),
            Ok(Some(passage)) => {
                warnings.extend(passage.faults.iter().map(|fault| faulty(source, fault)));
                match passage.end {
                    End::Cut(_) if has_beginning => {}
                    End::Cut(line) => warnings.push(cut(source, line)),
                    End::Whole if scan.number == 0 => warnings.push(empty(source)),
                    End::Whole => {}
                }
            }
        }
        warnings.extend(scan.passed_over.told(source.path()));
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let opened = self.opened(source, options)?;
        let bytes = source.bytes(at.span)?;
        match opened.channel.entry(&bytes, source, at, options) {
            Parsed::Entry(loaded) | Parsed::Joined(loaded) => Ok(*loaded),
            Parsed::PassedOver(_) | Parsed::Broken => Err(source.changed()),
        }
    }
}

impl Feed {
    /// What a feed says before its items, parsed once.
    fn opened(&self, source: &dyn Source, options: &ReadOptions) -> Result<Arc<Opened>, Warning> {
        let open = || match Opened::new(source, options) {
            Ok(opened) => opened.ok_or(NotOpened::NoFeed),
            Err(error) => Err(NotOpened::Refused(error)),
        };
        let told = |not: NotOpened| match not {
            NotOpened::NoFeed => source.changed(),
            NotOpened::Refused(error) => source.unreadable(&error),
        };
        let opened = self.held.of(source, open).map_err(told)?;
        match opened.encoding == options.encoding {
            true => Ok(opened),
            false => open().map(Arc::new).map_err(told),
        }
    }
}

/// Why a file is not read as a feed.
enum NotOpened {
    NoFeed,
    Refused(io::Error),
}

impl From<io::Error> for NotOpened {
    fn from(error: io::Error) -> Self {
        NotOpened::Refused(error)
    }
}

/// A file that is a feed.
struct Opened {
    /// The encoding that it was to be read in.
    encoding: Option<&'static Encoding>,
    /// How many bytes stand before its items.
    head_length: usize,
    kind: Kind,
    units: CodeUnits,
    channel: Box<dyn Channel>,
}

impl Opened {
    /// None where the file is no feed.
    fn new(source: &dyn Source, options: &ReadOptions) -> io::Result<Option<Self>> {
        let mut first = bytes_at(source, 0, super::SNIFF_LENGTH)?;
        if sniff::ends_in_prolog(&first) {
            first = bytes_at(source, 0, LONGEST_PROLOG)?;
        }
        let units = CodeUnits::of(&first);
        let last = || {
            let start = source.length().saturating_sub(1024);
            bytes_at(source, start, 1024).unwrap_or_default()
        };
        let Some(kind) = sniff::kind_behind_text(&first, last) else {
            return Ok(None);
        };
        let narrowed = Narrowed { source, units };
        let span = units.bytes_of(match kind {
            Kind::Xml => elements::head(&narrowed)?,
            Kind::Json => array::head(&narrowed, ITEMS)?,
        });
        let head_length = usize::try_from(span.length).unwrap_or(0);
        let head = bytes_at(source, span.start, head_length)?;
        let channel: Box<dyn Channel> = match kind {
            Kind::Xml => {
                let address = source.address();
                Box::new(channel::Channel::parse(
                    &head, &first, units, options, address,
                ))
            }
            Kind::Json => {
                let tail = || array::tail(&narrowed).ok().flatten();
                Box::new(json::Channel::parse(&head, tail, units, options))
            }
        };
        Ok(Some(Opened {
            encoding: options.encoding,
            head_length,
            kind,
            units,
            channel,
        }))
    }
}

impl Weigh for Opened {
    fn weight(&self) -> usize {
        // What is kept of a head are names and texts that stand in it.
        2 * self.head_length + 1_000
    }
}

/// One way through a feed.
struct Scan<'scan> {
    source: &'scan dyn Source,
    options: &'scan ReadOptions,
    number: u32,
    /// Whether the feed breaks off within an item of which the beginning is read.
    has_beginning: bool,
    passed_over: Tally,
    warnings: Vec<Warning>,
    each: &'scan mut dyn FnMut(Item),
}

impl Scan<'_> {
    /// None where the file is no feed.
    fn run(&mut self) -> io::Result<Option<Passage>> {
        let source = self.source;
        let Some(opened) = Opened::new(source, self.options)? else {
            return Ok(None);
        };
        let digest = opened.channel.digest();
        let narrowed = Narrowed {
            source,
            units: opened.units,
        };
        let mut each = |mut place: ItemPlace| {
            place.span = opened.units.bytes_of(place.span);
            self.take(opened.channel.as_ref(), digest, &place);
        };
        let mut passage = match opened.kind {
            Kind::Xml => elements::items(&narrowed, &mut each),
            Kind::Json => array::items(&narrowed, ITEMS, &mut each),
        }?;
        if let Some(mut place) = passage.cut.take() {
            place.span = opened.units.bytes_of(place.span);
            // Half a character may stand at the end.
            place.span.length = source.length().saturating_sub(place.span.start);
            self.take_beginning(opened.channel.as_ref(), digest, &place);
        }
        Ok(Some(passage))
    }

    /// Takes the item within which the feed breaks off, if what there is of it says which one it is.
    fn take_beginning(&mut self, channel: &dyn Channel, digest: Digest, place: &ItemPlace) {
        let mut number = self.number;
        let Ok((at, bytes)) = place.read(self.source, &mut number) else {
            return;
        };
        let Parsed::Entry(loaded) = channel.entry(&bytes, self.source, &at, self.options) else {
            return;
        };
        let head = &loaded.entry.head;
        let is_known = head.id.is_some() || head.address.is_some();
        let says = head.title.is_some() || !loaded.entry.markup.as_str().trim().is_empty();
        if is_known && says {
            (self.number, self.has_beginning) = (number, true);
            let message = "the feed breaks off within this item, which is read as far as it goes";
            let warning = Warning::new(Code::FeedBroken, message).in_file(self.source.path());
            self.warnings.push(at.placed(warning));
            let content = Digest::of_parts([digest.as_ref(), bytes.as_ref()]);
            (self.each)(Item::new(at, loaded.entry, content));
        }
    }

    /// Takes the item at a place, or warns that it is none.
    fn take(&mut self, channel: &dyn Channel, digest: Digest, place: &ItemPlace) {
        let (at, bytes) = match place.read(self.source, &mut self.number) {
            Ok(read) => read,
            Err(warning) => return self.warnings.push(warning),
        };
        let parsed = channel.entry(&bytes, self.source, &at, self.options);
        if matches!(parsed, Parsed::Joined(_)) {
            let warning = Warning::new(Code::FeedBroken, once::JOINED).in_file(self.source.path());
            self.warnings.push(at.placed(warning));
        }
        match parsed {
            Parsed::Entry(loaded) | Parsed::Joined(loaded) => {
                // The head decides what prefixes mean and completes ids, so a change of it is one of the item.
                let content = Digest::of_parts([digest.as_ref(), bytes.as_ref()]);
                (self.each)(Item::new(at, loaded.entry, content));
            }
            Parsed::PassedOver(kind) => self.passed_over.add(kind),
            Parsed::Broken => {
                let message = "the item can't be read";
                let warning = Warning::new(Code::FeedBroken, message).in_file(self.source.path());
                self.warnings.push(at.placed(warning));
            }
        }
    }
}

/// An item's id, as far as it is one beyond its feed, and its address: the id itself where that
/// leads to the same page as the link, since it is spelled as the page was archived.
pub(in crate::read) fn identity(
    id: Option<String>,
    link: Option<String>,
    is_permalink: Option<bool>,
    feed: &str,
) -> (Option<String>, Option<String>) {
    use crate::model::Address;
    let Some(id) = id else {
        return (None, link);
    };
    // Addresses that scrapers copied from markup hold `&amp;`, and so do ids that are made of them.
    let own = Address::parse(&id.replace("&amp;", "&")).filter(Address::is_web);
    let page = link.as_deref().and_then(Address::parse);
    match (own, page) {
        (Some(own), Some(page)) if own == page => (None, Some(id)),
        (Some(_), None) if link.is_none() && is_permalink != Some(false) => (None, Some(id)),
        (Some(_), _) => (Some(id), link),
        (None, _) if has_scheme(&id) => (Some(id), link),
        (None, _) => (Some(format!("{feed} {id}")), link),
    }
}

/// Whether an id begins like an IRI (RFC 3987), so that it is one of its own in the world.
fn has_scheme(id: &str) -> bool {
    let scheme = id.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// What to say of a fault between items.
pub(in crate::read) fn faulty(source: &dyn Source, fault: &Fault) -> Warning {
    Warning::new(Code::FeedBroken, fault.message).at(source.path(), fault.line)
}

fn cut(source: &dyn Source, line: Option<u32>) -> Warning {
    match line {
        Some(line) => Warning::new(
            Code::FeedBroken,
            "the feed breaks off within an item, which is left out",
        )
        .at(source.path(), line),
        None => Warning::new(
            Code::FeedBroken,
            "the feed breaks off; the items before that are read",
        )
        .in_file(source.path()),
    }
}

fn empty(source: &dyn Source) -> Warning {
    Warning::new(Code::FeedBroken, "the feed has no items")
        .at(source.path(), 1)
        .hint("nothing needs to be done, unless it should have some")
}

/// What to say of a file that was to be a feed.
fn no_feed(source: &dyn Source) -> Warning {
    let first = bytes_at(source, 0, super::SNIFF_LENGTH).unwrap_or_default();
    let (message, hint) = match sniff::no_feed(&first) {
        NoFeed::Empty => ("the file is empty", "fetch the feed again"),
        NoFeed::ErrorPage => (
            "this is a page that tells of an error, not a feed",
            "look at its address in a browser: the feed may have moved",
        ),
        NoFeed::LoginPage => (
            "this is a page to log in on, not a feed",
            "the feed is not public: export it where you are logged in",
        ),
        NoFeed::Page => (
            "this is a web page, not a feed",
            "look in the page for the address of its feed",
        ),
        NoFeed::Other => (
            "this is no feed",
            "name the format with --from, or leave the file out",
        ),
    };
    let warning = Warning::new(Code::FeedBroken, message);
    warning.at(source.path(), 1).hint(hint)
}
