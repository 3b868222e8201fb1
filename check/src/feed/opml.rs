//! OPML 2.0: a list of feeds.

use super::Facts;
use super::shape::{Count, Dates, Shape};
use crate::xml::Xml;
use crate::{Findings, Rule};

/// Checks a list of feeds.
pub(super) fn check(xml: &Xml<'_>, mut facts: Facts, findings: &mut Findings) -> Facts {
    let path = facts.shown.clone();
    let mut shape = Shape {
        xml,
        path: &path,
        findings,
    };
    let root = xml.root();
    if root.attribute("version") != Some("2.0") {
        shape.add(Rule::FeedVersion, root, "it is not of version 2.0");
    }
    if let Some(head) = shape.child(root, None, "head", Count::AtMostOnce) {
        for name in ["dateCreated", "dateModified"] {
            let date = shape.child(head, None, name, Count::AtMostOnce);
            shape.date(date, Dates::Mail);
        }
    } else {
        shape.add(Rule::FeedElement, root, "opml has no head");
    }
    let body = shape.child(root, None, "body", Count::AtMostOnce);
    let outlines = body.map(|body| {
        let elements = body.descendants();
        elements.filter(|one| one.tag_name().name() == "outline")
    });
    let mut count = 0;
    for outline in outlines.into_iter().flatten() {
        count += 1;
        let text = outline.attribute("text").unwrap_or_default();
        if text.trim().is_empty() {
            shape.add(Rule::FeedElement, outline, "an outline has no text");
        }
        if outline.attribute("type") == Some("rss") {
            let address = outline.attribute("xmlUrl").unwrap_or_default();
            shape.web(outline, address);
            facts.beside(address, xml.line(outline));
        }
    }
    if count == 0 {
        shape.add(Rule::FeedElement, root, "opml has no outline");
    }
    facts
}
