//! Finding files.

use crate::error::{Code, Error, Result, Warning};
use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};

/// The files of an input, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    /// The folder (or file) given by the user.
    pub root: PathBuf,
    /// Regular files in it, relative to it, sorted by their bytes; empty path where root is a file.
    pub files: Vec<PathBuf>,
    /// Symbolic links, FIFOs and devices in it, which are passed over: relative to it, sorted.
    pub others: Vec<PathBuf>,
    /// The folders in it, relative to it, sorted.
    pub folders: Vec<PathBuf>,
    /// What could not be looked into.
    pub warnings: Vec<Warning>,
}

/// Lists the regular files of a folder, recursively. Symbolic links, FIFOs, devices and hidden
/// files and folders (whose names begin with a dot) are passed over, but for the root itself: it
/// is what the user named. A folder that can't be listed costs a warning.
///
/// # Errors
/// Where the root does not exist, can't be read or is neither a file nor a folder.
pub fn walk(root: &Path) -> Result<FileList> {
    let kind = root.metadata().map_err(Error::input(root))?;
    let mut list = FileList {
        root: root.to_owned(),
        ..FileList::default()
    };
    if kind.is_file() {
        list.files.push(PathBuf::new());
        return Ok(list);
    }
    if !kind.is_dir() {
        let source = io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is neither a file nor a folder",
        );
        return Err(Error::input(root)(source));
    }
    // A root that can't be listed is an error; the folders below it cost a warning.
    root.read_dir().map_err(Error::input(root))?;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        add_folder(&folder, &mut list, &mut folders);
    }
    for paths in [&mut list.files, &mut list.others, &mut list.folders] {
        paths.sort_unstable_by(|a, b| {
            a.as_os_str()
                .as_encoded_bytes()
                .cmp(b.as_os_str().as_encoded_bytes())
        });
    }
    list.warnings.sort();
    Ok(list)
}

/// Adds the files of one folder to what is found, and its folders to those to be listed.
fn add_folder(folder: &Path, list: &mut FileList, folders: &mut Vec<PathBuf>) {
    // Joining an empty path would add a slash.
    let place = if folder.as_os_str().is_empty() {
        list.root.clone()
    } else {
        list.root.join(folder)
    };
    let entries = match place.read_dir() {
        Ok(entries) => entries,
        Err(error) => return list.warnings.push(unreadable(&place, &error)),
    };
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
            Ok((_, entry)) if is_hidden(&entry) => {}
            Ok((kind, entry)) => {
                let path = folder.join(entry.file_name());
                if kind.is_dir() {
                    list.folders.push(path.clone());
                    folders.push(path);
                } else if kind.is_file() {
                    list.files.push(path);
                } else {
                    list.others.push(path);
                }
            }
            Err(error) => list.warnings.push(unreadable(&place, &error)),
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn unreadable(folder: &Path, error: &io::Error) -> Warning {
    Warning::new(
        Code::FileUnreadable,
        format!("the folder can't be listed: {error}"),
    )
    .in_file(folder.display().to_string())
    .hint("check that the folder may be read")
}

#[cfg(test)]
mod tests;
