//! WordPress's exports (WXR 1.0 to 1.2): RSS 2.0 in which posts, pages, pictures, menus and drafts of a
//! site stand side by side.
//!
//! The file is gone over twice: once for what posts refer to (`site`: names of authors, addresses of
//! pictures), which may stand behind them, and once for the posts (`post`). A text is as its author
//! typed it: `shortcodes` and `paragraphs` make of it what the site showed.

mod blocks;
mod builders;
mod footnotes;
mod paragraphs;
mod post;
mod shortcodes;
mod site;

use super::feed::elements;
use super::feed::{CodeUnits, Narrowed, faulty, once};
use super::passed_over::Tally;
use super::places::{End, ItemPlace, Passage};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{Digest, Format};
use crate::read::source::held::{Held, Weigh};
use memchr::memmem;
use post::Parsed;
use site::Site;
use std::io;

/// Reads WordPress's exports, each published post and page as an article.
///
/// What the posts of a file refer to is kept for the files that were read last.
#[derive(Default)]
pub struct WordPress {
    sites: Held<Site>,
}

static FORMAT: Format = Format {
    name: "wordpress",
    description: "WordPress exports (WXR); each published post and page is an article",
    files: "*.xml",
    options: &["from", "encoding"],
};

impl Reader for WordPress {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let first = CodeUnits::of(probe.first()).narrowed(probe.first());
        let has = |text: &[u8]| memmem::find(&first, text).is_some();
        match has(b"<rss") && (has(b"wordpress.org/export/") || has(b"<wp:wxr_version>")) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let site = match self.sites.anew(source, || Site::read(source, options)) {
            Ok(site) => site,
            Err(error) => return vec![source.unreadable(&error)],
        };
        let mut scan = Scan {
            source,
            options,
            site: &site,
            number: 0,
            read: 0,
            passed_over: Tally::default(),
            warnings: Vec::new(),
            each,
        };
        let end = scan.run();
        let mut warnings = scan.warnings;
        match end {
            Err(error) => warnings.push(source.unreadable(&error)),
            Ok(Passage { end, faults, .. }) => {
                warnings.extend(faults.iter().map(|fault| faulty(source, fault)));
                match end {
                    End::Cut(line) => warnings.push(cut(source, line)),
                    End::Whole if scan.read == 0 => warnings.push(empty(source)),
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
        let site = self.sites.of(source, || Site::read(source, options));
        let site = site.map_err(|error| source.unreadable(&error))?;
        let bytes = source.bytes(at.span)?;
        match site.post(&bytes, source, at, options) {
            Parsed::Entry(loaded) | Parsed::Joined(loaded) => Ok(*loaded),
            Parsed::PassedOver(_) | Parsed::Broken => Err(source.changed()),
        }
    }
}

impl Weigh for Site {
    fn weight(&self) -> usize {
        self.length()
    }
}

/// One way through the posts.
struct Scan<'scan> {
    source: &'scan dyn Source,
    options: &'scan ReadOptions,
    site: &'scan Site,
    number: u32,
    read: u64,
    passed_over: Tally,
    warnings: Vec<Warning>,
    each: &'scan mut dyn FnMut(Item),
}

impl Scan<'_> {
    fn run(&mut self) -> io::Result<Passage> {
        let source = self.source;
        let units = self.site.units;
        let narrowed = Narrowed { source, units };
        elements::items(&narrowed, &mut |mut place| {
            place.span = units.bytes_of(place.span);
            self.take(&place);
        })
    }

    fn take(&mut self, place: &ItemPlace) {
        let (at, bytes) = match place.read(self.source, &mut self.number) {
            Ok(read) => read,
            Err(warning) => return self.warnings.push(warning),
        };
        let parsed = self.site.post(&bytes, self.source, &at, self.options);
        if matches!(parsed, Parsed::Joined(_)) {
            let warning = Warning::new(Code::FeedBroken, once::JOINED).in_file(self.source.path());
            self.warnings.push(at.placed(warning));
        }
        match parsed {
            Parsed::Entry(loaded) | Parsed::Joined(loaded) => {
                self.read += 1;
                // Names and addresses from elsewhere in the file are in the entry, not in its bytes.
                let entry = loaded.entry;
                let mut head = entry.head.clone();
                (head.item, head.line) = (None, 0);
                let head = format!("{head:?}");
                let markup = entry.markup.as_str().as_bytes();
                let content = Digest::of_parts([head.as_bytes(), markup, bytes.as_ref()]);
                (self.each)(Item::new(at, entry, content));
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

fn cut(source: &dyn Source, line: Option<u32>) -> Warning {
    let message = match line {
        Some(_) => "the export breaks off within an item, which is left out",
        None => "the export breaks off; the items before that are read",
    };
    let warning = Warning::new(Code::FeedBroken, message).hint("export the site again");
    match line {
        Some(line) => warning.at(source.path(), line),
        None => warning.in_file(source.path()),
    }
}

fn empty(source: &dyn Source) -> Warning {
    Warning::new(
        Code::FeedBroken,
        "the export holds no published post or page",
    )
    .at(source.path(), 1)
    .hint("export all content (Tools, Export, All content)")
}
