//! The container (EPUB 3.3, section 4): file names, headers, `mimetype`, the way to the package.

use super::archive::{Archive, DEFLATED, Entry, Header, STORED};
use super::inside;
use crate::reference::{Target, resolve};
use crate::{Findings, Rule, xml};
use std::collections::HashSet;
use std::io;

const CONTAINER: &str = "META-INF/container.xml";
const CONTAINER_NAMESPACE: &str = "urn:oasis:names:tc:opendocument:xmlns:container";
const PACKAGE_TYPE: &str = "application/oebps-package+xml";
const ENCRYPTED: u16 = 1;
const DESCRIPTOR: u16 = 1 << 3;

/// Checks names, headers, and that nothing is encrypted.
///
/// # Errors
/// Where the system can't read the file.
pub(super) fn check(archive: &mut Archive, book: &str, findings: &mut Findings) -> io::Result<()> {
    check_names(&archive.entries, book, findings);
    let entries = archive.entries.clone();
    let mut spans = Vec::with_capacity(entries.len());
    for entry in &entries {
        let path = inside(book, &entry.name);
        let Some(header) = archive.header(entry)? else {
            let message = "no file stands where the directory says that it does";
            findings.add(Rule::ZipEntry, &path, None, message);
            continue;
        };
        check_entry(entry, &header, &path, findings);
        let end = header.content.saturating_add(entry.fields.compressed);
        spans.push((entry.offset, end, path));
    }
    check_spans(spans, findings);
    for name in ["META-INF/encryption.xml", "META-INF/rights.xml"] {
        if archive.find(name).is_some() {
            let message = "the book says that it is encrypted";
            findings.add(Rule::ZipEncrypted, &inside(book, name), None, message);
        }
    }
    check_mimetype(archive, book, findings)
}

fn check_entry(entry: &Entry, header: &Header, path: &str, findings: &mut Findings) {
    let (said, own) = (&entry.fields, &header.fields);
    let described = own.flags & DESCRIPTOR != 0;
    let numbers = (said.crc, said.compressed, said.length) == (own.crc, own.compressed, own.length);
    if header.name != entry.name.as_bytes() && entry.name_is_text {
        findings.add(
            Rule::ZipEntry,
            path,
            None,
            "its own header has another name",
        );
    } else if said.method != own.method || !(described || numbers) {
        let message = "its own header and the directory differ";
        findings.add(Rule::ZipEntry, path, None, message);
    }
    if (said.flags | own.flags) & ENCRYPTED != 0 {
        findings.add(Rule::ZipEncrypted, path, None, "it is encrypted");
    }
    if said.method != STORED && said.method != DEFLATED {
        let message = format!("it is compressed by method {}", said.method);
        findings.add(Rule::ZipMethod, path, None, message);
    }
    if described && said.method == STORED && said.length > 0 {
        let message = "it is stored, and its length stands behind it, where no reader finds it";
        findings.add(Rule::ZipEntry, path, None, message);
    }
}

/// Files whose bytes overlap are made to hurt.
fn check_spans(mut spans: Vec<(u64, u64, String)>, findings: &mut Findings) {
    spans.sort();
    for pair in spans.windows(2) {
        if let [(_, end, _), (start, _, path)] = pair
            && start < end
        {
            let message = "it shares bytes with another file";
            findings.add(Rule::ZipEntry, path, None, message);
        }
    }
}

fn check_names(entries: &[Entry], book: &str, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for entry in entries {
        let path = inside(book, &entry.name);
        if let Some(fault) = fault_of_name(entry) {
            findings.add(Rule::ZipName, &path, None, fault);
        }
        if !seen.insert(entry.name.to_lowercase()) {
            let message = "another file has this name, be it in other case";
            findings.add(Rule::ZipDuplicate, &path, None, message);
        }
    }
}

/// What is wrong with a name (EPUB 3.3, section 4.2.2).
fn fault_of_name(entry: &Entry) -> Option<&'static str> {
    let name = entry.name.strip_suffix('/').unwrap_or(&entry.name);
    if !entry.name_is_text {
        Some("its name is not UTF-8")
    } else if name.starts_with('/') || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        Some("its name leads out of the container")
    } else if name.contains(['"', '*', ':', '<', '>', '?', '\\', '|']) {
        Some("its name has characters that some systems forbid")
    } else if name.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Some("its name has white space or control characters")
    } else if name
        .split('/')
        .any(|part| part.ends_with('.') || part.len() > 255)
    {
        Some("its name is too long, or ends with a full stop")
    } else {
        None
    }
}

fn check_mimetype(archive: &mut Archive, book: &str, findings: &mut Findings) -> io::Result<()> {
    let path = inside(book, "mimetype");
    let first = archive.entries.iter().position(|entry| entry.offset == 0);
    let Some(index) = archive.find("mimetype").filter(|at| Some(*at) == first) else {
        let message = "the first file of the container is not `mimetype`";
        findings.add(Rule::ContainerMimetype, &path, None, message);
        return Ok(());
    };
    let entry = archive.entries.get(index).cloned();
    if let Some(entry) = entry
        && let Some(header) = archive.header(&entry)?
        && (header.fields.method != STORED || header.extra > 0)
    {
        let message = "it is compressed, or has an extra field";
        findings.add(Rule::ContainerMimetype, &path, None, message);
    }
    let content = archive.read(index)?;
    if content.is_ok_and(|content| content != b"application/epub+zip") {
        let message = "it says something else than application/epub+zip";
        findings.add(Rule::ContainerMimetype, &path, None, message);
    }
    Ok(())
}

/// The path of the package document.
///
/// # Errors
/// Where the system can't read the file.
pub(super) fn package_path(
    archive: &mut Archive,
    book: &str,
    findings: &mut Findings,
) -> io::Result<Option<String>> {
    let path = inside(book, CONTAINER);
    let mut refuse = |line, message: &str| {
        findings.add(Rule::ContainerRootfile, &path, line, message);
        Ok(None)
    };
    let Some(index) = archive.find(CONTAINER) else {
        return refuse(None, "it is missing");
    };
    let Ok(bytes) = archive.read(index)? else {
        return refuse(None, "it can't be read");
    };
    let Some(xml) = xml::parse(&bytes, &path, findings) else {
        return Ok(None);
    };
    let root = xml.elements().find(|element| {
        xml::is(*element, CONTAINER_NAMESPACE, "rootfile")
            && element.attribute("media-type") == Some(PACKAGE_TYPE)
    });
    let line = root.and_then(|root| xml.line(root));
    let named = root.and_then(|root| root.attribute("full-path"));
    let named = named.map(|named| resolve("mimetype", named));
    match named {
        Some(Target::Inside { path: package, .. }) if archive.find(&package).is_some() => {
            Ok(Some(package))
        }
        _ => {
            let message = "it names no package document that is there";
            findings.add(Rule::ContainerRootfile, &path, line, message);
            Ok(None)
        }
    }
}
