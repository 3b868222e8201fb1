//! Finished outputs are put into place.

use super::inventory::{Inventory, Made};
use super::plan::Plan;
use super::shared;
use super::state::{Frame, OutputNote, State, UnitNote};
use crate::config::Settings;
use crate::error::{Code, Error, Result, Warning};
use crate::model::Stamp;
use crate::model::{Checksum, Digest};
use crate::report::{OutputReport, Report};
use crate::write::{Output, OutputFolder, Sealed};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The outputs of this run by writer and unit, as later runs want to know of them.
#[derive(Debug, Default)]
pub(super) struct Noted {
    units: BTreeMap<shared::UnitKey, Vec<OutputNote>>,
    /// The names of all outputs, those that were kept included.
    pub names: BTreeSet<String>,
}

/// Puts all outputs into place, one after the other, after all of them are complete on the disk,
/// and reports those that are kept beside them. In a dry run nothing is touched and the report says
/// what would change and why.
pub(super) fn put_into_place(
    outputs: Vec<(&'static str, Output)>,
    plan: &Plan<'_>,
    folder: &OutputFolder,
    settings: &Settings,
    inventory: &mut Inventory,
    report: &mut Report,
) -> Result<Noted> {
    // Pictures come before what names them: a run that is killed in between leaves a picture too many,
    // never a document that shows nothing.
    let outputs = shared::with_pictures(outputs, folder);
    if !settings.dry_run {
        let made = outputs.iter().map(|(_, output)| made(&output.file));
        made.for_each(|made| inventory.announce(made));
        // Before the first output is in its place, so that no kill leaves one that is not noted.
        report.warnings.extend(inventory.save());
    }
    let mut noted = Noted::default();
    let mut named = Vec::new();
    let mut placed = 0;
    for (format, output) in outputs {
        report.warnings.extend(output.warnings.iter().cloned());
        let file = output.file;
        let place = OutputPlace {
            format,
            unit: output.unit,
            articles: output.articles as u64,
            note: output.note,
            warnings: output.warnings,
            checksum: file.checksum(),
        };
        noted.names.insert(file.name().to_owned());
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
            let made = made(&file);
            let committed = file.commit().map_err(|error| halfway(error, placed))?;
            placed += u64::from(committed.changed);
            inventory.add(made);
            let unit = (place.format, place.unit.clone());
            let notes = noted.units.entry(unit.clone()).or_default();
            notes.extend(place.note(committed.name, &path));
            let assets = output.assets.into_iter();
            named.extend(assets.map(|asset| (unit.clone(), asset)));
        }
    }
    shared::note(&mut noted.units, &named);
    report_standing(plan, folder, report);
    for output in plan.standing.iter().flat_map(|unit| &unit.outputs) {
        // What is kept was made by this publication too: left out of the inventory, it would be nobody's.
        noted.names.insert(output.name.clone());
        let bytes = output.stamp.length;
        inventory.add(Made::new(&output.name, bytes, output.checksum));
    }
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

/// What the inventory notes of an output.
fn made(file: &Sealed) -> Made {
    Made::new(file.name(), file.bytes(), file.checksum())
}

/// Where an output belongs, and what the report and the next run want to know of it.
struct OutputPlace {
    format: &'static str,
    unit: Option<String>,
    articles: u64,
    note: Option<String>,
    warnings: Vec<Warning>,
    checksum: Checksum,
}

impl OutputPlace {
    /// What later runs want to know of an output that stands in its place.
    fn note(self, name: String, path: &Path) -> Option<OutputNote> {
        Some(OutputNote {
            name,
            stamp: Stamp::of(&fs::metadata(path).ok()?),
            checksum: self.checksum,
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
            .units
            .remove(&(made.format, unit.clone()))
            .unwrap_or_default();
        let lacks_picture = |output: &OutputNote| {
            let mut codes = output.warnings.iter().map(|warning| warning.code);
            codes.any(|code| code == Code::ImageMissing)
        };
        // A picture that was lost while the unit was made may be there again, looking as it did
        // when the unit was planned. So the next run makes the unit anew.
        let is_whole = !outputs.iter().any(lacks_picture);
        state.add(&Frame::Unit(UnitNote {
            format: made.format.to_owned(),
            unit,
            fingerprint: if is_whole {
                made.fingerprint
            } else {
                Digest::default()
            },
            articles: made.articles,
            outputs,
        }));
    }
    for (writer, _) in &plan.works {
        let format = writer.format().name;
        let outputs = noted.units.remove(&(format, None)).unwrap_or_default();
        state.add(&Frame::Unit(UnitNote {
            format: format.to_owned(),
            unit: None,
            fingerprint: Digest::default(),
            articles: 0,
            outputs,
        }));
    }
}

/// What it means that an output can't be put into place where others have been.
fn halfway(error: Error, placed: u64) -> Error {
    match error {
        Error::Output { path, source } if placed > 0 => Error::Halfway {
            path,
            placed,
            source,
        },
        error => error,
    }
}
