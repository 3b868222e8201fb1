//! Files that are parts of an article or an export beside them, and no articles themselves.

use super::omnivore;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Some files of an input, sorted, without those that another of them holds the metadata of.
pub(crate) fn without_side_files(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let exports = files
        .iter()
        .filter_map(|file| omnivore::folders_beside(file));
    let claimed: BTreeSet<PathBuf> = exports.flatten().collect();
    if !claimed.is_empty() {
        files.retain(|file| file.parent().is_none_or(|folder| !claimed.contains(folder)));
    }
    files
}
