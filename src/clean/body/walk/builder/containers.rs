//! Containers: where each may stand, and what becomes of it when it ends.

use super::Builder;
use crate::clean::body::walk::container::{Container, Hints, Kind};
use crate::clean::body::walk::draft::Draft;
use crate::model::{AnchorName, Block};

/// How deep blocks may nest; with the formats of a line, and those of a ruby's parts, this stays
/// within [`crate::model::MAXIMUM_DEPTH`].
const MAXIMUM_BLOCKS: usize = 30;

impl Builder {
    /// Begins a container; refused where it would nest too deep or stands where it can't.
    pub fn open(&mut self, kind: Kind) -> bool {
        let nests = self.nests(&kind);
        let fits = self.fits(&kind);
        if !fits || (nests && self.depth >= MAXIMUM_BLOCKS) {
            self.cut |= fits;
            return false;
        }
        self.depth += usize::from(nests);
        let in_line = kind.is_in_line();
        let aside = matches!(kind, Kind::SideNote);
        let floor = if in_line || aside {
            self.formats.len()
        } else {
            0
        };
        if matches!(kind, Kind::RubyText) {
            self.end_ruby_base();
        } else if in_line {
            // What was met before a ruby stands before it, not in its base.
            self.give_anchors();
        } else {
            // A note beside a line does not end it.
            if !aside {
                self.boundary();
                self.adopt_loose();
            }
            self.hints.push(Hints::default());
        }
        let mut container = Container::new(kind, floor);
        if container.kind.is_place() {
            container.places = std::mem::take(&mut self.anchors);
        }
        self.inner.push(container);
        true
    }

    /// Whether a container of this kind can stand here.
    fn fits(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Row(_) | Kind::TableCaption => matches!(self.kind(), Kind::Table(_)),
            Kind::Cell(_) => matches!(self.kind(), Kind::Row(_)),
            Kind::Ruby(_) | Kind::SideNote => !self
                .inner
                .iter()
                .any(|outer| matches!(outer.kind, Kind::Ruby(_) | Kind::SideNote | Kind::Code(_))),
            Kind::Part { .. } => matches!(self.kind(), Kind::Definitions(_)),
            Kind::RubyText => matches!(self.kind(), Kind::Ruby(_)),
            Kind::Box(_) => !self.kind().is_in_line() && !self.inner.iter().any(heads),
            // No blocks in a line: what would be one is unwrapped.
            _ => !self.kind().is_in_line(),
        }
    }

    /// Whether a container of this kind makes the tree of blocks deeper here.
    fn nests(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Quote
            | Kind::List(_)
            | Kind::Definitions(_)
            | Kind::Table(_)
            | Kind::Note(_)
            | Kind::SideNote
            | Kind::Box(_) => true,
            Kind::Item(_) => !matches!(self.kind(), Kind::List(_)),
            _ => false,
        }
    }

    /// Ends the innermost container.
    pub fn close(&mut self) {
        let in_line = self.kind().is_in_line();
        if !in_line {
            self.boundary();
            self.adopt_loose();
            self.hints.pop();
        }
        self.take_anchors();
        let Some(mut container) = self.inner.pop() else {
            return;
        };
        if self.nests(&container.kind) {
            self.depth = self.depth.saturating_sub(1);
        }
        let rest = container.line.finish();
        let mut places = std::mem::take(&mut container.places);
        if matches!(container.kind, Kind::Code(_)) {
            // A listing is one block: places in it are places of it.
            places.append(&mut self.anchors);
        }
        let position = self.position();
        match container.kind {
            Kind::Ruby(parts) => self.close_ruby(parts, rest, container.drafts),
            kind => {
                if !rest.is_empty() {
                    let rest = Draft::plain(Block::Paragraph(rest));
                    container.drafts.push(rest);
                }
                self.close_blocks(kind, container.drafts);
            }
        }
        self.settle_places(position, places);
    }

    /// Gives the places before a container to what it became; where that is nothing, to what follows.
    fn settle_places(&mut self, position: usize, mut places: Vec<AnchorName>) {
        if places.is_empty() {
            return;
        }
        let drafts = &mut self.top_mut().drafts;
        if position < drafts.len() {
            let draft = drafts.remove(position).placed(places);
            drafts.insert(position, draft);
        } else if let Some(listing) = drafts.last_mut().filter(|last| last.mark.bare_code) {
            // It may go on with the listing before it.
            listing.places.append(&mut places);
        } else {
            places.append(&mut self.anchors);
            self.anchors = places;
        }
    }

    /// Ends the whole text.
    pub fn finish(mut self) -> Vec<Draft> {
        while !self.inner.is_empty() {
            self.close();
        }
        self.flush();
        self.root.drafts
    }
}

/// Whether a container is a cell that heads its row or column, or a term: no heading and no box stands in
/// one.
pub(super) fn heads(container: &Container) -> bool {
    matches!(&container.kind, Kind::Cell(cell) if cell.header)
        || matches!(container.kind, Kind::Part { is_term: true })
}
