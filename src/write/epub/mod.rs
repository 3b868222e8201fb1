//! Books: EPUB 3.3 with a cover, contents, and pictures inside.
//!
//! Articles become chapters in the workers (`chapter`), compressed already. The sink (`book`)
//! puts them into volumes (`volume`) as they come, and ends a volume when its period ends; only
//! titles, dates and paths are kept until then. `epub-builder` renders the package document, the
//! navigation document and the NCX (`package`); the ZIP container is our own (`container`).

mod book;
mod chapter;
mod container;
mod cover_font;
mod facts;
mod package;
mod pages;
mod period;
mod plan;
mod settings;
mod volume;

pub use cover_font::CoverFont;
pub use settings::{BookSettings, CoverSize, CssMode, EpubOptions, GroupBy, Split, Style};

use super::{EncodeInput, Kind, OutputFolder, Run, Sink, Unit, Writer, opds};
use crate::error::{Error, Result};
use crate::model::Format;

/// Writes books.
#[derive(Clone, Copy, Debug, Default)]
pub struct Epub;

static FORMAT: Format = Format {
    name: "epub",
    description: "EPUB 3.3, one book or volumes, with the pictures embedded",
    files: "NAME.epub, NAME-2021-12.epub …, NAME-cover.jpg, NAME-icon.jpg, opds.xml",
    options: &[
        "split",
        "max-size",
        "group-by",
        "vertical",
        "profile",
        "epub.css",
        "epub.cover_font",
    ],
};

impl Writer for Epub {
    type Part = chapter::Part;
    type Settings = BookSettings;

    fn format(&self) -> &Format {
        &FORMAT
    }

    fn kind(&self) -> Kind {
        Kind::Book
    }

    fn is_default(&self) -> bool {
        true
    }

    fn embeds_pictures(&self) -> bool {
        true
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        plan::units(run)
    }

    fn claims(&self, name: &str, run: &Run<'_>) -> bool {
        name == opds::NAME || volume::is_name_of_file(name, &run.publication.name)
    }

    fn encode(&self, input: &EncodeInput<'_>) -> Result<Self::Part> {
        chapter::encode(input)
    }

    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Self::Part> + 'run>> {
        Ok(Box::new(book::Book::new(*run, folder)))
    }
}

/// A defect of this writer or of a library that it builds on.
fn defect(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::writer(FORMAT.name, source)
}
