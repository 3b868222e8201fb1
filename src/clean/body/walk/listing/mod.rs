//! Listings: which elements are one, and where their lines end.
//!
//! Programs that colour code make one of `pre`, of table rows, of list items or of blocks, with
//! numbers beside the lines. All of a listing's markup is code: of an element within one it counts
//! only whether it is a line, and whether it holds nothing but numbers.

pub(in crate::clean::body) mod draft;
mod gutter;
mod label;
mod language;
mod table;

use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, has_style,
};
use crate::clean::body::walk::elements::{is_block, is_image};
use crate::clean::body::walk::line::verse;
pub(in crate::clean::body) use gutter::{is_gutter, is_gutter_beside_code};
use html5ever::ns;
pub(in crate::clean::body) use label::is_label;

/// How long the paragraphs in preformatted text are on average, in bytes, where they are prose.
const PROSE: usize = 80;

/// The most children of an element that are looked at to see what it holds.
const MOST_CHILDREN: usize = 64;

/// Classes of elements that hold the lines of a listing, and nothing else, in no `pre`.
const HOLDERS: [&str; 11] = [
    "syntaxhighlighter",
    "crayon-pre",
    "dp-highlighter",
    "enlighter",
    "react-code-lines",
    "view-lines",
    "ace_text-layer",
    "codemirror-code",
    "cm-content",
    "hljs-ln",
    "linenums",
];

/// Classes of a line.
const LINES: [&str; 12] = [
    "line",
    "cl",
    "code-line",
    "codeline",
    "token-line",
    "crayon-line",
    "view-line",
    "codemirror-line",
    "cm-line",
    "ace_line",
    "hljs-line",
    "react-code-text",
];

/// A listing that an element begins, with what it is written in.
pub(in crate::clean::body) fn of(element: &Element, node: NodeRef<'_>) -> Option<draft::Draft> {
    if element.name.ns != ns!(html) {
        return None;
    }
    let found = match element.name() {
        "pre" | "listing" | "xmp" | "plaintext" => {
            !verse::is_verse(element, node) && !is_prose(node)
        }
        "table" => table::is_code(node),
        "code" => is_block_of_code(element, node),
        "ol" | "ul" => is_holder(element) || classes(element).any(|class| class.starts_with("dp-")),
        "div" | "section" => {
            is_holder(element) || holds_only_code(node) || is_pasted(element, node)
        }
        "p" | "center" | "figure" => holds_only_code(node),
        _ => false,
    };
    found.then(|| {
        draft::Draft::new(keeps_line_ends(element), is_code(element))
            .in_language(language::of(element, node))
    })
}

/// Whether an element is code as editors put it on the clipboard: lines that keep their spaces, in letters
/// that are all as wide.
fn is_pasted(element: &Element, node: NodeRef<'_>) -> bool {
    const FAMILIES: [&str; 5] = ["mono", "consolas", "courier", "menlo", "monaco"];
    let style = Style::of(element);
    let family = style.as_ref().and_then(|style| style.value("font-family"));
    let family = family.unwrap_or_default().to_ascii_lowercase();
    let lines = || {
        node.children()
            .filter_map(|child| element_of(&child).map(Element::name))
    };
    has_style(element, "white-space", &["pre"])
        && FAMILIES.iter().any(|part| family.contains(part))
        && lines().any(|name| name == "div")
        && lines().all(|name| matches!(name, "div" | "br"))
}

/// Classes of what names a listing: `PyMdown`, Sphinx, Docusaurus, Gatsby, rehype, Crayon and others.
const TITLES: [&str; 9] = [
    "filename",
    "code-block-caption",
    "code-title",
    "code-block-title",
    "codeblocktitle",
    "gatsby-code-title",
    "remark-code-title",
    "rehype-code-title",
    "crayon-title",
];

/// Whether an element names the listing that it stands before in the same element.
pub(in crate::clean::body) fn is_title(element: &Element, node: NodeRef<'_>) -> bool {
    is_called_title(element, node) && titled(node).is_some()
}

