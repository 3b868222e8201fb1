//! Lists of pages: of the files in a folder, as servers write them, and of a site's articles with a date each.

use super::instead::head_title;
use super::labels::{self, Label};
use super::measures::Measures;
use super::others::Site;
use crate::clean::body::parse::tree::{self, NodeRef, attribute, element_of};
use crate::clean::body::walk::Omitted;

/// How the titles of such lists begin that servers write of a folder; its path follows.
const FOLDER: [&str; 3] = [
    "index of /",
    "directory listing for /",
    "directory listing of /",
];

/// The fewest entries of a list of articles.
const FEWEST_ENTRIES: usize = 6;

/// How long what stands beside the link of an entry may be, in characters: a date, a size.
const LONGEST_BESIDE: usize = 40;

/// How many times as long as everything else the links of a list are.
const TIMES_THE_REST: usize = 2;

/// Whether a page is a list of other pages, and hardly anything else.
pub(super) fn is_one(root: NodeRef<'_>, omitted: &Omitted) -> bool {
    is_folder(root) || is_dated_list(root, omitted)
}

/// Whether title and heading of a page are those that a server gives to the list of a folder's files.
fn is_folder(root: NodeRef<'_>) -> bool {
    let names = |text: &str| {
        let text = text.trim().to_lowercase();
        FOLDER.iter().any(|words| text.starts_with(words))
    };
    let heading = root
        .descendants()
        .find(|node| element_of(node).is_some_and(|element| matches!(element.name(), "h1" | "h2")));
    head_title(root).is_some_and(|title| names(&title))
        && heading.is_some_and(|heading| names(&tree::visible_text(heading)))
}

/// Whether most of a page are entries that lead to other pages of the site and are dated, each.
fn is_dated_list(root: NodeRef<'_>, omitted: &Omitted) -> bool {
    let measures = Measures::of(root, omitted);
    let site = Site::named(root);
    let (mut count, mut length, mut beside) = (0, 0, 0);
    let mut next = root.first_child();
    while let Some(node) = next {
        let element = element_of(&node);
        let is_out = omitted.contains_key(&node.id())
            || element.is_some_and(|element| labels::label(element) == Label::Other);
        let measure = measures.get(&node);
        let is_entry = !is_out
            && element.is_some_and(|element| matches!(element.name(), "li" | "tr"))
            && measure.linked > measure.plain()
            && is_dated(node, &site);
        if is_entry {
            count += 1;
            length += measure.linked;
            beside += measure.plain();
        }
        let enters = !is_out && !is_entry;
        next = enters
            .then(|| node.first_child())
            .flatten()
            .or_else(|| tree::following(node, root.id()));
    }
    let rest = measures.get(&root).plain().saturating_sub(beside);
    count >= FEWEST_ENTRIES && length > rest * TIMES_THE_REST
}

/// Whether an entry leads to pages of the site alone, and what stands beside is a date.
fn is_dated(entry: NodeRef<'_>, site: &Site) -> bool {
    let mut references = entry.descendants().filter_map(|node| {
        let element = element_of(&node).filter(|element| element.name() == "a")?;
        attribute(element, "href")
    });
    let is_link =
        |node: NodeRef<'_>| element_of(&node).is_some_and(|element| element.name() == "a");
    let texts = entry.descendants().filter_map(|node| {
        let text = node.value().as_text()?;
        (!node.ancestors().any(is_link)).then_some(&**text)
    });
    let beside = texts.collect::<Vec<_>>().join(" ");
    let numbers = beside.split(|c: char| !c.is_ascii_digit());
    // A number alone may be a count.
    let is_date = numbers.filter(|number| !number.is_empty()).count() > 1;
    is_date
        && beside.trim().chars().count() <= LONGEST_BESIDE
        && references.all(|reference| site.has(reference))
}
