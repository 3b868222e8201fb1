//! The style sheets of drawings, as far as they make drawing dearer: rules that refer to other elements
//! or give elements a layer of their own.
//!
//! A rule counts for every element that the last part of its selector could mean, which is never too
//! little.

use super::{local_references, needs_layer};
use crate::images::failure::Failure;
use resvg::usvg::roxmltree::Node;
use std::collections::HashMap;

/// Which elements a rule may mean.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Meant {
    All,
    Name(String),
    Class(String),
    Id(String),
}

/// The rules of a drawing that make drawing dearer, with the names that they refer to.
#[derive(Debug, Default)]
pub(super) struct StyleRules(HashMap<Meant, Vec<String>>);

impl StyleRules {
    /// Reads a style sheet.
    ///
    /// # Errors
    /// Where it is written so that it can't be told what it means.
    pub fn read(&mut self, sheet: &str) -> Result<(), Failure> {
        let odd = || Failure::unusable("the drawing is too complex");
        let sheet = without_comments(sheet).ok_or_else(odd)?;
        if sheet.contains('\\') {
            return Err(odd());
        }
        for rule in sheet.split('}') {
            let Some((head, body)) = rule.rsplit_once('{') else {
                continue;
            };
            let names: Vec<String> = local_references(body).map(str::to_owned).collect();
            if names.is_empty() && !needs_layer(body) {
                continue;
            }
            let selectors = head.rsplit('{').next().unwrap_or_default();
            for selector in selectors.split(',') {
                let known = self.0.entry(meant(selector)).or_default();
                known.extend_from_slice(&names);
            }
        }
        Ok(())
    }

    /// Whether a rule may give an element a layer of its own.
    pub fn give_layer(&self, node: Node<'_, '_>) -> bool {
        !self.0.is_empty() && keys(node).iter().any(|key| self.0.contains_key(key))
    }

    /// The names that rules make an element refer to.
    pub fn references(&self, node: Node<'_, '_>) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let keys = keys(node);
        let names = keys.iter().filter_map(|key| self.0.get(key));
        names.flatten().cloned().collect()
    }
}

/// Everything by which a rule may mean an element.
fn keys(node: Node<'_, '_>) -> Vec<Meant> {
    let value = |name: &str| node.attribute(name).unwrap_or_default();
    let classes = value("class").split_whitespace();
    let classes = classes.map(|class| Meant::Class(class.to_owned()));
    let own = [
        Meant::All,
        Meant::Name(node.tag_name().name().to_ascii_lowercase()),
        Meant::Id(value("id").to_owned()),
    ];
    own.into_iter().chain(classes).collect()
}

/// What the last part of a selector means, by its first class, its id or its name.
fn meant(selector: &str) -> Meant {
    let selector = without_brackets(selector);
    let parts = |c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~');
    let last = selector.trim().rsplit(parts).next().unwrap_or_default();
    // What stands behind a colon narrows only.
    let plain = last.split(':').next().unwrap_or_default();
    let part = |mark: char| {
        let rest = plain.split_once(mark)?.1;
        let part = rest.split(['.', '#']).next().unwrap_or_default();
        Some(part.to_owned())
    };
    if let Some(class) = part('.') {
        return Meant::Class(class);
    }
    if let Some(id) = part('#') {
        return Meant::Id(id);
    }
    let is_name = plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if plain.is_empty() || !is_name {
        return Meant::All;
    }
    Meant::Name(plain.to_ascii_lowercase())
}

/// A selector without what stands in brackets, which narrows only.
fn without_brackets(selector: &str) -> String {
    let mut depth = 0_usize;
    let outside = selector.chars().filter(|c| match c {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
}

/// The sheet without comments; none where one does not end.
fn without_comments(sheet: &str) -> Option<String> {
    let mut parts = sheet.split("/*");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("*/")?.1);
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_counts_for_whatever_its_last_part_may_mean() {
        for (selector, expected) in [
            ("#a .b rect", Meant::Name("rect".to_owned())),
            (" .node.x ", Meant::Class("node".to_owned())),
            ("g > path#p:hover", Meant::Id("p".to_owned())),
            ("*", Meant::All),
            (":root", Meant::All),
            ("[fill]", Meant::All),
            ("g:not(.a .b)", Meant::Name("g".to_owned())),
        ] {
            assert_eq!(meant(selector), expected, "{selector}");
        }
    }
}
