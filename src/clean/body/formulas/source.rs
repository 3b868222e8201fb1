//! The TeX that formulas were made of, where pages keep it.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of};

/// The most bytes that the TeX of one formula may have.
const LONGEST: usize = 5_000;

/// The TeX in a formula's annotation, else what its page says in its place.
pub(super) fn of_math(math: NodeRef<'_>) -> Option<String> {
    let annotations = math.descendants().filter(|node| {
        element_of(node).is_some_and(|element| {
            let encoding = attribute(element, "encoding").unwrap_or_default();
            element.name() == "annotation" && encoding.to_ascii_lowercase().contains("tex")
        })
    });
    let written = annotations.map(|node| plain(&text(node)));
    let element = element_of(&math)?;
    let said = ["alttext", "data-latex", "data-tex"]
        .iter()
        .filter_map(|name| attribute(element, name))
        .map(plain);
    written.chain(said).find(|text| is_usable(text))
}

/// The TeX that a wrapper holds beside what is seen: in an attribute, or in a script.
pub(super) fn of_wrapper(element: &Element, node: NodeRef<'_>) -> Option<String> {
    let kept = ["data-latex", "data-tex", "data-expr", "data-formula"]
        .iter()
        .filter_map(|name| attribute(element, name))
        .map(plain);
    let scripts = node.descendants().filter_map(super::script_source);
    // What is set within has the whole first.
    let inner = node.descendants().skip(1).filter_map(|inside| {
        let element = element_of(&inside)?;
        let is_whole =
            element.name() == "mjx-math" || attribute(element, "data-mml-node") == Some("math");
        let text = attribute(element, "data-latex").filter(|_| is_whole)?;
        Some(plain(text))
    });
    let texts = kept.chain(scripts).chain(inner.take(1));
    texts.into_iter().find(|text| is_usable(text))
}

/// The TeX in the attributes of a block of Substack's.
pub(super) fn of_attributes(element: &Element) -> Option<String> {
    let attributes = attribute(element, "data-attrs")?;
    let attributes: serde_json::Value = serde_json::from_str(attributes).ok()?;
    let expression = plain(attributes.get("persistentExpression")?.as_str()?);
    is_usable(&expression).then_some(expression)
}

/// The TeX that text is, between the signs that set it apart or as a whole, and whether it stands on a
/// line of its own.
pub(super) fn of_text(text: &str, alone: bool) -> Option<(String, bool)> {
    let text = text.trim();
    for (open, close, own_line) in [
        ("\\[", "\\]", true),
        ("$$", "$$", true),
        ("\\(", "\\)", false),
        ("$", "$", false),
    ] {
        let inside = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inside) = inside {
            let inside = plain(inside);
            let whole = !inside.contains(open) && is_usable(&inside);
            return whole.then_some((inside, own_line || alone));
        }
    }
    None
}

/// The characters in a node, as they are.
pub(super) fn text(node: NodeRef<'_>) -> String {
    let texts = node.descendants();
    let mut all = String::new();
    for piece in texts.filter_map(|inside| inside.value().as_text()) {
        if all.len() > LONGEST {
            break;
        }
        all.push_str(piece);
    }
    all
}

/// TeX without what wikis and Markdown programs put around it.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.trim();
    if let Some(rest) = text.strip_prefix("% <![CDATA[") {
        text = rest.trim_end().trim_end_matches("%]]>").trim();
    }
    for style in ["{\\displaystyle", "{\\textstyle", "{\\scriptstyle"] {
        let inside = text
            .strip_prefix(style)
            .and_then(|rest| rest.strip_suffix('}'));
        if let Some(inside) = inside.filter(|inside| is_balanced(inside)) {
            text = inside.trim();
        }
    }
    text.to_owned()
}

/// Whether each brace that opens is closed, and none is closed that was not opened.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

fn is_usable(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST
}
