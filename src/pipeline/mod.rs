//! The run: the only module that sees all stages.
//!
//! A first pass reads the head of each file that is other than the last run noted it, and makes the
//! [`Catalogue`](crate::model::Catalogue). A plan tells which outputs would be as they stand, and
//! keeps those. A second pass takes the articles of the others, in windows: read, clean and encode
//! in parallel, append in order. No text outlives its window, so memory grows with the catalogue
//! only.

mod belt;
mod commit;
mod duplicates;
mod found;
mod heads;
mod listing;
mod lock;
mod plan;
mod shared;
mod state;
mod survey;
mod window;

use crate::clean;
use crate::config::Settings;
use crate::error::{Code, Error, Result, Warning};
use crate::images::{self, Library};
use crate::registry::Registry;
use crate::report::{Articles, Observer, OutputReport, Report, Stage};
use crate::write::{AnyWriter, Kind, Lane, Output, OutputFolder, Run};
use listing::Listing;
use lock::Lock;
use plan::{Plan, Planning};
use rayon::prelude::*;
use state::State;
use std::time::Instant;

pub use found::{Found, find};
pub use survey::{Survey, survey};
pub use window::{Understood, understand};

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
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs)
        .build()
        .map_err(|error| no_threads(&error))?;
    let mut report = pool.install(|| run(registry, settings, observer))?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

fn no_threads(error: &rayon::ThreadPoolBuildError) -> Error {
    Error::configuration(
        format!("cannot start the worker threads: {error}"),
        "ask for fewer with --jobs N",
    )
}

fn run(registry: &Registry, settings: &Settings, observer: &dyn Observer) -> Result<Report> {
    let writers = registry.chosen(&settings.formats)?;
    // Before anything is read: what a run that waited writes is what it found after waiting.
    let lock = Lock::take(settings)?;
    let mut state = State::open(registry, settings);
    let folder = lock.folder();
    let found = find(&settings.inputs)?;
    let listing = listing::list(found, registry, settings, &mut state, observer)?;
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
    let (library, warnings) = Library::open(images::Settings {
        keep: !settings.dry_run,
        ..settings.images.clone()
    })?;
    report.warnings.extend(warnings);
    let planning = Planning {
        writers: &writers,
        run: &run,
        listing: &listing,
        library: &library,
        folder,
        observer,
    };
    let plan = planning.plan(&mut state);
    let run = Run {
        kept: &plan.kept,
        ..run
    };
    let outputs = produce(
        &plan,
        &run,
        folder,
        &listing,
        &library,
        settings,
        observer,
        &mut state,
        &mut report,
    )?;
    let made = commit::put_into_place(outputs, &plan, folder, settings, &mut report)?;
    commit::look_after_others(&writers, &run, folder, settings, &mut report);
    commit::note(&plan, made, &mut state);
    report.warnings.extend(state.finish());
    observer.end(Stage::Writing);
    report.images = library.counts();
    Ok(report)
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
            skipped: listing.refused.len() as u64,
            duplicates: listing.duplicates,
            written: 0,
        },
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
    let hint = match warnings.first() {
        Some(warning) => format!("the first of {} problems: {warning}", warnings.len()),
        None => "an article begins with `<!--EPOCH-->`, `[title](address)` and `------`; see `offprint formats`".to_owned(),
    };
    Error::NoInput {
        message: format!("no article found in {looked}"),
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
    library: &Library,
    settings: &Settings,
    observer: &dyn Observer,
    state: &mut State,
    report: &mut Report,
) -> Result<Vec<(&'static str, Output)>> {
    let mut lanes = Vec::with_capacity(plan.works.len());
    for (writer, selection) in &plan.works {
        lanes.push(window::Track {
            lane: writer.lane(run, folder, window::LENGTH, selection.clone())?,
            format: writer.format().name,
        });
    }
    let held = |position: &usize| plan.articles.contains(*position);
    let positions: Vec<usize> = (0..run.catalogue.len()).filter(held).collect();
    report.articles.written = positions.len() as u64;
    let line = window::Line {
        run,
        listing,
        library,
        settings,
        lanes: &lanes,
        embedded: &plan.embedded,
        observer,
    };
    let wanted = line.wanted(&positions);
    if wanted > 0 {
        observer.begin(Stage::Articles, wanted);
    }
    pass(&line, &positions, state, report)?;
    if wanted > 0 {
        observer.end(Stage::Articles);
    }
    observer.begin(Stage::Writing, lanes.len() as u64);
    finish(lanes, observer)
}

/// Ends the outputs of all writers, side by side.
fn finish(
    lanes: Vec<window::Track<'_>>,
    observer: &dyn Observer,
) -> Result<Vec<(&'static str, Output)>> {
    let finished: Vec<Result<Vec<(&'static str, Output)>>> = lanes
        .into_par_iter()
        .map(|track| {
            let outputs = track.lane.finish()?;
            observer.advance(Stage::Writing, 1);
            Ok(outputs
                .into_iter()
                .map(|output| (track.format, output))
                .collect())
        })
        .collect();
    let mut outputs = Vec::new();
    for of_writer in finished {
        outputs.extend(of_writer?);
    }
    Ok(outputs)
}

/// Takes all articles through the second pass.
fn pass(
    line: &window::Line<'_, '_>,
    positions: &[usize],
    state: &mut State,
    report: &mut Report,
) -> Result<()> {
    state.rewind_to_articles();
    let there = belt::run(line, positions, state, &mut report.warnings)?;
    if there == 0 && !positions.is_empty() {
        return Err(all_gone(report));
    }
    Ok(())
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
