//! One volume: chapters come in, a finished book goes out.

use super::chapter::{Chapter, Lead, Part};
use super::container::Container;
use super::facts::VolumeFacts;
use super::period::Period;
use crate::error::{Result, Warning};
use crate::model::{MediaType, Rendition};
use crate::write::epub::chapter::document::Document;
use crate::write::epub::chapter::names::{document_file, document_path};
use crate::write::epub::chapter::picture;
use crate::write::epub::chapter::references::picture_path;
use crate::write::epub::container::deflate::Deflated;
use crate::write::epub::pages::page::{self, attribute, close_tag};
use crate::write::epub::pages::wording::Wording;
use crate::write::xhtml::escape_text;
use crate::write::{BookSettings, GroupBy, Run, Staged};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The folder of the package inside the container.
pub(super) const FOLDER: &str = "EPUB/";

/// A volume that is being written.
pub(super) struct Volume<'run> {
    pub(super) run: Run<'run>,
    pub(super) period: Period,
    /// The number of this part of its period, from 1, where a period is cut in parts.
    pub(super) part: Option<u32>,
    pub(super) chapters: Vec<Chapter>,
    pub(super) facts: VolumeFacts,
    /// The pictures stored so far: path and type.
    pub(super) pictures: BTreeMap<String, MediaType>,
    pub(super) lead: Option<Lead>,
    /// Warnings of pictures that were lost.
    pub(super) warnings: Vec<Warning>,
    /// The paths of those.
    lost: BTreeSet<String>,
    container: Container,
    /// An estimate of the bytes that the chapters so far take in the contents.
    listed: u64,
    /// By chain of neighbours, the last chapter so far, which waits for its next one.
    waiting: BTreeMap<u32, Waiting>,
    /// Documents with links that depend on what else comes into the volume: path, document, end.
    open: Vec<(String, Document, Option<String>)>,
    open_size: u64,
}

/// A chapter whose links to its neighbours are still to be written.
struct Waiting {
    /// Its place among the volume's chapters.
    index: usize,
    previous: Option<usize>,
    document: Document,
}

impl<'run> Volume<'run> {
    /// Begins a volume.
    pub(super) fn begin(run: Run<'run>, period: Period, file: Staged) -> Result<Self> {
        let mut container = Container::begin(file)?;
        let text = Deflated::whole(CONTAINER.as_bytes())?;
        container.add("META-INF/container.xml", &text)?;
        Ok(Volume {
            run,
            period,
            part: None,
            chapters: Vec::new(),
            facts: VolumeFacts::default(),
            pictures: BTreeMap::new(),
            lead: None,
            warnings: Vec::new(),
            lost: BTreeSet::new(),
            container,
            listed: 0,
            waiting: BTreeMap::new(),
            open: Vec::new(),
            open_size: 0,
        })
    }

    /// Adds a chapter.
    pub(super) fn add(&mut self, part: Part) -> Result<()> {
        self.facts.add(&part);
        self.listed += part.chapter.listed_size();
        for picture in &part.pictures {
            self.add_picture(picture)?;
        }
        let is_lost = |lead: &Lead| self.lost.contains(&picture_path(&lead.rendition));
        if let Some(lead) = part.lead.filter(|lead| !is_lost(lead)) {
            let better = |old: &Lead| lead.substantial || !old.substantial;
            if self.lead.as_ref().is_none_or(better) {
                self.lead = Some(lead);
            }
        }
        let mut documents = part.documents;
        let last = documents.pop().unwrap_or_default();
        for (number, document) in documents.into_iter().enumerate() {
            let path = document_path(&part.chapter.name, number);
            self.add_document(path, document, None)?;
        }
        self.queue(part.chapter, last)
    }

    /// The size that the file has so far, with what the chapters add to its contents.
    pub(super) fn length(&self) -> u64 {
        let waiting = self.waiting.values();
        let waiting: u64 = waiting.map(|one| one.document.size()).sum();
        self.container.length() + waiting + self.open_size + self.listed
    }

    /// Adds a compressed text by its path from the package's folder.
    pub(super) fn add_text(&mut self, path: &str, text: &Deflated) -> Result<()> {
        self.container.add(&format!("{FOLDER}{path}"), text)
    }

