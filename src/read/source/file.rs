//! Files on a disk as sources.

use super::reference::relative_path;
use super::{copied, digest_of};
use crate::model::{Digest, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources};
use crate::read::{Source, Span};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Files of no more bytes are read in one go: most articles are smaller.
const SMALL: u64 = 256 * 1024;

/// A file on a disk, opened once, so that all that is read of it is of one file, whatever becomes of
/// its name.
pub struct FileSource {
    path: String,
    name: String,
    folders: Vec<String>,
    root: PathBuf,
    relative: PathBuf,
    length: u64,
    file: Mutex<File>,
    /// All of a small file.
    bytes: Option<Vec<u8>>,
    digest: OnceLock<Digest>,
}

impl FileSource {
    /// A source of an opened file: `relative` is its path within the input `root`, empty where the
    /// input is the file itself. Of one that grows meanwhile, the bytes that it had; what tells no
    /// length, as pipes do, is read to its end, as far as one article goes.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn new(file: File, length: u64, root: &Path, relative: &Path) -> io::Result<Self> {
        let path = if relative.as_os_str().is_empty() {
            root.to_owned()
        } else {
            root.join(relative)
        };
        let parts = relative.parent().into_iter().flat_map(Path::components);
        let mut source = FileSource {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: path.to_string_lossy().into_owned(),
            folders: parts
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect(),
            root: root.to_owned(),
            relative: relative.to_owned(),
            length,
            file: Mutex::new(file),
            bytes: None,
            digest: OnceLock::new(),
        };
        if length <= SMALL {
            source.read_all()?;
        }
        Ok(source)
    }

    fn file_path(&self) -> PathBuf {
        // Joining an empty path would add a slash.
        match self.relative.as_os_str().is_empty() {
            true => self.root.clone(),
            false => self.root.join(&self.relative),
        }
    }

    fn read_all(&mut self) -> io::Result<()> {
        let most = match self.length {
            0 => crate::read::MOST_BYTES,
            length => length,
        };
        let mut bytes = Vec::new();
        bytes.reserve_exact(usize::try_from(self.length).unwrap_or_default());
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.take(most).read_to_end(&mut bytes)?;
        self.length = bytes.len() as u64;
        self.bytes = Some(bytes);
        Ok(())
    }
}

impl Source for FileSource {
    fn path(&self) -> &str {
        &self.path
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn folders(&self) -> &[String] {
        &self.folders
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.bytes {
            Some(bytes) => Ok(copied(bytes, position, buffer)),
            None => read_file_at(&self.file, position, buffer),
        }
    }

    fn in_memory(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    fn digest(&self) -> io::Result<Digest> {
        if let Some(digest) = self.digest.get() {
            return Ok(*digest);
        }
        let digest = match &self.bytes {
            Some(bytes) => Digest::of(bytes),
            None => digest_of(self.length, |position, buffer| {
                self.read_at(position, buffer)
            })?,
        };
        Ok(*self.digest.get_or_init(|| digest))
    }

    fn held(&self, span: Span) -> Arc<dyn ResourceBytes> {
        Arc::new(PartOfFile {
            path: self.file_path(),
            span,
        })
    }

    fn resources(&self) -> Resources {
        let around = match self.relative.parent() {
            Some(folder) => FilesAround {
                root: self.root.clone(),
                folder: folder.to_owned(),
            },
            // The input is the file itself.
            None => FilesAround {
                root: self.root.parent().map(Path::to_owned).unwrap_or_default(),
                folder: PathBuf::new(),
            },
        };
        Resources::new(around)
    }
}

#[cfg(unix)]
fn read_file_at(file: &Mutex<File>, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
    use std::os::unix::fs::FileExt;
    let file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.read_at(buffer, position)
}

#[cfg(not(unix))]
fn read_file_at(file: &Mutex<File>, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
    use std::io::{Seek, SeekFrom};
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(position))?;
    file.read(buffer)
}

/// The files of an input around one of them.
struct FilesAround {
    root: PathBuf,
    /// The folder of the file within the input.
    folder: PathBuf,
}

impl ResourceLookup for FilesAround {
    fn find(&self, reference: &str) -> Option<Resource> {
        let path = self.place(reference)?;
        path.is_file().then(|| Resource {
            id: ResourceId::of(path.as_os_str().as_encoded_bytes()),
            bytes: Arc::new(FileBytes(path)),
        })
    }

    fn place(&self, reference: &str) -> Option<PathBuf> {
        let inside = self.path_of(reference)?;
        // Links are passed over here as everywhere: they may lead out of the input.
        let mut place = self.root.clone();
        for part in inside.components() {
            place.push(part);
            if fs::symlink_metadata(&place).is_ok_and(|found| found.is_symlink()) {
                return None;
            }
        }
        Some(place)
    }
}

impl FilesAround {
    /// The path within the input that a relative reference means, if it does not lead out.
    fn path_of(&self, reference: &str) -> Option<PathBuf> {
        let decoded = relative_path(reference)?;
        let mut inside = self.folder.clone();
        for part in Path::new(&decoded).components() {
            match part {
                Component::Normal(name) => inside.push(name),
                Component::CurDir => {}
                Component::ParentDir => {
                    if !inside.pop() {
                        return None;
                    }
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(inside)
    }
}

/// The bytes of a file.
struct FileBytes(PathBuf);

impl ResourceBytes for FileBytes {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let file = File::open(&self.0)?;
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.0)
    }
}

/// Some bytes of a file.
struct PartOfFile {
    path: PathBuf,
    span: Span,
}

impl ResourceBytes for PartOfFile {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        if self.span.length > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.span.start))?;
        let mut bytes = Vec::new();
        file.take(self.span.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
