//! What the beginning of each element does: it opens a block, a container or a format, or something is put
//! in its place.

use super::container::{Hints, Kind};
use super::elements::Role;
use super::line::{Format, formulas, phrases};
use super::pictures::drawings;
use super::{End, Step, Walk};
use super::{elements, links, listing, media};
use crate::clean::body::formulas as formulas_of_page;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of, has_style};
use crate::model::{Block, Language, PhraseKind, Target};
use html5ever::ns;

impl Walk<'_> {
    pub(super) fn open(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        if self.noscript == 0
            && let Some(found) = formulas_of_page::found(element, node)
        {
            self.found_formula(found);
            return Step::Over;
        }
        if self.gallery(element, node) || self.bookmark(element, node) {
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
        if let Some(step) = self.open_code(element, node, &role) {
            return step;
        }
        self.open_role(role, element, node)
    }

    /// Opens a listing, or what stands in one or beside its lines; nothing where the element has nothing to
    /// do with code.
    fn open_code(&mut self, element: &Element, node: NodeRef<'_>, role: &Role) -> Option<Step> {
        if self.builder.listing().is_some() && !elements::stands_in_listing(role) {
            return Some(self.open_in_listing(element, node));
        }
        if let Some(listing) = listing::of(element, node) {
            return Some(self.open_container(element, Kind::Code(listing)));
        }
        if listing::is_gutter_beside_code(element, node) {
            self.remove("line-numbers", node);
            return Some(Step::Over);
        }
        if listing::is_label(element, node, false) {
            self.remove("code-label", node);
            return Some(Step::Over);
        }
        None
    }

    fn open_role(&mut self, role: Role, element: &Element, node: NodeRef<'_>) -> Step {
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
            // A box that marks of notes lead to is a note.
            Role::Container(Kind::Box(_)) if self.notes.name(node).is_some() => {
                self.open_block(element, Hints::default())
            }
            Role::Container(kind) => self.open_container(element, kind),
            Role::Figure => {
                self.open_block(element, Hints::default());
                let position = self.builder.position();
                if media::is_picture_to_come(element, node) {
                    self.image(element, node);
                }
                Step::Into(End::Figure(position))
            }
            role => self.open_in_line(role, element, node),
        }
    }

    /// Opens what stands in a line and is more than a format of it, or puts what an element means.
    fn open_in_line(&mut self, role: Role, element: &Element, node: NodeRef<'_>) -> Step {
        match role {
            Role::Small => {
                self.builder.small(true);
                self.open_inline(element, Format::Phrase(PhraseKind::SmallPrint, 0));
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
            Role::Quotation([open, close]) => {
                self.builder.text(open);
                Step::Into(End::Quotation(close))
            }
            Role::VerseLine(indent) => {
                self.builder.begin_verse_line(indent);
                self.open_inline(element, Format::Plain)
            }
            role => {
                self.put(role, element, node);
                Step::Over
            }
        }
    }

    /// Puts what an element means whose content, if it has any, is not what counts.
    fn put(&mut self, role: Role, element: &Element, node: NodeRef<'_>) {
        match role {
            Role::Dropped(rule) => self.remove(rule, node),
            Role::Break => match self.builder.listing() {
                Some(listing) if listing::is_line(node) => listing.empty_line(),
                _ if is_between_scripts(node) => {}
                _ => self.builder.line_break(),
            },
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
        if listing::is_label(element, node, true) {
            self.remove("code-label", node);
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

    pub(super) fn open_inline(&mut self, element: &Element, format: Format) -> Step {
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
    pub(super) fn found_formula(&mut self, found: formulas_of_page::Found) {
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
        let direction = phrases::named_direction(element).or(self.direction.take());
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
        if links::is_permalink(element, node, &self.links) {
            self.remove("icon", node);
            return Step::Over;
        }
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
}

/// Whether a line break stands between a raised and a lowered text, which a style sets above each other.
fn is_between_scripts(node: NodeRef<'_>) -> bool {
    let parent = node.parent();
    let is_stack = parent
        .as_ref()
        .and_then(element_of)
        .is_some_and(|around| has_style(around, "display", &["inline-block", "inline-flex"]));
    let name = |node: Option<NodeRef<'_>>| {
        let element = element_of(&node?)?;
        matches!(element.name(), "sup" | "sub").then(|| element.name().to_owned())
    };
    let (before, after) = (name(node.prev_sibling()), name(node.next_sibling()));
    is_stack && before.is_some() && after.is_some() && before != after
}

fn named_language(element: &Element) -> Option<Language> {
    attribute(element, "lang")
        .or_else(|| attribute(element, "xml:lang"))
        .and_then(Language::new)
}
