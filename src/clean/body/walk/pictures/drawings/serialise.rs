//! A drawing of the page as a document of its own: what it refers to on the page comes with it, what
//! runs or leads elsewhere does not.

use super::{Page, reference};
use crate::clean::body::parse::tree::{self, Element, NodeRef, attribute, element_of};
use crate::clean::body::walk::line::is_illegal;
use crate::model::push_escaped;
use html5ever::ns;
use std::collections::BTreeSet;

/// The longest document in bytes. Drawings of maps have some megabytes.
const LONGEST: usize = 8_000_000;

/// How often drawings may refer to parts that refer to others.
const ROUNDS: usize = 8;

/// The size of letters of HTML, in pixels, where nothing says another.
const LETTERS: f32 = 16.0;

/// The document; empty where it would be too long.
pub(super) fn document(element: &Element, node: NodeRef<'_>, page: &Page) -> Vec<u8> {
    let mut writer = Writer::default();
    writer
        .out
        .push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    writer.attributes(element);
    writer.out.push('>');
    writer.children(node);
    // What stands elsewhere on the page may refer to more.
    for _ in 0..ROUNDS {
        let open: Vec<String> = writer.wanted.difference(&writer.had).cloned().collect();
        if open.is_empty() {
            break;
        }
        writer.out.push_str("<defs>");
        for id in open {
            if let Some(part) = page.find(&id, node) {
                writer.node(part);
            }
            writer.had.insert(id);
        }
        writer.out.push_str("</defs>");
    }
    writer.out.push_str("</svg>");
    if writer.out.len() > LONGEST {
        return Vec::new();
    }
    writer.out.into_bytes()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The ids that are referred to.
    wanted: BTreeSet<String>,
    /// Those that stand in the document.
    had: BTreeSet<String>,
}

impl Writer {
    /// Writes an element with everything in it, without recursion.
    fn node(&mut self, node: NodeRef<'_>) {
        if self.open(node) {
            self.children(node);
            self.close(node);
        }
    }

    fn children(&mut self, root: NodeRef<'_>) {
        let mut at = root.first_child().map(|node| (node, true));
        while let Some((node, opens)) = at {
            let goes_in = opens && self.out.len() <= LONGEST && self.open(node);
            if goes_in && let Some(child) = node.first_child() {
                at = Some((child, true));
                continue;
            }
            if goes_in || !opens {
                self.close(node);
            }
            at = match node.next_sibling() {
                Some(sibling) => Some((sibling, true)),
                None => node
                    .parent()
                    .filter(|parent| parent.id() != root.id())
                    .map(|parent| (parent, false)),
            };
        }
    }

    /// Writes a start tag or a text; says whether there is more in it to write.
    fn open(&mut self, node: NodeRef<'_>) -> bool {
        if let Some(text) = node.value().as_text() {
            escape(text, &mut self.out);
            return false;
        }
        let Some(element) = element_of(&node) else {
            return false;
        };
        let name = element.name();
        let is_drawn = element.name.ns == ns!(svg) && is_name(name);
        if !is_drawn || is_left_out(name) {
            return false;
        }
        if name == "foreignObject" {
            let has_stand_in = node.parent().is_some_and(|outer| {
                element_of(&outer).is_some_and(|outer| outer.name() == "switch")
            });
            if !has_stand_in {
                self.label(element, node);
            }
            return false;
        }
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(element);
        self.out.push('>');
        if name == "style" {
            self.refer(&style_text(node));
        }
        true
    }

    fn close(&mut self, node: NodeRef<'_>) {
        if let Some(element) = element_of(&node) {
            self.out.push_str("</");
            self.out.push_str(element.name());
            self.out.push('>');
        }
    }

