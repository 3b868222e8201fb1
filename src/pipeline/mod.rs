//! The run: the only module that sees all stages.
//!
//! A first pass goes over each file that is other than the last run noted it, and makes the
//! [`Catalogue`](crate::model::Catalogue). A plan tells which outputs would be as they stand, and
//! keeps those. A second pass takes the articles of the others, in windows: read, clean and encode
//! in parallel, append in order. No text outlives its window, so memory grows with the catalogue
//! only.

mod absent;
mod commit;
mod duplicates;
mod found;
mod guarded;
mod inputs;
mod inspect;
mod inventory;
mod listing;
mod lock;
mod merging;
mod name_order;
mod pass;
mod passed_over;
mod plan;
mod produce;
mod prune;
mod pull;
mod scan;
mod selection;
mod selectors;
mod shared;
mod state;
mod statistics;
mod texts;
mod told;
mod writing;

use crate::config::Settings;
use crate::error::{Error, Result, Warning};
use crate::images::{self, ImageStore};
use crate::registry::Registry;
use crate::report::{Articles, Observer, Report};
use crate::write::{self, AnyWriter, Kind, Run};
use inventory::Inventory;
use listing::Listing;
use lock::Lock;
use rayon::ThreadPool;
use state::State;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use writing::Writing;

pub use inspect::{Understood, Wanted, understand, understand_each};
pub use pull::pull;
pub use statistics::{Statistics, statistics};

/// Reads the archive, writes the outputs and tells what happened.
///
/// Outputs are put into place only after all of them are finished; until then, and after any
/// error, the earlier ones stand as they were.
///
/// ```no_run
/// use offprint::{Registry, Settings, Unobserved, convert};
/// let settings = Settings::for_inputs(["articles"]);
/// let report = convert(&Registry::standard(), &settings, &Unobserved)?;
/// println!("{} articles", report.articles.written);
/// # Ok::<(), offprint::Error>(())
/// ```
///
/// # Errors
/// Where nothing can be written: see [`Error`].
pub fn convert(
    registry: &Registry,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Report> {
    let started = Instant::now();
    let mut report = run(registry, settings, observer)?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// The workers that compute.
fn pool(settings: &Settings) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs)
        .build()
        .map_err(|error| no_threads(&error))
}

fn no_threads(error: &dyn fmt::Display) -> Error {
    Error::configuration(
        format!("cannot start the worker threads: {error}"),
        "ask for fewer with --jobs N",
    )
}

fn run(registry: &Registry, settings: &Settings, observer: &dyn Observer) -> Result<Report> {
    let writers = registry.chosen(&settings.formats)?;
    let pool = Arc::new(pool(settings)?);
    // Before anything is read: what a run that waited writes is what it found after waiting.
    let lock = Lock::take(settings)?;
    let mut state = State::open(registry, settings);
    let (inventory, warning) = Inventory::open(settings);
    let inputs = inputs::list(&settings.inputs, &settings.out, |name| {
        inventory.knows(name)
    })?;
    let listing = listing::list(inputs, registry, settings, &mut state, observer, &pool)?;
    let mut report = begin_report(&listing);
    report.warnings.extend(lock.warning());
    report.warnings.extend(warning);
    if listing.catalogue.is_empty() {
        return nothing_to_write(&listing, settings, report);
    }
    let formats: Vec<&str> = writers.iter().map(|writer| writer.format().name).collect();
    let run = Run {
        formats: &formats,
        icon: has_icon(&writers, settings),
        unreadable: &listing.refused,
        ..Run::new(&settings.publication, &settings.write, &listing.catalogue)
    };
    let (images, warnings) = image_store(settings, &pool)?;
    report.warnings.extend(warnings);
    let writing = Writing {
        writers: &writers,
        run: &run,
        listing: &listing,
        images: &images,
        lock: &lock,
        settings,
        observer,
        pool: &pool,
    };
    writing.write(state, inventory, &mut report)?;
    report.images = images.counts();
    Ok(report)
}

/// Removes the temporary files that this process has in an output folder and in the cache, and lets it
/// make no more in the former. For a process that is about to be ended: whatever it still does with them
/// fails.
pub fn remove_temporary_files(out: &Path, cache: Option<&Path>) {
    write::remove_temporary_files(out);
    images::remove_temporary_files(cache);
    if let Some(cache) = cache {
        state::remove_own(&cache.join("state"));
    }
}

/// The pictures. A dry run leaves the cache as it found it.
fn image_store(settings: &Settings, pool: &Arc<ThreadPool>) -> Result<(ImageStore, Vec<Warning>)> {
    let settings = images::Settings {
        keep: !settings.dry_run,
        ..settings.images.clone()
    };
    ImageStore::with_workers(settings, Some(Arc::clone(pool)))
}

/// Feeds name an icon where books are made too and their files have addresses.
fn has_icon(writers: &[&dyn AnyWriter], settings: &Settings) -> bool {
    let has = |kind| writers.iter().any(|writer| writer.kind() == kind);
    settings.publication.base.is_some() && has(Kind::Feed) && has(Kind::Book)
}

fn begin_report(listing: &Listing<'_>) -> Report {
    Report {
        version: 1,
        articles: Articles {
            read: listing.read,
            skipped: listing.skipped,
            duplicates: listing.duplicates,
            passed_over: listing.unrecognised.len() as u64,
            written: 0,
        },
        joined: listing.joined.clone(),
        boilerplate: listing.told.clone(),
        passed_over: listing
            .unrecognised
            .iter()
            .map(|file| file.shown.clone())
            .collect(),
        warnings: listing.warnings.clone(),
        ..Report::default()
    }
}

/// An archive of which the period leaves nothing is a success; one without articles is none.
fn nothing_to_write(listing: &Listing<'_>, settings: &Settings, report: Report) -> Result<Report> {
    if listing.read > 0 {
        return Ok(report);
    }
    Err(nothing_found(settings, &listing.warnings))
}

/// The error that no article was found where the settings say, with the first of the warnings.
pub fn nothing_found(settings: &Settings, warnings: &[Warning]) -> Error {
    let looked = settings
        .inputs
        .iter()
        .map(|input| input.display())
        .collect::<Vec<_>>()
        .join(", ");
    let seeming = passed_over::described(settings);
    let hint = match (warnings.first(), &seeming) {
        (Some(warning), _) => format!("the first of {} problems: {warning}", warnings.len()),
        (None, Some((_, advice))) => format!("{advice}; `offprint formats` lists what can be read"),
        (None, None) => "an article begins with `<!--EPOCH-->`, `[title](address)` and `------`; see `offprint formats`".to_owned(),
    };
    let seeming = seeming.map(|(words, _)| format!("; {words}"));
    Error::NoInput {
        message: format!(
            "no article found in {looked}{}",
            seeming.unwrap_or_default()
        ),
        hint,
    }
}
