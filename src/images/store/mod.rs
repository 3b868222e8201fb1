//! The pictures of a run: mirror, cache, network and conversion behind one door.

mod downloading;
mod local;
mod locate;
mod mirror;
mod opening;
mod revalidate;
mod snapshot;
mod state;
mod warnings;

pub use snapshot::{Freshness, ImageSnapshot};

use crate::error::{Result, Warning};
use crate::images::cache::{CacheRecord, Stored};
use crate::images::download::Job;
use crate::images::failure::Failure;
use crate::images::processor::ImageProcessor;
use crate::images::{Counts, ImageSet, Purpose, Settings, Wanted};
use crate::model::{Address, Moment, Picture};
use crate::net::{Client, HostPauses, Watcher};
use local::LocalAnswer;
use locate::{Key, Request};
use mirror::{Mirror, MirrorFile};
use opening::{open_cache, open_client, open_mirror};
use rayon::ThreadPool;
use rayon::prelude::*;
use state::{ImageEntry, State};
use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use warnings::{cut_warning, warning};

/// The pictures of a run: mirror, cache, network and conversion behind one door.
#[derive(Debug)]
pub struct ImageStore {
    settings: Settings,
    mirror: Option<Mirror>,
    processor: ImageProcessor,
    client: Option<Client>,
    pauses: HostPauses,
    state: Mutex<State>,
    /// When it was opened: it looks at no file sooner.
    began: Moment,
    /// The threads that compute; without them, rayon's own.
    workers: Option<Arc<ThreadPool>>,
}

/// Why pictures were not had, by their place in the window.
type Failures = HashMap<usize, Vec<Failure>>;

/// What a window lacks after mirror and cache.
#[derive(Default)]
struct Open<'list, 'window> {
    failures: Failures,
    /// Pictures that books can't hold: if there are no others, feeds can tell of them.
    unusable: Vec<(&'list Request<'window>, ImageEntry)>,
    jobs: Vec<Job<'window>>,
}

impl ImageStore {
    /// Opens mirror and cache. A cache that can't be used costs a warning, and pictures are kept
    /// for this run only.
    ///
    /// # Errors
    /// Where the mirror is named and is no folder, or the proxy's address can't be read.
    pub fn open(settings: Settings) -> Result<(Self, Vec<Warning>)> {
        ImageStore::with_workers(settings, None)
    }

    /// The same with threads that look into mirror and cache and convert what they hold; downloads
    /// wait on none of them.
    ///
    /// # Errors
    /// See [`ImageStore::open`].
    pub fn with_workers(
        settings: Settings,
        workers: Option<Arc<ThreadPool>>,
    ) -> Result<(Self, Vec<Warning>)> {
        let mut warnings = Vec::new();
        let mirror = settings.mirror.as_deref().map(open_mirror).transpose()?;
        let cache = open_cache(&settings, &mut warnings);
        let client = if settings.offline || cache.is_none() {
            None
        } else {
            Some(open_client(&settings)?)
        };
        // Asking rayon itself would start its own threads, of which a run with workers has no need.
        let at_once = workers
            .as_ref()
            .map_or_else(rayon::current_num_threads, |workers| {
                workers.current_num_threads()
            });
        let limits = settings.limits.clone();
        let processor = ImageProcessor::new(cache, settings.profile, limits, at_once);
        let store = ImageStore {
            settings,
            mirror,
            processor,
            client,
            pauses: HostPauses::default(),
            state: Mutex::default(),
            began: Moment::now(),
            workers,
        };
        Ok((store, warnings))
    }

    /// Gets the pictures of some articles. Called once for each window of articles; what an
    /// earlier window got is not got again.
    pub fn get(&self, wanted: &[Wanted], purpose: Purpose) -> ImageSet {
        self.get_watched(wanted, purpose, &|_| {})
    }

    /// Gets the pictures of some articles as [`ImageStore::get`] does, and tells of the downloads.
    pub fn get_watched(
        &self,
        wanted: &[Wanted],
        purpose: Purpose,
        watcher: &Watcher<'_>,
    ) -> ImageSet {
        let requests = locate::requests(wanted);
        self.obtain(&requests, purpose, watcher);
        self.hand_out(&requests, purpose)
    }

