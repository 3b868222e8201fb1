//! Whole pages in the place of articles: what archives keep of some sites is all of the page.

use crate::clean::body::parse::tree::{self, Element, NodeRef, element_of};

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
