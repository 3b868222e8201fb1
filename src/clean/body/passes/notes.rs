//! Notes without a mark are text like any other, and marks without a note are links.

use crate::clean::body::walk::draft::groups_mut;
use crate::clean::body::walk::draft::{Draft, Part, drafts as as_drafts, each_part};
use crate::clean::body::walk::links::children_mut;
use crate::model::{AnchorName, Block, Inline, Link, Note, Target};
use std::collections::BTreeSet;

/// Settles which notes and marks of notes there are.
pub(in crate::clean::body) fn settle(drafts: &mut Vec<Draft>) {
    let (mut notes, mut marks) = (BTreeSet::new(), BTreeSet::new());
    each_part(drafts, &mut |part| match part {
        Part::Note(name) => {
            notes.insert(name.clone());
        }
        Part::Line(line) => collect(line, &mut marks),
        Part::Place(..) => {}
    });
    if notes.is_empty() && marks.is_empty() {
        return;
    }
    each_part(drafts, &mut |part| {
        if let Part::Line(line) = part {
            line.iter_mut().for_each(|inline| link(inline, &notes));
        }
    });
    let kept = |note: &Note| note.name.as_ref().is_none_or(|name| marks.contains(name));
    let mut settled = Vec::with_capacity(drafts.len());
    for draft in std::mem::take(drafts) {
        let mark = draft.mark;
        let mut places = draft.places;
        for inner in as_drafts(unwrapped(vec![draft.block], &kept)) {
            let inner = Draft { mark, ..inner };
            settled.push(inner.placed(std::mem::take(&mut places)));
        }
    }
    *drafts = settled;
}

fn collect(line: &[Inline], marks: &mut BTreeSet<AnchorName>) {
    for inline in line {
        if let Inline::NoteReference(mark) = inline {
            marks.insert(mark.target.clone());
        }
        for group in inline.children() {
            collect(group, marks);
        }
    }
}

/// Makes the mark of a note that is not there a link.
fn link(inline: &mut Inline, notes: &BTreeSet<AnchorName>) {
    if let Inline::NoteReference(mark) = inline
        && !notes.contains(&mark.target)
    {
        *inline = Inline::Link(Link {
            target: Target::Fragment(mark.target.clone()),
            content: std::mem::take(&mut mark.content),
        });
    }
    for group in children_mut(inline) {
        group.iter_mut().for_each(|inner| link(inner, notes));
    }
}

/// Blocks without the notes that are none. The tree's depth is bounded, so recursion is too.
fn unwrapped(blocks: Vec<Block>, kept: &dyn Fn(&Note) -> bool) -> Vec<Block> {
    let mut settled = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Note(note) => {
                let is_kept = kept(&note);
                let note = Note {
                    content: unwrapped(note.content, kept),
                    ..note
                };
                if is_kept {
                    settled.push(Block::Note(note));
                } else {
                    settled.extend(note.unwrapped());
                }
            }
            mut other => {
                for group in groups_mut(&mut other) {
                    *group = unwrapped(std::mem::take(group), kept);
                }
                settled.push(other);
            }
        }
    }
    settled
}
