//! Pictures and films on the walk: what becomes of each, and what is reported of those that go.

use super::container::Kind;
use super::embeds::{self, posts, wrapped};
use super::line::{self, Format};
use super::pictures::{Shown, drawings, twins};
use super::{End, Step, Walk, elements};
use crate::clean::RemovedPicture;
use crate::clean::body::hidden;
use crate::clean::body::parse;
use crate::clean::body::parse::tree::{
    self, Element, NodeRef, attribute, classes, element_of, has_style,
};
use crate::model::{Address, Block};

impl Walk<'_> {
    /// Puts the film that an element stands for before what it holds.
    pub(super) fn wrapped(&mut self, element: &Element, node: NodeRef<'_>) {
        if let Some(wrapped) = wrapped::film(element, node, &self.links, &self.pictures) {
            if let Some(still) = wrapped.still {
                self.omitted.insert(still, "fallback");
            }
            self.builder.block(Block::Embed(wrapped.embed));
        }
    }

    /// Shows what a `noscript` holds that a page shows to those without scripts alone: a film, or a picture
    /// whose markup stands as text.
    pub(super) fn noscript(&mut self, noscript: NodeRef<'_>) {
        for embed in posts::without_scripts(noscript, &self.links, &self.pictures) {
            self.builder.block(Block::Embed(embed));
        }
        let Some(markup) = twins::written_copy(noscript).filter(|_| !twins::is_copied(noscript))
        else {
            return;
        };
        let parsed = parse::parse(&markup);
        for node in parsed.html.tree.root().descendants() {
            if let Some(element) = element_of(&node).filter(|it| elements::is_image(it.name())) {
                self.image(element, node);
            }
        }
    }

    /// A `picture` without an `img` shows its best source itself.
    pub(super) fn picture(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
        let has_image = node.descendants().any(|inside| {
            element_of(&inside).is_some_and(|element| elements::is_image(element.name()))
        });
        if !has_image {
            self.image(element, node);
        }
        Step::Into(End::Nothing)
    }

    /// A drawing in the page: a picture, with what is written in it, or a sign that goes.
    pub(super) fn drawing(&mut self, element: &Element, node: NodeRef<'_>, format: Format) -> Step {
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

    pub(super) fn embed(&mut self, element: &Element, node: NodeRef<'_>) -> Step {
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

    pub(super) fn image(&mut self, element: &Element, node: NodeRef<'_>) {
        match self.pictures.shown(element, node, &self.links) {
            Shown::Figure(image) => {
                self.builder.figure(image);
                if floats(element) {
                    self.builder.flow_around();
                }
            }
            Shown::Small(image) => self.builder.atom(line::image(image)),
            Shown::Character(character) => self.builder.text(&character),
            Shown::Nothing => {}
            Shown::Removed(rule) => self.remove_picture(rule, element),
        }
    }

    pub(super) fn remove_picture(&mut self, rule: &'static str, element: &Element) {
        let address = attribute(element, "src").and_then(|address| self.links.resolve(address));
        if let Some(address) = address.filter(Address::is_web) {
            self.removed_pictures.push(RemovedPicture { rule, address });
        }
    }

    /// Notes the pictures in something hidden.
    pub(super) fn remove_pictures(&mut self, node: NodeRef<'_>) {
        for inside in node.descendants() {
            if let Some(element) = element_of(&inside)
                && elements::is_image(element.name())
            {
                self.remove_picture(hidden::RULE, element);
            }
        }
    }
}

/// Whether a picture stands at a side, and the text beside it flows around.
fn floats(element: &Element) -> bool {
    let is_side = |word: &str| matches!(word, "left" | "right" | "alignleft" | "alignright");
    attribute(element, "align").is_some_and(|value| is_side(&value.to_ascii_lowercase()))
        || has_style(element, "float", &["left", "right"])
        || classes(element).any(|class| class.split(['-', '_']).any(is_side))
}

/// Whether a figure names its picture (HTML, section 5.2.2: `itemid`), which a script puts there later.
pub(super) fn is_picture_to_come(element: &Element, node: NodeRef<'_>) -> bool {
    let is = |name, end: &str| attribute(element, name).is_some_and(|value| value.ends_with(end));
    element.name() == "figure"
        && is("itemtype", "schema.org/ImageObject")
        && attribute(element, "itemid").is_some()
        && !node.descendants().any(|inside| {
            element_of(&inside).is_some_and(|element| {
                elements::is_image(element.name())
                    || matches!(element.name(), "picture" | "noscript")
            })
        })
}
