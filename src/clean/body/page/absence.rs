//! Pages that hold no article: errors, challenges, requests for consent, log-ins, lists of articles.

use super::instead::says_instead;
use super::measures::{Measure, Measures};
use super::{listing, lone};
use crate::clean::body::Byline;
use crate::clean::body::hidden;
use crate::clean::body::page;
use crate::clean::body::parse::Parsed;
use crate::clean::body::parse::tree::{self, NodeRef, attribute, element_of};
use crate::clean::body::walk::Omitted;

/// Why a page holds no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Hardly any text.
    Empty,
    /// A page that a server shows instead of the article.
    Instead,
    /// A list of articles.
    List,
}

impl Absence {
    /// What the page is, for a message.
    pub fn meaning(self) -> &'static str {
        match self {
            Absence::Empty => "the page has hardly any text",
            Absence::Instead => {
                "the page is an error, a log-in, a challenge or a question for consent"
            }
            Absence::List => "the page is a list of articles",
        }
    }
}

/// The fewest letters of prose in an article that shows no picture; an ideograph counts for three.
pub(super) const FEWEST: usize = 100;

/// How long links are on the average where they are links, in characters.
const LONGEST_LINK: usize = 200;

/// The most letters of what servers show instead of an article.
const MOST_INSTEAD: usize = 1_500;

/// The fewest headings that lead elsewhere in a list of articles.
const FEWEST_ENTRIES: usize = 5;

/// The most letters that stand in a list for each of its entries.
const MOST_PER_ENTRY: usize = 600;

/// Why a page holds no article; nothing where it seems to hold one.
pub(in crate::clean) fn of(parsed: &Parsed, title: &str) -> Option<Absence> {
    let root = parsed.html.tree.root();
    let hidden = hidden::find(root);
    let mut omitted = hidden.omitted;
    if listing::is_one(root, &omitted) && !names_article(root) {
        return Some(Absence::List);
    }
    let lone = lone::find(root, &omitted, &Measures::of(root, &omitted));
    page::leave_out(parsed, title, &mut omitted, Byline::READ, &hidden.article);
    omitted.extend(without_scripts(root));
    let kept = Measure::of(root, &omitted, &mut |_, _| {});
    // A link that nobody closed goes on to the end of the page.
    let is_wide = kept.linked > kept.links * LONGEST_LINK;
    let plain = if is_wide { kept.text } else { kept.plain() };
    let letters = plain + 2 * kept.ideographs;
    if letters < MOST_INSTEAD && says_instead(root, title, letters, &omitted, lone) {
        return Some(Absence::Instead);
    }
    if letters < FEWEST && lone.is_none() && (kept.images == 0 || letters == 0) {
        return Some(Absence::Empty);
    }
    let entries = entries(root, &omitted);
    let is_list = entries.linked >= FEWEST_ENTRIES
        && entries.linked * 3 >= entries.all * 2
        && letters < entries.linked * MOST_PER_ENTRY
        && !names_article(root);
    is_list.then_some(Absence::List)
}

/// What is shown without scripts alone, which is no text of an article; it may hold a copy of a picture.
fn without_scripts(root: NodeRef<'_>) -> impl Iterator<Item = (tree::NodeId, &'static str)> {
    let is = |node: &NodeRef<'_>, name: &str| {
        element_of(node).is_some_and(|element| element.name() == name)
    };
    root.descendants()
        .filter(move |node| {
            is(node, "noscript") && !node.descendants().any(|inner| is(&inner, "img"))
        })
        .map(|node| (node.id(), "noscript"))
}

/// Headings that are not omitted.
#[derive(Default)]
struct Entries {
    all: usize,
    /// Those that lead to another page as a whole.
    linked: usize,
}

fn entries(root: NodeRef<'_>, omitted: &Omitted) -> Entries {
    let mut entries = Entries::default();
    let mut next = root.first_child();
    while let Some(node) = next {
        let skip = omitted.contains_key(&node.id());
        let is_heading = element_of(&node)
            .is_some_and(|element| matches!(element.name(), "h1" | "h2" | "h3" | "h4"));
        if is_heading && !skip {
            entries.all += 1;
            entries.linked += usize::from(leads_elsewhere(node));
        }
        let inside = if skip { None } else { node.first_child() };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    entries
}

/// Whether a heading is a link to another page, or stands in one.
fn leads_elsewhere(heading: NodeRef<'_>) -> bool {
    let is_link = |node: &NodeRef<'_>| {
        let reference = element_of(node)
            .filter(|element| element.name() == "a")
            .and_then(|element| attribute(element, "href"));
        reference.is_some_and(|reference| !reference.trim_start().starts_with('#'))
    };
    let text = tree::visible_text(heading);
    let inside = heading.descendants().find(is_link);
    inside.is_some_and(|link| tree::visible_text(link).len() * 10 >= text.len() * 8)
        || heading.ancestors().take(3).any(|node| is_link(&node))
}

/// Whether a page says that it is an article.
fn names_article(root: NodeRef<'_>) -> bool {
    root.descendants().any(|node| {
        element_of(&node).is_some_and(|element| {
            let value = |name| attribute(element, name).unwrap_or_default();
            element.name() == "meta"
                && (value("property").starts_with("article:published")
                    || (value("property") == "og:type" && value("content") == "article"))
        })
    })
}
