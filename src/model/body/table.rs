//! Tables: their rows, in groups, and what the cells say of themselves.

use crate::model::{Block, Direction, Inline};

/// A table of data. Layout tables never get here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the table shows.
    pub caption: Vec<Inline>,
    /// The rows, from the top.
    pub rows: Vec<Vec<Cell>>,
    /// The groups of rows, from the top, where the rows alone do not tell them: see
    /// [`Table::groups`].
    pub groups: Vec<RowGroup>,
    /// The direction in which its columns run, if the page names it.
    pub direction: Option<Direction>,
}

/// Rows that belong together: no cell reaches out of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// What they are.
    pub part: TablePart,
    /// How many they are.
    pub rows: usize,
}

/// Parts of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TablePart {
    /// Rows that name the columns.
    Head,
    /// Rows of data.
    Body,
    /// Rows that sum up.
    Foot,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Whether it names a row or a column.
    pub header: bool,
    /// Columns it spans, at least 1.
    pub columns: u16,
    /// Rows it spans, at least 1.
    pub rows: u16,
    /// Where its text stands, if not where that of its neighbours does.
    pub alignment: Option<Alignment>,
    /// What a header heads, where that is not the column in a head and the row elsewhere.
    pub scope: Option<Scope>,
    /// The headers that the page names for it, where the place and the scope of those do not tell.
    pub headers: Vec<CellPlace>,
    /// What it holds.
    pub content: Vec<Block>,
}

impl Default for Cell {
    fn default() -> Self {
        Cell {
            header: false,
            columns: 1,
            rows: 1,
            alignment: None,
            scope: None,
            headers: Vec::new(),
            content: Vec::new(),
        }
    }
}

/// Where a cell stands in its table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellPlace {
    /// The number of its row, from 0.
    pub row: usize,
    /// Its number among the cells of the row, from 0.
    pub number: usize,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

impl Alignment {
    /// The value of the property `text-align`.
    pub fn css(self) -> &'static str {
        match self {
            Alignment::Left => "left",
            Alignment::Center => "center",
            Alignment::Right => "right",
        }
    }
}

/// What a header heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The cells below it.
    Column,
    /// The cells beside it.
    Row,
    /// Several columns.
    ColumnGroup,
    /// All rows of its group.
    RowGroup,
}

impl Scope {
    /// The value of the attribute `scope`.
    pub fn html(self) -> &'static str {
        match self {
            Scope::Column => "col",
            Scope::Row => "row",
            Scope::ColumnGroup => "colgroup",
            Scope::RowGroup => "rowgroup",
        }
    }

    /// What a header heads that does not say it.
    pub fn usual(part: TablePart) -> Self {
        match part {
            TablePart::Head => Scope::Column,
            TablePart::Body | TablePart::Foot => Scope::Row,
        }
    }
}

impl Table {
    /// The cell at a place.
    pub fn cell(&self, place: CellPlace) -> Option<&Cell> {
        self.rows.get(place.row)?.get(place.number)
    }

    /// The cell at a place, to be changed.
    pub fn cell_mut(&mut self, place: CellPlace) -> Option<&mut Cell> {
        self.rows.get_mut(place.row)?.get_mut(place.number)
    }

    /// All cells, with their places.
    pub fn cells(&self) -> impl Iterator<Item = (CellPlace, &Cell)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(row, cells)| {
            let cells = cells.iter().enumerate();
            cells.map(move |(number, cell)| (CellPlace { row, number }, cell))
        })
    }

    /// The groups that the rows are in, no more of them and all of them; as [`Table::groups`] has them,
    /// else first rows of headers only are the head.
    pub fn row_groups(&self) -> Vec<RowGroup> {
        let mut left = self.rows.len();
        let mut groups = Vec::with_capacity(self.groups.len() + 2);
        let told = self.groups.iter().copied();
        let head = self.head_rows();
        let guessed = RowGroup {
            part: TablePart::Head,
            rows: head,
        };
        let guessed = (self.groups.is_empty() && head > 0).then_some(guessed);
        for group in told.chain(guessed) {
            let rows = group.rows.min(left);
            left -= rows;
            // A head stands first, and a foot last.
            let part = match group.part {
                TablePart::Head if !groups.is_empty() => TablePart::Body,
                TablePart::Foot if left > 0 => TablePart::Body,
                part => part,
            };
            if rows > 0 {
                groups.push(RowGroup { part, rows });
            }
        }
        if left > 0 {
            groups.push(RowGroup {
                part: TablePart::Body,
                rows: left,
            });
        }
        groups
    }

    /// How many first rows hold headers only, with rows of data below them that they do not reach into.
    fn head_rows(&self) -> usize {
        let is_head = |row: &&Vec<Cell>| row.iter().all(|cell| cell.header);
        let mut count = self.rows.iter().take_while(is_head).count();
        if count == self.rows.len() {
            count = count.saturating_sub(1).min(1);
        }
        let fits = |count: usize| {
            self.rows
                .iter()
                .take(count)
                .enumerate()
                .all(|(row, cells)| {
                    cells
                        .iter()
                        .all(|cell| row + usize::from(cell.rows.max(1)) <= count)
                })
        };
        (0..=count).rev().find(|&count| fits(count)).unwrap_or(0)
    }

    /// How many columns its widest row has; cells that reach down from above are not counted.
    pub fn width(&self) -> usize {
        let widths = self.rows.iter().map(|row| {
            let columns = row.iter().map(|cell| usize::from(cell.columns.max(1)));
            columns.sum::<usize>()
        });
        widths.max().unwrap_or(0)
    }
}
