//! Drawings that stand in the page itself (`svg`): which are pictures, which are icons, and what a
//! picture among them shows, in words.

mod measures;
mod serialise;

use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeRef, attribute, class_contains, element_of,
};
use crate::model::CleanText;
use html5ever::ns;
use measures::{Measures, is_hidden};
use std::cell::OnceCell;
use std::collections::HashMap;

/// What a drawing in the page is.
pub(in crate::clean::body) enum Meaning {
    /// A picture with these bytes.
    Picture(Drawn),
    /// A picture from elsewhere, set in a drawing: its address.
    Framed(String, Drawn),
    /// A sign of the page's that says nothing to a reader, and its label.
    Icon(String),
    /// Nothing is drawn: what text there is, is text.
    Text,
}

/// A drawing that is a picture.
pub(in crate::clean::body) struct Drawn {
    /// The drawing as a document of its own; too large a one has none.
    pub bytes: Vec<u8>,
    /// What it shows, in words; may be empty.
    pub words: CleanText,
    /// Whether it belongs into a line of text.
    pub is_small: bool,
}

/// The elements of the page that drawings may refer to, found when one first does.
#[derive(Default)]
pub(in crate::clean::body) struct Page(OnceCell<HashMap<String, NodeId>>);

impl Page {
    /// The element of an id, wherever on the page it stands.
    fn find<'tree>(&self, id: &str, node: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
        let ids = self.0.get_or_init(|| {
            let mut ids = HashMap::new();
            for node in node.tree().root().descendants() {
                let id = element_of(&node).and_then(|element| attribute(element, "id"));
                if let Some(id) = id {
                    ids.entry(id.to_owned()).or_insert(node.id());
                }
            }
            ids
        });
        node.tree().get(*ids.get(id)?)
    }
}

/// Elements that draw something by themselves.
const SHAPES: [&str; 8] = [
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image",
];

/// Elements whose content is drawn only where others refer to it, or never.
const STORES: [&str; 13] = [
    "defs",
    "symbol",
    "clipPath",
    "mask",
    "marker",
    "pattern",
    "linearGradient",
    "radialGradient",
    "title",
    "desc",
    "metadata",
    "style",
    "script",
];

/// HTML with more characters than this in a drawing is text in a frame, not a label.
const LONGEST_LABEL: usize = 2_000;

/// Whether an element is a drawing.
pub(in crate::clean::body) fn is_drawing(element: &Element) -> bool {
    element.name.ns == ns!(svg) && element.name() == "svg"
}

/// What an `svg` element of the page is.
pub(in crate::clean::body) fn meaning(
    element: &Element,
    node: NodeRef<'_>,
    page: &Page,
) -> Meaning {
    let drawn = Shapes::of(node, page);
    if is_hidden(element) {
        return Meaning::Icon(String::new());
    }
    if drawn.shapes == 0 {
        let is_empty = tree::visible_text(node).is_empty();
        return if is_empty {
            Meaning::Icon(label(element, node, page))
        } else {
            Meaning::Text
        };
    }
    if drawn.html > LONGEST_LABEL {
        return Meaning::Text;
    }
    let label = label(element, node, page);
    let measures = Measures::of(element);
    if is_icon(element, node, &label, &measures, drawn.shapes) {
        return Meaning::Icon(label);
    }
    let words = if label.is_empty() {
        tree::visible_text(node)
    } else {
        label
    };
    let is_small = measures.is_small() && drawn.image.is_none();
    let picture = |bytes| Drawn {
        bytes,
        words: CleanText::line(&words),
        is_small,
    };
    match drawn.image {
        Some(address) => Meaning::Framed(address, picture(Vec::new())),
        None => Meaning::Picture(picture(serialise::document(element, node, page))),
    }
}

/// What a drawing draws.
#[derive(Default)]
struct Shapes {
    shapes: usize,
    /// The first picture that is set in it.
    image: Option<String>,
    /// Characters of HTML in it.
    html: usize,
}

