//! What can be had without the network: from the archive itself, the mirror and the cache.

use super::ImageStore;
use super::locate::{Key, Located, Request};
use super::mirror::{self, MirrorFile};
use super::state::{ImageEntry, Origin};
use crate::images::Purpose;
use crate::images::cache::{self, ServerAnswer, Stored};
use crate::images::download::Candidate;
use crate::images::failure::Failure;
use crate::images::formats::Trust;
use crate::images::processor::BytesPlace;
use crate::model::{Address, PictureFile, Resource};
use std::collections::VecDeque;
use std::io;
use std::panic::{self, AssertUnwindSafe};

/// What mirror and cache say to a request.
pub(super) enum LocalAnswer<'window> {
    /// The picture.
    Picture(ImageEntry),
    /// None, and why; the addresses may be asked.
    Open {
        failures: Vec<Failure>,
        candidates: VecDeque<Candidate<'window>>,
        /// A picture that books can't hold.
        unusable: Option<ImageEntry>,
    },
}

/// What the cache says to an address.
enum CacheAnswer<'window> {
    /// A picture that needs no confirmation.
    Fresh(ImageEntry),
    /// Nothing, or something that needs confirmation.
    Open(Candidate<'window>),
    /// It was asked in vain lately.
    Failed(Failure),
}

/// What was found on the way to a picture, and is none that books can hold.
#[derive(Default)]
struct Rejected {
    failures: Vec<Failure>,
    /// The first picture that was there.
    unusable: Option<ImageEntry>,
}

impl Rejected {
    /// The picture of a place, if books can hold it; anything else is noted.
    fn unless_usable(
        &mut self,
        answer: Result<ImageEntry, Failure>,
        place: usize,
    ) -> Option<ImageEntry> {
        match answer {
            Ok(known) if known.is_usable() => return Some(known.at(place)),
            Ok(known) if self.unusable.is_none() => self.unusable = Some(known.at(place)),
            Ok(_) => {}
            Err(failure) => self.failures.push(failure),
        }
        None
    }

