//! Pictures of which a page shows one at a time: the copy for readers without scripts, and the small or
//! blurred version that stands where the picture itself will be.

use crate::clean::body::parse;
use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{
    self, Element, NodeRef, attribute, class_contains, element_of,
};
use crate::clean::body::walk::elements::is_image;
use crate::clean::body::walk::pictures::address::{is_reduced, subject};
use crate::clean::body::walk::pictures::candidates::{Candidate, candidates, is_lazy};
use crate::clean::body::walk::pictures::data;
use crate::clean::body::walk::pictures::stand_ins::is_placeholder;
use crate::clean::body::walk::pictures::trackers;

/// How many nodes may be around pictures that take each other's place.
const MOST_NODES: usize = 64;

/// The longest markup that is read of a text, in bytes.
const LONGEST_COPY: usize = 10_000;

/// How many elements may be between a picture and what it shares with its twin.
const MOST_WRAPPERS: usize = 3;

/// How many pictures and copies in turn are looked through for the first of them.
const MOST_ALTERNATING: usize = 1_000;

/// Parts of classes of what stands where a picture will be.
const BEFORE: [&str; 7] = [
    "blur",
    "lqip",
    "placeholder",
    "preview",
    "thumb",
    "progressive",
    "low-res",
];

/// Whether another picture is shown in the place of one, of which an element names some candidates.
pub(in crate::clean::body) fn gives_way(
    element: &Element,
    node: NodeRef<'_>,
    named: &[Candidate<'_>],
) -> bool {
    if noscript_of(node).is_some() {
        return pair(node).is_some_and(|twin| {
            waits(twin.element) && trackers::rule(twin.element, twin.picture).is_none()
        });
    }
    is_before_another(element, node, named) && copies(element, node).is_empty()
}

/// The candidates of the copy for readers without scripts that stands beside a picture.
pub(in crate::clean::body) fn copies<'tree>(
    element: &Element,
    node: NodeRef<'tree>,
) -> Vec<Candidate<'tree>> {
    if noscript_of(node).is_some() || !waits(element) {
        return Vec::new();
    }
    if let Some(copies) = written_copies(node) {
        return copies;
    }
    let copy = pair(node).filter(|twin| trackers::rule(twin.element, twin.picture).is_none());
    copy.map_or_else(Vec::new, |twin| {
        candidates(twin.element, twin.picture, false)
    })
}

/// The candidates of the copy beside a picture whose markup stands as text in a `noscript`.
fn written_copies<'tree>(node: NodeRef<'tree>) -> Option<Vec<Candidate<'tree>>> {
    let is_blank = |node: &NodeRef<'_>| {
        node.value()
            .as_text()
            .is_some_and(|text| text.trim().is_empty())
    };
    let mut beside = node.next_siblings().skip_while(is_blank).take(1);
    let markup = beside.find_map(written_copy)?;
    let parsed = parse::parse(&markup);
    let root = parsed.html.tree.root();
    let inside = root
        .descendants()
        .find(|inside| element_of(inside).is_some_and(|element| is_image(element.name())))?;
    let found = candidates(element_of(&inside)?, inside, false);
    Some(found.into_iter().map(Candidate::into_owned).collect())
}

/// The markup of a picture that stands as text in a `noscript`: it was escaped once too often.
pub(in crate::clean::body) fn written_copy(noscript: NodeRef<'_>) -> Option<String> {
    if element_of(&noscript)?.name() != "noscript" {
        return None;
    }
    let texts = noscript
        .children()
        .filter_map(|child| child.value().as_text());
    let text: String = texts.map(|text| &**text).collect();
    (text.contains("<img") && text.len() <= LONGEST_COPY).then_some(text)
}

/// Whether a picture that is shown stands before a `noscript`, of which that is the copy.
pub(in crate::clean::body) fn is_copied(noscript: NodeRef<'_>) -> bool {
    let is_blank = |node: &NodeRef<'_>| {
        node.value()
            .as_text()
            .is_some_and(|text| text.trim().is_empty())
    };
    let before = noscript.prev_siblings().find(|node| !is_blank(node));
    before.is_some_and(|before| {
        element_of(&before).is_some_and(|element| is_image(element.name()) && waits(element))
    })
}

/// Whether what an element shows at first is not all.
fn waits(element: &Element) -> bool {
    let own = attribute(element, "src").unwrap_or_default();
    is_placeholder(own) || is_reduced(own) || is_lazy(element) || class_contains(element, &["lazy"])
}

/// The picture beside a node that is its pair, with nothing to read or see between: a copy for readers without
/// scripts and a picture for those with. The node may be wrapped.
fn pair(node: NodeRef<'_>) -> Option<Twin<'_>> {
    let own = noscript_of(node).is_some();
    let mut inner = noscript_of(node).unwrap_or(node);
    for _ in 0..MOST_WRAPPERS {
        // Where copies and pictures alternate, the first of them says which comes first in each pair.
        let before = alternating(neighbour(inner, NodeRef::prev_sibling), !own);
        let found = if before.is_multiple_of(2) {
            neighbour(inner, NodeRef::next_sibling)
        } else {
            neighbour(inner, NodeRef::prev_sibling)
        };
        if found.is_some() {
            return found.filter(|twin| twin.is_copy != own);
        }
        let outer = inner.parent()?;
        if !Within::of(outer).is_some_and(|within| within.is_alone(node)) {
            return None;
        }
        inner = outer;
    }
    None
}

/// A picture and the sibling that holds it.
#[derive(Clone, Copy)]
struct Twin<'tree> {
    sibling: NodeRef<'tree>,
    picture: NodeRef<'tree>,
    element: &'tree Element,
    is_copy: bool,
}

