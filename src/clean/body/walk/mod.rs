//! The walk: one pass over the tree, without recursion, that tells the builder what it meets.

pub(in crate::clean::body) mod builder;
pub(in crate::clean::body) mod candidates;
pub(in crate::clean::body) mod closing;
pub(in crate::clean::body) mod container;
pub(in crate::clean::body) mod data;
pub(in crate::clean::body) mod draft;
pub(in crate::clean::body) mod drawings;
pub(in crate::clean::body) mod elements;
pub(in crate::clean::body) mod embeds;
pub(in crate::clean::body) mod formulas;
pub(in crate::clean::body) mod line;
pub(in crate::clean::body) mod links;
pub(in crate::clean::body) mod listing;
pub(in crate::clean::body) mod lists;
pub(in crate::clean::body) mod mail;
pub(in crate::clean::body) mod media;
pub(in crate::clean::body) mod notes;
pub(in crate::clean::body) mod offers;
pub(in crate::clean::body) mod phrases;
pub(in crate::clean::body) mod picture_address;
pub(in crate::clean::body) mod picture_width;
pub(in crate::clean::body) mod pictures;
pub(in crate::clean::body) mod posts;
pub(in crate::clean::body) mod ruby;
pub(in crate::clean::body) mod srcdoc;
pub(in crate::clean::body) mod srcset;
pub(in crate::clean::body) mod tables;
pub(in crate::clean::body) mod trackers;
pub(in crate::clean::body) mod twins;
pub(in crate::clean::body) mod verse;
pub(in crate::clean::body) mod wrapped;
pub(in crate::clean::body) mod written_addresses;

use crate::clean::body::formulas as formulas_of_page;
use crate::clean::body::hidden;
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeRef, attribute, element_of, has_style,
};
use crate::clean::body::passes::captions;
use crate::clean::{Removed, RemovedPicture};
use crate::model::{Block, Language, PhraseKind, ShownResources, Target};
use builder::Builder;
use container::{Hints, Kind};
use draft::Draft;
use html5ever::ns;
use line::Format;
use links::Links;
use notes::Notes;
use pictures::Pictures;
use std::collections::{HashMap, HashSet};
use verse::Lines;

/// What the walk has to know about parts of the tree that are left out.
pub(in crate::clean::body) type Omitted = HashMap<NodeId, &'static str>;

