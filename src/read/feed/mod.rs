//! Feeds: RSS, Atom and JSON Feed, as Offprint and others write them.
//!
//! A first look at the bytes finds where each item begins and ends (`elements`, `array`), without
//! holding more than a few kilobytes of the file; the item alone is then parsed (`xml`, `json`). So a
//! feed of ten thousand texts takes no more memory than its longest item, and each item is read again
//! by its position.

mod elements;
mod json;
mod names;
mod xml;

use super::array::{self, Array};
use super::cursor;
use super::places::{End, ItemPlace};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{Digest, Format};
use std::io;

/// Reads RSS 2.0, Atom 1.0 and JSON Feed 1.x, each item as an article.
pub struct Feed;

static FORMAT: Format = Format {
    name: "feed",
    description: "RSS, Atom and JSON Feed; each item is an article",
    files: "*.xml, *.rss, *.atom, *.json",
    options: &["from"],
};

/// Where a JSON Feed has its items.
const ITEMS: Array = Array::Named(&["items"]);

/// What a feed says before its items that its items depend on.
trait Channel {
    /// The digest of it.
    fn digest(&self) -> Digest;

    /// Parses an item. None where the bytes are none.
    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Option<Loaded>;
}

impl Reader for Feed {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        if xml::is_feed(probe.first()) || json::is_feed(probe.first()) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let mut scan = Scan {
            source,
            options,
            number: 0,
            warnings: Vec::new(),
            each,
        };
        let end = scan.run();
        let Scan {
            number,
            mut warnings,
            ..
        } = scan;
        match end {
            Err(error) => warnings.push(source.unreadable(&error)),
            Ok(End::Cut(line)) => warnings.push(cut(source, line)),
            Ok(End::Whole) if number == 0 => warnings.push(empty(source)),
            Ok(End::Whole) => {}
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        // The head is parsed again for each item: it has some hundred bytes, and readers hold no state.
        let channel = channel(source).map_err(|error| source.unreadable(&error))?;
        let channel = channel.ok_or_else(|| source.changed())?;
        let bytes = source.bytes(at.span)?;
        let loaded = channel.entry(&bytes, source, at, options);
        loaded.ok_or_else(|| source.changed())
    }
}

/// One way through a feed.
struct Scan<'scan> {
    source: &'scan dyn Source,
    options: &'scan ReadOptions,
    number: u32,
    warnings: Vec<Warning>,
    each: &'scan mut dyn FnMut(Item),
}

impl Scan<'_> {
    fn run(&mut self) -> io::Result<End> {
        let source = self.source;
        let Some(channel) = channel(source)? else {
            return Ok(End::Whole);
        };
        let digest = channel.digest();
        let mut each = |place: ItemPlace| self.take(channel.as_ref(), digest, &place);
        if xml::is_feed(&first_bytes(source)?) {
            elements::items(source, &mut each)
        } else {
            array::items(source, ITEMS, &mut each)
        }
    }

    /// Takes the item at a place, or warns that it is none.
    fn take(&mut self, channel: &dyn Channel, digest: Digest, place: &ItemPlace) {
        self.number = self.number.saturating_add(1);
        let at = Locator {
            span: place.span,
            line: place.line,
            number: self.number,
        };
        let bytes = match self.source.bytes(place.span) {
            Ok(bytes) => bytes,
            Err(warning) => return self.warnings.push(at.placed(warning)),
        };
        match channel.entry(&bytes, self.source, &at, self.options) {
            Some(Loaded { entry, .. }) => {
                // The head decides what prefixes mean and completes ids, so a change of it is one of the item.
                let content = Digest::of_parts([digest.as_ref(), bytes.as_ref()]);
                (self.each)(Item::new(at, entry, content));
            }
            None => {
                let message = "the item can't be read";
                let warning = Warning::new(Code::FeedBroken, message).in_file(self.source.path());
                self.warnings.push(at.placed(warning));
            }
        }
    }
}

/// What a feed says before its items; none where the file is no feed.
fn channel(source: &dyn Source) -> io::Result<Option<Box<dyn Channel>>> {
    let first = first_bytes(source)?;
    if xml::is_feed(&first) {
        let head = elements::head(source)?;
        return Ok(xml::Channel::parse(&head).map(boxed));
    }
    if json::is_feed(&first) {
        let head = array::head(source, ITEMS)?;
        return Ok(Some(boxed(json::Channel::parse(&head))));
    }
    Ok(None)
}

fn boxed(channel: impl Channel + 'static) -> Box<dyn Channel> {
    Box::new(channel)
}

/// As much of a feed as tells what kind it is.
fn first_bytes(source: &dyn Source) -> io::Result<Vec<u8>> {
    let mut first = vec![0; super::SNIFF_LENGTH];
    let count = source.read_at(0, &mut first)?;
    first.truncate(count);
    Ok(first)
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
