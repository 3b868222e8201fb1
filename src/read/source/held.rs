//! What readers keep of the files that they read last, since making it takes a look at all of a file and
//! each of its articles would want it again.

use super::bytes_at;
use crate::model::Digest;
use crate::read::Source;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// So many bytes of both ends tell one file from another of its path and length.
const END_LENGTH: usize = 4096;

/// What all that is kept may weigh, in bytes: the articles of many files may be asked for in turn, since
/// a run reads them in the order of their dates.
const MOST_WEIGHT: usize = 48 << 20;

/// What is kept of a file.
pub(crate) trait Weigh {
    /// About how many bytes of memory it takes.
    fn weight(&self) -> usize;
}

/// What is kept of files, the one that was used last at the end. Its lock is never held while a file is
/// read: that of the file's own place is.
#[derive(Debug)]
pub(crate) struct Held<Kept> {
    all: Mutex<Vec<Place<Kept>>>,
}

#[derive(Debug)]
struct Place<Kept> {
    file: Digest,
    weight: usize,
    kept: Arc<Mutex<Option<Arc<Kept>>>>,
}

impl<Kept> Default for Held<Kept> {
    fn default() -> Self {
        Held {
            all: Mutex::default(),
        }
    }
}

impl<Kept: Weigh> Held<Kept> {
    /// What is kept of a file; it is made where nothing is.
    ///
    /// # Errors
    /// Those of making it, and where the system refuses to read the file's ends.
    pub(crate) fn of<E: From<io::Error>>(
        &self,
        source: &dyn Source,
        make: impl FnOnce() -> Result<Kept, E>,
    ) -> Result<Arc<Kept>, E> {
        let file = file(source)?;
        let place = self.place(file);
        let mut own = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = own.as_ref() {
            return Ok(Arc::clone(kept));
        }
        let made = Arc::new(make()?);
        *own = Some(Arc::clone(&made));
        drop(own);
        self.weigh(file, made.weight());
        Ok(made)
    }

    /// The same made anew: what is kept may be of other bytes between the same ends.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn anew<E: From<io::Error>>(
        &self,
        source: &dyn Source,
        make: impl FnOnce() -> Result<Kept, E>,
    ) -> Result<Arc<Kept>, E> {
        let file = file(source)?;
        self.all().retain(|place| place.file != file);
        self.of(source, make)
    }

    /// Gives up what is kept of a file, which may be of other bytes between the same ends.
    pub(crate) fn forget(&self, source: &dyn Source) {
        if let Ok(file) = file(source) {
            self.all().retain(|place| place.file != file);
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Place<Kept>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a file, which moves to the end.
    fn place(&self, file: Digest) -> Arc<Mutex<Option<Arc<Kept>>>> {
        let mut all = self.all();
        let known = all.iter().rposition(|place| place.file == file);
        let place = match known {
            Some(position) => all.remove(position),
            None => Place {
                file,
                weight: 0,
                kept: Arc::default(),
            },
        };
        let kept = Arc::clone(&place.kept);
        all.push(place);
        kept
    }

    /// Notes what a file's place weighs, and gives up those that were not used for longest where all weigh
    /// too much.
    fn weigh(&self, file: Digest, weight: usize) {
        let mut all = self.all();
        if let Some(place) = all.iter_mut().find(|place| place.file == file) {
            place.weight = weight.saturating_add(size_of::<Place<Kept>>());
        }
        let mut total: usize = all.iter().map(|place| place.weight).sum();
        while total > MOST_WEIGHT && all.len() > 1 {
            total -= all.remove(0).weight;
        }
    }
}

/// What a source is known by while a run lasts: its path, length and ends.
pub(crate) fn file(source: &dyn Source) -> io::Result<Digest> {
    let length = source.length();
    let first = bytes_at(source, 0, END_LENGTH)?;
    let last = bytes_at(source, length.saturating_sub(END_LENGTH as u64), END_LENGTH)?;
    Ok(Digest::of_parts([
        source.path().as_bytes(),
        &length.to_le_bytes(),
        &first,
        &last,
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::MemorySource;

    struct Heavy(usize);

    impl Weigh for Heavy {
        fn weight(&self) -> usize {
            self.0
        }
    }

    #[test]
    fn what_is_kept_is_made_once_and_what_weighs_too_much_goes() {
        let held = Held::default();
        let made = std::cell::Cell::new(0);
        let ask = |path: &str, weight| {
            let source = MemorySource::new(path, b"text");
            let make = || {
                made.set(made.get() + 1);
                Ok::<_, io::Error>(Heavy(weight))
            };
            held.of(&source, make).unwrap();
        };
        for _ in 0..3 {
            ask("a", 1);
            ask("b", 1);
        }
        assert_eq!(made.get(), 2);
        ask("c", MOST_WEIGHT);
        ask("c", MOST_WEIGHT);
        ask("a", 1);
        assert_eq!(made.get(), 4);
        let source = MemorySource::new("a", b"text");
        held.anew(&source, || Ok::<_, io::Error>(Heavy(2))).unwrap();
        assert_eq!(made.get(), 4);
    }
}
