//! What a page hides from its readers is no part of the article, unless it is the article.
//!
//! The elements that hide are found first. Most texts have none; else what they hold is measured, since
//! pages hide the article itself until their scripts have run, and answers until they are asked for.

mod answers;
mod article;
pub(in crate::clean::body) mod hiding;
mod sheets;

use crate::clean::body::page::measures::Measures;
use crate::clean::body::parse::style::{Style, pixels};
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeMap, NodeRef, NodeSet, attribute, classes, element_of,
};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements::is_image;
use crate::clean::body::walk::pictures::candidates;
use crate::clean::body::walk::pictures::trackers;
use answers::Answers;
use article::Article;
use hiding::{Hiding, hiding};
use html5ever::local_name;
use sheets::Sheets;
use std::collections::HashSet;

/// The rule by which all this is removed.
pub(in crate::clean::body) const RULE: &str = "hidden";

/// Beginnings of the ids of notes, which a page may show where their references are.
const NOTES: [&str; 7] = [
    "fn",
    "note",
    "footnote",
    "endnote",
    "cite_note",
    "ftn",
    "edn",
];

/// Elements that hide, and those of them in which pictures wait that the page shows.
#[derive(Default)]
pub(in crate::clean::body) struct Hidden {
    pub omitted: Omitted,
    pub keep_pictures: NodeSet,
    /// Elements that hide, and stay since they are the article.
    pub article: NodeSet,
}

/// Finds what the page hides.
pub(in crate::clean::body) fn find(root: NodeRef<'_>) -> Hidden {
    if !may_hide(root) {
        return Hidden::default();
    }
    let candidates = Candidates::of(root);
    if candidates.hiding.is_empty() {
        return Hidden::default();
    }
    let measures = Measures::of(root, &Omitted::default());
    let article = Article::of(root, &candidates, &measures);
    let mut hidden = Hidden::default();
    if article.is_all_hidden {
        hidden.article = candidates.hiding.into_keys().collect();
        return hidden;
    }
    let search = Search {
        answers: Answers::of(root, &candidates.outermost),
        notes: notes(root),
        candidates,
        article,
        measures,
    };
    let mut next = root.first_child();
    while let Some(node) = next {
        let inside = match search.hides(node, &mut hidden) {
            true => None,
            false => node.first_child(),
        };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    hidden
}

/// What tells whether something that hides is left out.
struct Search<'tree> {
    candidates: Candidates<'tree>,
    measures: Measures,
    article: Article<'tree>,
    notes: HashSet<&'tree str>,
    answers: Answers<'tree>,
}

impl<'tree> Search<'tree> {
    /// Whether all of an element is left out; notes that, and what is the article though it hides.
    fn hides(&self, node: NodeRef<'tree>, hidden: &mut Hidden) -> bool {
        let Some(&hiding) = self.candidates.hiding.get(&node.id()) else {
            return false;
        };
        if !has_something(&node, &self.measures) {
            return false;
        }
        if self.article.is_in(&node, hiding, &self.measures) {
            if self.article.is_found_in(&node, hiding, &self.measures) {
                hidden.article.insert(node.id());
            }
            return false;
        }
        if is_note(&node, &self.notes) {
            return false;
        }
        if self.answers.has(node, hiding, self.measures.get(&node)) {
            hidden.article.insert(node.id());
            return false;
        }
        if is_undone(hiding, node, &mut hidden.omitted) {
            return false;
        }
        hidden.omitted.insert(node.id(), RULE);
        if shows_pictures(hiding, node) {
            hidden.keep_pictures.insert(node.id());
        }
        true
    }
}

/// Whether anything in a tree may hide, wherever it stands: in most articles nothing does.
fn may_hide(root: NodeRef<'_>) -> bool {
    // A page has few styles, and many elements of each.
    let mut harmless: Vec<&str> = Vec::new();
    root.tree().nodes().any(|node| {
        let Some(element) = element_of(&node) else {
            return false;
        };
        if element.name.local == local_name!("style") {
            return true;
        }
        let only_style = match element.attrs.as_slice() {
            [] => return false,
            [(name, style)] if name.local == local_name!("style") => Some(&**style),
            _ => None,
        };
        if only_style.is_some_and(|style| harmless.contains(&style)) {
            return false;
        }
        let hides = hiding(element).is_some();
        if let Some(style) = only_style.filter(|_| !hides && harmless.len() < MOST_STYLES) {
            harmless.push(style);
        }
        hides
    })
}

/// How many styles are remembered that hide nothing.
const MOST_STYLES: usize = 8;

/// What a page calls alike and hides alike, as it does with the answers to many questions.
type Kind<'tree> = (&'tree str, Option<&'tree str>, Hiding);

/// The elements that may hide, and the outermost of them in order.
#[derive(Default)]
struct Candidates<'tree> {
    hiding: NodeMap<Hiding>,
    outermost: Vec<(Kind<'tree>, NodeRef<'tree>)>,
}

