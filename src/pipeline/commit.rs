//! Finished outputs are put into place.

use super::inputs::Inputs;
use super::inventory::{Inventory, Made};
use super::plan::Plan;
use super::shared;
use super::state::{Frame, OutputNote, State, UnitNote};
use crate::config::Settings;
use crate::error::{Code, Error, Result, Warning};
use crate::model::Digest;
use crate::model::Stamp;
use crate::report::{OutputReport, Report};
use crate::write::{Asset, Output, OutputFolder, Sealed};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

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
    let strangers = strangers(&outputs, folder, inventory);
    report.warnings.extend(strangers);
    if !settings.dry_run {
        announce(&outputs, inventory, report);
    }
    let mut placing = Placing::new(folder, inventory);
    for (format, output) in outputs {
        report.warnings.extend(output.warnings.iter().cloned());
        placing.noted.names.insert(output.file.name().to_owned());
        let mut told = told_of(&output, folder);
        if settings.dry_run {
            told.reason = Some(plan.reason(format, output.unit.as_deref()));
            report.outputs.push(told);
        } else {
            report.outputs.push(told);
            placing.place(format, output)?;
        }
    }
    let mut noted = placing.finish();
    report_standing(plan, folder, report);
    note_standing(plan, &mut noted, inventory);
    put_in_order(&mut report.outputs);
    Ok(noted)
}

/// Refuses to put an output where a file of the input stands: what that holds would be gone for ever.
///
/// # Errors
/// Names the file.
pub(super) fn spare_inputs(
    outputs: &[(&'static str, Output)],
    folder: &OutputFolder,
    inputs: &Inputs,
) -> Result<()> {
    let paths = outputs
        .iter()
        .map(|(_, output)| folder.path().join(output.file.name()));
    let standing: Vec<PathBuf> = paths.filter(|path| path.exists()).collect();
    match inputs.first_of(&standing) {
        None => Ok(()),
        Some(path) => Err(Error::configuration(
            format!(
                "{} is read by this run, which would put an output in its place",
                path.display()
            ),
            "name another folder for the outputs with --out, or other outputs with --to",
        )),
    }
}

/// Warns of files that stand in the places of outputs and that no publication is noted as having made. They
/// are replaced all the same: where the notes of earlier runs were lost, they are those runs' outputs.
fn strangers(
    outputs: &[(&str, Output)],
    folder: &OutputFolder,
    inventory: &Inventory,
) -> Vec<Warning> {
    let files = outputs.iter().map(|(_, output)| &output.file);
    let unknown = files.filter(|file| file.changed() && !inventory.knows(file.name()));
    let paths = unknown.map(|file| folder.path().join(file.name()));
    let standing = paths.filter(|path| inventory.is_kept() && path.exists());
    let message =
        "no earlier run is noted as having made what stood here, and this run replaces it";
    let warning =
        |path: PathBuf| Warning::new(Code::OutputReplaced, message).in_file(path.to_string_lossy());
    standing.map(warning).collect()
}

/// Notes in the inventory what is about to be put into place: before the first output is there, so
/// that no kill leaves one that is not noted.
fn announce(outputs: &[(&str, Output)], inventory: &mut Inventory, report: &mut Report) {
    let made = outputs.iter().map(|(_, output)| made(&output.file));
    made.for_each(|made| inventory.announce(made));
    report.warnings.extend(inventory.save());
}

/// What the report says of an output of this run.
fn told_of(output: &Output, folder: &OutputFolder) -> OutputReport {
    let path = folder.path().join(output.file.name());
    OutputReport {
        path: path.to_string_lossy().into_owned(),
        bytes: output.file.bytes(),
        articles: output.articles as u64,
        changed: output.file.changed(),
        reason: None,
    }
}

/// Sorts the report's outputs, and names each once. A picture that a kept unit shares with another is
/// there twice: as it was put into place, and behind that as it stands.
fn put_in_order(outputs: &mut Vec<OutputReport>) {
    outputs.sort_by(|left, right| left.path.cmp(&right.path));
    outputs.dedup_by(|later, earlier| later.path == earlier.path);
}

/// Outputs on their way to their places.
struct Placing<'run> {
    folder: &'run OutputFolder,
    inventory: &'run mut Inventory,
    noted: Noted,
    /// The pictures that each unit names.
    named: Vec<(shared::UnitKey, Asset)>,
    /// How many outputs other than before are in their places.
    placed: u64,
}

impl<'run> Placing<'run> {
    fn new(folder: &'run OutputFolder, inventory: &'run mut Inventory) -> Self {
        Placing {
            folder,
            inventory,
            noted: Noted::default(),
            named: Vec::new(),
            placed: 0,
        }
    }

    /// Puts one output into its place and notes it.
    fn place(&mut self, format: &'static str, output: Output) -> Result<()> {
        let file = output.file;
        let path = self.folder.path().join(file.name());
        let (made, checksum) = (made(&file), file.checksum());
        let committed = file.commit().map_err(|error| halfway(error, self.placed))?;
        self.placed += u64::from(committed.changed);
        self.inventory.add(made);
        let unit = (format, output.unit);
        let notes = self.noted.units.entry(unit.clone()).or_default();
        // What vanishes at once is not noted, and made anew by the next run.
        if let Ok(metadata) = fs::metadata(path) {
            notes.push(OutputNote {
                name: committed.name,
                stamp: Stamp::of(&metadata),
                checksum,
                articles: output.articles as u64,
                note: output.note,
                warnings: output.warnings,
            });
        }
        let assets = output.assets.into_iter();
        self.named.extend(assets.map(|asset| (unit.clone(), asset)));
        Ok(())
    }

    fn finish(mut self) -> Noted {
        shared::note(&mut self.noted.units, &self.named);
        self.noted
    }
}

/// What the inventory notes of an output.
fn made(file: &Sealed) -> Made {
    Made::new(file.name(), file.bytes(), file.checksum())
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

/// Notes the outputs that are kept. This publication made them too: left out of the inventory, they would
/// be nobody's.
fn note_standing(plan: &Plan<'_>, noted: &mut Noted, inventory: &mut Inventory) {
    for output in plan.standing.iter().flat_map(|unit| &unit.outputs) {
        noted.names.insert(output.name.clone());
        let bytes = output.stamp.length;
        inventory.add(Made::new(&output.name, bytes, output.checksum));
    }
}

/// Notes what every output was made of, for the next run.
///
/// Where the archive changed during the run, the next one makes everything anew that this one made.
pub(super) fn note(plan: &Plan<'_>, mut noted: Noted, is_archive_whole: bool, state: &mut State) {
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
        let is_whole = is_archive_whole && !outputs.iter().any(lacks_picture);
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
