//! Files that are parts of an article or an export beside them, and no articles themselves.

use super::{omnivore, substack};
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
    let mut claimed: BTreeSet<PathBuf> = exports.flatten().collect();
    claimed.extend(beside_records(files.iter().map(&path)));
    let tables = files
        .iter()
        .map(&path)
        .filter(|file| file.ends_with("posts.csv"));
    let texts: BTreeSet<PathBuf> = tables
        .filter_map(|file| Some(file.parent()?.join("posts")))
        .collect();
    if !texts.is_empty() {
        files.retain(|file| {
            let path = path(file);
            let is_beside = path.parent().is_some_and(|folder| texts.contains(folder));
            !(is_beside && substack::is_text(&path))
        });
    }
    if !claimed.is_empty() {
        files.retain(|file| {
            let path = path(file);
            !claimed.contains(&path)
                && path
                    .parent()
                    .is_none_or(|folder: &Path| !claimed.contains(folder))
        });
    }
    files
}

/// What belongs to web archives (WACZ) that were unpacked beside their records: folders of lists and logs, and
/// the file that says what they are.
fn beside_records(files: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let (mut told, mut records) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let folder = file.parent().unwrap_or(Path::new(""));
        if file
            .file_name()
            .is_some_and(|name| name == "datapackage.json")
        {
            told.insert(folder.to_owned());
        } else if folder.file_name().is_some_and(|name| name == "archive") {
            records.extend(folder.parent().map(Path::to_owned));
        }
    }
    let beside = |folder: &PathBuf| {
        [
            "pages",
            "indexes",
            "logs",
            "datapackage.json",
            "datapackage-digest.json",
        ]
        .map(|name| folder.join(name))
    };
    told.intersection(&records).flat_map(beside).collect()
}