/// Whether an element holds a listing with its name, and nothing besides. The name is one of its first
/// parts, or of the first cell of a table.
pub(in crate::clean::body) fn is_titled(node: NodeRef<'_>) -> bool {
    const NEAR: usize = 4;
    const CELL: usize = 12;
    let is_table = element_of(&node).is_some_and(|element| element.name() == "table");
    let names = |inside: NodeRef<'_>| {
        element_of(&inside).is_some_and(|element| is_called_title(element, inside))
            && titled(inside).is_some_and(|whole| whole.id() == node.id())
    };
    if is_table {
        node.descendants().skip(1).take(CELL).any(names)
    } else {
        node.children().take(NEAR).any(names)
    }
}

fn is_called_title(element: &Element, node: NodeRef<'_>) -> bool {
    let parent = node.parent();
    let around = parent.as_ref().and_then(element_of);
    let in_block = around.is_some_and(|around| {
        classes(around).any(|class| matches!(class, "listingblock" | "literalblock"))
    });
    classes(element).any(|class| {
        if class == "title" && in_block {
            return true;
        }
        let class = class.to_ascii_lowercase();
        // Docusaurus adds a hash to its classes.
        let plain = class
            .split_once('_')
            .map_or(class.as_str(), |(plain, _)| plain);
        TITLES.contains(&plain)
    })
}

/// The element that holds a name and its listing: the one around the name, or the table that it heads.
fn titled<'tree>(title: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
    let around = title.parent()?;
    let name = element_of(&around).map(Element::name)?;
    let whole = match name {
        "tr" => title
            .ancestors()
            .take(5)
            .find(|outer| element_of(outer).is_some_and(|element| element.name() == "table"))?,
        // The cell is the name.
        "th" | "td" => return titled(around).filter(|_| title.next_sibling().is_none()),
        "div" | "figure" => around,
        _ => return None,
    };
    let listings = whole.descendants().take(MOST_NODES).filter(|inside| {
        element_of(inside)
            .is_some_and(|element| element.name() == "pre" && !gutter::is_numbers(*inside))
    });
    let is_part = |node: &NodeRef<'_>| {
        element_of(node).is_some_and(|it| matches!(it.name(), "p" | "h2" | "h3" | "img" | "ul"))
    };
    let is_only =
        listings.count() == 1 && !whole.descendants().take(MOST_NODES).any(|it| is_part(&it));
    is_only.then_some(whole)
}

/// The most nodes of a listing that are looked at for its name.
const MOST_NODES: usize = 20_000;

fn is_code(element: &Element) -> bool {
    element.name() == "code"
}

/// Whether line ends between the elements of a listing show.
pub(in crate::clean::body) fn keeps_line_ends(element: &Element) -> bool {
    matches!(element.name(), "pre" | "listing" | "xmp" | "plaintext") || keeps_spaces(element)
}

fn keeps_spaces(element: &Element) -> bool {
    has_style(element, "white-space", &["pre"])
}

fn is_holder(element: &Element) -> bool {
    classes(element).any(|class| {
        HOLDERS
            .iter()
            .any(|known| class.eq_ignore_ascii_case(known))
    })
}

/// Whether preformatted text holds what no listing holds.
fn is_prose(node: NodeRef<'_>) -> bool {
    let (mut paragraphs, mut bytes) = (0usize, 0usize);
    for inside in node.descendants().skip(1) {
        let Some(element) = element_of(&inside) else {
            continue;
        };
        let name = element.name();
        let is_page_part = is_image(name)
            || matches!(
                name,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "figure" | "dl"
            )
            || (name == "table" && !table::is_code(inside));
        if is_page_part {
            return true;
        }
        if name == "p" {
            paragraphs += 1;
            let texts = inside
                .descendants()
                .filter_map(|node| node.value().as_text());
            bytes += texts.map(|text| text.trim().len()).sum::<usize>();
        }
    }
    paragraphs > 0 && bytes / paragraphs >= PROSE
}

/// Whether a `code` outside `pre` is a listing: one that stands on its own, or has lines.
fn is_block_of_code(element: &Element, node: NodeRef<'_>) -> bool {
    keeps_spaces(element)
        || has_style(element, "display", &["block", "grid", "flex"])
        || breaks(node).nth(1).is_some()
}

