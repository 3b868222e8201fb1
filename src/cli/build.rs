//! `offprint build`: the main job.

use super::args::Build;
use super::diagnostics::Terminal;
use super::output::{print, replace};
use super::progress::Progress;
use super::{DONE, LOSSES, Outcome, github, pages, summary};
use offprint::{Error, Registry, Report, Settings, convert, settings};
use std::path::Path;

/// Reads the archive, writes the outputs, and says what happened.
pub fn run(arguments: Build, terminal: &Terminal) -> Outcome {
    let registry = Registry::standard();
    let file = settings::load(arguments.reading.config.as_deref(), &registry)?;
    let settings = settings::resolve(arguments.into_options().or(file), &registry)?;
    check_reader(&registry, &settings)?;
    check_report(&settings)?;
    #[cfg(unix)]
    super::interruption::watch(&settings.out, settings.images.cache.as_deref(), terminal);
    let progress = Progress::new(terminal);
    let converted = convert(&registry, &settings, &progress);
    progress.finish();
    let report = converted?;
    terminal.warnings(&report.warnings);
    write_report(&report, &settings)?;
    terminal.say(&summary::of(&report, &settings, terminal.verbose()));
    if let Some(note) = pages::note(&report) {
        terminal.say(&note);
    }
    if let Err(error) = github::summarize(&report, &summary::ending(&report, &settings)) {
        terminal.say(&format!("the step's summary can't be written: {error}\n"));
    }
    Ok(if settings.strict && report.has_losses() {
        LOSSES
    } else {
        DONE
    })
}

/// Refuses the name of a reader that does not exist.
pub fn check_reader(registry: &Registry, settings: &Settings) -> Result<(), Error> {
    match &settings.reader {
        Some(reader) if registry.reader(reader).is_none() => Err(Error::configuration(
            format!("there is no reader named {reader:?}"),
            format!("choose from {}", registry.reader_names()),
        )),
        _ => Ok(()),
    }
}

/// Refuses a place for the report that can't be written, before any output is.
fn check_report(settings: &Settings) -> Result<(), Error> {
    if let Some(folder) = settings.report.as_deref().filter(|path| path.is_dir()) {
        return Err(Error::configuration(
            format!("the report can't be the folder {}", folder.display()),
            "name a file with --report FILE",
        ));
    }
    let folder = settings.report.as_deref().and_then(Path::parent);
    match folder.filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        Some(folder) => Err(Error::configuration(
            format!("there is no folder {} for the report", folder.display()),
            "make the folder, or name another file with --report FILE",
        )),
        None => Ok(()),
    }
}

/// Writes the report where the settings say.
fn write_report(report: &Report, settings: &Settings) -> Result<(), Error> {
    let Some(path) = &settings.report else {
        return Ok(());
    };
    let failed = |source| Error::File {
        path: path.clone(),
        source,
        hint: "the outputs are written; name another file with --report FILE",
    };
    let json = serde_json::to_string_pretty(report).map_err(|error| failed(error.into()))?;
    let json = json + "\n";
    if path == Path::new("-") {
        return print(json.as_bytes());
    }
    replace(path, json.as_bytes()).map_err(failed)
}