impl Shapes {
    fn of(node: NodeRef<'_>, page: &Page) -> Self {
        let mut found = Shapes::default();
        let mut next = node.first_child();
        while let Some(inside) = next {
            let Some(element) = element_of(&inside) else {
                next = tree::following(inside, node.id());
                continue;
            };
            let name = element.name();
            let is_left_out = STORES.contains(&name) || name == "foreignObject";
            if name == "foreignObject" {
                found.html += tree::visible_text(inside).chars().count();
            } else if name == "image" {
                let address = reference(element).filter(|address| !address.starts_with('#'));
                found.shapes += usize::from(address.is_some());
                found.image = found.image.or(address.map(str::to_owned));
            } else if name == "use" {
                let target = reference(element).and_then(|address| address.strip_prefix('#'));
                let target = target.and_then(|id| page.find(id, node));
                found.shapes += usize::from(target.is_some());
            } else if SHAPES.contains(&name) {
                found.shapes += 1;
            }
            let inside_it = if is_left_out {
                None
            } else {
                inside.first_child()
            };
            next = inside_it.or_else(|| tree::following(inside, node.id()));
        }
        found
    }
}

/// What an element of a drawing refers to.
fn reference(element: &Element) -> Option<&str> {
    attribute(element, "href").map(str::trim)
}

/// The words that the page gives a drawing for those who can't see it.
fn label(element: &Element, node: NodeRef<'_>, page: &Page) -> String {
    let named = |element: &Element| {
        let own = attribute(element, "aria-label").map(str::to_owned);
        own.filter(|label| !label.trim().is_empty()).or_else(|| {
            let ids = attribute(element, "aria-labelledby")?.split_ascii_whitespace();
            let parts = ids.filter_map(|id| page.find(id, node)).map(all_text);
            Some(parts.collect::<Vec<_>>().join(" "))
        })
    };
    let child = |name: &str| {
        let mut children = node.children();
        children.find_map(|child| {
            let element = element_of(&child)?;
            (element.name() == name).then(|| all_text(child))
        })
    };
    let around = || {
        let mut around = node
            .ancestors()
            .take(2)
            .filter_map(|outer| element_of(&outer));
        around
            .find(|outer| attribute(outer, "role") == Some("img"))
            .and_then(named)
    };
    let full = |text: &String| !text.trim().is_empty();
    let found = named(element)
        .filter(full)
        .or_else(|| child("title").filter(full))
        .or_else(|| child("desc").filter(full))
        .or_else(|| around().filter(full));
    found.map_or_else(String::new, |text| {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// All text of a subtree, that of titles and descriptions too.
fn all_text(node: NodeRef<'_>) -> String {
    let texts = node.descendants().filter_map(|inside| {
        let text = inside.value().as_text()?;
        Some(text.to_string())
    });
    texts.collect()
}

/// Whether a drawing is one of the page's signs: what its size, its place and its names tell.
fn is_icon(
    element: &Element,
    node: NodeRef<'_>,
    label: &str,
    measures: &Measures,
    shapes: usize,
) -> bool {
    let is_unspoken = attribute(element, "aria-hidden") == Some("true")
        || matches!(attribute(element, "role"), Some("presentation" | "none"));
    let is_called_icon = class_contains(
        element,
        &[
            "icon", "logo", "fa-", "octicon", "feather", "lucide", "glyph", "chevron", "caret",
            "arrow", "emoji", "sprite", "spinner", "loader",
        ],
    );
    let is_formula = is_formula(element, node) || (measures.is_set_in_text() && shapes > 1);
    if is_formula {
        return false;
    }
    let is_sign = measures.is_sign();
    let place = Place::of(node);
    let is_large = measures.is_large();
    (is_unspoken && !(is_large && place.in_figure))
        || (is_called_icon && !is_large)
        || (place.in_control && (is_sign || measures.is_unknown()))
        || (is_sign && label.is_empty())
}

/// Whether a drawing is a formula, by the names that programs give those.
fn is_formula(element: &Element, node: NodeRef<'_>) -> bool {
    const NAMES: [&str; 5] = ["math", "mjx", "latex", "tex-", "formula"];
    let is_named =
        |element: &Element| class_contains(element, &NAMES) || element.name().starts_with("mjx-");
    let mut around = node
        .ancestors()
        .take(3)
        .filter_map(|outer| element_of(&outer));
    is_named(element) || around.any(is_named)
}

/// Where a drawing stands.
#[derive(Default)]
struct Place {
    in_figure: bool,
    /// In a link or a button.
    in_control: bool,
}

impl Place {
    fn of(node: NodeRef<'_>) -> Self {
        let mut place = Place::default();
        for outer in node.ancestors().take(6) {
            let Some(element) = element_of(&outer).filter(|outer| outer.name.ns == ns!(html))
            else {
                continue;
            };
            let role = attribute(element, "role");
            place.in_figure |= element.name() == "figure" || role == Some("img");
            place.in_control |=
                matches!(element.name(), "a" | "button" | "summary") || role == Some("button");
        }
        place
    }
}
