//! Whole saved pages: which part is the article, and which is the page around it.
//!
//! The library `dom_smoothie`, which searches as readability.js does, says which elements are the
//! article (`kept`, `outline`); the tree stays ours. What it leaves out at the ends is left out, but for
//! standfirsts, bylines that nobody read, and the picture that leads in. What it leaves out within the
//! article stays where it is what it often mistakes: lists of links, terms, galleries, captions,
//! formulas. What the page itself names as share bars, comments and the like goes in any case.

pub(in crate::clean) mod absence;
mod instead;
mod kept;
mod label_words;
pub(in crate::clean::body) mod labels;
mod listing;
mod lone;
pub(in crate::clean::body) mod measures;
mod named;
mod notices;
pub(in crate::clean::body) mod omit;
mod others;
pub(in crate::clean::body) mod outline;
pub(in crate::clean) mod part;
mod parts;
mod prose;
mod told;
mod whole;
mod words_instead;

use crate::clean::body::Byline;
use crate::clean::body::parse::Parsed;
use crate::clean::body::parse::tree::{self, Element, NodeRef, NodeSet, element_of};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements::is_block;
use crate::clean::body::walk::figures::is_caption;
pub(in crate::clean) use kept::Found;
use kept::{Kept, Search};
use labels::Label;
use measures::{Measure, Measures};
use named::Named;
use parts::{
    is_credit, is_formula, is_gallery, is_hidden, is_lead, is_list_of_others, is_ours,
    stands_between,
};
use prose::Prose;
use std::collections::HashSet;
use told::Told;

pub(in crate::clean::body) use whole::is_whole;

/// The rule by which all this is removed.
const RULE: &str = "page";

/// How many characters a heading has beside the title where it leads in too.
const FEWEST_MORE: usize = 8;

/// How long a heading or quotation between parts of the article is at least, in characters: what is shorter is a
/// number or a mark.
const SHORTEST_BETWEEN: usize = 4;

/// Finds what is not the article. `shown` are the elements that hide and are the article all the same.
pub(in crate::clean::body) fn leave_out(
    page: &Parsed,
    title: &str,
    omitted: &mut Omitted,
    byline: Byline,
    shown: &NodeSet,
) {
    let root = page.html.tree.root();
    let measures = Measures::of(root, omitted);
    let bylines = match byline.author {
        true => NodeSet::default(),
        false => bylines(root, &measures),
    };
    let whole = measures.get(&root);
    let shown = &shown_to_eyes(root, shown, &measures);
    let lone = lone::find(root, omitted, &measures);
    let named = Named::of(root, &measures);
    for node in named.others {
        omitted.entry(node).or_insert(RULE);
    }
    let search = Search {
        root,
        title,
        whole,
        omitted,
        shown,
        matter: &named.matter,
    };
    let kept = kept(page, search, lone);
    let kept = kept.as_ref();
    let prose = kept.map(|kept| Prose::of(root, &measures, kept));
    let mut page = Page {
        mute: others::mute_words(root, &measures, kept),
        kept,
        prose: prose.unwrap_or_default(),
        matter: &named.matter,
        measures,
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        bylines,
        shown,
        lines: Told::default(),
        found: Omitted::default(),
    };
    if let Some(kept) = page.kept {
        page.lines = Told::of(root, kept, byline);
        page.bylines.extend(&page.lines.unread);
        page.omit_around(root);
    }
    page.omit_labelled(root, whole);
    let read = std::mem::take(&mut page.lines.read);
    page.found.extend(read.into_iter().map(|node| (node, RULE)));
    add(omitted, page.found);
    notices::find(root, &page.measures, omitted, RULE);
}

/// What is kept of a page: the short article that it marks, else what the library keeps, which is not asked
/// again for what it was asked first.
fn kept(page: &Parsed, search: Search<'_>, lone: Option<NodeRef<'_>>) -> Option<Kept> {
    let known = page.found.get().and_then(|found| search.again(found));
    known.unwrap_or_else(|| {
        let kept = match lone {
            Some(article) => Some(Kept::of_article(article, search.root)),
            None => search.run(),
        };
        page.found.get_or_init(|| search.found(kept.as_ref()));
        kept
    })
}

/// Adds the elements that are hidden from programs that read aloud alone and hold most of the text, as
/// behind a dialogue that was open when the page was saved.
fn shown_to_eyes(root: NodeRef<'_>, shown: &NodeSet, measures: &Measures) -> NodeSet {
    let whole = measures.get(&root).plain();
    let unheard = root.descendants().filter(|node| {
        element_of(node)
            .is_some_and(|element| tree::attribute(element, "aria-hidden") == Some("true"))
    });
    let most = unheard.filter(|node| measures.get(node).plain() * 2 > whole);
    shown
        .iter()
        .copied()
        .chain(most.map(|node| node.id()))
        .collect()
}

