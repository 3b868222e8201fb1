//! What formats with one article a file have in common: they only say how its text becomes an entry.

use super::passages;
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::Warning;
use crate::model::{Entry, Format};

/// How much of an entry is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its head; its text only where nothing else identifies it. Texts are most of an archive, and a
    /// first pass that copied each would do so for nothing.
    Head,
    /// Everything.
    Whole,
}

/// A format with one article a file, which is therefore a [`Reader`].
pub trait SingleArticle: Send + Sync {
    /// See [`Reader::format`].
    fn format(&self) -> &Format;

    /// See [`Reader::sniff`].
    fn sniff(&self, probe: &Probe<'_>) -> Confidence;

    /// Makes an entry of a file's text; where it is none, the warnings that are added say why.
    fn entry(
        &self,
        text: &str,
        source: &dyn Source,
        part: Part,
        warnings: &mut Vec<Warning>,
    ) -> Option<Entry>;
}

impl<Single: SingleArticle> Reader for Single {
    fn format(&self) -> &Format {
        SingleArticle::format(self)
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        SingleArticle::sniff(self, probe)
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let (entry, passages) = match read(self, source, options, Part::Head, &mut warnings) {
            Ok(read) => read,
            Err(warning) => return vec![warning],
        };
        match (entry, source.digest()) {
            (Some(entry), Ok(content)) => {
                let item = Item::new(Locator::whole(source.length()), entry, content);
                each(Item { passages, ..item });
                // They are raised again, when the article is loaded.
                Vec::new()
            }
            (_, Err(error)) => vec![source.unreadable(&error)],
            (None, Ok(_)) => warnings,
        }
    }

    fn load(
        &self,
        source: &dyn Source,
        _at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let mut warnings = Vec::new();
        match read(self, source, options, Part::Whole, &mut warnings)?.0 {
            Some(entry) => Ok(Loaded { entry, warnings }),
            None => Err(source.changed()),
        }
    }
}

fn read(
    format: &impl SingleArticle,
    source: &dyn Source,
    options: &ReadOptions,
    part: Part,
    warnings: &mut Vec<Warning>,
) -> Result<(Option<Entry>, [Option<u64>; 2]), Warning> {
    let (text, raised) = source.text(&Locator::whole(source.length()), options)?;
    warnings.extend(raised);
    let passages = match part {
        Part::Head => passages::longest(&text),
        Part::Whole => [None; 2],
    };
    Ok((format.entry(&text, source, part, warnings), passages))
}
