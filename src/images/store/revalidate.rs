//! What a run sees of images, for later runs; and what has become of it since.

use super::ImageStore;
use super::locate::{self, Key};
use super::mirror::{self, MirrorFile};
use super::snapshot::{self, Freshness, ImageSnapshot};
use super::state::{ImageEntry, Origin};
use crate::error::Warning;
use crate::images::cache;
use crate::images::cache::{CacheRecord, ServerAnswer};
use crate::images::failure::Failure;
use crate::images::{Purpose, Wanted};
use crate::model::{Address, ImageSource, Resource};
use crate::model::{Moment, Stamp};
use std::fs;
use std::path::Path;

impl ImageStore {
    /// What this run saw of an image that [`ImageStore::get`] was asked for.
    pub fn seen(&self, wanted: &Wanted, purpose: Purpose) -> ImageSnapshot {
        let key = locate::key(wanted);
        let (mut addresses, mut places) = (Vec::new(), Vec::new());
        for source in locate::places(wanted) {
            if let ImageSource::Web { origin, archived } = source {
                addresses.push((origin.as_str().to_owned(), archived.as_str().to_owned()));
                places.extend(snapshot::places(origin.clone(), archived.clone()));
            }
        }
        let (known, failure) = self.known_of(key);
        let mut seen = ImageSnapshot {
            addresses,
            key,
            own_files: own_files(wanted),
            files: places.iter().map(|place| self.stamp_of(place)).collect(),
            answers: Vec::new(),
            from: known.as_ref().map(|known| known.from),
            source: known.as_ref().and_then(|known| known.source),
            rendition: known.as_ref().and_then(ImageEntry::rendition),
            loss: failure
                .filter(|failure| purpose == Purpose::Embed || failure.is_passing())
                .map(|failure| {
                    let warning = super::warnings::warning(wanted, &failure);
                    (failure, warning)
                }),
            cut: known
                .filter(|known| purpose == Purpose::Embed && known.is_cut())
                .map(|_| super::warnings::cut_warning(wanted)),
        };
        if seen.from == Some(Origin::Network) {
            seen.source = self.first_stored(&places).map(|(key, _)| key);
        }
        if seen.from.is_none() || seen.loss.is_some() {
            let answers = places.iter().map(|place| self.answer(place));
            seen.answers = answers.map(|answer| answer.map(|(key, _)| key)).collect();
        }
        seen
    }

    /// Whether a run that began now would see the same of an image, by what mirror and cache hold.
    /// `since` is when the run began that saw it.
    pub fn revalidate(&self, seen: &ImageSnapshot, purpose: Purpose, since: Moment) -> Freshness {
        let passing = |(failure, _): &(Failure, Warning)| failure.is_passing();
        if seen.loss.as_ref().is_some_and(passing) {
            return Freshness::Changed;
        }
        let mut own = seen.own_files.iter();
        if !own.all(|file| self.is_own_file_same(file, seen, since)) {
            return Freshness::Changed;
        }
        let places = seen.places();
        for (number, place) in places.iter().enumerate() {
            let before = seen.files.get(number).copied().flatten();
            if !self.is_same_file(place, before, seen, since) {
                return Freshness::Changed;
            }
        }
        let may_ask = self.may_ask() && purpose == Purpose::Embed;
        match (seen.from, &seen.loss) {
            (Some(Origin::Mirror | Origin::Article), None) => Freshness::Same,
            _ if places.is_empty() => Freshness::Same,
            (Some(_), None) => self.revalidate_stored(seen, &places, may_ask),
            _ => self.revalidate_loss(seen, &places, may_ask),
        }
    }

    fn revalidate_stored(
        &self,
        seen: &ImageSnapshot,
        places: &[Address],
        may_ask: bool,
    ) -> Freshness {
        match self.first_stored(places) {
            Some((key, _)) if Some(key) != seen.source => Freshness::Changed,
            Some((_, fresh)) if fresh || !may_ask => Freshness::Same,
            Some(_) => Freshness::Due,
            None if may_ask => Freshness::Due,
            None => Freshness::Changed,
        }
    }

    fn revalidate_loss(
        &self,
        seen: &ImageSnapshot,
        places: &[Address],
        may_ask: bool,
    ) -> Freshness {
        let answers: Vec<_> = places.iter().map(|place| self.answer(place)).collect();
        let keys: Vec<_> = answers
            .iter()
            .map(|answer| answer.map(|(key, _)| key))
            .collect();
        let fresh = answers
            .iter()
            .all(|answer| answer.is_some_and(|(_, fresh)| fresh));
        if keys != seen.answers || seen.from.is_none() && self.has_stored(places) {
            Freshness::Changed
        } else if may_ask && !fresh {
            Freshness::Due
        } else {
            Freshness::Same
        }
    }

