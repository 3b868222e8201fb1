//! One run at a time on an output folder.

use crate::config::Settings;
use crate::error::{Error, Result};
use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
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
        let (path, file) = open(settings)?;
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

/// Opens the lock's file: not in the output folder, which holds outputs and nothing else, but beside
/// the image cache, or in the folder for temporary files where that can't be written.
fn open(settings: &Settings) -> Result<(PathBuf, File)> {
    let name = format!("{}.lock", name_of(&settings.out));
    let beside_cache = settings
        .images
        .cache
        .as_ref()
        .map(|cache| cache.join("locks"));
    if let Some(folder) = beside_cache
        && let Ok(opened) = open_in(&folder, &name)
    {
        return Ok(opened);
    }
    let folder = env::temp_dir().join("offprint-locks");
    open_in(&folder, &name).map_err(Error::output(&folder))
}

fn open_in(folder: &Path, name: &str) -> io::Result<(PathBuf, File)> {
    fs::create_dir_all(folder)?;
    let path = folder.join(name);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)?;
    Ok((path, file))
}

/// The name of what stands beside the cache for an output folder, made of the folder's.
pub fn name_of(out: &Path) -> String {
    let hash = blake3::hash(absolute(out).as_os_str().as_encoded_bytes()).to_hex();
    hash.chars().take(32).collect()
}

/// One name for a folder that may not exist yet.
fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