impl<'tree> Candidates<'tree> {
    fn of(root: NodeRef<'tree>) -> Self {
        let mut found = Candidates::default();
        let sheets = Sheets::of(root);
        let mut outer: Option<NodeId> = None;
        let mut next = root.first_child();
        while let Some(node) = next {
            let element = element_of(&node);
            let passed = element.is_some_and(|element| is_formula(element) || is_other(element));
            let own = element.filter(|_| !passed);
            let hides = own.and_then(|it| hiding(it).or_else(|| sheets.hiding(it)));
            if let (Some(element), Some(hiding)) = (element, hides) {
                found.hiding.insert(node.id(), hiding);
                if outer.is_none() {
                    let kind = (element.name(), attribute(element, "class"), hiding);
                    found.outermost.push((kind, node));
                    outer = Some(node.id());
                }
            }
            let inside = if passed { None } else { node.first_child() };
            next = inside.or_else(|| after(node, root.id(), &mut outer));
        }
        found
    }
}

/// The node after a subtree; notes when the walk leaves the outermost element that hides.
fn after<'tree>(
    node: NodeRef<'tree>,
    root: NodeId,
    outer: &mut Option<NodeId>,
) -> Option<NodeRef<'tree>> {
    let mut leave = |left: NodeRef<'_>| {
        if *outer == Some(left.id()) {
            *outer = None;
        }
    };
    leave(node);
    tree::following_left(node, root, leave)
}

/// The places that marks of notes lead to: pages show such a note where its mark is.
fn notes(root: NodeRef<'_>) -> HashSet<&str> {
    let mut notes = HashSet::new();
    for node in root.descendants() {
        let Some(element) = element_of(&node).filter(|element| element.name() == "a") else {
            continue;
        };
        let name = attribute(element, "href").and_then(|reference| reference.split_once('#'));
        if let Some((_, name)) = name.filter(|_| is_mark(element, &node)) {
            notes.insert(name);
        }
    }
    notes
}

/// Whether a link is the mark of a note: it is raised, or the page calls it so.
fn is_mark(link: &Element, node: &NodeRef<'_>) -> bool {
    let is_raised = |node: NodeRef<'_>| element_of(&node).is_some_and(|it| it.name() == "sup");
    let names = [
        attribute(link, "class"),
        attribute(link, "role"),
        attribute(link, "epub:type"),
        attribute(link, "rel"),
    ];
    let named = names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        ["footnote", "noteref", "endnote", "sidenote"]
            .iter()
            .any(|word| name.contains(word))
    });
    named || node.ancestors().take(3).any(is_raised) || node.children().any(is_raised)
}

/// Whether an element is a note, or holds one.
fn is_note(node: &NodeRef<'_>, marked: &HashSet<&str>) -> bool {
    node.descendants().any(|inside| {
        let Some(id) = element_of(&inside).and_then(|element| attribute(element, "id")) else {
            return false;
        };
        let start = id.trim_start_matches(['#', '_']).to_ascii_lowercase();
        let named = inside.id() == node.id() && NOTES.iter().any(|note| start.starts_with(note));
        named || marked.contains(id)
    })
}

/// Whether there is anything in an element that could be hidden. Places that links lead to are not.
fn has_something(node: &NodeRef<'_>, measures: &Measures) -> bool {
    let measure = measures.get(node);
    measure.text > 0 || measure.images > 0
}

/// Formulas stand in a page twice, once to be seen and once to be read; which one is kept is not settled
/// here.
fn is_formula(element: &Element) -> bool {
    element.name() == "math"
        || classes(element).any(|class| {
            ["katex", "MathJax", "mjx", "MJX", "mwe-math"]
                .iter()
                .any(|start| class.starts_with(start))
        })
}

/// Elements with rules of their own: pictures, what plays, and what is never shown.
fn is_other(element: &Element) -> bool {
    is_image(element.name())
        || tree::is_never_shown(element)
        || matches!(
            element.name(),
            "noscript"
                | "video"
                | "audio"
                | "object"
                | "embed"
                | "picture"
                | "svg"
                | "input"
                | "br"
        )
}

/// Whether something inside is shown nevertheless, or a formula is only to be read. What is hidden
/// beside it is left out.
fn is_undone(hiding: Hiding, node: NodeRef<'_>, omitted: &mut Omitted) -> bool {
    let undoes = |style: Style<'_>| match hiding {
        Hiding::Visibility => style.is("visibility", &["visible"]),
        Hiding::Letters => {
            let size = style.value("font-size");
            size.is_some_and(|size| pixels(size).is_none_or(|size| size > 1.0))
        }
        _ => false,
    };
    let is_shown = |node: NodeRef<'_>| {
        element_of(&node).is_some_and(|element| Style::of(element).is_some_and(undoes))
    };
    let is_read = |inside: NodeRef<'_>| element_of(&inside).is_some_and(is_formula);
    if node.descendants().skip(1).any(is_read) {
        return true;
    }
    if !node.descendants().skip(1).any(is_shown) {
        return false;
    }
    let mut next = node.first_child();
    while let Some(inside) = next {
        let shown = is_shown(inside);
        if inside
            .value()
            .as_text()
            .is_some_and(|text| !text.trim().is_empty())
        {
            omitted.insert(inside.id(), RULE);
        }
        let within = if shown { None } else { inside.first_child() };
        next = within.or_else(|| tree::following(inside, node.id()));
    }
    true
}

/// Whether pictures in a hidden element are shown by a script, or fade in.
fn shows_pictures(hiding: Hiding, node: NodeRef<'_>) -> bool {
    let fades = matches!(
        hiding,
        Hiding::Visibility | Hiding::Opacity | Hiding::Letters
    );
    node.descendants().any(|inside| {
        element_of(&inside).is_some_and(|element| {
            is_image(element.name())
                && !trackers::is_tracker(element, inside)
                && (fades || candidates::is_lazy(element))
        })
    })
}
