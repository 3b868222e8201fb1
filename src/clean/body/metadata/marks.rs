//! What readers of a page see of its metadata: headings, times, bylines.

use super::lines::{self, Lines};
use super::{Facts, MOST_NAMES, as_markup, text};
use crate::clean::body::page::labels;
use crate::clean::body::parse::tree::{
    self, Element, NodeId, NodeRef, attribute, element_of, visible_text,
};
use crate::clean::body::walk::links::heading::heading_text;
use crate::clean::letters;
use html5ever::ns;

/// The longest byline, in characters.
const LONGEST_BYLINE: usize = 160;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 400;

/// The signs between a title and the name of a site that stand in titles themselves hardly ever.
const SIGNS: [char; 3] = ['_', '|', '｜'];

/// How many headings and times are looked at.
const MOST_MARKS: usize = 40;

/// How many elements stand around each of several authors before the one that holds all of them.
const MOST_BETWEEN_NAMES: usize = 4;

/// The signs between a title and the name of a site that stand in titles, too.
const DASHES: [char; 4] = ['-', '–', '—', '·'];

/// How long a title before such a sign is at least, in characters of which an ideograph counts for three.
const SHORTEST_TITLE: usize = 16;

/// How many lines below the text are looked at for its author.
const MOST_BELOW: usize = 2;

/// Names that pages give to what stands beside the article. A name that only holds one of these
/// may be that of the whole page (`with-sidebar`).
const BESIDE: [&str; 16] = [
    "comments",
    "commentlist",
    "comment-list",
    "comment",
    "sidebar",
    "related",
    "related-posts",
    "relatedposts",
    "jp-relatedposts",
    "recommended",
    "recommendations",
    "trending",
    "widget",
    "popular",
    "author-bio",
    "most-read",
];

/// What the visible part of a page says.
pub(super) fn facts(root: NodeRef<'_>) -> Facts {
    let mut marks = Marks::default();
    let mut next = root.first_child();
    while let Some(node) = next {
        let mut beside = false;
        if let Some(element) = element_of(&node) {
            beside = is_beside(element);
            if !beside {
                marks.look(element, node);
            }
        }
        let inside = if beside { None } else { node.first_child() };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    marks.lines(root);
    marks.shorten_title(root);
    marks.facts()
}

/// Whether an element stands beside the article.
pub(super) fn is_beside(element: &Element) -> bool {
    let names = tree::classes(element).chain(attribute(element, "id"));
    match element.name() {
        "nav" | "aside" | "footer" => true,
        "html" | "body" | "main" | "article" => false,
        _ => names
            .into_iter()
            .any(|name| BESIDE.contains(&name.to_ascii_lowercase().as_str())),
    }
}

#[derive(Default)]
struct Marks {
    title: Option<String>,
    /// Each with whether it stands within the article, or says that it is its title.
    headings: Vec<(String, bool)>,
    published: Option<String>,
    updated: Option<String>,
    /// The first date in the lines above the text.
    lines_published: Option<String>,
    /// Times that say nothing of themselves, and whether each stands within the article.
    times: Vec<(String, bool)>,
    related: Names,
    items: Names,
    byline: Option<String>,
    /// The names in the lines above the text.
    named: Vec<String>,
    language: Option<String>,
}

/// The authors that elements of one kind name.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    /// What the first stands in: names elsewhere are those of other articles.
    around: Vec<NodeId>,
}

impl Names {
    fn add(&mut self, node: NodeRef<'_>) {
        let Some(name) = line(node).filter(|_| self.names.len() < MOST_NAMES) else {
            return;
        };
        let outer: Vec<NodeId> = node
            .ancestors()
            .take(MOST_BETWEEN_NAMES)
            .map(|node| node.id())
            .collect();
        if self.names.is_empty() {
            self.around = outer;
        } else if !outer.iter().any(|outer| self.around.contains(outer)) {
            return;
        }
        self.names.push(name);
    }
}

