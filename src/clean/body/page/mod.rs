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
pub(in crate::clean::body) mod labels;
mod listing;
mod lone;
pub(in crate::clean::body) mod measures;
mod notices;
pub(in crate::clean::body) mod omit;
mod others;
pub(in crate::clean::body) mod outline;
pub(in crate::clean) mod part;
mod told;
mod whole;
mod words_instead;

use crate::clean::body::Byline;
use crate::clean::body::parse::Parsed;
use crate::clean::body::parse::tree::{self, Element, NodeRef, NodeSet, element_of};
use crate::clean::body::passes::captions::{self, begins_like_caption};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements::is_block;
use crate::clean::body::walk::figures::is_caption;
use html5ever::ns;
pub(in crate::clean) use kept::Found;
use kept::{Kept, Search};
use labels::Label;
use measures::{Measure, Measures};
use std::collections::HashSet;
use told::Told;

pub(in crate::clean::body) use whole::is_whole;

/// The rule by which all this is removed.
const RULE: &str = "page";

/// How long a list of other articles may be, in characters.
const MAXIMUM_OTHERS: usize = 2_000;

/// How many characters a heading has beside the title where it leads in too.
const FEWEST_MORE: usize = 8;

/// How long what holds a formula is where that alone tells that it is the article's, in characters; formulas are
/// written in full for those who hear them, too.
const MAXIMUM_FORMULA: usize = 2_000;

/// How long the lines that lead in may be, in characters.
const MAXIMUM_STANDFIRST: usize = 1_000;

/// How long the running text in a part of the article is at least, in characters, where its name may be what it
/// is about; at most a part of so many leads elsewhere.
const FEWEST_OF_MATTER: usize = 300;
const MOST_LINKED_OF_MATTER: usize = 10;

/// How long a heading or quotation between parts of the article is at least, in characters: what is shorter is a
/// number or a mark.
const SHORTEST_BETWEEN: usize = 4;

/// How long the words below the picture that leads in may be, in characters.
const MAXIMUM_CREDIT: usize = 160;

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
    for node in others::before_search(root, &measures) {
        omitted.entry(node).or_insert(RULE);
    }
    let search = Search {
        root,
        title,
        whole,
        omitted,
        shown,
    };
    let kept = kept(page, search, lone);
    let kept = kept.as_ref();
    let prose = root.descendants();
    let prose = prose.map(|node| prose_of(node, &measures, kept)).sum();
    let mut page = Page {
        mute: others::mute_words(root, &measures, kept),
        kept,
        prose,
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

/// Whether an element says what a picture shows or whose it is, and little else.
fn is_credit(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    (1..=MAXIMUM_CREDIT).contains(&measure.text)
        && measure.images == 0
        && (is_caption(element) || {
            let text = tree::visible_text(*node);
            begins_like_caption(&text) || captions::names_photographer(&text)
        })
}

/// Whether an element stands between parts that the library joined, and is of the article as they are: their
/// heading, a quotation, a listing.
fn stands_between(node: &NodeRef<'_>, kept: &Kept) -> bool {
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
fn is_formula(measure: Measure) -> bool {
    measure.formulas > 0 && !measure.is_linked() && measure.text < MAXIMUM_FORMULA
}

/// Whether an element is the lines that lead in, and not what holds more beside them.
fn is_lead(element: &Element, measure: Measure) -> bool {
    labels::is_standfirst(element)
        && measure.images == 0
        && !measure.is_linked()
        && measure.text <= MAXIMUM_STANDFIRST
}

/// Whether an element shows pictures, and at most says what they show.
fn is_gallery(node: &NodeRef<'_>, measure: Measure) -> bool {
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
fn is_list_of_others(element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
    let group = matches!(element.name(), "div" | "section" | "aside" | "ul" | "ol");
    group
        && measure.is_linked()
        && measure.text <= MAXIMUM_OTHERS
        && labels::begins_like_others(&tree::visible_text(*node))
}

/// How much running text a paragraph has that is kept, in characters; nothing for what is no paragraph.
fn prose_of(node: NodeRef<'_>, measures: &Measures, kept: Option<&Kept>) -> usize {
    let is_kept = element_of(&node).is_some_and(|element| element.name() == "p")
        && kept.is_some_and(|kept| kept.holds(&node));
    let measure = if is_kept {
        measures.get(&node)
    } else {
        Measure::default()
    };
    if measure.is_prose() {
        measure.plain()
    } else {
        0
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
    /// How much of that is running text, in characters.
    prose: usize,
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

    /// Whether a part is of the article whatever it is called: it holds most of the running text, its name is
    /// its heading, or its text is about what its name says.
    fn is_article(&self, element: &Element, node: &NodeRef<'_>, measure: Measure) -> bool {
        let prose = || -> usize {
            let inner = node.descendants();
            inner
                .map(|inner| prose_of(inner, &self.measures, self.kept))
                .sum()
        };
        (measure.plain() * 2 > self.prose && self.prose > 0 && prose() * 2 > self.prose)
            || labels::is_named_by_heading(element, node)
            || (measure.text >= FEWEST_OF_MATTER
                && measure.linked * MOST_LINKED_OF_MATTER < measure.text
                && labels::may_be_matter(element)
                && prose() >= FEWEST_OF_MATTER)
    }

    fn is_other(&self, element: &Element, node: &NodeRef<'_>, whole: Measure) -> bool {
        let is_read = self.bylines.contains(&node.id()) || self.lines.keeps(node.id(), true);
        let measure = self.measures.get(node);
        if is_read || self.is_part_of_sentence(element, node) {
            return false;
        }
        let small = measure.plain() * 10 < whole.plain().max(1) * 3;
        let label = labels::label_without(element, &self.mute);
        if matches!(label, Label::Other | Label::Maybe) && self.is_article(element, node, measure) {
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

/// Whether an element says of itself that nobody sees it.
fn is_hidden(element: &Element) -> bool {
    tree::attribute(element, "hidden").is_some()
        || tree::attribute(element, "aria-hidden") == Some("true")
        || tree::has_style(element, "display", &["none"])
        || tree::has_style(element, "visibility", &["hidden"])
}

/// What the library takes from an article for reasons of its own, while we have rules for it.
fn is_ours(element: &Element) -> bool {
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