/// Adds what was found, and leaves the rules that are set already.
fn add(omitted: &mut Omitted, found: Omitted) {
    for (node, rule) in found {
        omitted.entry(node).or_insert(rule);
    }
}

/// The bylines of a page, and what they stand in.
fn bylines(root: NodeRef<'_>, measures: &Measures) -> NodeSet {
    let mut found = NodeSet::default();
    let whole = measures.get(&root).plain();
    // Those who comment are named, too.
    let comments = |outer: NodeRef<'_>| {
        element_of(&outer).is_some_and(|element| labels::label(element) == Label::Comments)
            && measures.get(&outer).plain() + 200 < whole
    };
    for node in root.descendants() {
        // Links alone lead to sections and subscriptions.
        let linked = measures.get(&node).is_linked();
        let is_byline = !linked && element_of(&node).is_some_and(labels::is_byline);
        if is_byline && !node.ancestors().any(comments) {
            let outer = node.ancestors().map(|outer| outer.id());
            found.extend(outer.take_while(|id| *id != root.id()));
            found.insert(node.id());
        }
    }
    found
}

struct Page<'a> {
    /// What the library keeps.
    kept: Option<&'a Kept>,
    /// The running text of that.
    prose: Prose,
    /// Parts that are about what their names say.
    matter: &'a NodeSet,
    measures: Measures,
    title: String,
    /// Bylines that stay, and what holds them.
    bylines: NodeSet,
    /// Elements that hide and are the article.
    shown: &'a NodeSet,
    /// The lines that tell of the article.
    lines: Told,
    /// The words in names that tell nothing here.
    mute: HashSet<&'static str>,
    found: Omitted,
}

