//! Building: what the walk finds, in order, becomes blocks.

mod containers;
mod formats;

use crate::clean::Removed;
use crate::clean::body::walk::container::{Container, Hints, Kind};
use crate::clean::body::walk::draft::{Draft, Mark};
use crate::clean::body::walk::line::phrases;
use crate::clean::body::walk::line::ruby;
use crate::clean::body::walk::line::{self, Format, Line};
use crate::clean::body::walk::listing;
use crate::clean::body::walk::tables;
use crate::model::{
    AnchorName, Block, Figure, Formula, Heading, HeadingLevel, Image, Inline, Note, Words,
    says_nothing,
};
use containers::heads;

/// Collects blocks.
#[derive(Debug)]
pub(in crate::clean::body) struct Builder {
    root: Container,
    inner: Vec<Container>,
    formats: Vec<Format>,
    hints: Vec<Hints>,
    anchors: Vec<AnchorName>,
    small: usize,
    /// Whether a picture stands in the current block element, before any text.
    image_first: bool,
    text_first: bool,
    /// Notes that stand beside the line.
    side_notes: Vec<Draft>,
    depth: usize,
    /// How many pieces of code and phrases were met.
    codes: usize,
    /// What went of the containers that ended.
    pub removed: Vec<Removed>,
    /// Whether something nested too deep was unwrapped.
    pub cut: bool,
}

impl Builder {
    pub fn new() -> Self {
        Builder {
            root: Container::new(Kind::Root, 0),
            inner: Vec::new(),
            formats: Vec::new(),
            hints: Vec::new(),
            anchors: Vec::new(),
            small: 0,
            image_first: false,
            text_first: false,
            side_notes: Vec::new(),
            depth: 0,
            codes: 0,
            removed: Vec::new(),
            cut: false,
        }
    }

