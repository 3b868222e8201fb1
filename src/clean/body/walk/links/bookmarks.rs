//! Cards that stand for another page, as Ghost and Notion make of an address: one link, with what the card
//! says of the page.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::clean::body::walk::Walk;
use crate::clean::body::walk::container::Hints;
use crate::clean::body::walk::elements::is_image;
use crate::clean::body::walk::line::Format;

/// The rule by which the pictures of a card go.
const RULE: &str = "bookmark";

/// The most parts of a card that are looked at.
const MOST: usize = 64;

impl Walk<'_> {
    /// Shows the card that a link is; says whether it is one.
    pub(in crate::clean::body::walk) fn bookmark(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
    ) -> bool {
        if element.name() != "a" || self.noscript > 0 || !is_card(element, node) {
            return false;
        }
        let target = attribute(element, "href").and_then(|reference| self.links.target(reference));
        let (Some((target, number)), Some(lines)) = (target, lines(node)) else {
            return false;
        };
        for inside in node.descendants() {
            if let Some(picture) = element_of(&inside).filter(|it| is_image(it.name())) {
                self.remove_picture(RULE, picture);
            }
        }
        self.builder.open_block(Hints::default());
        self.builder.open_format(Format::Link(target, number));
        for (position, line) in lines.iter().enumerate() {
            if position > 0 {
                self.builder.line_break();
            }
            self.builder.text(line);
        }
        self.builder.close_format();
        self.builder.close_block();
        true
    }
}

fn is_part(element: &Element, name: &str) -> bool {
    classes(element).any(|class| class.ends_with(name))
}

fn is_card(element: &Element, node: NodeRef<'_>) -> bool {
    let is_called = classes(element).any(|class| class.contains("bookmark"));
    is_called
        && node
            .descendants()
            .take(MOST)
            .any(|inside| element_of(&inside).is_some_and(|inner| is_part(inner, "bookmark-title")))
}

/// What a card says, a line for each of its parts: title, description, whose the page is. Nothing where it
/// is more than a card.
fn lines(card: NodeRef<'_>) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    let mut nodes = card.descendants();
    for inside in nodes.by_ref().take(MOST) {
        let Some(text) = inside
            .value()
            .as_text()
            .filter(|text| !text.trim().is_empty())
        else {
            continue;
        };
        let part = inside.ancestors().find(is_line)?.id();
        match lines.last_mut() {
            Some(line) if last == Some(part) => {
                // The author and the site stand in elements of one line.
                let is_apart = inside.parent().is_some_and(|parent| {
                    element_of(&parent).is_some_and(|it| is_part(it, "bookmark-publisher"))
                });
                line.push_str(if is_apart { " · " } else { "" });
                line.push_str(text);
            }
            _ => lines.push(text.to_string()),
        }
        last = Some(part);
    }
    (nodes.next().is_none() && !lines.is_empty()).then_some(lines)
}

fn is_line(node: &NodeRef<'_>) -> bool {
    element_of(node).is_some_and(|element| matches!(element.name(), "div" | "p" | "a"))
}
