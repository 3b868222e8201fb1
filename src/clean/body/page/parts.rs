//! What single parts of a page are, by their own form: credits, lines that lead in, formulas, galleries, lists of
//! other articles.

use super::kept::Kept;
use super::labels::{self, Label};
use super::measures::Measure;
use crate::clean::body::parse::tree::{self, Element, NodeRef, element_of};
use crate::clean::body::passes::captions::{self, begins_like_caption};
use crate::clean::body::walk::figures::is_caption;
use html5ever::ns;

/// How long a list of other articles may be, in characters.
const MAXIMUM_OTHERS: usize = 2_000;

/// How long the lines that lead in may be, in characters.
const MAXIMUM_STANDFIRST: usize = 1_000;

/// How long what holds a formula is where that alone tells that it is the article's, in characters; formulas are
/// written in full for those who hear them, too.
const MAXIMUM_FORMULA: usize = 2_000;

/// How long the words below the picture that leads in may be, in characters.
const MAXIMUM_CREDIT: usize = 160;

/// Whether an element says what a picture shows or whose it is, and little else.
pub(super) fn is_credit(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    (1..=MAXIMUM_CREDIT).contains(&measure.text)
        && measure.images == 0
        && (is_caption(element) || {
            let text = tree::visible_text(*node);
            begins_like_caption(&text) || captions::names_photographer(&text)
        })
}

/// Whether an element stands between parts that the library joined, and is of the article as they are: their
/// heading, a quotation, a listing.
pub(super) fn stands_between(node: &NodeRef<'_>, kept: &Kept) -> bool {
    let name = element_of(node).map_or("", Element::name);
    let mut behind = node
        .next_siblings()
        .filter(|node| element_of(node).is_some());
    let is_part = match name {
        "h2" | "h3" | "h4" | "h5" | "h6" => behind.next().is_some_and(|next| kept.holds(&next)),
        "blockquote" | "pre" => true,
        _ => false,
    };
    is_part && node.parent().is_some_and(|parent| kept.joins(&parent))
}

/// Whether an element is a formula, with what is written around it for those who hear it.
pub(super) fn is_formula(measure: Measure) -> bool {
    measure.formulas > 0 && !measure.is_linked() && measure.text < MAXIMUM_FORMULA
}

/// Whether an element is the lines that lead in, and not what holds more beside them.
pub(super) fn is_lead(element: &Element, measure: Measure) -> bool {
    labels::is_standfirst(element)
        && measure.images == 0
        && !measure.is_linked()
        && measure.text <= MAXIMUM_STANDFIRST
}

/// Whether an element shows pictures, and at most says what they show.
pub(super) fn is_gallery(node: &NodeRef<'_>, measure: Measure) -> bool {
    let is_heading = |inside: NodeRef<'_>| {
        element_of(&inside).is_some_and(|element| {
            matches!(element.name(), "h1" | "h2" | "h3" | "h4")
                && labels::label(element) == Label::Content
        })
    };
    measure.images > 0
        && (!measure.is_linked() || measure.text <= MAXIMUM_CREDIT)
        && !node.descendants().any(is_heading)
}

/// Whether an element lists other articles: it begins by saying so, and most of it is links.
pub(super) fn is_list_of_others(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    let group = matches!(element.name(), "div" | "section" | "aside" | "ul" | "ol");
    group
        && measure.is_linked()
        && measure.text <= MAXIMUM_OTHERS
        && labels::begins_like_others(&tree::visible_text(*node))
}

/// Whether an element says of itself that nobody sees it.
pub(super) fn is_hidden(element: &Element) -> bool {
    tree::attribute(element, "hidden").is_some()
        || tree::attribute(element, "aria-hidden") == Some("true")
        || tree::has_style(element, "display", &["none"])
        || tree::has_style(element, "visibility", &["hidden"])
}

/// What the library takes from an article for reasons of its own, while we have rules for it.
pub(super) fn is_ours(element: &Element) -> bool {
    element.name.ns != ns!(html)
        || matches!(
            element.name(),
            "img"
                | "picture"
                | "noscript"
                | "iframe"
                | "object"
                | "embed"
                | "video"
                | "audio"
                | "br"
        )
}
