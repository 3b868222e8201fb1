//! The metadata of a package document (EPUB 3.3, section 5.5; EPUB Accessibility 1.1, section 2).

use crate::tag::is_language;
use crate::xml::{Xml, child, is, words};
use crate::{Findings, Rule};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use roxmltree::Node;
use std::collections::HashSet;

const NAMESPACE: &str = "http://www.idpf.org/2007/opf";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
/// What a screen reader's user looks for before opening a book.
const ACCESSIBILITY: [&str; 5] = [
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
];

/// Checks the metadata and gives the unique identifier.
pub(super) fn check(xml: &Xml<'_>, path: &str, findings: &mut Findings) -> Option<String> {
    let Some(metadata) = child(xml.root(), NAMESPACE, "metadata") else {
        findings.add(Rule::PackageMetadata, path, None, "there are no metadata");
        return None;
    };
    let elements: Vec<Node<'_, '_>> = metadata.children().filter(Node::is_element).collect();
    let check = Metadata {
        xml,
        path,
        elements,
    };
    check.required(findings);
    check.refined(findings);
    check.modified(findings);
    check.dates(findings);
    check.languages(findings);
    check.accessibility(findings);
    check.identifier(findings)
}

struct Metadata<'check, 'text> {
    xml: &'check Xml<'text>,
    path: &'check str,
    elements: Vec<Node<'check, 'text>>,
}

impl<'check, 'text> Metadata<'check, 'text> {
    fn dublin_core(&self, name: &str) -> impl Iterator<Item = Node<'check, 'text>> {
        let elements = self.elements.iter().copied();
        elements.filter(move |element| is(*element, DUBLIN_CORE, name))
    }

    /// The statements of a property about the book itself.
    fn properties(&self, name: &str) -> impl Iterator<Item = Node<'check, 'text>> {
        self.elements.iter().copied().filter(move |element| {
            is(*element, NAMESPACE, "meta")
                && element.attribute("property") == Some(name)
                && !element.has_attribute("refines")
        })
    }

    fn add(
        &self,
        rule: Rule,
        at: Option<Node<'_, '_>>,
        message: impl AsRef<str>,
        findings: &mut Findings,
    ) {
        let line = at.and_then(|node| self.xml.line(node));
        findings.add(rule, self.path, line, message);
    }

    fn required(&self, findings: &mut Findings) {
        for name in ["identifier", "title", "language"] {
            if self.dublin_core(name).next().is_none() {
                let message = format!("there is no dc:{name}");
                self.add(Rule::PackageMetadata, None, message, findings);
            }
        }
        for element in &self.elements {
            let stated = element.has_attribute("property")
                || element.tag_name().namespace() == Some(DUBLIN_CORE);
            if stated && words(*element).is_empty() {
                let name = element.tag_name().name();
                let message = format!("{name} is empty");
                self.add(Rule::PackageMetadata, Some(*element), message, findings);
            }
        }
    }

    fn refined(&self, findings: &mut Findings) {
        let ids: HashSet<&str> = self
            .xml
            .elements()
            .filter_map(|element| element.attribute("id"))
            .collect();
        for element in &self.elements {
            let Some(target) = element.attribute("refines") else {
                continue;
            };
            let id = target.strip_prefix('#');
            if id.is_none_or(|id| !ids.contains(id)) {
                let message = format!("{target:?}, which is refined, is not there");
                self.add(Rule::PackageRefines, Some(*element), message, findings);
            }
        }
    }

    fn modified(&self, findings: &mut Findings) {
        let times: Vec<Node<'_, '_>> = self.properties("dcterms:modified").collect();
        let [time] = times.as_slice() else {
            let message = format!("there are {} times of the last change", times.len());
            return self.add(Rule::PackageModified, None, message, findings);
        };
        let written = words(*time);
        let read = NaiveDateTime::parse_from_str(&written, "%Y-%m-%dT%H:%M:%SZ");
        if read.is_err() || written.len() != 20 {
            let message = format!("{written:?} is not written as 2021-12-31T23:59:59Z");
            self.add(Rule::PackageModified, Some(*time), message, findings);
        }
    }

    fn dates(&self, findings: &mut Findings) {
        for (number, date) in self.dublin_core("date").enumerate() {
            let written = words(date);
            if number > 0 {
                let message = "there is more than one dc:date";
                self.add(Rule::PackageDate, Some(date), message, findings);
            } else if !is_date(&written) {
                let message = format!("{written:?} is no date of ISO 8601");
                self.add(Rule::PackageDate, Some(date), message, findings);
            }
        }
    }

    fn languages(&self, findings: &mut Findings) {
        for element in self.dublin_core("language") {
            let tag = words(element);
            if !is_language(&tag) {
                let message = format!("{tag:?} is no language tag");
                self.add(Rule::PackageLanguage, Some(element), message, findings);
            }
        }
    }

    fn accessibility(&self, findings: &mut Findings) {
        for name in ACCESSIBILITY {
            if self.properties(name).next().is_none() {
                let message = format!("there is no {name}");
                self.add(Rule::PackageAccessibility, None, message, findings);
            }
        }
    }

    fn identifier(&self, findings: &mut Findings) -> Option<String> {
        let id = self.xml.root().attribute("unique-identifier");
        let mut identifiers = self.dublin_core("identifier");
        let unique = identifiers.find(|one| id.is_some() && one.attribute("id") == id);
        let Some(unique) = unique else {
            let message = "the unique identifier is none of the identifiers";
            self.add(Rule::PackageIdentifier, None, message, findings);
            return None;
        };
        let identifier = words(unique);
        let uuid = identifier.strip_prefix("urn:uuid:");
        if uuid.is_some_and(|uuid| uuid::Uuid::try_parse(uuid).is_err() || uuid.len() != 36) {
            let message = format!("{identifier:?} is no UUID");
            self.add(Rule::PackageIdentifier, Some(unique), message, findings);
        }
        Some(identifier)
    }
}

/// A year, a month, a day, or a time with its zone.
fn is_date(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        4 => digits(text),
        7 => NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").is_ok(),
        10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
        _ => DateTime::parse_from_rfc3339(text).is_ok(),
    }
}
