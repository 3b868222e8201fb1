//! The files of the inputs.

use crate::config::Input;
use crate::error::{Code, Error, Result, Warning};
use crate::read::{self, FileSource, MemorySource, Source};
use crate::stamp::Stamp;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files of all inputs, in the order of the inputs, then of their paths.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
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

/// A file that can be read.
pub struct OpenedFile<'inputs> {
    /// Its bytes.
    pub source: Box<dyn Source + 'inputs>,
    /// What the system said of the file when it was opened; nothing of what is in memory.
    pub stamp: Option<Stamp>,
}

/// Lists the files of some inputs. Standard input is read here, whole. An output folder within an
/// input is passed over: what earlier runs made of the articles is none of them.
///
/// # Errors
/// Where an input does not exist or can't be read.
pub fn list(inputs: &[Input], out: &Path) -> Result<Inputs> {
    let mut listed = Inputs::default();
    for (input, root) in inputs.iter().zip(0u32..) {
        match input {
            Input::Stdin => {
                let mut bytes = Vec::new();
                io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(Error::input(Path::new("-")))?;
                listed.roots.push(Root::Memory(bytes));
                listed.files.push((root, PathBuf::new()));
            }
            Input::Memory { name, bytes } => {
                listed.roots.push(Root::Memory(bytes.clone()));
                listed.files.push((root, PathBuf::from(name)));
            }
            Input::Path(path) => {
                let mut walked = read::walk(path)?;
                if let Some(own) = below(out, path) {
                    walked.files.retain(|file| !file.starts_with(&own));
                }
                walked.files = read::without_side_files(walked.files);
                listed.warnings.extend(walked.warnings);
                listed.roots.push(Root::Path(walked.root));
                listed
                    .files
                    .extend(walked.files.into_iter().map(|file| (root, file)));
            }
        }
    }
    Ok(listed)
}

/// The way from a folder to one below it, wherever links lead.
fn below(folder: &Path, root: &Path) -> Option<PathBuf> {
    let (folder, root) = (folder.canonicalize().ok()?, root.canonicalize().ok()?);
    let way = folder.strip_prefix(root).ok()?;
    (!way.as_os_str().is_empty()).then(|| way.to_owned())
}

impl Inputs {
    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
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
        let Some((root, path)) = self.parts(file) else {
            return String::new();
        };
        let path = match root {
            Root::Path(root) if path.as_os_str().is_empty() => {
                Path::new(root.file_name().unwrap_or_default())
            }
            _ => path,
        };
        let parts = path.components();
        let parts: Vec<_> = parts
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }

    /// Opens a file.
    ///
    /// # Errors
    /// A warning where the system refuses.
    pub fn open(&self, file: usize) -> Result<OpenedFile<'_>, Warning> {
        self.opened(file).map_err(|error| {
            let message = format!("cannot read the file: {error}");
            Warning::new(Code::FileUnreadable, message).in_file(self.display(file))
        })
    }

    fn opened(&self, file: usize) -> io::Result<OpenedFile<'_>> {
        match self.parts(file).ok_or(io::ErrorKind::NotFound)? {
            (Root::Memory(bytes), path) => Ok(OpenedFile {
                source: Box::new(MemorySource::new(&path.to_string_lossy(), bytes.as_slice())),
                stamp: None,
            }),
            (Root::Path(root), relative) => {
                let opened = File::open(self.path(file).ok_or(io::ErrorKind::NotFound)?)?;
                let stamp = Stamp::of(&opened.metadata()?);
                let source = FileSource::new(opened, stamp.length, root, relative)?;
                Ok(OpenedFile {
                    source: Box::new(source),
                    stamp: Some(stamp),
                })
            }
        }
    }
}