    fn with(self, candidates: VecDeque<Candidate<'_>>) -> LocalAnswer<'_> {
        LocalAnswer::Open {
            failures: self.failures,
            candidates,
            unusable: self.unusable,
        }
    }
}

impl ImageStore {
    /// Looks into the article, the mirror and the cache.
    pub(super) fn local<'window>(
        &self,
        request: &Request<'window>,
        purpose: Purpose,
    ) -> LocalAnswer<'window> {
        let addresses = &request.addresses;
        let mut rejected = Rejected::default();
        // Feeds tell nothing of a picture that is nowhere on the web, so its bytes need not be read.
        let is_told = purpose == Purpose::Embed || !addresses.is_empty();
        for (place, resource) in request.resources.iter().filter(|_| is_told) {
            let answer = self.brought(resource, purpose);
            if let Some(known) = rejected.unless_usable(answer, *place) {
                return LocalAnswer::Picture(known);
            }
        }
        if addresses.is_empty() && (request.resources.is_empty() || !is_told) {
            let failure = Failure::missing("the archive does not bring it");
            rejected.failures.push(failure);
        }
        for located in addresses {
            let answer = self.in_mirror(located.address, purpose);
            let usable = |answer| rejected.unless_usable(answer, located.place);
            if let Some(known) = answer.and_then(usable) {
                return LocalAnswer::Picture(known);
            }
        }
        let mut candidates = VecDeque::new();
        // After the mirror, which the user keeps by hand, comes what runs have downloaded.
        for located in addresses {
            let answer = match self.in_cache(*located, purpose) {
                CacheAnswer::Fresh(known) => Ok(known),
                CacheAnswer::Failed(failure) => Err(failure),
                CacheAnswer::Open(candidate) => {
                    candidates.push_back(candidate);
                    continue;
                }
            };
            if let Some(known) = rejected.unless_usable(answer, located.place) {
                return LocalAnswer::Picture(known);
            }
        }
        rejected.with(candidates)
    }

    /// A picture that the archive brings with the article.
    fn brought(&self, resource: &Resource, purpose: Purpose) -> Result<ImageEntry, Failure> {
        let read = AssertUnwindSafe(|| resource.bytes.read(self.settings.limits.bytes));
        let bytes = panic::catch_unwind(read)
            .map_err(|_| Failure::unusable("it makes the program that reads it fail"))?;
        let bytes = bytes.map_err(|error| brought_failure(&error, self.settings.limits.bytes))?;
        let place = || match resource.bytes.file() {
            Some(file) => BytesPlace::File(PictureFile::new(file).into()),
            None => self.kept(&bytes),
        };
        self.look_at(&bytes, purpose, Origin::Article, place)
    }

    /// Bytes in the cache, so that they need not stay in memory for the rest of the run.
    fn kept(&self, bytes: &[u8]) -> BytesPlace {
        let cache = self.processor.cache();
        if cache.is_some_and(|cache| cache.keep(&blake3::hash(bytes), bytes).is_ok()) {
            BytesPlace::Cache
        } else {
            BytesPlace::Memory(bytes.into())
        }
    }

    fn in_mirror(
        &self,
        address: &Address,
        purpose: Purpose,
    ) -> Option<Result<ImageEntry, Failure>> {
        let MirrorFile { path, stamp } = self.in_mirror_at(address)?;
        let bytes = match mirror::read(&path, self.settings.limits.bytes) {
            Ok(bytes) => bytes,
            Err(failure) => return Some(Err(failure)),
        };
        let place = || BytesPlace::File(PictureFile::stamped(&path, stamp, self.began).into());
        Some(self.look_at(&bytes, purpose, Origin::Mirror, place))
    }

    /// Finds out what some bytes are and, if they are for books, makes them fit.
    fn look_at(
        &self,
        bytes: &[u8],
        purpose: Purpose,
        from: Origin,
        place: impl FnOnce() -> BytesPlace,
    ) -> Result<ImageEntry, Failure> {
        let found = self
            .processor
            .examine(bytes)
            .map_err(|defect| defect.failure())?;
        Ok(ImageEntry {
            original: found.original(),
            source: Some(Key::from_hash(&found.hash)),
            book: (purpose == Purpose::Embed)
                .then(|| self.processor.prepare(&found, Trust::Structure, place())),
            from,
            place: 0,
        })
    }

    fn in_cache<'window>(
        &self,
        located: Located<'window>,
        purpose: Purpose,
    ) -> CacheAnswer<'window> {
        let Located {
            address,
            proxied,
            place,
        } = located;
        let open = |held| {
            CacheAnswer::Open(Candidate {
                address,
                proxied,
                place,
                held,
            })
        };
        if let Some(failure) = self.state().failed.get(&Key::of_address(address)) {
            return CacheAnswer::Failed(failure.clone());
        }
        let entry = self
            .processor
            .cache()
            .and_then(|cache| cache.entry(address));
        let Some(entry) = entry else {
            return open(None);
        };
        let may_ask = self.client.is_some() && purpose == Purpose::Embed;
        let fresh = entry.is_fresh(self.settings.revalidate, cache::now());
        match entry.outcome {
            ServerAnswer::Failed(failure) if fresh => CacheAnswer::Failed(failure),
            ServerAnswer::Failed(_) => open(None),
            ServerAnswer::Picture(stored) if may_ask && !fresh => {
                let there = self.processor.prepare_stored(&stored).is_some();
                open(there.then_some(stored))
            }
            ServerAnswer::Picture(stored) => match self.stored(&stored, purpose) {
                Some(known) => CacheAnswer::Fresh(known),
                None => open(None),
            },
        }
    }

    /// A picture of the cache, whatever its age.
    fn stored(&self, stored: &Stored, purpose: Purpose) -> Option<ImageEntry> {
        let book = match purpose {
            Purpose::Embed => Some(self.processor.prepare_stored(stored)?),
            Purpose::Describe => {
                if !self.has_bytes(stored) {
                    return None;
                }
                None
            }
        };
        Some(ImageEntry {
            original: stored.original,
            source: stored.hash().as_ref().map(Key::from_hash),
            book,
            from: Origin::Cache,
            place: 0,
        })
    }
}

/// Why the bytes that an archive should bring are not to be had.
fn brought_failure(error: &io::Error, most: u64) -> Failure {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            Failure::unusable(format!("it is larger than {} MB", most / 1_000_000))
        }
        io::ErrorKind::InvalidData => Failure::unusable("its bytes can't be decoded"),
        _ => Failure::missing(format!("it can't be read: {error}")),
    }
}
