//! Package document, navigation document and NCX: rendered by `epub-builder` from empty bodies,
//! then finished ([`crate::write::epub::package::finish`]) with what it has no words for.

pub(in crate::write::epub) mod edit;
pub(in crate::write::epub) mod finish;
pub(in crate::write::epub) mod manifest;
pub(in crate::write::epub) mod metadata;

use crate::error::Result;
use crate::model::{Direction, Language};
use crate::write::epub::defect;
use crate::write::epub::pages::GENERATOR;
use crate::write::epub::pages::contents::{ContentsEntry, Outline};
use crate::write::epub::pages::wording::Wording;
use crate::write::epub::volume::Volume;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, TocElement, ZipLibrary};
use manifest::Manifest;
use metadata::Metadata;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The path of the cover picture from the package's folder.
pub(in crate::write::epub) const COVER: &str = "images/cover.jpg";

/// The three documents that hold a book together.
pub(in crate::write::epub) struct Package {
    pub(in crate::write::epub) package: String,
    pub(in crate::write::epub) navigation: String,
    pub(in crate::write::epub) ncx: String,
}

/// Renders the documents of a volume.
pub(in crate::write::epub) fn render(
    volume: &Volume<'_>,
    outline: &Outline,
    metadata: &Metadata,
    wording: &'static Wording,
) -> Result<Package> {
    let mut rendered = Vec::new();
    let entries = outline.entries(volume, wording);
    let builder = builder(volume, outline, &entries, metadata, wording).map_err(defect)?;
    builder.generate(&mut rendered).map_err(defect)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(rendered)).map_err(defect)?;
    let mut text = |name: &str| -> Result<String> {
        let mut text = String::new();
        let mut file = archive.by_name(name).map_err(defect)?;
        file.read_to_string(&mut text).map_err(defect)?;
        Ok(text)
    };
    // One after the other: with tens of thousands of files each is megabytes long.
    let navigation = text("OEBPS/nav.xhtml")
        .and_then(|xml| finish::navigation(&xml, metadata, wording, &languages(&entries)))?;
    drop(entries);
    let ncx = text("OEBPS/toc.ncx").and_then(|xml| finish::ncx(&xml, metadata))?;
    let documents = reading_order(volume, outline);
    let manifest = Manifest::new(documents, volume.with_formulas(), &volume.pictures);
    let package =
        text("OEBPS/content.opf").and_then(|xml| finish::package(&xml, metadata, manifest))?;
    Ok(Package {
        package,
        navigation,
        ncx,
    })
}

/// The paths of all documents.
fn reading_order(volume: &Volume<'_>, outline: &Outline) -> Vec<String> {
    let mut paths = ["cover.xhtml", "title.xhtml", "contents.xhtml"]
        .map(str::to_owned)
        .to_vec();
    paths.extend(outline.documents(&volume.chapters));
    paths.push("colophon.xhtml".to_owned());
    paths
}

type Builder = EpubBuilder<ZipLibrary>;

fn builder(
    volume: &Volume<'_>,
    outline: &Outline,
    entries: &[ContentsEntry],
    metadata: &Metadata,
    wording: &Wording,
) -> epub_builder::Result<Builder> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    describe(&mut builder, metadata, wording)?;
    builder.stylesheet(NOTHING)?;
    builder.add_cover_image(COVER, NOTHING, "image/jpeg")?;
    add_documents(&mut builder, volume, outline, entries, wording)?;
    Ok(builder)
}

/// The body of every file that `epub-builder` is told of; the container holds the real ones.
const NOTHING: &[u8] = b"";

fn describe(
    builder: &mut Builder,
    metadata: &Metadata,
    wording: &Wording,
) -> epub_builder::Result<()> {
    builder.set_uuid(metadata.identifier);
    builder.set_title(metadata.full_title());
    builder.set_lang(metadata.language.as_str());
    builder.add_author(&metadata.creator);
    builder.add_description(&metadata.description);
    builder.set_subjects(metadata.subjects.clone());
    if let Some(rights) = &metadata.rights {
        builder.set_license(rights);
    }
    if let Some(date) = metadata.date {
        builder.set_publication_date(date.datetime());
    }
    builder.set_modified_date(metadata.modified.datetime());
    builder.set_generator(GENERATOR);
    builder.set_toc_name(wording.contents);
    let direction = match metadata.direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    builder.metadata("direction", direction)?;
    Ok(())
}

/// The entries of the contents before those of the articles.
const FRONT: usize = 3;

/// The languages of the navigation document's labels, in its order; nothing for the book's words.
fn languages(entries: &[ContentsEntry]) -> Vec<Option<&Language>> {
    let mut languages = vec![None; FRONT];
    let mut open: Vec<&ContentsEntry> = entries.iter().rev().collect();
    while let Some(entry) = open.pop() {
        languages.push(entry.language.as_ref());
        open.extend(entry.children.iter().rev());
    }
    languages
}

fn element(entry: &ContentsEntry) -> TocElement {
    let mut element = TocElement::new(&entry.path, &entry.label);
    element.children = entry.children.iter().map(self::element).collect();
    element
}

/// Adds the documents that begin an entry of the contents, in reading order: `epub-builder` takes
/// an entry with the document that it leads to, and in no other way.
fn add_documents(
    builder: &mut Builder,
    volume: &Volume<'_>,
    outline: &Outline,
    entries: &[ContentsEntry],
    wording: &Wording,
) -> epub_builder::Result<()> {
    let by_path = entries.iter().map(|entry| (entry.path.as_str(), entry));
    let mut entries: BTreeMap<&str, &ContentsEntry> = by_path.collect();
    let front: [_; FRONT] = [
        ("cover.xhtml", wording.cover, ReferenceType::Cover),
        ("title.xhtml", wording.title_page, ReferenceType::TitlePage),
        ("contents.xhtml", wording.contents, ReferenceType::Toc),
    ];
    for (path, title, kind) in front {
        builder.add_content(EpubContent::new(path, NOTHING).title(title).reftype(kind))?;
    }
    for (number, path) in outline.documents(&volume.chapters).into_iter().enumerate() {
        let entry = entries.remove(path.as_str());
        if entry.is_none() && number > 0 {
            continue;
        }
        let mut content = EpubContent::new(path.as_str(), NOTHING);
        if let Some(entry) = entry {
            content.toc = element(entry);
        }
        if number == 0 {
            content.reftype = Some(ReferenceType::Text);
        }
        builder.add_content(content)?;
    }
    let colophon = EpubContent::new("colophon.xhtml", NOTHING).title(wording.colophon);
    builder.add_content(colophon.reftype(ReferenceType::Colophon))?;
    Ok(())
}
