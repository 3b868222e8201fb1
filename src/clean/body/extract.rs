//! The article of a page as the page's own HTML, for those who save it uncleaned.

use super::Byline;
use super::page;
use super::parse::tree::{NodeId, NodeRef, element_of, is_never_shown, visible_text};
use super::parse::{Parsed, parse};
use super::walk::Omitted;

/// The fewest letters of an article: what says less is a notice, a list or an empty page.
const FEWEST_LETTERS: usize = 140;

/// The part of a page that is the article, without what pages put around it; none where there seems to
/// be none.
pub fn article_html(html: &str) -> Option<String> {
    let Parsed { mut html, .. } = parse(html);
    let mut omitted = Omitted::new();
    page::leave_out(html.tree.root(), &mut omitted, Byline::Read);
    let unseen = html
        .tree
        .root()
        .descendants()
        .filter(|node| is_unseen(*node));
    let unseen: Vec<NodeId> = unseen.map(|node| node.id()).collect();
    for id in omitted.into_keys().chain(unseen) {
        if let Some(mut node) = html.tree.get_mut(id) {
            node.detach();
        }
    }
    let text = visible_text(html.tree.root());
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    // The fragment's own root element stands around it.
    let article = html.root_element().inner_html();
    (letters >= FEWEST_LETTERS).then(|| article.trim().to_owned())
}

/// What no reader sees, and what says nothing without the page. Formulas may stand in scripts.
fn is_unseen(node: NodeRef<'_>) -> bool {
    element_of(&node).is_some_and(|element| {
        let is_formula = element
            .attr("type")
            .is_some_and(|kind| kind.starts_with("math/"));
        let is_bare = matches!(element.name(), "meta" | "link" | "base");
        is_bare || (is_never_shown(element) && !is_formula)
    })
}
