//! Download pictures, kept between runs.
//!
//! ```text
//! CACHE/CACHEDIR.TAG
//! CACHE/v1/index/AB/ADDRESS       what came of asking an address: small JSON files
//! CACHE/v1/blobs/AB/CONTENT       bytes, under the BLAKE3 hash of themselves
//! CACHE/v1/made/AB/CONTENT-RECIPE what became of some bytes when they were made fit for books
//! CACHE/v1/tmp/                   files on their way to their place
//! ```
//!
//! Every file is written beside its place and renamed into it, so that a run that is killed leaves
//! it whole or absent, and of two runs at once the later wins. A file is small or never changes, and
//! folders hold a 256th of them each, so services that save and restore folders do well with it. A
//! blob whose bytes do not match its name counts as absent.

mod prune;
mod record;

pub use prune::{Prune, Summary};
pub(in crate::images) use record::{CacheRecord, Conversion, ServerAnswer, Stored};

use crate::model::Address;
use blake3::Hash;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::env;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::{NamedTempFile, TempDir};

/// The layout's version. Another version would live beside this one.
const VERSION: &str = "v1";

/// How old a temporary file is when no run can be writing it any more.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// How old a folder for one run is when it has surely been locked.
const SETTLED: Duration = Duration::from_secs(60);

/// Says to backup programs that the folder can be made again (<https://bford.info/cachedir/>).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # This folder holds pictures that Offprint downloaded. It may be deleted at any time.\n";

/// A folder of downloaded pictures.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    root: PathBuf,
    /// Held so that pruning waits for the run.
    lock: Option<File>,
    /// Where this run writes, if the folder can only be read.
    spare: Option<Box<Cache>>,
    /// The folder itself, where it lasts for this run only.
    _temporary: Option<TempDir>,
}

/// What the names of folders begin with that last for one run.
const TEMPORARY: &str = "offprint-cache-";

/// What the names of this process's files on their way begin with.
fn own_prefix() -> String {
    format!("{}-", std::process::id())
}

/// Removes the files on their way that this process has in a cache, and its caches of one run. For a
/// process that is about to be ended.
pub fn remove_temporary_files(cache: Option<&Path>) {
    let prefix = own_prefix();
    let names = |folder: &Path, prefix: &str| -> Vec<PathBuf> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let own = files.filter(|file| file.file_name().to_string_lossy().starts_with(prefix));
        own.map(|file| file.path()).collect()
    };
    if let Some(cache) = cache {
        for file in names(&cache.join(VERSION).join("tmp"), &prefix) {
            let _ = fs::remove_file(file);
        }
    }
    for folder in names(&env::temp_dir(), &format!("{TEMPORARY}{prefix}")) {
        let _ = fs::remove_dir_all(folder);
    }
}

