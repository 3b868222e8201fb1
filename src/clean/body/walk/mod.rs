//! The walk: one pass over the tree, without recursion, that tells the builder what it meets.

pub(in crate::clean::body) mod builder;
pub(in crate::clean::body) mod closing;
pub(in crate::clean::body) mod container;
pub(in crate::clean::body) mod data;
pub(in crate::clean::body) mod draft;
pub(in crate::clean::body) mod elements;
pub(in crate::clean::body) mod embeds;
pub(in crate::clean::body) mod formulas;
pub(in crate::clean::body) mod line;
pub(in crate::clean::body) mod links;
pub(in crate::clean::body) mod mail;
pub(in crate::clean::body) mod notes;
pub(in crate::clean::body) mod pictures;
pub(in crate::clean::body) mod tables;

use crate::clean::Removed;
use crate::clean::body::formulas as formulas_of_page;
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeRef, attribute, element_of, has_style,
};
use crate::clean::body::passes::captions;
use crate::model::{Block, Direction, Language, ShownResources, Target};
use builder::Builder;
use container::{Hints, Kind};
use draft::Draft;
use html5ever::ns;
use line::Format;
use links::Links;
use notes::Notes;
use pictures::{Pictures, Shown};
use std::collections::HashMap;

/// What the walk has to know about parts of the tree that are left out.
pub(in crate::clean::body) type Omitted = HashMap<NodeId, &'static str>;

/// Walks over the tree.
pub(in crate::clean::body) struct Walk<'a> {
    pub links: Links<'a>,
    notes: Notes,
    pub pictures: Pictures<'a>,
    pub omitted: Omitted,
    builder: Builder,
    frames: Vec<Frame>,
    removed: Vec<Removed>,
    /// How many `noscript` elements the walk stands in: only their pictures count.
    noscript: usize,
    /// Whether a formula became a line that does not tell all.
    flattened: bool,
}

/// What came of a walk.
pub(in crate::clean::body) struct Walked {
    pub drafts: Vec<Draft>,
    pub removed: Vec<Removed>,
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
    /// Whether it is a note, which is a container in it.
    note: bool,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Nothing,
    Block,
    /// A block that is about one picture begins at this position.
    Figure(usize),
    /// A term of a definition begins at this position.
    Term(usize),
    Container,
    Small,
    Noscript,
    Quotation,
}

/// Whether the walk goes into an element.
enum Step {
    Into(End),
    Over,
}

impl<'a> Walk<'a> {
    pub fn new(links: Links<'a>, notes: Notes, pictures: Pictures<'a>, omitted: Omitted) -> Self {
        Walk {
            links,
            notes,
            pictures,
            omitted,
            builder: Builder::new(),
            frames: Vec::new(),
            removed: Vec::new(),
            noscript: 0,
            flattened: false,
        }
    }

    /// Walks over everything below a node.
    pub fn run(mut self, root: NodeRef<'_>) -> Walked {
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
        Walked {
            cut: self.builder.cut,
            drafts: self.builder.finish(),
            removed: self.removed,
            flattened: self.flattened,
            resources: self.pictures.met.into_inner(),
        }
    }

