//! Which of an entry's times are its dates.

use super::Settings;
use crate::model::{Entry, Timestamp};

/// An article's dates and where they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// When it was first published.
    pub published: Option<(Timestamp, DateSource)>,
    /// When it was last changed.
    pub updated: Option<(Timestamp, DateSource)>,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// The epoch of the header.
    Header,
    /// The byline.
    Byline,
    /// Front matter or a date line.
    Written,
}

/// The dates of an entry: published is the byline's time if it is at or before the header's and
/// within 48 hours of it, else the header's; updated is the header's.
pub fn dates(_entry: &Entry, _settings: &Settings) -> Dates {
    Dates::default()
}
