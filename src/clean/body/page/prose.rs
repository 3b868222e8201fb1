//! The running text of the article that the library keeps, comments aside: what holds most of it is the article,
//! whatever the page calls it.

use super::kept::Kept;
use super::labels::{self, Label};
use super::measures::Measures;
use crate::clean::body::parse::tree::{NodeId, NodeMap, NodeRef, element_of};

/// The paragraphs of running text, with their lengths in characters.
#[derive(Default)]
pub(super) struct Prose {
    paragraphs: NodeMap<usize>,
    whole: usize,
}

impl Prose {
    /// Finds them.
    pub fn of(root: NodeRef<'_>, measures: &Measures, kept: &Kept) -> Self {
        let mut prose = Prose::default();
        let mut comments: NodeMap<bool> = NodeMap::default();
        for node in root.descendants() {
            let is_paragraph = element_of(&node).is_some_and(|element| element.name() == "p");
            let measure = measures.get(&node);
            let is_prose = is_paragraph && kept.holds(&node) && measure.is_prose();
            if is_prose && !is_in_comments(node, &mut comments) {
                prose.paragraphs.insert(node.id(), measure.plain());
                prose.whole += measure.plain();
            }
        }
        prose
    }

    /// How long it is.
    pub fn whole(&self) -> usize {
        self.whole
    }

    /// Whether most of it stands within a node.
    pub fn is_most(&self, node: NodeRef<'_>) -> bool {
        let lengths = node
            .descendants()
            .filter_map(|inner| self.paragraphs.get(&inner.id()));
        self.whole > 0 && lengths.sum::<usize>() * 2 > self.whole
    }
}

/// Whether a node stands in what readers wrote; what is known of the nodes around is noted.
fn is_in_comments(node: NodeRef<'_>, known: &mut NodeMap<bool>) -> bool {
    let mut met: Vec<NodeId> = Vec::new();
    let mut answer = false;
    for outer in node.ancestors() {
        if let Some(told) = known.get(&outer.id()) {
            answer = *told;
            break;
        }
        met.push(outer.id());
        if element_of(&outer).is_some_and(|element| labels::label(element) == Label::Comments) {
            answer = true;
            break;
        }
    }
    known.extend(met.into_iter().map(|outer| (outer, answer)));
    answer
}
