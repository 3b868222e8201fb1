//! Content documents (EPUB 3.3, section 6): XHTML that is whole, legal and still.

use super::elements::{ACTIVE, KNOWN, OBSOLETE, holds_text, may_stand_in};
use super::known::{Document, Reference, Use};
use super::package::Item;
use super::style;
use crate::tag::is_language;
use crate::xml::{self, Xml, child, is, words};
use crate::{Findings, Rule};
use roxmltree::{Attribute, Node};

pub(super) const XHTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// How far up an anchor looks for another one around it.
const ANCESTORS: usize = 200;

/// Checks a document and gives what it refers to.
pub(super) fn check(xml: &Xml<'_>, item: &Item, path: &str, findings: &mut Findings) -> Document {
    let mut check = Check {
        xml,
        path,
        findings,
        document: Document::default(),
    };
    check.root();
    check.doctype();
    for element in xml.elements() {
        check.element(element);
    }
    check.features(item);
    check.into_document()
}

/// Checks a picture that is an SVG document.
pub(super) fn check_svg(
    xml: &Xml<'_>,
    item: &Item,
    path: &str,
    findings: &mut Findings,
) -> Document {
    let mut check = Check {
        xml,
        path,
        findings,
        document: Document::default(),
    };
    if !is(xml.root(), SVG, "svg") {
        let message = format!("it is no SVG, but the manifest says {}", item.media_type);
        check.add(Rule::ManifestMediaType, xml.root(), message);
    }
    for element in xml.elements() {
        check.still(element);
        check.references(element);
    }
    check.into_document()
}

struct Check<'check, 'text> {
    xml: &'check Xml<'text>,
    path: &'check str,
    findings: &'check mut Findings,
    document: Document,
}

impl Check<'_, '_> {
    fn add(&mut self, rule: Rule, at: Node<'_, '_>, message: impl AsRef<str>) {
        self.findings
            .add(rule, self.path, self.xml.line(at), message);
    }

    fn into_document(mut self) -> Document {
        let ids = xml::ids(self.xml, self.path, self.findings);
        self.document.ids = ids.into_iter().zip(0..).collect();
        self.document
    }

    fn root(&mut self) {
        let root = self.xml.root();
        if !is(root, XHTML, "html") {
            return self.add(Rule::ContentRoot, root, "it is no XHTML document");
        }
        let head = child(root, XHTML, "head");
        let title = head.and_then(|head| child(head, XHTML, "title"));
        if title.is_none_or(|title| words(title).is_empty()) {
            self.add(Rule::ContentRoot, root, "it has no title");
        }
        if child(root, XHTML, "body").is_none() {
            self.add(Rule::ContentRoot, root, "it has no body");
        }
        let (plain, qualified) = (root.attribute("lang"), root.attribute((XML, "lang")));
        match (plain, qualified) {
            (None, None) => self.add(Rule::ContentLanguage, root, "it names no language"),
            (Some(plain), Some(other)) if !plain.eq_ignore_ascii_case(other) => {
                let message = format!("it names two languages, {plain:?} and {other:?}");
                self.add(Rule::ContentLanguage, root, message);
            }
            _ => {}
        }
    }

    /// HTML's own document type, or none.
    fn doctype(&mut self) {
        let text = self.xml.document.input_text();
        let before = text.get(..self.xml.root().range().start);
        let before = before.unwrap_or_default();
        let Some((_, after)) = before.split_once("<!DOCTYPE") else {
            return;
        };
        let plain = after.split_once('>').map(|(name, _)| name.trim());
        if !plain.is_some_and(|name| name == "html" || name.contains("about:legacy-compat")) {
            let message = "its document type is not <!DOCTYPE html>";
            self.add(Rule::XmlDoctype, self.xml.root(), message);
        }
    }

    fn element(&mut self, element: Node<'_, '_>) {
        self.still(element);
        self.language(element);
        self.references(element);
        if element.tag_name().namespace() != Some(XHTML) {
            return;
        }
        let name = element.tag_name().name();
        if !KNOWN.contains(&name) {
            self.add(
                Rule::ContentElement,
                element,
                format!("there is no element {name}"),
            );
        }
        for attribute in element.attributes().filter(|one| one.namespace().is_none()) {
            if OBSOLETE.contains(&attribute.name()) {
                let message = format!("there is no attribute {} any more", attribute.name());
                self.add(Rule::ContentElement, element, message);
            }
        }
        if name == "img" && !element.has_attribute("alt") {
            self.add(
                Rule::ImageAlternative,
                element,
                "a picture has no alternative text",
            );
        }
        self.nesting(element, name);
    }

