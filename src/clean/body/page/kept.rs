//! Which elements of a page the library `dom_smoothie` keeps as the article.

use super::lone;
use super::measures::Measure;
use super::outline::{self, Outline};
use crate::clean::body::parse::tree::{NodeId, NodeMap, NodeRef, NodeSet};
use crate::clean::body::walk::Omitted;
use crate::model::Digest;
use dom_smoothie::{Config, Readability};

/// How many characters an article has at least, where a looser search is not tried.
const CHARACTERS: usize = 500;

/// The same where a character is about a word.
const IDEOGRAPHS: usize = 170;

/// How many parts of the article stand in what is none where that is their common place.
const FEWEST_JOINED: usize = 2;

/// What is searched, and how.
#[derive(Clone, Copy)]
pub(super) struct Search<'page> {
    pub root: NodeRef<'page>,
    pub title: &'page str,
    /// The measure of all that is not omitted.
    pub whole: Measure,
    pub omitted: &'page Omitted,
    /// Elements of which nothing says that they hide.
    pub shown: &'page NodeSet,
    /// Elements of which the names are what their text is about.
    pub matter: &'page NodeSet,
}

/// What a search found. To search takes longer than all else that is done with a page, and both passes do.
#[derive(Clone, Debug)]
pub(in crate::clean) struct Found {
    /// The digest of the search but for the page.
    search: Digest,
    /// A bit for each node of the page, in order: whether it was kept. Nothing where the search found nothing.
    nodes: Option<Box<[u8]>>,
}

/// The elements that are the article.
pub(super) struct Kept {
    /// Those that were kept themselves.
    own: NodeSet,
    /// Those in which something was.
    around: NodeSet,
    /// Those in which several were side by side, and which were not kept themselves.
    joined: NodeSet,
}

impl Search<'_> {
    /// Asks the library; nothing where it finds none, or the page is beyond all bounds.
    pub fn run(self) -> Option<Kept> {
        let outline = Outline::of(self)?;
        let config = Config {
            keep_classes: true,
            disable_json_ld: true,
            char_threshold: match self.whole.ideographs * 2 > self.whole.text {
                true => IDEOGRAPHS,
                false => CHARACTERS,
            },
            ..Config::default()
        };
        let mut library = Readability::with_document(outline.tree, None, Some(config)).ok()?;
        library.parse().ok()?;
        let found = library.doc.select("#readability-page-1");
        let article = *found.nodes().first()?;
        let mut own = NodeSet::default();
        for node in article.descendants_it() {
            let numbers = node.attrs();
            let numbers = numbers
                .iter()
                .filter_map(|attribute| outline::number(&attribute.name.local));
            own.extend(numbers.filter_map(|number| outline.elements.get(number).copied()));
        }
        Some(Kept::of(own, self.root))
    }

    /// What a search of the same page found, if it was for the same.
    pub fn again(self, found: &Found) -> Option<Option<Kept>> {
        (found.search == self.digest()).then(|| {
            let nodes = found.nodes.as_deref()?;
            let is_kept = |at: &usize| {
                let bits = nodes.get(at / 8).copied().unwrap_or_default();
                bits & (1 << (at % 8)) != 0
            };
            let all = self.root.descendants().enumerate();
            let own = all.filter(|(at, _)| is_kept(at)).map(|(_, node)| node.id());
            Some(Kept::of(own.collect(), self.root))
        })
    }

    /// Notes what was found.
    pub fn found(self, kept: Option<&Kept>) -> Found {
        let nodes = kept.map(|kept| {
            let mut nodes = Vec::new();
            for (at, node) in self.root.descendants().enumerate() {
                if at % 8 == 0 {
                    nodes.push(0_u8);
                }
                if let Some(bits) = nodes.last_mut().filter(|_| kept.holds(&node)) {
                    *bits |= 1 << (at % 8);
                }
            }
            nodes.into_boxed_slice()
        });
        Found {
            search: self.digest(),
            nodes,
        }
    }

    /// The digest of everything but the page.
    fn digest(self) -> Digest {
        let mut parts = Vec::new();
        if !self.omitted.is_empty() || !self.shown.is_empty() {
            for (at, node) in self.root.descendants().enumerate() {
                let is_omitted = self.omitted.contains_key(&node.id());
                let is_shown = self.shown.contains(&node.id());
                if is_omitted || is_shown {
                    parts.extend((at as u64).to_le_bytes());
                    parts.extend([u8::from(is_omitted), u8::from(is_shown)]);
                }
            }
        }
        Digest::of_parts([self.title.as_bytes(), &parts])
    }
}

impl Found {
    /// About how many bytes it takes.
    pub(in crate::clean) fn weight(&self) -> usize {
        size_of::<Self>() + self.nodes.as_ref().map_or(0, |nodes| nodes.len())
    }
}

impl Kept {
    /// What is kept where the page marks its short article.
    pub fn of_article(article: NodeRef<'_>, root: NodeRef<'_>) -> Self {
        let own = lone::elements(article).map(|node| node.id());
        Self::of(own.collect(), root)
    }

    fn of(own: NodeSet, root: NodeRef<'_>) -> Self {
        let mut around = NodeSet::default();
        for node in root.descendants().filter(|node| own.contains(&node.id())) {
            for outer in node.ancestors() {
                if !around.insert(outer.id()) {
                    break;
                }
            }
        }
        let joined = joined(root, &own);
        Kept {
            own,
            around,
            joined,
        }
    }

    /// Whether an element was kept itself.
    pub fn holds(&self, node: &NodeRef<'_>) -> bool {
        self.own.contains(&node.id())
    }

    /// Whether several elements side by side in one were kept, and it was not.
    pub fn joins(&self, node: &NodeRef<'_>) -> bool {
        self.joined.contains(&node.id())
    }

    /// Whether anything within an element was kept.
    pub fn holds_part_of(&self, node: &NodeRef<'_>) -> bool {
        self.around.contains(&node.id())
    }
}

/// The elements of which several parts were kept as the candidate and what joins it.
fn joined(root: NodeRef<'_>, own: &NodeSet) -> NodeSet {
    let mut counts: NodeMap<usize> = NodeMap::default();
    for node in root.descendants().filter(|node| own.contains(&node.id())) {
        let outer = node.parent().filter(|outer| !own.contains(&outer.id()));
        if let Some(outer) = outer {
            *counts.entry(outer.id()).or_default() += 1;
        }
    }
    let several = |(node, count): (NodeId, usize)| (count >= FEWEST_JOINED).then_some(node);
    counts.into_iter().filter_map(several).collect()
}
