//! Lines that speak of the page and not of the article's matter: invitations to subscribe, follow and share,
//! what else there is to read, words that stand around advertisements, dates that stand alone.
//!
//! They are known by how they begin, at the ends of the article only; within it by being nothing else.

use super::labels::{begins_like_others, is_about_author};
use super::measures::{Measure, Measures};
use super::others::{self, Site};
use crate::clean::body::parse::tree::{self, NodeRef, NodeSet, element_of};
use crate::clean::body::walk::Omitted;
use crate::clean::body::walk::elements::is_block;

/// How many lines at either end may be such.
const MOST_OPENING: usize = 3;
const MOST_CLOSING: usize = 8;

/// How long such a line may be, in characters.
const LONGEST_OPENING: usize = 90;
const LONGEST_CLOSING: usize = 160;

/// How long one may be that leads nowhere: a sentence may begin with the same words.
const LONGEST_UNLINKED: usize = 70;
const LONGEST_PROMOTION: usize = 300;

/// Of so many characters more than a third may not go: then the page is about something else.
const MOST_GONE: usize = 3;

/// How lines begin, in lower case, that stand below articles.
const CLOSING: [&str; 96] = [
    "sign up",
    "subscribe",
    "follow us",
    "follow @",
    "like us on",
    "find us on",
    "join us on",
    "join our",
    "join the conversation",
    "download our",
    "download the app",
    "get our",
    "get the latest",
    "share this",
    "share on",
    "share your thoughts",
    "tweet this",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "add a comment",
    "comments are closed",
    "no comments",
    "view comments",
    "read more",
    "read next",
    "read also",
    "also read",
    "continue reading",
    "tags:",
    "tagged",
    "topics:",
    "filed under",
    "posted in",
    "categories:",
    "related",
    "more on this",
    "more from",
    "more about",
    "advertisement",
    "support our journalism",
    "your email address",
    "we use cookies",
    "this site uses",
    "report a typo",
    "report an error",
    "see all",
    "view all",
    "back to top",
    "most read",
    "trending",
    "got a tip",
    "have a tip",
    "click here to",
    "email this",
    "print this",
    "folgen sie uns",
    "jetzt abonnieren",
    "suivez-nous",
    "abonnez-vous",
    "inscrivez-vous",
    "síguenos",
    "suscríbete",
    "siga ",
    "assine ",
    "подписывайтесь",
    "please follow",
    "follow me on",
    "follow him on",
    "follow her on",
    "follow them on",
    "you can follow",
    "get updates",
    "get updated",
    "get alerts",
    "copyright",
    "all rights reserved",
    "©",
    "(c) 20",
    "(c) 19",
    "found a mistake",
    "found an error",
    "spotted an error",
    "fehler gefunden",
    "нашли ошибку",
    "заметили ошибку",
    "если вы нашли ошибку",
    "kļūda rakstā",
    "本文来自",
    "更多精彩",
    "有料会員限定",
    "この記事は会員限定",
    "无断转载",
    "版权所有",
    "未经授权",
    "無断転載",
];

/// How lines begin, in lower case, that say when a page was made; a number follows.
const OPENING: [&str; 13] = [
    "published",
    "updated",
    "posted",
    "last updated",
    "last modified",
    "first published",
    "publication date",
    "date:",
    "submitted on",
    "veröffentlicht",
    "aktualisiert",
    "publié le",
    "mis à jour",
];

/// Lines that are nothing else, in lower case.
const ALONE: [&str; 43] = [
    "advertisement",
    "advertisements",
    "advertising",
    "sponsored",
    "story continues below advertisement",
    "story continues below",
    "article continues below",
    "article continues below advertisement",
    "article continues after advertisement",
    "advertisement - continue reading below",
    "advertisement - story continues below",
    "continue reading the main story",
    "continue reading below",
    "scroll to continue",
    "skip advertisement",
    "share this story",
    "share this article",
    "share",
    "loading",
    "next page",
    "previous page",
    "listen to article",
    "listen to this article",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "pubblicità",
    "publicidade",
    "advertentie",
    "реклама",
    "广告",
    "広告",
    "skip ad",
    "image",
    "photo",
    "video",
    "buy photo",
    "now playing",
    "by taboola",
    "sponsored links",
    "promoted content",
    "recommended videos",
];

/// What tells of the author is at most such a part of the whole.
const MOST_ABOUT_AUTHOR: usize = 5;

/// A line of the article: an element with text and no block within.
pub(super) struct Line<'tree> {
    pub(super) node: NodeRef<'tree>,
    pub(super) measure: Measure,
}

impl Line<'_> {
    /// What it says, in lower case.
    pub(super) fn text(&self) -> String {
        let text = tree::visible_text(self.node);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.to_lowercase()
    }

    pub(super) fn is_heading(&self) -> bool {
        element_of(&self.node).is_some_and(|element| {
            matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        })
    }
}

