//! The files of the inputs.

use crate::config::Input;
use crate::error::{Code, Error, Result, Warning};
use crate::read::{self, Document, Extent};
use crate::stamp::Stamp;
use encoding_rs::Encoding;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The files of all inputs, in the order of the inputs, then of their paths.
#[derive(Clone, Debug, Default)]
pub struct Found {
    roots: Vec<Root>,
    files: Vec<(u32, PathBuf)>,
    /// What could not be looked into.
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Debug)]
enum Root {
    Path(PathBuf),
    /// Standard input, whose file has no name, or what a program holds.
    Memory(Vec<u8>),
}

/// A file's bytes, and what its reader wants to know beside them.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The path for messages.
    pub path: String,
    /// The bytes: all of them, or the head.
    pub bytes: Vec<u8>,
    /// What the system said of the file before it was read; nothing of what is in memory.
    pub stamp: Option<Stamp>,
    folders: Vec<String>,
}

impl Opened {
    /// What a reader gets.
    pub fn document(&self, encoding: Option<&'static Encoding>) -> Document<'_> {
        Document {
            path: &self.path,
            folders: &self.folders,
            bytes: &self.bytes,
            encoding,
        }
    }
}

/// Where an article is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's position in [`Found`].
    pub file: usize,
    /// The article's position in the file.
    pub ordinal: usize,
    /// The reader's position in the registry.
    pub reader: usize,
}

/// Lists the files of some inputs. Standard input is read here, whole.
///
/// # Errors
/// Where an input does not exist or can't be read.
pub fn find(inputs: &[Input]) -> Result<Found> {
    let mut found = Found::default();
    for (input, root) in inputs.iter().zip(0u32..) {
        match input {
            Input::Stdin => {
                let mut bytes = Vec::new();
                io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(Error::input(Path::new("-")))?;
                found.roots.push(Root::Memory(bytes));
                found.files.push((root, PathBuf::new()));
            }
            Input::Memory { name, bytes } => {
                found.roots.push(Root::Memory(bytes.clone()));
                found.files.push((root, PathBuf::from(name)));
            }
            Input::Path(path) => {
                let walked = read::walk(path)?;
                found.warnings.extend(walked.warnings);
                found.roots.push(Root::Path(walked.root));
                found
                    .files
                    .extend(walked.files.into_iter().map(|file| (root, file)));
            }
        }
    }
    Ok(found)
}

impl Found {
    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn parts(&self, file: usize) -> Option<(&Root, &Path)> {
        let (root, path) = self.files.get(file)?;
        let root = self.roots.get(usize::try_from(*root).ok()?)?;
        Some((root, path))
    }

    /// The path on the disk; none for what is in memory.
    fn path(&self, file: usize) -> Option<PathBuf> {
        match self.parts(file)? {
            (Root::Path(root), path) if path.as_os_str().is_empty() => Some(root.clone()),
            (Root::Path(root), path) => Some(root.join(path)),
            (Root::Memory(_), _) => None,
        }
    }

    /// What the state calls the file: the position of its input, and the path below that as the
    /// file system spells it.
    pub fn name_in_state(&self, file: usize) -> Option<(u32, &[u8])> {
        let (root, path) = self.files.get(file)?;
        Some((*root, path.as_os_str().as_encoded_bytes()))
    }

    /// Length and times of a file, without opening it; none for what is in memory, or where
    /// the system does not tell.
    pub fn stamp(&self, file: usize) -> Option<Stamp> {
        let metadata = fs::metadata(self.path(file)?).ok()?;
        Some(Stamp::of(&metadata))
    }

    /// The digest of what an opened file holds beyond the head that was read, and of the head.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn digest(&self, file: usize, opened: &Opened) -> io::Result<blake3::Hash> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&opened.bytes);
        let read = opened.bytes.len();
        if let Some((Root::Memory(all), _)) = self.parts(file) {
            hasher.update(all.get(read..).unwrap_or_default());
        } else if read >= read::HEAD_LENGTH
            && let Some(path) = self.path(file)
        {
            let mut rest = File::open(path)?;
            rest.seek(SeekFrom::Start(read as u64))?;
            io::copy(&mut rest, &mut hasher)?;
        }
        Ok(hasher.finalize())
    }

    /// The path for messages: relative to where the user stands, `-` for standard input.
    pub fn display(&self, file: usize) -> String {
        let path = self.path(file);
        let named = || self.parts(file).map(|(_, path)| path);
        match path.as_deref().or_else(named) {
            Some(path) if !path.as_os_str().is_empty() => path.to_string_lossy().into_owned(),
            _ => "-".to_owned(),
        }
    }

    /// The path inside the input, with `/` between its parts: for outputs, which may not depend on
    /// where the input lies.
    pub fn relative(&self, file: usize) -> String {
        let mut parts = self.folders(file);
        parts.push(self.name(file));
        parts.join("/")
    }

    /// The file's name without folders.
    pub fn name(&self, file: usize) -> String {
        let path = self.parts(file).map(|(root, path)| match root {
            Root::Path(root) if path.as_os_str().is_empty() => root,
            _ => path,
        });
        let name = path.and_then(Path::file_name).unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The folders between the input and the file, outermost first.
    pub fn folders(&self, file: usize) -> Vec<String> {
        let parent = self.parts(file).and_then(|(_, path)| path.parent());
        let parts = parent.into_iter().flat_map(Path::components);
        parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    }

    /// Reads a file, or as much of it as its head takes.
    ///
    /// # Errors
    /// A warning where the system refuses.
    pub fn open(&self, file: usize, extent: Extent) -> Result<Opened, Warning> {
        let limit = match extent {
            Extent::Head => read::HEAD_LENGTH as u64,
            Extent::Whole => u64::MAX,
        };
        let path = self.display(file);
        match self.bytes(file, limit) {
            Ok((bytes, stamp)) => Ok(Opened {
                path,
                bytes,
                stamp,
                folders: self.folders(file),
            }),
            Err(error) => {
                let message = format!("cannot read the file: {error}");
                Err(Warning::new(Code::FileUnreadable, message).in_file(path))
            }
        }
    }

    /// The first bytes of the file, at most `limit`, and its stamp.
    fn bytes(&self, file: usize, limit: u64) -> io::Result<(Vec<u8>, Option<Stamp>)> {
        match (self.path(file), self.parts(file)) {
            (Some(path), _) => {
                let file = File::open(path)?;
                let stamp = Stamp::of(&file.metadata()?);
                Ok((first_bytes(file, stamp.length, limit)?, Some(stamp)))
            }
            (None, Some((Root::Memory(all), _))) => {
                let length = usize::try_from(limit).unwrap_or(usize::MAX);
                Ok((all.get(..length).unwrap_or(all).to_vec(), None))
            }
            (None, _) => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// The first bytes of a file of a length, at most `limit`. Of what grows meanwhile, the bytes that it
/// had; what tells no length, as pipes do, is read to its end.
fn first_bytes(file: File, length: u64, limit: u64) -> io::Result<Vec<u8>> {
    let most = match length {
        0 => limit,
        length => length.min(limit),
    };
    let mut bytes = Vec::new();
    bytes.reserve_exact(usize::try_from(length.min(limit)).unwrap_or_default());
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
