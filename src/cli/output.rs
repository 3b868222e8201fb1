//! What goes to standard output, and files that are not outputs.

use offprint::{Error, Result};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes to standard output. A closed pipe (`offprint formats | head -1`) is no error.
pub fn print(bytes: &[u8]) -> Result<()> {
    let mut output = io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    match written {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(Error::File {
            path: PathBuf::from("standard output"),
            source,
            hint: "see where it leads",
        }),
        _ => Ok(()),
    }
}

/// Writes a file in one step, in the place of another where there is one. What is no regular file
/// (`/dev/stderr`, a pipe) is written to.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays; what it leads to is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&place).is_ok_and(|there| !there.is_file()) {
        return fs::write(&place, bytes);
    }
    match beside(&place) {
        Ok(file) => {
            filled(file, bytes)?.persist(&place)?;
            Ok(())
        }
        // A file that may be written in a folder that may not.
        Err(error) if error.kind() == ErrorKind::PermissionDenied && place.exists() => {
            fs::write(&place, bytes)
        }
        Err(error) => Err(error),
    }
}

/// Writes a file in one step where there is none.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    filled(beside(path)?, bytes)?.persist_noclobber(path)?;
    Ok(())
}

/// A temporary file in the folder of another.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offprint-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}

fn filled(mut file: NamedTempFile, bytes: &[u8]) -> io::Result<NamedTempFile> {
    file.as_file_mut().write_all(bytes)?;
    Ok(file)
}
