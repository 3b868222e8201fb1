//! Every file of the container: whole, of the type that the manifest names, and read for what it
//! refers to.

use super::archive::Archive;
use super::content;
use super::inside;
use super::known::{Document, Resources};
use super::navigation;
use super::ncx;
use super::package::{Item, NCX, Package, SVG, XHTML};
use super::style;
use crate::{Findings, Rule, picture, xml};
use std::io;

const CSS: &str = "text/css";
/// The pictures that every reading system shows (EPUB 3.3, section 3.2).
const CORE_PICTURES: [&str; 5] = ["image/jpeg", "image/png", "image/gif", "image/webp", SVG];

/// Reads every file of the container once.
///
/// # Errors
/// Where the system can't read the book.
pub(super) fn check(
    archive: &mut Archive,
    book: &str,
    package: Option<&Package>,
    findings: &mut Findings,
) -> io::Result<Resources> {
    let mut resources = Resources::default();
    for index in 0..archive.entries.len() {
        let name = archive.entries.get(index).map(|entry| entry.name.clone());
        let name = name.unwrap_or_default();
        if name.ends_with('/') {
            continue;
        }
        let path = inside(book, &name);
        match archive.read(index)? {
            Err((rule, message)) => findings.add(rule, &path, None, message),
            Ok(bytes) => {
                if let Some(item) = package.and_then(|package| package.item(&name)) {
                    check_item(item, &bytes, &path, &mut resources, findings);
                }
            }
        }
    }
    Ok(resources)
}

fn check_item(
    item: &Item,
    bytes: &[u8],
    path: &str,
    resources: &mut Resources,
    findings: &mut Findings,
) {
    match item.media_type.as_str() {
        XHTML => {
            if let Some(xml) = xml::parse(bytes, path, findings) {
                let document = content::check(&xml, item, path, findings);
                if item.has("nav") {
                    resources.navigation = Some(navigation::read(&xml, path, findings));
                }
                resources.keep(&item.path, document);
            }
        }
        NCX => {
            if let Some(xml) = xml::parse(bytes, path, findings) {
                resources.ncx = Some(ncx::read(&xml, path, findings));
            }
        }
        SVG => {
            if let Some(xml) = xml::parse(bytes, path, findings) {
                let document = content::check_svg(&xml, item, path, findings);
                resources.keep(&item.path, document);
            }
        }
        CSS => {
            let text = String::from_utf8_lossy(bytes);
            let references = style::check(&text, 1, path, findings);
            let document = Document {
                references,
                ..Document::default()
            };
            resources.keep(&item.path, document);
        }
        other if other.starts_with("image/") => check_picture(item, bytes, path, findings),
        _ => {}
    }
}

fn check_picture(item: &Item, bytes: &[u8], path: &str, findings: &mut Findings) {
    let declared = item.media_type.as_str();
    if !CORE_PICTURES.contains(&declared) && item.fallback.is_none() {
        let message = format!("{declared} is not what every reading system shows");
        findings.add(Rule::ImageType, path, None, message);
    }
    match picture::media_type(bytes) {
        Some(kind) if kind == declared => {
            if let Err(fault) = picture::whole(kind, bytes) {
                findings.add(Rule::ImageDamaged, path, None, fault);
            }
        }
        Some(kind) => {
            let message = format!("it is {kind}, but the manifest says {declared}");
            findings.add(Rule::ManifestMediaType, path, None, message);
        }
        None => findings.add(Rule::ImageDamaged, path, None, "it is no picture"),
    }
}
