//! Feeds: RSS 2.0, Atom 1.0, JSON Feed 1.1, OPML 2.0 and OPDS 1.2, and what they say of each other.

mod atom;
mod chain;
mod json_feed;
mod opml;
mod rss;
mod shape;

pub(super) use chain::{Facts, Feeds};

use super::walk::Found;
use super::xml::{is, parse};
use super::{Findings, html};
use chain::Format;

const ATOM: &str = "http://www.w3.org/2005/Atom";
/// Archives of feeds (RFC 5005).
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// Checks an XML document. Nothing where it is none of the feeds' formats; inside, what other feeds
/// are held against.
pub(super) fn xml(bytes: &[u8], file: &Found, findings: &mut Findings) -> Option<Option<Facts>> {
    let Some(xml) = parse(bytes, &file.shown, findings) else {
        return Some(None);
    };
    let root = xml.root();
    if root.tag_name().namespace().is_none() && root.tag_name().name() == "rss" {
        let facts = Facts::new(file, Format::Rss);
        return Some(Some(rss::check(&xml, facts, findings)));
    }
    if is(root, ATOM, "feed") {
        let facts = Facts::new(file, Format::Atom);
        return Some(Some(atom::check(&xml, facts, findings)));
    }
    if root.tag_name().name() == "opml" {
        let facts = Facts::new(file, Format::Opml);
        return Some(Some(opml::check(&xml, facts, findings)));
    }
    None
}

/// Checks a JSON Feed. Nothing where the JSON is something else.
pub(super) fn json(bytes: &[u8], file: &Found, findings: &mut Findings) -> Option<Option<Facts>> {
    json_feed::check(bytes, Facts::new(file, Format::Json), findings)
}

/// Checks the text of an item. Returns the addresses of its pictures.
fn check_text(text: &str, path: &str, line: Option<u32>, findings: &mut Findings) -> Vec<String> {
    let seen = html::look(text);
    for (rule, message) in seen.faults {
        findings.add(rule, path, line, message);
    }
    seen.pictures
}

/// What is wrong with the address that a picture of an item has beside the text, where the text shows
/// pictures: programs that compare addresses would show the picture twice.
fn other_picture(address: &str, shown: &[String]) -> Option<String> {
    let differs = !shown.is_empty() && !shown.iter().any(|one| one == address);
    differs.then(|| format!("the text shows no picture of the address {address:?}"))
}
