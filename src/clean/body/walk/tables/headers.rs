//! The headers that cells name by their ids: the scopes of those say the same, else the cells keep their
//! names.

use crate::clean::body::parse::tree::{Element, attribute};
use crate::model::{CellPlace, Scope, Table};
use std::collections::HashMap;

/// The most cells of a table whose headers are looked up: each is held against each header.
const MOST_CELLS: usize = 1_000;

/// The most headers of a cell.
const MOST_HEADERS: usize = 16;

/// What a cell is called, and the headers that it names.
#[derive(Debug, Default)]
pub(super) struct Names {
    id: Option<String>,
    headers: Vec<String>,
}

impl Names {
    pub fn of(element: &Element) -> Self {
        let headers = attribute(element, "headers").unwrap_or_default();
        Names {
            id: attribute(element, "id").map(str::to_owned),
            headers: headers
                .split_ascii_whitespace()
                .take(MOST_HEADERS)
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// Where a cell stands: its rows and columns.
struct Area {
    place: CellPlace,
    rows: (usize, usize),
    columns: (usize, usize),
    /// What it heads, if it is a header.
    scope: Option<Scope>,
    /// The headers that it names, in order.
    named: Vec<CellPlace>,
}

/// Gives cells the headers that they name, row by row, where the scopes of those do not tell; a header that
/// says no scope gets the one that its cells show.
pub(super) fn settle(table: &mut Table, names: &[Vec<Names>]) {
    let names_any = names.iter().flatten().any(|cell| !cell.headers.is_empty());
    if !names_any || table.rows.iter().map(Vec::len).sum::<usize>() > MOST_CELLS {
        return;
    }
    let mut areas = areas(table);
    let ids = ids(table, names);
    for area in &mut areas {
        let own = name_of(names, area.place).map_or(&[][..], |cell| &cell.headers);
        for place in own.iter().filter_map(|id| ids.get(id.as_str())) {
            if *place != area.place && !area.named.contains(place) {
                area.named.push(*place);
            }
        }
    }
    if !all_told(&areas) {
        let said: Vec<Option<Scope>> = areas.iter().map(|area| area.scope).collect();
        show_scopes(table, &mut areas);
        if all_told(&areas) {
            for area in &areas {
                if let Some(cell) = table.cell_mut(area.place) {
                    cell.scope = area.scope;
                }
            }
            return;
        }
        for (area, scope) in areas.iter_mut().zip(said) {
            area.scope = scope;
        }
    }
    let untold: Vec<_> = areas.iter().filter(|area| !told(area, &areas)).collect();
    for area in untold {
        if let Some(cell) = table.cell_mut(area.place) {
            cell.headers.clone_from(&area.named);
        }
    }
}

fn name_of(names: &[Vec<Names>], place: CellPlace) -> Option<&Names> {
    names.get(place.row)?.get(place.number)
}

/// The headers that have ids; the first of each id counts.
fn ids<'names>(table: &Table, names: &'names [Vec<Names>]) -> HashMap<&'names str, CellPlace> {
    let mut ids = HashMap::new();
    for (place, _) in table.cells().filter(|(_, cell)| cell.header) {
        if let Some(id) = name_of(names, place).and_then(|names| names.id.as_deref()) {
            ids.entry(id).or_insert(place);
        }
    }
    ids
}

/// Where all cells stand, those that reach down from above taken into account.
fn areas(table: &Table) -> Vec<Area> {
    let mut areas = Vec::new();
    // For each column, the first row that is free in it.
    let mut free: Vec<usize> = Vec::new();
    let mut row = 0;
    for group in table.row_groups() {
        for cells in table.rows.iter().skip(row).take(group.rows) {
            let mut column = 0;
            for (number, cell) in cells.iter().enumerate() {
                while free.get(column).is_some_and(|below| *below > row) {
                    column += 1;
                }
                let end = column + usize::from(cell.columns.max(1));
                let bottom = row + usize::from(cell.rows.max(1));
                free.resize(free.len().max(end), 0);
                if let Some(below) = free.get_mut(column..end) {
                    below.fill(bottom);
                }
                let usual = Scope::usual(group.part);
                areas.push(Area {
                    place: CellPlace { row, number },
                    rows: (row, bottom),
                    columns: (column, end),
                    scope: cell.header.then_some(cell.scope.unwrap_or(usual)),
                    named: Vec::new(),
                });
                column = end;
            }
            row += 1;
        }
    }
    areas
}

fn overlap(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Whether a cell stands in the rows, or below in the columns, of another.
fn stands(cell: &Area, header: &Area, scope: Scope) -> bool {
    match scope {
        Scope::Column | Scope::ColumnGroup => {
            overlap(cell.columns, header.columns) && header.rows.1 <= cell.rows.0
        }
        Scope::Row | Scope::RowGroup => {
            overlap(cell.rows, header.rows) && header.columns.1 <= cell.columns.0
        }
    }
}

/// Whether the scopes of the headers tell the headers that a cell names.
fn told(cell: &Area, areas: &[Area]) -> bool {
    let heads = |header: &&Area| {
        header
            .scope
            .is_some_and(|scope| stands(cell, header, scope))
    };
    cell.named.is_empty() || {
        let mut told = areas.iter().filter(heads);
        let count = areas.iter().filter(heads).count();
        count == cell.named.len() && told.all(|header| cell.named.contains(&header.place))
    }
}

fn all_told(areas: &[Area]) -> bool {
    areas.iter().all(|area| told(area, areas))
}

/// Gives each header that says no scope the one that the cells show which name it.
fn show_scopes(table: &Table, areas: &mut [Area]) {
    for index in 0..areas.len() {
        let Some(header) = areas.get(index).filter(|area| area.scope.is_some()) else {
            continue;
        };
        let says = table
            .cell(header.place)
            .is_some_and(|cell| cell.scope.is_some());
        let heads = |scope: Scope| {
            let mut naming = areas
                .iter()
                .filter(|cell| cell.named.contains(&header.place))
                .peekable();
            naming.peek().is_some() && naming.all(|cell| stands(cell, header, scope))
        };
        let shown = [Scope::Column, Scope::Row]
            .into_iter()
            .find(|it| heads(*it));
        if let (false, Some(scope), Some(header)) = (says, shown, areas.get_mut(index)) {
            header.scope = Some(scope);
        }
    }
}
