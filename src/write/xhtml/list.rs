//! Lists as markup, and terms with what explains them.

use super::Serialiser;
use super::table::without_headings;
use crate::model::{Block, Definition, List, ListItem, Numbering, Numerals};

impl Serialiser<'_> {
    pub(super) fn list(&mut self, list: &List) {
        if list.items.is_empty() {
            return;
        }
        let element = if list.numbering.is_some() { "ol" } else { "ul" };
        self.out.push_str(&format!("<{element}"));
        self.id_attribute();
        if let Some(numbering) = list.numbering {
            self.numbering(numbering, list.items.len());
        }
        self.out.push_str(">\n");
        for item in &list.items {
            self.item(item, list.numbering.is_some());
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// The attributes that say how items are numbered, but those that say what is so without them.
    fn numbering(&mut self, numbering: Numbering, count: usize) {
        if numbering.reversed {
            self.attribute("reversed", "reversed");
        }
        let usual = if numbering.reversed {
            i32::try_from(count).unwrap_or(i32::MAX)
        } else {
            1
        };
        if numbering.start != usual {
            self.attribute("start", &numbering.start.to_string());
        }
        if numbering.numerals != Numerals::Decimal {
            self.attribute("type", numbering.numerals.html());
        }
    }

    fn item(&mut self, item: &ListItem, numbered: bool) {
        self.out.push_str("<li");
        if let Some(value) = item.value.filter(|_| numbered) {
            self.attribute("value", &value.to_string());
        }
        self.fill(&item.content);
        self.out.push_str("</li>\n");
    }

    /// Terms and their explanations. Where there are none of either, an empty element stands for them: each
    /// group has both (HTML, section 4.4.9).
    pub(super) fn definitions(&mut self, definitions: &[Definition]) {
        let said = |definition: &&Definition| definition.groups().next().is_some();
        if !definitions.iter().any(|definition| said(&definition)) {
            return;
        }
        self.out.push_str("<dl");
        self.id_attribute();
        self.out.push_str(">\n");
        for definition in definitions.iter().filter(said) {
            self.group("dt", &definition.terms);
            self.group("dd", &definition.details);
        }
        self.out.push_str("</dl>\n");
    }

    fn group(&mut self, element: &str, group: &[Vec<Block>]) {
        if group.is_empty() {
            self.out.push_str(&format!("<{element}></{element}>\n"));
        }
        for blocks in group {
            self.out.push_str(&format!("<{element}"));
            if element == "dt" {
                self.fill(&without_headings(blocks));
            } else {
                self.fill(blocks);
            }
            self.out.push_str(&format!("</{element}>\n"));
        }
    }
}