    /// Gets what is not known yet.
    fn obtain(&self, requests: &[Request<'_>], purpose: Purpose, watcher: &Watcher<'_>) {
        let mut open = self.look_locally(requests, purpose);
        if purpose == Purpose::Embed {
            self.download(requests, &mut open, watcher);
        }
        for (request, known) in open.unusable {
            let mut state = self.state();
            if !state.known.contains_key(&request.key) {
                state.learn(request, known);
            }
        }
        match purpose {
            Purpose::Embed => self.note_losses(requests, &open.failures),
            Purpose::Describe => self.note_accidents(requests, &open.failures),
        }
    }

    /// Notes which pictures feeds can't tell of though they are there.
    fn note_accidents(&self, requests: &[Request<'_>], failures: &Failures) {
        let mut state = self.state();
        for (number, request) in requests.iter().enumerate() {
            let mut failures = failures.get(&number).into_iter().flatten();
            if !state.known.contains_key(&request.key)
                && let Some(failure) = failures.find(|failure| failure.is_passing())
            {
                state.lost.insert(request.key, failure.clone());
            }
        }
    }

    /// Notes which pictures books will lack.
    fn note_losses(&self, requests: &[Request<'_>], failures: &Failures) {
        let mut state = self.state();
        for (number, request) in requests.iter().enumerate() {
            let known = state.known.get(&request.key);
            let failure = match known.map(|known| known.book.as_ref()) {
                Some(Some(Err(failure))) => Some(failure.clone()),
                Some(_) => None,
                None => Some(worst(failures.get(&number))),
            };
            match failure {
                Some(failure) => state.lost.insert(request.key, failure),
                // An earlier window may have known fewer addresses of it.
                None => state.lost.remove(&request.key),
            };
        }
    }

    /// Asks for pictures without using them: what comes of it is kept for who asks next.
    pub fn ask(&self, wanted: &[Wanted], watcher: &Watcher<'_>) {
        if !wanted.is_empty() {
            let requests = locate::requests(wanted);
            self.obtain(&requests, Purpose::Embed, watcher);
        }
    }

    /// Looks for everything that is not known yet in the articles, the mirror and the cache, and
    /// says what is still open.
    fn look_locally<'list, 'window>(
        &self,
        requests: &'list [Request<'window>],
        purpose: Purpose,
    ) -> Open<'list, 'window> {
        let unknown: Vec<(usize, &Request<'window>)> = {
            let state = self.state();
            let numbered = requests.iter().enumerate();
            numbered
                .filter(|(_, request)| !state.is_enough(request, purpose))
                .collect()
        };
        let local = unknown
            .into_par_iter()
            // One picture may take a hundred times as long as the next.
            .with_max_len(1)
            .map(|(number, request)| (number, request, self.local(request, purpose)));
        let local: Vec<_> = match &self.workers {
            Some(workers) => workers.install(|| local.collect()),
            None => local.collect(),
        };
        let mut open = Open::default();
        for (number, request, local) in local {
            match local {
                LocalAnswer::Picture(known) => self.state().learn(request, known),
                LocalAnswer::Open {
                    failures,
                    candidates,
                    unusable,
                } => {
                    open.failures.insert(number, failures);
                    open.unusable.extend(unusable.map(|known| (request, known)));
                    if !candidates.is_empty() {
                        open.jobs.push(Job {
                            number,
                            candidates,
                            referer: request.first.referer.as_ref(),
                        });
                    }
                }
            }
        }
        open
    }

    /// What was done so far.
    pub fn counts(&self) -> Counts {
        Counts {
            decoded: self.processor.decoded(),
            ..self.state().counts
        }
    }

    /// What is known of a picture, and why it is missing.
    pub(in crate::images) fn known_of(&self, key: Key) -> (Option<ImageEntry>, Option<Failure>) {
        let state = self.state();
        (
            state.known.get(&key).cloned(),
            state.lost.get(&key).cloned(),
        )
    }

    /// The mirror's file of an address.
    pub(in crate::images) fn in_mirror_at(&self, address: &Address) -> Option<MirrorFile> {
        self.mirror.as_ref()?.find(address)
    }

    /// Notes that outputs which are kept hold a picture of the cache.
    pub(in crate::images) fn note_use_of(&self, hash: &blake3::Hash) {
        if let Some(cache) = self.processor.cache() {
            cache.note_use_of(hash);
        }
    }

    /// The cache's record of an address.
    pub(in crate::images) fn entry(&self, address: &Address) -> Option<CacheRecord> {
        self.processor.cache()?.entry(address)
    }

    /// Whether the cache holds the bytes of a picture.
    pub(in crate::images) fn has_bytes(&self, stored: &Stored) -> bool {
        let cache = self.processor.cache();
        let blob = cache.zip(stored.hash());
        blob.and_then(|(cache, hash)| fs::metadata(cache.blob_path(&hash)).ok())
            .is_some_and(|blob| blob.len() == stored.original.length)
    }

    /// Whether the network may be asked.
    pub(in crate::images) fn may_ask(&self) -> bool {
        self.client.is_some()
    }

    pub(in crate::images) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(in crate::images) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands the pictures out and warns of those that were not had.
    fn hand_out(&self, requests: &[Request<'_>], purpose: Purpose) -> ImageSet {
        let mut had = ImageSet::default();
        let mut state = self.state();
        for request in requests {
            let known = state.known.get(&request.key).cloned();
            if let Some(known) = known {
                let picture = Arc::new(self.picture(&known, purpose));
                if let Some(rendition) = known.rendition().filter(|_| purpose == Purpose::Embed) {
                    state.count_embedded(request.key, rendition);
                    if known.is_cut() && state.note_cut(request.key) {
                        had.warnings.push(cut_warning(request.first));
                    }
                }
                for image in &request.named {
                    let places = locate::places(image).into_iter().cloned().collect();
                    had.pictures.insert_at(places, Arc::clone(&picture));
                }
            }
            let lost = state.lost.get(&request.key).cloned();
            let told = |failure: &Failure| purpose == Purpose::Embed || failure.is_passing();
            if let Some(failure) = lost.filter(told)
                && state.count_missing(request.key)
            {
                had.warnings.push(warning(request.first, &failure));
            }
        }
        had
    }

    fn picture(&self, known: &ImageEntry, purpose: Purpose) -> Picture {
        let rendition = match (&known.book, purpose) {
            (Some(Ok(prepared)), Purpose::Embed) => Some(self.processor.rendition(prepared)),
            _ => None,
        };
        Picture {
            original: known.original,
            rendition,
            place: known.place,
        }
    }
}

/// The failure that tells most of why a picture was not had.
fn worst(failures: Option<&Vec<Failure>>) -> Failure {
    Failure::most_telling(failures.into_iter().flatten())
        .cloned()
        .unwrap_or_else(|| Failure::missing("it was not had"))
}
