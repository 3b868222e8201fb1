//! What stands below the text: the agencies it came from, and the statement of rights.

use crate::clean::body::passes::captions::width;
use crate::clean::body::walk::draft::Draft;
use crate::model::{Block, CleanText, Inline, plain_text};

/// How long a statement of rights may be, in half-width characters.
const MAXIMUM_RIGHTS: usize = 600;

/// How long a credit may be, in half-width characters.
const MAXIMUM_CREDIT: usize = 80;

/// Names that agencies are known by where they do not end in 社.
const AGENCIES: [&str; 16] = [
    "路透",
    "综合报道",
    "綜合報道",
    "综合报导",
    "綜合報導",
    "reuters",
    "afp",
    "dpa",
    "ap",
    "epd",
    "kna",
    "bbc",
    "ansa",
    "efe",
    "tass",
    "upi",
];

/// How many blocks may follow the ending: what other programs add below the text.
const MAXIMUM_BELOW: usize = 4;

/// What a text ended with.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Endings {
    pub credit: Option<CleanText>,
    pub rights: Option<CleanText>,
}

/// Takes the statement of rights, and the agencies before it or at the very end.
pub(in crate::clean::body) fn take(drafts: &mut Vec<Draft>) -> Endings {
    let below = drafts.len().saturating_sub(1 + MAXIMUM_BELOW).max(1);
    let rights_at = (below..drafts.len())
        .rev()
        .find(|&at| is_at(drafts, at, is_rights));
    if let Some(at) = rights_at {
        split_links(drafts, at);
    }
    let rights = rights_at.and_then(|at| remove(drafts, at));
    let ends = [rights_at.unwrap_or(drafts.len()), drafts.len()].map(|end| end.saturating_sub(1));
    let credit_at = ends
        .into_iter()
        .find(|&at| at > 0 && is_at(drafts, at, is_credit));
    let credit = credit_at.and_then(|at| remove(drafts, at));
    Endings { credit, rights }
}

fn is_at(drafts: &[Draft], at: usize, is_wanted: fn(&str) -> bool) -> bool {
    let line = drafts.get(at).and_then(Draft::paragraph);
    line.is_some_and(|line| is_wanted(plain_text(line).trim()))
}

fn remove(drafts: &mut Vec<Draft>, at: usize) -> Option<CleanText> {
    let text = CleanText::line(&plain_text(drafts.get(at)?.paragraph()?));
    drafts.remove(at);
    Some(text)
}

/// Leaves the links of a feed (`© Name | Permalink | Comments`) a paragraph of their own, behind the
/// statement that they follow.
fn split_links(drafts: &mut Vec<Draft>, at: usize) {
    let Some(Block::Paragraph(line)) = drafts.get_mut(at).map(|draft| &mut draft.block) else {
        return;
    };
    let begins = |pair: (&Inline, &Inline)| matches!(pair, (Inline::Text(text), Inline::Link(_)) if text.contains('|'));
    let Some(position) = line.iter().zip(line.iter().skip(1)).position(begins) else {
        return;
    };
    let mut rest = line.split_off(position);
    if let Some(Inline::Text(text)) = rest.first_mut() {
        let (before, after) = text.split_at(text.find('|').unwrap_or_default());
        line.push(Inline::Text(CleanText::new(before.trim_end())));
        *text = CleanText::new(after);
    }
    drafts.insert(at + 1, Draft::plain(Block::Paragraph(rest)));
}

pub(in crate::clean::body) fn is_rights(text: &str) -> bool {
    let begins_with = |words: &str| {
        let start = text.get(..words.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(words))
    };
    let begins = text.starts_with(['©', 'Ⓒ'])
        || ["copyright", "版权声明", "版權聲明", "(c) "]
            .into_iter()
            .any(begins_with);
    begins && width(text) <= MAXIMUM_RIGHTS
}

pub(in crate::clean::body) fn is_credit(text: &str) -> bool {
    let inside = text
        .strip_prefix(['（', '('])
        .and_then(|text| text.trim_end_matches(['。', '.']).strip_suffix(['）', ')']));
    let Some(inside) = inside.filter(|inside| width(inside) <= MAXIMUM_CREDIT) else {
        return false;
    };
    let separators = ['、', '/', '／', '，', ',', ';', '；', '\u{a0}'];
    let mut names = inside
        .split(separators)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .peekable();
    names.peek().is_some() && names.all(is_agency)
}

fn is_agency(name: &str) -> bool {
    let lower = name.to_lowercase();
    let known = |agency: &str| {
        if agency.is_ascii() {
            lower
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| word == agency)
        } else {
            lower.contains(agency)
        }
    };
    let short = name.chars().count() <= 10;
    (short && (name.ends_with('社') || name.ends_with("通讯社") || name.ends_with("通訊社")))
        || (name.chars().count() <= 24 && AGENCIES.iter().any(|agency| known(agency)))
        || (short && matches!(name, "等" | "网站" | "德国之声"))
}
