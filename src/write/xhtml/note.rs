//! Notes and their marks, so that reading systems show a note where its mark is touched.

use super::{Serialiser, shows_nothing};
use crate::model::{Note, NoteReference};

/// How notes and their marks say what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteMarks {
    /// Not at all: the text is a part of someone else's page.
    None,
    /// By ARIA's roles for publications.
    Roles,
    /// By those and by EPUB's types, for which the prefix `epub` must be declared.
    Types,
}

impl Serialiser<'_> {
    /// The mark of a note.
    pub(super) fn note_reference(&mut self, mark: &NoteReference) {
        let target = self.references.fragment(&mark.target);
        let Some(target) = target.filter(|_| !self.in_link && !shows_nothing(&mark.content)) else {
            return self.line(&mark.content);
        };
        self.out.push_str("<a");
        self.id_attribute();
        self.attribute("href", &target);
        self.marked("noteref", "doc-noteref");
        self.out.push('>');
        self.in_link = true;
        self.line(&mark.content);
        self.in_link = false;
        self.out.push_str("</a>");
    }

    /// A note; one beside the text is set off from it.
    pub(super) fn note(&mut self, note: &Note) {
        let Some(name) = &note.name else {
            let (start, id) = (self.out.len(), self.id.clone());
            self.out.push_str("<aside");
            self.id_attribute();
            self.out.push_str(" role=\"note\"");
            if self.style.classes {
                self.attribute("class", "side-note");
            }
            if !self.note_text(note, "aside") {
                self.out.truncate(start);
                self.id = id;
            }
            return;
        };
        if self.is_bare(note) {
            return self.blocks(&note.content);
        }
        let id = self.new_id(name);
        self.end_at_place();
        self.out.push_str("<div");
        if let Some(id) = id {
            self.attribute("id", &id);
        }
        self.marked("footnote", "doc-footnote");
        self.note_text(note, "div");
    }

    /// Whether nothing is written of a note but its text.
    pub(super) fn is_bare(&self, note: &Note) -> bool {
        let name = note.name.as_ref();
        let unmarked = self.references.note_marks() == NoteMarks::None;
        unmarked && name.is_some_and(|name| self.references.anchor(name).is_none())
    }

    /// The text of a note whose start tag is open; says whether there is any.
    fn note_text(&mut self, note: &Note, element: &str) -> bool {
        self.out.push('>');
        let before = self.out.len();
        self.contents(&note.content);
        let is_empty = self.out.len() == before;
        self.out.push_str(&format!("</{element}>\n"));
        !is_empty
    }

    fn marked(&mut self, kind: &str, role: &str) {
        match self.references.note_marks() {
            NoteMarks::None => {}
            NoteMarks::Roles => self.attribute("role", role),
            NoteMarks::Types => {
                self.attribute("epub:type", kind);
                self.attribute("role", role);
            }
        }
    }
}
