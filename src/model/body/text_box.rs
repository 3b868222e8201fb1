//! Boxes: text that is set off from the text around it.

use crate::model::{Block, Inline};

/// Text that is set off, with its title.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// How it is set off.
    pub kind: BoxKind,
    /// What stands above it; may be empty.
    pub title: Vec<Inline>,
    /// What it says.
    pub content: Vec<Block>,
}

/// How text is set off. More kinds may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BoxKind {
    /// By a frame or a ground, as hints, warnings and side stories are.
    Framed,
    /// By a title that opens and closes it (`details`).
    Folded,
}