/// Walks over the tree.
pub(in crate::clean::body) struct Walk<'a> {
    pub links: Links<'a>,
    notes: Notes,
    pub pictures: Pictures<'a>,
    pub omitted: Omitted,
    /// Those of them whose pictures are shown nevertheless.
    keep_pictures: HashSet<NodeId>,
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
    Quotation,
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
        keep_pictures: HashSet<NodeId>,
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
        }
    }

    /// Walks over everything below a node.
    pub fn run(mut self, root: NodeRef<'_>) -> Walked {
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
        if let Some(&rule) = self.omitted.get(&node.id()) {
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
            return true;
        }
        if let Some(text) = node.value().as_text() {
            let is_between = |listing: &mut listing::draft::Draft| {
                listing::is_between(text, node, listing.keeps_line_ends)
            };
            if self.noscript == 0 && !self.builder.listing().is_some_and(is_between) {
                match self.lines {
                    Lines::Collapsed => self.builder.text(text),
                    _ if self.builder.listing().is_some() => self.builder.text(text),
                    lines => verse::push(&mut self.builder, text, lines),
                }
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
                let lines = self.lines;
                let note = self.open_note(node);
                self.frames.push(Frame {
                    end,
                    formats,
                    lines,
                    note,
                });
                self.lines = verse::lines(element).unwrap_or(lines);
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

    fn open(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        use elements::Role;
        if self.noscript == 0
            && let Some(found) = formulas_of_page::found(element, node)
        {
            self.found_formula(found);
            return Step::Over;
        }
        let role = elements::role(element, node);
        if self.noscript == 0 && !matches!(role, Role::Embed) {
            self.wrapped(element, node);
        }
        if self.noscript > 0 && !matches!(role, Role::Image | Role::Picture) {
            return match role {
                Role::Hidden | Role::Dropped(_) | Role::Embed => Step::Over,
                _ => Step::Into(End::Nothing),
            };
        }
        if self.builder.listing().is_some() && !elements::stands_in_listing(&role) {
            return self.open_in_listing(element, node);
        }
        if let Some(listing) = listing::of(element, node) {
            return self.open_container(element, Kind::Code(listing));
        }
        if listing::is_gutter_beside_code(element, node) {
            self.remove("line-numbers", node);
            return Step::Over;
        }
        match role {
            Role::Embed => self.embed(element, node),
            Role::Picture => self.picture(element, node),
            Role::Noscript => self.open_noscript(node),
            Role::Inline(format) if element.name.ns == ns!(mathml) => {
                self.open_formula(element, node, format)
            }
            Role::Inline(format) if drawings::is_drawing(element) => {
                self.drawing(element, node, format)
            }
            Role::Inline(format) => self.open_inline(element, format),
            Role::Link => self.open_link(element, node),
            Role::Block(hints) => self.open_block(element, hints),
            Role::Container(kind) => self.open_container(element, kind),
            Role::Small => {
                self.builder.small(true);
                Step::Into(End::Small)
            }
            Role::RubyBase => {
                self.builder.end_ruby_base_if_any();
                self.open_inline(element, Format::Plain);
                Step::Into(End::RubyBase)
            }
            Role::Annotations => {
                self.builder.end_ruby_base_if_any();
                if let Some(ruby) = self.builder.ruby() {
                    ruby.begin_pass();
                }
                Step::Into(End::Nothing)
            }
            Role::Quotation => {
                self.builder.text("“");
                Step::Into(End::Quotation)
            }
            Role::Figure => {
                self.open_block(element, Hints::default());
                Step::Into(End::Figure(self.builder.position()))
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
            Role::Task(done) => self.builder.text(if done { "☑ " } else { "☐ " }),
            Role::Space => self.builder.text("\u{200b}"),
            Role::Rule => self.builder.block(Block::Rule),
            Role::Image => self.image(element, node),
            _ => {}
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

    /// A drawing in the page: a picture, with what is written in it, or a sign that goes.
    fn drawing(&mut self, element: &Element, node: NodeRef<'_>, format: Format) -> Step {
        use drawings::Meaning;
        let meaning = drawings::meaning(element, node, &self.page);
        let in_code = matches!(self.builder.kind(), Kind::Code(_));
        let (image, is_small) = match meaning {
            Meaning::Text => return self.open_inline(element, format),
            Meaning::Icon(label) => {
                let text = tree::visible_text(node);
                self.report("icon", if text.is_empty() { label } else { text });
                return Step::Over;
            }
            _ if in_code => return Step::Over,
            Meaning::Picture(drawn) => (
                self.pictures.drawn(drawn.bytes, drawn.words),
                drawn.is_small,
            ),
            Meaning::Framed(address, drawn) => {
                let image = self.pictures.framed(&address, drawn.words, &self.links);
                match image {
                    Some(image) => (image, drawn.is_small),
                    None => return self.open_inline(element, format),
                }
            }
        };
        self.remove("drawing", node);
        if is_small {
            self.builder.atom(line::image(image));
        } else {
            self.builder.figure(image);
        }
        Step::Over
    }

    fn embed(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        if self.srcdoc(element) {
            self.remove("fallback", node);
            return Step::Over;
        }
        if let Some(image) = self.pictures.embedded(element, node, &self.links) {
            self.remove("fallback", node);
            self.builder.figure(image);
            return Step::Over;
        }
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
        self.noscript(node);
        self.noscript += 1;
        Step::Into(End::Noscript)
    }

    /// An element in a listing: a line, numbers beside one, or a part of one.
    fn open_in_listing(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        if listing::is_gutter(element, node) {
            self.remove("line-numbers", node);
            return Step::Over;
        }
        let line = listing::line(element, node);
        let Some(listing) = self.builder.listing() else {
            return Step::Into(End::Nothing);
        };
        listing.keeps_line_ends |= listing::keeps_line_ends(element);
        match line {
            Some(counts) => {
                listing.open_line(counts);
                Step::Into(End::Line)
            }
            None => {
                if let Some(number) = node.first_child().and_then(|text| text.value().as_text()) {
                    listing.note_number(number);
                }
                Step::Into(End::Nothing)
            }
        }
    }

    fn open_inline(&mut self, element: &Element, format: Format) -> Step {
        let turns = matches!(format, Format::Phrase(PhraseKind::Override(_), _));
        if turns || matches!(format, Format::Code(_)) {
            // Code is left to right in itself, whatever the page says; `bdo` has a direction of its own.
            self.open_language(element);
        } else {
            self.open_span(element);
        }
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
        let language = named_language(element);
        let direction = phrases::named_direction(element);
        if language.is_some() || direction.is_some() {
            self.builder.open_format(Format::Span(language, direction));
        }
    }

    /// The language that an element names.
    fn open_language(&mut self, element: &Element) {
        if let Some(language) = named_language(element) {
            self.builder.open_format(Format::Span(Some(language), None));
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
        if let Some(table) = self.builder.table() {
            table.begin_group(element.name());
        }
        self.open_span(element);
        self.open_styled(element);
        Step::Into(End::Block)
    }

    fn open_container(&mut self, element: &Element, kind: Kind) -> Step {
        let in_line = kind.is_in_line() || matches!(kind, Kind::SideNote);
        let is_table = matches!(kind, Kind::Table(_));
        if self.builder.open(kind) {
            if is_table {
                // The table has the direction, not each of its lines.
                self.open_language(element);
            } else {
                self.open_span(element);
            }
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
                for text in std::mem::take(&mut self.builder.line_numbers) {
                    let rule = "line-numbers";
                    self.removed.push(Removed { rule, text });
                }
            }
            End::Line => {
                if let Some(listing) = self.builder.listing() {
                    listing.close_line();
                }
            }
            End::Small => self.builder.small(false),
            End::Noscript => self.noscript -= 1,
            End::Quotation => self.builder.text("”"),
        }
        for _ in 0..frame.formats {
            self.builder.close_format();
        }
    }
}

fn named_language(element: &Element) -> Option<Language> {
    attribute(element, "lang")
        .or_else(|| attribute(element, "xml:lang"))
        .and_then(Language::new)
}