    /// Adds characters of the page.
    pub fn text(&mut self, text: &str) {
        if let Kind::Code(code) = self.kind_mut() {
            return code.push(text);
        }
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if line::is_gap(first) || line::is_illegal(first) {
                if line::is_gap(first) {
                    self.line_mut().push_space(first);
                }
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            } else {
                let (words, after) = Words::split_from(rest);
                self.words(words);
                rest = after;
            }
        }
    }

    fn words(&mut self, words: Words<'_>) {
        let first = words.as_str().chars().next().unwrap_or('\u{fffc}');
        self.before_visible(first);
        self.text_first |= !self.image_first;
        let small = self.small > 0;
        let (line, formats) = self.line_and_formats();
        line.all_small = small && (line.is_empty() || line.all_small);
        line.push_words(words, formats);
    }

    /// Adds something to the line that is not text.
    pub fn atom(&mut self, atom: Inline) {
        if let Inline::Anchor(name) = atom {
            return self.anchor(name);
        }
        self.before_visible('\u{fffc}');
        let (line, formats) = self.line_and_formats();
        line.push_atom(atom, formats);
    }

    /// Ends the paragraph where line breaks mean that, and settles anchors.
    fn before_visible(&mut self, next: char) {
        let single = self.hint().heading > 0 || self.hint().caption || self.hint().title;
        let line = self.line_mut();
        if line.breaks() > 1 || (line.breaks() == 1 && line.begins_paragraph(next)) {
            let inside = self.kind().is_in_line();
            if !single && !inside {
                self.image_first = false;
                self.flush();
            }
        }
        self.give_anchors();
    }

    /// Leaves the places that were met to the line.
    fn give_anchors(&mut self) {
        for anchor in std::mem::take(&mut self.anchors) {
            self.line_mut().push_anchor(anchor);
        }
    }

    /// Takes the places back that nothing in the line has followed.
    pub(in crate::clean::body) fn take_anchors(&mut self) {
        let mut anchors = self.line_mut().take_anchors();
        anchors.append(&mut self.anchors);
        self.anchors = anchors;
    }

    /// Adds a line break.
    pub fn line_break(&mut self) {
        match self.kind_mut() {
            Kind::Code(code) => code.push("\n"),
            _ => self.line_mut().push_break(),
        }
    }

    /// Begins a line of verse, set in by so many spaces.
    pub fn begin_verse_line(&mut self, indent: usize) {
        if self.line_mut().breaks() == 0 {
            self.line_break();
        }
        self.text(&"\u{a0}".repeat(indent));
    }

    /// Notes a place that a link leads to; it goes before the next visible thing.
    pub fn anchor(&mut self, anchor: AnchorName) {
        self.anchors.push(anchor);
    }

    /// Says that the text behind the last picture flows around it, and is not about it alone.
    pub fn flow_around(&mut self) {
        self.image_first = false;
    }

    /// Adds a picture that stands on its own.
    pub fn figure(&mut self, image: Image) {
        if self.kind().is_in_line() {
            return self.atom(line::image(image));
        }
        let first = !self.text_first;
        self.flush();
        self.image_first = first;
        let link = self.way_of(&image);
        self.push_placed(Block::Figure(Figure {
            image,
            caption: Vec::new(),
            link,
        }));
    }

    /// Adds a formula; it stands on a line of its own where it is set so and may.
    pub fn formula(&mut self, formula: Formula, alone: bool) {
        let in_line = self.kind().is_in_line()
            || self.hint().heading > 0
            || self.hint().caption
            || self.hint().title
            || self.is_linked();
        if matches!(self.kind(), Kind::Code(_)) {
            self.text(&formula.linear());
        } else if alone && !in_line {
            self.block(Block::Formula(formula));
        } else {
            self.atom(Inline::Formula(formula));
        }
    }

    /// Adds a finished block.
    pub fn block(&mut self, block: Block) {
        self.flush();
        self.push_placed(block);
    }

    /// Adds a block at the places that were met.
    fn push_placed(&mut self, block: Block) {
        let places = std::mem::take(&mut self.anchors);
        self.push(Draft::plain(block).placed(places));
    }

    /// The ruby and the table whose parts come next.
    pub fn ruby(&mut self) -> Option<&mut ruby::Draft> {
        match self.kind_mut() {
            Kind::Ruby(ruby) => Some(ruby),
            _ => None,
        }
    }

    pub fn table(&mut self) -> Option<&mut tables::Draft> {
        match self.kind_mut() {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The listing that is open.
    pub fn listing(&mut self) -> Option<&mut listing::draft::Draft> {
        match self.kind_mut() {
            Kind::Code(listing) => Some(listing),
            _ => None,
        }
    }

    /// Begins an element that stands on its own.
    pub fn open_block(&mut self, hints: Hints) {
        self.boundary();
        let outer = self.hint();
        self.hints.push(Hints {
            caption: hints.caption || outer.caption,
            centred: hints.centred || outer.centred,
            title: hints.title || outer.title,
            heading: if hints.heading > 0 {
                hints.heading
            } else {
                outer.heading
            },
        });
    }

    /// Ends an element that stands on its own.
    pub fn close_block(&mut self) {
        self.boundary();
        self.hints.pop();
    }

    /// The number of blocks in the innermost container so far.
    pub fn position(&self) -> usize {
        self.top().drafts.len()
    }

    /// The blocks since [`Builder::position`] was asked, for a pass to change.
    pub fn take_from(&mut self, position: usize) -> Vec<Draft> {
        let drafts = &mut self.top_mut().drafts;
        drafts.split_off(position.min(drafts.len()))
    }

    /// Gives blocks back.
    pub fn give(&mut self, drafts: Vec<Draft>) {
        self.top_mut().drafts.extend(drafts);
    }

    /// Ends the line: what follows begins a new paragraph.
    pub(in crate::clean::body) fn flush(&mut self) {
        let hint = self.hint();
        let beside = self.image_first && !self.hints.is_empty();
        self.take_anchors();
        let line = self.line_mut();
        if line.is_empty() {
            line.reset();
            return self.give_side_notes();
        }
        let (small, cut) = (line.all_small, line.cut);
        let content = phrases::without_common(line.finish());
        self.cut |= cut;
        // A heading says something: a picture alone in its element is none.
        let in_box = |kind: &Kind| matches!(kind, Kind::Box(_));
        // Some programs lay boxes out in tables.
        let is_title = hint.title
            && (in_box(self.kind())
                || matches!(self.kind(), Kind::Cell(_))
                    && self.inner.iter().any(|outer| in_box(&outer.kind)));
        let may_head = !is_title
            && hint.heading > 0
            && !says_nothing(&content)
            && !self.inner.iter().any(heads);
        let mark = Mark {
            caption: hint.caption,
            centred: hint.centred,
            small,
            beside_image: beside,
            heading: if may_head { hint.heading } else { 0 },
            title: is_title,
            ..Mark::default()
        };
        let block = if mark.heading > 0 {
            self.hints.iter_mut().for_each(|hints| hints.heading = 0);
            Block::Heading(Heading {
                level: HeadingLevel::nearest(mark.heading),
                content,
            })
        } else {
            Block::Paragraph(content)
        };
        self.push(Draft::marked(block, mark));
        self.give_side_notes();
    }

    /// Puts the notes that stood in the line behind it.
    fn give_side_notes(&mut self) {
        let mut around = self.inner.iter();
        if !around.any(|outer| matches!(outer.kind, Kind::SideNote)) {
            let notes = std::mem::take(&mut self.side_notes);
            self.give(notes);
        }
    }

    /// Keeps a note that stood in the line until the line ends.
    pub(in crate::clean::body) fn keep_side_note(&mut self, content: Vec<Block>) {
        if !content.is_empty() {
            let note = Note {
                name: None,
                content,
            };
            self.side_notes.push(Draft::plain(Block::Note(note)));
        }
    }

    fn boundary(&mut self) {
        if matches!(self.kind(), Kind::Code(_)) {
            return;
        }
        self.flush();
        self.image_first = false;
        self.text_first = false;
    }

    pub(in crate::clean::body) fn push(&mut self, draft: Draft) {
        self.top_mut().drafts.push(draft);
    }

    fn top(&self) -> &Container {
        self.inner.last().unwrap_or(&self.root)
    }

    pub(in crate::clean::body) fn top_mut(&mut self) -> &mut Container {
        self.inner.last_mut().unwrap_or(&mut self.root)
    }

    pub(in crate::clean::body) fn line_mut(&mut self) -> &mut Line {
        &mut self.top_mut().line
    }

    /// The current line and the formats that it stands in.
    fn line_and_formats(&mut self) -> (&mut Line, &[Format]) {
        let container = self.inner.last_mut().unwrap_or(&mut self.root);
        let formats = self.formats.get(container.floor..).unwrap_or_default();
        (&mut container.line, formats)
    }

    fn hint(&self) -> Hints {
        self.hints.last().copied().unwrap_or_default()
    }

    pub(in crate::clean::body) fn kind(&self) -> &Kind {
        &self.top().kind
    }

    pub(in crate::clean::body) fn kind_mut(&mut self) -> &mut Kind {
        &mut self.top_mut().kind
    }
}