    /// The first picture that the cache holds of some addresses, and whether it is fresh.
    fn first_stored(&self, places: &[Address]) -> Option<(Key, bool)> {
        places.iter().find_map(|place| {
            let entry = self.entry(place)?;
            match &entry.outcome {
                ServerAnswer::Picture(stored) => {
                    let hash = stored.hash()?;
                    self.note_use_of(&hash);
                    Some((Key::from_hash(&hash), self.is_fresh(&entry)))
                }
                ServerAnswer::Failed(_) => None,
            }
        })
    }

    /// Whether the cache holds a picture of some addresses after all: when it was not had, the disk
    /// may have failed.
    fn has_stored(&self, places: &[Address]) -> bool {
        places.iter().any(|place| {
            matches!(self.entry(place), Some(CacheRecord { outcome: ServerAnswer::Picture(stored), .. })
                if self.has_bytes(&stored))
        })
    }

    /// What the cache says to an address, in short, and whether that is fresh.
    fn answer(&self, place: &Address) -> Option<(Key, bool)> {
        let entry = self.entry(place)?;
        let text = match &entry.outcome {
            ServerAnswer::Picture(stored) => format!("had {}", stored.blob),
            ServerAnswer::Failed(Failure { kind, reason }) => format!("failed {kind:?} {reason}"),
        };
        Some((Key::of(text.as_bytes()), self.is_fresh(&entry)))
    }

    fn is_fresh(&self, entry: &CacheRecord) -> bool {
        entry.is_fresh(self.settings().revalidate, cache::now())
    }

    fn stamp_of(&self, place: &Address) -> Option<Stamp> {
        self.in_mirror_at(place)?.stamp
    }

    /// Whether the mirror holds the same file for an address, or none as before. A file whose times
    /// are other than they were is read, if what it held is known.
    fn is_same_file(
        &self,
        place: &Address,
        before: Option<Stamp>,
        seen: &ImageSnapshot,
        since: Moment,
    ) -> bool {
        let Some(MirrorFile { path, stamp }) = self.in_mirror_at(place) else {
            return before.is_none();
        };
        let (Some(before), Some(now)) = (before, stamp) else {
            return false;
        };
        if now == before && before.is_settled(since) {
            return true;
        }
        now.length == before.length && self.holds(&path, seen)
    }

    /// Whether the file that the archive brings holds what it held.
    fn is_own_file_same(
        &self,
        (path, before): &(String, Option<Stamp>),
        seen: &ImageSnapshot,
        since: Moment,
    ) -> bool {
        let path = Path::new(path);
        let now = stamp_of_file(path);
        match (before, now) {
            (Some(before), Some(now)) if *before == now && before.is_settled(since) => true,
            (Some(before), Some(now)) => before.length == now.length && self.holds(path, seen),
            (before, now) => before.is_none() && now.is_none(),
        }
    }

    fn holds(&self, path: &Path, seen: &ImageSnapshot) -> bool {
        seen.source.is_some()
            && mirror::read(path, self.settings().limits.bytes)
                .is_ok_and(|bytes| Some(Key::of(&bytes)) == seen.source)
    }

    /// Counts a picture of outputs that are kept; the warning where it or its end is missing there
    /// and that was not warned of yet.
    pub fn recall(&self, seen: &ImageSnapshot) -> Option<Warning> {
        let mut state = self.state();
        if let Some(from) = seen.kept_from() {
            state.recall(seen.key, from);
        }
        if let Some(rendition) = seen.rendition {
            state.count_embedded(seen.key, rendition);
        }
        if let Some((_, warning)) = &seen.loss {
            return state.count_missing(seen.key).then(|| warning.clone());
        }
        let warning = seen.cut.as_ref()?;
        state.note_cut(seen.key).then(|| warning.clone())
    }
}

/// The files that the archive brings for an image, and their stamps.
fn own_files(wanted: &Wanted) -> Vec<(String, Option<Stamp>)> {
    let own = wanted
        .resource
        .iter()
        .filter(|_| wanted.candidates.is_empty());
    let places = wanted.candidates.iter();
    own.chain(places.filter_map(|place| place.resource.as_ref()))
        .filter_map(own_file)
        .collect()
}

fn own_file(resource: &Resource) -> Option<(String, Option<Stamp>)> {
    let path = resource.bytes.file()?;
    // The user may stand elsewhere when it is looked at again. A path that is no text names nothing
    // then, so the picture counts as changed in every run.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Some((absolute.to_string_lossy().into_owned(), stamp_of_file(path)))
}

fn stamp_of_file(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().as_ref().map(Stamp::of)
}
