//! Why nothing could be checked.

use std::io;
use std::path::{Path, PathBuf};

/// Why a folder could not be checked. What is wrong with a file in it is a [`Finding`](crate::Finding).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder, or one in it, can't be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing in the folder is a feed, a book or a picture.
    #[error("there is no feed and no book in {path}", path = path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
}

impl Error {
    /// For a path, for use with `map_err`.
    pub(crate) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Unreadable { path, source }
    }
}
