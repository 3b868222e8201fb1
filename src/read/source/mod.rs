//! Where bytes come from: a file, memory, a part of a container.

pub(super) mod blob;
pub(super) mod content_id;
pub(super) mod cursor;
pub(super) mod encoding;
pub(super) mod file;
pub(super) mod held;
pub(super) mod reference;

use self::encoding::{Decoded, MOST_BYTES, decode};
use crate::error::{Code, Warning};
use crate::model::{Digest, Head, ResourceBytes, Resources};
use crate::read::{Locator, ReadOptions};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

/// A run of bytes within a source.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The position of the first byte, counted from 0.
    pub start: u64,
    /// The number of bytes.
    pub length: u64,
}

/// Bytes that are read by position, and what is known of where they lie. A reader sees one file of an
/// archive as a source, whether it lies on a disk, in memory or within another file.
pub trait Source: Send + Sync {
    /// The path for messages, with `/` between its parts; `-` for standard input.
    fn path(&self) -> &str;

    /// The file's name without folders; empty where it has none.
    fn name(&self) -> &str;

    /// The folder names that the file lies in, outermost first, from the input folder on.
    fn folders(&self) -> &[String];

    /// The address that the bytes were fetched from, where that is known: relative addresses in them
    /// start there.
    fn address(&self) -> Option<&str> {
        None
    }

    /// The number of bytes.
    fn length(&self) -> u64;

    /// Reads bytes from a position on into the buffer, as many as come at once; 0 at the end.
    ///
    /// # Errors
    /// Where the system refuses.
    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// All bytes, where they are in memory already.
    fn in_memory(&self) -> Option<&[u8]> {
        None
    }

    /// The digest of all bytes.
    ///
    /// # Errors
    /// Where the system refuses.
    fn digest(&self) -> io::Result<Digest> {
        digest_of(self.length(), |position, buffer| {
            self.read_at(position, buffer)
        })
    }

    /// The bytes of a span, to be read when they are wanted, which may be after the source is gone.
    fn held(&self, span: Span) -> Arc<dyn ResourceBytes> {
        Arc::new(copy_of(span, &|position, buffer| {
            self.read_at(position, buffer)
        }))
    }

    /// What is wrong with the bytes as they were packed, where they are read as far as they go.
    fn fault(&self) -> Option<String> {
        None
    }

    /// The source once more, to be read when this one is gone; of what is in memory, a copy. None where that
    /// can't be.
    fn kept(&self) -> Option<Arc<dyn Source>> {
        let all = self.in_memory()?.to_vec();
        Some(Arc::new(MemorySource::new(self.path(), all)))
    }

    /// The files that lie around this one in the same input, found by paths relative to its folder;
    /// of a container, its members.
    fn resources(&self) -> Resources {
        Resources::default()
    }
}

/// The most bytes of a source without a file that are copied to be read later.
const MOST_COPIED: u64 = 64_000_000;

/// A copy of a span; nothing where the system refuses, or of one that is too long.
fn copy_of(span: Span, read_at: &dyn Fn(u64, &mut [u8]) -> io::Result<usize>) -> Vec<u8> {
    if span.length > MOST_COPIED {
        return Vec::new();
    }
    let mut bytes = vec![0; usize::try_from(span.length).unwrap_or_default()];
    let mut read = 0;
    while let Some(room) = bytes.get_mut(read..).filter(|room| !room.is_empty()) {
        match read_at(span.start + read as u64, room) {
            Ok(0) | Err(_) => break,
            Ok(count) => read += count,
        }
    }
    bytes.truncate(read);
    bytes
}

/// The digest of a span.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn digest_of_span(source: &dyn Source, span: Span) -> io::Result<Digest> {
    digest_of(span.length, |position, buffer| {
        let left = usize::try_from(span.length - position).unwrap_or(usize::MAX);
        let length = buffer.len().min(left);
        let room = buffer.get_mut(..length).unwrap_or_default();
        source.read_at(span.start + position, room)
    })
}

/// The digest of so many bytes, read a few at a time.
pub(crate) fn digest_of(
    length: u64,
    read_at: impl Fn(u64, &mut [u8]) -> io::Result<usize>,
) -> io::Result<Digest> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut position = 0;
    while position < length {
        let count = read_at(position, &mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
        position += count as u64;
    }
    Ok(Digest::from_hash(&hasher.finalize()))
}

