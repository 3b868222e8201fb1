//! The package document (EPUB 3.3, section 5): its version, manifest and spine.

use super::archive::Archive;
use super::{inside, metadata};
use crate::reference::{Target, resolve};
use crate::xml::{Xml, child, is};
use crate::{Findings, Rule, xml};
use roxmltree::Node;
use std::collections::{HashMap, HashSet};
use std::io;

pub(super) const XHTML: &str = "application/xhtml+xml";
pub(super) const NCX: &str = "application/x-dtbncx+xml";
pub(super) const SVG: &str = "image/svg+xml";
const NAMESPACE: &str = "http://www.idpf.org/2007/opf";
const PROPERTIES: [&str; 7] = [
    "cover-image",
    "mathml",
    "nav",
    "remote-resources",
    "scripted",
    "svg",
    "switch",
];

/// A manifest item.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: String,
    /// From the root of the container.
    pub(super) path: String,
    pub(super) media_type: String,
    pub(super) properties: Vec<String>,
    pub(super) fallback: Option<String>,
    pub(super) line: Option<u32>,
}

impl Item {
    /// Whether it has this property.
    pub(super) fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|one| one == property)
    }
}

/// What the package document says.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// As findings name it.
    pub(super) shown: String,
    /// From the root of the container.
    pub(super) path: String,
    /// The unique identifier.
    pub(super) identifier: Option<String>,
    pub(super) items: Vec<Item>,
    by_path: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    /// The reading order: places among the items, by path.
    spine: HashMap<String, usize>,
    /// Addresses of the guide, with their lines.
    pub(super) guide: Vec<(String, Option<u32>)>,
}

impl Package {
    /// The item that stands at a path.
    pub(super) fn item(&self, path: &str) -> Option<&Item> {
        self.by_path.get(path).and_then(|&at| self.items.get(at))
    }

    /// The item of an id.
    pub(super) fn item_of(&self, id: &str) -> Option<&Item> {
        self.by_id.get(id).and_then(|&at| self.items.get(at))
    }

    /// The place of a path in the reading order.
    pub(super) fn place(&self, path: &str) -> Option<usize> {
        self.spine.get(path).copied()
    }
}

/// Reads and checks the package document.
///
/// # Errors
/// Where the system can't read the file.
pub(super) fn read(
    archive: &mut Archive,
    book: &str,
    path: &str,
    findings: &mut Findings,
) -> io::Result<Option<Package>> {
    let shown = inside(book, path);
    let Some(index) = archive.find(path) else {
        return Ok(None);
    };
    // What is wrong with its bytes is found with those of every other file.
    let Ok(bytes) = archive.read(index)? else {
        return Ok(None);
    };
    let Some(xml) = xml::parse(&bytes, &shown, findings) else {
        return Ok(None);
    };
    let root = xml.root();
    if !is(root, NAMESPACE, "package") || root.attribute("version") != Some("3.0") {
        let message = "it is no package document of version 3.0";
        findings.add(Rule::PackageVersion, &shown, xml.line(root), message);
    }
    xml::ids(&xml, &shown, findings);
    let mut package = Package {
        identifier: metadata::check(&xml, &shown, findings),
        path: path.to_owned(),
        shown,
        ..Package::default()
    };
    read_manifest(&xml, &mut package, findings);
    check_manifest(archive, &package, book, findings);
    check_properties(&package, findings);
    read_spine(&xml, &mut package, findings);
    let guide = child(root, NAMESPACE, "guide");
    let references = guide.iter().flat_map(|guide| guide.children());
    for reference in references.filter(|one| is(*one, NAMESPACE, "reference")) {
        let address = reference.attribute("href").unwrap_or_default();
        let line = xml.line(reference);
        package.guide.push((address.to_owned(), line));
    }
    Ok(Some(package))
}

fn read_manifest(xml: &Xml<'_>, package: &mut Package, findings: &mut Findings) {
    let Some(manifest) = child(xml.root(), NAMESPACE, "manifest") else {
        let message = "there is no manifest";
        findings.add(Rule::ManifestItem, &package.shown, None, message);
        return;
    };
    for element in manifest
        .children()
        .filter(|one| is(*one, NAMESPACE, "item"))
    {
        let line = xml.line(element);
        let item = match item(element, &package.path, line) {
            Ok(item) => item,
            Err(fault) => {
                findings.add(Rule::ManifestItem, &package.shown, line, fault);
                continue;
            }
        };
        let at = package.items.len();
        package.by_id.insert(item.id.clone(), at);
        if package.by_path.insert(item.path.clone(), at).is_some() {
            let message = format!("{} stands in the manifest twice", item.path);
            findings.add(Rule::ManifestItem, &package.shown, line, message);
        }
        package.items.push(item);
    }
}

