//! The sink: chapters go into volumes, finished volumes become outputs.

use super::chapter::Part;
use super::contents::Outline;
use super::cover;
use super::metadata::Metadata;
use super::package::{self, COVER};
use super::page::is_set_vertically;
use super::pages::Pages;
use super::period::Period;
use super::volume::Volume;
use super::wording::Wording;
use crate::error::Result;
use crate::write::{Output, OutputFolder, Run, Sink, Style};
use std::io::Write;

/// The built-in style sheet.
const STYLE: &str = include_str!("style.css");

/// The book of a run, in one volume or many.
pub(super) struct Book<'run> {
    run: Run<'run>,
    folder: &'run OutputFolder,
    volume: Option<Volume<'run>>,
    outputs: Vec<Output>,
}

impl<'run> Book<'run> {
    /// Begins without any file: the first article says which volume is the first.
    pub(super) fn new(run: Run<'run>, folder: &'run OutputFolder) -> Self {
        Book {
            run,
            folder,
            volume: None,
            outputs: Vec::new(),
        }
    }

    fn begin(&self, period: Period) -> Result<Volume<'run>> {
        let name = format!("{}.epub", self.run.publication.name);
        Volume::begin(self.run, period, self.folder.stage(&name)?)
    }

    /// Writes what a volume has beside its chapters, and its file becomes an output.
    fn end(&mut self, mut volume: Volume<'run>) -> Result<()> {
        volume.end_chapters()?;
        let metadata = Metadata::of(&volume);
        let cover = self.draw_cover(&volume, &metadata)?;
        volume.add_bytes(COVER, &cover)?;
        for (path, text) in texts(&volume, &metadata)? {
            volume.add_text(&path, &text)?;
        }
        let stem = volume.file_stem();
        let articles = volume.chapters.len();
        let mut file = volume.close()?;
        file.rename(self.folder, &format!("{stem}.epub"));
        self.outputs.push(Output {
            file,
            articles,
            warnings: Vec::new(),
        });
        let mut picture = self.folder.stage(&format!("{stem}-cover.jpg"))?;
        picture.write_all(&cover).map_err(picture.error())?;
        self.outputs.push(Output {
            file: picture,
            articles: 0,
            warnings: Vec::new(),
        });
        Ok(())
    }

    fn draw_cover(&self, volume: &Volume<'_>, metadata: &Metadata) -> Result<Vec<u8>> {
        let lead = volume.lead.as_ref().map(|lead| &lead.rendition);
        let publication = super::metadata::identifier(&self.run.publication.id, "");
        let size = self.run.settings.book.cover;
        cover::draw(lead, &publication, &metadata.identifier, size, None)
    }
}

impl Sink for Book<'_> {
    type Part = Part;

    fn append(&mut self, _position: usize, part: Part) -> Result<()> {
        let split = self.run.settings.book.split;
        let zone = self.run.publication.zone;
        let period = Period::of(part.chapter.published, split, zone);
        let mut volume = match self.volume.take() {
            Some(volume) if volume.period == period => volume,
            ended => {
                if let Some(ended) = ended {
                    self.end(ended)?;
                }
                self.begin(period)?
            }
        };
        volume.add(part)?;
        self.volume = Some(volume);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>> {
        if let Some(volume) = self.volume.take() {
            self.end(volume)?;
        }
        Ok(self.outputs)
    }
}

/// The documents beside the chapters, by path.
fn texts(volume: &Volume<'_>, metadata: &Metadata) -> Result<Vec<(String, String)>> {
    let wording = Wording::of(&metadata.language);
    let outline = Outline::of(volume, wording);
    let settings = &volume.run.settings.book;
    let package = package::render(volume, &outline, metadata, wording)?;
    let pages = Pages {
        volume,
        outline: &outline,
        metadata,
        wording,
        vertical: settings.vertical && is_set_vertically(&metadata.language),
    };
    let mut texts = vec![
        ("cover.xhtml".to_owned(), pages.cover()),
        ("title.xhtml".to_owned(), pages.title()),
        ("contents.xhtml".to_owned(), pages.contents()),
        ("colophon.xhtml".to_owned(), pages.colophon()),
        ("stylesheet.css".to_owned(), style(&settings.style)),
        ("package.opf".to_owned(), package.package),
        ("nav.xhtml".to_owned(), package.navigation),
        ("toc.ncx".to_owned(), package.ncx),
    ];
    for group in &outline.groups {
        if let Some(path) = &group.page {
            texts.push((path.clone(), pages.opening(group)));
        }
    }
    Ok(texts)
}

fn style(style: &Style) -> String {
    match style {
        Style::BuiltIn => STYLE.to_owned(),
        Style::Added(css) => format!("{STYLE}\n{css}\n"),
        Style::Replaced(css) => css.clone(),
    }
}
