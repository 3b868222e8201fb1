//! The typed tree of an article's text.
//!
//! A block can't stand inside a line of text and a link can't hold a table, because the types do
//! not allow it; there is no variant for raw markup, so nothing active can hide in it.

mod anchor;
mod captioned;
mod depth;
mod formula;
mod inline;
mod list;
mod listing;
mod note;
mod phrase;
mod table;
mod text_box;

pub use anchor::AnchorName;
pub use captioned::Captioned;
pub use formula::{
    Formula, InvalidFormula, MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathAttribute,
    MathElement, Shape,
};
pub use inline::{Direction, Inline, LanguageSpan, Link, Ruby, Target, plain_text, says_nothing};
pub use list::{Definition, List, ListItem, Numbering, Numerals};
pub use listing::{CodeLanguage, Listing};
pub use note::{Note, NoteReference};
pub use phrase::{Phrase, PhraseKind};
pub use table::{Alignment, Cell, CellPlace, RowGroup, Scope, Table, TablePart};
pub use text_box::{BoxKind, TextBox};

use super::{Embed, Figure, Image};
use inline::{collect_line_images, line_depth_within, push_inline_text};

/// How deep blocks and inlines may nest in a [`Body`]. Writers recurse over the tree, so the bound
/// is what keeps their stack small.
pub const MAXIMUM_DEPTH: usize = 64;

/// An article's text: blocks in reading order, nested no deeper than [`MAXIMUM_DEPTH`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body(Vec<Block>);

/// The tree is nested deeper than [`MAXIMUM_DEPTH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("blocks or inlines are nested deeper than {MAXIMUM_DEPTH} levels")]
pub struct TooDeep;

impl Body {
    /// Takes the blocks if they are not nested too deep.
    ///
    /// # Errors
    /// [`TooDeep`], where a writer's recursion would not be bounded.
    pub fn new(blocks: Vec<Block>) -> Result<Self, TooDeep> {
        if depth_within(&blocks, MAXIMUM_DEPTH) {
            Ok(Body(blocks))
        } else {
            Err(TooDeep)
        }
    }

    /// Takes the blocks, and unwraps what is nested too deep: its text and its pictures stay. Says
    /// whether there was anything to unwrap.
    pub fn flattened(blocks: Vec<Block>) -> (Self, bool) {
        if depth_within(&blocks, MAXIMUM_DEPTH) {
            (Body(blocks), false)
        } else {
            (Body(depth::flattened(blocks, MAXIMUM_DEPTH)), true)
        }
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// Whether there is no block at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every image in reading order: figures, images in a line, posters of embeds.
    pub fn images(&self) -> Vec<&Image> {
        let mut images = Vec::new();
        collect_images(&self.0, &mut images);
        images
    }

    /// The image of the first figure that stands at the top level, alone or with others under one
    /// caption: one of which nothing says that it is a picture comes after all others.
    pub fn lead_image(&self) -> Option<&Image> {
        let figures = || {
            self.0.iter().filter_map(|block| match block {
                Block::Figure(figure) => Some((&figure.image, !figure.caption.is_empty())),
                Block::Captioned(captioned) => Some((captioned.first_image()?, true)),
                _ => None,
            })
        };
        let mut evident =
            figures().filter(|(image, has_caption)| *has_caption || image.is_evident());
        let lead = evident.next().or_else(|| figures().next());
        lead.map(|(image, _)| image)
    }

    /// All visible text, blocks separated by line feeds; alternative texts are not part of it.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        push_blocks_text(&self.0, &mut text);
        text.truncate(text.trim_end().len());
        text
    }
}

/// What stands on its own between others.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A section's title.
    Heading(Heading),
    /// A picture with its caption.
    Figure(Figure),
    /// Several blocks under one caption.
    Captioned(Captioned),
    /// A quotation set apart.
    Quote(Vec<Block>),
    /// A list of items.
    List(List),
    /// Terms and what explains them.
    Definitions(Vec<Definition>),
    /// A table of data.
    Table(Table),
    /// Preformatted text, white space kept.
    Code(Listing),
    /// A thematic break.
    Rule,
    /// A film, a recording or a frame of another page, as a link to it.
    Embed(Embed),
    /// A formula on a line of its own.
    Formula(Formula),
    /// A note to the text, or beside it.
    Note(Note),
    /// Text that is set off.
    Box(TextBox),
    /// A place that a [`Target::Fragment`] of the same article leads to: the block
    /// that follows. Where that is a line of text, an [`Inline::Anchor`] begins it instead.
    Anchor(AnchorName),
}

/// A section's title. The article's own title is level 1, so a body's headings begin at 2.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Where it stands in the outline.
    pub level: HeadingLevel,
    /// What it says.
    pub content: Vec<Inline>,
}