fn item(element: Node<'_, '_>, base: &str, line: Option<u32>) -> Result<Item, String> {
    let attribute = |name: &str| {
        let value = element.attribute(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| format!("a manifest item has no {name}"))
    };
    let (id, address) = (attribute("id")?, attribute("href")?);
    let media_type = attribute("media-type")?.to_owned();
    let path = match resolve(base, address) {
        Target::Inside {
            path,
            fragment: None,
        } => path,
        Target::Inside { .. } => return Err(format!("{address:?} has a fragment")),
        Target::Outside(_) => return Err(format!("{address:?} is not in the book")),
        Target::Nowhere(fault) => return Err(format!("{address:?}: {fault}")),
    };
    if path == base || path.starts_with("META-INF/") || path == "mimetype" {
        return Err(format!("{address:?} is none of the book's resources"));
    }
    let properties = element.attribute("properties").unwrap_or_default();
    Ok(Item {
        id: id.to_owned(),
        path,
        media_type,
        properties: properties.split_whitespace().map(str::to_owned).collect(),
        fallback: element.attribute("fallback").map(str::to_owned),
        line,
    })
}

/// The manifest and the container name the same files; fallbacks end.
fn check_manifest(archive: &Archive, package: &Package, book: &str, findings: &mut Findings) {
    for item in &package.items {
        if archive.find(&item.path).is_none() {
            let message = format!("{} is not in the container", item.path);
            findings.add(Rule::ManifestMissing, &package.shown, item.line, message);
        }
        if let Some(fault) = fault_of_fallbacks(package, item) {
            findings.add(Rule::ManifestFallback, &package.shown, item.line, fault);
        }
    }
    let free = |name: &str| {
        name == "mimetype"
            || name == package.path
            || name.starts_with("META-INF/")
            || name.ends_with('/')
    };
    for entry in &archive.entries {
        if !free(&entry.name) && package.item(&entry.name).is_none() {
            let path = inside(book, &entry.name);
            findings.add(Rule::ManifestUnlisted, &path, None, "the manifest lacks it");
        }
    }
}

fn fault_of_fallbacks(package: &Package, item: &Item) -> Option<String> {
    let mut seen = HashSet::from([item.id.as_str()]);
    let mut present = item;
    while let Some(next) = &present.fallback {
        if !seen.insert(next) {
            return Some(format!("the fallbacks of {} lead in a circle", item.path));
        }
        match package.item_of(next) {
            Some(item) => present = item,
            None => return Some(format!("the fallback {next:?} is not in the manifest")),
        }
    }
    None
}

fn check_properties(package: &Package, findings: &mut Findings) {
    let mut add = |line, message: String| {
        findings.add(Rule::ManifestProperty, &package.shown, line, message);
    };
    for item in &package.items {
        for property in &item.properties {
            if !property.contains(':') && !PROPERTIES.contains(&property.as_str()) {
                add(item.line, format!("there is no property {property:?}"));
            }
        }
        if item.has("cover-image") && !item.media_type.starts_with("image/") {
            add(item.line, "the cover picture is no picture".to_owned());
        }
        if item.has("nav") && item.media_type != XHTML {
            let message = "the navigation document is no XHTML";
            add(item.line, message.to_owned());
        }
    }
    let count = |property| {
        package
            .items
            .iter()
            .filter(|item| item.has(property))
            .count()
    };
    if count("nav") != 1 {
        let message = format!("{} items are the navigation document", count("nav"));
        add(None, message);
    }
    if count("cover-image") > 1 {
        let message = format!("{} items are the cover picture", count("cover-image"));
        add(None, message);
    }
}

fn read_spine(xml: &Xml<'_>, package: &mut Package, findings: &mut Findings) {
    let shown = package.shown.clone();
    let Some(spine) = child(xml.root(), NAMESPACE, "spine") else {
        findings.add(Rule::SpineItem, &shown, None, "there is no spine");
        return;
    };
    let mut linear = false;
    for reference in spine
        .children()
        .filter(|one| is(*one, NAMESPACE, "itemref"))
    {
        let line = xml.line(reference);
        linear |= reference.attribute("linear") != Some("no");
        let id = reference.attribute("idref").unwrap_or_default();
        let place = package.spine.len();
        let fault = match package.item_of(id) {
            None => Some(format!("{id:?} is not in the manifest")),
            Some(item) if !is_document(package, item) => {
                Some(format!("{} is no document and has no fallback", item.path))
            }
            Some(item) => {
                let path = item.path.clone();
                let twice = package.spine.insert(path.clone(), place).is_some();
                twice.then(|| format!("{path} stands in the spine twice"))
            }
        };
        if let Some(fault) = fault {
            findings.add(Rule::SpineItem, &shown, line, fault);
        }
    }
    let line = xml.line(spine);
    if !linear {
        findings.add(
            Rule::SpineItem,
            &shown,
            line,
            "no document of the spine is linear",
        );
    }
    let ncx = package.items.iter().find(|item| item.media_type == NCX);
    if spine.attribute("toc") != ncx.map(|ncx| ncx.id.as_str()) {
        let message = "the spine's toc and the manifest's NCX are not the same";
        findings.add(Rule::SpineToc, &shown, line, message);
    }
}

/// Whether an item, or what it falls back to, is a content document.
fn is_document(package: &Package, item: &Item) -> bool {
    let mut present = Some(item);
    for _ in 0..package.items.len().min(100) {
        match present {
            Some(item) if matches!(item.media_type.as_str(), XHTML | SVG) => return true,
            Some(item) => {
                let fallback = item.fallback.as_deref();
                present = fallback.and_then(|fallback| package.item_of(fallback));
            }
            None => return false,
        }
    }
    false
}
