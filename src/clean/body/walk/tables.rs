//! Tables: of data, or of layout, which is none.

use crate::clean::body::walk::draft::{self, Draft as BlockDraft};
use crate::model::{Block, Cell, Inline, Table, plain_text};

/// The largest number of columns or rows that a cell may span.
const MAXIMUM_SPAN: u16 = 1_000;

/// How much text a cell of a data table may hold, in characters.
const MAXIMUM_CELL: usize = 1_500;

/// A table in the making.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Draft {
    pub caption: Vec<Inline>,
    pub rows: Vec<Vec<CellDraft>>,
    /// Whether the page says that it is there for layout.
    pub presentation: bool,
}

/// A cell in the making.
#[derive(Debug)]
pub(in crate::clean::body) struct CellDraft {
    pub header: bool,
    pub columns: u16,
    pub rows: u16,
    pub content: Vec<BlockDraft>,
}

impl CellDraft {
    /// A cell with its spans as the page writes them.
    pub fn new(header: bool, columns: Option<&str>, rows: Option<&str>) -> Self {
        CellDraft {
            header,
            columns: span(columns),
            rows: span(rows),
            content: Vec::new(),
        }
    }
}

fn span(value: Option<&str>) -> u16 {
    let number = value.and_then(|value| value.trim().parse::<u16>().ok());
    number.unwrap_or(1).clamp(1, MAXIMUM_SPAN)
}

impl Draft {
    /// Adds a row. A cell without words heads nothing.
    pub fn push_row(&mut self, mut cells: Vec<CellDraft>) {
        for cell in &mut cells {
            cell.header &= cell.content.iter().any(|draft| has_words(&draft.block));
        }
        if !cells.is_empty() {
            self.rows.push(cells);
        }
    }

    /// The table, or what is in it where it only lays out other things.
    pub fn finish(mut self) -> Vec<BlockDraft> {
        let blank = |row: &Vec<CellDraft>| row.iter().all(|cell| cell.content.is_empty());
        if self.rows.iter().all(blank) {
            return caption_paragraph(self.caption);
        }
        let spanned = self.rows.iter().flatten().any(|cell| cell.rows > 1);
        self.rows.retain(|row| spanned || !blank(row));
        if self.is_layout() {
            let mut drafts = caption_paragraph(self.caption);
            drafts.extend(
                self.rows
                    .into_iter()
                    .flatten()
                    .flat_map(|cell| cell.content),
            );
            return drafts;
        }
        let mut rows = self.rows;
        bound_row_spans(&mut rows);
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect();
        vec![BlockDraft::plain(Block::Table(Table {
            caption: self.caption,
            rows,
        }))]
    }

    fn is_layout(&self) -> bool {
        let cells = || self.rows.iter().flatten();
        let header = cells().any(|cell| cell.header) || !self.caption.is_empty();
        let single_column = self.rows.iter().all(|row| row.len() == 1);
        let single_row = self.rows.len() == 1;
        self.presentation || cells().any(is_page_part) || (!header && (single_column || single_row))
    }
}

/// Whether a cell holds what no cell of a data table holds.
fn is_page_part(cell: &CellDraft) -> bool {
    let structure = |draft: &BlockDraft| {
        matches!(
            draft.block,
            Block::Table(_) | Block::Heading(_) | Block::Rule
        )
    };
    cell.content.iter().any(structure) || text_length(cell) > MAXIMUM_CELL
}

fn has_words(block: &Block) -> bool {
    let own = match block {
        Block::Code(code) => !code.is_blank(),
        Block::Embed(_) | Block::Formula(_) => true,
        Block::Figure(figure) => !figure.image.alternative.is_blank(),
        _ => false,
    };
    own || block
        .line()
        .is_some_and(|line| !plain_text(line).trim().is_empty())
        || block.children().into_iter().flatten().any(has_words)
}

fn text_length(cell: &CellDraft) -> usize {
    cell.content
        .iter()
        .filter_map(BlockDraft::paragraph)
        .map(|line| plain_text(line).chars().count())
        .sum()
}

fn caption_paragraph(caption: Vec<Inline>) -> Vec<BlockDraft> {
    if caption.is_empty() {
        Vec::new()
    } else {
        vec![BlockDraft::plain(Block::Paragraph(caption))]
    }
}

/// No cell reaches below the last row.
fn bound_row_spans(rows: &mut [Vec<CellDraft>]) {
    let count = rows.len();
    for (position, row) in rows.iter_mut().enumerate() {
        let left = u16::try_from(count - position).unwrap_or(u16::MAX);
        for cell in row {
            cell.rows = cell.rows.min(left);
        }
    }
}

fn cell(cell: CellDraft) -> Cell {
    Cell {
        header: cell.header,
        columns: cell.columns,
        rows: cell.rows,
        content: draft::blocks(cell.content),
    }
}
