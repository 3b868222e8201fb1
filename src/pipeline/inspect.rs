//! Single articles as they are understood, for people who look into an archive.

use super::absent;
use super::guarded::guarded;
use super::inputs::{self, OpenedFile};
use super::scan::reader_of;
use crate::clean::{self, Cleaned, Dates, ParsedEntry};
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::model::Entry;
use crate::read::{Locator, Reader};
use crate::registry::Registry;

/// One article as its file gives it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Understood {
    /// The file.
    pub path: String,
    /// The name of the reader that took it.
    pub reader: &'static str,
    /// What the reader found.
    pub entry: Entry,
    /// What cleaning made of it.
    pub cleaned: Cleaned,
    /// The article's dates and where they come from.
    pub dates: Dates,
    /// What the reader warned of.
    pub warnings: Vec<Warning>,
}

/// Reads and cleans single files without writing anything. Files that are no articles, or broken
/// ones, give no article but may give warnings.
///
/// # Errors
/// Where an input can't be read.
pub fn understand(
    registry: &Registry,
    settings: &Settings,
) -> Result<(Vec<Understood>, Vec<Warning>)> {
    let mut articles = Vec::new();
    let warnings = understand_each(registry, settings, None, &mut |article| {
        articles.push(article);
    })?;
    Ok((articles, warnings))
}

/// The same one article after the other, so that a container of any number of them is never held; of
/// files that hold several only those with this number, if one is given.
///
/// # Errors
/// Where an input can't be read.
pub fn understand_each(
    registry: &Registry,
    settings: &Settings,
    item: Option<u32>,
    each: &mut dyn FnMut(Understood),
) -> Result<Vec<Warning>> {
    let inputs = inputs::list(&settings.inputs, &settings.out, |_| false)?;
    let mut warnings = inputs.warnings.clone();
    for file in 0..inputs.len() {
        let path = inputs.display(file);
        let found = guarded(&path, || {
            let opened = inputs.open(file)?;
            let reader = reader_of(registry, settings, opened.source.as_ref())?;
            Ok(reader.map(|reader| (places(&opened, reader, settings), opened, reader)))
        });
        let ((places, raised), opened, reader) = match found {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(warning) => {
                warnings.push(warning);
                continue;
            }
        };
        warnings.extend(raised);
        let is_asked = |at: &&Locator| item.is_none_or(|item| at.item() == Some(item));
        for at in places.iter().filter(is_asked) {
            match guarded(&path, || understand_one(&opened, reader, at, settings)) {
                Ok(article) => each(article),
                Err(warning) => warnings.push(warning),
            }
        }
    }
    Ok(warnings)
}

/// Where the articles of a file lie, and what was passed over in it.
fn places(
    opened: &OpenedFile<'_>,
    reader: &dyn Reader,
    settings: &Settings,
) -> (Vec<Locator>, Vec<Warning>) {
    let mut places: Vec<Locator> = Vec::new();
    let warnings = reader.scan(
        opened.source.as_ref(),
        &settings.read_options(),
        &mut |item| places.push(item.at),
    );
    (places, warnings)
}

fn understand_one(
    opened: &OpenedFile<'_>,
    reader: &dyn Reader,
    at: &Locator,
    settings: &Settings,
) -> Result<Understood, Warning> {
    let source = opened.source.as_ref();
    let loaded = reader.load(source, at, &settings.read_options())?;
    let mut warnings = loaded.warnings;
    let entry = ParsedEntry::completed(loaded.entry);
    if reader.gives_pages()
        && let Some(absence) = entry.absence()
    {
        warnings.push(absent::told(absence, source.path(), at.item()));
    }
    Ok(Understood {
        path: source.path().to_owned(),
        reader: reader.format().name,
        cleaned: entry.clean(&settings.clean),
        dates: clean::dates(&entry.entry().head, &settings.clean),
        entry: entry.into_entry(),
        warnings,
    })
}
