//! Finished outputs are put into place; what earlier runs left is looked after.

use super::state::{Frame, OutputNote, UnitNote};
use super::*;
use crate::error::Code;
use crate::stamp::Stamp;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

/// The outputs of this run by writer and unit, as later runs want to know of them.
pub(super) type Noted = BTreeMap<(&'static str, Option<String>), Vec<OutputNote>>;

/// Puts all outputs into place, one after the other, after all of them are complete on the disk,
/// and reports those that are kept beside them. In a dry run nothing is touched and the report says
/// what would change and why.
pub(super) fn put_into_place(
    outputs: Vec<(&'static str, Output)>,
    plan: &Plan<'_>,
    folder: &OutputFolder,
    settings: &Settings,
    report: &mut Report,
) -> Result<Noted> {
    let mut noted = Noted::new();
    let (shared, mut placed) = shared::put_into_place(&outputs, plan, folder, settings, report)?;
    for (format, output) in outputs {
        report.warnings.extend(output.warnings.iter().cloned());
        let file = output.file;
        let place = Place {
            format,
            unit: output.unit,
            articles: output.articles as u64,
            note: output.note,
            warnings: output.warnings,
        };
        let path = folder.path().join(file.name());
        let reason = settings
            .dry_run
            .then(|| plan.reason(place.format, place.unit.as_deref()));
        report.outputs.push(OutputReport {
            path: path.to_string_lossy().into_owned(),
            bytes: file.bytes(),
            articles: place.articles,
            changed: file.changed(),
            reason,
        });
        if !settings.dry_run {
            let committed = file.commit().map_err(|error| halfway(error, placed))?;
            placed += u64::from(committed.changed);
            let notes = noted.entry((place.format, place.unit.clone())).or_default();
            notes.extend(place.note(committed.name, &path));
            shared::note(notes, &output.assets, &shared);
        }
    }
    report_standing(plan, folder, report);
    report
        .outputs
        .sort_by(|left, right| left.path.cmp(&right.path));
    // A picture that a kept unit shares with another is there twice: as it was put into place, and
    // behind that as it stands.
    report
        .outputs
        .dedup_by(|later, earlier| later.path == earlier.path);
    Ok(noted)
}

/// Where an output belongs, and what is to be known of it.
struct Place {
    format: &'static str,
    unit: Option<String>,
    articles: u64,
    note: Option<String>,
    warnings: Vec<Warning>,
}

impl Place {
    /// What later runs want to know of an output that stands in its place.
    fn note(self, name: String, path: &Path) -> Option<OutputNote> {
        Some(OutputNote {
            name,
            stamp: Stamp::of(&fs::metadata(path).ok()?),
            articles: self.articles,
            note: self.note,
            warnings: self.warnings,
        })
    }
}

/// Reports the outputs that are kept.
fn report_standing(plan: &Plan<'_>, folder: &OutputFolder, report: &mut Report) {
    for output in plan.standing.iter().flat_map(|unit| &unit.outputs) {
        report.warnings.extend(output.warnings.iter().cloned());
        report.outputs.push(OutputReport {
            path: folder
                .path()
                .join(&output.name)
                .to_string_lossy()
                .into_owned(),
            bytes: output.stamp.length,
            articles: output.articles,
            changed: false,
            reason: None,
        });
    }
}

/// Notes what every output was made of, for the next run.
pub(super) fn note(plan: &Plan<'_>, mut noted: Noted, state: &mut State) {
    for unit in &plan.standing {
        state.add(&Frame::Unit(unit.clone()));
    }
    for made in &plan.made {
        let unit = Some(made.unit.clone());
        let outputs = noted
            .remove(&(made.format, unit.clone()))
            .unwrap_or_default();
        state.add(&Frame::Unit(UnitNote {
            format: made.format.to_owned(),
            unit,
            fingerprint: made.fingerprint,
            articles: made.articles,
            outputs,
        }));
    }
    for (writer, _) in &plan.works {
        let format = writer.format().name;
        let outputs = noted.remove(&(format, None)).unwrap_or_default();
        state.add(&Frame::Unit(UnitNote {
            format: format.to_owned(),
            unit: None,
            fingerprint: [0; 16],
            articles: 0,
            outputs,
        }));
    }
}

/// Looks after outputs that are no longer made, and what a killed run left.
pub(super) fn look_after_others(
    writers: &[&dyn AnyWriter],
    run: &Run<'_>,
    folder: &OutputFolder,
    settings: &Settings,
    report: &mut Report,
) {
    let place = |name: &String| folder.path().join(name).to_string_lossy().into_owned();
    let made: HashSet<&String> = report.outputs.iter().map(|output| &output.path).collect();
    let mut stale = claimed(writers, run, folder);
    stale.retain(|name| !made.contains(&place(name)));
    for name in stale {
        let warning = look_after_stale(&name, folder, settings);
        report.warnings.extend(warning);
    }
    if !settings.dry_run {
        remove_leftovers(folder.path());
    }
}

/// What it means that an output can't be put into place where others have been.
pub(super) fn halfway(error: Error, placed: u64) -> Error {
    match error {
        Error::Output { path, source } if placed > 0 => Error::Halfway {
            path,
            placed,
            source,
        },
        error => error,
    }
}

/// The files of the output folder that the writers make in some run, sorted.
fn claimed(writers: &[&dyn AnyWriter], run: &Run<'_>, folder: &OutputFolder) -> Vec<String> {
    let mut names = Vec::new();
    collect_names(folder.path(), "", 3, &mut names);
    names.retain(|name| writers.iter().any(|writer| writer.claims(name, run)));
    names.sort();
    names
}

/// Adds the names of the files in a folder, relative to it, as deep as outputs lie.
fn collect_names(folder: &Path, prefix: &str, depth: u8, names: &mut Vec<String>) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        let (Ok(kind), Some(name)) = (
            item.file_type(),
            item.file_name().to_str().map(str::to_owned),
        ) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if kind.is_file() {
            names.push(name);
        } else if kind.is_dir() && depth > 1 {
            collect_names(&item.path(), &format!("{name}/"), depth - 1, names);
        }
    }
}

