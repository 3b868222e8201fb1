//! What an archive holds, for people who are about to configure a run.

use super::inputs;
use super::listing::{self, Listing};
use super::scan::{Place, article_at};
use super::state::State;
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::model::Timestamp;
use crate::registry::Registry;
use crate::report::Observer;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The most articles that are read whole: languages show in a sample, however large the archive.
const SAMPLE: usize = 200;

/// What an archive holds.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// Articles, each counted once.
    pub articles: usize,
    /// Those of them without a date.
    pub undated: usize,
    /// The times of the first and the last article, where one is dated.
    pub period: Option<(Timestamp, Timestamp)>,
    /// The sources with their numbers of articles; the largest first, then by name.
    pub sources: Vec<(String, usize)>,
    /// The languages of the sample with their numbers of articles, as RFC 5646 tags; the most
    /// frequent first, then by tag.
    pub languages: Vec<(String, usize)>,
    /// Articles that were read whole for their language, spread evenly over the archive.
    pub sampled: usize,
    /// What could not be read as an article.
    pub warnings: Vec<Warning>,
}

/// Looks at the heads of all files, and at the text of some articles.
///
/// # Errors
/// Where an input can't be read.
pub fn statistics(
    registry: &Registry,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Statistics> {
    let pool = super::pool(settings)?;
    let inputs = inputs::list(&settings.inputs, &settings.out, |_| false)?;
    let mut state = State::default();
    let listing = listing::list(inputs, registry, settings, &mut state, observer, &pool)?;
    let catalogue = &listing.catalogue;
    let name = |source: u32| {
        let position = usize::try_from(source).ok()?;
        catalogue.sources().get(position).cloned()
    };
    let dates = || catalogue.iter().filter_map(|article| article.published);
    let sample = sample(&listing);
    Ok(Statistics {
        articles: catalogue.len(),
        undated: catalogue.len() - dates().count(),
        period: dates().min().zip(dates().max()),
        sources: counted(catalogue.iter().filter_map(|article| name(article.source))),
        languages: counted(
            pool.install(|| languages(&sample, &listing, settings))
                .into_iter(),
        ),
        sampled: sample.len(),
        warnings: listing.warnings,
    })
}

/// Articles at even distances.
fn sample(listing: &Listing<'_>) -> Vec<Place> {
    let step = listing.catalogue.len().div_ceil(SAMPLE).max(1);
    (0..listing.catalogue.len())
        .step_by(step)
        .filter_map(|position| listing.place(position))
        .collect()
}

fn languages(sample: &[Place], listing: &Listing<'_>, settings: &Settings) -> Vec<String> {
    sample
        .par_iter()
        .filter_map(|&place| {
            let article = article_at(place, &listing.inputs, listing.readers(), settings)?;
            Some(article.language?.as_str().to_owned())
        })
        .collect()
}

/// Names with how often each occurs.
fn counted(names: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
