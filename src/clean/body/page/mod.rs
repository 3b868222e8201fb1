//! Whole saved pages: which part is the article, and which is the page around it.
//!
//! The article is the element that holds most of the prose, found as the Readability algorithm
//! does: each paragraph counts for its parent, and half for the parent's parent. What stands
//! around it goes, but for prose, standfirsts and the picture that leads in. Within it, elements
//! that the page names as share bars, comments and the like go. Where little text would be left,
//! the page stays whole.

pub(in crate::clean::body) mod labels;
pub(in crate::clean::body) mod measures;
pub(in crate::clean::body) mod omit;

use crate::clean::body::Byline;
use crate::clean::body::parse::tree::{self, Element, NodeId, NodeRef, element_of};
use crate::clean::body::passes::captions::begins_like_caption;
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements;
use labels::Label;
use measures::{Measure, Measures};
use std::collections::{HashMap, HashSet};

/// The rule by which all this is removed.
const RULE: &str = "page";

/// A page keeps everything unless this share of its prose (in hundredths) is kept.
const MINIMUM_KEPT: usize = 40;

/// How long a list of other articles may be, in characters.
const MAXIMUM_OTHERS: usize = 2_000;

/// How long the words below the picture that leads in may be, in characters.
const MAXIMUM_CREDIT: usize = 160;

/// Whether some HTML is a whole page, although it stands where an article's own does: it has at
/// least two of the parts that pages have and articles have not.
///
/// Heads and feet within a part of the page are that part's own.
pub(in crate::clean::body) fn is_whole(root: NodeRef<'_>) -> bool {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let element = element_of(&node);
        let own = element.is_some_and(|element| {
            matches!(
                element.name(),
                "article" | "section" | "aside" | "blockquote"
            )
        });
        if let Some(part) = element.and_then(Part::of)
            && !parts.contains(&part)
        {
            parts.push(part);
        }
        let inside = if own { None } else { node.first_child() };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    parts.contains(&Part::Navigation) && parts.len() > 1
}

/// A part of a page, by its element or the role that it names (HTML-AAM, section 3.5).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Navigation,
    Head,
    Foot,
    Main,
}

impl Part {
    fn of(element: &Element) -> Option<Self> {
        match (element.name(), tree::attribute(element, "role")) {
            ("nav", _) | (_, Some("navigation")) => Some(Part::Navigation),
            ("header", _) | (_, Some("banner")) => Some(Part::Head),
            ("footer", _) | (_, Some("contentinfo")) => Some(Part::Foot),
            ("main", _) | (_, Some("main")) => Some(Part::Main),
            _ => None,
        }
    }
}

/// Finds what is not the article.
pub(in crate::clean::body) fn leave_out(root: NodeRef<'_>, omitted: &mut Omitted, byline: Byline) {
    let measures = Measures::of(root, omitted);
    let bylines = match byline {
        Byline::Read => HashSet::new(),
        Byline::Unread => bylines(root, &measures),
    };
    let mut page = Page {
        measures,
        bylines,
        found: Omitted::new(),
    };
    page.omit_labelled(root, page.measures.get(&root));
    let Some(article) = page.article(root) else {
        add(omitted, page.found);
        return;
    };
    let labelled = page.found.clone();
    page.omit_around(article, root);
    page.omit_labelled(article, page.measures.get(&article));
    let kept = page.kept(root);
    let all = page.measures.get(&root).plain();
    if kept * 100 >= all * MINIMUM_KEPT || page.comments(root) * 2 > all {
        add(omitted, page.found);
    } else {
        add(omitted, labelled);
    }
}

/// Adds what was found, and leaves the rules that are set already.
fn add(omitted: &mut Omitted, found: Omitted) {
    for (node, rule) in found {
        omitted.entry(node).or_insert(rule);
    }
}

/// Whether an element says what a picture shows or whose it is, and little else.
fn is_credit(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    (1..=MAXIMUM_CREDIT).contains(&measure.text)
        && measure.images == 0
        && (elements::is_caption(element) || begins_like_caption(&tree::visible_text(*node)))
}

/// Whether an element lists other articles: it begins by saying so, and most of it is links.
fn is_list_of_others(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    let group = matches!(element.name(), "div" | "section" | "aside" | "ul" | "ol");
    group
        && measure.is_linked()
        && measure.text <= MAXIMUM_OTHERS
        && labels::begins_like_others(&tree::visible_text(*node))
}

/// The bylines of a page, and what they stand in.
fn bylines(root: NodeRef<'_>, measures: &Measures) -> HashSet<NodeId> {
    let mut found = HashSet::new();
    for node in root.descendants() {
        // Links alone lead to sections and subscriptions.
        let linked = measures.get(&node).is_linked();
        if !linked && element_of(&node).is_some_and(labels::is_byline) {
            let outer = node.ancestors().map(|outer| outer.id());
            found.extend(outer.take_while(|id| *id != root.id()));
            found.insert(node.id());
        }
    }
    found
}

struct Page {
    measures: Measures,
    /// Bylines that stay, and what holds them.
    bylines: HashSet<NodeId>,
    found: Omitted,
}

