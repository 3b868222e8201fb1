//! Where the items of a file that holds several lie.

use super::{Locator, Source, Span};
use crate::error::Warning;
use std::borrow::Cow;

/// An item's place in the file.
pub(super) struct ItemPlace {
    /// Its bytes.
    pub span: Span,
    /// The line on which it begins, counted from 1.
    pub line: u32,
}

impl ItemPlace {
    /// The next item in the order of the source, where it lies, and its bytes.
    ///
    /// # Errors
    /// A warning of that item, where its bytes can't be read.
    pub fn read<'source>(
        &self,
        source: &'source dyn Source,
        number: &mut u32,
    ) -> Result<(Locator, Cow<'source, [u8]>), Warning> {
        *number = number.saturating_add(1);
        let at = Locator {
            span: self.span,
            line: self.line,
            number: *number,
        };
        let bytes = source.bytes(self.span);
        let bytes = bytes.map_err(|warning| at.placed(warning))?;
        Ok((at, bytes))
    }
}

/// The most faults of a file that are told.
const MOST_FAULTS: usize = 20;

/// Something between items that can't be right, so that an item may be lost there.
pub(super) struct Fault {
    /// The line on which it stands, counted from 1.
    pub line: u32,
    pub message: &'static str,
}

/// How a way through the items of a file went.
pub(super) struct Passage {
    pub end: End,
    /// The item within which the file ends.
    pub cut: Option<ItemPlace>,
    /// In the order of the file.
    pub faults: Vec<Fault>,
}

impl Passage {
    /// One that came to an end.
    pub(super) fn to(end: End, faults: Vec<Fault>) -> Self {
        Passage {
            end,
            cut: None,
            faults,
        }
    }
}

/// Notes a fault, unless so many are known that one more tells nothing.
pub(super) fn note_fault(faults: &mut Vec<Fault>, line: u32, message: &'static str) {
    if faults.len() < MOST_FAULTS {
        faults.push(Fault { line, message });
    }
}

/// What was found behind the items.
pub(super) enum End {
    /// The end of what holds them.
    Whole,
    /// The file's end, though the items go on; where it was within an item, the line that the item
    /// begins on.
    Cut(Option<u32>),
}
