//! The files below a folder, in the order of their names.

use crate::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The most files and folders that are looked at.
const MOST: usize = 1_000_000;

/// A file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// As findings name it.
    pub(super) shown: String,
    /// From the folder, with slashes.
    pub(super) relative: String,
    /// In lower case.
    pub(super) extension: String,
}

impl Found {
    fn new(path: PathBuf, root: &Path) -> Self {
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let parts = relative.components().map(|part| part.as_os_str());
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        Found {
            shown: path.to_string_lossy().into_owned(),
            relative: parts.join("/"),
            extension: extension.to_ascii_lowercase(),
            path,
        }
    }
}

/// Every file below a folder, hidden ones and symbolic links excepted; or the file itself.
///
/// # Errors
/// Where the folder or one in it can't be read.
pub(super) fn files(root: &Path) -> Result<Vec<Found>, Error> {
    let facts = fs::metadata(root).map_err(Error::unreadable(root))?;
    if facts.is_file() {
        let folder = root.parent().unwrap_or(root);
        return Ok(vec![Found::new(root.to_owned(), folder)]);
    }
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    let mut seen = 0_usize;
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).map_err(Error::unreadable(&folder))? {
            let item = item.map_err(Error::unreadable(&folder))?;
            let kind = item.file_type().map_err(Error::unreadable(&folder))?;
            seen += 1;
            if item.file_name().to_string_lossy().starts_with('.') || seen > MOST {
                continue;
            }
            if kind.is_dir() {
                folders.push(item.path());
            } else if kind.is_file() {
                files.push(Found::new(item.path(), root));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
