//! The sink: chapters go into volumes, finished volumes become outputs.

use super::chapter::Part;
use super::package::{self, COVER};
use super::pages::Pages;
use super::period::{Period, day};
use super::plan::{self, Plan};
use super::volume::Volume;
use crate::error::{Code, Result, Warning};
use crate::write::epub::container::deflate::Deflated;
use crate::write::epub::package::metadata::{self, Metadata};
use crate::write::epub::pages::contents::Outline;
use crate::write::epub::pages::cover::{self, Drawn};
use crate::write::epub::pages::page::is_set_vertically;
use crate::write::epub::pages::wording::Wording;
use crate::write::{
    BookSettings, Output, OutputFolder, Run, Sealed, Sink, Split, Staged, Style, icon, opds,
};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;

/// The built-in style sheet.
const STYLE: &str = include_str!("style.css");

/// The bound of a volume that is cut by size, where none is given: what mail gateways of e-readers
/// take.
const BOUND: u64 = 50_000_000;
/// Room for what a volume has beside chapters and cover.
const RESERVE: u64 = 16_000;
/// The largest cover, and its share of a bounded volume.
const COVER_BOUND: u64 = 1_000_000;
const COVER_SHARE: u64 = 8;

/// The book of a run, in one volume or many.
pub(super) struct Book<'run> {
    run: Run<'run>,
    folder: &'run OutputFolder,
    bound: Option<u64>,
    volume: Option<Volume<'run>>,
    /// Where there is a bound: the chapters of one day, which stay together if they can.
    gathered: Vec<Part>,
    gathered_size: u64,
    /// The number of volumes that ended before their period did.
    parts: u32,
    plan: Plan,
    outputs: Vec<Output>,
    /// The volumes made so far, by period.
    shelf: BTreeMap<Period, Vec<opds::Book>>,
    /// The picture that feeds show, made of the cover of the newest volume.
    icon: Option<Vec<u8>>,
}

impl<'run> Book<'run> {
    /// Begins without any file: the first article says which volume is the first.
    pub(super) fn new(run: Run<'run>, folder: &'run OutputFolder) -> Self {
        let settings = run.settings.get::<BookSettings>();
        let default = (settings.split == Split::Size).then_some(BOUND);
        Book {
            run,
            folder,
            bound: settings.max_size.or(default),
            volume: None,
            gathered: Vec::new(),
            gathered_size: 0,
            parts: 0,
            plan: Plan::new(&run),
            outputs: Vec::new(),
            shelf: BTreeMap::new(),
            icon: None,
        }
    }

    fn period(&self, part: &Part) -> Period {
        let split = self.run.settings.get::<BookSettings>().split;
        Period::of(part.chapter.published, split, self.run.publication.zone)
    }

    fn day(&self, part: &Part) -> Option<NaiveDate> {
        let time = part.chapter.published?;
        Some(day(time, self.run.publication.zone))
    }

    /// What is left of a bound for chapters.
    fn room(&self, bound: u64) -> u64 {
        bound.saturating_sub(RESERVE + self.cover_bound().unwrap_or_default())
    }

    fn cover_bound(&self) -> Option<u64> {
        let bound = self.bound?;
        Some(COVER_BOUND.min(bound / COVER_SHARE))
    }

    /// Lets a chapter wait until its day is complete, or too large to stay together.
    fn gather(&mut self, part: Part, bound: u64) -> Result<()> {
        let same_day = |first: &Part| self.day(first) == self.day(&part);
        let ended = !self.gathered.first().is_none_or(same_day);
        if ended || self.gathered_size > bound {
            self.place_gathered(bound)?;
        }
        self.gathered_size += part.size(|_| false);
        self.gathered.push(part);
        Ok(())
    }