impl Page<'_> {
    /// Omits what the library does not keep, but for what belongs to the article all the same.
    fn omit_around(&mut self, root: NodeRef<'_>) {
        let Some(kept) = self.kept else {
            return;
        };
        let last = self.last_prose(root, kept);
        let mut at = Position::Before;
        let mut next = root.first_child();
        while let Some(node) = next {
            if at == Position::Before && kept.holds(&node) {
                at = Position::Within;
            }
            let fate = self.fate(&node, kept, at, last);
            if last.is_some_and(|last| last.id() == node.id()) {
                at = Position::After;
            }
            if fate == Fate::Omitted {
                self.found.insert(node.id(), RULE);
            }
            let inside = if fate == Fate::Open {
                node.first_child()
            } else {
                None
            };
            next = inside.or_else(|| tree::following(node, root.id()));
        }
    }

    /// What becomes of a node that stands in an open one.
    fn fate(
        &self,
        node: &NodeRef<'_>,
        kept: &Kept,
        at: Position,
        last: Option<NodeRef<'_>>,
    ) -> Fate {
        let within = node.parent().is_some_and(|parent| kept.holds(&parent));
        if self.lines.keeps(node.id(), within) {
            return Fate::Whole;
        }
        let Some(element) = element_of(node) else {
            let says = node
                .value()
                .as_text()
                .is_some_and(|text| !text.trim().is_empty());
            return if says && !within {
                Fate::Omitted
            } else {
                Fate::Whole
            };
        };
        if kept.holds(node) || kept.holds_part_of(node) {
            return Fate::Open;
        }
        let measure = self.measures.get(node);
        let shows_nothing = measure.text == 0 && (within || measure.images == 0);
        let before = at == Position::Before;
        let between = at == Position::Within
            && !measure.is_linked()
            && measure.text >= SHORTEST_BETWEEN
            && stands_between(node, kept);
        if shows_nothing
            || ((within || between) && self.is_content(element, node, at, last))
            || self.is_wanted(element, node, at)
        {
            return Fate::Whole;
        }
        let may_hold = self.bylines.contains(&node.id())
            || (before && measure.images > 0 && is_block(element.name()))
            || (at != Position::After && labels::holds_standfirst(node));
        if may_hold { Fate::Open } else { Fate::Omitted }
    }

    /// Whether a heading holds the title and the lines that lead in.
    fn says_more_than_title(&self, element: &Element, node: &NodeRef<'_>) -> bool {
        matches!(element.name(), "h1" | "h2") && !self.title.is_empty() && {
            let text = tree::visible_text(*node);
            let rest = text.strip_prefix(&self.title).unwrap_or_default();
            rest.chars().count() > FEWEST_MORE && rest.starts_with(char::is_whitespace)
        }
    }

    /// The last paragraph that the library keeps.
    fn last_prose<'tree>(&self, root: NodeRef<'tree>, kept: &Kept) -> Option<NodeRef<'tree>> {
        let ends = |node: &NodeRef<'_>| {
            let is_leaf =
                element_of(node).is_some_and(|element| matches!(element.name(), "p" | "pre"));
            is_leaf && kept.holds(node) && self.measures.get(node).text > 0
        };
        root.descendants().filter(ends).last()
    }

    /// Whether a part of what the library keeps stays though the library removes it: it takes lists
    /// with many links, terms and short headings for menus, and galleries for advertisements.
    fn is_content(
        &self,
        element: &Element,
        node: &NodeRef<'_>,
        at: Position,
        last: Option<NodeRef<'_>>,
    ) -> bool {
        if is_ours(element) {
            return true;
        }
        let measure = self.measures.get(node);
        let whole = Measure {
            text: usize::MAX / 16,
            ..Measure::default()
        };
        if is_hidden(element) && !self.shown.contains(&node.id()) {
            return measure.formulas > 0;
        }
        if is_formula(measure) {
            return true;
        }
        if self.is_other(element, node, whole) || is_list_of_others(element, node, measure) {
            return false;
        }
        let follows = |last: &NodeRef<'_>| {
            node.parent().map(|parent| parent.id()) == last.parent().map(|parent| parent.id())
        };
        match element.name() {
            "table" | "pre" | "figure" | "blockquote" | "dl" | "dt" | "dd" | "h2" | "h3" | "h4"
            | "h5" | "h6" => !measure.is_linked() || at != Position::After,
            "p" => {
                !measure.is_linked()
                    || at != Position::After
                    || last.is_some_and(|last| follows(&last))
            }
            "ul" | "ol" | "li" => match at {
                Position::Before => measure.is_prose(),
                Position::Within => true,
                Position::After => !measure.is_linked(),
            },
            "div" | "section" | "span" => {
                at == Position::Within && (is_caption(element) || is_gallery(node, measure))
            }
            _ => false,
        }
    }

    /// Whether a part that the library does not keep belongs to the article all the same.
    fn is_wanted(&self, element: &Element, node: &NodeRef<'_>, at: Position) -> bool {
        let measure = self.measures.get(node);
        let before = at == Position::Before;
        // Teasers of other articles below this one are called so too.
        (is_lead(element, measure) && at != Position::After)
            || (before && self.says_more_than_title(element, node))
            || (self.bylines.contains(&node.id()) && labels::is_byline(element))
            || (before
                && (labels::is_picture(element)
                    || measure.is_lone_picture()
                    || is_credit(element, node, measure)))
    }

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

    /// Whether an element is some words of a paragraph, whatever it is called: links to pages about persons
    /// and places bear names like `meta-loc`.
    fn is_part_of_sentence(&self, element: &Element, node: &NodeRef<'_>) -> bool {
        let measure = self.measures.get(node);
        let paragraph = || {
            let mut outer = node.ancestors();
            outer.find(|outer| element_of(outer).is_some_and(|element| is_block(element.name())))
        };
        !is_block(element.name())
            && measure.text > 0
            && paragraph().is_some_and(|paragraph| {
                let whole = self.measures.get(&paragraph);
                let is_paragraph = element_of(&paragraph).is_some_and(|element| {
                    matches!(element.name(), "p" | "li" | "blockquote" | "dd")
                });
                is_paragraph && whole.is_prose() && measure.text * 3 < whole.text
            })
    }

    /// Whether a part holds most of the running text, so that it is the article whatever it is called.
    fn is_most(&self, node: &NodeRef<'_>) -> bool {
        self.measures.get(node).plain() * 2 > self.prose.whole() && self.prose.is_most(*node)
    }

    fn is_other(&self, element: &Element, node: &NodeRef<'_>, whole: Measure) -> bool {
        let is_read = self.bylines.contains(&node.id()) || self.lines.keeps(node.id(), true);
        let measure = self.measures.get(node);
        if is_read || self.is_part_of_sentence(element, node) {
            return false;
        }
        let small = measure.plain() * 10 < whole.plain().max(1) * 3;
        let label = labels::label_without(element, &self.mute);
        let is_matter = self.matter.contains(&node.id());
        if is_matter || (matches!(label, Label::Other | Label::Maybe) && self.is_most(node)) {
            return false;
        }
        match label {
            Label::Comments => measure.plain() + 200 < whole.plain(),
            Label::Other => small,
            Label::Maybe if is_formula(measure) => false,
            Label::Maybe => small && (!measure.is_prose() || measure.is_linked()),
            Label::Content => small && is_list_of_others(element, node, measure),
        }
    }
}

/// Where a part stands, as seen from the prose of the article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Before,
    Within,
    After,
}

/// What becomes of a part of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stays with all that stands in it.
    Whole,
    /// It stays, and what stands in it is looked at.
    Open,
    Omitted,
}
