//! Files that are finished beside their place and then renamed into it.

use super::assets::Assets;
use super::write_behind::WriteBehind;
use crate::error::{Error, Result};
use crate::model::{Checksum, ChecksumHasher, Digest};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError, RwLock};
use tempfile::{NamedTempFile, TempPath};

/// How many levels of folders outputs lie in: `source/NAME/rss.xml`.
pub(crate) const DEPTH: u8 = 3;

/// The folder that outputs go to. When it is dropped, the folders that were made for outputs which
/// never came go with it.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    /// What the names of all temporary files begin with.
    prefix: String,
    /// The outer ones first.
    made: Mutex<Vec<PathBuf>>,
    pub(super) assets: Assets,
}

impl OutputFolder {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let mut folder = OutputFolder {
            path: path.into(),
            prefix: String::new(),
            made: Mutex::default(),
            assets: Assets::default(),
        };
        folder.make(&folder.path)?;
        folder.prefix = prefix_of(&folder.path);
        Ok(folder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the names of temporary files for this folder begin with, in it and in the folders in
    /// it; the number of the process follows. Those for any other folder begin otherwise, so that a
    /// run which removes what killed runs left never takes what a run on a folder inside its own, or
    /// around it, is writing.
    pub fn temporary_prefix(&self) -> &str {
        &self.prefix
    }

    /// Begins a file. `name` is relative to the folder, with `/` between its parts; it is put into
    /// place by [`Sealed::commit`], and removed if that never happens.
    ///
    /// # Errors
    /// Where the file can't be made.
    pub fn stage(&self, name: &str) -> Result<Staged> {
        let target = self.path.join(name);
        let parent = target.parent().unwrap_or(&self.path);
        self.make(parent)?;
        let mut builder = tempfile::Builder::new();
        let prefix = format!("{}{}-", self.prefix, process::id());
        builder.prefix(&prefix).suffix(".tmp");
        for_everybody(&mut builder);
        let _staging = STAGING.read().unwrap_or_else(PoisonError::into_inner);
        let file = builder
            .tempfile_in(parent)
            .map_err(bare)
            .map_err(Error::output(&target))?;
        Ok(Staged {
            name: name.to_owned(),
            target,
            file,
            behind: WriteBehind::default(),
            hasher: ChecksumHasher::default(),
            position: Some(0),
        })
    }

    /// Makes a folder and those above it, and remembers which of them were missing.
    fn make(&self, folder: &Path) -> Result<()> {
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(folder).map_err(Error::output(folder))?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.extend(missing.into_iter().rev());
        Ok(())
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        let made = self.made.get_mut().unwrap_or_else(PoisonError::into_inner);
        for folder in made.iter().rev() {
            // A folder that holds something stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Held for reading while a temporary file is made.
static STAGING: RwLock<()> = RwLock::new(());

/// Removes the temporary files that this process has in an output folder, and lets it make no more. For a process that is
/// about to be ended: whatever it still does with them fails.
pub fn remove_temporary_files(folder: &Path) {
    // Held for ever: no other thread makes a file behind the broom.
    std::mem::forget(STAGING.write().unwrap_or_else(PoisonError::into_inner));
    let prefix = format!("{}{}-", prefix_of(folder), process::id());
    remove_files(folder, &prefix);
}

/// Removes the temporary files whose names begin so, as deep as outputs lie. Best effort: what
/// can't be removed now is removed by the next run.
pub(crate) fn remove_files(folder: &Path, prefix: &str) {
    let mut folders = vec![(folder.to_owned(), 1)];
    while let Some((folder, depth)) = folders.pop() {
        for item in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = item.file_name();
            let name = name.to_string_lossy();
            match item.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEPTH => {
                    folders.push((item.path(), depth + 1));
                }
                Ok(kind)
                    if kind.is_file() && name.starts_with(prefix) && name.ends_with(".tmp") =>
                {
                    let _ = fs::remove_file(item.path());
                }
                _ => {}
            }
        }
    }
}

/// The folder is known by its place, whichever way leads to it.
fn prefix_of(folder: &Path) -> String {
    let place = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    let place = place.unwrap_or_else(|_| folder.to_owned());
    let digest = Digest::of(place.as_os_str().as_encoded_bytes());
    format!(".offprint-{:016x}-", digest.first_half())
}

/// Temporary files are private unless it is said that they are not; outputs are for everybody, as
/// the umask allows. This is settled when the file is made, since some file systems (memory cards,
/// network drives) let nobody change it afterwards.
#[cfg(unix)]
fn for_everybody(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn for_everybody(_builder: &mut tempfile::Builder<'_, '_>) {}

/// The system's own error, without the name of a temporary file that nobody knows.
fn bare(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|error| error.source());
    let inner = inner.and_then(|error| error.downcast_ref::<io::Error>());
    match inner.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}

/// A file on its way to its place.
#[derive(Debug)]
pub struct Staged {
    name: String,
    target: PathBuf,
    file: NamedTempFile,
    behind: WriteBehind,
    /// Of what was written, as long as that went from the first byte to the last.
    hasher: ChecksumHasher,
    /// The number of bytes hashed; none once something was written elsewhere.
    position: Option<u64>,
}

/// What putting a file into place did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The name relative to the output folder.
    pub name: String,
    /// The file's length in bytes.
    pub bytes: u64,
    /// Whether the place held other bytes before, or nothing.
    pub changed: bool,
}

impl Staged {
    /// The name relative to the output folder, with `/` between its parts.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives the file another name, where it is known only at the end.
    pub fn rename(&mut self, folder: &OutputFolder, name: &str) {
        name.clone_into(&mut self.name);
        self.target = folder.path.join(name);
    }