    /// Adds bytes that don't shrink.
    pub(super) fn add_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        self.container.store(&format!("{FOLDER}{path}"), bytes)
    }

    /// Writes the chapters that wait for a next one: there is none.
    pub(super) fn end_chapters(&mut self) -> Result<()> {
        let mut waiting: Vec<Waiting> = std::mem::take(&mut self.waiting).into_values().collect();
        // The numbers of sources depend on other volumes' articles, these places do not.
        waiting.sort_by_key(|one| one.index);
        for one in waiting {
            self.write_waiting(one, None)?;
        }
        self.close_documents()
    }

    /// Adds a document, or keeps it until the volume is complete.
    fn add_document(
        &mut self,
        path: String,
        document: Document,
        end: Option<String>,
    ) -> Result<()> {
        if document.is_open() {
            let more = end.as_ref().map_or(0, String::len);
            self.open_size += Container::overhead(&path) + document.size() + more as u64;
            self.open.push((path, document, end));
            return Ok(());
        }
        let text = ended(document.close(|_| false)?, end)?;
        self.container.add(&format!("{FOLDER}{path}"), &text)
    }

    /// Writes the documents whose links had to wait for the volume.
    fn close_documents(&mut self) -> Result<()> {
        let chapters = self.chapters.iter().map(|chapter| chapter.name.as_str());
        let chapters: HashSet<&str> = chapters.collect();
        for (path, document, end) in std::mem::take(&mut self.open) {
            let text = ended(document.close(|name| chapters.contains(name))?, end)?;
            self.container.add(&format!("{FOLDER}{path}"), &text)?;
        }
        Ok(())
    }

    /// The paths of the documents that hold formulas.
    pub(super) fn with_formulas(&self) -> HashSet<String> {
        let chapters = self.chapters.iter();
        let paths = chapters.flat_map(|chapter| {
            let numbers = chapter.formulas.iter();
            numbers.map(|&number| document_path(&chapter.name, number))
        });
        paths.collect()
    }

    /// Whether a picture is stored already, by its path.
    pub(super) fn has(&self, picture: &str) -> bool {
        self.pictures.contains_key(picture)
    }

    /// Ends the container and hands over the file and its length.
    pub(super) fn close(self) -> Result<(Staged, u64)> {
        self.container.finish()
    }

    /// What sets the volume apart from its publication, in file names and identifiers: the period
    /// and the part; empty for the whole.
    pub(super) fn name(&self) -> String {
        let part = self.part.map(|part| format!("part-{part:02}"));
        let names = [self.period.name(), part];
        names.into_iter().flatten().collect::<Vec<_>>().join("-")
    }

    /// The file name without its extension.
    pub(super) fn file_stem(&self) -> String {
        let publication = &self.run.publication.name;
        match self.name().as_str() {
            "" => publication.clone(),
            name => format!("{publication}-{name}"),
        }
    }

    /// The period and the part, for people.
    pub(super) fn label(&self, wording: &Wording) -> Option<String> {
        let part = self.part.map(|part| wording.part(part));
        let labels = [self.period.label(wording), part];
        let labels: Vec<String> = labels.into_iter().flatten().collect();
        (!labels.is_empty()).then(|| labels.join(" · "))
    }

    /// Whether there may be other volumes.
    pub(super) fn is_of_series(&self) -> bool {
        self.period != Period::Whole || self.part.is_some()
    }

    /// The position in the series: the period's number, and the part's after a point.
    pub(super) fn position(&self) -> Option<String> {
        match (self.period.position(), self.part) {
            (Some(period), Some(part)) => Some(format!("{period}.{part}")),
            (None, Some(part)) if self.period == Period::Whole => Some(part.to_string()),
            (period, _) => period,
        }
    }

    fn add_picture(&mut self, picture: &Rendition) -> Result<()> {
        let path = picture_path(picture);
        if self.pictures.contains_key(&path) {
            return Ok(());
        }
        let name = format!("{FOLDER}{path}");
        match picture::bytes(picture) {
            Ok(bytes) => self.container.store(&name, &bytes)?,
            // The chapter shows a picture of this name and type already.
            Err(warning) => {
                let bytes = picture::placeholder(picture)?;
                self.container.store(&name, &bytes)?;
                self.warnings.push(warning);
                self.lost.insert(path.clone());
            }
        }
        self.pictures.insert(path, picture.media_type);
        Ok(())
    }

    /// Writes the chapter that waited for this one, and lets this one wait.
    fn queue(&mut self, chapter: Chapter, document: Document) -> Result<()> {
        let chain = match self.run.settings.get::<BookSettings>().group_by {
            GroupBy::Date => 0,
            GroupBy::Source => chapter.source,
        };
        let index = self.chapters.len();
        self.chapters.push(chapter);
        let before = self.waiting.remove(&chain);
        let previous = before.as_ref().map(|before| before.index);
        if let Some(before) = before {
            self.write_waiting(before, Some(index))?;
        }
        let waiting = Waiting {
            index,
            previous,
            document,
        };
        self.waiting.insert(chain, waiting);
        Ok(())
    }

    fn write_waiting(&mut self, waiting: Waiting, next: Option<usize>) -> Result<()> {
        let Some(chapter) = self.chapters.get(waiting.index) else {
            return Ok(());
        };
        let previous = waiting.previous.and_then(|index| self.chapters.get(index));
        let next = next.and_then(|index| self.chapters.get(index));
        let end = end(chapter, previous, next);
        let number = chapter.documents.saturating_sub(1);
        let path = document_path(&chapter.name, number);
        self.add_document(path, waiting.document, Some(end))
    }
}

