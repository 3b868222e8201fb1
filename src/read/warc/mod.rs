//! Web archives: WARC files (ISO 28500), plain or with each record in a gzip member.
//!
//! `record` goes over the records, `http` undoes what servers did to their answers, `index` knows where
//! pages lie and what they may show, `listed` which of them a WACZ around the file names,
//! `told` what one record says. Each page is an item, found again by the offset of its record.

mod begins;
mod damage;
mod http;
mod index;
mod listed;
mod members;
mod record;
mod stretches;
mod told;

use super::page::{add_marks, declared};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source, Span};
use crate::error::{Code, Warning};
use crate::model::{
    Address, Digest, Entry, Format, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources, WrittenTime,
};
use crate::read::source::encoding::{MOST_BYTES, decode};
use crate::read::source::held::{self, Held, Weigh};
use encoding_rs::Encoding;
use http::Answer;
use index::{Index, Place};
use listed::Listed;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
pub(super) use record::Packed;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use told::{LeftOut, record_type};

/// Reads the pages of web archives.
///
/// Of several saves of one address the newest is taken. Pages that hold no article are counted; the
/// pictures of a page are those of the same file.
#[derive(Default)]
pub struct Warc {
    /// Where the records of files lie: that takes as long to find as the file to read.
    held: Held<Known>,
}

static FORMAT: Format = Format {
    name: "warc",
    description: "Web archives (WARC, WACZ): the pages in them that are articles",
    files: "*.warc, *.warc.gz, *.wacz",
    options: &["from", "encoding"],
};

impl Reader for Warc {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let first = probe.first();
        let mut inflated = [0; 5];
        let is_gzip = first.starts_with(&[0x1F, 0x8B])
            && flate2::read::GzDecoder::new(first)
                .read_exact(&mut inflated)
                .is_ok();
        match first.starts_with(b"WARC/") || (is_gzip && &inflated == b"WARC/") {
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
        let held = match self.held.anew(source, || Known::of(source)) {
            Ok(held) => held,
            Err(error) => return vec![source.unreadable(&error)],
        };
        let mut warnings = Vec::new();
        for (page, number) in held.index.pages.iter().zip(1..) {
            let at = Locator {
                span: Span {
                    start: page.place.start.at,
                    length: page.place.length,
                },
                line: page.place.start.skipped.saturating_add(1),
                number,
            };
            match read(source, &at, &held, options) {
                Ok((loaded, content)) => each(Item::new(at, loaded.entry, content)),
                Err(warning) => warnings.push(warning),
            }
        }
        warnings.extend(
            held.told(warnings.is_empty())
                .into_iter()
                .map(|warning| warning.in_file(source.path())),
        );
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let held = self.held.of(source, || Known::of(source));
        let held = held.map_err(|error: io::Error| source.unreadable(&error))?;
        Ok(read(source, at, &held, options)?.0)
    }

    fn gives_pages(&self) -> bool {
        true
    }
}

/// What is known of a file: where its records lie, and the way to its bytes.
struct Known {
    file: Digest,
    index: Index,
    bytes: Bytes,
    /// What a WACZ around the file says of its pages, and how many of the file's are none of them.
    listed: Option<Listed>,
    unlisted: usize,
}

impl Known {
    fn of(source: &dyn Source) -> io::Result<Self> {
        let mut index = Index::of(source);
        let listed = Listed::around(source);
        let unlisted = listed.as_ref().map(|listed| index.keep_listed(listed));
        Ok(Known {
            file: held::file(source)?,
            index,
            bytes: Bytes::of(source),
            listed,
            unlisted: unlisted.unwrap_or_default(),
        })
    }
}

impl Known {
    /// What is said of the file as a whole.
    fn told(&self, is_quiet: bool) -> Vec<Warning> {
        let mut told = Vec::new();
        if let Some(why) = &self.index.broken {
            let message = format!("the archive can't be read to its end: {why}");
            told.push(Warning::new(Code::ExportBroken, message));
        }
        let strange = self.index.strange.iter();
        told.extend(strange.map(|message| Warning::new(Code::ExportBroken, message.as_str())));
        if let more @ 1.. = self.index.strange_count - self.index.strange.len() {
            let message = format!("{more} more places of the archive can't be read");
            told.push(Warning::new(Code::ExportBroken, message));
        }
        match self.index.elsewhere() {
            0 => {}
            count => told.push(left_out(
                count,
                "the archive only says that they stayed as an earlier one has them",
                "give that archive too",
            )),
        }
        for (kind, why, advice) in [
            (
                LeftOut::Elsewhere,
                "their addresses are none of the web",
                "give the pages themselves as files",
            ),
            (
                LeftOut::Text,
                "of them the archive has the text alone, without its form",
                "give the archive of the pages themselves (WARC, not WET)",
            ),
        ] {
            match self.index.left_out(kind) {
                0 => {}
                count => told.push(left_out(count, why, advice)),
            }
        }
        match self.index.segmented {
            0 => {}
            count => told.push(left_out(
                count,
                "they go on in another record, which is not read",
                "of such pages the beginning is read",
            )),
        }
        if self.index.pages.is_empty() && told.is_empty() && is_quiet {
            let message = match (self.unlisted, self.index.left_out(LeftOut::Error)) {
                (0, 0) => "the archive holds no page",
                (0, _) => "the archive holds no page but such as tell of an error",
                _ => "the archive's list of pages names none that is in this file",
            };
            told.push(Warning::new(Code::PageWithoutArticle, message));
        }
        told
    }
}

