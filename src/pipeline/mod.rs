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
mod guarded;
mod inputs;
mod inspect;
mod inventory;
mod listing;
mod lock;
mod merging;
mod pass;
mod passed_over;
mod plan;
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

use crate::config::Settings;
use crate::error::{Code, Error, Result, Warning};
use crate::images::{self, ImageStore};
use crate::registry::Registry;
use crate::report::{Articles, Observer, Report, Stage};
use crate::write::{self, AnyWriter, Kind, Output, OutputFolder, Run};
use inventory::Inventory;
use listing::Listing;
use lock::Lock;
use pass::{ActiveWriter, Pass};
use plan::{Plan, Planning};
use prune::Pruning;
use rayon::ThreadPool;
use rayon::prelude::*;
use selectors::Selectors;
use state::State;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

pub use inspect::{Understood, understand, understand_each};
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
    let folder = lock.folder();
    let inputs = inputs::list(&settings.inputs, &settings.out)?;
    let listing = listing::list(inputs, registry, settings, &mut state, observer, &pool)?;
    let mut report = begin_report(&listing);
    report.warnings.extend(lock.warning());
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
    let image_settings = images::Settings {
        // A dry run leaves the cache as it found it.
        keep: !settings.dry_run,
        ..settings.images.clone()
    };
    let (images, warnings) = ImageStore::with_workers(image_settings, Some(Arc::clone(&pool)))?;
    report.warnings.extend(warnings);
    let planning = Planning {
        writers: &writers,
        run: &run,
        listing: &listing,
        images: &images,
        folder,
        observer,
        pool: &pool,
    };
    let plan = planning.plan(&mut state)?;
    let run = Run {
        kept: &plan.kept,
        ..run
    };
    let outputs = produce(
        &plan,
        &run,
        folder,
        &listing,
        &images,
        settings,
        observer,
        &pool,
        &mut state,
        &mut report,
    )?;
    let (mut inventory, warning) = Inventory::open(settings);
    report.warnings.extend(warning);
    let made = commit::put_into_place(
        outputs,
        &plan,
        folder,
        settings,
        &mut inventory,
        &mut report,
    )?;
    let pruning = Pruning {
        writers: &writers,
        run: &run,
        listing: &listing,
        state: &state,
        folder,
        settings,
    };
    pruning.prune(&made.names, &mut inventory, &mut report);
    if !settings.dry_run {
        report.warnings.extend(inventory.save());
        // Without the lock another run may be writing the very files that look left over.
        if lock.is_held() {
            prune::remove_leftovers(folder);
        }
    }
    // Last: a state that told of outputs before they stand in their places would keep what is not there.
    commit::note(&plan, made, &mut state);
    report.warnings.extend(state.finish());
    observer.end(Stage::Writing);
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

/// Makes the outputs that are not kept, unplaced.
#[allow(
    clippy::too_many_arguments,
    reason = "the one place where all stages meet"
)]
fn produce(
    plan: &Plan<'_>,
    run: &Run<'_>,
    folder: &OutputFolder,
    listing: &Listing<'_>,
    images: &ImageStore,
    settings: &Settings,
    observer: &dyn Observer,
    pool: &ThreadPool,
    state: &mut State,
    report: &mut Report,
) -> Result<Vec<(&'static str, Output)>> {
    let mut active = Vec::with_capacity(plan.works.len());
    for (writer, selection) in &plan.works {
        active.push(ActiveWriter {
            run: writer.begin(run, folder, selection.clone())?,
            format: writer.format().name,
        });
    }
    let held = |position: &usize| plan.articles.contains(*position);
    let positions: Vec<usize> = (0..run.catalogue.len()).filter(held).collect();
    let pass = Pass {
        run,
        listing,
        images,
        settings,
        writers: &active,
        embedded: &plan.embedded,
        observer,
        pool,
        is_noted: state.is_kept(),
    };
    let wanted = pass.wanted(&positions);
    if wanted > 0 {
        observer.begin(Stage::Articles, wanted);
    }
    state.rewind_to_articles();
    let mut selectors = Selectors::of(&settings.clean.sites);
    let there = pass.take(&positions, state, &mut selectors, &mut report.warnings)?;
    report.warnings.extend(selectors.warnings());
    report.articles.written = there as u64;
    if there == 0 && !positions.is_empty() {
        return Err(all_gone(report));
    }
    if wanted > 0 {
        observer.end(Stage::Articles);
    }
    observer.begin(Stage::Writing, active.len() as u64);
    pool.install(|| finish(active, observer))
}

/// Ends the outputs of all writers, side by side.
fn finish(
    writers: Vec<ActiveWriter<'_>>,
    observer: &dyn Observer,
) -> Result<Vec<(&'static str, Output)>> {
    let finished: Vec<Result<Vec<(&'static str, Output)>>> = writers
        .into_par_iter()
        .map(|writer| {
            let outputs = writer.run.finish()?;
            observer.advance(Stage::Writing, 1);
            Ok(outputs
                .into_iter()
                .map(|output| (writer.format, output))
                .collect())
        })
        .collect();
    let mut outputs = Vec::new();
    for of_writer in finished {
        outputs.extend(of_writer?);
    }
    Ok(outputs)
}

/// Every article was there when the run began, and none is now: somebody moves the archive. Better
/// no outputs than empty ones.
fn all_gone(report: &Report) -> Error {
    let mut warnings = report.warnings.iter().rev();
    let last = warnings.find(|warning| warning.code == Code::FileUnreadable);
    Error::NoInput {
        message: match last {
            Some(last) => format!("no article could be read a second time: {last}"),
            None => "no article could be read a second time".to_owned(),
        },
        hint: "the archive changed during the run: run again; earlier outputs are untouched"
            .to_owned(),
    }
}
