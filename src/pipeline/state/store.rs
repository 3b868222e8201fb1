//! The state's file: frames, one after the other, and a checksum of all of them.
//!
//! A frame is its length in four bytes (little-endian) and as many bytes of `postcard`. The
//! last 32 bytes are the BLAKE3 hash of everything before them, so that a file that is damaged or
//! cut short is never believed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process;
use tempfile::NamedTempFile;

/// The length of the checksum.
const CHECKSUM: u64 = 32;

/// No frame is longer: a file of a million articles is noted in less.
const LONGEST: usize = 512 * 1024 * 1024;

/// Reads frames from first to last.
#[derive(Debug)]
pub struct FrameReader {
    input: BufReader<File>,
    position: u64,
    end: u64,
    buffer: Vec<u8>,
}

impl FrameReader {
    /// Opens a file whose checksum is right.
    pub fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let end = file.metadata().ok()?.len().checked_sub(CHECKSUM)?;
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut (&mut file).take(end), &mut hasher).ok()?;
        let mut checksum = [0; 32];
        file.read_exact(&mut checksum).ok()?;
        if hasher.finalize() != blake3::Hash::from_bytes(checksum) {
            return None;
        }
        file.seek(SeekFrom::Start(0)).ok()?;
        Some(FrameReader {
            input: BufReader::with_capacity(256 * 1024, file),
            position: 0,
            end,
            buffer: Vec::new(),
        })
    }

    /// Where the next frame begins.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes to where a frame begins.
    pub fn go_to(&mut self, position: u64) -> Option<()> {
        self.input.seek(SeekFrom::Start(position)).ok()?;
        self.position = position;
        Some(())
    }

    /// The next frame, if there is one that can be read.
    pub fn next<Frame: DeserializeOwned>(&mut self) -> Option<Frame> {
        if self.position >= self.end {
            return None;
        }
        let mut length = [0; 4];
        self.input.read_exact(&mut length).ok()?;
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        if length > LONGEST {
            return None;
        }
        self.buffer.clear();
        self.buffer.resize(length, 0);
        self.input.read_exact(&mut self.buffer).ok()?;
        self.position += 4 + u64::try_from(length).ok()?;
        postcard::from_bytes(&self.buffer).ok()
    }
}

/// Writes frames to a file beside the state's place.
#[derive(Debug)]
pub struct FrameWriter {
    output: BufWriter<NamedTempFile>,
    hasher: blake3::Hasher,
    place: PathBuf,
}

impl FrameWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// Where the folder can't be written.
    pub fn begin(place: &Path) -> io::Result<Self> {
        let folder = place.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let prefix = format!(".offprint-{name}-");
        remove_leftovers(folder, &prefix);
        let file = temporary(folder, &prefix)?;
        Ok(FrameWriter {
            output: BufWriter::with_capacity(256 * 1024, file),
            hasher: blake3::Hasher::new(),
            place: place.to_owned(),
        })
    }

    /// Where the file will stand.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn add(&mut self, frame: &impl Serialize) -> io::Result<()> {
        let bytes = postcard::to_allocvec(frame).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        for part in [length.to_le_bytes().as_slice(), &bytes] {
            self.hasher.update(part);
            self.output.write_all(part)?;
        }
        Ok(())
    }

    /// Ends the file and renames it into its place.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn finish(mut self) -> io::Result<()> {
        self.output.write_all(self.hasher.finalize().as_bytes())?;
        let file = self
            .output
            .into_inner()
            .map_err(|error| error.into_error())?;
        file.persist(&self.place).map_err(|error| error.error)?;
        Ok(())
    }
}

/// A file on its way, whose name tells by which process it is.
pub fn temporary(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let prefix = format!("{prefix}{}-", process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp").tempfile_in(folder)
}

/// Removes the files on their way that this process has in a folder. For a process that is about to be
/// ended.
pub fn remove_own(folder: &Path) {
    let own = format!("-{}-", process::id());
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(".offprint-") && name.contains(&own) && name.ends_with(".tmp") {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Removes what killed runs left half-written. The output folder is locked, so nobody else writes
/// what is noted of it.
pub fn remove_leftovers(folder: &Path, prefix: &str) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.file_name().to_string_lossy().starts_with(prefix) {
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &Path) {
        let mut writer = FrameWriter::begin(path).unwrap();
        for number in 0u32..10 {
            writer.add(&("frame", number)).unwrap();
        }
        writer.finish().unwrap();
    }

    #[test]
    fn frames_come_back_in_order_and_from_any_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/state");
        written(&path);
        let mut reader = FrameReader::open(&path).unwrap();
        assert_eq!(reader.next(), Some(("frame".to_owned(), 0u32)));
        let second = reader.position();
        assert_eq!(reader.next(), Some(("frame".to_owned(), 1u32)));
        reader.go_to(second).unwrap();
        for number in 1u32..10 {
            assert_eq!(reader.next(), Some(("frame".to_owned(), number)));
        }
        assert_eq!(reader.next::<(String, u32)>(), None);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_with_any_byte_changed_or_cut_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        written(&path);
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            fs::write(&path, damaged).unwrap();
            assert!(FrameReader::open(&path).is_none(), "byte {at}");
            fs::write(&path, &bytes[..at]).unwrap();
            assert!(FrameReader::open(&path).is_none(), "cut at {at}");
        }
    }
}
