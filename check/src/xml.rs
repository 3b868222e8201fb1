//! XML, read with a library that the writers don't use.

use super::{Findings, Rule};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::HashSet;

/// The most nodes of a document. Each takes some 70 bytes.
const NODES: u32 = 8_000_000;
/// The most declarations of namespaces, and of those with a prefix: the library holds a list of
/// those in scope for each element that declares one.
const NAMESPACES: usize = 20_000;
const PREFIXES: usize = 2_000;

/// A parsed document.
pub(super) struct Xml<'text> {
    pub(super) document: Document<'text>,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<'text> Xml<'text> {
    /// The root element.
    pub(super) fn root(&self) -> Node<'_, 'text> {
        self.document.root_element()
    }

    /// The elements in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = Node<'_, 'text>> {
        self.document.descendants().filter(Node::is_element)
    }

    /// The line that a node begins in, counted from 1.
    pub(super) fn line(&self, node: Node<'_, '_>) -> Option<u32> {
        self.line_at(node.range().start)
    }

    fn line_at(&self, position: usize) -> Option<u32> {
        let before = self.ends.partition_point(|&end| end < position);
        u32::try_from(before + 1).ok()
    }
}

/// Reads a document; what keeps it from being read is a finding.
pub(super) fn parse<'text>(
    bytes: &'text [u8],
    path: &str,
    findings: &mut Findings,
) -> Option<Xml<'text>> {
    let text = text(bytes, path, findings)?;
    if let Some(position) = text.find("<!ENTITY") {
        let message = "it declares an entity, which readers expand without end or not at all";
        findings.add(Rule::XmlDoctype, path, line(text, position), message);
        return None;
    }
    if text.matches("xmlns").count() > NAMESPACES || text.matches("xmlns:").count() > PREFIXES {
        let message = "it declares namespaces beyond all measure, and was not looked at";
        findings.add(Rule::XmlLimit, path, None, message);
        return None;
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => Some(Xml {
            document,
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        }),
        Err(roxmltree::Error::NodesLimitReached) => {
            let message = format!("it has more than {NODES} nodes, and was not looked at");
            findings.add(Rule::XmlLimit, path, None, message);
            None
        }
        Err(error) => {
            let line = Some(error.pos().row).filter(|_| !text.is_empty());
            findings.add(Rule::XmlSyntax, path, line, error.to_string());
            None
        }
    }
}

fn text<'text>(bytes: &'text [u8], path: &str, findings: &mut Findings) -> Option<&'text str> {
    if bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xFF\xFE") {
        findings.add(Rule::XmlEncoding, path, None, "it is UTF-16, not UTF-8");
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let lines = before.iter().filter(|&&byte| byte == b'\n').count();
            let message = "it is not UTF-8: bytes here are no character";
            findings.add(
                Rule::XmlEncoding,
                path,
                u32::try_from(lines + 1).ok(),
                message,
            );
            return None;
        }
    };
    if let Some(encoding) = declared_encoding(text)
        && !encoding.eq_ignore_ascii_case("utf-8")
    {
        let message = format!("it says that it is {encoding}, not UTF-8");
        findings.add(Rule::XmlEncoding, path, Some(1), message);
    }
    Some(text)
}

fn declared_encoding(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (declaration, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.split(quote).nth(1)
}

fn line(text: &str, position: usize) -> Option<u32> {
    let before = text.get(..position)?;
    u32::try_from(before.matches('\n').count() + 1).ok()
}

/// The ids of a document in its order; those that are no ids, or stand twice, are findings.
pub(super) fn ids(xml: &Xml<'_>, path: &str, findings: &mut Findings) -> Vec<String> {
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    for element in xml.elements() {
        let Some(id) = element.attribute("id") else {
            continue;
        };
        if id.is_empty() || id.contains(char::is_whitespace) {
            let message = format!("{id:?} is no id: it is empty or has white space");
            findings.add(Rule::XmlId, path, xml.line(element), message);
        } else if seen.insert(id) {
            ids.push(id.to_owned());
        } else {
            let message = format!("the id {id:?} stands twice");
            findings.add(Rule::XmlId, path, xml.line(element), message);
        }
    }
    ids
}

/// Whether an element has this name in this namespace.
pub(super) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace() == Some(namespace)
}

/// The text of an element and all that it holds, white space collapsed.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for text in node.descendants().filter(Node::is_text) {
        words.push_str(text.text().unwrap_or_default());
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first child element of this name in this namespace.
pub(super) fn child<'a, 'text>(
    node: Node<'a, 'text>,
    namespace: &str,
    name: &str,
) -> Option<Node<'a, 'text>> {
    node.children().find(|child| is(*child, namespace, name))
}
