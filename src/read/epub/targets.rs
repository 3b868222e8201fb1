//! Where the articles of a document begin, by what the table of contents says of it.

use super::contents::Target;
use super::cuts;
use super::paths::Paths;
use super::survey::Survey;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many lines below one are looked at.
const NEAR: usize = 1000;

/// Words that a title of a part begins with that holds chapters.
const DIVISIONS: [&str; 16] = [
    "part",
    "book",
    "volume",
    "vol.",
    "teil",
    "buch",
    "band",
    "partie",
    "livre",
    "tome",
    "parte",
    "libro",
    "tomo",
    "часть",
    "книга",
    "том",
];

/// The lines of the table of contents by the document that they lead to, in its order.
pub(super) fn by_document(targets: &[Target]) -> HashMap<&str, Vec<usize>> {
    let mut by_document: HashMap<&str, Vec<usize>> = HashMap::new();
    for (target, index) in targets.iter().zip(0..) {
        let lines = by_document.entry(target.spot.path.as_str()).or_default();
        lines.push(index);
    }
    by_document
}

/// A beginning: what it is called, as markup, and the name of its place.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    pub title: Option<String>,
    pub fragment: Option<String>,
}

/// The places, in bytes, where parts of a document begin; the first is 0. `own` are the lines that lead to
/// it. A line below another is a part of the same text, unless what the other names only holds chapters.
pub(super) fn beginnings(
    text: &str,
    path: &str,
    targets: &[Target],
    own: &[usize],
    paths: &Paths,
) -> BTreeMap<usize, Beginning> {
    let lines: Vec<(usize, &Target)> = own
        .iter()
        .filter_map(|&index| Some((index, targets.get(index)?)))
        .collect();
    let fragments = lines
        .iter()
        .filter_map(|(_, line)| line.spot.fragment.as_deref());
    let wanted: HashSet<&str> = fragments.collect();
    let cuts = match wanted.is_empty() {
        true => HashMap::new(),
        false => cuts::of(text, &wanted),
    };
    let begins_at = |line: &Target| match &line.spot.fragment {
        None => Some(0),
        Some(fragment) => cuts.get(fragment).copied(),
    };
    let mut placed: Vec<(usize, usize, &Target)> = lines
        .iter()
        .filter_map(|&(index, line)| Some((begins_at(line)?, index, line)))
        .collect();
    if placed.is_empty() {
        placed.extend(lines.first().map(|&(index, line)| (0, index, line)));
    }
    let first = placed.iter().map(|(at, ..)| *at).filter(|at| *at > 0).min();
    if let Some(first) = first {
        let before = Survey::of(text.get(..first).unwrap_or_default(), path, paths);
        let is_named = placed.iter().any(|(at, ..)| *at == 0);
        if before.is_blank() || !is_named && before.is_opening() {
            placed
                .iter_mut()
                .filter(|(at, ..)| *at == first)
                .for_each(|line| line.0 = 0);
        }
    }
    named(&placed, targets, path)
}

/// What the beginnings among some lines are called.
fn named(
    placed: &[(usize, usize, &Target)],
    targets: &[Target],
    path: &str,
) -> BTreeMap<usize, Beginning> {
    let mut beginnings = BTreeMap::from([(0, Beginning::default())]);
    let top = placed
        .iter()
        .map(|(.., line)| line.depth)
        .min()
        .unwrap_or(0);
    // What the last line of each depth begins, whether it only holds chapters, and its index.
    let mut open: Vec<(u8, usize, bool, usize)> = Vec::new();
    for &(at, index, line) in placed {
        open.retain(|(depth, ..)| *depth < line.depth);
        let parent = open.last().copied();
        let is_beginning = line.depth == top
            || parent.is_none_or(|(_, outer, holds_chapters, parent)| {
                holds_chapters
                    || outer == at
                        && (line.spot.fragment.is_none() || leads_elsewhere(targets, parent, path))
            });
        if !is_beginning {
            continue;
        }
        let beginning = Beginning {
            title: Some(line.title.clone()),
            fragment: line.spot.fragment.clone().filter(|_| at > 0),
        };
        beginnings.insert(at, beginning);
        open.push((line.depth, at, is_division(&line.title), index));
    }
    beginnings
}

/// Whether lines below another lead to other documents.
fn leads_elsewhere(targets: &[Target], parent: usize, path: &str) -> bool {
    let depth = targets.get(parent).map_or(0, |line| line.depth);
    let below = targets.iter().skip(parent.saturating_add(1));
    below
        .take(NEAR)
        .take_while(|line| line.depth > depth)
        .any(|line| line.spot.path != path)
}

/// Whether a title is that of a part that holds chapters.
fn is_division(title: &str) -> bool {
    let lower = title.to_lowercase();
    let word = lower.split_whitespace().next().unwrap_or_default();
    let is_chinese = lower.starts_with('第')
        && lower
            .chars()
            .take(8)
            .any(|c| matches!(c, '部' | '卷' | '编' | '編' | '篇'));
    is_chinese || DIVISIONS.contains(&word.trim_end_matches([':', '.', ',']))
}