    /// The path that it will have.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// An output error for this file, for use with `map_err`.
    pub fn error(&self) -> impl FnOnce(io::Error) -> Error + use<> {
        Error::output(&self.target)
    }

    /// Ends the file: makes sure that its bytes are on the disk, finds out whether they differ from
    /// what stands in the place now, and closes it, for a run may have thousands of them.
    ///
    /// # Errors
    /// Where the disk is full, the bytes can't be read back, or a folder stands in the place.
    pub fn seal(mut self) -> Result<Sealed> {
        let (bytes, changed) = self.compare().map_err(self.error())?;
        let checksum = self.checksum(bytes).map_err(self.error())?;
        Ok(Sealed {
            name: self.name,
            target: self.target,
            bytes,
            checksum,
            file: changed.then(|| self.file.into_temp_path()),
        })
    }

    fn compare(&mut self) -> io::Result<(u64, bool)> {
        if fs::symlink_metadata(&self.target).is_ok_and(|place| place.is_dir()) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // First, since the system tells of a failed write once only, to whoever asks first.
        self.behind.wait()?;
        let file = self.file.as_file_mut();
        let bytes = file.metadata()?.len();
        let same = same_bytes(file, &self.target, bytes)?;
        if !same {
            // Before the file gets its name: a rename may reach the disk before the bytes do.
            file.sync_all()?;
        }
        Ok((bytes, !same))
    }

    /// The checksum of all bytes: at hand where they were written one after the other.
    fn checksum(&mut self, bytes: u64) -> io::Result<Checksum> {
        if self.position != Some(bytes) {
            let file = self.file.as_file_mut();
            file.seek(SeekFrom::Start(0))?;
            self.hasher = ChecksumHasher::default();
            io::copy(file, &mut self.hasher)?;
        }
        Ok(self.hasher.finish())
    }
}

/// A file whose bytes are complete and on the disk.
#[derive(Debug)]
pub struct Sealed {
    name: String,
    target: PathBuf,
    bytes: u64,
    checksum: Checksum,
    /// None where the place holds the same bytes.
    file: Option<TempPath>,
}

impl Sealed {
    /// The name relative to the output folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the place holds other bytes now, or nothing.
    pub fn changed(&self) -> bool {
        self.file.is_some()
    }

    /// The file's length.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The checksum of the file's bytes.
    pub fn checksum(&self) -> Checksum {
        self.checksum
    }

    /// Renames the file into its place, in one step, unless the place holds the same bytes.
    ///
    /// # Errors
    /// Where the place can't be written.
    pub fn commit(self) -> Result<Committed> {
        let committed = Committed {
            changed: self.changed(),
            name: self.name,
            bytes: self.bytes,
        };
        if let Some(file) = self.file {
            file.persist(&self.target)
                .map_err(|error| Error::output(&self.target)(error.error))?;
        }
        Ok(committed)
    }
}

/// Whether two files hold the same bytes. An old one that can't be read is to be replaced.
fn same_bytes(new: &mut File, old: &Path, length: u64) -> io::Result<bool> {
    // Looked at first: a pipe would be waited for.
    let may_be_same = |old: fs::Metadata| old.is_file() && old.len() == length;
    if !fs::metadata(old).is_ok_and(may_be_same) {
        return Ok(false);
    }
    let Ok(mut old) = File::open(old) else {
        return Ok(false);
    };
    new.seek(SeekFrom::Start(0))?;
    let mut left = vec![0; 64 * 1024];
    let mut right = vec![0; 64 * 1024];
    loop {
        let count = new.read(&mut left)?;
        let (Some(left), Some(right)) = (left.get(..count), right.get_mut(..count)) else {
            return Ok(false);
        };
        if count == 0 {
            return Ok(true);
        }
        if old.read_exact(right).is_err() || left != right {
            return Ok(false);
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.as_file_mut().write(bytes)?;
        if let Some(position) = &mut self.position {
            self.hasher.update(bytes.get(..written).unwrap_or(bytes));
            *position += u64::try_from(written).unwrap_or(u64::MAX);
        }
        self.behind.wrote(self.file.as_file(), written)?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

impl Seek for Staged {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let position = self.file.as_file_mut().seek(position)?;
        self.position = self.position.filter(|&hashed| hashed == position);
        Ok(position)
    }
}
