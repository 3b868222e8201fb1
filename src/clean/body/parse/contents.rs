//! Which kinds of elements a page has at all: what looks for one kind alone need not go through pages that have
//! none of it, which most articles are.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of};
use html5ever::local_name;

/// Which kinds of elements stand anywhere in a tree, also where the parser left them out of the document.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::clean::body) struct Contents {
    pub scripts: bool,
    pub sheets: bool,
    pub noscripts: bool,
    /// What leads through a site.
    pub navigation: bool,
    /// Pictures with an attribute that may hold an address for later.
    pub later_pictures: bool,
}

impl Contents {
    /// Looks at each node of a root's tree once, in the order in which they were made.
    pub fn of(root: NodeRef<'_>) -> Self {
        let mut contents = Contents::default();
        for node in root.tree().nodes() {
            if let Some(element) = element_of(&node) {
                contents.add(element);
            }
        }
        contents
    }

    fn add(&mut self, element: &Element) {
        let name = &element.name.local;
        self.scripts |= *name == local_name!("script");
        self.sheets |= *name == local_name!("style");
        self.noscripts |= *name == local_name!("noscript");
        self.navigation |=
            *name == local_name!("nav") || attribute(element, "role") == Some("navigation");
        self.later_pictures |= *name == local_name!("img")
            && element
                .attrs
                .iter()
                .any(|(name, _)| may_be_later(&name.local));
    }
}

/// Whether an attribute of such a name may hold the address of a picture that is to come.
pub(in crate::clean::body) fn may_be_later(name: &str) -> bool {
    name.starts_with("data-") || name == "file"
}
