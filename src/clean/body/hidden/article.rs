//! Whether what a page hides is its article: pages hide it until their scripts have run.

use super::hiding::Hiding;
use super::{Candidates, Kind};
use crate::clean::body::page::labels::{self, Label};
use crate::clean::body::page::measures::{Measure, Measures};
use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};
use std::collections::HashMap;

/// How many characters outside links the article has at least that a page hides as a whole: what mails
/// hide at their beginning, for the list of a mail program to show, is shorter.
const MINIMUM_ARTICLE: usize = 200;

/// How many characters an article has at least that a page shows beside what it hides.
const MINIMUM_SHOWN: usize = 300;

/// How many times as long as what is shown the parts are that hold the article of a page together.
const LEAST_SHARE: usize = 3;

/// What decides whether something hidden is the article.
pub(super) struct Article<'tree> {
    pub(super) is_all_hidden: bool,
    whole: usize,
    /// Whether the page shows what it calls an article, with enough text to be one.
    is_shown: bool,
    by_kind: HashMap<Kind<'tree>, usize>,
}

impl<'tree> Article<'tree> {
    pub(super) fn of(
        root: NodeRef<'tree>,
        candidates: &Candidates<'tree>,
        measures: &Measures,
    ) -> Self {
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
    pub(super) fn is_in(&self, node: &NodeRef<'_>, hiding: Hiding, measures: &Measures) -> bool {
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
    pub(super) fn is_found_in(
        &self,
        node: &NodeRef<'_>,
        hiding: Hiding,
        measures: &Measures,
    ) -> bool {
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
