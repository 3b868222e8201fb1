//! Tables.

use super::{Serialiser, shows_nothing};
use crate::model::{Block, Captioned, Cell, Definition, Table};

/// The most columns that HTML lets a cell span.
const MOST_COLUMNS: u16 = 1000;

/// Where a cell stands, which decides what its header cells head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Body,
}

impl Serialiser<'_> {
    /// A table whose first row is its head, if that row holds headers only.
    pub(super) fn table(&mut self, table: &Table) {
        let rows: Vec<&[Cell]> = table
            .rows
            .iter()
            .map(Vec::as_slice)
            .filter(|row| !row.is_empty())
            .collect();
        let Some((first, rest)) = rows.split_first() else {
            return self.block(&Block::Paragraph(table.caption.clone()));
        };
        self.out.push_str("<table>\n");
        if !shows_nothing(&table.caption) {
            self.out.push_str("<caption>");
            self.line(&table.caption);
            self.out.push_str("</caption>\n");
        }
        let is_head = !rest.is_empty() && first.iter().all(|cell| cell.header && cell.rows <= 1);
        let body = if is_head {
            self.section("thead", std::slice::from_ref(first), Section::Head);
            rest
        } else {
            rows.as_slice()
        };
        self.section("tbody", body, Section::Body);
        self.out.push_str("</table>\n");
    }

    fn section(&mut self, element: &str, rows: &[&[Cell]], section: Section) {
        self.out.push_str(&format!("<{element}>\n"));
        for (position, row) in rows.iter().enumerate() {
            self.out.push_str("<tr>");
            for cell in *row {
                self.cell(cell, section, rows.len() - position);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// A cell. It spans no more rows than its section has left. A header without text is written
    /// as a data cell, since it would head its column with silence.
    fn cell(&mut self, cell: &Cell, section: Section, rows_left: usize) {
        let header = cell.header && has_text(&cell.content);
        let element = if header { "th" } else { "td" };
        self.out.push_str(&format!("<{element}"));
        if header {
            let scope = if section == Section::Head {
                "col"
            } else {
                "row"
            };
            self.attribute("scope", scope);
        }
        let columns = cell.columns.clamp(1, MOST_COLUMNS);
        let rows = usize::from(cell.rows).clamp(1, rows_left);
        if columns > 1 {
            self.attribute("colspan", &columns.to_string());
        }
        if rows > 1 {
            self.attribute("rowspan", &rows.to_string());
        }
        self.out.push('>');
        if header {
            self.contents(&without_headings(&cell.content));
        } else {
            self.contents(&cell.content);
        }
        self.out.push_str(&format!("</{element}>"));
    }
}

/// HTML allows no headings within a header cell or a term; they become paragraphs.
pub(super) fn without_headings(blocks: &[Block]) -> Vec<Block> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading(heading) => Block::Paragraph(heading.content.clone()),
            Block::Quote(blocks) => Block::Quote(without_headings(blocks)),
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
