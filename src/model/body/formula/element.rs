//! The elements of which formulas are made.

/// An element of presentation MathML that a formula may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MathElement {
    /// `mi`: a name.
    Identifier,
    /// `mn`: a number.
    Number,
    /// `mo`: an operator, a fence, a separator.
    Operator,
    /// `mtext`: words.
    Text,
    /// `ms`: characters that a program would hold in quotation marks.
    StringLiteral,
    /// `mspace`: room.
    Space,
    /// `mrow`: parts side by side.
    Row,
    /// `mfrac`: one above the other.
    Fraction,
    /// `msqrt`: a square root.
    SquareRoot,
    /// `mroot`: a root, and which.
    Root,
    /// `mstyle`: another style.
    Style,
    /// `merror`: what could not be set.
    Error,
    /// `mpadded`: more or less room.
    Padded,
    /// `mphantom`: the room of something that is not shown.
    Phantom,
    /// `menclose`: lines around it or through it.
    Enclosed,
    /// `msub`: a base and what stands below right.
    Subscript,
    /// `msup`: a base and what stands above right.
    Superscript,
    /// `msubsup`: a base and both.
    SubSuperscript,
    /// `munder`: a base and what stands below.
    Under,
    /// `mover`: a base and what stands above.
    Over,
    /// `munderover`: a base and both.
    UnderOver,
    /// `mmultiscripts`: a base and scripts on both sides.
    Multiscripts,
    /// `mprescripts`: what follows stands on the left.
    Prescripts,
    /// `mtable`: rows.
    Table,
    /// `mtr`: a row of a table.
    TableRow,
    /// `mtd`: a cell of one.
    TableCell,
}

/// What an element may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Characters.
    Token,
    /// Nothing.
    Empty,
    /// So many parts, each with its meaning.
    Parts(usize),
    /// Any number of parts, each with the meaning that its place has.
    Places,
    /// Any number of parts side by side.
    Row,
    /// Rows of a table.
    Rows,
    /// Cells of a row.
    Cells,
}

use MathElement as E;

/// All elements with their names.
const NAMES: [(MathElement, &str); 26] = [
    (E::Identifier, "mi"),
    (E::Number, "mn"),
    (E::Operator, "mo"),
    (E::Text, "mtext"),
    (E::StringLiteral, "ms"),
    (E::Space, "mspace"),
    (E::Row, "mrow"),
    (E::Fraction, "mfrac"),
    (E::SquareRoot, "msqrt"),
    (E::Root, "mroot"),
    (E::Style, "mstyle"),
    (E::Error, "merror"),
    (E::Padded, "mpadded"),
    (E::Phantom, "mphantom"),
    (E::Enclosed, "menclose"),
    (E::Subscript, "msub"),
    (E::Superscript, "msup"),
    (E::SubSuperscript, "msubsup"),
    (E::Under, "munder"),
    (E::Over, "mover"),
    (E::UnderOver, "munderover"),
    (E::Multiscripts, "mmultiscripts"),
    (E::Prescripts, "mprescripts"),
    (E::Table, "mtable"),
    (E::TableRow, "mtr"),
    (E::TableCell, "mtd"),
];

impl MathElement {
    /// The element of this name in MathML.
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(element, _)| *element)
    }

    /// Its name in MathML.
    pub fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(element, _)| *element == self);
        found.map_or("mrow", |(_, name)| name)
    }

    /// What it may hold.
    pub fn shape(self) -> Shape {
        match self {
            E::Identifier | E::Number | E::Operator | E::Text | E::StringLiteral => Shape::Token,
            E::Space | E::Prescripts => Shape::Empty,
            E::Fraction | E::Root | E::Subscript | E::Superscript | E::Under | E::Over => {
                Shape::Parts(2)
            }
            E::SubSuperscript | E::UnderOver => Shape::Parts(3),
            E::Multiscripts => Shape::Places,
            E::Table => Shape::Rows,
            E::TableRow => Shape::Cells,
            _ => Shape::Row,
        }
    }
}
