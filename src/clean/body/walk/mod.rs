//! The walk: one pass over the tree, without recursion, that tells the builder what it meets.

pub(in crate::clean::body) mod boxes;
pub(in crate::clean::body) mod builder;
pub(in crate::clean::body) mod closing;
pub(in crate::clean::body) mod container;
pub(in crate::clean::body) mod draft;
pub(in crate::clean::body) mod elements;
pub(in crate::clean::body) mod embeds;
pub(in crate::clean::body) mod figures;
pub(in crate::clean::body) mod line;
pub(in crate::clean::body) mod links;
pub(in crate::clean::body) mod listing;
pub(in crate::clean::body) mod lists;
pub(in crate::clean::body) mod media;
mod opening;
pub(in crate::clean::body) mod pictures;
pub(in crate::clean::body) mod tables;

use crate::clean::body::formulas as formulas_of_page;
use crate::clean::body::hidden;
use crate::clean::body::parse::contents::Contents;
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeMap, NodeRef, NodeSet, attribute, element_of,
};
use crate::clean::body::passes::captions;
use crate::clean::{Removed, RemovedPicture};
use crate::model::{Direction, ShownResources};
use builder::Builder;
use container::Kind;
use draft::Draft;
use line::phrases;
use line::verse::{self, Lines};
use links::Links;
use links::notes::Notes;
use pictures::{Pictures, drawings};

/// What the walk has to know about parts of the tree that are left out.
pub(in crate::clean::body) type Omitted = NodeMap<&'static str>;

/// Walks over the tree.
pub(in crate::clean::body) struct Walk<'a> {
    pub links: Links<'a>,
    notes: Notes,
    pub pictures: Pictures<'a>,
    pub omitted: Omitted,
    /// Those of them whose pictures are shown nevertheless.
    keep_pictures: NodeSet,
    builder: Builder,
    frames: Vec<Frame>,
    removed: Vec<Removed>,
    removed_pictures: Vec<RemovedPicture>,
    /// Whether the walk is in a document within the text, of which it goes into none further.
    in_srcdoc: bool,
    /// How many `noscript` elements the walk stands in: only their pictures count.
    noscript: usize,
    /// What becomes of line ends.
    lines: Lines,
    /// Whether a formula became a line that does not tell all.
    flattened: bool,
    /// What drawings refer to.
    page: drawings::Page,
    /// The direction of the element that is being opened, where the page leaves it to its text.
    direction: Option<Direction>,
    /// Between which signs of the text formulas stand.
    signs: formulas_of_page::Signs,
}

/// What came of a walk.
pub(in crate::clean::body) struct Walked {
    pub drafts: Vec<Draft>,
    pub removed: Vec<Removed>,
    pub removed_pictures: Vec<RemovedPicture>,
    pub cut: bool,
    pub flattened: bool,
    pub resources: ShownResources,
}

/// What the end of an element has to undo.
#[derive(Clone, Copy, Debug)]
struct Frame {
    end: End,
    /// Formats to end, those of a block's own attributes among them.
    formats: usize,
    /// What became of line ends around it.
    lines: Lines,
    /// Whether it is a note, which is a container in it.
    note: bool,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Nothing,
    Block,
    /// A block that is about one picture begins at this position.
    Figure(usize),
    Container,
    /// A line of a listing.
    Line,
    RubyBase,
    Small,
    Noscript,
    /// What closes it.
    Quotation(&'static str),
}

/// Whether the walk goes into an element.
enum Step {
    Into(End),
    Over,
}

impl<'a> Walk<'a> {
    pub fn new(
        links: Links<'a>,
        notes: Notes,
        pictures: Pictures<'a>,
        omitted: Omitted,
        keep_pictures: NodeSet,
    ) -> Self {
        Walk {
            links,
            notes,
            pictures,
            omitted,
            keep_pictures,
            builder: Builder::new(),
            frames: Vec::new(),
            removed: Vec::new(),
            removed_pictures: Vec::new(),
            in_srcdoc: false,
            noscript: 0,
            lines: Lines::default(),
            flattened: false,
            page: drawings::Page::default(),
            direction: None,
            signs: formulas_of_page::Signs::default(),
        }
    }

    /// Walks over everything below a node.
    pub fn run(mut self, root: NodeRef<'_>, contents: Contents) -> Walked {
        if contents.scripts {
            self.signs = formulas_of_page::Signs::of(root);
        }
        self.go_through(root);
        Walked {
            cut: self.builder.cut,
            drafts: self.builder.finish(),
            removed: self.removed,
            removed_pictures: self.removed_pictures,
            flattened: self.flattened,
            resources: self.pictures.met.into_inner(),
        }
    }

    fn go_through(&mut self, root: NodeRef<'_>) {
        let mut next = root.first_child();
        while let Some(node) = next {
            let inside = self.enter(node).then(|| node.first_child());
            next = match inside {
                Some(Some(child)) => Some(child),
                Some(None) => {
                    self.leave();
                    self.onward(node, root.id())
                }
                None => self.onward(node, root.id()),
            };
        }
    }

