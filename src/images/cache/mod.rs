//! Downloaded pictures, kept between runs.
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

mod blobs;
mod leftovers;
mod prune;
mod record;

pub use leftovers::remove_temporary_files;
pub use prune::{Prune, Summary};
pub(in crate::images) use record::{CacheRecord, Conversion, ServerAnswer, Stored};

use crate::model::Address;
use blake3::Hash;
use leftovers::{TEMPORARY, own_prefix, remove_abandoned};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::env;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::{NamedTempFile, TempDir};

/// The layout's version. Another version would live beside this one.
const VERSION: &str = "v1";

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
}
