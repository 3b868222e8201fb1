//! What collects blocks and lines while an element is open.

use crate::clean::body::walk::draft::Draft;
use crate::clean::body::walk::line::Line;
use crate::clean::body::walk::line::ruby;
use crate::clean::body::walk::listing;
use crate::clean::body::walk::lists;
use crate::clean::body::walk::tables;
use crate::model::{AnchorName, BoxKind};

/// What collects the blocks or inlines of an element.
#[derive(Debug)]
pub(in crate::clean::body) enum Kind {
    /// The whole text.
    Root,
    Quote,
    List(lists::ListDraft),
    /// The number that it says it has.
    Item(Option<i32>),
    Definitions(Vec<lists::Part>),
    /// A term, or what explains it.
    Part {
        is_term: bool,
    },
    Table(tables::Draft),
    Row(Vec<tables::CellDraft>),
    Cell(tables::CellDraft),
    TableCaption,
    Code(listing::draft::Draft),
    Ruby(ruby::Draft),
    RubyText,
    /// A note, with its name if marks lead to it.
    Note(Option<AnchorName>),
    /// A note that stands in the line that it is about.
    SideNote,
    Box(BoxKind),
}

impl Kind {
    /// Whether it is part of a line, so that no block can stand in it.
    pub fn is_in_line(&self) -> bool {
        matches!(self, Kind::Ruby(_) | Kind::RubyText)
    }

    /// Whether places before it are its own, rather than those of the first thing in it.
    pub fn is_place(&self) -> bool {
        matches!(
            self,
            Kind::Quote
                | Kind::List(_)
                | Kind::Definitions(_)
                | Kind::Table(_)
                | Kind::Code(_)
                | Kind::Box(_)
        )
    }
}

/// A container with what it has collected so far.
#[derive(Debug)]
pub(in crate::clean::body) struct Container {
    pub kind: Kind,
    pub drafts: Vec<Draft>,
    pub line: Line,
    /// The formats that belong to elements around a container that sits in a line.
    pub floor: usize,
    /// The places before it, for what it becomes.
    pub places: Vec<AnchorName>,
}

/// What the nearest block element hints at for the lines in it.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::clean::body) struct Hints {
    pub caption: bool,
    pub centred: bool,
    pub heading: u8,
    /// It is the title of a box.
    pub title: bool,
}

impl Container {
    /// An empty container.
    pub fn new(kind: Kind, floor: usize) -> Self {
        Container {
            kind,
            drafts: Vec::new(),
            line: Line::default(),
            floor,
            places: Vec::new(),
        }
    }
}
