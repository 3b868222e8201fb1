//! The files of the inputs.

use crate::config::Input;
use crate::error::{Code, Error, Result, Warning};
use crate::model::Stamp;
use crate::read::{self, FileList, FileSource, MemberPlace, MemorySource, Source};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files of all inputs, in the order of the inputs, then of their paths.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    roots: Vec<Root>,
    files: Vec<InputFile>,
    /// What is neither a file nor a folder, such as symbolic links: passed over.
    pub others: Vec<PassedOver>,
    /// The paths of all folders inside their inputs, with `/` between their parts.
    pub folders: BTreeSet<String>,
    /// What could not be looked into.
    pub warnings: Vec<Warning>,
}

/// Something in an input that holds no article.
#[derive(Clone, Debug)]
pub struct PassedOver {
    /// Its path for messages.
    pub shown: String,
    /// Its path inside the input, with `/` between its parts.
    pub inside: String,
}

#[derive(Clone, Debug)]
struct InputFile {
    /// The position of the input.
    root: u32,
    /// The path within it, empty where it is the file itself; of a member of a container, with the
    /// member's path behind an exclamation mark.
    path: PathBuf,
    /// Where it lies in a container.
    member: Option<MemberPlace>,
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
/// input is passed over: what earlier runs made of the articles is none of them. In one that is an input
/// itself only what runs are known to have made is, by its name.
///
/// # Errors
/// Where an input does not exist or can't be read.
pub fn list(inputs: &[Input], out: &Path, is_output: impl Fn(&str) -> bool) -> Result<Inputs> {
    let mut listed = Inputs::default();
    for (input, root) in inputs.iter().zip(0u32..) {
        match input {
            Input::Stdin => {
                let mut bytes = Vec::new();
                io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(Error::input(Path::new("-")))?;
                listed.add_bytes(root, String::new(), bytes);
            }
            Input::Memory { name, bytes } => {
                listed.add_bytes(root, name.clone(), bytes.clone());
            }
            Input::Path(path) => {
                let (path, member) = container_and_member(path);
                let path = path.as_path();
                let mut walked = read::walk(path)?;
                if let Some(own) = below(out, path) {
                    walked.files.retain(|file| !file.starts_with(&own));
                } else if path.is_dir() && is_same_place(out, path) {
                    walked.files.retain(|file| !is_output(&slashed(file)));
                }
                listed.add_others(&walked);
                listed.warnings.extend(walked.warnings);
                let read = |file: &PathBuf| side_file(&walked.root.join(file));
                let beside = read::without_side_files(walked.files, PathBuf::clone, read);
                for (table, count) in beside.unnamed {
                    let shown = walked.root.join(table).to_string_lossy().into_owned();
                    listed.warnings.push(unnamed(shown, count));
                }
                listed
                    .others
                    .extend(beside.private.iter().map(|file| PassedOver {
                        shown: walked.root.join(file).to_string_lossy().into_owned(),
                        inside: slashed(file),
                    }));
                listed.add(root, &walked.root, beside.files);
                if let Some(member) = member {
                    listed.keep_member(path, &member)?;
                }
                listed.roots.push(Root::Path(walked.root));
            }
        }
    }
    Ok(listed)
}

/// The most bytes of a file that is asked which others belong to it: a table of some 50,000 posts.
const MOST_OF_SIDE_FILE: u64 = 16 << 20;

/// The bytes of a file that is asked so; nothing of a larger one, which is none.
fn side_file(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MOST_OF_SIDE_FILE + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    (bytes.len() as u64 <= MOST_OF_SIDE_FILE).then_some(bytes)
}

/// The file that a path names, and the member of it where it is a container and the path goes on behind an
/// exclamation mark, as messages name members.
fn container_and_member(path: &Path) -> (PathBuf, Option<String>) {
    let parted = (!path.exists()).then(|| read::parted(path)).flatten();
    match parted {
        Some((file, member)) => (file, Some(member)),
        None => (path.to_owned(), None),
    }
}

impl InputFile {
    fn plain(root: u32, path: PathBuf) -> Self {
        InputFile {
            root,
            path,
            member: None,
        }
    }
}

/// A path with more behind an exclamation mark; nothing where gzip packed the file alone.
fn within(path: &Path, member: &str) -> PathBuf {
    let mut joined = path.as_os_str().to_owned();
    if !member.is_empty() {
        joined.push("!");
        joined.push(member);
    }
    PathBuf::from(joined)
}

/// A warning of texts that no line of their table names.
fn unnamed(table: String, count: usize) -> Warning {
    let message = match count {
        1 => "1 text in posts/ is left out: the table does not name it".to_owned(),
        count => format!("{count} texts in posts/ are left out: the table does not name them"),
    };
    Warning::new(Code::ItemsLeftOut, message)
        .in_file(table)
        .hint("add a line for each, or export once more")
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let parts = path.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Whether two paths lead to the same file or folder.
fn is_same_place(one: &Path, other: &Path) -> bool {
    let (one, other) = (one.canonicalize(), other.canonicalize());
    one.is_ok_and(|one| other.is_ok_and(|other| one == other))
}

/// The way from a folder to one below it, wherever links lead.
fn below(folder: &Path, root: &Path) -> Option<PathBuf> {
    let (folder, root) = (folder.canonicalize().ok()?, root.canonicalize().ok()?);
    let way = folder.strip_prefix(root).ok()?;
    (!way.as_os_str().is_empty()).then(|| way.to_owned())
}

impl Inputs {
    /// Notes what there is in an input beside files.
    fn add_others(&mut self, walked: &FileList) {
        let others = walked.others.iter().map(|path| PassedOver {
            shown: walked.root.join(path).to_string_lossy().into_owned(),
            inside: slashed(path),
        });
        self.others.extend(others);
        let folders = walked.folders.iter();
        self.folders.extend(folders.map(|path| slashed(path)));
    }

    /// Adds the files of an input, and what those of them hold that are containers.
    fn add(&mut self, root: u32, folder: &Path, files: Vec<PathBuf>) {
        let before = self.files.len();
        for file in files {
            let path = match file.as_os_str().is_empty() {
                true => folder.to_owned(),
                false => folder.join(&file),
            };
            let opened = read::open_container(&path, &path.to_string_lossy()).unwrap_or_default();
            self.warnings.extend(opened.warnings);
            if opened.members.is_empty() {
                self.files.push(InputFile::plain(root, file));
                continue;
            }
            self.add_members(root, &file, &path, opened.members);
        }
        // The state goes by this order, and an exclamation mark is not the least of all characters.
        let name = |file: &InputFile| file.path.as_os_str().as_encoded_bytes().to_owned();
        let added = self.files.get_mut(before..).unwrap_or_default();
        if added.iter().any(|file| file.member.is_some()) {
            added.sort_by_cached_key(name);
        }
    }

    /// Keeps one member of a container that was added last, or all of one within it.
    ///
    /// # Errors
    /// Where it has no such member.
    fn keep_member(&mut self, container: &Path, name: &str) -> Result<()> {
        let root = u32::try_from(self.roots.len()).unwrap_or(u32::MAX);
        let is_named = |file: &InputFile| {
            let own = file.member.as_ref().map(MemberPlace::name);
            let rest = own.and_then(|own| own.strip_prefix(name));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
        };
        self.files
            .retain(|file| file.root != root || is_named(file));
        match self.files.iter().any(|file| file.root == root) {
            true => Ok(()),
            false => Err(Error::input(&within(container, name))(
                io::ErrorKind::NotFound.into(),
            )),
        }
    }

    /// Adds what is in memory, or what it holds where it is a container.
    fn add_bytes(&mut self, root: u32, name: String, bytes: Vec<u8>) {
        let opened = match read::open_container_in_memory(bytes, &name) {
            Ok(opened) => opened,
            Err(bytes) => {
                self.roots.push(Root::Memory(bytes));
                self.files.push(InputFile::plain(root, PathBuf::from(name)));
                return;
            }
        };
        self.roots.push(Root::Memory(Vec::new()));
        let shown = if name.is_empty() { "-" } else { &name };
        self.warnings.extend(opened.warnings);
        self.add_members(root, Path::new(shown), Path::new(shown), opened.members);
    }

    /// Adds what a container holds, which messages call `shown`.
    fn add_members(&mut self, root: u32, file: &Path, shown: &Path, members: Vec<MemberPlace>) {
        let inner = |member: &MemberPlace| PathBuf::from(member.name().replace('!', "/"));
        let read = |member: &MemberPlace| {
            let source = member.open(String::new(), Vec::new()).ok()?;
            let source: &dyn Source = &source;
            let bytes = (source.length() <= MOST_OF_SIDE_FILE).then(|| source.bytes(source.span()));
            bytes?.ok().map(Cow::into_owned)
        };
        let beside = read::without_side_files(members, inner, read);
        for (table, count) in beside.unnamed {
            let shown = within(file, &table.to_string_lossy());
            self.warnings
                .push(unnamed(shown.to_string_lossy().into_owned(), count));
        }
        let others = beside.private.iter().map(|member| PassedOver {
            shown: within(shown, member.name()).to_string_lossy().into_owned(),
            inside: slashed(&within(file, member.name())),
        });
        self.others.extend(others);
        self.files
            .extend(beside.files.into_iter().map(|member| InputFile {
                root,
                path: within(file, member.name()),
                member: Some(member),
            }));
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    fn parts(&self, file: usize) -> Option<(&Root, &Path)> {
        let file = self.files.get(file)?;
        let root = self.roots.get(usize::try_from(file.root).ok()?)?;
        Some((root, &file.path))
    }

    fn member(&self, file: usize) -> Option<&MemberPlace> {
        self.files.get(file)?.member.as_ref()
    }

    /// The path on the disk, of the container for its members; none for what is in memory.
    fn path(&self, file: usize) -> Option<PathBuf> {
        if let Some(member) = self.member(file) {
            return member.file().map(Path::to_owned);
        }
        match self.parts(file)? {
            (Root::Path(root), path) if path.as_os_str().is_empty() => Some(root.clone()),
            (Root::Path(root), path) => Some(root.join(path)),
            (Root::Memory(_), _) => None,
        }
    }

    /// The first of some files that is one of the input, or a container of such.
    pub fn first_of<'paths>(&self, paths: &'paths [PathBuf]) -> Option<&'paths PathBuf> {
        let names: BTreeSet<&OsStr> = paths.iter().filter_map(|path| path.file_name()).collect();
        // Nearly all inputs have other names, and need not be looked for. What is named itself may be a link.
        let may_be_one = |file: &usize| {
            let name = self.file_name(*file);
            name.is_none_or(|name| names.contains(name))
        };
        let inputs = (0..self.files.len()).filter(may_be_one);
        let inputs: BTreeSet<PathBuf> = inputs
            .filter_map(|file| self.path(file)?.canonicalize().ok())
            .collect();
        let is_input =
            |path: &PathBuf| path.canonicalize().is_ok_and(|path| inputs.contains(&path));
        match inputs.is_empty() {
            true => None,
            false => paths.iter().find(|path| is_input(path)),
        }
    }

    /// The name of a file on the disk that was found below an input; nothing where it is one.
    fn file_name(&self, file: usize) -> Option<&OsStr> {
        match self.member(file) {
            Some(member) => member.file()?.file_name(),
            None => self.files.get(file)?.path.file_name(),
        }
    }

    /// The folders that are inputs and hold no file, by their positions: a disk may be missing.
    pub fn empty(&self) -> BTreeMap<u32, String> {
        let held: BTreeSet<u32> = self.files.iter().map(|file| file.root).collect();
        let roots = (0..).zip(&self.roots);
        let empty = roots.filter(|(position, _)| !held.contains(position));
        empty
            .filter_map(|(position, root)| match root {
                Root::Path(path) => Some((position, path.to_string_lossy().into_owned())),
                Root::Memory(_) => None,
            })
            .collect()
    }

    /// The names of the files that are inputs themselves.
    pub fn names_of_files_named(&self) -> BTreeSet<String> {
        let files = self.files.iter().zip(0..);
        let own = files.filter(|(file, _)| file.path.as_os_str().is_empty());
        own.map(|(_, position)| self.relative(position)).collect()
    }

    /// What the state calls the file: the position of its input, and the path below that as the
    /// file system spells it.
    pub fn name_in_state(&self, file: usize) -> Option<(u32, &[u8])> {
        let file = self.files.get(file)?;
        Some((file.root, file.path.as_os_str().as_encoded_bytes()))
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
        if let (Some(path), Some(member)) = (&path, self.member(file)) {
            return within(path, member.name()).to_string_lossy().into_owned();
        }
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
        let name = |root: &Path| PathBuf::from(root.file_name().unwrap_or_default());
        let path = match (root, self.member(file)) {
            (Root::Path(root), None) if path.as_os_str().is_empty() => name(root),
            (Root::Path(root), Some(member)) if member.file() == Some(root) => {
                within(&name(root), member.name())
            }
            _ => path.to_owned(),
        };
        slashed(&path)
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
        if let Some(member) = self.member(file) {
            return self.opened_member(file, member);
        }
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

    fn opened_member(&self, file: usize, member: &MemberPlace) -> io::Result<OpenedFile<'_>> {
        let stamp = match member.file() {
            Some(path) => Some(Stamp::of(&fs::metadata(path)?)),
            None => None,
        };
        let folders = match (self.parts(file), member.file()) {
            (Some((Root::Path(root), _)), Some(path)) => path.strip_prefix(root).ok(),
            _ => None,
        };
        let folders = folders.and_then(Path::parent).into_iter();
        let folders = folders.flat_map(Path::components);
        let folders = folders.map(|part| part.as_os_str().to_string_lossy().into_owned());
        let source = member.open(self.display(file), folders.collect())?;
        Ok(OpenedFile {
            source: Box::new(source),
            stamp,
        })
    }
}
