//! Tables as markup, with the scopes of their headers.

use super::stacked::column_names;
use super::{Serialiser, shows_nothing};
use crate::model::{
    AnchorName, Block, Captioned, Cell, CellPlace, Definition, Inline, Scope, Table, TablePart,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The most columns that HTML lets a cell span (HTML Standard, section 4.9.11).
const MOST_COLUMNS: u16 = 1000;

/// From how many columns on a table is set smaller.
const WIDE: usize = 6;

/// The ids of headers, by row and number in the row.
type HeaderIds = BTreeMap<(usize, usize), String>;

/// What the place of a cell in its table makes of it.
struct Written<'table> {
    /// The rows from it to the end of its group.
    rows_left: usize,
    /// The name of its column.
    name: Option<&'table str>,
    id: Option<&'table str>,
    /// The ids of the headers that it names.
    headers: String,
}

impl Serialiser<'_> {
    /// A table with its groups of rows.
    pub(super) fn table(&mut self, table: &Table) {
        if table.rows.iter().all(Vec::is_empty) {
            return self.block(&Block::Paragraph(table.caption.clone()));
        }
        self.out.push_str("<table");
        self.id_attribute();
        let is_wide = self.style.classes && table.width() >= WIDE;
        let names = is_wide.then(|| column_names(table)).flatten();
        if is_wide {
            let class = names.as_ref().map_or("wide", |_| "wide stacked");
            self.attribute("class", class);
        }
        let names = names.unwrap_or_default();
        if let Some(direction) = table.direction {
            self.attribute("dir", direction.html());
        }
        self.out.push_str(">\n");
        if !shows_nothing(&table.caption) {
            self.out.push_str("<caption");
            let caption = self.open_line(&table.caption);
            self.out.push('>');
            self.line(caption);
            self.out.push_str("</caption>\n");
        }
        let ids = self.header_ids(table);
        let mut rows = table.rows.iter().enumerate();
        for group in table.row_groups() {
            let rows: Vec<_> = rows.by_ref().take(group.rows).collect();
            self.row_group(group.part, &rows, &names, &ids);
        }
        self.out.push_str("</table>\n");
    }

    /// Ids for the headers that cells name.
    fn header_ids(&mut self, table: &Table) -> HeaderIds {
        let named = table.cells().flat_map(|(_, cell)| &cell.headers);
        let is_header = |place: &&CellPlace| table.cell(**place).is_some_and(is_header);
        let mut ids = HeaderIds::new();
        for place in named.filter(is_header) {
            let key = (place.row, place.number);
            if ids.contains_key(&key) {
                continue;
            }
            self.headers += 1;
            if let Some(id) = self.new_id(&AnchorName::of_header(self.headers)) {
                ids.insert(key, id);
            }
        }
        ids
    }

    fn row_group(
        &mut self,
        part: TablePart,
        rows: &[(usize, &Vec<Cell>)],
        names: &[String],
        ids: &HeaderIds,
    ) {
        if rows.iter().all(|(_, row)| row.is_empty()) {
            return;
        }
        let element = match part {
            TablePart::Head => "thead",
            TablePart::Body => "tbody",
            TablePart::Foot => "tfoot",
        };
        self.out.push_str(&format!("<{element}>\n"));
        let rows: Vec<_> = rows.iter().filter(|(_, row)| !row.is_empty()).collect();
        for (position, (number, row)) in rows.iter().enumerate() {
            self.out.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let name = names
                    .get(column)
                    .filter(|name| part != TablePart::Head && !name.is_empty());
                let headers = cell.headers.iter();
                let headers: Vec<&str> = headers
                    .filter_map(|place| ids.get(&(place.row, place.number)))
                    .map(String::as_str)
                    .collect();
                let written = Written {
                    rows_left: rows.len() - position,
                    name: name.map(String::as_str),
                    id: ids.get(&(*number, column)).map(String::as_str),
                    headers: headers.join(" "),
                };
                self.cell(cell, part, &written);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// A cell. It spans no more rows than its group has left. A header without text is written
    /// as a data cell, since it would head its column with silence.
    fn cell(&mut self, cell: &Cell, part: TablePart, written: &Written<'_>) {
        let header = is_header(cell);
        let element = if header { "th" } else { "td" };
        self.out.push_str(&format!("<{element}"));
        if let Some(id) = written.id {
            self.attribute("id", id);
        }
        if header {
            let scope = cell.scope.unwrap_or(Scope::usual(part));
            self.attribute("scope", scope.html());
        }
        let columns = cell.columns.clamp(1, MOST_COLUMNS);
        let rows = usize::from(cell.rows).clamp(1, written.rows_left);
        if columns > 1 {
            self.attribute("colspan", &columns.to_string());
        }
        if rows > 1 {
            self.attribute("rowspan", &rows.to_string());
        }
        if let Some(alignment) = cell.alignment {
            self.attribute("style", &format!("text-align: {}", alignment.css()));
        }
        if !written.headers.is_empty() {
            self.attribute("headers", &written.headers);
        }
        if let Some(name) = written.name {
            self.attribute("data-label", name);
        }
        let content = if header {
            Cow::Owned(without_headings(&cell.content))
        } else {
            Cow::Borrowed(&cell.content)
        };
        if written.id.is_some() && begins_with_place(&content) {
            // An element has one id: the place is that of the first thing in the cell.
            self.out.push('>');
            self.blocks(&content);
        } else {
            self.fill(&content);
        }
        self.out.push_str(&format!("</{element}>"));
    }
}

fn is_header(cell: &Cell) -> bool {
    cell.header && has_text(&cell.content)
}

fn begins_with_place(blocks: &[Block]) -> bool {
    match blocks.first() {
        Some(Block::Paragraph(line)) => matches!(line.first(), Some(Inline::Anchor(_))),
        Some(Block::Note(_)) => true,
        _ => false,
    }
}

/// HTML allows no headings and no boxes within a header cell or a term: they become paragraphs and
/// quotations.
pub(super) fn without_headings(blocks: &[Block]) -> Vec<Block> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading(heading) => Block::Paragraph(heading.content.clone()),
            Block::Quote(blocks) => Block::Quote(without_headings(blocks)),
            Block::Box(text_box) => {
                let mut quote = vec![Block::Paragraph(text_box.title.clone())];
                quote.extend(without_headings(&text_box.content));
                Block::Quote(quote)
            }
            Block::Captioned(captioned) => Block::Captioned(Captioned {
                blocks: without_headings(&captioned.blocks),
                caption: captioned.caption.clone(),
            }),
            Block::List(list) => {
                let mut list = list.clone();
                for item in &mut list.items {
                    item.content = without_headings(&item.content);
                }
                Block::List(list)
            }
            Block::Definitions(definitions) => {
                let mut definitions = definitions.clone();
                for group in definitions.iter_mut().flat_map(Definition::groups_mut) {
                    *group = without_headings(group);
                }
                Block::Definitions(definitions)
            }
            Block::Table(table) => {
                let mut table = table.clone();
                for cell in table.rows.iter_mut().flatten() {
                    cell.content = without_headings(&cell.content);
                }
                Block::Table(table)
            }
            Block::Note(note) => {
                let mut note = note.clone();
                note.content = without_headings(&note.content);
                Block::Note(note)
            }
            other => other.clone(),
        })
        .collect()
}

fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        let own = match block {
            Block::Code(code) => !code.is_blank(),
            Block::Embed(_) => true,
            Block::Figure(figure) => !figure.image.alternative.is_blank(),
            _ => false,
        };
        own || block.line().is_some_and(|line| !super::without_text(line))
            || block.children().into_iter().any(has_text)
    })
}
