//! Blocks in the making: a block with what its markup hinted at, until the passes have used it.

use crate::model::{AnchorName, Block, Definition, Inline};

/// A block and the hints that its markup gave.
#[derive(Debug)]
pub(in crate::clean::body) struct Draft {
    pub block: Block,
    pub mark: Mark,
    /// The places right before it; a line of text begins with them itself.
    pub places: Vec<AnchorName>,
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
    /// The page calls it the title of the box that it stands in.
    pub title: bool,
}

impl Draft {
    /// A block without hints.
    pub fn plain(block: Block) -> Self {
        Draft::marked(block, Mark::default())
    }

    /// A block with its hints.
    pub fn marked(block: Block, mark: Mark) -> Self {
        Draft {
            block,
            mark,
            places: Vec::new(),
        }
    }

    /// The block with places before it.
    pub fn placed(mut self, places: Vec<AnchorName>) -> Self {
        match &mut self.block {
            Block::Paragraph(line) => begin_with(line, places),
            Block::Heading(heading) => begin_with(&mut heading.content, places),
            _ => {
                self.places.splice(0..0, places);
            }
        }
        self
    }

    /// The text of a paragraph.
    pub fn paragraph(&self) -> Option<&Vec<Inline>> {
        match &self.block {
            Block::Paragraph(content) => Some(content),
            _ => None,
        }
    }
}

fn begin_with(line: &mut Vec<Inline>, places: Vec<AnchorName>) {
    line.splice(0..0, places.into_iter().map(Inline::Anchor));
}

/// The blocks without their hints, with the places before them.
pub(in crate::clean::body) fn blocks(drafts: Vec<Draft>) -> Vec<Block> {
    if drafts.iter().all(|draft| draft.places.is_empty()) {
        return drafts.into_iter().map(|draft| draft.block).collect();
    }
    let mut blocks = Vec::with_capacity(drafts.len());
    for draft in drafts {
        blocks.extend(draft.places.into_iter().map(Block::Anchor));
        blocks.push(draft.block);
    }
    blocks
}

/// Blocks as drafts without hints; a place belongs to the block that follows.
pub(in crate::clean::body) fn drafts(blocks: impl IntoIterator<Item = Block>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut places = Vec::new();
    for block in blocks {
        match block {
            Block::Anchor(name) => places.push(name),
            block => drafts.push(Draft::plain(block).placed(std::mem::take(&mut places))),
        }
    }
    if !places.is_empty() {
        let line = places.into_iter().map(Inline::Anchor).collect();
        drafts.push(Draft::plain(Block::Paragraph(line)));
    }
    drafts
}

/// Puts places before the first of some blocks.
pub(in crate::clean::body) fn place_before(blocks: &mut Vec<Block>, places: Vec<AnchorName>) {
    match blocks.first_mut() {
        Some(Block::Paragraph(line)) => begin_with(line, places),
        Some(Block::Heading(heading)) => begin_with(&mut heading.content, places),
        _ => {
            blocks.splice(0..0, places.into_iter().map(Block::Anchor));
        }
    }
}

/// One line of what drafts say, and the drafts that are no text.
pub(in crate::clean::body) fn flatten(drafts: Vec<Draft>) -> (Vec<Inline>, Vec<Draft>) {
    let mut line = Vec::new();
    let mut rest = Vec::new();
    for draft in drafts {
        match draft.block {
            Block::Paragraph(content) => join(&mut line, content),
            Block::Heading(heading) => join(&mut line, heading.content),
            block => rest.push(Draft { block, ..draft }),
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
    /// A place before a block, and whether it stays.
    Place(&'draft mut AnchorName, &'draft mut bool),
}

/// Calls `change` with every line of text and every name of a place or a note, in reading order.
pub(in crate::clean::body) fn each_part(drafts: &mut [Draft], change: &mut dyn FnMut(Part<'_>)) {
    for draft in drafts {
        draft.places.retain_mut(|name| stays(name, change));
        each_part_of(&mut draft.block, change);
    }
}

fn stays(place: &mut AnchorName, change: &mut dyn FnMut(Part<'_>)) -> bool {
    let mut stays = true;
    change(Part::Place(place, &mut stays));
    stays
}

/// The same for blocks. The tree's depth is bounded, so recursion is too.
fn each_part_within(blocks: &mut Vec<Block>, change: &mut dyn FnMut(Part<'_>)) {
    blocks.retain_mut(|block| match block {
        Block::Anchor(name) => stays(name, change),
        block => {
            each_part_of(block, change);
            true
        }
    });
}

fn each_part_of(block: &mut Block, change: &mut dyn FnMut(Part<'_>)) {
    match block {
        Block::Paragraph(line) => change(Part::Line(line)),
        Block::Heading(heading) => change(Part::Line(&mut heading.content)),
        Block::Figure(figure) => change(Part::Line(&mut figure.caption)),
        Block::Captioned(captioned) => {
            each_part_within(&mut captioned.blocks, change);
            change(Part::Line(&mut captioned.caption));
        }
        Block::Quote(blocks) => each_part_within(blocks, change),
        Block::Note(note) => {
            note.name
                .iter_mut()
                .for_each(|name| change(Part::Note(name)));
            each_part_within(&mut note.content, change);
        }
        Block::Box(text_box) => {
            change(Part::Line(&mut text_box.title));
            each_part_within(&mut text_box.content, change);
        }
        Block::List(list) => {
            for item in &mut list.items {
                each_part_within(&mut item.content, change);
            }
        }
        Block::Definitions(definitions) => {
            for group in definitions.iter_mut().flat_map(Definition::groups_mut) {
                each_part_within(group, change);
            }
        }
        Block::Table(table) => {
            change(Part::Line(&mut table.caption));
            for cell in table.rows.iter_mut().flatten() {
                each_part_within(&mut cell.content, change);
            }
        }
        Block::Code(_) | Block::Rule | Block::Embed(_) | Block::Formula(_) | Block::Anchor(_) => {}
    }
}

/// The groups of blocks inside a block, to be changed.
pub(in crate::clean::body) fn groups_mut(block: &mut Block) -> Vec<&mut Vec<Block>> {
    match block {
        Block::Quote(blocks) => vec![blocks],
        Block::Captioned(captioned) => vec![&mut captioned.blocks],
        Block::Note(note) => vec![&mut note.content],
        Block::Box(text_box) => vec![&mut text_box.content],
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