    fn attributes(&mut self, element: &Element) {
        let mut written = BTreeSet::new();
        for (key, value) in &element.attrs {
            let name = &*key.local;
            let lower = name.to_ascii_lowercase();
            let is_active = lower.starts_with("on") || lower.starts_with("xmlns");
            let leads_away = lower == "href" && !value.trim_start().starts_with('#');
            let is_other = lower.starts_with("data-") || lower.starts_with("aria-");
            if is_active || leads_away || is_other || !is_name(name) || !written.insert(name) {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
            self.refer(value);
        }
        if let Some(id) = attribute(element, "id") {
            self.had.insert(id.to_owned());
        }
        if let Some(id) = reference(element).and_then(|address| address.strip_prefix('#')) {
            self.wanted.insert(id.to_owned());
        }
    }

    /// Notes the ids in `url(#id)`.
    fn refer(&mut self, value: &str) {
        for rest in value.split("url(").skip(1) {
            let name = rest.split(')').next().unwrap_or_default();
            let name = name.trim_matches([' ', '"', '\'']);
            if let Some(id) = name.strip_prefix('#') {
                self.wanted.insert(id.to_owned());
            }
        }
    }

    /// A label in HTML becomes one of the drawing's own: its lines in the middle of its frame.
    fn label(&mut self, element: &Element, node: NodeRef<'_>) {
        let lines = lines(node);
        if lines.is_empty() {
            return;
        }
        let number = |name| {
            let value = attribute(element, name).unwrap_or_default().trim();
            let value = value.trim_end_matches("px").parse::<f32>();
            value
                .ok()
                .filter(|number| number.is_finite())
                .unwrap_or(0.0)
        };
        let size = letters(node);
        let middle = number("x") + number("width") / 2.0;
        let height = 1.2 * size;
        let above = lines.len().saturating_sub(1) as f32 / 2.0;
        // Letters of a line reach about a third of their size below its middle.
        let first = number("y") + number("height") / 2.0 - above * height + size * 0.35;
        let anchor = if number("width") > 0.0 {
            "middle"
        } else {
            "start"
        };
        self.out.push_str(&format!(
            "<text text-anchor=\"{anchor}\" font-size=\"{size}\" stroke=\"none\""
        ));
        if let Some(transform) = attribute(element, "transform") {
            self.out.push_str(" transform=\"");
            escape(transform, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        for (number, line) in lines.iter().enumerate() {
            let y = first + number as f32 * height;
            self.out
                .push_str(&format!("<tspan x=\"{middle}\" y=\"{y}\">"));
            escape(line, &mut self.out);
            self.out.push_str("</tspan>");
        }
        self.out.push_str("</text>");
    }
}

/// Elements that draw nothing, or run.
fn is_left_out(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("animate")
        || matches!(
            lower.as_str(),
            "script"
                | "title"
                | "desc"
                | "metadata"
                | "set"
                | "handler"
                | "image"
                | "audio"
                | "video"
        )
}

/// A name that needs no escaping in XML.
fn is_name(name: &str) -> bool {
    let begins = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    begins
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn style_text(node: NodeRef<'_>) -> String {
    let texts = node.children().filter_map(|child| {
        let text = child.value().as_text()?;
        Some(text.to_string())
    });
    texts.collect()
}

/// The lines of a label in HTML.
fn lines(node: NodeRef<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (inside, opens) in tree::traverse(node) {
        if let (Some(text), true, Some(line)) = (inside.value().as_text(), opens, lines.last_mut())
        {
            line.push_str(text);
        }
        let name = element_of(&inside).map(|element| element.name());
        if name.is_some_and(|name| matches!(name, "br" | "p" | "div" | "li")) {
            lines.push(String::new());
        }
    }
    let lines = lines.iter().map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// The size of a label's letters in pixels.
fn letters(node: NodeRef<'_>) -> f32 {
    let size = node.descendants().find_map(|inside| {
        let style = attribute(element_of(&inside)?, "style")?;
        let (_, rest) = style.split_once("font-size:")?;
        let value = rest.split([';', '!']).next().unwrap_or_default();
        value.trim().strip_suffix("px")?.trim().parse::<f32>().ok()
    });
    size.filter(|size| (1.0..1_000.0).contains(size))
        .unwrap_or(LETTERS)
}

/// Writes text so that it is that text in XML, without what XML has no characters for.
fn escape(text: &str, out: &mut String) {
    if text.contains(is_illegal) {
        push_escaped(&text.replace(is_illegal, ""), out);
    } else {
        push_escaped(text, out);
    }
}
