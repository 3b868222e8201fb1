//! The typed tree of an article's text.
//!
//! A block can't stand inside a line of text and a link can't hold a table, because the types do
//! not allow it; there is no variant for raw markup, so nothing active can hide in it.

use super::{
    Address, AnchorName, Captioned, CleanText, Definition, Formula, Language, List, Listing, Note,
    NoteReference, ResourceId, depth,
};
use super::{Phrase, Table, TextBox};
use std::borrow::Cow;

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
    /// caption.
    pub fn lead_image(&self) -> Option<&Image> {
        self.0.iter().find_map(|block| match block {
            Block::Figure(figure) => Some(&figure.image),
            Block::Captioned(captioned) => captioned.first_image(),
            _ => None,
        })
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
    /// A place that a [`Target::Fragment`] of the same article leads to: the block that follows. Where that
    /// is a line of text, an [`Inline::Anchor`] begins it instead.
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

/// A picture with its caption; an empty caption is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The picture.
    pub image: Image,
    /// What stands below it.
    pub caption: Vec<Inline>,
    /// Where the picture leads, if anywhere but to itself.
    pub link: Option<Address>,
}

/// A picture: where it comes from and what it shows, not its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// Where the bytes come from.
    pub source: ImageSource,
    /// What it shows, in words, from the page's `alt`; may be empty.
    pub alternative: CleanText,
    /// Everything that the page offers for the picture, best first: other sizes, other kinds, the file
    /// that a thumbnail leads to, `source` among them. The first that can be had goes into books. Empty
    /// where there is nothing but `source`, which is what outputs name that embed nothing.
    pub candidates: Vec<ImageSource>,
}

impl Image {
    /// A picture with one place only.
    pub fn new(source: ImageSource, alternative: CleanText) -> Self {
        Image {
            source,
            alternative,
            candidates: Vec::new(),
        }
    }

    /// Where the picture may be had, best first.
    pub fn places(&self) -> &[ImageSource] {
        if self.candidates.is_empty() {
            std::slice::from_ref(&self.source)
        } else {
            &self.candidates
        }
    }
}

/// Where an image's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ImageSource {
    /// A picture on the web.
    Web {
        /// The picture's own address, image proxies unwrapped.
        origin: Address,
        /// The address that the archive names; equal to `origin` where there is no proxy.
        archived: Address,
    },
    /// A picture that the archive brings with the article: in a `data:` address, as a file beside
    /// it, as a part of the same container.
    Resource {
        /// What its bytes are found by during a run.
        id: ResourceId,
        /// Where the same picture is on the web, where the article's address tells.
        address: Option<Address>,
    },
}

impl ImageSource {
    /// The picture's own address on the web, if it has one.
    pub fn origin(&self) -> Option<&Address> {
        match self {
            ImageSource::Web { origin, .. } => Some(origin),
            ImageSource::Resource { address, .. } => address.as_ref(),
        }
    }

    /// The address that the archive names, if the picture is on the web.
    pub fn archived(&self) -> Option<&Address> {
        match self {
            ImageSource::Web { archived, .. } => Some(archived),
            ImageSource::Resource { address, .. } => address.as_ref(),
        }
    }
}

/// Something that plays or runs elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    /// What it is.
    pub kind: EmbedKind,
    /// Where it plays.
    pub address: Address,
    /// What the page called it; may be empty.
    pub title: CleanText,
    /// Its still picture.
    pub poster: Option<Image>,
}

/// Kinds of embedded things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmbedKind {
    /// A film.
    Video,
    /// A recording.
    Audio,
    /// Part of another page.
    Frame,
}

/// What stands within a line of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Characters.
    Text(CleanText),
    /// Strong importance (`strong`).
    Strong(Vec<Inline>),
    /// Stress (`em`).
    Emphasis(Vec<Inline>),
    /// Text that no longer holds (`s`).
    Struck(Vec<Inline>),
    /// Characters of a program.
    Code(CleanText),
    /// A way to somewhere else.
    Link(Link),
    /// A small picture that belongs into the line.
    Image(Image),
    /// A line break that means something, as in a poem or an address.
    Break,
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// Raised text.
    Superscript(Vec<Inline>),
    /// Text with its pronunciation or gloss.
    Ruby(Ruby),
    /// Text in another language or direction than its surroundings.
    Span(Span),
    /// Words that are set apart for what they are.
    Phrase(Phrase),
    /// A place that a [`Target::Fragment`] of the same article leads to.
    Anchor(AnchorName),
    /// A formula in the line.
    Formula(Formula),
    /// The mark of a note.
    NoteReference(NoteReference),
}

/// A way to somewhere else. Links don't nest.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What the reader sees.
    pub content: Vec<Inline>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another page.
    Address(Address),
    /// An [`Inline::Anchor`] or [`Block::Anchor`] of the same article.
    Fragment(AnchorName),
}

/// Text with its pronunciation or gloss above.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruby {
    /// The text.
    pub base: Vec<Inline>,
    /// The gloss.
    pub annotation: Vec<Inline>,
}

/// Text in another language or direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The language, if the page names it.
    pub language: Option<Language>,
    /// The direction, if the page names it.
    pub direction: Option<Direction>,
    /// The text.
    pub content: Vec<Inline>,
}

/// The direction in which a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn html(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// The text of a line without its markup; breaks become line feeds, images nothing. The text of a
/// line that is nothing but characters is borrowed.
pub fn plain_text(inlines: &[Inline]) -> Cow<'_, str> {
    match inlines {
        [] => Cow::Borrowed(""),
        [Inline::Text(text)] => Cow::Borrowed(text.as_str()),
        _ => {
            let mut text = String::new();
            push_inline_text(inlines, &mut text);
            Cow::Owned(text)
        }
    }
}

/// Whether a line has no characters that a reader sees: its [`plain_text`] is blank.
pub fn says_nothing(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.trim_start().is_empty(),
        Inline::Formula(_) => false,
        other => other.children().all(says_nothing),
    })
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

impl Inline {
    /// The lists of inlines inside this one: a ruby has two, its base and its annotation.
    pub fn children(&self) -> impl Iterator<Item = &[Inline]> {
        let (first, second) = match self {
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Struck(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content) => (Some(content), None),
            Inline::Link(link) => (Some(&link.content), None),
            Inline::NoteReference(mark) => (Some(&mark.content), None),
            Inline::Ruby(ruby) => (Some(&ruby.base), Some(&ruby.annotation)),
            Inline::Span(span) => (Some(&span.content), None),
            Inline::Phrase(phrase) => (Some(&phrase.content), None),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Break
            | Inline::Formula(_)
            | Inline::Anchor(_) => (None, None),
        };
        first.into_iter().chain(second).map(Vec::as_slice)
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

fn line_depth_within(inlines: &[Inline], left: usize) -> bool {
    inlines.is_empty()
        || left > 0
            && inlines
                .iter()
                .flat_map(Inline::children)
                .all(|group| line_depth_within(group, left - 1))
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

fn collect_line_images<'body>(inlines: &'body [Inline], images: &mut Vec<&'body Image>) {
    for inline in inlines {
        if let Inline::Image(image) = inline {
            images.push(image);
        }
        for group in inline.children() {
            collect_line_images(group, images);
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

fn push_inline_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(characters) | Inline::Code(characters) => text.push_str(characters),
            Inline::Break => text.push('\n'),
            Inline::Formula(formula) => text.push_str(&formula.linear()),
            Inline::Image(_) | Inline::Anchor(_) => {}
            other => {
                for group in other.children() {
                    push_inline_text(group, text);
                }
            }
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
