//! One run at a time on an output folder.

use crate::config::Settings;
use crate::error::{Error, Result};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Holds the lock of an output folder until it is dropped. The lock is the operating system's, so
/// a run that was killed leaves none behind.
pub struct Lock {
    _file: File,
}

/// How often a waiting run looks again.
const PAUSE: Duration = Duration::from_millis(100);

impl Lock {
    /// Takes the lock of the output folder, waiting as long as the settings allow.
    pub fn take(settings: &Settings) -> Result<Self> {
        let path = lock_file(settings);
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).map_err(Error::output(parent))?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::output(&path))?;
        let deadline = Instant::now() + settings.wait;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Locked {
                        path: settings.out.clone(),
                    });
                }
                Err(TryLockError::Error(source)) => return Err(Error::Output { path, source }),
            }
        }
    }
}

/// The lock's place: not in the output folder, which holds outputs and nothing else, but beside
/// the image cache, named by the output folder.
fn lock_file(settings: &Settings) -> PathBuf {
    let folder = settings
        .images
        .cache
        .clone()
        .unwrap_or_else(std::env::temp_dir);
    let hash = blake3::hash(absolute(&settings.out).as_os_str().as_encoded_bytes()).to_hex();
    let short: String = hash.chars().take(32).collect();
    folder.join("locks").join(format!("{short}.lock"))
}

/// One name for a folder that may not exist yet.
fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
