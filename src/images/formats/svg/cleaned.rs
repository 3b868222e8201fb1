//! A drawing as it is, for readers that draw for themselves, with nothing in it but shapes and letters:
//! what runs, moves, leads elsewhere or comes from elsewhere is left out.

use super::{Size, local_references};
use crate::model::push_escaped;
use resvg::usvg::roxmltree::{Document, Node, NodeType};
use std::collections::HashSet;

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements that stay. What stands in others goes with them.
const ELEMENTS: [&str; 32] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "marker",
    "pattern",
    "mask",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "feBlend",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
];

/// The attributes that stay, besides the properties of style sheets.
const ATTRIBUTES: [&str; 56] = [
    "id",
    "class",
    "style",
    "transform",
    "viewBox",
    "preserveAspectRatio",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "d",
    "points",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "method",
    "spacing",
    "pathLength",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "markerUnits",
    "markerWidth",
    "markerHeight",
    "refX",
    "refY",
    "orient",
    "maskUnits",
    "maskContentUnits",
    "clipPathUnits",
    "filterUnits",
    "primitiveUnits",
    "in",
    "in2",
    "result",
    "mode",
    "stdDeviation",
];

/// The properties of style sheets that are attributes too.
const PROPERTIES: [&str; 50] = [
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font-family",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "image-rendering",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "unicode-bidi",
    "visibility",
    "word-spacing",
    "writing-mode",
];

/// The drawing as a document of its own. What stands in it was weighed: it is not deep.
pub(super) fn document(document: &Document<'_>, size: Size) -> Vec<u8> {
    let mut writer = Writer {
        out: String::new(),
        ids: HashSet::new(),
    };
    writer.element(document.root_element(), Some(size));
    writer.out.into_bytes()
}

struct Writer {
    out: String,
    /// The ids that were written: each names one element.
    ids: HashSet<String>,
}

impl Writer {
    /// An element with everything in it; the outermost has the drawing's size.
    fn element(&mut self, node: Node<'_, '_>, outermost: Option<Size>) {
        let tag = node.tag_name();
        let name = tag.name();
        let is_drawn = matches!(tag.namespace(), Some(SVG) | None);
        // A link is what is drawn in it.
        let name = if name == "a" { "g" } else { name };
        if !is_drawn || !ELEMENTS.contains(&name) {
            return;
        }
        if name == "style" && !is_harmless(node.text().unwrap_or_default()) {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if let Some(size) = outermost {
            self.outermost(node, size);
        }
        for attribute in node.attributes() {
            self.attribute(attribute.name(), attribute.namespace(), attribute.value());
        }
        self.out.push('>');
        for child in node.children() {
            match child.node_type() {
                NodeType::Element => self.element(child, None),
                NodeType::Text => push_escaped(child.text().unwrap_or_default(), &mut self.out),
                _ => {}
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// What the outermost element needs to stand in a file of its own. Without its own paper it would be
    /// cut off where it is shown smaller.
    fn outermost(&mut self, node: Node<'_, '_>, (width, height): Size) {
        self.written("xmlns", SVG);
        self.written("xmlns:xlink", "http://www.w3.org/1999/xlink");
        if node.attribute("viewBox").is_none() {
            self.written("viewBox", &format!("0 0 {width} {height}"));
        }
        for (name, side) in [("width", width), ("height", height)] {
            if node.attribute(name).is_none() {
                self.written(name, &side.to_string());
            }
        }
    }

    fn attribute(&mut self, name: &str, namespace: Option<&str>, value: &str) {
        let value = value.trim();
        let is_foreign = namespace.is_some_and(|namespace| {
            !namespace.contains("/XML/1998/namespace") && !namespace.contains("xlink")
        });
        match name {
            _ if is_foreign => {}
            "href" if value.starts_with('#') => self.written("xlink:href", value),
            "id" => {
                let is_name = !value.is_empty() && !value.contains(char::is_whitespace);
                if is_name && self.ids.insert(value.to_owned()) {
                    self.written(name, value);
                }
            }
            "lang" | "space" if namespace.is_some() => {
                self.written(&format!("xml:{name}"), value);
            }
            _ if !ATTRIBUTES.contains(&name) && !PROPERTIES.contains(&name) => {}
            _ if is_harmless(value) => self.written(name, value),
            _ => {}
        }
    }

    fn written(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_escaped(value, &mut self.out);
        self.out.push('"');
    }
}

/// Whether a style or a value leads nowhere but to parts of the drawing.
fn is_harmless(style: &str) -> bool {
    let lower = style.to_ascii_lowercase();
    let calls = lower.matches("url(").count();
    let odd = [
        "\\",
        "@",
        "expression",
        "javascript",
        "image(",
        "image-set(",
        "src(",
    ];
    calls == local_references(&lower).count() && !odd.iter().any(|word| lower.contains(word))
}
