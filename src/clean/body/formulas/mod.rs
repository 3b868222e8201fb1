//! Formulas: programs that set them for the web write each one twice or three times, as MathML, as TeX
//! and as what is seen. One is kept.

mod delimited;
mod drawn;
mod fraction;
mod katex;
mod mathml;
mod pieces;
mod source;
mod tex;
mod typeset;

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, has_style, visible_text,
};
use crate::model::{CleanText, Formula};
pub(in crate::clean::body) use delimited::Signs;
use html5ever::ns;

/// What an element that belongs to a formula turned out to be.
pub(in crate::clean::body) enum Found {
    /// A formula, in the line or on a line of its own.
    Formula { formula: Box<Formula>, alone: bool },
    /// Nothing but TeX that can't be set.
    Tex(CleanText),
    /// A copy of a formula that stands beside it.
    Copy,
}

/// What surrounds a formula and its copies: KaTeX, `MathJax` 2 and 3, `MediaWiki`.
const WRAPPERS: [&str; 12] = [
    "katex",
    "katex-display",
    "MathJax",
    "MathJax_Display",
    "MathJax_SVG",
    "MathJax_SVG_Display",
    "MathJax_CHTML",
    "MathJax_MathML",
    "MJXc-display",
    "mjx-chtml",
    "mjx-container",
    "mwe-math-element",
];

/// What surrounds the TeX of a formula, for a script to set: Pandoc, kramdown, `PyMdown`, Sphinx, wikis.
const SOURCES: [&str; 11] = [
    "stemblock",
    "math",
    "math-inline",
    "math-display",
    "math-block",
    "kdmath",
    "arithmatex",
    "language-math",
    "tex",
    "js-inline-math",
    "js-display-math",
];

/// What sets a formula on a line of its own.
const ALONE: [&str; 12] = [
    "stemblock",
    "katex-display",
    "MathJax_Display",
    "MathJax_SVG_Display",
    "MJXc-display",
    "mwe-math-element-block",
    "tml-display",
    "display",
    "math-display",
    "math-block",
    "kdmath",
    "js-display-math",
];

/// The formula that an element is, holds with all its copies, or is a copy of. Nothing where the element
/// is like any other.
pub(in crate::clean::body) fn found(element: &Element, node: NodeRef<'_>) -> Option<Found> {
    if element.name.ns == ns!(mathml) {
        let is_formula = element.name() == "math";
        return if is_formula { math(node) } else { None };
    }
    if element.name.ns != ns!(html) {
        return None;
    }
    match element.name() {
        "script" => script(element, node),
        "mjx-container" => wrapper(element, node),
        "mjx-assistive-mml" => None,
        _ if attribute(element, "aria-hidden") == Some("true") && is_copy(node) => {
            Some(Found::Copy)
        }
        _ => by_class(element, node),
    }
}

fn by_class(element: &Element, node: NodeRef<'_>) -> Option<Found> {
    attribute(element, "class")?;
    let has = |names: &[&str]| classes(element).any(|class| names.contains(&class));
    if has(&["MathJax_Preview"]) {
        let typeset = following(node).is_some_and(|next| is_wrapper(next) || is_script(next));
        return typeset.then_some(Found::Copy);
    }
    if has(&WRAPPERS) {
        return wrapper(element, node);
    }
    if has(&["sfrac"]) {
        return formula(fraction::parts(node)?, None, false);
    }
    if has(&["latex-rendered"]) {
        let expression = source::of_attributes(element)?;
        return Some(set_or_told(&expression, true));
    }
    if has(&SOURCES) && maths(node).next().is_none() {
        let (expression, alone) = source::of_text(&visible_text(node), is_alone(element))?;
        return formula(tex::parts(&expression, alone)?, Some(&expression), alone);
    }
    None
}

/// A `math` element that holds nothing but MathML, or TeX where that is all that can be read.
fn math(node: NodeRef<'_>) -> Option<Found> {
    let alone = element_of(&node).is_some_and(is_alone);
    let text = source::of_math(node);
    let parts = mathml::parts(node);
    if let Some(found) = parts.and_then(|parts| formula(parts, text.as_deref(), alone)) {
        return Some(found);
    }
    let text = text.filter(|_| mathml::is_empty(node))?;
    formula(tex::parts(&text, alone)?, Some(&text), alone)
}

/// Everything about one formula: its MathML, else its TeX, else the marks that its drawing has.
fn wrapper(element: &Element, node: NodeRef<'_>) -> Option<Found> {
    let alone = is_alone(element);
    let mut maths = maths(node);
    let first = maths.next();
    if maths.next().is_some() {
        return None;
    }
    let beside =
        source::of_wrapper(element, node).or_else(|| following(node).and_then(script_source));
    if let Some(math) = first {
        let alone = alone || element_of(&math).is_some_and(is_alone);
        let text = source::of_math(math).or_else(|| beside.clone());
        let found = mathml::parts(math).and_then(|parts| formula(parts, text.as_deref(), alone));
        if found.is_some() {
            return found;
        }
    }
    if let Some(markup) = attribute(element, "data-mathml") {
        let parts = mathml::parsed(markup);
        let found = parts.and_then(|parts| formula(parts, beside.as_deref(), alone));
        if found.is_some() {
            return found;
        }
    }
    if let Some(text) = beside {
        let found = tex::parts(&text, alone).and_then(|parts| formula(parts, Some(&text), alone));
        if found.is_some() {
            return found;
        }
    }
    let seen = drawn::parts(node)
        .or_else(|| katex::parts(node))
        .or_else(|| typeset::parts(node));
    formula(seen?, None, alone)
}

