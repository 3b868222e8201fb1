//! A tree that is nested too deep becomes a shallower one: nothing of it is lost but its nesting.

use super::note::{Note, NoteReference};
use crate::model::{Block, Figure, Heading, Inline, LanguageSpan, Link, Ruby};
use crate::model::{Captioned, Cell, Definition, List, ListItem, Phrase, Table, TextBox};

/// The levels that a paragraph of plain text takes: its own, and that of its text.
const PARAGRAPH: usize = 2;

/// Blocks nested no deeper than `left` levels. Where a quotation, a list or a table has no room for
/// paragraphs, what it holds takes its place; where a format of a line has none, its text does.
/// `left` is at least [`PARAGRAPH`].
pub(super) fn flattened(blocks: Vec<Block>, left: usize) -> Vec<Block> {
    let mut flat = Vec::with_capacity(blocks.len());
    for block in blocks {
        let is_group = matches!(
            block,
            Block::Quote(_)
                | Block::List(_)
                | Block::Definitions(_)
                | Block::Table(_)
                | Block::Captioned(_)
                | Block::Note(_)
                | Block::Box(_)
        );
        if is_group && left <= PARAGRAPH {
            flat.extend(flattened(unwrapped(block), left));
        } else {
            flat.push(shallower(block, left - 1));
        }
    }
    flat
}

/// What a block of blocks holds, in reading order.
fn unwrapped(block: Block) -> Vec<Block> {
    match block {
        Block::Quote(blocks) => blocks,
        Block::Note(note) => note.unwrapped(),
        Block::Box(TextBox { title, content, .. }) => {
            let title = Some(title).filter(|title| !title.is_empty());
            title
                .map(Block::Paragraph)
                .into_iter()
                .chain(content)
                .collect()
        }
        Block::List(list) => list
            .items
            .into_iter()
            .flat_map(|item| item.content)
            .collect(),
        Block::Definitions(definitions) => definitions
            .into_iter()
            .flat_map(|definition| definition.terms.into_iter().chain(definition.details))
            .flatten()
            .collect(),
        Block::Captioned(Captioned {
            mut blocks,
            caption,
        }) => {
            let caption = Some(caption).filter(|caption| !caption.is_empty());
            blocks.extend(caption.map(Block::Paragraph));
            blocks
        }
        Block::Table(table) => {
            let caption = Some(table.caption).filter(|caption| !caption.is_empty());
            let cells = table.rows.into_iter().flatten();
            let content = cells.flat_map(|cell| cell.content);
            let caption = caption.map(Block::Paragraph);
            caption.into_iter().chain(content).collect()
        }
        other => vec![other],
    }
}

/// The block with what is in it nested no deeper than `left` levels.
fn shallower(block: Block, left: usize) -> Block {
    match block {
        Block::Paragraph(content) => Block::Paragraph(line(content, left)),
        Block::Heading(heading) => Block::Heading(Heading {
            content: line(heading.content, left),
            ..heading
        }),
        Block::Figure(figure) => Block::Figure(Figure {
            caption: line(figure.caption, left),
            ..figure
        }),
        Block::Captioned(captioned) => Block::Captioned(Captioned {
            blocks: flattened(captioned.blocks, left),
            caption: line(captioned.caption, left),
        }),
        Block::Quote(blocks) => Block::Quote(flattened(blocks, left)),
        Block::Note(note) => Block::Note(Note {
            content: flattened(note.content, left),
            ..note
        }),
        Block::Box(text_box) => Block::Box(TextBox {
            title: line(text_box.title, left),
            content: flattened(text_box.content, left),
            ..text_box
        }),
        Block::List(list) => Block::List(List {
            items: items(list.items, left),
            ..list
        }),
        Block::Definitions(groups) => Block::Definitions(definitions(groups, left)),
        Block::Table(table) => Block::Table(Table {
            caption: line(table.caption, left),
            rows: table.rows.into_iter().map(|row| cells(row, left)).collect(),
            ..table
        }),
        Block::Code(_) | Block::Rule | Block::Embed(_) | Block::Formula(_) | Block::Anchor(_) => {
            block
        }
    }
}

fn items(items: Vec<ListItem>, left: usize) -> Vec<ListItem> {
    let shallower = |item: ListItem| ListItem {
        content: flattened(item.content, left),
        ..item
    };
    items.into_iter().map(shallower).collect()
}

fn definitions(mut definitions: Vec<Definition>, left: usize) -> Vec<Definition> {
    for group in definitions.iter_mut().flat_map(Definition::groups_mut) {
        *group = flattened(std::mem::take(group), left);
    }
    definitions
}

fn cells(row: Vec<Cell>, left: usize) -> Vec<Cell> {
    let shallower = |cell: Cell| Cell {
        content: flattened(cell.content, left),
        ..cell
    };
    row.into_iter().map(shallower).collect()
}

/// A line whose formats nest no deeper than `left` levels, the text's own included.
fn line(inlines: Vec<Inline>, left: usize) -> Vec<Inline> {
    let mut flat = Vec::with_capacity(inlines.len());
    for inline in inlines {
        if inline.children().next().is_some() && left < 2 {
            bare(inline, &mut flat);
        } else {
            flat.push(within(inline, left - 1));
        }
    }
    flat
}

/// A format with what is in it nested no deeper than `left` levels.
fn within(inline: Inline, left: usize) -> Inline {
    let inner = |content| line(content, left);
    match inline {
        Inline::Strong(content) => Inline::Strong(inner(content)),
        Inline::Emphasis(content) => Inline::Emphasis(inner(content)),
        Inline::Struck(content) => Inline::Struck(inner(content)),
        Inline::Subscript(content) => Inline::Subscript(inner(content)),
        Inline::Superscript(content) => Inline::Superscript(inner(content)),
        Inline::Link(link) => Inline::Link(Link {
            content: inner(link.content),
            ..link
        }),
        Inline::NoteReference(mark) => Inline::NoteReference(NoteReference {
            content: inner(mark.content),
            ..mark
        }),
        Inline::Ruby(ruby) => Inline::Ruby(Ruby {
            base: inner(ruby.base),
            annotation: inner(ruby.annotation),
        }),
        Inline::Span(span) => Inline::Span(LanguageSpan {
            content: inner(span.content),
            ..span
        }),
        Inline::Phrase(phrase) => Inline::Phrase(Phrase {
            content: inner(phrase.content),
            ..phrase
        }),
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::Break
        | Inline::Formula(_)
        | Inline::Anchor(_) => inline,
    }
}

/// What a format holds, without any format: texts, pictures, breaks and places.
fn bare(inline: Inline, flat: &mut Vec<Inline>) {
    let groups: Vec<&[Inline]> = inline.children().collect();
    if groups.is_empty() {
        flat.push(inline);
        return;
    }
    for inner in groups.into_iter().flatten() {
        bare(inner.clone(), flat);
    }
}
