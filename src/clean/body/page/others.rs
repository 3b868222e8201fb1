//! What else a site has to read, beside its article: sections that say so by name and by their first words, and
//! lists of titles below the article.

use super::kept::Kept;
use super::labels::{self, begins_like_others};
use super::measures::Measures;
use super::notices::Line;
use crate::clean::body::parse::tree::{self, NodeId, NodeMap, NodeRef, NodeSet, element_of};
use std::collections::{HashMap, HashSet};

/// How many parts share a name where it is the article's; how many links lead to a page's own site.
const FEWEST_PARTS: usize = 3;

/// How many elements around a paragraph are looked at.
const MOST_AROUND: usize = 100;

/// How long a line is at most that stands above a list.
const LONGEST_LABEL: usize = 60;

/// How many characters a title has at least: shorter links lead to topics.
const SHORTEST_TITLE: usize = 12;

/// How long the words on a button are, in characters.
const LONGEST_BUTTON: usize = 24;

/// Which part of the whole the teasers below an article are at most.
const MOST_OF_TEASERS: usize = 3;

/// How long such a list is at most, in characters, and which part of the article.
const LONGEST_LIST: usize = 2_000;
const MOST_OF_WHOLE: usize = 5;

/// The words in names that tell nothing on this page, since parts that bear them hold a third of the prose that
/// was found: `paywall` may name all paragraphs but the first, and page builders call every part a `widget`.
pub(super) fn mute_words(
    root: NodeRef<'_>,
    measures: &Measures,
    kept: Option<&Kept>,
) -> HashSet<&'static str> {
    let mut all = 0;
    let mut telling: NodeMap<Vec<&'static str>> = NodeMap::default();
    let mut named: HashMap<&'static str, (NodeSet, usize)> = HashMap::new();
    for node in root.descendants() {
        let is_paragraph = element_of(&node).is_some_and(|element| element.name() == "p");
        let measure = measures.get(&node);
        let is_found = is_paragraph && kept.is_none_or(|kept| kept.holds(&node));
        if !is_found || !measure.is_prose() {
            continue;
        }
        all += measure.plain();
        let around = std::iter::once(node).chain(node.ancestors());
        let mut innermost: HashMap<&'static str, NodeId> = HashMap::new();
        for outer in around.take(MOST_AROUND) {
            let words = telling
                .entry(outer.id())
                .or_insert_with(|| element_of(&outer).map(labels::telling).unwrap_or_default());
            for word in words.iter() {
                innermost.entry(word).or_insert(outer.id());
            }
        }
        for (word, part) in innermost {
            let (parts, length) = named.entry(word).or_default();
            parts.insert(part);
            *length += measure.plain();
        }
    }
    named
        .into_iter()
        .filter(|(_, (parts, length))| parts.len() >= FEWEST_PARTS && length * 3 >= all)
        .map(|(word, _)| word)
        .collect()
}

/// The addresses that lead to the page's own site.
pub(super) struct Site(Option<String>);

impl Site {
    /// The site is told by the page's own address, else by where most of its links lead.
    pub(super) fn of(root: NodeRef<'_>) -> Self {
        let named = Self::named(root);
        if named.0.is_some() {
            return named;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let links = root.descendants().filter_map(|node| {
            let element = element_of(&node).filter(|element| element.name() == "a")?;
            host(tree::attribute(element, "href")?)
        });
        for host in links {
            *counts.entry(host).or_default() += 1;
        }
        let most = counts
            .into_iter()
            .filter(|(_, count)| *count >= FEWEST_PARTS)
            .max_by_key(|(host, count)| (*count, std::cmp::Reverse(*host)));
        Site(most.map(|(host, _)| host.to_owned()))
    }

    /// The site of the page's own address alone.
    pub(super) fn named(root: NodeRef<'_>) -> Self {
        let own = root.descendants().find_map(|node| {
            let element = element_of(&node).filter(|element| element.name() == "link")?;
            let is_own = tree::attribute(element, "rel").is_some_and(|rel| rel == "canonical");
            host(tree::attribute(element, "href").filter(|_| is_own)?)
        });
        Site(own.map(str::to_owned))
    }

    /// Whether an address is one of the site's.
    pub(super) fn has(&self, address: &str) -> bool {
        match host(address) {
            Some(host) => self.0.as_deref() == Some(host),
            None => !address.starts_with('#') && !address.contains(':'),
        }
    }
}

fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.trim().split_once("//")?;
    matches!(scheme, "" | "http:" | "https:").then(|| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    })
}