/// TeX or MathML for `MathJax` 2, unless what that made of it stands before it.
fn script(element: &Element, node: NodeRef<'_>) -> Option<Found> {
    let kind = script_kind(element)?;
    if preceding(node).is_some_and(|before| is_wrapper(before) && wrapper_of(before).is_some()) {
        return Some(Found::Copy);
    }
    let alone = kind.contains("mode=display");
    let text = source::text(node);
    if kind.starts_with("math/asciimath") {
        let text = text.trim();
        return (!text.is_empty()).then(|| Found::Tex(CleanText::line(text)));
    }
    if kind.starts_with("math/mml") {
        return formula(mathml::parsed(&text)?, None, alone);
    }
    let text = source::plain(&text);
    (!text.is_empty()).then(|| set_or_told(&text, alone))
}

fn wrapper_of(node: NodeRef<'_>) -> Option<Found> {
    wrapper(element_of(&node)?, node)
}

fn set_or_told(text: &str, alone: bool) -> Found {
    tex::parts(text, alone)
        .and_then(|parts| formula(parts, Some(text), alone))
        .unwrap_or_else(|| Found::Tex(CleanText::line(text)))
}

fn formula(parts: Vec<crate::model::Math>, text: Option<&str>, alone: bool) -> Option<Found> {
    let formula = Box::new(Formula::new(parts, text).ok()?);
    Some(Found::Formula { formula, alone })
}

/// The outermost `math` elements of a part of the tree.
fn maths<'tree>(node: NodeRef<'tree>) -> impl Iterator<Item = NodeRef<'tree>> {
    node.descendants().filter(is_math)
}

fn is_math(node: &NodeRef<'_>) -> bool {
    element_of(node)
        .is_some_and(|element| element.name.ns == ns!(mathml) && element.name() == "math")
}

fn is_alone(element: &Element) -> bool {
    matches!(attribute(element, "display"), Some("block" | "true"))
        || classes(element).any(|class| ALONE.contains(&class))
        || has_style(element, "display", &["block math"])
}

fn is_wrapper(node: NodeRef<'_>) -> bool {
    element_of(&node).is_some_and(|element| {
        element.name() == "mjx-container" || classes(element).any(|class| WRAPPERS.contains(&class))
    })
}

fn is_script(node: NodeRef<'_>) -> bool {
    element_of(&node).is_some_and(|element| script_kind(element).is_some())
}

/// The type of a script that holds a formula.
fn script_kind(element: &Element) -> Option<String> {
    if element.name() != "script" {
        return None;
    }
    let kind = attribute(element, "type")?.to_ascii_lowercase();
    let kind: String = kind.split_ascii_whitespace().collect();
    let kinds = ["math/tex", "math/mml", "math/asciimath"];
    kinds
        .iter()
        .any(|known| kind.starts_with(known))
        .then_some(kind)
}

fn script_source(node: NodeRef<'_>) -> Option<String> {
    let kind = script_kind(element_of(&node)?)?;
    let text = source::plain(&source::text(node));
    (kind.starts_with("math/tex") && !text.is_empty()).then_some(text)
}

/// The element right behind a node, but for white space.
fn following<'tree>(node: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
    node.next_siblings().find(|next| !is_blank(next))
}

/// The element right before a node, but for white space.
fn preceding<'tree>(node: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
    node.prev_siblings().find(|before| !is_blank(before))
}

fn is_blank(node: &NodeRef<'_>) -> bool {
    let value = node.value();
    let text = value.as_text();
    text.map_or(value.as_comment().is_some(), |text| text.trim().is_empty())
}

/// How many nodes of what stands beside a copy are looked at for a formula.
const NEAR: usize = 200;

/// Whether nothing but a formula stands beside the node, in the same element: the node repeats it.
fn is_copy(node: NodeRef<'_>) -> bool {
    let beside = |mut siblings: Box<dyn Iterator<Item = NodeRef<'_>> + '_>| -> Option<usize> {
        siblings.try_fold(0, |found, sibling| {
            if is_blank(&sibling) {
                return Some(found);
            }
            let holds = sibling
                .descendants()
                .take(NEAR)
                .any(|inside| is_math(&inside));
            holds.then_some(found + 1)
        })
    };
    let holds_none = !node.descendants().take(NEAR).any(|inside| is_math(&inside));
    let before = beside(Box::new(node.prev_siblings().take(4)));
    let after = beside(Box::new(node.next_siblings().take(4)));
    holds_none
        && before
            .zip(after)
            .is_some_and(|(before, after)| before + after == 1)
}
