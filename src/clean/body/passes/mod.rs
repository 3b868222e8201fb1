//! Small passes over the blocks that the walk made, each for one kind of mess.

pub(in crate::clean::body) mod captions;
pub(in crate::clean::body) mod duplicate_figures;
pub(in crate::clean::body) mod endings;
pub(in crate::clean::body) mod headings;
pub(in crate::clean::body) mod listings;
pub(in crate::clean::body) mod neighbours;
pub(in crate::clean::body) mod notes;
pub(in crate::clean::body) mod notices;
pub(in crate::clean::body) mod places;
pub(in crate::clean::body) mod spans;