/// How many pictures and copies alternate up to a node.
fn alternating(last: Option<Twin<'_>>, mut is_copy: bool) -> usize {
    let mut count = 0;
    let mut next = last;
    while let Some(twin) = next.filter(|twin| twin.is_copy == is_copy && count < MOST_ALTERNATING) {
        count += 1;
        is_copy = !is_copy;
        next = neighbour(twin.sibling, NodeRef::prev_sibling);
    }
    count
}

/// The first sibling that holds anything, if that is one picture.
fn neighbour<'tree>(
    node: NodeRef<'tree>,
    step: impl Fn(&NodeRef<'tree>) -> Option<NodeRef<'tree>>,
) -> Option<Twin<'tree>> {
    let siblings = std::iter::successors(step(&node), |node| step(node));
    for sibling in siblings.take(MOST_NODES) {
        let within = Within::of(sibling)?;
        match within.pictures.as_slice() {
            [] => {}
            [picture] => {
                return Some(Twin {
                    sibling,
                    picture: *picture,
                    element: element_of(picture)?,
                    is_copy: noscript_of(*picture).is_some(),
                });
            }
            _ => return None,
        }
    }
    None
}

/// The pictures in a node that holds nothing else to see.
struct Within<'tree> {
    pictures: Vec<NodeRef<'tree>>,
}

impl<'tree> Within<'tree> {
    /// Nothing where there is more in it.
    fn of(node: NodeRef<'tree>) -> Option<Self> {
        let mut pictures = Vec::new();
        for (count, inside) in node.descendants().enumerate() {
            if count > MOST_NODES {
                return None;
            }
            let text = inside.value().as_text();
            if text.is_some_and(|text| !text.trim().is_empty()) && !is_unseen(inside) {
                return None;
            }
            let element = element_of(&inside);
            if element.is_some_and(|element| is_image(element.name())) {
                pictures.push(inside);
            }
        }
        Some(Within { pictures })
    }

    /// Whether there is no picture but those of one node.
    fn is_alone(&self, node: NodeRef<'_>) -> bool {
        let own = node
            .descendants()
            .filter(|inside| element_of(inside).is_some_and(|element| is_image(element.name())));
        own.count() == self.pictures.len()
    }
}

/// Whether a text is in a `noscript` or in something that is never shown.
fn is_unseen(text: NodeRef<'_>) -> bool {
    noscript_of(text).is_some()
        || text
            .parent()
            .is_some_and(|parent| element_of(&parent).is_some_and(tree::is_never_shown))
}

/// The `noscript` that a node stands in.
fn noscript_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    node.ancestors()
        .take(MOST_WRAPPERS + 1)
        .find(|outer| element_of(outer).is_some_and(|element| element.name() == "noscript"))
}

/// Whether a small or blurred version stands in the same wrapper as the picture itself.
fn is_before_another(element: &Element, node: NodeRef<'_>, named: &[Candidate<'_>]) -> bool {
    if named.iter().any(|candidate| !candidate.reduced) {
        return false;
    }
    let own = attribute(element, "src").unwrap_or_default();
    let drawn = is_placeholder(own) && data::is_picture(own);
    if named.is_empty() && !drawn {
        return false;
    }
    let marked = drawn || is_marked(element);
    let subject_of = |candidates: &[Candidate<'_>]| {
        let first = candidates.first().map(|first| subject(&first.reference));
        first.filter(|subject| !subject.is_empty())
    };
    let own_subject = subject_of(named);
    let is_it = |other: &NodeRef<'_>| {
        let Some(element) = element_of(other).filter(|_| other.id() != node.id()) else {
            return false;
        };
        let mut named = candidates(element, *other, false);
        if noscript_of(*other).is_some() && gives_way(element, *other, &named) {
            return false;
        }
        if named.is_empty() {
            named = copies(element, *other);
        }
        let real = named.first().is_some_and(|first| !first.reduced);
        let lazy = waits(element) || noscript_of(*other).is_some();
        let same = own_subject.is_some() && own_subject == subject_of(&named);
        real && (same || (marked && lazy)) && trackers::rule(element, *other).is_none()
    };
    node.ancestors()
        .take(MOST_WRAPPERS)
        .map_while(Within::of)
        .any(|within| within.pictures.iter().any(is_it))
}

/// Whether the page says that a picture is there until another one comes.
fn is_marked(element: &Element) -> bool {
    class_contains(element, &BEFORE)
        || attribute(element, "data-placeholder-image").is_some()
        || attribute(element, "aria-hidden").is_some_and(|value| value == "true")
        || Style::of(element)
            .and_then(|style| style.value("filter").map(|value| value.contains("blur")))
            .unwrap_or(false)
}
