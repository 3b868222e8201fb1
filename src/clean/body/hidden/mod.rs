//! What a page hides from its readers is no part of the article, unless it is the article.
//!
//! The elements that hide are found first. Most texts have none; else what they hold is measured, since
//! pages hide the article itself until their scripts have run, and answers until they are asked for.

mod answers;
pub(in crate::clean::body) mod hiding;
mod sheets;

use crate::clean::body::page::labels::{self, Label};
use crate::clean::body::page::measures::{Measure, Measures};
use crate::clean::body::parse::style::{Style, pixels};
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeMap, NodeRef, NodeSet, attribute, classes, element_of,
};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements::is_image;
use crate::clean::body::walk::pictures::candidates;
use crate::clean::body::walk::pictures::trackers;
use answers::Answers;
use hiding::{Hiding, hiding};
use html5ever::local_name;
use sheets::Sheets;
use std::collections::{HashMap, HashSet};

/// The rule by which all this is removed.
pub(in crate::clean::body) const RULE: &str = "hidden";

/// How many characters outside links the article has at least that a page hides as a whole: what mails
/// hide at their beginning, for the list of a mail program to show, is shorter.
const MINIMUM_ARTICLE: usize = 200;

/// How many characters an article has at least that a page shows beside what it hides.
const MINIMUM_SHOWN: usize = 300;

/// How many times as long as what is shown the parts are that hold the article of a page together.
const LEAST_SHARE: usize = 3;

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
    let notes = notes(root);
    let answers = Answers::of(root, &candidates.outermost);
    let mut hidden = Hidden::default();
    if article.is_all_hidden {
        hidden.article = candidates.hiding.into_keys().collect();
        return hidden;
    }
    let mut next = root.first_child();
    while let Some(node) = next {
        let hiding = candidates.hiding.get(&node.id()).copied();
        let hiding = hiding.filter(|_| has_something(&node, &measures));
        let is_article = hiding.is_some_and(|hiding| article.is_in(&node, hiding, &measures));
        if let Some(hiding) = hiding.filter(|_| is_article)
            && article.is_found_in(&node, hiding, &measures)
        {
            hidden.article.insert(node.id());
        }
        let hides = hiding.filter(|_| !is_article && !is_note(&node, &notes));
        let is_answer = |hiding: &Hiding| answers.has(node, *hiding, measures.get(&node));
        if hides.as_ref().is_some_and(is_answer) {
            hidden.article.insert(node.id());
        }
        let hides = hides.filter(|hiding| !is_answer(hiding));
        let hides = hides.filter(|hiding| !is_undone(*hiding, node, &mut hidden.omitted));
        if let Some(hiding) = hides {
            hidden.omitted.insert(node.id(), RULE);
            if shows_pictures(hiding, node) {
                hidden.keep_pictures.insert(node.id());
            }
        }
        let inside = if hides.is_some() {
            None
        } else {
            node.first_child()
        };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    hidden
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

/// What decides whether something hidden is the article.
struct Article<'tree> {
    is_all_hidden: bool,
    whole: usize,
    /// Whether the page shows what it calls an article, with enough text to be one.
    is_shown: bool,
    by_kind: HashMap<Kind<'tree>, usize>,
}

impl<'tree> Article<'tree> {
    fn of(root: NodeRef<'tree>, candidates: &Candidates<'tree>, measures: &Measures) -> Self {
        let whole = measures.get(&root);
        let (mut text, mut images) = (0, 0);
        let mut by_kind: HashMap<Kind<'tree>, usize> = HashMap::new();
        for (kind, node) in &candidates.outermost {
            let measure = measures.get(node);
            text += measure.text;
            images += measure.images;
            *by_kind.entry(*kind).or_default() += letters(measure);
        }
        Article {
            is_all_hidden: text > 0 && whole.text <= text && whole.images <= images,
            whole: letters(whole),
            is_shown: shows_article(root, candidates, measures),
            by_kind,
        }
    }

    /// Whether a hidden element holds the article, or is one of those that hold it together.
    fn is_in(&self, node: &NodeRef<'_>, hiding: Hiding, measures: &Measures) -> bool {
        let Some(element) = element_of(node) else {
            return false;
        };
        let is_most = |plain: usize| plain >= MINIMUM_ARTICLE && plain * 2 > self.whole;
        let kind = (element.name(), attribute(element, "class"), hiding);
        let alike = self.by_kind.get(&kind);
        labels::names_content(element)
            || is_most(letters(measures.get(node)))
            || alike.is_some_and(|plain| is_most(*plain))
    }

    /// Whether the article of a whole page is to be looked for in an element that may hold it. A page
    /// that shows prose and hides several parts has its article in what it shows.
    fn is_found_in(&self, node: &NodeRef<'_>, hiding: Hiding, measures: &Measures) -> bool {
        let Some(element) = element_of(node) else {
            return false;
        };
        let kind = (element.name(), attribute(element, "class"), hiding);
        let alike = self.by_kind.get(&kind).copied().unwrap_or_default();
        let shown = self.whole.saturating_sub(alike);
        labels::names_content(element)
            || (labels::label(element) != Label::Other
                && !self.is_shown
                && (letters(measures.get(node)) * 2 > self.whole || alike >= LEAST_SHARE * shown))
    }
}

/// Whether an element that is not hidden, and hides no more than it shows, is called an article.
fn shows_article(root: NodeRef<'_>, candidates: &Candidates<'_>, measures: &Measures) -> bool {
    let hides = |node: &NodeRef<'_>| candidates.hiding.contains_key(&node.id());
    root.descendants().any(|node| {
        let is_called = element_of(&node).is_some_and(|element| {
            matches!(element.name(), "article" | "main") || labels::names_content(element)
        });
        if !is_called || node.ancestors().any(|outer| hides(&outer)) || hides(&node) {
            return false;
        }
        let hidden = node
            .descendants()
            .filter(hides)
            .map(|inside| letters(measures.get(&inside)));
        letters(measures.get(&node)).saturating_sub(hidden.sum()) >= MINIMUM_SHOWN
    })
}

/// The characters outside links; an ideograph says as much as three letters.
fn letters(measure: Measure) -> usize {
    measure.plain() + 2 * measure.ideographs.min(measure.plain())
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
