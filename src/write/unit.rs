//! What a writer makes, in pieces that are made or kept whole.

use crate::model::{Catalogue, Digest, Listed, Selection};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Outputs that are made together or kept together: a feed document, a volume with its cover.
///
/// A unit is made of its articles (and their pictures), the settings and the context, and of
/// nothing else. If all of these are as they were when the unit was made last, and its outputs
/// still stand, it is kept: its articles are not read and its outputs are not opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unit {
    /// The name, distinct among the writer's units, that stays from run to run.
    pub name: String,
    /// The positions of its articles in the catalogue, ascending.
    pub articles: Vec<u32>,
    /// What its outputs depend on beside its articles and the settings, in any form.
    pub context: String,
}

impl Unit {
    /// A unit of some articles of the catalogue, by their positions. It stands while its articles and this
    /// context are as they were.
    pub fn new(name: impl Into<String>, articles: Vec<u32>, context: impl Into<String>) -> Self {
        Unit {
            name: name.into(),
            articles,
            context: context.into(),
        }
    }

    /// The only unit of a writer that makes everything anew whenever anything in the catalogue is
    /// other than before.
    pub fn whole(catalogue: &Catalogue, selection: &Selection) -> Self {
        let mut hasher = blake3::Hasher::new();
        for listed in catalogue.iter() {
            hasher.update(digest(listed).as_ref());
        }
        let mut context = Digest::from_hash(&hasher.finalize()).to_string();
        for source in catalogue.sources() {
            // Writing to a string can't fail.
            let _ = write!(context, "\n{source}");
        }
        Unit {
            name: String::new(),
            articles: (0u32..)
                .zip(catalogue.iter())
                .map(|(position, _)| position)
                .filter(|&position| selection.contains_number(position))
                .collect(),
            context,
        }
    }
}

/// The articles of some units of a catalogue.
pub fn articles_of<'units>(
    units: impl IntoIterator<Item = &'units Unit>,
    catalogue: &Catalogue,
) -> Selection {
    let mut selection = Selection::none(catalogue.len());
    let articles = units.into_iter().flat_map(|unit| &unit.articles);
    for position in articles.filter_map(|&position| usize::try_from(position).ok()) {
        selection.insert(position);
    }
    selection
}

fn digest(listed: &Listed) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&listed.key.bytes());
    for time in [listed.published, listed.updated] {
        let millis = time.map(|time| time.millis());
        hasher.update(&[u8::from(millis.is_some())]);
        hasher.update(&millis.unwrap_or_default().to_le_bytes());
    }
    hasher.update(&listed.published_day.map_or(0, i32::from).to_le_bytes());
    hasher.update(&listed.source.to_le_bytes());
    Digest::from_hash(&hasher.finalize())
}

/// The units of earlier runs that still stand, with what their writers noted of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    notes: BTreeMap<(String, String), Vec<String>>,
}

static NOTHING: Kept = Kept {
    notes: BTreeMap::new(),
};

impl Kept {
    /// Nothing is kept.
    pub fn nothing() -> &'static Kept {
        &NOTHING
    }

    /// Adds a unit of a format.
    pub fn insert(&mut self, format: &str, unit: &str, notes: Vec<String>) {
        self.notes
            .insert((format.to_owned(), unit.to_owned()), notes);
    }

    /// The notes ([`crate::write::Output::note`]) of a unit that is kept, in the order of its
    /// outputs; none where the unit is to be made.
    pub fn notes(&self, format: &str, unit: &str) -> Option<&[String]> {
        let key = (format.to_owned(), unit.to_owned());
        self.notes.get(&key).map(Vec::as_slice)
    }

    /// Whether a unit is kept.
    pub fn contains(&self, format: &str, unit: &str) -> bool {
        self.notes(format, unit).is_some()
    }
}
