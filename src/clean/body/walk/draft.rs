//! Blocks in the making: a block with what its markup hinted at, until the passes have used it.

use crate::model::{AnchorName, Block, Definition, Inline};

/// A block and the hints that its markup gave.
#[derive(Debug)]
pub(in crate::clean::body) struct Draft {
    pub block: Block,
    pub mark: Mark,
}

/// What markup hinted at.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::clean::body) struct Mark {
    /// The page calls it a caption.
    pub caption: bool,
    /// It is set in the middle.
    pub centred: bool,
    /// All of it is small print.
    pub small: bool,
    /// It stands in one paragraph with the picture before it, and nothing stands before that.
    pub beside_image: bool,
    /// It is a listing made of `code` in no `pre`.
    pub bare_code: bool,
    /// The number in the page's own heading element; 0 for none.
    pub heading: u8,
}

impl Draft {
    /// A block without hints.
    pub fn plain(block: Block) -> Self {
        Draft {
            block,
            mark: Mark::default(),
        }
    }

    /// The text of a paragraph.
    pub fn paragraph(&self) -> Option<&Vec<Inline>> {
        match &self.block {
            Block::Paragraph(content) => Some(content),
            _ => None,
        }
    }
}

/// The blocks without their hints.
pub(in crate::clean::body) fn blocks(drafts: Vec<Draft>) -> Vec<Block> {
    drafts.into_iter().map(|draft| draft.block).collect()
}

/// One line of what drafts say, and the drafts that are no text.
pub(in crate::clean::body) fn flatten(drafts: Vec<Draft>) -> (Vec<Inline>, Vec<Draft>) {
    let mut line = Vec::new();
    let mut rest = Vec::new();
    for draft in drafts {
        match draft.block {
            Block::Paragraph(content) => join(&mut line, content),
            Block::Heading(heading) => join(&mut line, heading.content),
            block => rest.push(Draft {
                block,
                mark: draft.mark,
            }),
        }
    }
    (line, rest)
}

/// Adds a line to another, with a space or a break between.
pub(in crate::clean::body) fn join(line: &mut Vec<Inline>, more: Vec<Inline>) {
    if !line.is_empty() && !more.is_empty() {
        line.push(Inline::Break);
    }
    line.extend(more);
}

/// Calls `change` with every line of text.
pub(in crate::clean::body) fn each_line(
    drafts: &mut [Draft],
    change: &mut dyn FnMut(&mut Vec<Inline>),
) {
    each_part(drafts, &mut |part| {
        if let Part::Line(line) = part {
            change(line);
        }
    });
}

/// What blocks hold beside blocks.
pub(in crate::clean::body) enum Part<'draft> {
    Line(&'draft mut Vec<Inline>),
    /// The name of a note, whose text follows.
    Note(&'draft mut AnchorName),
}

/// Calls `change` with every line of text and every name of a note, in reading order.
pub(in crate::clean::body) fn each_part(drafts: &mut [Draft], change: &mut dyn FnMut(Part<'_>)) {
    for draft in drafts {
        each_part_of(std::slice::from_mut(&mut draft.block), change);
    }
}

/// The same for blocks. The tree's depth is bounded, so recursion is too.
fn each_part_of(blocks: &mut [Block], change: &mut dyn FnMut(Part<'_>)) {
    for block in blocks {
        match block {
            Block::Paragraph(line) => change(Part::Line(line)),
            Block::Heading(heading) => change(Part::Line(&mut heading.content)),
            Block::Figure(figure) => change(Part::Line(&mut figure.caption)),
            Block::Captioned(captioned) => {
                each_part_of(&mut captioned.blocks, change);
                change(Part::Line(&mut captioned.caption));
            }
            Block::Quote(blocks) => each_part_of(blocks, change),
            Block::Note(note) => {
                note.name
                    .iter_mut()
                    .for_each(|name| change(Part::Note(name)));
                each_part_of(&mut note.content, change);
            }
            Block::List(list) => {
                for item in &mut list.items {
                    each_part_of(&mut item.content, change);
                }
            }
            Block::Definitions(definitions) => {
                for group in definitions.iter_mut().flat_map(Definition::groups_mut) {
                    each_part_of(group, change);
                }
            }
            Block::Table(table) => {
                change(Part::Line(&mut table.caption));
                for cell in table.rows.iter_mut().flatten() {
                    each_part_of(&mut cell.content, change);
                }
            }
            Block::Code(_) | Block::Rule | Block::Embed(_) | Block::Formula(_) => {}
        }
    }
}

/// The groups of blocks inside a block, to be changed.
pub(in crate::clean::body) fn groups_mut(block: &mut Block) -> Vec<&mut Vec<Block>> {
    match block {
        Block::Quote(blocks) => vec![blocks],
        Block::Captioned(captioned) => vec![&mut captioned.blocks],
        Block::Note(note) => vec![&mut note.content],
        Block::List(list) => {
            let items = list.items.iter_mut();
            items.map(|item| &mut item.content).collect()
        }
        Block::Definitions(definitions) => {
            let groups = definitions.iter_mut().flat_map(Definition::groups_mut);
            groups.collect()
        }
        Block::Table(table) => {
            let cells = table.rows.iter_mut().flatten();
            cells.map(|cell| &mut cell.content).collect()
        }
        _ => Vec::new(),
    }
}
