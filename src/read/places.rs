//! Where the items of a file that holds several lie.

use super::Span;

/// An item's place in the file.
pub(super) struct ItemPlace {
    /// Its bytes.
    pub span: Span,
    /// The line on which it begins, counted from 1.
    pub line: u32,
}

/// What was found behind the items.
pub(super) enum End {
    /// The end of what holds them.
    Whole,
    /// The file's end, though the items go on; where it was within an item, the line that the item
    /// begins on.
    Cut(Option<u32>),
}
