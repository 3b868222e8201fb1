//! The lines of a page that tell of its article: those that were read go as a whole, with the words around
//! the names and dates; those that nobody read stay as a whole.

use super::kept::Kept;
use crate::clean::body::Byline;
use crate::clean::body::metadata::lines::{Line, Lines};
use crate::clean::body::parse::tree::{NodeId, NodeRef, NodeSet, attribute, element_of};

/// How many parts of one kind bear a time each where they are the entries of the article.
const FEWEST_ENTRIES: usize = 3;

/// How many parts beside one are looked at.
const MOST_BESIDE: usize = 64;

/// Whether a line holds the time of one of several entries, as in a report that goes on while something happens.
fn is_of_series(line: &Line<'_>) -> bool {
    let holds_time = |node: &NodeRef<'_>| {
        node.descendants()
            .any(|inner| element_of(&inner).is_some_and(|element| element.name() == "time"))
    };
    let Some(time) = line.nodes.iter().copied().find(holds_time) else {
        return false;
    };
    time.ancestors().take(2).any(|entry| {
        let Some(element) = element_of(&entry) else {
            return false;
        };
        let own = attribute(element, "class");
        let is_same = |node: &NodeRef<'_>| {
            element_of(node)
                .is_some_and(|it| it.name() == element.name() && attribute(it, "class") == own)
                && holds_time(node)
        };
        let beside = entry.next_siblings().take(MOST_BESIDE);
        beside.filter(is_same).count() + 1 >= FEWEST_ENTRIES
    })
}

/// What becomes of the lines that tell of the article.
#[derive(Default)]
pub(super) struct Told {
    /// Lines that were read.
    pub read: Vec<NodeId>,
    /// Lines that nobody read, and what they stand in.
    pub unread: NodeSet,
    lines: NodeSet,
    /// Parts of lines in which more stands, which are not cut up.
    parts: NodeSet,
}

impl Told {
    /// Looks at the lines around what is kept.
    pub fn of(root: NodeRef<'_>, kept: &Kept, byline: Byline) -> Self {
        let counts = |node: &NodeRef<'_>| {
            kept.holds(node) || node.parent().is_some_and(|parent| kept.holds(&parent))
        };
        let found = Lines::of(root, counts);
        let mut told = Told::default();
        for line in found.before.iter().filter(|line| !is_of_series(line)) {
            told.add(line, root, byline, kept);
        }
        for line in &found.behind {
            // What stands below an article may be another one's.
            if line.told.is_all && !line.told.authors.is_empty() {
                told.add(line, root, byline, kept);
            }
        }
        told
    }

    fn add(&mut self, line: &Line<'_>, root: NodeRef<'_>, byline: Byline, kept: &Kept) {
        let told = &line.told;
        if !told.is_all {
            self.add_parts(line, kept);
            return;
        }
        let is_read =
            (told.authors.is_empty() || byline.author) && (!told.is_dated() || byline.date);
        if is_read {
            self.read.extend(line.nodes.iter().map(NodeRef::id));
            return;
        }
        for node in &line.nodes {
            self.lines.insert(node.id());
            let outer = node.ancestors().map(|outer| outer.id());
            self.unread.extend(outer.take_while(|id| *id != root.id()));
            self.unread.insert(node.id());
        }
    }

    fn add_parts(&mut self, line: &Line<'_>, kept: &Kept) {
        let is_kept = |node: &NodeRef<'_>| {
            let says = node.value().as_text();
            kept.holds(node) || says.is_some_and(|text| !text.trim().is_empty())
        };
        if let [block] = line.nodes.as_slice() {
            self.parts
                .extend(block.descendants().skip(1).map(|node| node.id()));
        } else if line.nodes.iter().any(is_kept) {
            let all = line.nodes.iter().flat_map(|node| node.descendants());
            self.parts.extend(all.map(|node| node.id()));
        }
    }

    /// Whether a node stays as it is; `within` says whether what it stands in does.
    pub fn keeps(&self, node: NodeId, within: bool) -> bool {
        self.lines.contains(&node) || (within && self.parts.contains(&node))
    }
}
