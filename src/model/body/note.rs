//! Notes: what a text says aside, and the marks in the line that lead there.

use crate::model::AnchorName;
use crate::model::{Block, Inline};

/// The mark of a note: a link to it that readers may show the note for.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteReference {
    /// The name of a [`Note`] of the same article.
    pub target: AnchorName,
    /// What the reader sees.
    pub content: Vec<Inline>,
}

/// A note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What its references call it; a note beside the text has none.
    pub name: Option<AnchorName>,
    /// What it says, with the ways back to its references.
    pub content: Vec<Block>,
}

impl Note {
    /// What the note says, without the note; links to it lead to the first block.
    pub(crate) fn unwrapped(self) -> Vec<Block> {
        let mut blocks = self.content;
        let Some(name) = self.name else {
            return blocks;
        };
        match blocks.first_mut() {
            Some(Block::Paragraph(line)) => line.insert(0, Inline::Anchor(name)),
            _ => blocks.insert(0, Block::Anchor(name)),
        }
        blocks
    }
}
