//! From bytes that were found to a picture that a book can hold.

use super::memory::MemoryBudget;
use crate::images::Profile;
use crate::images::cache::{Cache, Conversion, Stored};
use crate::images::failure::Failure;
use crate::images::formats::{
    self, Defect, Encoded, ImageFacts, Job, Rendered, Trust, shows_greater_part,
};
use crate::images::limits::Limits;
use crate::model::{Digest, MediaType, Original, PictureBytes, PictureFile, Rendition};
use blake3::Hash;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Checks pictures and makes them fit for books.
#[derive(Debug)]
pub(in crate::images) struct ImageProcessor {
    cache: Option<Cache>,
    profile: Profile,
    recipe: String,
    memory: MemoryBudget,
    limits: Limits,
    decoded: AtomicU64,
}

/// A picture that a book can hold, in few bytes.
#[derive(Clone, Debug)]
pub(in crate::images) struct BookPicture {
    hash: Hash,
    media_type: MediaType,
    length: u64,
    width: u32,
    height: u32,
    is_cut: bool,
    place: BytesPlace,
    /// The other pieces of a strip, from the top.
    below: Vec<BookPicture>,
}

/// Where bytes lie.
#[derive(Clone, Debug)]
pub(in crate::images) enum BytesPlace {
    /// In the cache, under their hash.
    Cache,
    /// In a file of the user's.
    File(Box<PictureFile>),
    /// In memory.
    Memory(Arc<[u8]>),
}

/// Bytes whose type is known and of which nothing is missing, or little.
#[derive(Clone, Copy, Debug)]
pub(in crate::images) struct WholePicture<'bytes> {
    /// The bytes.
    pub bytes: &'bytes [u8],
    /// Their hash.
    pub hash: Hash,
    /// ImageFacts about them.
    pub facts: ImageFacts,
}

impl ImageProcessor {
    /// A processor that keeps what it makes in a cache.
    pub fn new(cache: Option<Cache>, profile: Profile, limits: Limits, at_once: usize) -> Self {
        ImageProcessor {
            cache,
            profile,
            recipe: profile.recipe(),
            memory: MemoryBudget::new(at_once, limits.memory),
            limits,
            decoded: AtomicU64::new(0),
        }
    }

    /// How many pictures were decoded so far.
    pub fn decoded(&self) -> u64 {
        self.decoded.load(Ordering::Relaxed)
    }

