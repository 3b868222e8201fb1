//! Places that links lead to: as the ids of the elements that begin there, for an empty element has no
//! room on a page, and some readers find none there.

use super::Serialiser;
use crate::model::{AnchorName, Block, Inline};

impl Serialiser<'_> {
    /// The id of a place, unless the document has it or does without.
    pub(super) fn new_id(&mut self, name: &AnchorName) -> Option<String> {
        let id = self.references.anchor(name)?;
        self.anchors.insert(id.clone()).then_some(id)
    }

    /// Readies the places that were met for the element that a block begins with: an element has one id.
    pub(super) fn begin_at_places(&mut self) {
        for name in std::mem::take(&mut self.places) {
            if let Some(id) = self.new_id(&name) {
                self.end_at_place();
                self.id = Some(id);
            }
        }
    }

    /// Writes an element of its own for a place that no element of the block had an id for.
    pub(super) fn end_at_place(&mut self) {
        if let Some(id) = self.id.take() {
            self.out.push_str("<div");
            self.attribute("id", &id);
            self.out.push_str("></div>\n");
        }
    }

    /// Writes what nothing follows.
    pub(super) fn end_places(&mut self) {
        self.begin_at_places();
        self.end_at_place();
    }

    /// The id of an element whose start tag is open.
    pub(super) fn id_attribute(&mut self) {
        if let Some(id) = self.id.take() {
            self.attribute("id", &id);
        }
    }

    /// The attributes of an element whose start tag is open and that holds a line; and the rest of the line.
    pub(super) fn open_line<'line>(&mut self, line: &'line [Inline]) -> &'line [Inline] {
        let rest = self.begin_line(line);
        self.directed(rest)
    }

    /// The id of such an element: a place at the beginning of the line is the element's.
    fn begin_line<'line>(&mut self, line: &'line [Inline]) -> &'line [Inline] {
        let mut rest = line;
        while let ([Inline::Anchor(name), after @ ..], None) = (rest, &self.id) {
            self.id = self.new_id(name);
            rest = after;
        }
        self.id_attribute();
        rest
    }

    /// Writes the blocks of an item, a cell or the like, whose start tag is open, as
    /// [`Serialiser::contents`] has them.
    pub(super) fn fill(&mut self, blocks: &[Block]) {
        match blocks.split_first() {
            Some((Block::Paragraph(line), rest)) if super::block::are_lists(rest) => {
                let line = self.open_line(line);
                self.out.push('>');
                self.line(line);
                self.blocks(rest);
            }
            Some((Block::Note(note), [])) if self.is_bare(note) => self.fill(&note.content),
            _ => {
                self.out.push('>');
                self.blocks(blocks);
            }
        }
    }

    /// Writes a place within a line: what follows has its id, if that is an element.
    pub(super) fn place_in_line(&mut self, name: &AnchorName) {
        if let Some(id) = self.new_id(name) {
            self.end_place_in_line();
            self.id = Some(id);
        }
    }

    /// Writes an element of its own for a place in a line that nothing with an id followed.
    pub(super) fn end_place_in_line(&mut self) {
        self.in_place(|_| {});
    }

    /// Writes something that has no id of its own, in an element that has, where one is wanted.
    pub(super) fn in_place(&mut self, write: impl FnOnce(&mut Self)) {
        let id = self.id.take();
        if let Some(id) = &id {
            self.out.push_str("<span");
            self.attribute("id", id);
            self.out.push('>');
        }
        write(self);
        if id.is_some() {
            self.out.push_str("</span>");
        }
    }
}

/// Whether a line is nothing but places.
pub(super) fn is_only_places(line: &[Inline]) -> bool {
    let is_place = |inline: &Inline| match inline {
        Inline::Anchor(_) => true,
        Inline::Text(text) => text.is_blank(),
        _ => false,
    };
    line.iter().all(is_place)
}
