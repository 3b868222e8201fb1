//! Files that are parts of an article or an export beside them, and no articles themselves.

use super::omnivore;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Some files, each with its path, without those that another of them holds the metadata of.
pub(crate) fn without_side_files<File>(
    mut files: Vec<File>,
    path: impl Fn(&File) -> PathBuf,
) -> Vec<File> {
    let exports = files
        .iter()
        .filter_map(|file| omnivore::folders_beside(&path(file)));
    let claimed: BTreeSet<PathBuf> = exports.flatten().collect();
    if !claimed.is_empty() {
        files.retain(|file| {
            let path = path(file);
            path.parent()
                .is_none_or(|folder: &Path| !claimed.contains(folder))
        });
    }
    files
}
