//! What the cache holds, and making it smaller.

use super::record::{CacheRecord, Conversion, ServerAnswer};
use super::{Cache, read_json};
use blake3::Hash;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What a cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pictures, downloaded and converted.
    pub pictures: u64,
    /// Addresses whose picture is known.
    pub addresses: u64,
    /// Addresses that were asked in vain.
    pub failures: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// When the picture that was not used for the longest time was used. Use is noted once a day.
    pub oldest_use: Option<SystemTime>,
    /// When a picture was used last.
    pub newest_use: Option<SystemTime>,
}

/// What to remove from a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prune {
    /// What no run has used for this long. Use is noted once a day.
    UnusedFor(Duration),
    /// What has not been used for the longest time, until no more than so many bytes are left.
    DownTo(u64),
}

/// What was removed from a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PruneTotals {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A file of the cache.
#[derive(Debug)]
struct CachedFile {
    path: PathBuf,
    used: SystemTime,
    bytes: u64,
}

impl Cache {
    /// What the cache holds.
    ///
    /// # Errors
    /// Where its folders can't be read.
    pub fn summary(&self) -> io::Result<Summary> {
        let pictures = items(&self.part("blobs"))?;
        let made = items(&self.part("made"))?;
        let index = items(&self.part("index"))?;
        let mut summary = Summary {
            pictures: count(&pictures),
            oldest_use: pictures.iter().map(|item| item.used).min(),
            newest_use: pictures.iter().map(|item| item.used).max(),
            ..Summary::default()
        };
        for item in &index {
            match read_json::<CacheRecord>(&item.path).map(|entry| entry.outcome) {
                Some(ServerAnswer::Picture(_)) => summary.addresses += 1,
                Some(ServerAnswer::Failed(_)) => summary.failures += 1,
                None => {}
            }
        }
        summary.bytes = bytes(&pictures) + bytes(&made) + bytes(&index);
        Ok(summary)
    }

    /// Makes the cache smaller: pictures with the records that refer to them, then what is
    /// remembered of addresses and pictures that gave nothing.
    ///
    /// # Errors
    /// [`io::ErrorKind::ResourceBusy`] while a run uses the cache; else where a folder can't be
    /// read or a file not removed.
    pub fn prune(self, what: Prune) -> io::Result<PruneTotals> {
        let _lock = self.lock_alone()?;
        let pictures = items(&self.part("blobs"))?;
        let index = items(&self.part("index"))?;
        let made = items(&self.part("made"))?;
        let mut pruning = Pruning {
            what,
            now: SystemTime::now(),
            left: bytes(&pictures) + bytes(&index) + bytes(&made),
            pruned: PruneTotals::default(),
        };
        let mut records: HashMap<PathBuf, Vec<CachedFile>> = HashMap::new();
        let mut fruitless = Vec::new();
        let index = index.into_iter().map(|item| (entry_refers_to(&item), item));
        let made = made.into_iter().map(|item| (made_refers_to(&item), item));
        for (reference, record) in index.chain(made) {
            match reference {
                Reference::Picture(hash) if self.blob_path(&hash).exists() => {
                    let picture = self.blob_path(&hash);
                    records.entry(picture).or_default().push(record);
                }
                Reference::Nothing => fruitless.push(record),
                Reference::Picture(_) | Reference::Damaged => pruning.remove(&record)?,
            }
        }
        pruning.remove_unused(pictures, &records)?;
        pruning.remove_unused(fruitless, &HashMap::new())?;
        Ok(pruning.pruned)
    }
}

/// What a record of the cache refers to.
enum Reference {
    /// A picture.
    Picture(Hash),
    /// Nothing: it tells that there is nothing to be had, or nothing to be made.
    Nothing,
    /// The record can't be read.
    Damaged,
}

impl Reference {
    fn to(blob: &str) -> Self {
        Hash::from_hex(blob).map_or(Reference::Damaged, Reference::Picture)
    }
}

fn entry_refers_to(record: &CachedFile) -> Reference {
    match read_json::<CacheRecord>(&record.path).map(|entry| entry.outcome) {
        Some(ServerAnswer::Picture(stored)) => Reference::to(&stored.blob),
        Some(ServerAnswer::Failed(_)) => Reference::Nothing,
        None => Reference::Damaged,
    }
}

fn made_refers_to(record: &CachedFile) -> Reference {
    match read_json::<Conversion>(&record.path) {
        Some(Conversion::Blob { blob, .. }) => Reference::to(&blob),
        Some(Conversion::Unusable(_)) => Reference::Nothing,
        None => Reference::Damaged,
    }
}

/// A cache that is made smaller.
struct Pruning {
    what: Prune,
    now: SystemTime,
    /// Bytes that are still there.
    left: u64,
    pruned: PruneTotals,
}

impl Pruning {
    /// Removes some of the files with the records that refer to them, those first that were not
    /// used for the longest time.
    fn remove_unused(
        &mut self,
        mut items: Vec<CachedFile>,
        records: &HashMap<PathBuf, Vec<CachedFile>>,
    ) -> io::Result<()> {
        items.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        for item in &items {
            let remove = match self.what {
                Prune::UnusedFor(time) => is_older(item, self.now, time),
                Prune::DownTo(bytes) => self.left > bytes,
            };
            if remove {
                self.remove(item)?;
                let records = records.get(&item.path).into_iter().flatten();
                records
                    .into_iter()
                    .try_for_each(|record| self.remove(record))?;
            }
        }
        Ok(())
    }

    fn remove(&mut self, item: &CachedFile) -> io::Result<()> {
        fs::remove_file(&item.path)?;
        self.left = self.left.saturating_sub(item.bytes);
        self.pruned.files += 1;
        self.pruned.bytes += item.bytes;
        Ok(())
    }
}

fn is_older(item: &CachedFile, now: SystemTime, age: Duration) -> bool {
    now.duration_since(item.used).is_ok_and(|since| since > age)
}

fn bytes(items: &[CachedFile]) -> u64 {
    items.iter().map(|item| item.bytes).sum()
}

fn count(items: &[CachedFile]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// The files in the folders of a part of the cache. One that a run removes meanwhile is left out.
fn items(part: &Path) -> io::Result<Vec<CachedFile>> {
    let mut items = Vec::new();
    for folder in fs::read_dir(part)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            let file = file?;
            let metadata = match file.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                metadata => metadata?,
            };
            if metadata.is_file() {
                items.push(CachedFile {
                    path: file.path(),
                    used: metadata.modified()?,
                    bytes: metadata.len(),
                });
            }
        }
    }
    Ok(items)
}
