//! Paragraphs that hold nothing but code, in lines, are listings.

use crate::clean::body::walk::draft::{Draft, groups_mut};
use crate::model::{Block, CleanText, Inline};

/// Makes listings of such paragraphs, however deep they stand.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft]) {
    for draft in drafts {
        settle_block(&mut draft.block);
    }
}

fn settle_block(block: &mut Block) {
    if let Block::Paragraph(line) = block
        && let Some(text) = lines_of_code(line)
    {
        *block = Block::Code(text.into());
        return;
    }
    for group in groups_mut(block) {
        group.iter_mut().for_each(settle_block);
    }
}

fn lines_of_code(line: &[Inline]) -> Option<CleanText> {
    let mut text = String::new();
    let mut breaks = 0;
    for inline in line {
        match inline {
            Inline::Code(code) => text.push_str(code),
            Inline::Text(gap) if gap.is_blank() => text.push_str(gap),
            Inline::Break => {
                breaks += 1;
                text.push('\n');
            }
            _ => return None,
        }
    }
    // As in every listing.
    (breaks > 0).then(|| CleanText::new(text.replace('\u{a0}', " ")))
}
