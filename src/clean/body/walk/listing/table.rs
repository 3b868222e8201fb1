//! Tables that show code: a row for a line, or one for all of them, with numbers in a column.

use super::gutter::{is_gutter, is_numbers};
use crate::clean::body::parse::tree::{
    NodeRef, classes, element_of, has_style, traverse, visible_text,
};

/// Classes of a cell that holds code.
const CELLS: [&str; 10] = [
    "code",
    "blob-code",
    "blob-code-inner",
    "hljs-ln-code",
    "crayon-code",
    "lines-code",
    "rouge-code",
    "code-cell",
    "line-code",
    "line_content",
];

/// What a cell says of its table.
#[derive(PartialEq, Eq)]
enum Cell {
    /// Code, by its class or its markup.
    Code,
    /// Nothing but code, as many tables have it: only numbers beside it make it a line.
    Bare,
    /// Numbers of lines, or nothing.
    Gutter,
    Other,
}

/// Whether a table is one listing: every row has code in one of its cells, and numbers in the others.
pub(super) fn is_code(table: NodeRef<'_>) -> bool {
    let mut found = false;
    let mut in_row = 0usize;
    let (mut rows, mut number) = (0usize, None);
    for (node, opens) in traverse(table) {
        let Some(element) = element_of(&node) else {
            continue;
        };
        match (element.name(), opens) {
            ("tr", true) => {
                in_row = 0;
                rows += 1;
                number = None;
            }
            ("td" | "th", true) => match cell(node) {
                kind @ (Cell::Code | Cell::Bare) => {
                    in_row += 1;
                    found = true;
                    if in_row > 1 || (kind == Cell::Bare && number != Some(rows)) {
                        return false;
                    }
                }
                Cell::Gutter => number = visible_text(node).trim().parse().ok(),
                Cell::Other => return false,
            },
            ("caption", true) => return false,
            _ => {}
        }
    }
    found
}

fn cell(node: NodeRef<'_>) -> Cell {
    let Some(element) = element_of(&node) else {
        return Cell::Other;
    };
    let is_named = |class: &str| CELLS.iter().any(|known| class.eq_ignore_ascii_case(known));
    let named = classes(element).any(is_named) && !holds_blocks(node);
    if !named && (is_gutter(element, node) || is_numbers(node)) {
        return Cell::Gutter;
    }
    let markup = node
        .children()
        .filter_map(|child| match element_of(&child) {
            Some(element) => Some(matches!(element.name(), "pre" | "code" | "table" | "div")),
            None => child
                .value()
                .as_text()
                .filter(|text| !text.trim().is_empty())
                .map(|_| false),
        });
    let mut markup = markup.peekable();
    let only_code = markup.peek().is_some() && markup.all(|is_code| is_code);
    let holds_code = || {
        node.descendants().any(|inside| {
            element_of(&inside).is_some_and(|element| matches!(element.name(), "pre" | "code"))
        })
    };
    // A cell of code that a style sheet alone makes one has a class, or numbers beside it.
    let styled = has_style(element, "white-space", &["pre"]);
    if named || styled || (only_code && has_preformatted(node) && holds_code()) {
        Cell::Code
    } else if only_code && holds_code() && !holds_blocks(node) {
        Cell::Bare
    } else {
        Cell::Other
    }
}

/// Whether a cell holds what no code holds.
fn holds_blocks(node: NodeRef<'_>) -> bool {
    node.descendants().skip(1).any(|inside| {
        element_of(&inside).is_some_and(|element| {
            matches!(
                element.name(),
                "h1" | "h2" | "h3" | "h4" | "p" | "img" | "figure" | "blockquote" | "ul"
            )
        })
    })
}

fn has_preformatted(node: NodeRef<'_>) -> bool {
    node.descendants().any(|inside| {
        element_of(&inside).is_some_and(|element| {
            element.name() == "pre"
                || (super::is_code(element) && super::is_block_of_code(element, inside))
        })
    })
}
