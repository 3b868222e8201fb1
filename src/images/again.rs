//! What a run sees of images, for later runs; and what has become of it since.

use super::cache;
use super::failure::Failure;
use super::library::{self, Library};
use super::locate::{self, Key};
use super::mirror::{self, Held};
use super::record::{Entry, Outcome};
use super::seen::{self, Seen, Since};
use super::state::{From, Known};
use super::{Purpose, Wanted};
use crate::error::Warning;
use crate::model::{Address, ImageSource};
use crate::stamp::{Moment, Stamp};
use std::fs;
use std::path::Path;

impl Library {
    /// What this run saw of an image that [`Library::get`] was asked for.
    pub fn seen(&self, wanted: &Wanted, purpose: Purpose) -> Seen {
        let source = &wanted.source;
        let key = locate::key(source);
        let (addresses, places) = match source {
            ImageSource::Web { origin, archived } => {
                let texts = (origin.as_str().to_owned(), archived.as_str().to_owned());
                let places = seen::places(origin.clone(), archived.clone());
                (Some(texts), places)
            }
            ImageSource::Resource { .. } => (None, Vec::new()),
        };
        let (known, failure) = self.known_of(key);
        let mut seen = Seen {
            addresses,
            key,
            own_file: own_file(wanted),
            files: places.iter().map(|place| self.stamp_of(place)).collect(),
            answers: Vec::new(),
            from: known.as_ref().map(|known| known.from),
            source: known.as_ref().and_then(|known| known.source),
            rendition: known.as_ref().and_then(Known::rendition),
            loss: failure
                .filter(|failure| purpose == Purpose::Embed || failure.is_passing())
                .map(|failure| {
                    let warning = library::warning(source.origin(), &failure, &wanted.path);
                    (failure, warning)
                }),
        };
        if seen.from == Some(From::Network) {
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
    pub fn look_again(&self, seen: &Seen, purpose: Purpose, since: Moment) -> Since {
        let passing = |(failure, _): &(Failure, Warning)| failure.is_passing();
        if seen.loss.as_ref().is_some_and(passing) {
            return Since::Changed;
        }
        if !self.is_own_file_same(seen, since) {
            return Since::Changed;
        }
        let places = seen.places();
        for (number, place) in places.iter().enumerate() {
            let before = seen.files.get(number).copied().flatten();
            if !self.is_same_file(place, before, seen, since) {
                return Since::Changed;
            }
        }
        let may_ask = self.may_ask() && purpose == Purpose::Embed;
        match (seen.from, &seen.loss) {
            (Some(From::Mirror | From::Article), None) => Since::Same,
            _ if places.is_empty() => Since::Same,
            (Some(_), None) => self.look_again_in_cache(seen, &places, may_ask),
            _ => self.look_again_for_loss(seen, &places, may_ask),
        }
    }

    fn look_again_in_cache(&self, seen: &Seen, places: &[Address], may_ask: bool) -> Since {
        match self.first_stored(places) {
            Some((key, _)) if Some(key) != seen.source => Since::Changed,
            Some((_, fresh)) if fresh || !may_ask => Since::Same,
            Some(_) => Since::Due,
            None if may_ask => Since::Due,
            None => Since::Changed,
        }
    }

    fn look_again_for_loss(&self, seen: &Seen, places: &[Address], may_ask: bool) -> Since {
        let answers: Vec<_> = places.iter().map(|place| self.answer(place)).collect();
        let keys: Vec<_> = answers
            .iter()
            .map(|answer| answer.map(|(key, _)| key))
            .collect();
        let fresh = answers
            .iter()
            .all(|answer| answer.is_some_and(|(_, fresh)| fresh));
        if keys != seen.answers || seen.from.is_none() && self.has_stored(places) {
            Since::Changed
        } else if may_ask && !fresh {
            Since::Due
        } else {
            Since::Same
        }
    }

    /// The first picture that the cache holds of some addresses, and whether it is fresh.
    fn first_stored(&self, places: &[Address]) -> Option<(Key, bool)> {
        places.iter().find_map(|place| {
            let entry = self.entry(place)?;
            match &entry.outcome {
                Outcome::Had(stored) => {
                    let hash = stored.hash()?;
                    self.note_use_of(&hash);
                    Some((Key::from_hash(&hash), self.is_fresh(&entry)))
                }
                Outcome::Failed(_) => None,
            }
        })
    }

    /// Whether the cache holds a picture of some addresses after all: when it was not had, the disk
    /// may have failed.
    fn has_stored(&self, places: &[Address]) -> bool {
        places.iter().any(|place| {
            matches!(self.entry(place), Some(Entry { outcome: Outcome::Had(stored), .. })
                if self.has_bytes(&stored))
        })
    }

    /// What the cache says to an address, in short, and whether that is fresh.
    fn answer(&self, place: &Address) -> Option<(Key, bool)> {
        let entry = self.entry(place)?;
        let text = match &entry.outcome {
            Outcome::Had(stored) => format!("had {}", stored.blob),
            Outcome::Failed(Failure { kind, reason }) => format!("failed {kind:?} {reason}"),
        };
        Some((Key::of(text.as_bytes()), self.is_fresh(&entry)))
    }

    fn is_fresh(&self, entry: &Entry) -> bool {
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
        seen: &Seen,
        since: Moment,
    ) -> bool {
        let Some(Held { path, stamp }) = self.in_mirror_at(place) else {
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
    fn is_own_file_same(&self, seen: &Seen, since: Moment) -> bool {
        let Some((path, before)) = &seen.own_file else {
            return true;
        };
        let path = Path::new(path);
        let now = stamp_of_file(path);
        match (before, now) {
            (Some(before), Some(now)) if *before == now && before.is_settled(since) => true,
            (Some(before), Some(now)) => before.length == now.length && self.holds(path, seen),
            (before, now) => before.is_none() && now.is_none(),
        }
    }

    fn holds(&self, path: &Path, seen: &Seen) -> bool {
        seen.source.is_some()
            && mirror::read(path, self.settings().limits.bytes)
                .is_ok_and(|bytes| Some(Key::of(&bytes)) == seen.source)
    }

    /// Counts a picture of outputs that are kept; the warning where it is missing there and was
    /// not warned of yet.
    pub fn recall(&self, seen: &Seen) -> Option<Warning> {
        let mut state = self.state();
        if let Some(from) = seen.kept_from() {
            state.recall(seen.key, from);
        }
        if let Some(rendition) = seen.rendition {
            state.count_embedded(seen.key, rendition);
        }
        let (_, warning) = seen.loss.as_ref()?;
        state.count_missing(seen.key).then(|| warning.clone())
    }
}

/// The file that the archive brings for an image, and its stamp.
fn own_file(wanted: &Wanted) -> Option<(String, Option<Stamp>)> {
    let path = wanted.resource.as_ref()?.bytes.file()?;
    Some((path.to_str()?.to_owned(), stamp_of_file(path)))
}

fn stamp_of_file(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().as_ref().map(Stamp::of)
}
