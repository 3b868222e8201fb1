//! Frames that hold a document of their own (`srcdoc`): a film, or more of the article.

use crate::clean::body::hidden;
use crate::clean::body::parse;
use crate::clean::body::parse::tree::{Element, attribute};
use crate::clean::body::walk::Walk;
use crate::clean::body::walk::container::Hints;

impl Walk<'_> {
    /// Walks through the document of a frame that shows nothing else. Says whether there was one.
    ///
    /// It has one level: a frame in it shows what its address names.
    pub fn srcdoc(&mut self, element: &Element) -> bool {
        let own = attribute(element, "src").and_then(|address| self.links.resolve(address));
        let Some(document) = attribute(element, "srcdoc").filter(|it| !it.trim().is_empty()) else {
            return false;
        };
        if self.in_srcdoc || own.is_some_and(|own| own.is_web()) {
            return false;
        }
        self.document(document);
        true
    }

    /// Walks through markup that stands for an element, as a block of its own.
    pub(in crate::clean::body::walk) fn document(&mut self, markup: &str) {
        let parsed = parse::parse(markup);
        let root = parsed.html.tree.root();
        let hidden = hidden::find(root);
        // Nodes are known by their place in their own tree.
        let omitted = std::mem::replace(&mut self.omitted, hidden.omitted);
        let keep = std::mem::replace(&mut self.keep_pictures, hidden.keep_pictures);
        self.in_srcdoc = true;
        self.builder.open_block(Hints::default());
        self.go_through(root);
        self.builder.close_block();
        self.in_srcdoc = false;
        self.omitted = omitted;
        self.keep_pictures = keep;
    }
}
