//! Blocks that share a caption.

use crate::model::{Block, Image, Inline};

/// Several pictures, a listing or a quotation with what is written below them all. One picture with its
/// caption is a [`Figure`](crate::model::Figure); a table has a caption of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Captioned {
    /// The parts, in reading order.
    pub blocks: Vec<Block>,
    /// What stands below them.
    pub caption: Vec<Inline>,
}

impl Captioned {
    /// The image of the first figure among the parts.
    pub fn first_image(&self) -> Option<&Image> {
        self.blocks.iter().find_map(|block| match block {
            Block::Figure(figure) => Some(&figure.image),
            _ => None,
        })
    }
}
