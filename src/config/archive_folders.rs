//! Which folders hold articles, where nobody has named one.

use crate::read::{self, Confidence, FileSource, MemberPlace, Probe};
use crate::registry::Registry;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{DirEntry, File};
use std::path::{Component, Path, PathBuf};

/// Folders that programs fill with what they need.
const PASSED_OVER: [&str; 2] = ["node_modules", "target"];

/// The most files that are looked at: some folder above all of somebody's work may be meant by
/// nobody, and would take minutes.
const MOST_FILES: usize = 200_000;

/// So many files of a folder are looked at for lists.
const MOST_LISTS: usize = 1_000;

/// So many members of a container are looked at.
const MOST_MEMBERS: usize = 64;

/// In so many bytes a feed of ours names what made it.
const OWN_HEAD: usize = 4096;

/// A folder with articles in it or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFolder {
    /// Relative to the folder that was looked through; `.` is that one.
    pub path: PathBuf,
    /// The number of files that hold articles.
    pub files: usize,
}

/// Looks through a folder for articles, by what the files hold. Where they lie in several folders of
/// it, each is named by the deepest folder that has all of its articles. Files that only may hold an
/// article (any Markdown) count where no file surely does. Hidden folders, the output folder, links
/// and what package managers and compilers fill are passed over. It reads the beginning of each file.
pub fn archive_folders(root: &Path, out: &Path, registry: &Registry) -> Vec<ArchiveFolder> {
    let files = files(root, out);
    let sure: Vec<(PathBuf, Confidence)> = files
        .into_par_iter()
        .map(|file| {
            let confidence = confidence(root, &file, registry);
            (file, confidence)
        })
        .filter(|(_, confidence)| *confidence != Confidence::No)
        .collect();
    let most = sure.iter().map(|&(_, confidence)| confidence).max();
    let articles = sure.iter().filter(|(_, one)| Some(*one) == most);
    gathered(articles.map(|(file, _)| file.as_path()))
}

/// The files of a folder, not of those in it, that name pages and hold none, by their names: what
/// programs that keep addresses export, as it is or in a container.
pub fn reading_lists(root: &Path, registry: &Registry) -> Vec<PathBuf> {
    let entries = root.read_dir().into_iter().flatten().flatten();
    let is_file = |entry: &DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    let is_hidden = |name: &OsString| name.as_encoded_bytes().starts_with(b".");
    let names = entries.filter(is_file).map(|entry| entry.file_name());
    let mut names: Vec<OsString> = names.filter(|name| !is_hidden(name)).collect();
    names.sort();
    let names = names.into_iter().take(MOST_LISTS).map(PathBuf::from);
    let lists = names.flat_map(|name| lists_in(root, &name, registry));
    lists.collect()
}

/// A file, or members of it where it is a container, as far as they are reading lists.
fn lists_in(root: &Path, name: &Path, registry: &Registry) -> Vec<PathBuf> {
    let path = root.join(name);
    let Some(opened) = read::open_container(&path, &path.to_string_lossy()) else {
        let is_list = read::seems_to_be(&path).is_some_and(|seeming| seeming.kind.names_pages())
            && confidence(root, name, registry) == Confidence::No;
        return Vec::from_iter(is_list.then(|| name.to_owned()));
    };
    let members = opened.members.iter().take(MOST_MEMBERS);
    let lists = members.filter(|member| {
        let source = member.open(member.name().to_owned(), Vec::new()).ok();
        let seeming = source.and_then(|source| read::source_seems_to_be(&source));
        seeming.is_some_and(|seeming| seeming.kind.names_pages())
            && confidence_of(member, registry) == Confidence::No
    });
    lists.map(|member| named(name, member.name())).collect()
}

/// What a member of a container is called on the command line.
fn named(file: &Path, member: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    if !member.is_empty() {
        name.push("!");
        name.push(member);
    }
    PathBuf::from(name)
}

