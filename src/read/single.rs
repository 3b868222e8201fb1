//! What readers of formats with one article a file have in common.

use super::{Item, Loaded, Locator, ReadOptions, Source};
use crate::error::Warning;
use crate::model::Entry;

/// How much of an entry is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its head; its text only where nothing else identifies it. Texts are most of an archive, and a
    /// first pass that copied each would do so for nothing.
    Head,
    /// Everything.
    Whole,
}

/// Makes an entry of a file's text; where it is none, the warnings that are added say why.
pub(super) type ReadText = fn(&str, &dyn Source, Part, &mut Vec<Warning>) -> Option<Entry>;

/// Gives the article of a file to `each`.
pub(super) fn scan(
    source: &dyn Source,
    options: &ReadOptions,
    read: ReadText,
    each: &mut dyn FnMut(Item),
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let entry = match entry(source, options, (read, Part::Head), &mut warnings) {
        Ok(entry) => entry,
        Err(warning) => return vec![warning],
    };
    match (entry, source.digest()) {
        (Some(entry), Ok(content)) => {
            each(Item::new(Locator::whole(source.length()), entry, content));
            // They are raised again, when the article is loaded.
            Vec::new()
        }
        (_, Err(error)) => vec![source.unreadable(&error)],
        (None, Ok(_)) => warnings,
    }
}

/// Reads the article of a file.
pub(super) fn load(
    source: &dyn Source,
    _at: &Locator,
    options: &ReadOptions,
    read: ReadText,
) -> Result<Loaded, Warning> {
    let mut warnings = Vec::new();
    match entry(source, options, (read, Part::Whole), &mut warnings)? {
        Some(entry) => Ok(Loaded { entry, warnings }),
        None => Err(source.changed()),
    }
}

fn entry(
    source: &dyn Source,
    options: &ReadOptions,
    (read, part): (ReadText, Part),
    warnings: &mut Vec<Warning>,
) -> Result<Option<Entry>, Warning> {
    let (text, raised) = source.text(&Locator::whole(source.length()), options)?;
    warnings.extend(raised);
    Ok(read(&text, source, part, warnings))
}
