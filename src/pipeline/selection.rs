//! Which articles are taken by what only their texts tell.

use super::guarded::guarded;
use crate::clean::{self, ParsedEntry};
use crate::config::{Filter, Settings, TextFacts};
use crate::read::{Item, Reader, Source};

/// Whether the configuration takes an item of a source; it is read where that has to be known. One that
/// can't be read is taken, so that it is told of where articles are read.
pub(super) fn takes(
    reader: &dyn Reader,
    source: &dyn Source,
    item: &Item,
    settings: &Settings,
) -> bool {
    if !settings.filter.needs_text() {
        return true;
    }
    let taken = guarded(source.path(), || {
        let loaded = reader.load(source, &item.at, &settings.read_options())?;
        let entry = ParsedEntry::completed(loaded.entry);
        Ok(takes_entry(&entry, &settings.filter, &settings.clean))
    });
    taken.unwrap_or(true)
}

/// Whether a selection takes an entry by its text.
pub(super) fn takes_entry(
    entry: &ParsedEntry<'_>,
    filter: &Filter,
    settings: &clean::Settings,
) -> bool {
    if !filter.needs_text() {
        return true;
    }
    let article = entry.clean(settings).article;
    let text = article.body.plain_text();
    filter.takes_text(TextFacts {
        language: article.language.as_ref().map(|language| language.as_str()),
        text: &text,
    })
}