/// The files below a folder, relative to it. What can't be listed is passed over.
fn files(root: &Path, out: &Path) -> Vec<PathBuf> {
    let out = out.strip_prefix(".").unwrap_or(out);
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in root
            .join(&folder)
            .read_dir()
            .into_iter()
            .flatten()
            .flatten()
        {
            let (name, Ok(kind)) = (entry.file_name(), entry.file_type()) else {
                continue;
            };
            let path = folder.join(&name);
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            let is_made = || PASSED_OVER.iter().any(|made| name == *made) || path == out;
            if kind.is_dir() && !is_hidden && !is_made() {
                folders.push(path);
            } else if kind.is_file() && !is_hidden {
                if files.len() == MOST_FILES {
                    return files;
                }
                files.push(path);
            }
        }
    }
    files
}

fn confidence(root: &Path, file: &Path, registry: &Registry) -> Confidence {
    // A book among other files is what was made of them, as a rule. Who wants it read names it.
    let ending = file.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("epub")) {
        return Confidence::No;
    }
    let path = root.join(file);
    if let Some(opened) = read::open_container(&path, &path.to_string_lossy()) {
        let members = opened.members.iter().take(MOST_MEMBERS);
        let sure = members.map(|member| confidence_of(member, registry));
        return sure.max().unwrap_or(Confidence::No);
    }
    let sniffed = || {
        let opened = File::open(root.join(file))?;
        let length = opened.metadata()?.len();
        let source = FileSource::new(opened, length, root, file)?;
        let probe = Probe::new(&source)?;
        if is_own_feed(probe.first()) {
            return Ok(Confidence::No);
        }
        Ok::<_, std::io::Error>(registry.confidence(&probe))
    };
    sniffed().unwrap_or(Confidence::No)
}

fn confidence_of(member: &MemberPlace, registry: &Registry) -> Confidence {
    let sniffed = || {
        let source = member.open(member.name().to_owned(), Vec::new())?;
        let probe = Probe::new(&source)?;
        Ok::<_, std::io::Error>(registry.confidence(&probe))
    };
    sniffed().unwrap_or(Confidence::No)
}

/// Whether a file is a feed that Offprint made, in an output folder of whatever name. Who wants it read
/// names it.
fn is_own_feed(first: &[u8]) -> bool {
    let head = String::from_utf8_lossy(first.get(..OWN_HEAD).unwrap_or(first));
    let is_feed = head.starts_with("<?xml") || head.starts_with('{');
    let names_maker = |(at, _): (usize, &str)| {
        let behind = head.get(at..).unwrap_or_default();
        behind
            .chars()
            .take(200)
            .collect::<String>()
            .contains("Offprint")
    };
    is_feed && head.match_indices("generator").any(names_maker)
}

/// One folder for each that stands first in a path: the deepest that has all articles there.
fn gathered<'file>(articles: impl Iterator<Item = &'file Path>) -> Vec<ArchiveFolder> {
    let mut found: BTreeMap<PathBuf, ArchiveFolder> = BTreeMap::new();
    for file in articles {
        let folder = file.parent().unwrap_or(Path::new(""));
        let first: PathBuf = folder.components().take(1).collect();
        let known = found.entry(first).or_insert_with(|| ArchiveFolder {
            path: folder.to_owned(),
            files: 0,
        });
        known.files += 1;
        known.path = common(&known.path, folder);
    }
    match found.remove(Path::new("")) {
        // This folder has all of them.
        Some(here) => vec![ArchiveFolder {
            path: PathBuf::from("."),
            files: here.files + found.values().map(|folder| folder.files).sum::<usize>(),
        }],
        None => found.into_values().collect(),
    }
}

/// The folder that two folders lie in, or are.
fn common(one: &Path, other: &Path) -> PathBuf {
    let same = |parts: &(Component<'_>, Component<'_>)| parts.0 == parts.1;
    let parts = one.components().zip(other.components());
    parts.take_while(same).map(|(part, _)| part).collect()
}
