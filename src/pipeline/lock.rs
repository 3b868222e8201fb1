//! One run at a time on an output folder.
//!
//! The lock is the operating system's, so a run that was killed leaves none behind. It is held on
//! the folder itself: that leaves nothing in it, and two runs meet there whatever their image
//! caches and users are. Where a folder can't be locked (outside Unix, on some network file
//! systems) a file beside the image cache stands for it, else one among the temporary files. Where
//! nothing can be locked the run goes on, with a warning.

use crate::config::Settings;
use crate::error::{Code, Error, Result, Warning};
use crate::model::Digest;
use crate::write::OutputFolder;
use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Holds an output folder until it is dropped.
pub struct Lock {
    /// Comes before the lock, since folders that were made for nothing are removed under it.
    folder: OutputFolder,
    /// None where nothing can be locked.
    held: Option<LockedFile>,
}

/// A file that is locked until it is dropped.
struct LockedFile(File);

impl Drop for LockedFile {
    /// Closing the file is not enough: a process that is being started shares it until its own
    /// program runs, and would hold the lock for that long.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// How often a waiting run looks again.
const PAUSE: Duration = Duration::from_millis(100);

impl Lock {
    /// Makes the output folder where it is missing and takes its lock, waiting as long as the
    /// settings allow.
    pub fn take(settings: &Settings) -> Result<Self> {
        // Without a deadline where the wait is longer than the clock goes.
        let deadline = Instant::now().checked_add(settings.wait);
        loop {
            if let Some(lock) = attempt(settings)? {
                return Ok(lock);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(Error::Locked {
                    path: settings.out.clone(),
                });
            }
            thread::sleep(PAUSE);
        }
    }

    /// The folder that is held.
    pub fn folder(&self) -> &OutputFolder {
        &self.folder
    }

    /// Whether no other run can be under way on the folder.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// The warning that the folder could not be locked.
    pub fn warning(&self) -> Option<Warning> {
        let message = "no lock can be had, so another run on the folder would not be noticed";
        self.held.is_none().then(|| {
            Warning::new(Code::LockMissing, message).in_file(self.folder.path().to_string_lossy())
        })
    }
}

/// Takes the lock if no other run holds it.
fn attempt(settings: &Settings) -> Result<Option<Lock>> {
    let folder = OutputFolder::open(&settings.out)?;
    let path = &settings.out;
    let places: [&dyn Fn() -> io::Result<File>; 3] =
        [&|| File::open(path), &|| beside_cache(settings), &|| {
            lock_file(
                &env::temp_dir(),
                &format!("offprint-{}.lock", name_of(path)),
            )
        }];
    for open in places {
        let Ok(file) = open() else { continue };
        match file.try_lock() {
            Ok(()) if stands(&file, path) => {
                let held = Some(LockedFile(file));
                return Ok(Some(Lock { folder, held }));
            }
            Ok(()) | Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(_)) => {}
        }
    }
    Ok(Some(Lock { folder, held: None }))
}

/// Whether what was locked is the folder that stands in its place now, if it is a folder: while the
/// run waited, it may have been removed and made again.
#[cfg(unix)]
fn stands(file: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(there)) = (file.metadata(), fs::metadata(folder)) else {
        return false;
    };
    !held.is_dir() || (held.dev(), held.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn stands(_file: &File, _folder: &Path) -> bool {
    true
}

fn beside_cache(settings: &Settings) -> io::Result<File> {
    let cache = settings.images.cache.as_ref();
    let locks = cache
        .ok_or(io::ErrorKind::NotFound)
        .map(|cache| cache.join("locks"))?;
    fs::create_dir_all(&locks)?;
    lock_file(&locks, &format!("{}.lock", name_of(&settings.out)))
}

/// A file that is there already may be another user's, who lets it be read.
fn lock_file(folder: &Path, name: &str) -> io::Result<File> {
    let path = folder.join(name);
    let made = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    made.or_else(|_| File::open(&path))
}

/// The name of what stands beside the cache for an output folder that is there.
pub fn name_of(out: &Path) -> String {
    let absolute = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    Digest::of(absolute.as_os_str().as_encoded_bytes()).to_string()
}
