//! The forms that CommonMark does not know become ones that it does, before the text is parsed: the
//! marks of note programs, the tags of site generators, addresses that stand bare.

use super::lines::bounded;
use super::shield::Shield;
use super::{
    addresses, attributes, broken_links, callouts, furniture, indented, inline, marks, outline,
    shortcodes, tags,
};
use std::borrow::Cow;
use std::ops::Range;

/// Changes to a text, each of which replaces a part of it.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Replaces a part.
    pub(super) fn replace(&mut self, range: Range<usize>, by: impl Into<String>) {
        self.0.push((range, by.into()));
    }

    /// Leaves a part out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, String::new());
    }

    /// Puts something in before a position.
    pub(super) fn insert(&mut self, position: usize, text: impl Into<String>) {
        self.replace(position..position, text);
    }

    /// The text with all changes; of two that overlap, the one that begins first.
    fn applied(mut self, text: &str) -> Cow<'_, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        // Stable: of two at one place, the one that was found first.
        self.0.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len() + self.0.len() * 8);
        let mut done = 0;
        for (range, by) in self.0 {
            if range.start < done || range.end < range.start {
                continue;
            }
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(&by);
            done = range.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }
}

/// How often the signs of prices are looked for: without one that began a formula, the next may.
const MOST_ROUNDS: usize = 5;

/// The text in the forms that the parser knows.
pub(super) fn rewritten(text: &str) -> Cow<'_, str> {
    let mut text = indented::opened(bounded(text));
    let mut shield = Shield::of(&text);
    for _ in 0..MOST_ROUNDS {
        if shield.dollars.is_empty() {
            break;
        }
        let mut edits = Edits::default();
        for &dollar in &shield.dollars {
            edits.insert(dollar, "\\");
        }
        text = Cow::Owned(edits.applied(&text).into_owned());
        shield = Shield::of(&text);
    }
    match rewritten_marks(&text, shield) {
        Cow::Owned(rewritten) => Cow::Owned(rewritten),
        Cow::Borrowed(_) => text,
    }
}

fn rewritten_marks(text: &str, mut shield: Shield) -> Cow<'_, str> {
    let mut edits = Edits::default();
    let code = tags::find(text, &shield, &mut edits);
    shield.fix(code);
    shortcodes::find(text, &shield, &mut edits);
    furniture::find(text, &shield, &mut edits);
    outline::find(text, &shield, &mut edits);
    inline::find(text, &shield, &mut edits);
    marks::find_comments(text, &shield, &mut edits);
    marks::find_mdx_comments(text, &shield, &mut edits);
    marks::find_odd_lines(text, &shield, &mut edits);
    callouts::find(text, &shield, &mut edits);
    attributes::find(text, &shield, &mut edits);
    marks::find_wikilinks(text, &shield, &mut edits);
    marks::find_highlights(text, &shield, &mut edits);
    marks::find_strong(text, &shield, &mut edits);
    broken_links::find(text, &shield, &mut edits);
    addresses::find(text, &shield, &mut edits);
    edits.applied(text)
}