impl Cache {
    /// Opens a cache and makes its folders where they are missing.
    ///
    /// # Errors
    /// Where the folder can't be made or written.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let mut cache = Cache::at(folder)?;
        cache.lock = Some(cache.hold(cache.lock_file()?));
        // A lock file that is there says nothing of the rest.
        cache.incoming()?;
        cache.tag()?;
        Ok(cache)
    }

    /// Opens a cache that can only be read. What this run adds lasts no longer than it.
    ///
    /// # Errors
    /// Where there is no cache, or no place for what is added.
    pub(in crate::images) fn open_read_only(folder: &Path) -> io::Result<Self> {
        if !Cache::is_at(folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut cache = Cache::at(folder)?;
        let lock = File::open(cache.root.join("lock")).ok();
        cache.lock = lock.map(|lock| cache.hold(lock));
        cache.spare = Some(Box::new(Cache::temporary()?));
        Ok(cache)
    }

    fn at(folder: &Path) -> io::Result<Self> {
        let root = folder.join(VERSION);
        for part in ["index", "blobs", "made", "tmp"] {
            fs::create_dir_all(root.join(part))?;
        }
        Ok(Cache {
            folder: folder.to_owned(),
            root,
            lock: None,
            spare: None,
            _temporary: None,
        })
    }

    /// A cache for this run only, for want of a better place.
    pub(in crate::images) fn temporary() -> io::Result<Self> {
        remove_abandoned(&env::temp_dir());
        let prefix = format!("{TEMPORARY}{}", own_prefix());
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir()?;
        let mut cache = Cache::open(folder.path())?;
        cache._temporary = Some(folder);
        Ok(cache)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn tag(&self) -> io::Result<()> {
        let path = self.folder.join("CACHEDIR.TAG");
        if path.exists() {
            return Ok(());
        }
        self.write(&path, TAG.as_bytes())
    }

    /// Whether a folder holds a cache.
    pub fn is_at(folder: &Path) -> bool {
        folder.join(VERSION).is_dir()
    }

    /// Takes a share in the lock that pruning wants for itself, waiting where pruning is under way.
    /// Who comes first clears up what killed runs left half-written. A file system without locks
    /// does without.
    fn hold(&self, file: File) -> File {
        let alone = file.try_lock().is_ok();
        self.remove_half_written(alone);
        if alone {
            let _ = file.unlock();
        }
        let _ = file.lock_shared();
        file
    }

    /// Takes the lock for itself.
    ///
    /// # Errors
    /// [`io::ErrorKind::ResourceBusy`] while a run has a share in it.
    pub(in crate::images) fn lock_alone(&self) -> io::Result<File> {
        if let Some(lock) = &self.lock {
            lock.unlock()?;
        }
        let file = self.lock_file()?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(io::Error::new(
                io::ErrorKind::ResourceBusy,
                "a run is using it",
            )),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The folder of a part of the cache.
    pub(in crate::images) fn part(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn lock_file(&self) -> io::Result<File> {
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.root.join("lock"))
    }

    /// Removes what killed runs left half-written: all of it where no run is under way, else what
    /// none can be writing any more.
    fn remove_half_written(&self, all: bool) {
        let now = SystemTime::now();
        let files = fs::read_dir(self.root.join("tmp"));
        for file in files.into_iter().flatten().flatten() {
            let age = file
                .metadata()
                .and_then(|metadata| metadata.modified())
                .map(|modified| now.duration_since(modified).unwrap_or_default());
            if all || age.is_ok_and(|age| age > STALE) {
                let _ = fs::remove_file(file.path());
            }
        }
    }

    /// What came of asking an address in an earlier run.
    pub(in crate::images) fn entry(&self, address: &Address) -> Option<CacheRecord> {
        let entry: CacheRecord = read_json(&self.entry_path(address))?;
        (entry.address == address.without_fragment()).then_some(entry)
    }

    /// Remembers what came of asking an address. A cache that can't be written forgets.
    pub(in crate::images) fn remember(&self, address: &Address, entry: &CacheRecord) {
        let _ = self.write_json(&self.entry_path(address), entry);
    }

    /// What became of some bytes when they were made fit for books.
    pub(in crate::images) fn made(&self, source: &Hash, recipe: &str) -> Option<Conversion> {
        read_json(&self.made_path(source, recipe))
    }

    /// Remembers what became of some bytes.
    pub(in crate::images) fn remember_made(&self, source: &Hash, recipe: &str, made: &Conversion) {
        let _ = self.write_json(&self.made_path(source, recipe), made);
    }

    /// Where a blob lies, or would lie.
    pub(in crate::images) fn blob_path(&self, hash: &Hash) -> PathBuf {
        self.sharded("blobs", &hash.to_hex())
    }

    /// The bytes of a blob, if they are there and are what they should be.
    pub(in crate::images) fn blob(&self, hash: &Hash) -> Option<Vec<u8>> {
        let path = self.blob_path(hash);
        let mut file = File::open(&path).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        if blake3::hash(&bytes) == *hash {
            note_use(&file);
            return Some(bytes);
        }
        let _ = fs::remove_file(path);
        None
    }

    /// Notes that a blob is in use though nobody reads it: what was made of it is, or an output
    /// that holds it is kept.
    pub(in crate::images) fn note_use_of(&self, hash: &Hash) {
        if let Ok(file) = File::open(self.blob_path(hash)) {
            note_use(&file);
        }
    }

    /// Whether a blob is there and its bytes are what they should be.
    pub(in crate::images) fn has_blob(&self, hash: &Hash) -> bool {
        let path = self.blob_path(hash);
        let Ok(mut file) = File::open(&path) else {
            return false;
        };
        let mut hasher = blake3::Hasher::new();
        if io::copy(&mut file, &mut hasher).is_ok() && hasher.finalize() == *hash {
            note_use(&file);
            return true;
        }
        let _ = fs::remove_file(path);
        false
    }

    /// Keeps bytes under their hash and says where.
    ///
    /// # Errors
    /// Where they can't be written.
    pub(in crate::images) fn keep(&self, hash: &Hash, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.blob_path(hash);
        let there = fs::metadata(&path)
            .is_ok_and(|metadata| u64::try_from(bytes.len()) == Ok(metadata.len()));
        if !there || !self.has_blob(hash) {
            self.write(&path, bytes)?;
        }
        Ok(path)
    }

    /// Keeps a file of [`Cache::incoming`] under the hash of its bytes.
    ///
    /// # Errors
    /// Where it can't be put into place.
    pub(in crate::images) fn keep_file(&self, hash: &Hash, file: NamedTempFile) -> io::Result<()> {
        let path = self.blob_path(hash);
        if self.spare.is_some() && path.starts_with(&self.root) {
            return Ok(());
        }
        self.persist(file, &path)
    }

    /// A file for bytes that arrive.
    ///
    /// # Errors
    /// Where it can't be made.
    pub(in crate::images) fn incoming(&self) -> io::Result<NamedTempFile> {
        match &self.spare {
            Some(spare) => spare.incoming(),
            None => tempfile::Builder::new()
                .prefix(&own_prefix())
                .tempfile_in(self.root.join("tmp")),
        }
    }

    fn write_json(&self, path: &Path, value: &impl Serialize) -> io::Result<()> {
        self.write(path, &serde_json::to_vec(value)?)
    }

    /// Writes a file in one step.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.incoming()?;
        file.write_all(bytes)?;
        self.persist(file, path)
    }

    fn persist(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        file.persist(path)?;
        Ok(())
    }

    fn entry_path(&self, address: &Address) -> PathBuf {
        let hash = blake3::hash(address.without_fragment().as_bytes());
        self.sharded("index", &hash.to_hex())
    }

    fn made_path(&self, source: &Hash, recipe: &str) -> PathBuf {
        self.sharded("made", &format!("{source}-{recipe}"))
    }

    /// A file in one of 256 folders.
    fn sharded(&self, part: &str, name: &str) -> PathBuf {
        let shard = name.get(..2).unwrap_or("00");
        let path = self.root.join(part).join(shard).join(name);
        match &self.spare {
            Some(spare) if !path.exists() => spare.sharded(part, name),
            _ => path,
        }
    }
}

/// Removes the folders that killed runs left among the temporary files: nobody holds them.
fn remove_abandoned(temporary: &Path) {
    let now = SystemTime::now();
    for folder in fs::read_dir(temporary).into_iter().flatten().flatten() {
        if !folder.file_name().to_string_lossy().starts_with(TEMPORARY) {
            continue;
        }
        let made = folder.metadata().and_then(|metadata| metadata.modified());
        // One that is being made is not held yet.
        let settled =
            made.is_ok_and(|made| now.duration_since(made).is_ok_and(|age| age > SETTLED));
        let lock = File::open(folder.path().join(VERSION).join("lock"));
        if settled && lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// Reads a small JSON file; one that is damaged counts as absent.
pub(in crate::images) fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    const LONGEST: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(LONGEST)
        .read_to_end(&mut bytes)
        .ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Notes, once a day at most, that a file is in use, so that pruning takes others first.
fn note_use(file: &File) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let now = SystemTime::now();
    let noted = file.metadata().and_then(|metadata| metadata.modified());
    if noted.is_ok_and(|noted| now.duration_since(noted).is_ok_and(|since| since > DAY)) {
        let _ = file.set_modified(now);
    }
}

/// Seconds since 1970 by the system's clock. They decide what is asked again, never what an output
/// holds.
pub(in crate::images) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::failure::Failure;

    #[test]
    fn what_is_remembered_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let address = Address::parse("https://a.example/x.jpg#top").unwrap();
        let entry = CacheRecord {
            address: address.without_fragment().to_owned(),
            asked_at: 1,
            not_before: Some(2),
            outcome: ServerAnswer::Failed(Failure::missing("HTTP 404")),
        };
        assert_eq!(cache.entry(&address), None);
        cache.remember(&address, &entry);
        assert_eq!(cache.entry(&address), Some(entry));
    }

    #[test]
    fn a_damaged_blob_is_absent() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let hash = blake3::hash(b"bytes");
        let path = cache.keep(&hash, b"bytes").unwrap();
        assert!(cache.has_blob(&hash));
        fs::write(&path, b"bytez").unwrap();
        assert!(!cache.has_blob(&hash));
        assert!(!path.exists());
        cache.keep(&hash, b"bytes").unwrap();
        assert_eq!(cache.blob(&hash).as_deref(), Some(&b"bytes"[..]));
    }
}
