//! Files that are finished beside their place and then renamed into it.

use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The folder that outputs go to.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    path: PathBuf,
}

impl OutputFolder {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(Error::output(&path))?;
        Ok(OutputFolder { path })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a file. `name` is relative to the folder, with `/` between its parts; it is put into
    /// place by [`Sealed::commit`], and removed if that never happens.
    ///
    /// # Errors
    /// Where the file can't be made.
    pub fn stage(&self, name: &str) -> Result<Staged> {
        let target = self.path.join(name);
        let parent = target.parent().unwrap_or(&self.path);
        fs::create_dir_all(parent).map_err(Error::output(parent))?;
        let file = tempfile::Builder::new()
            .prefix(".offprint-")
            .suffix(".tmp")
            .tempfile_in(parent)
            .map_err(Error::output(&target))?;
        Ok(Staged {
            name: name.to_owned(),
            target,
            file,
        })
    }
}

/// A file on its way to its place.
#[derive(Debug)]
pub struct Staged {
    name: String,
    target: PathBuf,
    file: tempfile::NamedTempFile,
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

    /// The path under which the file can be reopened before it is put into place.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// An output error for this file, for use with `map_err`.
    pub fn error(&self) -> impl FnOnce(io::Error) -> Error + use<> {
        Error::output(&self.target)
    }

    /// Makes sure that the bytes are on the disk and says whether they differ from what stands in
    /// the place now.
    ///
    /// # Errors
    /// Where the disk is full, or the bytes can't be read back.
    pub fn seal(mut self) -> Result<Sealed> {
        let failed = Error::output(&self.target);
        match self.compare() {
            Ok((bytes, changed)) => Ok(Sealed {
                staged: self,
                bytes,
                changed,
            }),
            Err(error) => Err(failed(error)),
        }
    }

    fn compare(&mut self) -> io::Result<(u64, bool)> {
        self.file.flush()?;
        let bytes = self.file.as_file().metadata()?.len();
        let same = same_bytes(self.file.as_file_mut(), &self.target, bytes)?;
        if !same {
            self.file.as_file().sync_all()?;
        }
        Ok((bytes, !same))
    }
}

/// A file whose bytes are complete and on the disk.
#[derive(Debug)]
pub struct Sealed {
    staged: Staged,
    bytes: u64,
    changed: bool,
}

impl Sealed {
    /// The name relative to the output folder.
    pub fn name(&self) -> &str {
        self.staged.name()
    }

    /// Whether the place holds other bytes now, or nothing.
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// The file's length.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Renames the file into its place, in one step, unless the place holds the same bytes.
    ///
    /// # Errors
    /// Where the place can't be written.
    pub fn commit(self) -> Result<Committed> {
        let Sealed {
            staged,
            bytes,
            changed,
        } = self;
        let committed = Committed {
            name: staged.name,
            bytes,
            changed,
        };
        if changed {
            publish_permissions(staged.file.as_file()).map_err(Error::output(&staged.target))?;
            staged
                .file
                .persist(&staged.target)
                .map_err(|error| Error::output(&staged.target)(error.error))?;
        }
        Ok(committed)
    }
}

/// Temporary files are private; outputs are for everybody, as the umask allows.
#[cfg(unix)]
fn publish_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn publish_permissions(_file: &File) -> io::Result<()> {
    Ok(())
}

fn same_bytes(new: &mut File, old: &Path, length: u64) -> io::Result<bool> {
    let Ok(mut old) = File::open(old) else {
        return Ok(false);
    };
    if old.metadata()?.len() != length {
        return Ok(false);
    }
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
        old.read_exact(right)?;
        if left != right {
            return Ok(false);
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Staged {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}