    /// The cache.
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// Finds out what some bytes are, without decoding them; but a picture without its end is, to see
    /// whether the greater part of it is there.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn examine<'bytes>(&self, bytes: &'bytes [u8]) -> Result<WholePicture<'bytes>, Defect> {
        let mut facts = formats::inspect(bytes)?;
        if facts.media_type == MediaType::Svg {
            (facts.width, facts.height) = formats::svg_size(bytes)?;
        }
        // Too many pixels are not decoded, here or later.
        if facts.is_cut_off && facts.pixels() <= self.limits.pixels {
            let _permit = self.memory.acquire(memory(&facts));
            if !shows_greater_part(bytes) {
                return Err(Defect::Truncated);
            }
        }
        Ok(WholePicture {
            bytes,
            hash: blake3::hash(bytes),
            facts,
        })
    }

    /// Makes a picture fit for books, unless that was done before.
    ///
    /// # Errors
    /// Where it can't be used.
    pub fn prepare(
        &self,
        found: &WholePicture<'_>,
        trust: Trust,
        place: BytesPlace,
    ) -> Result<BookPicture, Failure> {
        if let Some(made) = self.made(&found.hash) {
            return made;
        }
        let facts = &found.facts;
        // A drawing has no pixels of its own.
        if facts.media_type != MediaType::Svg && facts.pixels() > self.limits.pixels {
            let ImageFacts { width, height, .. } = facts;
            return Err(Failure::unusable(format!(
                "{width}×{height} pixels are too many"
            )));
        }
        match self.render(&Job::new(found.bytes, facts, self.profile, trust)) {
            Ok(Rendered::Same) => Ok(BookPicture {
                hash: found.hash,
                media_type: facts.media_type,
                length: length(found.bytes),
                width: facts.width,
                height: facts.height,
                is_cut: false,
                place,
                below: Vec::new(),
            }),
            Ok(Rendered::Other(encoded)) => Ok(self.keep(&found.hash, encoded, false)),
            Ok(Rendered::Cut(encoded)) => Ok(self.keep(&found.hash, encoded, true)),
            Ok(Rendered::Strip(pieces)) => self.keep_strip(&found.hash, pieces),
            Err(failure) => {
                // A disk that was full, say, is no fault of the picture's: the next run tries again.
                if let Some(cache) = self.cache.as_ref().filter(|_| !failure.is_passing()) {
                    let made = Conversion::Unusable(failure.clone());
                    cache.remember_made(&found.hash, &self.recipe, &made);
                }
                Err(failure)
            }
        }
    }

    /// Renders a picture; those that are decoded wait until there is memory for them.
    fn render(&self, job: &Job<'_>) -> Result<Rendered, Failure> {
        if !job.decodes() {
            return job.render();
        }
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let _permit = self.memory.acquire(memory(job.facts()));
        job.render()
    }

    /// What was made of some bytes in an earlier run, if it is still there.
    pub fn made(&self, source: &Hash) -> Option<Result<BookPicture, Failure>> {
        self.still_there(self.cache.as_ref()?.made(source, &self.recipe)?)
    }

    /// What a record of the cache tells of, if all of it is there.
    fn still_there(&self, made: Conversion) -> Option<Result<BookPicture, Failure>> {
        let cache = self.cache.as_ref()?;
        match made {
            Conversion::Unusable(failure) => Some(Err(failure)),
            Conversion::Blob {
                blob,
                media_type,
                length,
                width,
                height,
                is_cut,
                below,
            } => {
                let hash = Hash::from_hex(blob).ok()?;
                let below = below.into_iter().map(|piece| self.still_there(piece)?.ok());
                let below = below.collect::<Option<Vec<_>>>()?;
                cache.has_blob(&hash).then_some(Ok(BookPicture {
                    hash,
                    media_type,
                    length,
                    width,
                    height,
                    is_cut,
                    place: BytesPlace::Cache,
                    below,
                }))
            }
        }
    }

    /// A picture that lies in the cache, fit for books.
    ///
    /// # Errors
    /// Where it can't be used; `None` where it is not there any more.
    pub fn prepare_stored(&self, stored: &Stored) -> Option<Result<BookPicture, Failure>> {
        let hash = stored.hash()?;
        if let Some(made) = self.made(&hash) {
            // The original is the one that may be gone from the web.
            if let Some(cache) = &self.cache {
                cache.note_use_of(&hash);
            }
            return Some(made);
        }
        let bytes = self.cache.as_ref()?.blob(&hash)?;
        let found = self.examine(&bytes).ok()?;
        Some(self.prepare(&found, Trust::Structure, BytesPlace::Cache))
    }

    fn keep(&self, source: &Hash, encoded: Encoded, is_cut: bool) -> BookPicture {
        let prepared = self.kept(encoded, is_cut);
        self.remember(source, &prepared);
        prepared
    }

    /// Keeps the pieces of a strip.
    fn keep_strip(&self, source: &Hash, pieces: Vec<Encoded>) -> Result<BookPicture, Failure> {
        let mut pieces = pieces.into_iter().map(|piece| self.kept(piece, false));
        let first = pieces.next();
        let mut prepared = first.ok_or_else(|| Failure::unusable("it has no pixels"))?;
        prepared.below = pieces.collect();
        self.remember(source, &prepared);
        Ok(prepared)
    }

    /// Notes what was made of some bytes, if the cache has all of it.
    fn remember(&self, source: &Hash, prepared: &BookPicture) {
        let is_kept = |one: &BookPicture| matches!(one.place, BytesPlace::Cache);
        let all = is_kept(prepared) && prepared.below.iter().all(is_kept);
        if let Some(cache) = self.cache.as_ref().filter(|_| all) {
            cache.remember_made(source, &self.recipe, &prepared.made());
        }
    }

    fn kept(&self, encoded: Encoded, is_cut: bool) -> BookPicture {
        let hash = blake3::hash(&encoded.bytes);
        let mut prepared = BookPicture {
            hash,
            media_type: encoded.media_type,
            length: length(&encoded.bytes),
            width: encoded.width,
            height: encoded.height,
            is_cut,
            place: BytesPlace::Cache,
            below: Vec::new(),
        };
        let kept = self
            .cache
            .as_ref()
            .is_some_and(|cache| cache.keep(&hash, &encoded.bytes).is_ok());
        if !kept {
            prepared.place = BytesPlace::Memory(encoded.bytes.into());
        }
        prepared
    }

    /// The picture for writers.
    pub fn rendition(&self, prepared: &BookPicture) -> Rendition {
        Rendition {
            name: Digest::from_hash(&prepared.hash).to_string(),
            media_type: prepared.media_type,
            length: prepared.length,
            width: prepared.width,
            height: prepared.height,
            below: prepared
                .below
                .iter()
                .map(|piece| self.rendition(piece))
                .collect(),
            bytes: match &prepared.place {
                BytesPlace::Memory(bytes) => PictureBytes::Memory(Arc::clone(bytes)),
                BytesPlace::File(file) => PictureBytes::File((**file).clone()),
                BytesPlace::Cache => PictureBytes::File(PictureFile::new(
                    self.cache
                        .as_ref()
                        .map_or_else(PathBuf::new, |cache| cache.blob_path(&prepared.hash)),
                )),
            },
        }
    }
}

impl BookPicture {
    /// The hash of the bytes.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// The number of bytes, of all pieces.
    pub fn length(&self) -> u64 {
        let below: u64 = self.below.iter().map(BookPicture::length).sum();
        self.length + below
    }

    /// Whether the picture lacks its end.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    fn made(&self) -> Conversion {
        Conversion::Blob {
            blob: self.hash.to_hex().to_string(),
            media_type: self.media_type,
            length: self.length,
            width: self.width,
            height: self.height,
            is_cut: self.is_cut,
            below: self.below.iter().map(BookPicture::made).collect(),
        }
    }
}

impl WholePicture<'_> {
    /// What feeds tell of the picture.
    pub fn original(&self) -> Original {
        let (width, height) = self.facts.shown_size();
        Original {
            media_type: self.facts.media_type,
            length: length(self.bytes),
            width,
            height,
        }
    }
}

/// The memory that decoding and scaling a picture take, roughly: its pixels twice, four bytes each.
fn memory(facts: &ImageFacts) -> u64 {
    facts.pixels().saturating_mul(8)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
