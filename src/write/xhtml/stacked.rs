//! Wide tables for narrow pages: each cell names its column, so that a style sheet can set a row as a
//! card where the page has no room for a line.

use super::without_text;
use crate::model::{Block, Cell, Table, TablePart, plain_text};

/// The longest name of a column that is repeated in each cell.
const LONGEST: usize = 60;

/// The names of a table's columns, if each has one and each cell stands in one column and one row:
/// only then a cell alone says what it said in its place.
pub(super) fn column_names(table: &Table) -> Option<Vec<String>> {
    let mut groups = table.row_groups().into_iter();
    let first = groups.next()?;
    let headed = first.part == TablePart::Head && first.rows == 1;
    let bodies = groups.all(|group| group.part != TablePart::Head);
    let (head, rows) = table.rows.split_first()?;
    let plain = |row: &Vec<Cell>| {
        row.len() == head.len() && row.iter().all(|cell| cell.columns == 1 && cell.rows <= 1)
    };
    if !headed || !bodies || !plain(head) || !rows.iter().all(plain) {
        return None;
    }
    let names: Option<Vec<String>> = head.iter().map(name).collect();
    // The corner above the names of rows is often empty.
    names.filter(|names| names.iter().skip(1).all(|name| !name.is_empty()))
}

/// What a cell of the head says, if that is a short line or nothing.
fn name(cell: &Cell) -> Option<String> {
    let line = match cell.content.as_slice() {
        [] => return Some(String::new()),
        [Block::Paragraph(line)] => line,
        _ => return None,
    };
    let words = plain_text(line).trim().to_owned();
    let shown = !without_text(line) || line.is_empty();
    (shown && words.chars().count() <= LONGEST).then_some(words)
}