/// A document with what ends it.
fn ended(document: Deflated, end: Option<String>) -> Result<Deflated> {
    match end {
        Some(end) => document.finish(end.as_bytes()),
        None => Ok(document),
    }
}

/// Whether a file of this name is a volume of the publication, its cover, or the icon.
pub(super) fn is_name_of_file(name: &str, publication: &str) -> bool {
    let Some(rest) = name.strip_prefix(publication) else {
        return false;
    };
    if rest == "-icon.jpg" {
        return true;
    }
    let ends = [".epub", "-cover.jpg"];
    let Some(rest) = ends.into_iter().find_map(|end| rest.strip_suffix(end)) else {
        return false;
    };
    let (period, part) = match rest.rsplit_once("-part-") {
        Some((period, part)) => (period, Some(part)),
        None => (rest, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let part = part.is_none_or(|part| part.len() >= 2 && digits(part));
    let shape: String = period
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let known = [
        "",
        "-undated",
        "-0000",
        "-0000-00",
        "-0000-W00",
        "-0000-00-00",
    ];
    part && known.contains(&shape.as_str())
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
<rootfiles>\n\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
</rootfiles>\n\
</container>\n";

/// The end of a chapter's last document: the ways to its neighbours and to the contents.
fn end(chapter: &Chapter, previous: Option<&Chapter>, next: Option<&Chapter>) -> String {
    let wording = Wording::of(&chapter.language);
    let here = Wording::language_for(&chapter.language);
    let mut markup = String::from("<nav class=\"neighbours\"");
    page::own_words(&mut markup, &chapter.language);
    attribute(&mut markup, "aria-label", wording.neighbours);
    markup.push_str(">\n");
    let ways = [
        (wording.previous, previous, "previous"),
        (wording.next, next, "next"),
    ];
    for (word, neighbour, class) in ways {
        if let Some(neighbour) = neighbour {
            page::open_tag(&mut markup, "p", class);
            let href = document_file(&neighbour.name, 0);
            escape_text(&wording.about(word, ""), &mut markup);
            let there = &neighbour.language;
            page::link_in(&mut markup, &href, &neighbour.title, there, &here);
            close_tag(&mut markup, "p");
        }
    }
    page::open_tag(&mut markup, "p", "to-contents");
    page::link(&mut markup, "../contents.xhtml", wording.contents);
    close_tag(&mut markup, "p");
    close_tag(&mut markup, "nav");
    markup.push_str(page::CLOSE);
    markup
}

#[cfg(test)]
mod tests {
    use super::is_name_of_file;

    #[test]
    fn names_of_volumes_are_recognised() {
        for name in [
            "news.epub",
            "news-cover.jpg",
            "news-2021.epub",
            "news-2021-12.epub",
            "news-2021-W52.epub",
            "news-2021-12-31-cover.jpg",
            "news-undated.epub",
            "news-part-03.epub",
            "news-2021-12-part-102-cover.jpg",
            "news-icon.jpg",
        ] {
            assert!(is_name_of_file(name, "news"), "{name}");
        }
        for name in [
            "other.epub",
            "news-my-notes.epub",
            "news-2021-12.pdf",
            "news-2021-12-icon.jpg",
            "newspaper.epub",
            "news-part-x.epub",
            "news-20211.epub",
        ] {
            assert!(!is_name_of_file(name, "news"), "{name}");
        }
    }
}
