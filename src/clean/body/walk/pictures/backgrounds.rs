//! Pictures that stand behind an `img` whose own address is a stand-in: a style names them, by their address or
//! by a property of a style sheet (CSS Custom Properties, section 2), as programs write that save a page with
//! each of its pictures once.

use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{Element, NodeRef, element_of};
use std::collections::HashMap;

/// The most properties that are kept.
const MOST_PROPERTIES: usize = 20_000;

/// The addresses that properties of the style sheets hold, by their names.
#[derive(Default)]
pub(in crate::clean::body) struct Backgrounds<'page>(HashMap<&'page str, &'page str>);

impl<'page> Backgrounds<'page> {
    /// Reads the style sheets of a page.
    pub fn of(root: NodeRef<'page>) -> Self {
        let mut properties = HashMap::new();
        let sheets = root
            .descendants()
            .filter(|node| element_of(node).is_some_and(|element| element.name() == "style"));
        let texts = sheets.flat_map(|sheet| sheet.children());
        for text in texts.filter_map(|node| node.value().as_text()) {
            let mut rest: &'page str = text;
            while let Some((before, after)) = rest.split_once("url(")
                && properties.len() < MOST_PROPERTIES
            {
                let (address, behind) = address_at(after);
                rest = behind;
                if let Some(name) = property_before(before) {
                    properties.insert(name, address);
                }
            }
        }
        Backgrounds(properties)
    }

    /// The address of the picture behind an element.
    pub fn behind<'element>(&self, element: &'element Element) -> Option<String>
    where
        'page: 'element,
    {
        let style = Style::of(element)?;
        let named = ["background-image", "background"];
        let value = named.iter().find_map(|property| style.value(property))?;
        if let Some((_, name)) = value.split_once("var(") {
            let name = name.split([')', ',']).next().unwrap_or_default().trim();
            return self.0.get(name).map(|address| (*address).to_owned());
        }
        let (_, address) = value.split_once("url(")?;
        Some(address_at(address).0.to_owned())
    }
}

/// The address behind `url(`, and what follows it.
fn address_at(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inside = text.strip_prefix(quote)?;
        Some(inside.split_once(quote).unwrap_or((inside, "")))
    });
    quoted.unwrap_or_else(|| {
        let (address, rest) = text.split_once(')').unwrap_or((text, ""));
        (address.trim(), rest)
    })
}

/// The name of the custom property whose value begins behind some text.
fn property_before(text: &str) -> Option<&str> {
    let name = text.trim_end().strip_suffix(':')?.trim_end();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = name.rsplit(|c: char| !is_part(c)).next()?;
    name.starts_with("--").then_some(name)
}
