//! Places that links lead to: where in a line they stand, and their numbers.
//!
//! A place takes no room. In a line it stands right before the next visible thing, outside the formats
//! that begin there; before what is no line it is a block. It has its number by the order in which places and links to them are met. The walk
//! does the same, so that reading what was written moves and renames nothing.

use crate::clean::body::passes::neighbours;
use crate::clean::body::walk::draft::{self, Draft, Part};
use crate::clean::body::walk::line::is_gap;
use crate::clean::body::walk::links::children_mut;
use crate::model::{AnchorName, CleanText, Inline, Link, NoteReference, Target};
use std::collections::BTreeMap;

/// Puts every place where it belongs, and numbers them.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft]) {
    draft::each_line(drafts, &mut |line| {
        if holds_place(line) {
            let settled = Settled::of(std::mem::take(line));
            line.extend(settled.leading);
            line.extend(settled.content);
            line.extend(settled.trailing);
        }
    });
    let mut numbers = BTreeMap::new();
    draft::each_part(drafts, &mut |part| match part {
        Part::Line(line) => number(line, &mut numbers),
        Part::Note(name) | Part::Place(name, _) => renumber(name, &mut numbers),
    });
}

fn holds_place(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Anchor(_) => true,
        other => other.children().any(holds_place),
    })
}

/// A line whose places stand where they belong, but for those at its ends: it depends on what is
/// around it where those belong.
#[derive(Default)]
struct Settled {
    leading: Vec<Inline>,
    content: Vec<Inline>,
    trailing: Vec<Inline>,
}

impl Settled {
    fn of(line: Vec<Inline>) -> Self {
        let mut settled = Settled::default();
        for inline in line {
            match inline {
                Inline::Anchor(_) => settled.trailing.push(inline),
                Inline::Break => settled.content.push(inline),
                Inline::Text(text) => settled.push_text(&text),
                other => settled.push_group(other),
            }
        }
        settled
    }

    /// Puts the places that were met before the next visible thing.
    fn put_places(&mut self) {
        if self.content.is_empty() {
            self.leading.append(&mut self.trailing);
        } else {
            self.content.append(&mut self.trailing);
        }
    }

    /// Adds characters; white space that they begin with stands before the places.
    fn push_text(&mut self, text: &CleanText) {
        let words = text.trim_start_matches(is_gap);
        let gap = text.strip_suffix(words).unwrap_or_default();
        if self.trailing.is_empty() || gap.is_empty() {
            if !words.is_empty() {
                self.put_places();
            }
            self.content.push(Inline::Text(text.clone()));
            return;
        }
        self.content.push(Inline::Text(CleanText::new(gap)));
        neighbours::join_line(&mut self.content);
        if !words.is_empty() {
            self.put_places();
            self.content.push(Inline::Text(CleanText::new(words)));
        }
    }

    /// Adds something with lines of its own, or none. Places at the end of a ruby's base stand before
    /// its annotation.
    fn push_group(&mut self, mut inline: Inline) {
        let is_ruby = matches!(inline, Inline::Ruby(_));
        let mut waiting = Vec::new();
        for group in children_mut(&mut inline) {
            let inner = Settled::of(std::mem::take(group));
            if is_ruby {
                group.append(&mut waiting);
                group.extend(inner.leading);
            } else {
                self.trailing.extend(inner.leading);
            }
            group.extend(inner.content);
            waiting = inner.trailing;
        }
        self.put_places();
        self.content.push(inline);
        self.trailing = waiting;
    }
}

/// Gives places and the links to them the numbers by which they are met.
fn number(line: &mut [Inline], numbers: &mut BTreeMap<AnchorName, usize>) {
    for inline in line {
        if let Inline::Anchor(name)
        | Inline::Link(Link {
            target: Target::Fragment(name),
            ..
        })
        | Inline::NoteReference(NoteReference { target: name, .. }) = inline
        {
            renumber(name, numbers);
        }
        for group in children_mut(inline) {
            number(group, numbers);
        }
    }
}

fn renumber(name: &mut AnchorName, numbers: &mut BTreeMap<AnchorName, usize>) {
    let next = numbers.len() + 1;
    let number = *numbers.entry(name.clone()).or_insert(next);
    *name = name.clone().renumbered(number);
}