fn left_out(pages: usize, why: &str, advice: &str) -> Warning {
    let message = match pages {
        1 => format!("1 page is left out or cut: {why}"),
        pages => format!("{pages} pages are left out or cut: {why}"),
    };
    Warning::new(Code::ItemsLeftOut, message).hint(advice)
}

impl Weigh for Known {
    fn weight(&self) -> usize {
        let copied = match &self.bytes {
            Bytes::Source(source) => source.in_memory().map_or(0, <[u8]>::len),
            Bytes::File(_) | Bytes::Gone => 0,
        };
        let listed = self.listed.as_ref().map_or(0, Listed::weight);
        copied + self.index.weight() + listed
    }
}

/// Reads the page at a place, and the digest of its record.
fn read(
    source: &dyn Source,
    at: &Locator,
    held: &Arc<Known>,
    options: &ReadOptions,
) -> Result<(Loaded, Digest), Warning> {
    let placed = |warning: Warning| {
        let mut warning = warning.in_file(source.path());
        warning.item = at.item();
        warning
    };
    let broken = |message: String| placed(Warning::new(Code::FileUnreadable, message));
    let record = record::at(source.stream(at.span), at.line.saturating_sub(1));
    let (fields, block) =
        record.map_err(|error| broken(format!("the record can't be read: {error}")))?;
    let content = Digest::of(&block);
    let answer = Answer::of(&block).filter(|_| record_type(&fields) == "response");
    let (html, kind) = match &answer {
        Some(answer) => (
            answer.decoded(&block, MOST_BYTES),
            answer.fields.parameter("content-type", "charset"),
        ),
        None => (Some(block), fields.parameter("content-type", "charset")),
    };
    let Some(html) = html else {
        return Err(broken(
            "the page is coded in a way that can't be read".to_owned(),
        ));
    };
    let named = kind.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = options.encoding.or(named).or_else(|| declared(&html));
    let decoded = decode(&html, encoding, false);
    let warnings = decoded
        .warnings(source.path())
        .into_iter()
        .map(placed)
        .collect();
    let text = decoded.text.into_owned();
    let mut head = source.head(at);
    head.line = 1;
    if held.listed.is_some() {
        // The folders of a WACZ are named after what they hold.
        head.folders.clear();
    }
    head.address = told::address(&fields, "warc-target-uri");
    head.saved = fields.value("warc-date").and_then(WrittenTime::parse);
    add_marks(&mut head, &text);
    let title = title_listed(held, head.address.as_deref(), &text);
    let content = match &title {
        Some(title) => Digest::of_parts([content.as_ref(), title.as_bytes()]),
        None => content,
    };
    head.title = title;
    let resources = Resources::new(Around {
        held: Arc::clone(held),
        base: head.address.as_deref().and_then(Address::parse),
    });
    let entry = Entry {
        head,
        body_line: 1,
        markup: Markup::Page(text),
        resources,
    };
    Ok((Loaded { entry, warnings }, content))
}

/// The title that a WACZ's list gives to a page that has none itself, as markup.
fn title_listed(held: &Known, address: Option<&str>, text: &str) -> Option<String> {
    let has_title = ["<title", "<TITLE", "og:title"]
        .iter()
        .any(|mark| text.contains(mark));
    let title = held.listed.as_ref()?.title(address?)?;
    (!has_title).then(|| title.replace('&', "&amp;"))
}

/// The way to a file's bytes while its pictures are wanted.
enum Bytes {
    File(PathBuf),
    Source(Arc<dyn Source>),
    Gone,
}

impl Bytes {
    fn of(source: &dyn Source) -> Self {
        let own = utf8_percent_encode(source.name(), NON_ALPHANUMERIC).to_string();
        let found = source.resources().find(&own);
        let path = found.and_then(|resource| resource.bytes.file().map(PathBuf::from));
        match path {
            Some(path) => Bytes::File(path),
            None => source.kept().map_or(Bytes::Gone, Bytes::Source),
        }
    }

    fn read(&self, place: Place, most: u64) -> io::Result<Vec<u8>> {
        let (start, skipped) = (place.start.at, place.start.skipped);
        let (fields, block) = match self {
            Bytes::File(path) => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                record::at(BufReader::new(file.take(place.length)), skipped)?
            }
            Bytes::Source(source) => {
                let span = Span {
                    start,
                    length: place.length,
                };
                record::at(source.stream(span), skipped)?
            }
            Bytes::Gone => return Err(io::ErrorKind::NotFound.into()),
        };
        match Answer::of(&block).filter(|_| record_type(&fields) == "response") {
            Some(answer) => answer
                .decoded(&block, most)
                .ok_or_else(|| io::ErrorKind::InvalidData.into()),
            None => block.read(most),
        }
    }
}

/// Finds what a page shows in the file that holds it.
struct Around {
    held: Arc<Known>,
    base: Option<Address>,
}

/// One picture.
struct Shown(Arc<Known>, Place);

impl ResourceLookup for Around {
    fn find(&self, reference: &str) -> Option<Resource> {
        let address = match &self.base {
            Some(base) => base.join(reference.trim())?,
            None => Address::parse(reference.trim())?,
        };
        let place = self.held.index.place(address.as_str())?;
        Some(Resource {
            id: ResourceId::of(
                Digest::of_parts([self.held.file.as_ref(), address.as_str().as_bytes()]).as_ref(),
            ),
            bytes: Arc::new(Shown(Arc::clone(&self.held), place)),
        })
    }
}

impl ResourceBytes for Shown {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        self.0.bytes.read(self.1, most)
    }
}
