//! Tables: of data, or of layout, which is none.

mod headers;

use crate::clean::body::parse::tree::{Element, attribute, classes, has_style};
use crate::clean::body::walk::draft::{self, Draft as BlockDraft};
use crate::model::{
    Alignment, Block, Cell, Direction, Inline, RowGroup, Scope, Table, TablePart, plain_text,
};
use headers::Names;

/// The largest number of columns or rows that a cell may span.
const MAXIMUM_SPAN: u16 = 1_000;

/// How much text a cell of a data table may hold, in characters.
const MAXIMUM_CELL: usize = 1_500;

/// A table in the making.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Draft {
    pub caption: Vec<Inline>,
    pub rows: Vec<Row>,
    /// The groups of rows that were met; a row without one is in the first.
    pub groups: Vec<TablePart>,
    pub direction: Option<Direction>,
    /// Whether the page says that it is there for layout.
    pub presentation: bool,
}

/// A row, with the number of its group.
#[derive(Debug)]
pub(in crate::clean::body) struct Row {
    group: usize,
    cells: Vec<CellDraft>,
}

/// A cell in the making.
#[derive(Debug)]
pub(in crate::clean::body) struct CellDraft {
    pub header: bool,
    columns: u16,
    rows: u16,
    alignment: Option<Alignment>,
    scope: Option<Scope>,
    names: Names,
    pub content: Vec<BlockDraft>,
}

impl CellDraft {
    /// A cell with its spans as the page writes them. One that spans 0 rows spans all of its group.
    pub fn of(element: &Element) -> Self {
        let rows = attribute(element, "rowspan");
        let all = rows.is_some_and(|rows| rows.trim() == "0");
        CellDraft {
            header: element.name() == "th",
            columns: span(attribute(element, "colspan")),
            rows: if all { MAXIMUM_SPAN } else { span(rows) },
            alignment: alignment(element),
            scope: scope(element),
            names: Names::of(element),
            content: Vec::new(),
        }
    }
}

fn span(value: Option<&str>) -> u16 {
    let number = value.and_then(|value| value.trim().parse::<u16>().ok());
    number.unwrap_or(1).clamp(1, MAXIMUM_SPAN)
}

/// Where the page sets the text of a cell, if not at the left.
fn alignment(element: &Element) -> Option<Alignment> {
    let is = |value: &str| {
        attribute(element, "align").is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
            || has_style(element, "text-align", &[value])
            || classes(element).any(|class| {
                let end = class.strip_suffix(value);
                end.is_some_and(|start| {
                    matches!(start, "has-text-align-" | "text-" | "align-" | "halign-")
                })
            })
    };
    if is("right") {
        Some(Alignment::Right)
    } else if is("center") {
        Some(Alignment::Center)
    } else {
        (element.name() == "th" && is("left")).then_some(Alignment::Left)
    }
}

fn scope(element: &Element) -> Option<Scope> {
    let scope = attribute(element, "scope")?.trim().to_ascii_lowercase();
    match scope.as_str() {
        "col" | "column" => Some(Scope::Column),
        "row" => Some(Scope::Row),
        "colgroup" => Some(Scope::ColumnGroup),
        "rowgroup" => Some(Scope::RowGroup),
        _ => None,
    }
}

impl Draft {
    /// Begins a group of rows, if an element is one.
    pub fn begin_group(&mut self, element: &str) {
        let part = match element {
            // Only the first group names the columns: later ones stand where they stand.
            "thead" if self.groups.is_empty() && self.rows.is_empty() => TablePart::Head,
            "thead" | "tbody" => TablePart::Body,
            "tfoot" => TablePart::Foot,
            _ => return,
        };
        self.groups.push(part);
    }

    /// Adds a row. A cell without words heads nothing.
    pub fn push_row(&mut self, mut cells: Vec<CellDraft>) {
        for cell in &mut cells {
            cell.header &= cell.content.iter().any(|draft| has_words(&draft.block));
        }
        if self.groups.is_empty() {
            self.groups.push(TablePart::Body);
        }
        if !cells.is_empty() {
            let group = self.groups.len() - 1;
            self.rows.push(Row { group, cells });
        }
    }

    fn part(&self, row: &Row) -> TablePart {
        self.groups
            .get(row.group)
            .copied()
            .unwrap_or(TablePart::Body)
    }

