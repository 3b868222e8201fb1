//! The small picture that stands for the publication in lists of feeds. The book's writer makes it
//! from its newest cover, the feeds name it; this is what both know of it.

use crate::model::Publication;

/// Its width and its height in pixels: RSS allows a width of 144 (RSS Profile, section 4.1.1.9), and
/// Atom and JSON Feed want a square (RFC 4287, section 4.2.5).
pub(super) const SIDE: u16 = 144;

/// The file's name.
pub(super) fn name(publication: &Publication) -> String {
    format!("{}-icon.jpg", publication.name)
}
