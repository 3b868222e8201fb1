//! Parts whose names alone tell something before the article is searched: those about other articles, and those
//! whose names are what their text is about, which the library would pass over.

use super::labels::{self, Label, begins_like_others};
use super::measures::Measures;
use crate::clean::body::parse::tree::{self, Element, NodeId, NodeRef, NodeSet, element_of};

/// How long the running text in a part is at least, in characters, where its name may be what it is about, and
/// where its heading says so.
const FEWEST: usize = 300;
const FEWEST_BELOW_HEADING: usize = 80;

/// At most a part of so many leads elsewhere.
const MOST_LINKED: usize = 10;

/// How long the name of a chapter is at most, in characters.
const LONGEST_CHAPTER: usize = 24;

/// What names tell.
#[derive(Default)]
pub(super) struct Named {
    /// Sections that both their names and their first words tell to be about other articles, and that are less than
    /// half of the page: teasers may hold more prose than a short article does.
    pub others: Vec<NodeId>,
    /// Parts of an article that are about what their names say.
    pub matter: NodeSet,
}

impl Named {
    /// Looks at all parts of a page.
    pub fn of(root: NodeRef<'_>, measures: &Measures) -> Self {
        let whole = measures.get(&root).text;
        let mut named = Named::default();
        for node in root.descendants() {
            let Some(element) = element_of(&node) else {
                continue;
            };
            let is_part = matches!(element.name(), "div" | "section" | "aside" | "ul");
            if !is_part || measures.get(&node).text == 0 {
                continue;
            }
            let label = labels::label(element);
            if is_matter(element, node, label, measures) {
                named.matter.insert(node.id());
            } else if label == Label::Other
                && measures.get(&node).text * 2 < whole
                && begins_like_others(&tree::visible_text(node))
            {
                named.others.push(node.id());
            }
        }
        named
    }
}

/// Whether a part is about what its name says.
fn is_matter(element: &Element, node: NodeRef<'_>, label: Label, measures: &Measures) -> bool {
    let measure = measures.get(&node);
    if measure.linked * MOST_LINKED > measure.text
        || measure.text < FEWEST_BELOW_HEADING
        || speaks_of_others(node)
    {
        return false;
    }
    let prose = || -> usize {
        let inner = node.descendants().filter(|inner| {
            element_of(inner).is_some_and(|element| matches!(element.name(), "p" | "pre"))
        });
        let measures = inner.map(|inner| measures.get(&inner));
        let prose = measures.filter(|measure| measure.is_prose());
        prose.map(|measure| measure.plain()).sum()
    };
    (labels::is_named_by_heading(element, &node) && prose() >= FEWEST_BELOW_HEADING)
        || (label == Label::Other && labels::may_be_matter(element) && prose() >= FEWEST)
}

/// Whether a part begins as lists of other articles do, and not as the chapter of a paper that has such a name.
fn speaks_of_others(node: NodeRef<'_>) -> bool {
    const CHAPTERS: [&str; 5] = [
        "related work",
        "related research",
        "related literature",
        "related approaches",
        "related studies",
    ];
    let text = tree::visible_text(node);
    let start: String = text.trim_start().chars().take(LONGEST_CHAPTER).collect();
    begins_like_others(&text)
        && !CHAPTERS
            .iter()
            .any(|chapter| start.to_lowercase().starts_with(chapter))
}