    /// Puts the chapters of a day into the present volume if they fit, else into the next one. A
    /// day that fits into no volume is cut between its chapters.
    fn place_gathered(&mut self, bound: u64) -> Result<()> {
        let room = self.room(bound);
        let day = std::mem::take(&mut self.gathered);
        let together = std::mem::take(&mut self.gathered_size) <= room;
        if together {
            self.make_room(&day, room)?;
        }
        for part in day {
            if !together {
                self.make_room(std::slice::from_ref(&part), room)?;
            }
            self.place(part)?;
        }
        Ok(())
    }

    /// Ends the present volume if it is of the same period as these chapters and would become too
    /// large with them.
    fn make_room(&mut self, parts: &[Part], room: u64) -> Result<()> {
        let Some(first) = parts.first() else {
            return Ok(());
        };
        let period = self.period(first);
        let full = |volume: &mut Volume<'_>| {
            let sizes = parts.iter().map(|part| part.size(|path| volume.has(path)));
            volume.period == period && volume.length() + sizes.sum::<u64>() > room
        };
        if let Some(mut volume) = self.volume.take_if(full) {
            self.parts += 1;
            volume.part = Some(self.parts);
            self.end(volume)?;
        }
        Ok(())
    }

    fn place(&mut self, part: Part) -> Result<()> {
        let period = self.period(&part);
        if let Some(ended) = self.volume.take_if(|volume| volume.period != period) {
            self.end_period(ended)?;
        }
        let volume = match &mut self.volume {
            Some(volume) => volume,
            none => {
                let name = format!("{}.epub", self.run.publication.name);
                let file = self.folder.stage(&name)?;
                none.insert(Volume::begin(self.run, period, file)?)
            }
        };
        volume.add(part)
    }

    /// Ends the last volume of its period. Its name has a number where there are others, or, where
    /// volumes were asked for, may come to be others.
    fn end_period(&mut self, mut volume: Volume<'run>) -> Result<()> {
        let by_size = self.run.settings.get::<BookSettings>().split == Split::Size;
        let cut_by_size = by_size && volume.period == Period::Whole;
        if self.parts > 0 || cut_by_size {
            volume.part = Some(self.parts + 1);
        }
        self.parts = 0;
        self.end(volume)
    }

    /// Writes what a volume has beside its chapters, and its file becomes an output.
    fn end(&mut self, mut volume: Volume<'run>) -> Result<()> {
        volume.end_chapters()?;
        let metadata = Metadata::of(&volume);
        let bound = self.cover_bound();
        // Not beside the cover: either takes more memory than all that the volume has in it.
        let texts = texts(&volume, &metadata)?;
        let period = volume.period;
        let icon = self.plan.gives_icon(period).then_some(icon::SIDE);
        let (drawn, texts) = rayon::join(
            || cover::draw(&volume, &metadata, bound, icon),
            || compressed(texts),
        );
        let Drawn {
            cover,
            icon,
            warning,
        } = drawn?;
        let texts = texts?;
        let mut warnings = std::mem::take(&mut volume.warnings);
        warnings.extend(warning);
        self.icon = icon.or(self.icon.take());
        let name = format!("{}.epub", volume.file_stem());
        let mut picture = self
            .folder
            .stage(&format!("{}-cover.jpg", volume.file_stem()))?;
        picture.write_all(&cover).map_err(picture.error())?;
        let articles = volume.chapters.len();
        let (file, length) = close(volume, &cover, texts, self.folder, &name)?;
        let book = metadata.for_catalogue(&name, picture.name());
        warnings.extend(self.too_large(&name, length));
        warnings.extend(language_assumed(&metadata, &name));
        self.outputs.push(Output {
            unit: Some(plan::name(period)),
            note: Some(plan::note(&book)?),
            warnings,
            file,
            articles,
            assets: Vec::new(),
        });
        self.outputs.push(part_of(Some(period), picture)?);
        self.shelf.entry(period).or_default().push(book);
        Ok(())
    }

    fn too_large(&self, name: &str, length: u64) -> Option<Warning> {
        self.bound.filter(|&bound| length > bound).map(|bound| {
            let message = format!("the volume has {length} bytes, more than {bound}");
            Warning::new(Code::VolumeTooLarge, message).in_file(name)
        })
    }

    /// The picture that feeds show, where there is one.
    fn write_icon(&mut self) -> Result<()> {
        let (Some(icon), Some(period)) = (self.icon.take(), self.plan.newest()) else {
            return Ok(());
        };
        let mut file = self.folder.stage(&icon::name(self.run.publication))?;
        file.write_all(&icon).map_err(file.error())?;
        self.outputs.push(part_of(Some(period), file)?);
        Ok(())
    }

    /// The catalogue of the volumes, where their addresses are known.
    fn write_catalogue(&mut self) -> Result<()> {
        let publication = self.run.publication;
        let books = self.plan.shelf(&self.run, std::mem::take(&mut self.shelf));
        let (Some(base), Some(first)) = (&publication.base, books.first()) else {
            return Ok(());
        };
        let catalogue = opds::Catalogue {
            title: publication.title(),
            id: metadata::identifier(&publication.id, "opds")
                .urn()
                .to_string(),
            author: &first.author,
            base,
        };
        let mut file = self.folder.stage(opds::NAME)?;
        let text = catalogue.render(&books);
        file.write_all(text.as_bytes()).map_err(file.error())?;
        self.outputs.push(part_of(None, file)?);
        Ok(())
    }
}

