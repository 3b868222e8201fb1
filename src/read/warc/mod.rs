//! Web archives: WARC files (ISO 28500), plain or with each record in a gzip member.
//!
//! `record` goes over the records, `http` undoes what servers did to their answers, `index` knows where
//! pages lie and what they may show. Each page is an item, found again by the offset of its record.

mod http;
mod index;
mod record;

use super::encoding::{MOST_BYTES, decode};
use super::page::{add_marks, declared};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source, Span};
use crate::error::{Code, Warning};
use crate::model::{
    Address, Digest, Entry, Format, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources, WrittenTime,
};
use encoding_rs::Encoding;
use http::Answer;
use index::{Index, Place};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Of how many files it is kept at once what is known of them.
const MOST_HELD: usize = 4;

/// Reads the pages of web archives.
///
/// Of several saves of one address the newest is taken. Pages that hold no article are counted; the
/// pictures of a page are those of the same file.
#[derive(Default)]
pub struct Warc {
    /// Of the files that were read last: an index takes as long to make as the file to read.
    held: Mutex<Vec<Arc<Held>>>,
}

static FORMAT: Format = Format {
    name: "warc",
    description: "Web archives: the pages in them that are articles",
    files: "*.warc, *.warc.gz",
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
        let held = self.held(source);
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
        warnings.extend(held.index.broken.as_ref().map(|why| {
            let message = format!("the archive can't be read to its end: {why}");
            Warning::new(Code::ExportBroken, message).in_file(source.path())
        }));
        if held.index.pages.is_empty() && warnings.is_empty() {
            let message = "the archive holds no page";
            warnings.push(Warning::new(Code::PageWithoutArticle, message).in_file(source.path()));
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let held = self.held(source);
        Ok(read(source, at, &held, options)?.0)
    }

    fn gives_pages(&self) -> bool {
        true
    }
}

impl Warc {
    /// What is known of a source, made once.
    fn held(&self, source: &dyn Source) -> Arc<Held> {
        let name = name(source);
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = all.iter().find(|held| held.name == name) {
            return Arc::clone(held);
        }
        let held = Arc::new(Held {
            name,
            index: Index::of(source),
            bytes: Bytes::of(source),
        });
        if all.len() >= MOST_HELD {
            all.remove(0);
        }
        all.push(Arc::clone(&held));
        held
    }
}

/// What is known of a file: where its records lie, and the way to its bytes.
struct Held {
    name: Digest,
    index: Index,
    bytes: Bytes,
}

/// What a source is known by while a run lasts: its path, length and ends.
fn name(source: &dyn Source) -> Digest {
    let most = 4096.min(source.length());
    let ends = [0, source.length() - most].map(|start| {
        let span = Span {
            start,
            length: most,
        };
        source
            .bytes(span)
            .map(|bytes| Digest::of(&bytes))
            .unwrap_or_default()
    });
    let length = source.length().to_le_bytes();
    let [first, last] = ends;
    Digest::of_parts([
        source.path().as_bytes(),
        &length,
        first.as_ref(),
        last.as_ref(),
    ])
}

/// Reads the page at a place, and the digest of its record.
fn read(
    source: &dyn Source,
    at: &Locator,
    held: &Arc<Held>,
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
    let answer = Answer::of(&block).filter(|_| fields.value("warc-type") == Some("response"));
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
    head.address = fields
        .value("warc-target-uri")
        .map(|text| text.trim_matches(['<', '>', ' ']).replace(' ', "%20"));
    head.saved = fields.value("warc-date").and_then(WrittenTime::parse);
    add_marks(&mut head, &text);
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

/// The way to a file's bytes while its pictures are wanted.
enum Bytes {
    File(PathBuf),
    Memory(Vec<u8>),
    Gone,
}

impl Bytes {
    fn of(source: &dyn Source) -> Self {
        let own = utf8_percent_encode(source.name(), NON_ALPHANUMERIC).to_string();
        let found = source.resources().find(&own);
        let path = found.and_then(|resource| resource.bytes.file().map(PathBuf::from));
        match (path, source.in_memory()) {
            (Some(path), _) => Bytes::File(path),
            (None, Some(bytes)) => Bytes::Memory(bytes.to_vec()),
            (None, None) => Bytes::Gone,
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
            Bytes::Memory(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX);
                record::at(Cursor::new(bytes.get(start..).unwrap_or_default()), skipped)?
            }
            Bytes::Gone => return Err(io::ErrorKind::NotFound.into()),
        };
        match Answer::of(&block).filter(|_| fields.value("warc-type") == Some("response")) {
            Some(answer) => answer
                .decoded(&block, most)
                .ok_or_else(|| io::ErrorKind::InvalidData.into()),
            None => block.read(most),
        }
    }
}

/// Finds what a page shows in the file that holds it.
struct Around {
    held: Arc<Held>,
    base: Option<Address>,
}

/// One picture.
struct Shown(Arc<Held>, Place);

impl ResourceLookup for Around {
    fn find(&self, reference: &str) -> Option<Resource> {
        let address = match &self.base {
            Some(base) => base.join(reference.trim())?,
            None => Address::parse(reference.trim())?,
        };
        let place = self.held.index.place(address.as_str())?;
        Some(Resource {
            id: ResourceId::of(
                Digest::of_parts([self.held.name.as_ref(), address.as_str().as_bytes()]).as_ref(),
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
