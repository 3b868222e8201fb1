//! Which files of an archive hold what: in little memory, for there are many, and most articles are in one.

use crate::model::Digest;
use std::collections::HashMap;

/// Names of files by what identifies their articles.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: Vec<String>,
    /// The first file of each, by its place in the names.
    first: HashMap<Digest, u32>,
    /// The further files of the few that have some, in their order.
    further: HashMap<Digest, Vec<u32>>,
}

impl Index {
    /// Adds a file under all that it is known by.
    pub fn add(&mut self, name: &str, known_by: impl IntoIterator<Item = Digest>) {
        let Ok(place) = u32::try_from(self.names.len()) else {
            return;
        };
        self.names.push(name.to_owned());
        for digest in known_by {
            if *self.first.entry(digest).or_insert(place) != place {
                self.further.entry(digest).or_default().push(place);
            }
        }
    }

    /// The files that are known by this, in the order in which they were added.
    pub fn files(&self, digest: &Digest) -> Vec<String> {
        let first = self.first.get(digest);
        let further = self.further.get(digest).into_iter().flatten();
        let places = first.into_iter().chain(further);
        places.filter_map(|place| self.name(*place)).collect()
    }

    pub fn has(&self, digest: &Digest) -> bool {
        self.first.contains_key(digest)
    }

    fn name(&self, place: u32) -> Option<String> {
        self.names.get(usize::try_from(place).ok()?).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_all_that_they_are_known_by_in_their_order() {
        let [one, two, none] = ["one", "two", "none"].map(|text| Digest::of(text.as_bytes()));
        let mut index = Index::default();
        index.add("a", [one]);
        index.add("b", [one, two, two]);
        index.add("c", [one]);
        assert_eq!(index.files(&one), ["a", "b", "c"]);
        assert_eq!(index.files(&two), ["b"]);
        assert_eq!(index.files(&none), [""; 0]);
        assert!(index.has(&two) && !index.has(&none));
    }
}