fn breaks<'tree>(node: NodeRef<'tree>) -> impl Iterator<Item = NodeRef<'tree>> {
    let is_break =
        |inside: &NodeRef<'_>| element_of(inside).is_some_and(|element| element.name() == "br");
    node.descendants().filter(is_break)
}

/// Whether an element holds nothing but code, in lines.
fn holds_only_code(node: NodeRef<'_>) -> bool {
    let (mut codes, mut lines, mut inner) = (0usize, 0usize, 0usize);
    for child in node.children() {
        if let Some(text) = child.value().as_text() {
            if !text.trim().is_empty() {
                return false;
            }
            continue;
        }
        let Some(element) = element_of(&child) else {
            continue;
        };
        match element.name() {
            "br" => lines += usize::from(codes > 0),
            "code" => {
                codes += 1;
                let has_lines = breaks(child).next().is_some();
                inner += usize::from(has_lines || is_block_of_code(element, child));
            }
            _ => return false,
        }
    }
    // A break after the only code is the end of its paragraph.
    (codes > 1 && lines > 0) || inner > 0
}

/// Whether an element within a listing is one or more lines of their own; and whether it is one where
/// nothing stands in it.
pub(in crate::clean::body) fn line(element: &Element, node: NodeRef<'_>) -> Option<bool> {
    let named = is_named_line(element);
    match element.name() {
        "li" | "tr" => Some(true),
        // Cells of a row of code stand in its line.
        "td" | "th" => None,
        "code" if is_line_of_pre(node) => Some(true),
        "span" | "code" if named => Some(true),
        "span" | "code" => {
            has_style(element, "display", &["block", "flex", "grid", "table"]).then_some(true)
        }
        name if is_block(name) => Some(named),
        _ => None,
    }
}

/// Whether a line break is a line by itself: it stands between blocks, which are lines.
pub(in crate::clean::body) fn is_line(node: NodeRef<'_>) -> bool {
    let is_block = |node: Option<NodeRef<'_>>| {
        node.as_ref()
            .and_then(element_of)
            .is_some_and(|element| element.name() == "div")
    };
    is_block(node.prev_sibling()) && is_block(node.next_sibling())
}

fn is_named_line(element: &Element) -> bool {
    let is_line = |class: &str| LINES.iter().any(|known| class.eq_ignore_ascii_case(known));
    classes(element).any(is_line) || attribute(element, "data-line").is_some()
}

/// Whether a `code` is one of several in a `pre` that holds nothing besides.
fn is_line_of_pre(node: NodeRef<'_>) -> bool {
    let holds_lines = |element: &Element| {
        keeps_line_ends(element)
            || (matches!(
                element.name(),
                "p" | "div" | "section" | "center" | "figure"
            ) && !is_named_line(element))
    };
    let parent = node.parent();
    let Some(parent) = parent.filter(|parent| element_of(parent).is_some_and(holds_lines)) else {
        return false;
    };
    let other = |child: &NodeRef<'_>| match element_of(child) {
        Some(element) => !matches!(element.name(), "code" | "br"),
        None => child
            .value()
            .as_text()
            .is_some_and(|text| !text.trim().is_empty()),
    };
    let is_code = |child: &NodeRef<'_>| element_of(child).is_some_and(is_code);
    // Where the parent has other content, the first child that is so ends the search.
    let first = || parent.children().take(MOST_CHILDREN);
    !first().any(|child| other(&child)) && first().filter(is_code).nth(1).is_some()
}

/// Whether white space in a listing stands only between the elements of its markup.
pub(in crate::clean::body) fn is_between(
    text: &str,
    node: NodeRef<'_>,
    keeps_line_ends: bool,
) -> bool {
    if !text
        .trim_matches([' ', '\t', '\n', '\r', '\u{c}'])
        .is_empty()
    {
        return false;
    }
    let parent = node.parent();
    let holder = parent.as_ref().and_then(element_of).is_some_and(|element| {
        matches!(
            element.name(),
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "ol" | "ul"
        )
    });
    holder || (!keeps_line_ends && text.contains('\n'))
}