/// How many of the last lines are a list of the site's other articles under a line of its own; 0 where they
/// are none. What leads to other sites are sources, which are the article's.
pub(super) fn listed_last(lines: &[&Line<'_>], site: &Site, whole: usize) -> usize {
    let titles: Vec<_> = lines
        .iter()
        .rev()
        .take_while(|line| is_titles(line, site))
        .collect();
    let links: usize = titles.iter().map(|line| line.measure.links).sum();
    let length: usize = titles.iter().map(|line| line.measure.text).sum();
    let above = lines.len().checked_sub(titles.len() + 1);
    let label = above.and_then(|above| lines.get(above));
    let is_list = label.is_some_and(|label| {
        is_label(label) && (links > 1 || (links == 1 && begins_like_others(&label.text())))
    });
    match is_list && length <= LONGEST_LIST && length * MOST_OF_WHOLE <= whole {
        true => titles.len() + 1,
        false => 0,
    }
}

/// How many of the last lines are teasers: sections whose headings lead to other pages of the site, behind an
/// article that is at least twice as long. The headings of lists that are the article lead somewhere, too.
pub(super) fn teasers_last(lines: &[&Line<'_>], site: &Site, whole: usize) -> usize {
    let headings = lines.iter().enumerate().rev();
    let linked: Vec<usize> = headings
        .filter(|(_, line)| line.is_heading())
        .take_while(|(_, line)| is_titles(line, site))
        .map(|(at, _)| at)
        .collect();
    let Some(&first) = linked.last().filter(|_| linked.len() > 1) else {
        return 0;
    };
    let (article, teasers) = lines.split_at_checked(first).unwrap_or_default();
    let length: usize = teasers.iter().map(|line| line.measure.text).sum();
    let prose = article.iter().filter(|line| line.measure.is_prose());
    match length * MOST_OF_TEASERS <= whole && prose.count() >= FEWEST_PARTS {
        true => teasers.len(),
        false => 0,
    }
}

/// Whether a line is a button: a few words that lead to another page of the site, or run something.
pub(super) fn is_button(line: &Line<'_>, site: &Site) -> bool {
    let measure = line.measure;
    let is_alone = measure.links == 1 && measure.linked == measure.text;
    is_alone
        && (1..=LONGEST_BUTTON).contains(&measure.text)
        && measure.images == 0
        && references(line).all(|address| site.has(address) || address.starts_with("javascript:"))
        && element_of(&line.node)
            .is_some_and(|element| !matches!(element.name(), "li" | "td" | "th" | "dd" | "dt"))
}

/// Whether a line is titles that lead to pages of the site, and nothing else.
fn is_titles(line: &Line<'_>, site: &Site) -> bool {
    let measure = line.measure;
    measure.links > 0
        && measure.linked * 10 >= measure.text * 8
        && measure.text >= measure.links * SHORTEST_TITLE
        && references(line).all(|address| site.has(address))
}

/// Where the links in a line lead.
fn references<'tree>(line: &Line<'tree>) -> impl Iterator<Item = &'tree str> {
    line.node.descendants().filter_map(|node| {
        let element = element_of(&node).filter(|element| element.name() == "a")?;
        tree::attribute(element, "href")
    })
}

/// Whether a line stands above something: a heading, or words with a colon.
fn is_label(line: &Line<'_>) -> bool {
    let measure = line.measure;
    let is_short = measure.text <= LONGEST_LABEL && measure.links == 0 && measure.images == 0;
    is_short && (line.is_heading() || line.text().ends_with([':', '：']))
}
