//! MHTML (RFC 2557): a page with its pictures in one file, as Chrome, Edge and Internet Explorer save it.
//!
//! `parts` cuts the file at its boundaries, `coding` decodes what stands between them. Pictures are
//! found by the addresses that the page shows them at, and decoded when they are wanted.

mod coding;
mod parts;

use super::page::{add_marks, declared};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{
    Address, Entry, Format, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources,
    WrittenTime,
};
use crate::read::source::content_id;
use crate::read::source::encoding::decode;
use encoding_rs::Encoding;
use parts::Part;
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::Arc;

pub(super) use parts::Fields;

/// Reads pages in MHTML.
///
/// Which part of the page is the article is found when the entry is cleaned. The address is where the
/// page was, the time of saving stands where the page tells no date.
pub struct Mhtml;

static FORMAT: Format = Format {
    name: "mhtml",
    description: "Web pages in MHTML, with their pictures",
    files: "*.mhtml, *.mht",
    options: &["from", "encoding"],
};

impl Reader for Mhtml {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let fields = Fields::of(probe.first());
        let name = probe.name().to_ascii_lowercase();
        let is_named = name.ends_with(".mht") || name.ends_with(".mhtml");
        let kind = fields
            .value("content-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let from = fields.value("from").unwrap_or_default();
        let is_saved = fields.value("snapshot-content-location").is_some()
            || from.to_ascii_lowercase().contains("<saved by ");
        match kind.starts_with("multipart/related") {
            true if is_saved || is_named => Confidence::Certain,
            false if is_named && kind.starts_with("text/html") => Confidence::Certain,
            _ if is_named && !fields.is_empty() => Confidence::Maybe,
            _ => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        match (read(source, options), source.digest()) {
            (Err(warning), _) => vec![warning],
            (Ok(_), Err(error)) => vec![source.unreadable(&error)],
            (Ok(loaded), Ok(content)) => {
                each(Item::new(
                    Locator::whole(source.length()),
                    loaded.entry,
                    content,
                ));
                Vec::new()
            }
        }
    }

    fn load(
        &self,
        source: &dyn Source,
        _at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        read(source, options)
    }

    fn gives_pages(&self) -> bool {
        true
    }
}

fn read(source: &dyn Source, options: &ReadOptions) -> Result<Loaded, Warning> {
    let bytes = source.bytes(source.span())?.into_owned();
    let (fields, parts) = parts::of(&bytes);
    let start = fields.parameter("content-type", "start");
    let Some(page) = page(&parts, start.as_deref()) else {
        let message = "the file holds no page";
        return Err(Warning::new(Code::PageWithoutArticle, message).in_file(source.path()));
    };
    let html = page.decoded(&bytes);
    let named = page.fields.parameter("content-type", "charset");
    let named = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = options.encoding.or(named).or_else(|| declared(&html));
    let decoded = decode(&html, encoding, false);
    let warnings = decoded.warnings(source.path());
    let text = decoded.text.into_owned();
    let mut head = source.head(&Locator::whole(source.length()));
    let place = fields
        .value("snapshot-content-location")
        .or(page.fields.value("content-location"));
    head.address = place.filter(|place| is_web(place)).map(str::to_owned);
    head.saved = fields.value("date").and_then(WrittenTime::parse);
    add_marks(&mut head, &text);
    if !text.to_ascii_lowercase().contains("<title") {
        let subject = fields
            .value("subject")
            .map(coding::words)
            .unwrap_or_default();
        head.title = (!subject.trim().is_empty()).then(|| subject.trim().replace('&', "&amp;"));
    }
    let base = place.and_then(Address::parse);
    let around = Arc::new(Held::new(&parts, base, bytes));
    let entry = Entry {
        head,
        body_line: 1,
        markup: Markup::Page(text),
        resources: Resources::new(PartsAround(around)),
    };
    Ok(Loaded { entry, warnings })
}

fn is_web(address: &str) -> bool {
    Address::parse(address).is_some_and(|address| address.is_web())
}

/// The part that is the page: the one that the file calls its beginning, else the first of its kind.
/// Others are frames.
fn page<'part>(parts: &'part [Part], start: Option<&str>) -> Option<&'part Part> {
    let is_page = |part: &&Part| {
        let kind = part
            .fields
            .value("content-type")
            .unwrap_or("text/html")
            .to_ascii_lowercase();
        kind.starts_with("text/html") || kind.starts_with("application/xhtml")
    };
    let named = start.and_then(|start| {
        parts
            .iter()
            .find(|part| part.fields.value("content-id") == Some(start))
    });
    named.filter(is_page).or_else(|| parts.iter().find(is_page))
}

/// A file's bytes and where the parts in it lie that a page may show.
struct Held {
    bytes: Vec<u8>,
    parts: Vec<(Range<usize>, coding::Coding)>,
    by_name: HashMap<String, usize>,
    /// What relative references in the page are relative to.
    base: Option<Address>,
}

impl Held {
    fn new(parts: &[Part], base: Option<Address>, bytes: Vec<u8>) -> Self {
        let mut by_name = HashMap::new();
        for (position, part) in parts.iter().enumerate() {
            if let Some(place) = part.fields.value("content-location") {
                by_name
                    .entry(without_fragment(place).to_owned())
                    .or_insert(position);
            }
            if let Some(id) = part.fields.value("content-id") {
                by_name
                    .entry(named_by_id(content_id::of_field(id)))
                    .or_insert(position);
            }
        }
        Held {
            parts: parts
                .iter()
                .map(|part| (part.body.clone(), part.coding()))
                .collect(),
            bytes,
            by_name,
            base,
        }
    }

    fn position(&self, reference: &str) -> Option<usize> {
        let by_id = content_id::of_reference(reference);
        let by_id = by_id.and_then(|id| self.by_name.get(&named_by_id(&id)));
        let reference = without_fragment(reference.trim());
        let own = by_id.or_else(|| self.by_name.get(reference));
        let resolved = || {
            let address = self.base.as_ref()?.join(reference)?;
            self.by_name.get(without_fragment(address.as_str()))
        };
        own.or_else(resolved).copied()
    }
}

/// The name of a part that has an id.
fn named_by_id(id: &str) -> String {
    format!("cid:{id}")
}

fn without_fragment(reference: &str) -> &str {
    reference.split('#').next().unwrap_or_default()
}

/// Finds the parts of a file.
struct PartsAround(Arc<Held>);

/// One of them.
struct PartBytes(Arc<Held>, usize);

impl ResourceLookup for PartsAround {
    fn find(&self, reference: &str) -> Option<Resource> {
        let position = self.0.position(reference)?;
        let (range, _) = self.0.parts.get(position)?;
        Some(Resource {
            id: ResourceId::of(self.0.bytes.get(range.clone())?),
            bytes: Arc::new(PartBytes(Arc::clone(&self.0), position)),
        })
    }
}

impl ResourceBytes for PartBytes {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let (range, coding) = self.0.parts.get(self.1).ok_or(io::ErrorKind::NotFound)?;
        let bytes = self
            .0
            .bytes
            .get(range.clone())
            .ok_or(io::ErrorKind::NotFound)?;
        coding.decoded(bytes).read(most)
    }
}