    /// The next node after one that is done with; leaves the elements that end there.
    fn onward<'tree>(&mut self, node: NodeRef<'tree>, root: NodeId) -> Option<NodeRef<'tree>> {
        let mut node = node;
        loop {
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            node = node.parent()?;
            if node.id() == root {
                return None;
            }
            self.leave();
        }
    }

    /// Meets a node; says whether the walk goes into it.
    fn enter(&mut self, node: NodeRef<'_>) -> bool {
        if let Some(rule) = self.omitted.get(&node.id()) {
            self.remove(rule, node);
            return false;
        }
        if let Some(text) = node.value().as_text() {
            if self.noscript == 0 {
                self.builder.text(text);
            }
            return false;
        }
        let Some(element) = element_of(&node) else {
            return false;
        };
        if !self.notes.is_place(node) {
            self.note_anchor(element);
        }
        let outer = self.builder.format_count();
        match self.open(element, node) {
            Step::Into(end) => {
                let formats = self.builder.format_count() - outer;
                let note = self.open_note(node);
                self.frames.push(Frame { end, formats, note });
                true
            }
            Step::Over => false,
        }
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

    fn remove(&mut self, rule: &'static str, node: NodeRef<'_>) {
        if self.noscript > 0 {
            return;
        }
        let text = tree::visible_text(node);
        if !text.is_empty() {
            self.removed.push(Removed { rule, text });
        }
    }

    fn open(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        use elements::Role;
        if self.noscript == 0
            && let Some(found) = formulas_of_page::found(element, node)
        {
            self.found_formula(found);
            return Step::Over;
        }
        let role = elements::role(element, node);
        if self.noscript > 0 && !matches!(role, Role::Image | Role::Picture) {
            return match role {
                Role::Hidden | Role::Dropped(_) | Role::Embed => Step::Over,
                _ => Step::Into(End::Nothing),
            };
        }
        match role {
            Role::Embed => self.embed(element, node),
            Role::Picture => self.picture(element, node),
            Role::Noscript => self.open_noscript(node),
            Role::Inline(format) if element.name.ns == ns!(mathml) => {
                self.open_formula(element, node, format)
            }
            Role::Inline(format) => self.open_inline(element, format),
            Role::Link => self.open_link(element, node),
            Role::Block(hints) => self.open_block(element, hints),
            Role::Container(kind) => self.open_container(element, kind),
            Role::Small => {
                self.builder.small(true);
                Step::Into(End::Small)
            }
            Role::Quotation => {
                self.builder.text("“");
                Step::Into(End::Quotation)
            }
            Role::Figure => {
                self.open_block(element, Hints::default());
                Step::Into(End::Figure(self.builder.position()))
            }
            Role::Term => {
                self.builder.open_block(Hints::default());
                self.builder.open_format(Format::Strong);
                Step::Into(End::Term(self.builder.position()))
            }
            role => {
                self.put(role, element, node);
                Step::Over
            }
        }
    }

    /// Puts what an element means whose content, if it has any, is not what counts.
    fn put(&mut self, role: elements::Role, element: &Element, node: NodeRef<'_>) {
        use elements::Role;
        match role {
            Role::Dropped(rule) => self.remove(rule, node),
            Role::Break => self.builder.line_break(),
            Role::Mail(address) => {
                self.remove("mail", node);
                self.builder.text(&address);
            }
            Role::Space => self.builder.text("\u{200b}"),
            Role::Rule => self.builder.block(Block::Rule),
            Role::Image => self.image(element, node),
            _ => {}
        }
    }

    fn image(&mut self, element: &Element, node: NodeRef<'_>) {
        match self.pictures.shown(element, node, &self.links) {
            Shown::Figure(image) => self.builder.figure(image),
            Shown::Small(image) => self.builder.atom(line::image(image)),
            Shown::Character(character) => self.builder.text(&character),
            Shown::Nothing => {}
        }
    }

    /// A `picture` without an `img` shows its best source itself.
    fn picture(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        let has_image = node.descendants().any(|inside| {
            element_of(&inside).is_some_and(|element| elements::is_image(element.name()))
        });
        if !has_image {
            self.image(element, node);
        }
        Step::Into(End::Nothing)
    }

    fn embed(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        let embed = embeds::embed(element, node, &self.links, &self.pictures);
        let found = embed.is_some();
        if let Some(embed) = embed {
            self.builder.block(Block::Embed(embed));
        }
        if !found && element.name() == "object" {
            return Step::Into(End::Nothing);
        }
        self.remove("fallback", node);
        Step::Over
    }

    /// What a page shows without scripts: the pictures may be twins of lazy ones.
    fn open_noscript(&mut self, node: NodeRef<'_>) -> Step {
        self.remove("noscript", node);
        self.noscript += 1;
        Step::Into(End::Noscript)
    }

    fn open_inline(&mut self, element: &Element, format: Format) -> Step {
        self.open_span(element);
        if format != Format::Plain {
            self.builder.open_format(format);
        }
        self.open_styled(element);
        Step::Into(End::Nothing)
    }

    /// A formula that stands for all copies of it.
    fn found_formula(&mut self, found: formulas_of_page::Found) {
        use formulas_of_page::Found;
        match found {
            Found::Formula { formula, alone } => self.builder.formula(*formula, alone),
            Found::Tex(text) => {
                self.flattened = true;
                self.builder.text(&text);
            }
            Found::Copy => {}
        }
    }

    /// A formula with other parts of the page in it, or a part of one.
    fn open_formula(&mut self, element: &Element, node: NodeRef<'_>, format: Format) -> Step {
        self.flattened |= formulas::is_flattened(element);
        if let Some(sign) = formulas::sign_before(element, node) {
            self.builder.text(sign);
        }
        self.open_inline(element, format)
    }

    /// Weight, slope and the line through it that a style gives.
    fn open_styled(&mut self, element: &Element) {
        if has_style(
            element,
            "font-weight",
            &["bold", "600", "700", "800", "900"],
        ) {
            self.builder.open_format(Format::Strong);
        }
        if has_style(element, "font-style", &["italic", "oblique"]) {
            self.builder.open_format(Format::Emphasis);
        }
        let struck = ["text-decoration", "text-decoration-line"];
        if struck
            .iter()
            .any(|property| has_style(element, property, &["line-through"]))
        {
            self.builder.open_format(Format::Struck);
        }
    }

    /// The language and direction that an element names.
    fn open_span(&mut self, element: &Element) {
        let language = attribute(element, "lang")
            .or_else(|| attribute(element, "xml:lang"))
            .and_then(Language::new);
        let direction = match attribute(element, "dir")
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("rtl") => Some(Direction::RightToLeft),
            Some("ltr") => Some(Direction::LeftToRight),
            _ => None,
        };
        if language.is_some() || direction.is_some() {
            self.builder.open_format(Format::Span(language, direction));
        }
    }

    fn open_link(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        self.open_span(element);
        let target = attribute(element, "href").and_then(|reference| self.links.target(reference));
        if let Some((target, number)) = target {
            self.builder.open_format(match target {
                Target::Fragment(name) if self.notes.is_mark(node) => {
                    Format::NoteReference(name, number)
                }
                target => Format::Link(target, number),
            });
        }
        self.open_styled(element);
        Step::Into(End::Nothing)
    }

    fn open_block(&mut self, element: &Element, hints: Hints) -> Step {
        self.builder.open_block(hints);
        self.open_span(element);
        self.open_styled(element);
        Step::Into(End::Block)
    }

    fn open_container(&mut self, element: &Element, kind: Kind) -> Step {
        let in_line = kind.is_in_line() || matches!(kind, Kind::SideNote);
        if self.builder.open(kind) {
            self.open_span(element);
            Step::Into(End::Container)
        } else if in_line {
            Step::Into(End::Nothing)
        } else {
            self.open_block(element, Hints::default())
        }
    }

    /// Ends the element entered last.
    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if frame.note {
            self.builder.close();
        }
        match frame.end {
            End::Nothing => {}
            End::Block => self.builder.close_block(),
            End::Figure(position) => {
                self.builder.close_block();
                let drafts = self.builder.take_from(position);
                self.builder.give(captions::gather(drafts));
            }
            End::Term(position) => {
                self.builder.close_block();
                let mut drafts = self.builder.take_from(position);
                drafts.iter_mut().for_each(|draft| draft.mark.term = true);
                self.builder.give(drafts);
            }
            End::Container => self.builder.close(),
            End::Small => self.builder.small(false),
            End::Noscript => self.noscript -= 1,
            End::Quotation => self.builder.text("”"),
        }
        for _ in 0..frame.formats {
            self.builder.close_format();
        }
    }
}