    /// The next node after one that is done with; leaves the elements that end there.
    fn onward<'tree>(&mut self, node: NodeRef<'tree>, root: NodeId) -> Option<NodeRef<'tree>> {
        tree::following_left(node, root, |_| self.leave())
    }

    /// Meets a node; says whether the walk goes into it.
    fn enter(&mut self, node: NodeRef<'_>) -> bool {
        if let Some(&rule) = self.omitted.get(&node.id()) {
            return self.enter_omitted(node, rule);
        }
        if let Some(text) = node.value().as_text() {
            self.text(text, node);
            return false;
        }
        let Some(element) = element_of(&node) else {
            return false;
        };
        if !self.notes.is_place(node) {
            self.note_anchor(element);
        }
        let outer = self.builder.format_count();
        self.direction = phrases::direction_of_text(element, node);
        match self.open(element, node) {
            Step::Into(end) => {
                let formats = self.builder.format_count() - outer;
                let lines = self.lines;
                let note = self.open_note(node);
                self.frames.push(Frame {
                    end,
                    formats,
                    lines,
                    note,
                });
                self.lines = verse::lines(element, node).unwrap_or(lines);
                true
            }
            Step::Over => false,
        }
    }

    /// Leaves a part of the page out; says whether the walk goes into it for its pictures.
    fn enter_omitted(&mut self, node: NodeRef<'_>, rule: &'static str) -> bool {
        self.remove(rule, node);
        if rule == hidden::RULE {
            self.note_anchors(node);
        }
        if !self.keep_pictures.contains(&node.id()) {
            if rule == hidden::RULE {
                self.remove_pictures(node);
            }
            return false;
        }
        self.noscript += 1;
        self.frames.push(Frame {
            end: End::Noscript,
            formats: 0,
            lines: self.lines,
            note: false,
        });
        true
    }

    fn text(&mut self, text: &str, node: NodeRef<'_>) {
        let is_between = |listing: &mut listing::draft::Draft| {
            listing::is_between(text, node, listing.keeps_line_ends)
        };
        if self.noscript > 0 || self.builder.listing().is_some_and(is_between) {
            return;
        }
        match self.lines {
            Lines::Collapsed if self.signs.any() => self.text_with_formulas(text),
            Lines::Collapsed => self.builder.text(text),
            _ if self.builder.listing().is_some() => self.builder.text(text),
            lines => verse::push(&mut self.builder, text, lines),
        }
    }

    /// Text in which formulas stand between signs.
    fn text_with_formulas(&mut self, text: &str) {
        let mut rest = text;
        while !self.builder.is_in_code()
            && let Some((place, found)) = self.signs.first(rest)
        {
            self.builder
                .text(rest.get(..place.start).unwrap_or_default());
            self.found_formula(found);
            rest = rest.get(place.end..).unwrap_or_default();
        }
        self.builder.text(rest);
    }

    /// Begins the note that a node is; says whether it is one.
    fn open_note(&mut self, node: NodeRef<'_>) -> bool {
        let Some(name) = self.notes.name(node).filter(|_| self.noscript == 0) else {
            return false;
        };
        let Some(name) = self.links.anchor(name) else {
            return false;
        };
        let opened = self.builder.open(Kind::Note(Some(name.clone())));
        if !opened {
            self.builder.anchor(name);
        }
        opened
    }

    fn note_anchor(&mut self, element: &Element) {
        if self.links.has_fragments() {
            for name in ["id", "name"] {
                if let Some(anchor) =
                    attribute(element, name).and_then(|name| self.links.anchor(name))
                {
                    self.builder.anchor(anchor);
                    break;
                }
            }
        }
    }

    /// Notes the places in something hidden: browsers go to where it would stand, or near it.
    fn note_anchors(&mut self, node: NodeRef<'_>) {
        if self.links.has_fragments() {
            node.descendants()
                .filter_map(|inside| element_of(&inside))
                .for_each(|element| self.note_anchor(element));
        }
    }

    fn remove(&mut self, rule: &'static str, node: NodeRef<'_>) {
        if self.noscript > 0 {
            return;
        }
        self.report(rule, tree::visible_text(node));
    }

    fn report(&mut self, rule: &'static str, text: String) {
        if !text.is_empty() {
            self.removed.push(Removed { rule, text });
        }
    }

    /// Ends the element entered last.
    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.lines = frame.lines;
        if frame.note {
            self.builder.close();
        }
        match frame.end {
            End::Nothing => {}
            End::RubyBase => self.builder.end_ruby_base_if_any(),
            End::Block => self.builder.close_block(),
            End::Figure(position) => {
                self.builder.close_block();
                let drafts = self.builder.take_from(position);
                self.builder.give(captions::gather(drafts));
            }
            End::Container => {
                self.builder.close();
                self.removed.append(&mut self.builder.removed);
            }
            End::Line => {
                if let Some(listing) = self.builder.listing() {
                    listing.close_line();
                }
            }
            End::Small => self.builder.small(false),
            End::Noscript => self.noscript -= 1,
            End::Quotation(close) => self.builder.text(close),
        }
        for _ in 0..frame.formats {
            self.builder.close_format();
        }
    }
}