/// Removes an output that is no longer made, if that is wanted; else says that it is there.
fn look_after_stale(name: &str, folder: &OutputFolder, settings: &Settings) -> Option<Warning> {
    let path = folder.path().join(name);
    let stale =
        |message: String| Warning::new(Code::OutputStale, message).in_file(path.to_string_lossy());
    if !settings.prune {
        return Some(stale("is no longer made by this run".to_owned()));
    }
    if settings.dry_run {
        let warning = stale("would be removed: no longer made".to_owned());
        return Some(warning.hint("run without --dry-run to remove it"));
    }
    match fs::remove_file(&path) {
        Ok(()) => {
            remove_empty(path.parent(), folder.path());
            None
        }
        Err(error) => {
            let warning = stale(format!("is no longer made and can't be removed: {error}"));
            Some(warning.hint("remove it by hand"))
        }
    }
}

/// Removes a folder and those around it, up to that of the outputs. One that still holds something stays.
fn remove_empty(folder: Option<&Path>, outputs: &Path) {
    let folders = folder.into_iter().flat_map(Path::ancestors);
    for folder in folders.take_while(|folder| *folder != outputs) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Removes temporary files that a killed run left. The lock is held, so none is in use.
fn remove_leftovers(folder: &Path) {
    let mut names = Vec::new();
    collect_names(folder, "", 3, &mut names);
    for name in names {
        let file = name.rsplit('/').next().unwrap_or(&name);
        if file.starts_with(".offprint-") && file.ends_with(".tmp") {
            // Best effort: what can't be removed now is removed by the next run.
            let _ = fs::remove_file(folder.join(&name));
        }
    }
}
