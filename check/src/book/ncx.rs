//! The NCX, by which older reading systems show the contents (OPF 2.0.1, section 2.4.1).

use super::inside;
use super::known::{Ncx, Point, Resources};
use super::package::{NCX, Package};
use crate::reference::{Target, resolve};
use crate::xml::{Xml, child, is, words};
use crate::{Findings, Rule, xml};
use std::collections::HashMap;

const NAMESPACE: &str = "http://www.daisy.org/z3986/2005/ncx/";

/// Reads an NCX and checks its shape.
pub(super) fn read(xml: &Xml<'_>, path: &str, findings: &mut Findings) -> Ncx {
    xml::ids(xml, path, findings);
    let root = xml.root();
    if !is(root, NAMESPACE, "ncx") {
        let message = "it is no NCX, but the manifest says so";
        findings.add(Rule::ManifestMediaType, path, xml.line(root), message);
    }
    let mut metadata = xml.elements().filter(|one| is(*one, NAMESPACE, "meta"));
    let identifier = metadata.find(|one| one.attribute("name") == Some("dtb:uid"));
    let mut points = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for element in xml.elements().filter(|one| is(*one, NAMESPACE, "navPoint")) {
        let start = element.range().start;
        while open.last().is_some_and(|&end| end <= start) {
            open.pop();
        }
        open.push(element.range().end);
        if element.attribute("id").is_none() {
            let message = "an entry has no id";
            findings.add(Rule::NcxPoint, path, xml.line(element), message);
        }
        let content = child(element, NAMESPACE, "content");
        let address = content.and_then(|content| content.attribute("src"));
        points.push(Point {
            level: open.len(),
            label: child(element, NAMESPACE, "navLabel")
                .map(words)
                .unwrap_or_default(),
            address: address.map(str::to_owned),
            order: element.attribute("playOrder").map(str::to_owned),
            line: xml.line(element),
        });
    }
    Ncx {
        identifier: identifier
            .and_then(|one| one.attribute("content"))
            .map(str::to_owned),
        points,
    }
}

/// Checks an NCX against the package, the documents and the navigation document.
pub(super) fn check(package: &Package, resources: &Resources, book: &str, findings: &mut Findings) {
    let item = package.items.iter().find(|item| item.media_type == NCX);
    let (Some(ncx), Some(item)) = (&resources.ncx, item) else {
        return;
    };
    let path = inside(book, &item.path);
    let identifier = ncx.identifier.as_deref().map(str::trim);
    if package.identifier.as_deref() != identifier {
        let message = format!("its identifier is {:?}", identifier.unwrap_or_default());
        findings.add(Rule::NcxIdentifier, &path, None, message);
    }
    if ncx.points.is_empty() {
        findings.add(Rule::NcxPoint, &path, None, "it has no entry");
    }
    for point in &ncx.points {
        if point.label.is_empty() {
            findings.add(Rule::NcxPoint, &path, point.line, "an entry has no label");
        }
        let address = point.address.as_deref().unwrap_or_default();
        if !leads_somewhere(package, resources, &item.path, address) {
            let message = format!("{address:?} is no place in the reading order");
            findings.add(Rule::NcxPoint, &path, point.line, message);
        }
    }
    check_order(ncx, &path, findings);
    check_tree(ncx, resources, &path, findings);
}

fn leads_somewhere(package: &Package, resources: &Resources, base: &str, address: &str) -> bool {
    let Target::Inside { path, fragment } = resolve(base, address) else {
        return false;
    };
    let has = |id: &String| {
        let document = resources.document(&path);
        document.is_none_or(|document| document.ids.contains_key(id))
    };
    !address.is_empty() && package.place(&path).is_some() && fragment.as_ref().is_none_or(has)
}

/// Numbers count places by first mention; some leave them out everywhere.
fn check_order(ncx: &Ncx, path: &str, findings: &mut Findings) {
    if ncx.points.iter().all(|point| point.order.is_none()) {
        return;
    }
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for point in &ncx.points {
        let next = numbers.len() + 1;
        let address = point.address.as_deref().unwrap_or_default();
        let expected = *numbers.entry(address).or_insert(next);
        let found = point.order.as_deref().unwrap_or_default();
        if found.parse() != Ok(expected) {
            let message = format!("the play order is {found:?} instead of {expected}");
            findings.add(Rule::NcxOrder, path, point.line, message);
            return;
        }
    }
}

fn check_tree(ncx: &Ncx, resources: &Resources, path: &str, findings: &mut Findings) {
    let Some(navigation) = &resources.navigation else {
        return;
    };
    let here: Vec<(usize, &str)> = ncx
        .points
        .iter()
        .map(|point| (point.level, point.label.as_str()))
        .collect();
    let there: Vec<(usize, &str)> = navigation
        .entries
        .iter()
        .map(|entry| (entry.level, entry.label.as_str()))
        .collect();
    if here == there {
        return;
    }
    let same = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let line = ncx.points.get(same).and_then(|point| point.line);
    let label = |list: &[(usize, &str)]| match list.get(same) {
        Some((level, label)) => format!("{label:?} (level {level})"),
        None => "the end".to_owned(),
    };
    let message = format!(
        "{} stands where the navigation document has {}",
        label(&here),
        label(&there)
    );
    findings.add(Rule::NcxTree, path, line, message);
}