    fn nesting(&mut self, element: Node<'_, '_>, name: &str) {
        let parent = element.parent_element();
        let parent = parent.filter(|parent| parent.tag_name().namespace() == Some(XHTML));
        let parent = parent.map(|parent| parent.tag_name().name());
        if parent.is_some_and(|parent| !may_stand_in(name, parent)) {
            let message = format!("{name} may not stand in {}", parent.unwrap_or_default());
            self.add(Rule::ContentNesting, element, message);
        }
        let visible = |node: Node<'_, '_>| {
            node.is_text() && !node.text().unwrap_or_default().trim().is_empty()
        };
        if !holds_text(name) && element.children().any(visible) {
            let message = format!("text may not stand in {name}");
            self.add(Rule::ContentNesting, element, message);
        }
        if name == "a" {
            let mut around = element.ancestors().skip(1).take(ANCESTORS);
            if around.any(|other| is(other, XHTML, "a")) {
                self.add(
                    Rule::ContentNesting,
                    element,
                    "a link stands in another one",
                );
            }
        }
    }

    /// Nothing runs, asks for input or shows what is elsewhere.
    fn still(&mut self, element: Node<'_, '_>) {
        let name = element.tag_name().name();
        let fetched = matches!(name, "audio" | "video" | "track" | "foreignObject");
        let refresh = name == "meta" && element.has_attribute("http-equiv");
        if ACTIVE.contains(&name) || fetched || refresh {
            self.add(
                Rule::ContentActive,
                element,
                format!("there is an element {name}"),
            );
        }
        let handlers = element.attributes().filter(|attribute| {
            attribute.namespace().is_none() && attribute.name().starts_with("on")
        });
        for handler in handlers {
            let message = format!("{name} has an event handler, {}", handler.name());
            self.add(Rule::ContentActive, element, message);
        }
    }

    fn language(&mut self, element: Node<'_, '_>) {
        let tags = [element.attribute("lang"), element.attribute((XML, "lang"))];
        for tag in tags.into_iter().flatten() {
            if !tag.is_empty() && !is_language(tag) {
                let message = format!("{tag:?} is no language tag");
                self.add(Rule::ContentLanguage, element, message);
            }
        }
    }

    fn references(&mut self, element: Node<'_, '_>) {
        let line = self.xml.line(element);
        let name = element.tag_name().name();
        for attribute in element.attributes() {
            for (usage, address) in addresses(name, &attribute) {
                self.document.references.push(Reference {
                    usage,
                    address: address.to_owned(),
                    line,
                });
            }
        }
        let first = line.unwrap_or(1);
        if let Some(css) = element.attribute("style") {
            let block = format!("*{{{css}}}");
            let found = style::check(&block, first, self.path, self.findings);
            self.document.references.extend(found);
        }
        if name == "style" {
            let css: String = element.children().filter_map(|node| node.text()).collect();
            let found = style::check(&css, first, self.path, self.findings);
            self.document.references.extend(found);
        }
        if name == "img"
            && element
                .attribute("src")
                .is_none_or(|src| src.trim().is_empty())
        {
            self.add(Rule::ResourceMissing, element, "a picture has no address");
        }
    }

    /// What a reading system needs to know before it opens the document.
    fn features(&mut self, item: &Item) {
        let holds = |namespace: &str| {
            let mut elements = self.xml.elements();
            elements.any(|element| element.tag_name().namespace() == Some(namespace))
        };
        for (property, held) in [("svg", holds(SVG)), ("mathml", holds(MATHML))] {
            if item.has(property) != held {
                let message = match held {
                    true => format!("it holds {property}, and the manifest does not say so"),
                    false => format!("it holds no {property}, but the manifest says so"),
                };
                self.add(Rule::ManifestProperty, self.xml.root(), message);
            }
        }
        for property in ["remote-resources", "scripted", "switch"] {
            if item.has(property) {
                let message = format!("the manifest says that it is {property}");
                self.add(Rule::ManifestProperty, self.xml.root(), message);
            }
        }
    }
}

/// The addresses in an attribute of an element.
fn addresses<'a>(element: &str, attribute: &Attribute<'a, '_>) -> Vec<(Use, &'a str)> {
    let value = attribute.value();
    let plain = attribute.namespace().is_none();
    let linked = plain || attribute.namespace() == Some(XLINK);
    match (element, attribute.name()) {
        ("a" | "area", "href") if linked => vec![(Use::Link, value)],
        ("image", "href") if linked => vec![(Use::Picture, value)],
        ("use", "href") if linked => vec![(Use::Part, value)],
        ("link", "href") if plain => vec![(Use::Part, value)],
        ("img", "src") | ("video", "poster") if plain => vec![(Use::Picture, value)],
        ("img" | "source", "srcset") if plain => {
            let candidates = value
                .split(',')
                .filter_map(|one| one.split_whitespace().next());
            candidates.map(|address| (Use::Picture, address)).collect()
        }
        ("object", "data") | (_, "src") if plain => vec![(Use::Part, value)],
        _ => Vec::new(),
    }
}