impl dyn Source + '_ {
    /// All of the source.
    pub fn span(&self) -> Span {
        Span {
            start: 0,
            length: self.length(),
        }
    }

    /// The bytes of a span, fewer where the source ends before it does.
    ///
    /// # Errors
    /// A warning where they are more than one article may have, or the system refuses.
    pub fn bytes(&self, span: Span) -> Result<Cow<'_, [u8]>, Warning> {
        if span.length > MOST_BYTES {
            return Err(self.too_large());
        }
        if let Some(all) = self.in_memory() {
            let start = usize::try_from(span.start).unwrap_or(usize::MAX);
            let rest = all.get(start..).unwrap_or_default();
            let length = usize::try_from(span.length).unwrap_or(usize::MAX);
            return Ok(Cow::Borrowed(rest.get(..length).unwrap_or(rest)));
        }
        let mut bytes = vec![0; usize::try_from(span.length).unwrap_or_default()];
        match filled(&mut self.reader(span), &mut bytes) {
            Ok(count) => {
                bytes.truncate(count);
                Ok(Cow::Owned(bytes))
            }
            Err(error) => Err(self.unreadable(&error)),
        }
    }

    /// The text of an article, with line feeds as its only line ends, and what was guessed and replaced
    /// on the way from bytes to characters: see [`ReadOptions::encoding`].
    ///
    /// # Errors
    /// As where the bytes of a span are read: too many, or the system refuses.
    pub fn text(
        &self,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<(Cow<'_, str>, Vec<Warning>), Warning> {
        let placed = |decoded: &Decoded<'_>| {
            let warnings = decoded.warnings(self.path()).into_iter();
            warnings.map(|warning| at.placed(warning)).collect()
        };
        let bytes = self.bytes(at.span);
        Ok(match bytes.map_err(|warning| at.placed(warning))? {
            Cow::Borrowed(bytes) => {
                let decoded = decode(bytes, options.encoding, false);
                let warnings = placed(&decoded);
                (decoded.text, warnings)
            }
            Cow::Owned(bytes) => {
                let decoded = decode(&bytes, options.encoding, false);
                let warnings = placed(&decoded);
                (Cow::Owned(decoded.text.into_owned()), warnings)
            }
        })
    }

    /// A head that says where an article was found and nothing else.
    pub fn head(&self, at: &Locator) -> Head {
        Head {
            path: self.path().to_owned(),
            item: at.item(),
            line: at.line,
            folders: self.folders().to_vec(),
            ..Head::default()
        }
    }

    /// Reads a span from first to last.
    pub fn stream(&self, span: Span) -> BufReader<SpanReader<'_>> {
        BufReader::with_capacity(64 * 1024, self.reader(span))
    }

    pub(crate) fn reader(&self, span: Span) -> SpanReader<'_> {
        SpanReader {
            source: self,
            position: span.start,
            left: span.length,
        }
    }

    /// The warning that the system refuses to read the source.
    pub fn unreadable(&self, error: &io::Error) -> Warning {
        let message = format!("cannot read the file: {error}");
        Warning::new(Code::FileUnreadable, message).in_file(self.path())
    }

    /// The warning that an article is not where it was found before.
    pub fn changed(&self) -> Warning {
        Warning::new(Code::FileUnreadable, "the file changed during the run")
            .in_file(self.path())
            .hint("run again; nothing should write to the archive meanwhile")
    }

    /// The warning that an article in the source has more bytes than one may have.
    pub fn too_large(&self) -> Warning {
        let most = MOST_BYTES / 1_000_000;
        let message = format!("one article has more than {most} MB, which none may have");
        Warning::new(Code::FileUnreadable, message)
            .in_file(self.path())
            .hint("split it, or keep its pictures in files of their own")
    }
}

/// Reads a span of a source from first to last.
pub struct SpanReader<'source> {
    source: &'source dyn Source,
    position: u64,
    left: u64,
}

impl Read for SpanReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let length = buffer.len().min(most);
        let Some(buffer) = buffer.get_mut(..length).filter(|buffer| !buffer.is_empty()) else {
            return Ok(0);
        };
        let count = self.source.read_at(self.position, buffer)?;
        self.position += count as u64;
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

/// A source whose bytes are in memory.
#[derive(Clone, Debug, Default)]
pub struct MemorySource<'bytes> {
    path: String,
    folders: Vec<String>,
    bytes: Cow<'bytes, [u8]>,
}

impl<'bytes> MemorySource<'bytes> {
    /// Bytes that stand for a file of this path; `/` parts the names of its folders.
    ///
    /// ```
    /// use offprint::reader::{MemorySource, Source};
    /// let source = MemorySource::new("2021/news/lamp.txt", b"text");
    /// assert_eq!((source.name(), source.folders().len()), ("lamp.txt", 2));
    /// ```
    pub fn new(path: &str, bytes: impl Into<Cow<'bytes, [u8]>>) -> Self {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let folders = folders.split('/').filter(|folder| !folder.is_empty());
        MemorySource {
            path: path.to_owned(),
            folders: folders.map(str::to_owned).collect(),
            bytes: bytes.into(),
        }
    }
}

impl Source for MemorySource<'_> {
    fn path(&self) -> &str {
        if self.path.is_empty() {
            "-"
        } else {
            &self.path
        }
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    fn folders(&self) -> &[String] {
        &self.folders
    }

    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(copied(&self.bytes, position, buffer))
    }

    fn in_memory(&self) -> Option<&[u8]> {
        Some(&self.bytes)
    }

    fn digest(&self) -> io::Result<Digest> {
        Ok(Digest::of(&self.bytes))
    }
}

/// Fills a buffer as far as bytes come: how many did. A vector that grows with what it reads is filled with
/// zeros before each step, one that is made so gets its zeros from the system.
fn filled(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while let Some(room) = buffer.get_mut(count..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// Copies bytes from a position on, as many as fit.
pub fn copied(bytes: &[u8], position: u64, buffer: &mut [u8]) -> usize {
    let start = usize::try_from(position).unwrap_or(usize::MAX);
    let rest = bytes.get(start..).unwrap_or_default();
    let count = rest.len().min(buffer.len());
    if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
        to.copy_from_slice(from);
    }
    count
}

/// So many bytes from a position on, fewer at the end.
pub(crate) fn bytes_at(source: &dyn Source, start: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut read = 0;
    while let Some(room) = bytes.get_mut(read..).filter(|room| !room.is_empty()) {
        match source.read_at(start + read as u64, room)? {
            0 => break,
            count => read += count,
        }
    }
    bytes.truncate(read);
    Ok(bytes)
}