impl Sink for Book<'_> {
    type Part = Part;

    fn append(&mut self, _position: usize, part: Part) -> Result<()> {
        match self.bound {
            Some(bound) => self.gather(part, bound),
            None => self.place(part),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>> {
        if let Some(bound) = self.bound {
            self.place_gathered(bound)?;
        }
        if let Some(volume) = self.volume.take() {
            self.end_period(volume)?;
        }
        self.write_icon()?;
        self.write_catalogue()?;
        Ok(self.outputs)
    }
}

fn language_assumed(metadata: &Metadata, name: &str) -> Option<Warning> {
    metadata.language_assumed.then(|| {
        let message = format!(
            "the language of the articles is not known, and a Kindle takes no such book: it says {}",
            metadata.language
        );
        Warning::new(Code::LanguageAssumed, message).in_file(name)
    })
}

/// Adds the last documents to a volume, names its file and brings it to the disk.
fn close(
    mut volume: Volume<'_>,
    cover: &[u8],
    texts: Vec<(String, Deflated)>,
    folder: &OutputFolder,
    name: &str,
) -> Result<(Sealed, u64)> {
    volume.add_bytes(COVER, cover)?;
    for (path, text) in texts {
        volume.add_text(&path, &text)?;
    }
    let (mut file, length) = volume.close()?;
    file.rename(folder, name);
    Ok((file.seal()?, length))
}

/// An output beside the books: of a period's unit, or made whenever any book is.
fn part_of(period: Option<Period>, file: Staged) -> Result<Output> {
    Ok(Output {
        file: file.seal()?,
        unit: period.map(plan::name),
        note: None,
        articles: 0,
        assets: Vec::new(),
        warnings: Vec::new(),
    })
}

/// Texts for the container, compressed side by side: the contents of a large volume are long.
fn compressed(texts: Vec<(String, String)>) -> Result<Vec<(String, Deflated)>> {
    let compressed = texts
        .into_par_iter()
        .map(|(path, text)| Ok((path, Deflated::whole(text.as_bytes())?)));
    compressed.collect()
}

/// The documents beside the chapters, by path.
fn texts(volume: &Volume<'_>, metadata: &Metadata) -> Result<Vec<(String, String)>> {
    let wording = Wording::of(&metadata.language);
    let outline = Outline::of(volume, wording);
    let settings = volume.run.settings.get::<BookSettings>();
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
        texts.extend(pages.day_pages(group));
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
