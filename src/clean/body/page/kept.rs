//! Which elements of a page the library `dom_smoothie` keeps as the article.

use super::measures::Measure;
use super::outline::{self, Outline};
use crate::clean::body::parse::tree::{NodeId, NodeRef};
use crate::clean::body::walk::Omitted;
use dom_smoothie::{Config, Readability};
use std::collections::HashSet;

/// How many characters an article has at least, where a looser search is not tried.
const CHARACTERS: usize = 500;

/// The same where a character is about a word.
const IDEOGRAPHS: usize = 170;

/// The elements that are the article.
pub(super) struct Kept {
    /// Those that were kept themselves.
    own: HashSet<NodeId>,
    /// Those in which something was.
    around: HashSet<NodeId>,
}

impl Kept {
    /// Asks the library; nothing where it finds none, or the page is beyond all bounds.
    pub fn of(
        root: NodeRef<'_>,
        title: &str,
        whole: Measure,
        omitted: &Omitted,
        shown: &HashSet<NodeId>,
    ) -> Option<Self> {
        let outline = Outline::of(root, title, omitted, shown)?;
        let config = Config {
            keep_classes: true,
            disable_json_ld: true,
            char_threshold: match whole.ideographs * 2 > whole.text {
                true => IDEOGRAPHS,
                false => CHARACTERS,
            },
            ..Config::default()
        };
        let mut library = Readability::with_document(outline.tree, None, Some(config)).ok()?;
        library.parse().ok()?;
        let found = library.doc.select("#readability-page-1");
        let article = *found.nodes().first()?;
        let mut own = HashSet::new();
        for node in article.descendants_it() {
            let numbers = node.attrs();
            let numbers = numbers
                .iter()
                .filter_map(|attribute| outline::number(&attribute.name.local));
            own.extend(numbers.filter_map(|number| outline.elements.get(number).copied()));
        }
        let mut around = HashSet::new();
        for node in root.descendants().filter(|node| own.contains(&node.id())) {
            for outer in node.ancestors() {
                if !around.insert(outer.id()) {
                    break;
                }
            }
        }
        Some(Kept { own, around })
    }

    /// Whether an element was kept itself.
    pub fn holds(&self, node: &NodeRef<'_>) -> bool {
        self.own.contains(&node.id())
    }

    /// Whether anything within an element was kept.
    pub fn holds_part_of(&self, node: &NodeRef<'_>) -> bool {
        self.around.contains(&node.id())
    }
}