/// Finds such lines among what is left of a page, and omits them by a rule.
pub(super) fn find(
    root: NodeRef<'_>,
    measures: &Measures,
    omitted: &mut Omitted,
    rule: &'static str,
) {
    let mut lines = lines(root, measures, omitted);
    leave_out_author(&mut lines, omitted, rule);
    let whole: usize = lines.iter().map(|line| line.measure.text).sum();
    let mut gone = Vec::new();
    for line in &lines {
        if is_alone(line) || is_promotion(line) {
            gone.push(line);
        }
    }
    let rest = || {
        lines
            .iter()
            .filter(|line| !is_alone(line) && !is_promotion(line))
    };
    gone.extend(
        rest()
            .take(MOST_OPENING)
            .take_while(|line| is_opening(line)),
    );
    gone.extend(closing(rest().collect(), &Site::of(root), whole));
    let length: usize = gone.iter().map(|line| line.measure.text).sum();
    if length * MOST_GONE > whole {
        return;
    }
    for line in gone {
        omitted.entry(line.node.id()).or_insert(rule);
    }
}

/// The lines at the end that speak of the page, and the lists of other articles between them.
fn closing<'lines, 'tree>(
    mut rest: Vec<&'lines Line<'tree>>,
    site: &Site,
    whole: usize,
) -> Vec<&'lines Line<'tree>> {
    let mut gone = Vec::new();
    for _ in 0..MOST_CLOSING {
        let is_notice = |line: &&Line<'_>| is_closing(line) || others::is_button(line, site);
        let count = match rest.last().is_some_and(is_notice) {
            true => 1,
            false => others::listed_last(&rest, site, whole)
                .max(others::teasers_last(&rest, site, whole)),
        };
        if count == 0 {
            break;
        }
        gone.extend(rest.split_off(rest.len().saturating_sub(count)));
    }
    gone
}

/// Omits what tells of the author below the article, by what the page calls it.
fn leave_out_author(lines: &mut Vec<Line<'_>>, omitted: &mut Omitted, rule: &'static str) {
    let whole: usize = lines.iter().map(|line| line.measure.text).sum();
    let is_about = |line: &Line<'_>| {
        let mut around = std::iter::once(line.node).chain(line.node.ancestors());
        around.any(|node| element_of(&node).is_some_and(is_about_author))
    };
    let last = lines
        .iter()
        .rposition(|line| line.measure.is_prose() && !is_about(line));
    let Some(below) = last.and_then(|last| lines.get(last + 1..)) else {
        return;
    };
    let about: Vec<&Line<'_>> = below.iter().filter(|line| is_about(line)).collect();
    let length: usize = about.iter().map(|line| line.measure.text).sum();
    if length * MOST_ABOUT_AUTHOR > whole {
        return;
    }
    let gone: NodeSet = about.iter().map(|line| line.node.id()).collect();
    omitted.extend(gone.iter().map(|id| (*id, rule)));
    lines.retain(|line| !gone.contains(&line.node.id()));
}

/// The lines that are left of a page.
fn lines<'tree>(root: NodeRef<'tree>, measures: &Measures, omitted: &Omitted) -> Vec<Line<'tree>> {
    let mut lines = Vec::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let is_block_element = element_of(&node).is_some_and(|element| is_block(element.name()));
        let is_out =
            omitted.contains_key(&node.id()) || element_of(&node).is_some_and(tree::is_never_shown);
        let measure = measures.get(&node);
        let is_line = !is_out && is_block_element && measure.text > 0 && !has_block(node);
        if is_line {
            lines.push(Line { node, measure });
        }
        let enters = !is_out && !is_line;
        next = enters
            .then(|| node.first_child())
            .flatten()
            .or_else(|| tree::following(node, root.id()));
    }
    lines
}

fn has_block(node: NodeRef<'_>) -> bool {
    node.children().any(|child| {
        element_of(&child).is_some_and(|element| is_block(element.name())) || has_block(child)
    })
}

fn is_alone(line: &Line<'_>) -> bool {
    if line.measure.text > 60 || line.measure.images > 0 || line.is_heading() {
        return false;
    }
    let text = line.text();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ALONE.contains(&text)
}

/// Whether a line only leads to another article, and says so: `Read more: …`.
fn is_promotion(line: &Line<'_>) -> bool {
    let measure = line.measure;
    measure.links > 0
        && measure.is_linked()
        && measure.text <= LONGEST_PROMOTION
        && measure.images == 0
        && begins_like_others(&line.text())
        && element_of(&line.node)
            .is_some_and(|element| !matches!(element.name(), "li" | "td" | "dd" | "dt"))
}

fn is_opening(line: &Line<'_>) -> bool {
    if line.measure.text > LONGEST_OPENING || line.measure.images > 0 {
        return false;
    }
    let text = line.text();
    let is_date = OPENING.iter().any(|words| text.starts_with(words))
        && text.chars().any(|c| c.is_ascii_digit())
        && !text.ends_with('.');
    let is_length = text.ends_with("min read") || text.ends_with("minute read");
    is_date || is_length
}

fn is_closing(line: &Line<'_>) -> bool {
    if line.measure.text > LONGEST_CLOSING || line.measure.images > 0 {
        return false;
    }
    let text = line.text();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let invites = text.contains("newsletter")
        && ["sign up", "subscribe", "inbox", "abonn"]
            .iter()
            .any(|words| text.contains(words));
    let is_short = line.measure.links > 0 || line.measure.text <= LONGEST_UNLINKED;
    invites
        || (is_short && CLOSING.iter().any(|words| text.starts_with(words)))
        || (line.is_heading() && begins_like_others(text))
}