impl Page {
    /// Omits what the page itself names as something else, unless it holds much of the text.
    fn omit_labelled(&mut self, root: NodeRef<'_>, whole: Measure) {
        let mut next = root.first_child();
        while let Some(node) = next {
            let omit =
                element_of(&node).is_some_and(|element| self.is_other(element, &node, whole));
            if omit {
                self.found.insert(node.id(), RULE);
            }
            let inside = if omit { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, root.id()));
        }
    }

    fn is_other(&self, element: &Element, node: &NodeRef<'_>, whole: Measure) -> bool {
        if self.bylines.contains(&node.id()) {
            return false;
        }
        let measure = self.measures.get(node);
        let small = measure.plain() * 10 < whole.plain().max(1) * 3;
        match labels::label(element) {
            Label::Comments => measure.plain() + 200 < whole.plain(),
            Label::Other => small,
            Label::Maybe => small && (!measure.is_prose() || measure.is_linked()),
            Label::Content => small && is_list_of_others(element, node, measure),
        }
    }

    /// The element that holds most of the prose.
    fn article<'tree>(&self, root: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
        let mut scores: HashMap<NodeId, usize> = HashMap::new();
        let mut order: Vec<NodeRef<'tree>> = Vec::new();
        let mut next = root.first_child();
        while let Some(node) = next {
            let skip = self.found.contains_key(&node.id());
            if !skip && let Some(element) = element_of(&node) {
                if labels::is_paragraph(element, &node) {
                    self.count(&node, &mut scores);
                }
                order.push(node);
            }
            let inside = if skip { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, root.id()));
        }
        let mut best: Option<(usize, NodeRef<'tree>)> = None;
        for node in order {
            let Some(score) = scores
                .get(&node.id())
                .map(|score| self.weighted(*score, &node))
            else {
                continue;
            };
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, node));
            }
        }
        best.map(|(_, node)| node)
    }

    /// Counts a paragraph for the elements around it.
    fn count(&self, paragraph: &NodeRef<'_>, scores: &mut HashMap<NodeId, usize>) {
        let measure = self.measures.get(paragraph);
        if measure.plain() < 10 {
            return;
        }
        let score = 100 + 100 * measure.stops + measure.plain().min(300);
        let mut share = score;
        for outer in paragraph.ancestors().take(3) {
            if outer.value().is_element() {
                *scores.entry(outer.id()).or_default() += share;
            }
            share /= 2;
        }
    }

    fn weighted(&self, score: usize, node: &NodeRef<'_>) -> usize {
        let measure = self.measures.get(node);
        let unlinked = score * measure.plain() / measure.text.max(1);
        let named =
            element_of(node).is_some_and(|element| labels::label(element) == Label::Content);
        if named {
            unlinked + unlinked / 4
        } else {
            unlinked
        }
    }

    /// Omits what stands around the article, up to the root.
    fn omit_around(&mut self, article: NodeRef<'_>, root: NodeRef<'_>) {
        let mut inner = article;
        while inner.id() != root.id() {
            let Some(parent) = inner.parent() else {
                return;
            };
            let mut before = true;
            for sibling in parent.children() {
                if sibling.id() == inner.id() {
                    before = false;
                } else {
                    self.consider(sibling, before);
                }
            }
            inner = parent;
        }
    }

    /// Omits a part around the article, or goes into it where some of it belongs to the article.
    fn consider(&mut self, part: NodeRef<'_>, before: bool) {
        let mut next = Some(part);
        while let Some(node) = next {
            let goes_in = self.consider_one(&node, before);
            let inside = if goes_in { node.first_child() } else { None };
            next = inside.or_else(|| tree::following(node, part.id()));
        }
    }

    fn consider_one(&mut self, node: &NodeRef<'_>, before: bool) -> bool {
        if self.found.contains_key(&node.id()) {
            return false;
        }
        let Some(element) = element_of(node) else {
            if node
                .value()
                .as_text()
                .is_some_and(|text| !text.trim().is_empty())
            {
                self.found.insert(node.id(), RULE);
            }
            return false;
        };
        let measure = self.measures.get(node);
        let leaf = labels::is_paragraph(element, node) || labels::is_line(element);
        let wanted = labels::is_standfirst(element)
            || (self.bylines.contains(&node.id()) && labels::is_byline(element))
            || (leaf && measure.is_prose())
            || (before
                && (labels::is_picture(element)
                    || measure.is_lone_picture()
                    || is_credit(element, node, measure)));
        if wanted {
            return false;
        }
        let holds = self.bylines.contains(&node.id())
            || measure.is_prose()
            || (before && measure.images > 0)
            || labels::holds_standfirst(node);
        if holds && !leaf {
            return true;
        }
        self.found.insert(node.id(), RULE);
        false
    }

    /// The characters outside links that are not omitted.
    fn kept(&self, root: NodeRef<'_>) -> usize {
        let omitted: usize = self.omitted_sum(root);
        self.measures.get(&root).plain().saturating_sub(omitted)
    }

    fn omitted_sum(&self, root: NodeRef<'_>) -> usize {
        let mut sum = 0;
        let mut next = root.first_child();
        while let Some(node) = next {
            let omitted = self.found.contains_key(&node.id());
            if omitted {
                sum += self.measures.get(&node).plain();
            }
            let inside = if omitted { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, root.id()));
        }
        sum
    }

    /// The characters in comments.
    fn comments(&self, root: NodeRef<'_>) -> usize {
        let mut sum = 0;
        let mut next = root.first_child();
        while let Some(node) = next {
            let comments =
                element_of(&node).is_some_and(|element| labels::label(element) == Label::Comments);
            if comments {
                sum += self.measures.get(&node).plain();
            }
            let inside = if comments { None } else { node.first_child() };
            next = inside.or_else(|| tree::following(node, root.id()));
        }
        sum
    }
}
