//! What a run saw of an image, so that a later run can tell whether it would see anything else
//! without reading the picture.

use super::locate::Key;
use super::state::Origin;
use crate::error::Warning;
use crate::images::failure::Failure;
use crate::images::{Candidate, Wanted};
use crate::model::Stamp;
use crate::model::{Address, ImageSource};
use serde::{Deserialize, Serialize};

/// What a run saw of an image that an article shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSnapshot {
    /// The picture's own address and the one that the archive names, for each of its places, best first;
    /// none where the article carries the picture.
    pub(in crate::images) addresses: Vec<(String, String)>,
    pub(in crate::images) key: Key,
    /// The files that the archive brings.
    pub(in crate::images) own_files: Vec<(String, Option<Stamp>)>,
    /// The files of the mirror that the addresses lead to.
    pub(in crate::images) files: Vec<Option<Stamp>>,
    /// What the cache holds of the addresses, where that is why the picture was not had.
    pub(in crate::images) answers: Vec<Option<Key>>,
    pub(in crate::images) from: Option<Origin>,
    /// The bytes that were found.
    pub(in crate::images) source: Option<Key>,
    /// The bytes that went into books, and their number.
    pub(in crate::images) rendition: Option<(Key, u64)>,
    /// Why none did, and the warning that says so.
    pub(in crate::images) loss: Option<(Failure, Warning)>,
    /// The warning that what went into books lacks the picture's end.
    pub(in crate::images) cut: Option<Warning>,
}

/// What has become of an image since it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// A run would see the same.
    Same,
    /// A run would ask the network.
    Due,
    /// Mirror or cache hold something else.
    Changed,
}

impl ImageSnapshot {
    /// What was told of the image.
    pub fn warning(&self) -> Option<&Warning> {
        let loss = self.loss.as_ref().map(|(_, warning)| warning);
        loss.or(self.cut.as_ref())
    }

    /// Whether both make the same of an article, wherever the picture was had.
    pub fn agrees_with(&self, other: &ImageSnapshot) -> bool {
        let reason = |seen: &ImageSnapshot| seen.loss.as_ref().map(|(failure, _)| failure.clone());
        let bytes = |seen: &ImageSnapshot| (seen.source, seen.rendition, seen.from.is_some());
        bytes(self) == bytes(other) && reason(self) == reason(other)
    }

    /// The image as it is asked for again.
    pub fn wanted(
        &self,
        referer: Option<&str>,
        path: &str,
        item: Option<(u32, u32)>,
    ) -> Option<Wanted> {
        let places = self.addresses.iter().filter_map(|(origin, archived)| {
            Some(Candidate {
                source: ImageSource::Web {
                    origin: Address::parse(origin)?,
                    archived: Address::parse(archived)?,
                },
                resource: None,
            })
        });
        let mut candidates: Vec<Candidate> = places.collect();
        let source = candidates.first()?.source.clone();
        if candidates.len() == 1 {
            candidates.clear();
        }
        Some(Wanted {
            source,
            resource: None,
            candidates,
            referer: referer.and_then(Address::parse),
            path: path.to_owned(),
            item,
        })
    }

    /// Where a run that keeps the picture's outputs would have it from.
    pub(in crate::images) fn kept_from(&self) -> Option<Origin> {
        self.from.map(|from| match from {
            Origin::Network => Origin::Cache,
            other => other,
        })
    }

    /// Where the picture is looked for, best first.
    pub(in crate::images) fn places(&self) -> Vec<Address> {
        let addresses = self.addresses.iter().filter_map(|(origin, archived)| {
            Some((Address::parse(origin)?, Address::parse(archived)?))
        });
        addresses
            .flat_map(|(origin, archived)| places(origin, archived))
            .collect()
    }
}

/// Where a picture is looked for, best first.
pub(in crate::images) fn places(origin: Address, archived: Address) -> Vec<Address> {
    let is_same = origin == archived;
    let archived = (!is_same).then_some(archived);
    std::iter::once(origin).chain(archived).collect()
}