/// Levels of headings inside an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadingLevel {
    /// `h2`
    Two,
    /// `h3`
    Three,
    /// `h4`
    Four,
    /// `h5`
    Five,
    /// `h6`
    Six,
}

impl HeadingLevel {
    /// The nearest level to a number: 1 and less give 2, 7 and more give 6.
    pub fn nearest(number: u8) -> Self {
        match number {
            0..=2 => HeadingLevel::Two,
            3 => HeadingLevel::Three,
            4 => HeadingLevel::Four,
            5 => HeadingLevel::Five,
            _ => HeadingLevel::Six,
        }
    }

    /// The number in HTML's element name, 2 to 6.
    pub fn number(self) -> u8 {
        match self {
            HeadingLevel::Two => 2,
            HeadingLevel::Three => 3,
            HeadingLevel::Four => 4,
            HeadingLevel::Five => 5,
            HeadingLevel::Six => 6,
        }
    }
}

impl Block {
    /// The line of text that the block itself holds, if its kind has one; not those of the blocks
    /// inside it.
    pub fn line(&self) -> Option<&[Inline]> {
        match self {
            Block::Paragraph(content) => Some(content),
            Block::Heading(heading) => Some(&heading.content),
            Block::Figure(figure) => Some(&figure.caption),
            Block::Captioned(captioned) => Some(&captioned.caption),
            Block::Table(table) => Some(&table.caption),
            Block::Box(text_box) => Some(&text_box.title),
            Block::Quote(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Code(_)
            | Block::Rule
            | Block::Embed(_)
            | Block::Formula(_)
            | Block::Note(_)
            | Block::Anchor(_) => None,
        }
    }

    /// The groups of blocks inside this one: a quotation's, each item's, each cell's.
    pub fn children(&self) -> Vec<&[Block]> {
        match self {
            Block::Quote(blocks) => vec![blocks],
            Block::Note(note) => vec![&note.content],
            Block::Box(text_box) => vec![&text_box.content],
            Block::Captioned(captioned) => vec![&captioned.blocks],
            Block::List(list) => list
                .items
                .iter()
                .map(|item| item.content.as_slice())
                .collect(),
            Block::Definitions(definitions) => definitions
                .iter()
                .flat_map(Definition::groups)
                .map(Vec::as_slice)
                .collect(),
            Block::Table(table) => table
                .rows
                .iter()
                .flatten()
                .map(|cell| cell.content.as_slice())
                .collect(),
            Block::Paragraph(_)
            | Block::Heading(_)
            | Block::Figure(_)
            | Block::Code(_)
            | Block::Rule
            | Block::Embed(_)
            | Block::Formula(_)
            | Block::Anchor(_) => Vec::new(),
        }
    }
}

fn depth_within(blocks: &[Block], left: usize) -> bool {
    blocks.is_empty()
        || left > 0
            && blocks.iter().all(|block| {
                block
                    .line()
                    .is_none_or(|line| line_depth_within(line, left - 1))
                    && block
                        .children()
                        .into_iter()
                        .all(|group| depth_within(group, left - 1))
            })
}

fn collect_images<'body>(blocks: &'body [Block], images: &mut Vec<&'body Image>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => images.push(&figure.image),
            Block::Embed(embed) => images.extend(&embed.poster),
            _ => {}
        }
        if let Some(line) = block.line() {
            collect_line_images(line, images);
        }
        for group in block.children() {
            collect_images(group, images);
        }
    }
}

fn push_blocks_text(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Code(code) => text.push_str(code),
            Block::Embed(embed) => text.push_str(&embed.title),
            Block::Formula(formula) => text.push_str(&formula.linear()),
            // What stands below the parts.
            Block::Captioned(captioned) => push_blocks_text(&captioned.blocks, text),
            _ => {}
        }
        if let Some(line) = block.line() {
            push_inline_text(line, text);
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        if matches!(block, Block::Captioned(_)) {
            continue;
        }
        for group in block.children() {
            push_blocks_text(group, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(characters: &str) -> Inline {
        Inline::Text(characters.into())
    }

    #[test]
    fn plain_text_separates_blocks() {
        let body = Body::new(vec![
            Block::Paragraph(vec![
                text("a"),
                Inline::Strong(vec![text("b")]),
                Inline::Break,
                text("c"),
            ]),
            Block::Quote(vec![Block::Paragraph(vec![text("d")])]),
        ]);
        assert_eq!(
            body.map(|body| body.plain_text()),
            Ok("ab\nc\nd".to_owned())
        );
    }

    #[test]
    fn a_tree_without_bound_is_refused() {
        let mut blocks = vec![Block::Paragraph(vec![text("x")])];
        for _ in 0..MAXIMUM_DEPTH {
            blocks = vec![Block::Quote(blocks)];
        }
        assert_eq!(Body::new(blocks), Err(TooDeep));
    }
}
