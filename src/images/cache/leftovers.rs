//! Files and folders that runs have on their way, and what killed runs left of them.

use super::{Cache, VERSION};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How old a temporary file is when no run can be writing it any more.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// How old a folder for one run is when it has surely been locked.
const SETTLED: Duration = Duration::from_secs(60);

/// What the names of folders begin with that last for one run.
pub(super) const TEMPORARY: &str = "offprint-cache-";

/// What the names of this process's files on their way begin with.
pub(super) fn own_prefix() -> String {
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
    /// Removes what killed runs left half-written: all of it where no run is under way, else what
    /// none can be writing any more.
    pub(super) fn remove_half_written(&self, all: bool) {
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
}

/// Removes the folders that killed runs left among the temporary files: nobody holds them.
pub(super) fn remove_abandoned(temporary: &Path) {
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
