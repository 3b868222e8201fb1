//! Files that are parts of an article or an export beside them, and no articles themselves.

use super::exports::{medium, omnivore, substack};
use super::page;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Files without those that are parts of others.
pub(crate) struct WithoutSideFiles<File> {
    pub(crate) files: Vec<File>,
    /// What is left out, since nothing names it: each time the file that should, and how many there are.
    pub(crate) unnamed: Vec<(PathBuf, usize)>,
    /// What is no part of an article, and none itself: what an export tells of the person.
    pub(crate) private: Vec<File>,
}

/// Some files, each with its path, without those that another of them holds the metadata of. `read` gives the
/// bytes of one.
pub(crate) fn without_side_files<File>(
    mut files: Vec<File>,
    path: impl Fn(&File) -> PathBuf,
    read: impl Fn(&File) -> Option<Vec<u8>>,
) -> WithoutSideFiles<File> {
    let exports = files
        .iter()
        .filter_map(|file| omnivore::folders_beside(&path(file)));
    let mut claimed: BTreeSet<PathBuf> = exports.flatten().collect();
    claimed.extend(beside_records(files.iter().map(&path)));
    let beside: BTreeSet<PathBuf> = beside_posts(&files, &path, &read).into_iter().collect();
    take_copies_of_snapshot(&mut files, &path, &read);
    let unnamed = take_texts_of_tables(&mut files, &path, &read);
    let is_one_of = |claimed: &BTreeSet<PathBuf>, file: &File| {
        let path = path(file);
        let folder = path.parent().filter(|folder| claimed.contains(*folder));
        folder.is_some() || claimed.contains(&path)
    };
    if !claimed.is_empty() {
        files.retain(|file| !is_one_of(&claimed, file));
    }
    let private = match beside.is_empty() {
        true => Vec::new(),
        false => files
            .extract_if(.., |file| is_one_of(&beside, file))
            .collect(),
    };
    WithoutSideFiles {
        files,
        unnamed,
        private,
    }
}

/// Takes out all files but the index where the files are those of one page's snapshot (ArchiveBox): each
/// is a copy of the page, or a part of one.
fn take_copies_of_snapshot<File>(
    files: &mut Vec<File>,
    path: &impl Fn(&File) -> PathBuf,
    read: &impl Fn(&File) -> Option<Vec<u8>>,
) {
    let named = |name: &str| files.iter().find(|file| path(file) == Path::new(name));
    let says_so = |index: &File| {
        let bytes = read(index).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        page::says_snapshot(&text, |copy| named(copy).is_some())
    };
    let index = page::SNAPSHOT_FILES
        .into_iter()
        .find(|name| named(name).is_some_and(says_so));
    if let Some(index) = index {
        files.retain(|file| path(file) == Path::new(index));
    }
}

/// Takes out the texts beside tables of posts; counts those that the table does not name.
fn take_texts_of_tables<File>(
    files: &mut Vec<File>,
    path: &impl Fn(&File) -> PathBuf,
    read: &impl Fn(&File) -> Option<Vec<u8>>,
) -> Vec<(PathBuf, usize)> {
    let is_table = |file: &&File| path(file).ends_with("posts.csv");
    let tables = files.iter().filter(is_table).map(|file| {
        let path = path(file);
        let named = read(file).map(|table| substack::named(&table));
        let folder = path.parent().unwrap_or(Path::new("")).join("posts");
        (folder, (path, named.unwrap_or_default(), 0))
    });
    let mut tables: BTreeMap<PathBuf, (PathBuf, HashSet<String>, usize)> = tables.collect();
    if tables.is_empty() {
        return Vec::new();
    }
    files.retain(|file| {
        let path = path(file);
        let table = path.parent().and_then(|folder| tables.get_mut(folder));
        let Some((_, named, unnamed)) = table.filter(|_| substack::is_text(&path)) else {
            return true;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        *unnamed += usize::from(!named.contains(name.as_ref()));
        false
    });
    let unnamed = tables.into_values().filter(|(_, _, count)| *count > 0);
    unnamed.map(|(path, _, count)| (path, count)).collect()
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

/// What exports of Medium tell of the person beside the posts.
fn beside_posts<File>(
    files: &[File],
    path: &impl Fn(&File) -> PathBuf,
    read: &impl Fn(&File) -> Option<Vec<u8>>,
) -> Vec<PathBuf> {
    let profiles = files
        .iter()
        .filter(|file| path(file).ends_with(medium::PROFILE))
        .filter(|file| read(file).is_some_and(|page| medium::is_profile(&page)));
    let exports = profiles.filter_map(|file| Some(path(file).parent()?.parent()?.to_owned()));
    let has_posts = |export: &PathBuf| {
        let posts = export.join("posts");
        files.iter().any(|file| path(file).starts_with(&posts))
    };
    exports
        .filter(has_posts)
        .flat_map(|export| medium::beside_posts(&export))
        .collect()
}
