//! TeX that stands in the text between signs, where the page has a script set it.

use super::{Found, source};
use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};
use std::ops::Range;

/// Between which signs a page's script looks for formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::clean::body) struct Signs {
    /// `\\(…\\)`, `\\[…\\]` and `$$…$$`.
    usual: bool,
    /// `$…$`, which is too often money to be looked for unasked.
    dollars: bool,
}

impl Signs {
    /// What the scripts of a page look for.
    pub fn of(root: NodeRef<'_>) -> Self {
        let mut signs = Signs::default();
        for node in root.descendants() {
            let Some(element) = element_of(&node).filter(|element| element.name() == "script")
            else {
                continue;
            };
            let source = attribute(element, "src")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let settings = || source::text(node);
            if source.contains("mathjax") || source.contains("auto-render") {
                signs.usual = true;
            }
            let is_settings = source.is_empty()
                && super::script_kind(element).is_none()
                && ["MathJax", "renderMathInElement"]
                    .iter()
                    .any(|name| settings().contains(name));
            if is_settings {
                signs.usual = true;
                let bare: String = settings().chars().filter(|c| !c.is_whitespace()).collect();
                let pairs = ["['$','$']", "[\"$\",\"$\"]", "left:'$',", "left:\"$\","];
                signs.dollars |= pairs.iter().any(|pair| bare.contains(pair));
            }
        }
        signs
    }

    /// Whether any are looked for.
    pub fn any(self) -> bool {
        self.usual || self.dollars
    }

    /// The first formula in a text, and where it stands.
    pub fn first(self, text: &str) -> Option<(Range<usize>, Found)> {
        let mut from = 0;
        while let Some((at, (open, close, alone))) = self.next(text, from) {
            let inside = at + open.len();
            let Some(length) = text.get(inside..).and_then(|rest| rest.find(close)) else {
                from = inside;
                continue;
            };
            let end = inside + length;
            let expression = text.get(inside..end).unwrap_or_default();
            let is_money = open == "$" && !is_formula(expression, text.get(end + 1..));
            if !is_money && let Some(found) = set(expression, alone) {
                return Some((at..end + close.len(), found));
            }
            from = inside;
        }
        None
    }

    /// The next sign that opens.
    fn next(self, text: &str, from: usize) -> Option<(usize, (&'static str, &'static str, bool))> {
        let pairs = [
            ("\\(", "\\)", false),
            ("\\[", "\\]", true),
            ("$$", "$$", true),
            ("$", "$", false),
        ];
        let wanted = pairs.into_iter().filter(|(open, ..)| match *open {
            "$" => self.dollars,
            _ => self.usual,
        });
        let rest = text.get(from..)?;
        let found = wanted.filter_map(|pair| Some((from + rest.find(pair.0)?, pair)));
        // Of two at one place the longer stands first.
        found.min_by_key(|(at, _)| *at)
    }
}

/// Whether what stands between two dollars is a formula, by the rule of Pandoc: no space within, no digit
/// behind.
fn is_formula(expression: &str, behind: Option<&str>) -> bool {
    let digit = behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !expression.is_empty() && expression.trim() == expression && !digit
}

fn set(expression: &str, alone: bool) -> Option<Found> {
    let text = source::plain(expression);
    super::formula(super::tex::parts(&text, alone)?, Some(&text), alone)
}
