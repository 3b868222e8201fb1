//! Pictures that several outputs share: put into place before what names them, and noted with each
//! unit that does.

use super::state::OutputNote;
use crate::write::{Asset, Output, OutputFolder};
use std::collections::{BTreeMap, BTreeSet};

/// A unit by the name of its writer and its own.
pub(super) type UnitKey = (&'static str, Option<String>);

/// The outputs of a run with the shared pictures that they name before them, each once, as an output
/// of the first unit that names it. What no output names is dropped.
pub(super) fn with_pictures(
    outputs: Vec<(&'static str, Output)>,
    folder: &OutputFolder,
) -> Vec<(&'static str, Output)> {
    let mut staged = folder.take_assets();
    let mut all = Vec::with_capacity(staged.len() + outputs.len());
    for (format, output) in &outputs {
        for file in output
            .assets
            .iter()
            .filter_map(|asset| staged.remove(asset))
        {
            let mut picture = Output::of_unit(file, "", 0);
            picture.unit.clone_from(&output.unit);
            all.push((*format, picture));
        }
    }
    all.extend(outputs);
    all
}

/// Notes shared pictures with every unit that names them, once in each: a unit is kept only while all
/// that is noted of it stands.
pub(super) fn note(units: &mut BTreeMap<UnitKey, Vec<OutputNote>>, named: &[(UnitKey, Asset)]) {
    let names: BTreeSet<&str> = named.iter().map(|(_, asset)| asset.name()).collect();
    let notes = units.values().flatten();
    let pictures: BTreeMap<String, OutputNote> = notes
        .filter(|note| names.contains(note.name.as_str()))
        .map(|note| (note.name.clone(), note.clone()))
        .collect();
    for (unit, asset) in named {
        let notes = units.entry(unit.clone()).or_default();
        let is_noted = notes.iter().any(|note| note.name == asset.name());
        if let Some(note) = pictures.get(asset.name()).filter(|_| !is_noted) {
            notes.push(note.clone());
        }
    }
}