impl Marks {
    fn look(&mut self, element: &Element, node: NodeRef<'_>) {
        let property = attribute(element, "itemprop")
            .unwrap_or_default()
            .to_ascii_lowercase();
        match element.name() {
            "html" => self.language = attribute(element, "lang").map(str::to_owned),
            "title" if self.title.is_none() && element.name.ns == ns!(html) => {
                self.title = Some(text(node)).filter(|title| !title.trim().is_empty());
            }
            // What Google Docs calls the title of a document, in pages without one: headings are its parts'.
            "p" if self.title.is_none() && is_title_of_document(element) => {
                self.title = Some(text(node)).filter(|title| !title.trim().is_empty());
            }
            "h1" if self.headings.len() < MOST_MARKS => {
                let told = property == "headline" || property == "name" || is_within(node);
                self.headings.push((heading_text(node), told));
            }
            _ => {}
        }
        if element.name() == "time"
            || property.starts_with("date")
            || has_word(element, &["published"])
        {
            self.look_at_time(element, node, &property);
        }
        self.look_at_name(element, node, &property);
    }

    fn look_at_time(&mut self, element: &Element, node: NodeRef<'_>, property: &str) {
        let written = ["datetime", "content", "title"]
            .iter()
            .find_map(|name| attribute(element, name));
        let written = written.map_or_else(|| visible_text(node), str::to_owned);
        if written.len() > LONGEST_BYLINE || !written.chars().any(char::is_numeric) {
            return;
        }
        let changed = property == "datemodified"
            || (has_word(element, &["updated", "modified"]) && !has_word(element, &["published"]));
        let first = property == "datepublished"
            || attribute(element, "pubdate").is_some()
            || has_word(element, &["published"]);
        if changed {
            self.updated.get_or_insert(written);
        } else if first {
            self.published.get_or_insert(written);
        } else if element.name() == "time" && self.times.len() < MOST_MARKS {
            self.times.push((written, is_within(node)));
        }
    }

    fn look_at_name(&mut self, element: &Element, node: NodeRef<'_>, property: &str) {
        if element.name() == "meta" || element.name() == "link" {
            return;
        }
        let related = attribute(element, "rel").unwrap_or_default();
        if related
            .split_ascii_whitespace()
            .any(|kind| kind == "author")
        {
            self.related.add(node);
        }
        if property == "author" {
            self.items.add(node);
        }
        if self.byline.is_none() && labels::is_byline(element) {
            self.byline = line(node);
        }
    }

    /// Adds what the lines above the text tell that nothing else does.
    fn lines(&mut self, root: NodeRef<'_>) {
        let lines = Lines::of(root, |_| true);
        let below = lines.behind.into_iter().take(MOST_BELOW);
        let below = below.filter(|line| line.told.is_all && !line.told.authors.is_empty());
        for line in lines.before.into_iter().chain(below) {
            let told = line.told;
            self.lines_published = self.lines_published.take().or(told.published);
            self.updated = self.updated.take().or(told.updated);
            if self.named.is_empty() && told.is_all {
                self.named = told.authors;
            }
        }
    }

    /// Leaves the name of the site out of the page's title where a line above the text says the rest.
    fn shorten_title(&mut self, root: NodeRef<'_>) {
        let Some(title) = self.title.clone().filter(|_| self.heading().is_none()) else {
            return;
        };
        if !title.contains(SIGNS) {
            self.title = Some(before_dash(&title, root).unwrap_or(title));
            return;
        }
        let parts: Vec<&str> = title.split(SIGNS).map(str::trim).collect();
        let said = Lines::said(root, &parts);
        // Where the site stands in a line of its own, too, nobody can tell which of them is which.
        if let (Some(first), [only]) = (parts.first(), said.as_slice())
            && first == only
        {
            self.title = Some((*first).to_owned());
        }
    }

