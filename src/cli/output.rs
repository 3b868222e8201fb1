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
    let folder = folder.unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = format!(".offprint-{name}-");
    remove_leftovers(folder, &own);
    let prefix = format!("{own}{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Removes what killed runs left of this file. Their names tell the process; one that is still at work
/// is left alone, and so are all where the system does not tell.
fn remove_leftovers(folder: &Path, own: &str) {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let process = name
            .strip_prefix(own)
            .filter(|rest| rest.ends_with(".tmp"))
            .and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
        if process.is_some_and(|process| !processes.join(process.to_string()).exists()) {
            // Best effort: the next run tries again.
            let _ = fs::remove_file(file.path());
        }
    }
}

fn filled(mut file: NamedTempFile, bytes: &[u8]) -> io::Result<NamedTempFile> {
    file.as_file_mut().write_all(bytes)?;
    Ok(file)
}
