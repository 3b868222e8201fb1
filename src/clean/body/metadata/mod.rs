//! What a saved page says of its article outside the text: title, dates, authors, language, site,
//! tags, lead picture, address.
//!
//! Each way of saying it gives [`Facts`] of its own (`json_ld`, `names`, `marks`); which of them is
//! believed is decided where they are read.

mod json_ld;
pub(in crate::clean::body) mod lines;
mod marks;
mod names;

use super::parse::Parsed;
use super::parse::tree::{NodeRef, attribute, element_of};

/// How many `<meta>`, `<link>` and `<script>` of a page are looked at.
const MOST_ELEMENTS: usize = 1_000;

/// How many names or tags a page may give.
const MOST_NAMES: usize = 50;

/// The longest value that tells something, in bytes.
const LONGEST_VALUE: usize = 4_000;

/// What a page says in one way. Nothing is clean; character references stand as in markup.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::clean) struct Facts {
    pub title: Option<String>,
    /// What is called the name beside a title that says something else.
    pub name: Option<String>,
    /// The parts of the site.
    pub sections: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub site: Option<String>,
    pub tags: Vec<String>,
    pub picture: Option<String>,
    pub address: Option<String>,
}

/// What a page says, those ways first that are trusted most: JSON-LD, OpenGraph, Twitter's cards,
/// other `<meta>` and `<link>`, and what readers see. Where JSON-LD speaks of several articles, the
/// one at `address` is meant.
pub(in crate::clean) fn facts(page: &Parsed, address: Option<&str>) -> Vec<Facts> {
    facts_of(page.html.tree.root(), address)
}

/// The same of the root of a page.
pub(in crate::clean::body) fn facts_of(root: NodeRef<'_>, address: Option<&str>) -> Vec<Facts> {
    let head = Head::of(root);
    let mut all = vec![json_ld::facts(&head.scripts, address)];
    all.extend(names::facts(&head.named));
    all.push(marks::facts(root));
    all
}

/// The elements of a page that nobody sees.
#[derive(Default)]
struct Head {
    /// Names in lower case, with their values.
    named: Vec<(String, String)>,
    /// The texts of scripts of linked data.
    scripts: Vec<String>,
}

impl Head {
    fn of(root: NodeRef<'_>) -> Self {
        let mut head = Head::default();
        let elements = root.descendants().filter(|node| {
            element_of(node)
                .is_some_and(|element| matches!(element.name(), "meta" | "link" | "script"))
        });
        for node in elements.take(MOST_ELEMENTS) {
            head.add(node);
        }
        head
    }

    fn add(&mut self, node: NodeRef<'_>) {
        let Some(element) = element_of(&node) else {
            return;
        };
        let value = |name: &str| attribute(element, name).unwrap_or_default().trim();
        match element.name() {
            "script" if value("type").to_ascii_lowercase().contains("ld+json") => {
                self.scripts.push(text(node));
            }
            "meta" => {
                let keys = ["property", "name", "itemprop", "http-equiv"];
                for key in keys.map(value).into_iter().filter(|key| !key.is_empty()) {
                    self.push(key, value("content"));
                }
            }
            "link" => {
                for kind in value("rel").split_ascii_whitespace() {
                    self.push(&format!("link:{kind}"), value("href"));
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, name: &str, value: &str) {
        if !value.is_empty() && value.len() <= LONGEST_VALUE {
            self.named.push((name.to_lowercase(), value.to_owned()));
        }
    }
}

/// All text in a node, shown or not.
fn text(node: NodeRef<'_>) -> String {
    let texts = node.descendants().filter_map(|node| {
        let text = node.value().as_text()?;
        Some((**text).to_owned())
    });
    texts.collect()
}

/// A text that was decoded, as markup has it.
fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;")
}
