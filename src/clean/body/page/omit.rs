//! Parts of the tree that are not the article.

use crate::clean::body::walk::Omitted;
use crate::model::Site;
use scraper::{ElementRef, Html, Selector};

/// Whether some text is a CSS selector that [`Site::remove`] can hold.
pub fn is_selector(text: &str) -> bool {
    Selector::parse(text).is_ok()
}

/// What a site's facts say to remove.
pub(in crate::clean::body) struct Named {
    /// The elements.
    pub omitted: Omitted,
    /// The selectors that matched any.
    pub selectors: Vec<String>,
}

/// The elements that a site's facts say to remove.
///
/// The configuration refuses what is no selector; a program that makes its own [`Site`] should ask
/// [`is_selector`] too, since anything else matches nothing here.
pub(in crate::clean::body) fn named(html: &Html, site: Option<&Site>) -> Named {
    let written = site.map(|site| site.remove.as_slice()).unwrap_or_default();
    let mut selectors: Vec<(&String, Selector, bool)> = written
        .iter()
        .filter_map(|text| Some((text, Selector::parse(text).ok()?, false)))
        .collect();
    let mut omitted = Omitted::default();
    if selectors.is_empty() {
        return Named {
            omitted,
            selectors: Vec::new(),
        };
    }
    for element in html.tree.root().descendants().filter_map(ElementRef::wrap) {
        for (_, selector, matched) in &mut selectors {
            if selector.matches(&element) {
                *matched = true;
                omitted.insert(element.id(), "site");
            }
        }
    }
    let matched = selectors.into_iter().filter(|(.., matched)| *matched);
    Named {
        omitted,
        selectors: matched.map(|(text, ..)| text.clone()).collect(),
    }
}