    fn facts(self) -> Facts {
        let inside = |times: &[(String, bool)]| {
            let time = times
                .iter()
                .find(|(_, within)| *within)
                .or_else(|| times.first());
            time.map(|(time, _)| time.clone())
        };
        let authors = [
            self.related.names.clone(),
            self.items.names.clone(),
            self.named.clone(),
            Vec::from_iter(self.byline.clone()),
        ];
        Facts {
            title: self
                .heading()
                .or_else(|| self.title.clone())
                .map(|title| as_markup(title.trim())),
            published: self
                .published
                .or_else(|| inside(&self.times))
                .or(self.lines_published),
            updated: self.updated,
            authors: authors
                .into_iter()
                .find(|names| !names.is_empty())
                .unwrap_or_default(),
            language: self.language,
            ..Facts::default()
        }
    }

    /// The heading of the article: the only one within it, else the one that the page's title
    /// repeats. Another may be the site's name.
    fn heading(&self) -> Option<String> {
        let fits = |text: &str| !text.is_empty() && text.chars().count() <= LONGEST_TITLE;
        let mut within = self
            .headings
            .iter()
            .filter(|(text, told)| *told && fits(text));
        let only = within.next().filter(|_| within.next().is_none());
        let title = self.title.as_deref().map(letters::of).unwrap_or_default();
        let repeated = || {
            self.headings
                .iter()
                .find(|(text, _)| fits(text) && title.starts_with(&letters::of(text)))
        };
        let single = || {
            self.headings
                .first()
                .filter(|(text, _)| self.headings.len() == 1 && fits(text) && title.is_empty())
        };
        only.or_else(repeated)
            .or_else(single)
            .map(|(text, _)| text.clone())
    }
}

/// Whether a paragraph has the style of a document's title, and a name as Google Docs gives one.
fn is_title_of_document(element: &Element) -> bool {
    let is_named = attribute(element, "id").is_some_and(|id| id.starts_with("h."));
    is_named && tree::classes(element).any(|class| class == "title")
}

fn has_word(element: &Element, words: &[&str]) -> bool {
    tree::classes(element)
        .flat_map(labels::words)
        .any(|word| words.contains(&word.as_str()))
}

/// Whether a node stands within the article, as the page's elements say.
fn is_within(node: NodeRef<'_>) -> bool {
    node.ancestors().any(|outer| {
        element_of(&outer).is_some_and(|element| matches!(element.name(), "article" | "main"))
    })
}

/// The names in a byline: its text without times, and without parts that hold numbers.
fn line(node: NodeRef<'_>) -> Option<String> {
    let mut words = String::new();
    let mut next = node.first_child();
    while let Some(inner) = next {
        let hidden = element_of(&inner)
            .is_some_and(|element| element.name() == "time" || tree::is_never_shown(element));
        if let Some(text) = inner.value().as_text() {
            words.push_str(text);
        } else {
            words.push(' ');
        }
        if words.len() > LONGEST_BYLINE * 8 {
            return None;
        }
        let inside = if hidden { None } else { inner.first_child() };
        next = inside.or_else(|| tree::following(inner, node.id()));
    }
    let parts = words.split(['|', '·', '•', '｜']).map(str::trim);
    let names = parts.filter(|part| !part.is_empty() && !part.chars().any(char::is_numeric));
    let names = names.map(lines::without_introduction);
    let names = names.collect::<Vec<_>>().join(" | ");
    let names = names.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !names.is_empty() && names.chars().count() <= LONGEST_BYLINE;
    fits.then(|| as_markup(&names))
}

/// The title before a dash and the name of a site, where a line above the text says it and nothing else.
fn before_dash(title: &str, root: NodeRef<'_>) -> Option<String> {
    let length = |text: &str| -> usize {
        let lengths = text
            .chars()
            .map(|c| if u32::from(c) >= 0x3000 { 3 } else { 1 });
        lengths.sum()
    };
    let ends = title.char_indices().filter(|(_, c)| DASHES.contains(c));
    let befores = ends.filter_map(|(at, _)| title.get(..at)).map(str::trim);
    let befores: Vec<&str> = befores
        .filter(|text| length(text) >= SHORTEST_TITLE)
        .collect();
    if befores.is_empty() {
        return None;
    }
    let said = Lines::said(root, &befores);
    said.last().map(|text| (*text).to_owned())
}
