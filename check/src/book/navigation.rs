//! The navigation document (EPUB 3.3, section 7).

use super::content::XHTML;
use super::inside;
use super::known::{Entry, Navigation, Resources};
use super::package::Package;
use crate::reference::{Target, resolve};
use crate::xml::{Xml, child, is, words};
use crate::{Findings, Rule};
use roxmltree::Node;
use std::collections::HashSet;

const OPS: &str = "http://www.idpf.org/2007/ops";

/// Reads the lists of a navigation document and checks their shape.
pub(super) fn read(xml: &Xml<'_>, path: &str, findings: &mut Findings) -> Navigation {
    let kind = |nav: Node<'_, '_>| nav.attribute((OPS, "type")).unwrap_or_default().to_owned();
    let lists: Vec<(String, Node<'_, '_>)> = xml
        .elements()
        .filter(|element| is(*element, XHTML, "nav"))
        .map(|nav| (kind(nav), nav))
        .collect();
    let named = |name: &str| {
        let lists = lists.iter().map(|(kind, nav)| (kind.clone(), *nav));
        let name = name.to_owned();
        lists.filter(move |(kind, _)| kind.split_whitespace().any(|one| one == name))
    };
    for (_, nav) in named("landmarks") {
        check_landmarks(xml, nav, path, findings);
    }
    let count = named("toc").count();
    if count != 1 {
        let message = format!("there are {count} tables of contents");
        findings.add(Rule::NavToc, path, None, message);
    }
    match named("toc").next() {
        Some((_, nav)) => Navigation {
            entries: entries(xml, nav, path, findings),
        },
        None => Navigation::default(),
    }
}

fn entries(xml: &Xml<'_>, nav: Node<'_, '_>, path: &str, findings: &mut Findings) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |at: Node<'_, '_>, message: &str| {
        findings.add(Rule::NavToc, path, xml.line(at), message);
    };
    let mut level = 0_usize;
    let mut open: Vec<usize> = Vec::new();
    let list = child(nav, XHTML, "ol");
    if list.is_none_or(|list| child(list, XHTML, "li").is_none()) {
        add(nav, "the table of contents has no entry");
    }
    for element in nav
        .descendants()
        .filter(|one| is(*one, XHTML, "li") || is(*one, XHTML, "ol"))
    {
        // Document order says which elements have ended, without asking for ancestors.
        let start = element.range().start;
        while open.last().is_some_and(|&end| end <= start) {
            open.pop();
            level = level.saturating_sub(1);
        }
        if is(element, XHTML, "ol") {
            if child(element, XHTML, "li").is_none() {
                add(element, "a list has no entry");
            }
            continue;
        }
        open.push(element.range().end);
        level += 1;
        entries.extend(entry(xml, element, level, &mut add));
    }
    entries
}

/// An entry of the contents; none where it has neither a link nor a label.
fn entry<'check, 'text>(
    xml: &Xml<'_>,
    element: Node<'check, 'text>,
    level: usize,
    add: &mut impl FnMut(Node<'check, 'text>, &str),
) -> Option<Entry> {
    let label = element.first_element_child();
    let label = label.filter(|one| is(*one, XHTML, "a") || is(*one, XHTML, "span"));
    let Some(label) = label else {
        add(element, "an entry has neither a link nor a label");
        return None;
    };
    let text = words(label);
    let pictured = label.descendants().any(|one| {
        is(one, XHTML, "img") && one.attribute("alt").is_some_and(|alt| !alt.is_empty())
    });
    if text.is_empty() && !pictured {
        add(label, "an entry has no label");
    }
    let linked = is(label, XHTML, "a");
    if !linked && child(element, XHTML, "ol").is_none() {
        add(label, "an entry leads nowhere");
    }
    let address = label.attribute("href").filter(|_| linked);
    Some(Entry {
        level,
        label: text,
        address: address.map(str::to_owned),
        line: xml.line(label),
    })
}

fn check_landmarks(xml: &Xml<'_>, nav: Node<'_, '_>, path: &str, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for link in nav.descendants().filter(|one| is(*one, XHTML, "a")) {
        let line = xml.line(link);
        let kind = link.attribute((OPS, "type")).unwrap_or_default().trim();
        let address = link.attribute("href").unwrap_or_default();
        if kind.is_empty() {
            let message = "a landmark does not say what it is";
            findings.add(Rule::NavLandmark, path, line, message);
        } else if !seen.insert((kind, address)) {
            let message = format!("the landmark {kind:?} stands twice");
            findings.add(Rule::NavLandmark, path, line, message);
        }
    }
}

/// Checks where the entries lead, and in which order.
pub(super) fn check(package: &Package, resources: &Resources, book: &str, findings: &mut Findings) {
    let item = package.items.iter().find(|item| item.has("nav"));
    let (Some(navigation), Some(item)) = (&resources.navigation, item) else {
        return;
    };
    let path = inside(book, &item.path);
    let mut last = (0, 0);
    for entry in &navigation.entries {
        let Some(address) = &entry.address else {
            continue;
        };
        let Some(place) = place(package, resources, &item.path, address) else {
            let message = format!("{address:?} is no place in the reading order");
            findings.add(Rule::NavTarget, &path, entry.line, message);
            continue;
        };
        if place < last {
            let message = format!("{:?} comes before the entry above it", entry.label);
            findings.add(Rule::NavOrder, &path, entry.line, message);
        }
        last = place;
    }
}

/// The number of a document in the reading order, and of the id in it.
fn place(
    package: &Package,
    resources: &Resources,
    base: &str,
    address: &str,
) -> Option<(usize, usize)> {
    let Target::Inside { path, fragment } = resolve(base, address) else {
        return None;
    };
    let document = package.place(&path)?;
    let id = match fragment {
        Some(fragment) => resources.document(&path)?.ids.get(&fragment)? + 1,
        None => 0,
    };
    Some((document, id))
}
