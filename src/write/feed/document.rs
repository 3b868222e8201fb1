//! The documents of a feed format: their names and addresses.

use super::Dialect;
use super::period::Period;
use crate::model::{Address, Publication};
use std::fmt;

/// A document to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Document {
    /// What subscribers poll.
    Subscription,
    /// What subscribers of one source poll.
    Source {
        /// The source's name.
        name: String,
        /// The same as a folder's name.
        folder: String,
    },
    /// What programs find who follow the chain from the subscription back.
    Archive(Part),
}

/// The part of the archive that a document holds; the order is that of the chain, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The articles without a date.
    Undated,
    /// All articles of a period that a later one has closed.
    Closed(Period),
    /// Of the last period, what has left the subscription. Its name is not that of the closed period:
    /// a program that has read an archive document does not ask for its address again (RFC 5005,
    /// section 4.2), and what comes until the period ends would be lost to it.
    Open(Period),
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Undated => formatter.write_str("undated"),
            Part::Closed(period) => write!(formatter, "{period}"),
            Part::Open(period) => write!(formatter, "{period}-open"),
        }
    }
}

impl Document {
    /// The name relative to the output folder.
    pub(super) fn name<D: Dialect>(&self) -> String {
        let (stem, extension) = (D::STEM, D::EXTENSION);
        match self {
            Document::Subscription => format!("{stem}.{extension}"),
            Document::Source { folder, .. } => format!("source/{folder}/{stem}.{extension}"),
            Document::Archive(part) => format!("archive/{stem}-{part}.{extension}"),
        }
    }

    /// Whether a document of this format could have the name.
    pub(super) fn claims<D: Dialect>(name: &str) -> bool {
        let own = format!("{}.{}", D::STEM, D::EXTENSION);
        let archived = || {
            name.strip_prefix("archive/")
                .and_then(|rest| rest.strip_prefix(D::STEM)?.strip_prefix('-'))
                .is_some_and(|rest| rest.ends_with(&format!(".{}", D::EXTENSION)))
        };
        let of_source = || {
            name.strip_prefix("source/")
                .and_then(|rest| rest.split_once('/'))
                .is_some_and(|(_, file)| file == own)
        };
        name == own || of_source() || archived()
    }

    /// The address on the web, if the output folder has one.
    pub(super) fn address<D: Dialect>(&self, publication: &Publication) -> Option<Address> {
        address_of(&self.name::<D>(), publication)
    }
}

/// The address of a file in the output folder, if the folder has one.
pub(super) fn address_of(name: &str, publication: &Publication) -> Option<Address> {
    let mut url = publication.base.as_ref()?.url().clone();
    url.set_query(None);
    url.set_fragment(None);
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend(name.split('/'));
    Address::from_url(url)
}
