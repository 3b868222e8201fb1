//! What the cache holds, and making it smaller.

use super::cache::{Cache, read_json};
use super::record::{Entry, Made, Outcome};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What a cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Pictures, downloaded and converted.
    pub pictures: u64,
    /// Addresses whose picture is known.
    pub addresses: u64,
    /// Addresses that were asked in vain.
    pub failures: u64,
    /// Bytes of all files.
    pub bytes: u64,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Pruned {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A file of the cache.
#[derive(Debug)]
struct Item {
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
            ..Summary::default()
        };
        for item in &index {
            match read_json::<Entry>(&item.path).map(|entry| entry.outcome) {
                Some(Outcome::Had(_)) => summary.addresses += 1,
                Some(Outcome::Failed(_)) => summary.failures += 1,
                None => {}
            }
        }
        summary.bytes = [pictures, made, index]
            .iter()
            .flatten()
            .map(|item| item.bytes)
            .sum();
        Ok(summary)
    }

    /// Makes the cache smaller: pictures first, then what refers to pictures that are gone.
    ///
    /// # Errors
    /// [`io::ErrorKind::ResourceBusy`] while a run uses the cache; else where a folder can't be
    /// read or a file not removed.
    pub fn prune(self, what: Prune) -> io::Result<Pruned> {
        let _lock = self.lock_alone()?;
        let mut pruned = Pruned::default();
        let mut pictures = items(&self.part("blobs"))?;
        pictures.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut left: u64 = pictures.iter().map(|item| item.bytes).sum();
        let now = SystemTime::now();
        for item in &pictures {
            let remove = match what {
                Prune::UnusedFor(time) => is_older(item, now, time),
                Prune::DownTo(bytes) => left > bytes,
            };
            if remove {
                left = left.saturating_sub(item.bytes);
                pruned.remove(item)?;
            }
        }
        self.prune_records(what, now, &mut pruned)?;
        Ok(pruned)
    }

    /// Removes records of pictures that are gone, and old failures.
    fn prune_records(&self, what: Prune, now: SystemTime, pruned: &mut Pruned) -> io::Result<()> {
        let is_old = |item: &Item| match what {
            Prune::UnusedFor(time) => is_older(item, now, time),
            Prune::DownTo(_) => false,
        };
        for item in items(&self.part("index"))? {
            let keep = match read_json::<Entry>(&item.path).map(|entry| entry.outcome) {
                Some(Outcome::Had(stored)) => self.holds(&stored.blob),
                Some(Outcome::Failed(_)) => !is_old(&item),
                None => false,
            };
            if !keep {
                pruned.remove(&item)?;
            }
        }
        for item in items(&self.part("made"))? {
            let keep = match read_json::<Made>(&item.path) {
                Some(Made::Blob { blob, .. }) => self.holds(&blob),
                Some(Made::Unusable(_)) => !is_old(&item),
                None => false,
            };
            if !keep {
                pruned.remove(&item)?;
            }
        }
        Ok(())
    }

    fn holds(&self, blob: &str) -> bool {
        blake3::Hash::from_hex(blob).is_ok_and(|hash| self.blob_path(&hash).exists())
    }
}

impl Pruned {
    fn remove(&mut self, item: &Item) -> io::Result<()> {
        fs::remove_file(&item.path)?;
        self.files += 1;
        self.bytes += item.bytes;
        Ok(())
    }
}

fn is_older(item: &Item, now: SystemTime, age: Duration) -> bool {
    now.duration_since(item.used).is_ok_and(|since| since > age)
}

fn count(items: &[Item]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// The files in the folders of a part of the cache.
fn items(part: &Path) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for folder in fs::read_dir(part)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            let file = file?;
            let metadata = file.metadata()?;
            if metadata.is_file() {
                items.push(Item {
                    path: file.path(),
                    used: metadata.modified()?,
                    bytes: metadata.len(),
                });
            }
        }
    }
    Ok(items)
}