    /// The table, or what is in it where it only lays out other things.
    pub fn finish(mut self) -> Vec<BlockDraft> {
        let blank = |row: &Row| row.cells.iter().all(|cell| cell.content.is_empty());
        if self.rows.iter().all(blank) {
            return caption_paragraph(self.caption);
        }
        // A foot may be written before what it sums up.
        let (foot, rows): (Vec<Row>, Vec<Row>) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|row| self.part(row) == TablePart::Foot);
        self.rows = rows.into_iter().chain(foot).collect();
        self.bound_spans();
        self.set_scopes();
        let spanned = self.cells().any(|cell| cell.rows > 1);
        self.rows.retain(|row| spanned || !blank(row));
        if self.is_layout() {
            let mut drafts = caption_paragraph(self.caption);
            let cells = self.rows.into_iter().flat_map(|row| row.cells);
            drafts.extend(cells.flat_map(|cell| cell.content));
            return drafts;
        }
        vec![BlockDraft::plain(Block::Table(self.table()))]
    }

    fn table(mut self) -> Table {
        let groups = self.row_groups();
        let names: Vec<Vec<Names>> = self.rows.iter_mut().map(take_names).collect();
        let rows = self.rows.into_iter();
        let mut table = Table {
            caption: self.caption,
            rows: rows
                .map(|row| row.cells.into_iter().map(cell).collect())
                .collect(),
            groups: Vec::new(),
            direction: self.direction,
        };
        let groups = with_head(groups, &table);
        if table.row_groups() != groups {
            table.groups = groups;
        }
        headers::settle(&mut table, &names);
        let groups_of_table = table.row_groups();
        let mut rows = table.rows.iter_mut();
        for group in groups_of_table {
            for cell in rows.by_ref().take(group.rows).flatten() {
                let usual = Scope::usual(group.part);
                cell.scope = cell.scope.filter(|scope| cell.header && *scope != usual);
            }
        }
        table
    }

    fn cells(&self) -> impl Iterator<Item = &CellDraft> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// The groups with the number of their rows.
    fn row_groups(&self) -> Vec<RowGroup> {
        let mut groups: Vec<(usize, RowGroup)> = Vec::new();
        for row in &self.rows {
            match groups.last_mut() {
                Some((number, group)) if *number == row.group => group.rows += 1,
                _ => {
                    let part = self.part(row);
                    groups.push((row.group, RowGroup { part, rows: 1 }));
                }
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// No cell reaches below the last row of its group, nor one alone in its row beyond the others.
    fn bound_spans(&mut self) {
        let width = self.width();
        let mut below = 0u16;
        let mut group = None;
        for row in self.rows.iter_mut().rev() {
            below = if group == Some(row.group) {
                below.saturating_add(1)
            } else {
                1
            };
            group = Some(row.group);
            let is_alone = row.cells.len() == 1;
            for cell in &mut row.cells {
                cell.rows = cell.rows.min(below);
                if is_alone && width > 0 {
                    cell.columns = cell.columns.min(width);
                }
            }
        }
    }

    /// A header alone in its row, over all columns, heads what is below it: nothing stands beside it.
    fn set_scopes(&mut self) {
        let width = self.width();
        for row in self.rows.iter_mut().filter(|row| row.cells.len() == 1) {
            for cell in row.cells.iter_mut().filter(|cell| cell.header) {
                let heads_row = matches!(cell.scope, None | Some(Scope::Row));
                if heads_row && width > 1 && cell.columns >= width {
                    cell.scope = Some(Scope::Column);
                }
            }
        }
    }

    /// The most columns that rows of several cells take, those that reach down included; 0 if there are none.
    fn width(&self) -> u16 {
        let mut reaching: Vec<(u16, u16)> = Vec::new();
        let mut width = 0u16;
        for row in &self.rows {
            let own = row.cells.iter().map(|cell| cell.columns);
            let from_above = reaching.iter().map(|(columns, _)| *columns);
            if row.cells.len() > 1 {
                width = width.max(own.chain(from_above).fold(0, u16::saturating_add));
            }
            reaching.retain_mut(|(_, rows)| {
                *rows -= 1;
                *rows > 0
            });
            let more = row.cells.iter().filter(|cell| cell.rows > 1);
            reaching.extend(more.map(|cell| (cell.columns, cell.rows - 1)));
            // A bound for tables of long cells.
            reaching.truncate(usize::from(MAXIMUM_SPAN));
        }
        width
    }

    fn is_layout(&self) -> bool {
        let cells = || self.cells();
        let header = cells().any(|cell| cell.header) || !self.caption.is_empty();
        let single_column = self.rows.iter().all(|row| row.cells.len() == 1);
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

/// The groups with the head that the rows show, where the page names none: parsers put all rows into a
/// `tbody` that nobody wrote.
fn with_head(mut groups: Vec<RowGroup>, table: &Table) -> Vec<RowGroup> {
    let shown = table.row_groups();
    let (Some(head), Some(first)) = (shown.first(), groups.first_mut()) else {
        return groups;
    };
    let is_shown = head.part == TablePart::Head && first.part == TablePart::Body;
    if is_shown && head.rows <= first.rows {
        first.rows -= head.rows;
        groups.insert(0, *head);
        groups.retain(|group| group.rows > 0);
    }
    groups
}

fn take_names(row: &mut Row) -> Vec<Names> {
    let cells = row.cells.iter_mut();
    cells.map(|cell| std::mem::take(&mut cell.names)).collect()
}

fn cell(cell: CellDraft) -> Cell {
    Cell {
        header: cell.header,
        columns: cell.columns,
        rows: cell.rows,
        alignment: cell.alignment,
        scope: cell.scope,
        headers: Vec::new(),
        content: draft::blocks(cell.content),
    }
}
