//! The bytes of pictures, each file under the hash of what is in it.

use super::Cache;
use blake3::Hash;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

impl Cache {
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

#[cfg(test)]
mod tests {
    use super::*;

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
