//! What an archive brings with an article: pictures in `data:` addresses, files that lie beside it,
//! parts of the same container.

use crate::model::Digest;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a resource is known by within a run: small, so that the model can hold it in the place of
/// bytes. It never reaches an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(Digest);

impl ResourceId {
    /// The id of the resource that these bytes name or are.
    pub fn of(name: &[u8]) -> Self {
        ResourceId(Digest::of(name))
    }

    /// All 128 bits.
    pub fn digest(self) -> Digest {
        self.0
    }
}

/// Bytes that an archive brings with an article, read when they are wanted.
pub trait ResourceBytes: Send + Sync {
    /// Reads them.
    ///
    /// # Errors
    /// Where they are more than `most`, can't be decoded, or the system refuses.
    fn read(&self, most: u64) -> io::Result<Vec<u8>>;

    /// The file that holds these bytes and nothing else, if there is one: it needs no copy, and a
    /// later run can tell by its times whether it changed.
    fn file(&self) -> Option<&Path> {
        None
    }
}

/// A resource and the way to its bytes.
#[derive(Clone)]
pub struct Resource {
    /// What it is known by.
    pub id: ResourceId,
    /// Its bytes.
    pub bytes: Arc<dyn ResourceBytes>,
}

/// Two of one id are one: ids are made of what names the bytes.
impl PartialEq for Resource {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Resource {}

impl fmt::Debug for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Resource").field(&self.id).finish()
    }
}

/// Finds the resources that an article's markup names.
pub trait ResourceLookup: Send + Sync {
    /// The resource that a reference names as it stands in the markup: a relative path, an absolute
    /// address, `cid:…`. None where the archive brings no such thing.
    fn find(&self, reference: &str) -> Option<Resource>;

    /// The file that the reference would name if it were there: where nothing is found now, a later
    /// run may find it.
    fn place(&self, _reference: &str) -> Option<PathBuf> {
        None
    }

    /// The same where several files would do. A folder that is missing, with a separator at its end,
    /// stands for all files in it.
    fn places(&self, reference: &str) -> Vec<PathBuf> {
        self.place(reference).into_iter().collect()
    }
}

/// The resources that a reader found beside an article; none by default.
#[derive(Clone, Default)]
pub struct Resources {
    lookup: Option<Arc<dyn ResourceLookup>>,
    reach: Reach,
}

/// Where what relative references mean may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reach {
    /// On the web too.
    #[default]
    Web,
    /// What is found is only here; what is not found may be on the web, unless its folder is one that a
    /// program makes that saves a page.
    FoundHere,
    /// Only here.
    Here,
}

/// How the names of folders end that browsers make for what belongs to a page that they save, in some of
/// their languages.
const SIDE_FOLDERS: [&str; 12] = [
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_file",
    "-filer",
    "_soubory",
    "_pliki",
    "_data",
];

impl Resources {
    /// The resources that a lookup finds. Where the article has an address, they are on the web too, at
    /// the addresses that its references mean from there.
    pub fn new(lookup: impl ResourceLookup + 'static) -> Self {
        Resources {
            lookup: Some(Arc::new(lookup)),
            reach: Reach::Web,
        }
    }

    /// The same of an archive whose maker put references of its own into the text: what a relative one
    /// finds has no address on the web.
    #[must_use]
    pub fn only_here(mut self) -> Self {
        self.reach = Reach::FoundHere;
        self
    }

    /// The same of an archive that holds all that its references mean: a relative one that finds nothing
    /// has no address on the web either.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.reach = Reach::Here;
        self
    }

    /// Whether what a reference finds is on the web too, at the address that it means from the
    /// article's.
    pub fn is_on_web(&self, reference: &str) -> bool {
        self.reach == Reach::Web || !is_relative(reference)
    }

    /// Whether what a reference means, and does not find here, may be on the web.
    pub fn may_be_on_web(&self, reference: &str) -> bool {
        let is_beside = || {
            let folder = reference.trim_start_matches("./").split_once('/');
            folder.is_some_and(|(folder, _)| SIDE_FOLDERS.iter().any(|end| folder.ends_with(end)))
        };
        match self.reach {
            Reach::Web => true,
            Reach::FoundHere => !is_relative(reference) || !is_beside(),
            Reach::Here => !is_relative(reference),
        }
    }

    /// See [`ResourceLookup::find`].
    pub fn find(&self, reference: &str) -> Option<Resource> {
        self.lookup.as_ref()?.find(reference)
    }

    /// See [`ResourceLookup::place`].
    pub fn place(&self, reference: &str) -> Option<PathBuf> {
        self.lookup.as_ref()?.place(reference)
    }

    /// See [`ResourceLookup::places`].
    pub fn places(&self, reference: &str) -> Vec<PathBuf> {
        let lookup = self.lookup.as_ref();
        lookup.map_or_else(Vec::new, |lookup| lookup.places(reference))
    }
}

/// Whether a reference names no place of its own on the web.
fn is_relative(reference: &str) -> bool {
    let first = reference.split(['/', '?', '#']).next().unwrap_or_default();
    !reference.starts_with('/') && !first.contains(':')
}

/// Two are equal if they are one, or if there are none.
impl PartialEq for Resources {
    fn eq(&self, other: &Self) -> bool {
        match (&self.lookup, &other.lookup) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl fmt::Debug for Resources {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some = if self.lookup.is_some() {
            "some"
        } else {
            "none"
        };
        write!(formatter, "Resources({some})")
    }
}

/// The resources that an article shows, by their ids.
#[derive(Clone, Debug, Default)]
pub struct ShownResources {
    found: HashMap<ResourceId, Resource>,
    absent: BTreeSet<PathBuf>,
}

impl ShownResources {
    /// Adds a resource.
    pub fn insert(&mut self, resource: Resource) {
        self.found.insert(resource.id, resource);
    }

    /// Adds a file that would be shown if it were there, or a missing folder, with a separator at its
    /// end, that might hold it.
    pub fn insert_absent(&mut self, file: PathBuf) {
        self.absent.insert(file);
    }

    /// The files that would be shown if they were there.
    pub fn absent(&self) -> impl Iterator<Item = &Path> {
        self.absent.iter().map(PathBuf::as_path)
    }

    /// The resource of an id.
    pub fn get(&self, id: ResourceId) -> Option<&Resource> {
        self.found.get(&id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Bytes in memory.
impl ResourceBytes for Vec<u8> {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        if self.len() as u64 > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(self.clone())
    }
}
