//! Saved web pages: files of HTML, whoever saved them.
//!
//! `marks` reads what programs that save pages note in them, `charset` how a page is decoded, `claims`
//! tells the files that belong to a page from pages, and `snapshot` takes a page that ArchiveBox saved
//! in several ways.

mod charset;
mod claims;
mod marks;
mod snapshot;

use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::Warning;
use crate::model::{Digest, Entry, Format, Head, Markup};
use crate::read::archive::empty;
use crate::read::source::encoding::decode;
use marks::Marks;

pub(super) use charset::declared;
pub(super) use marks::is_said_saved;
pub(super) use snapshot::{FILES as SNAPSHOT_FILES, says_so as says_snapshot};

/// Reads saved pages: SingleFile, monolith, browsers' "complete" pages with the folder beside them,
/// `wget -p`, HTTrack, and ArchiveBox's snapshots, of which each is one article.
///
/// Which part of the page is the article is found when the entry is cleaned; address, title, dates and
/// the rest are what the page tells, and the address and the time that the saving program noted.
pub struct Page;

static FORMAT: Format = Format {
    name: "page",
    description: "Saved web pages: SingleFile, monolith, \"complete\", wget, ArchiveBox",
    files: "*.html, *.htm, *.xhtml, index.json",
    options: &["from", "encoding"],
};

impl Reader for Page {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        if snapshot::is_one(probe) {
            return Confidence::Certain;
        }
        let lower = probe.name().to_ascii_lowercase();
        let is_other = [".xml", ".rss", ".atom", ".json", ".md", ".opml"]
            .iter()
            .any(|ending| lower.ends_with(ending));
        if is_other || !may_be_page(probe.first()) {
            return Confidence::No;
        }
        let decoded = decode(probe.first(), declared(probe.first()), probe.is_cut());
        match marks::begins(&decoded.text) {
            _ if claims::is_claimed(probe) => Confidence::No,
            marks::Beginning::Other => Confidence::No,
            marks::Beginning::Page => Confidence::Maybe,
            marks::Beginning::Marked => Confidence::Certain,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let at = Locator::whole(source.length());
        let read = read(source, options);
        match (read, source.digest()) {
            (Err(warning), _) => vec![warning],
            (Ok(_), Err(error)) => vec![source.unreadable(&error)],
            (Ok(read), Ok(content)) => {
                let content = match read.copy {
                    Some(copy) => Digest::of_parts([content.as_ref(), copy.as_ref()]),
                    None => content,
                };
                each(Item::new(at, read.loaded.entry, content));
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
        Ok(read(source, options)?.loaded)
    }

    fn gives_pages(&self) -> bool {
        true
    }
}

/// A page that was read, and the digest of the file that holds it, where that is another one.
struct Read {
    loaded: Loaded,
    copy: Option<Digest>,
}

fn read(source: &dyn Source, options: &ReadOptions) -> Result<Read, Warning> {
    let bytes = source.bytes(source.span())?;
    if snapshot::is_named(source.name()) {
        return snapshot::read(source, &bytes, options);
    }
    let (mut entry, warnings) = entry(source, &bytes, options);
    if entry.markup.as_str().trim().is_empty() {
        return Err(empty(source.path()));
    }
    let head = &mut entry.head;
    // Programs that save a page name the files beside it in their own way; mirrors keep the site's.
    if !claims::is_in_mirror(source, head.address.as_deref()) {
        entry.resources = entry.resources.only_here();
    }
    head.address = head
        .address
        .take()
        .or_else(|| claims::address_of_place(source, entry.markup.as_str()));
    let loaded = Loaded { entry, warnings };
    Ok(Read { loaded, copy: None })
}

/// The entry of a page in a source, from its bytes.
fn entry(source: &dyn Source, bytes: &[u8], options: &ReadOptions) -> (Entry, Vec<Warning>) {
    let decoded = decode(bytes, options.encoding.or_else(|| declared(bytes)), false);
    let warnings = decoded.warnings(source.path());
    let text = decoded.text.into_owned();
    let mut head = source.head(&Locator::whole(source.length()));
    add_marks(&mut head, &text);
    let entry = Entry {
        head,
        body_line: 1,
        markup: Markup::Page(text),
        resources: source.resources(),
    };
    (entry, warnings)
}

/// Adds what the program that saved a page noted in it.
pub(super) fn add_marks(head: &mut Head, text: &str) {
    let marks = Marks::of(text);
    head.address = head.address.take().or(marks.address);
    head.saved = head.saved.or(marks.saved);
}

/// Whether bytes may be a page: HTML begins with white space and a `<`, in UTF-16 too.
fn may_be_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || bytes.trim_ascii_start().starts_with(b"<")
}
