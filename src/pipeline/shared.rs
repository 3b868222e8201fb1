//! Pictures that several outputs share are put into place before the outputs that name them.

use super::plan::Plan;
use super::state::OutputNote;
use crate::config::Settings;
use crate::error::Result;
use crate::report::{OutputReport, Report};
use crate::stamp::Stamp;
use crate::write::{Asset, Output, OutputFolder};
use std::collections::BTreeMap;
use std::fs;

/// What later runs want to know of the shared pictures of a run.
pub(super) type Shared = BTreeMap<Asset, OutputNote>;

/// Puts the shared pictures that outputs name into place and reports each once. `placed` is given
/// to what an error is made of: the number of files that are in place.
pub(super) fn put_into_place(
    outputs: &[(&'static str, Output)],
    plan: &Plan<'_>,
    folder: &OutputFolder,
    settings: &Settings,
    report: &mut Report,
) -> Result<(Shared, u64)> {
    let mut staged = folder.take_assets();
    let mut shared = Shared::new();
    let mut placed = 0;
    for (format, output) in outputs {
        for asset in &output.assets {
            // An asset that was taken is in place: another output names it too.
            let Some(file) = staged.remove(asset) else {
                continue;
            };
            let path = folder.path().join(asset.name());
            let reason = || plan.reason(format, output.unit.as_deref());
            report.outputs.push(OutputReport {
                path: path.to_string_lossy().into_owned(),
                bytes: file.bytes(),
                articles: 0,
                changed: file.changed(),
                reason: settings.dry_run.then(reason),
            });
            if settings.dry_run {
                continue;
            }
            let committed = file
                .commit()
                .map_err(|error| super::commit::halfway(error, placed))?;
            placed += u64::from(committed.changed);
            if let Ok(metadata) = fs::metadata(&path) {
                let note = OutputNote {
                    name: committed.name,
                    stamp: Stamp::of(&metadata),
                    articles: 0,
                    note: None,
                    warnings: Vec::new(),
                };
                shared.insert(asset.clone(), note);
            }
        }
    }
    Ok((shared, placed))
}

/// Adds to the outputs of a unit the shared pictures that one of them names, each once.
pub(super) fn note(notes: &mut Vec<OutputNote>, assets: &[Asset], shared: &Shared) {
    for note in assets.iter().filter_map(|asset| shared.get(asset)) {
        if !notes.iter().any(|other| other.name == note.name) {
            notes.push(note.clone());
        }
    }
}
