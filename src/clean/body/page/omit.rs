//! Parts of the tree that are not the article.

use crate::clean::body::walk::Omitted;
use crate::model::Site;
use scraper::{ElementRef, Html, Selector};

/// Whether some text is a CSS selector that [`Site::remove`] can hold.
pub fn is_selector(text: &str) -> bool {
    Selector::parse(text).is_ok()
}

/// The elements that a site's facts say to remove.
///
/// The configuration refuses what is no selector; a program that makes its own [`Site`] should ask
/// [`is_selector`] too, since anything else matches nothing here.
pub(in crate::clean::body) fn omitted(html: &Html, site: Option<&Site>) -> Omitted {
    let selectors: Vec<Selector> = site
        .map(|site| site.remove.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|selector| Selector::parse(selector).ok())
        .collect();
    let mut omitted = Omitted::new();
    if selectors.is_empty() {
        return omitted;
    }
    for element in html.tree.root().descendants().filter_map(ElementRef::wrap) {
        if selectors.iter().any(|selector| selector.matches(&element)) {
            omitted.insert(element.id(), "site");
        }
    }
    omitted
}
