//! What the elements of XML feeds have in common: how often they stand, dates, addresses.

use crate::tag::is_language;
use crate::xml::{Xml, words};
use crate::{Findings, Rule};
use chrono::DateTime;
use roxmltree::Node;

/// A feed that is being checked.
pub(super) struct Shape<'check, 'text> {
    pub(super) xml: &'check Xml<'text>,
    pub(super) path: &'check str,
    pub(super) findings: &'check mut Findings,
}

/// How often an element stands in another one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Once,
    AtMostOnce,
}

/// How a format writes dates.
#[derive(Clone, Copy)]
pub(super) enum Dates {
    /// RFC 822 with four digits of the year.
    Mail,
    /// RFC 3339.
    Internet,
}

impl<'check, 'text> Shape<'check, 'text> {
    pub(super) fn add(&mut self, rule: Rule, at: Node<'_, '_>, message: impl AsRef<str>) {
        self.findings
            .add(rule, self.path, self.xml.line(at), message);
    }

    /// The child of this name, which stands as often as it should and is not empty.
    pub(super) fn child(
        &mut self,
        parent: Node<'check, 'text>,
        namespace: Option<&str>,
        name: &str,
        count: Count,
    ) -> Option<Node<'check, 'text>> {
        let mut found = parent.children().filter(|child| {
            child.tag_name().name() == name && child.tag_name().namespace() == namespace
        });
        let first = found.next();
        let around = parent.tag_name().name();
        if let Some(second) = found.next() {
            let message = format!("{around} has more than one {name}");
            self.add(Rule::FeedElement, second, message);
        }
        match first {
            None if count == Count::Once => {
                self.add(Rule::FeedElement, parent, format!("{around} has no {name}"));
            }
            Some(child) if count == Count::Once && words(child).is_empty() => {
                self.add(Rule::FeedElement, child, format!("{name} is empty"));
            }
            _ => {}
        }
        first
    }

    pub(super) fn date(&mut self, element: Option<Node<'_, '_>>, dates: Dates) {
        let Some(element) = element else {
            return;
        };
        let written = words(element);
        if !is_date(&written, dates) {
            let message = format!("{written:?} is not written as the format asks");
            self.add(Rule::FeedDate, element, message);
        }
    }

    /// An address of the web.
    pub(super) fn web(&mut self, at: Node<'_, '_>, address: &str) {
        if !is_web(address) {
            let message = format!("{address:?} is no absolute address of the web");
            self.add(Rule::FeedAddress, at, message);
        }
    }

    /// Every character of the document that no text has: control characters that XML allows.
    pub(super) fn characters(&mut self) {
        let xml = self.xml;
        for node in xml.root().descendants() {
            let attributes = node.attributes().map(|attribute| attribute.value());
            let text = node.text().filter(|_| node.is_text());
            if let Some(control) = text.into_iter().chain(attributes).find_map(control) {
                self.add(Rule::FeedCharacter, node, control_message(control));
            }
        }
    }

    /// Every `xml:lang` of the document.
    pub(super) fn languages(&mut self) {
        let xml = self.xml;
        for element in xml.elements() {
            let tag = element.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
            if let Some(tag) = tag.filter(|tag| !tag.is_empty() && !is_language(tag)) {
                let message = format!("{tag:?} is no language tag");
                self.add(Rule::FeedLanguage, element, message);
            }
        }
    }
}

/// Whether a date is written as a format asks.
pub(super) fn is_date(text: &str, dates: Dates) -> bool {
    match dates {
        Dates::Internet => {
            DateTime::parse_from_rfc3339(text).is_ok() && text.as_bytes().get(10) == Some(&b'T')
        }
        Dates::Mail => {
            let year = |part: &&str| part.len() == 4 && part.bytes().all(|c| c.is_ascii_digit());
            DateTime::parse_from_rfc2822(text).is_ok() && text.split(' ').any(|part| year(&part))
        }
    }
}

/// The first control character from U+007F on: XML and JSON allow them, and no text has any.
pub(super) fn control(text: &str) -> Option<char> {
    text.chars().find(|c| matches!(c, '\u{7F}'..='\u{9F}'))
}

pub(super) fn control_message(control: char) -> String {
    format!("the control character U+{:04X}", u32::from(control))
}

/// Whether an address is one of the web, and absolute.
pub(super) fn is_web(address: &str) -> bool {
    let address = address.trim();
    let web = |url: url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    !address.contains(char::is_whitespace) && url::Url::parse(address).is_ok_and(web)
}
