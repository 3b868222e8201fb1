//! Headings: those that the page sets in bold, and levels without gaps.

use crate::clean::body::passes::captions::width;
use crate::clean::body::walk::draft::Draft;
use crate::model::{Block, Heading, HeadingLevel, Inline, plain_text};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How long a bold line may be and still be a heading, in half-width characters.
const MAXIMUM_BOLD: usize = 80;

/// How long a heading may be, in half-width characters; beyond, it is a paragraph.
const MAXIMUM_HEADING: usize = 300;

/// How long a bold question may be and still be a heading, in half-width characters.
const MAXIMUM_QUESTION: usize = 48;

/// More bold questions than this are those of an interview, unless most bold lines are no questions.
const MAXIMUM_QUESTIONS: usize = 2;

/// What may stand behind the sign that ends a sentence.
const CLOSING: [char; 11] = ['」', '』', '”', '’', '"', '\'', '）', ')', '》', '】', ' '];

/// More bold lines in a row than this are no headings.
const MAXIMUM_ROW: usize = 2;

/// Sets a bold first line apart from the text that it stands above.
pub(in crate::clean::body) fn split(drafts: Vec<Draft>) -> Vec<Draft> {
    if !drafts.iter().any(begins_bold) {
        return drafts;
    }
    let mut parts = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let text = match &mut draft.block {
            Block::Paragraph(line) if stands_above_text(line) => {
                let text = line.split_off(2);
                line.pop();
                Some(Draft::plain(Block::Paragraph(text)))
            }
            _ => None,
        };
        parts.push(draft);
        parts.extend(text);
    }
    parts
}

/// Whether a paragraph begins with something bold on a line of its own.
fn begins_bold(draft: &Draft) -> bool {
    let line = draft.paragraph().map(Vec::as_slice);
    matches!(line, Some([Inline::Strong(_), Inline::Break, ..]))
}

/// Whether the first line is bold, reads like a heading, and the rest is longer.
fn stands_above_text(line: &[Inline]) -> bool {
    let [Inline::Strong(content), Inline::Break, rest @ ..] = line else {
        return false;
    };
    is_heading_text(content) && width(&plain_text(rest)) > width(&plain_text(content))
}

/// Makes headings of bold paragraphs.
pub(in crate::clean::body) fn promote(drafts: &mut [Draft]) {
    let repeated = repeated_lines(drafts);
    let asks = is_interview(drafts);
    let bold: Vec<bool> = drafts
        .iter()
        .map(|draft| {
            is_bold_line(draft) && {
                let text = bold_text(draft);
                !(repeated.contains(text.as_ref()) || asks && is_question(text.trim()))
            }
        })
        .collect();
    let text: Vec<bool> = drafts.iter().map(is_text).collect();
    let mut start = 0;
    while start < drafts.len() {
        let row = bold.iter().skip(start).take_while(|&&bold| bold).count();
        let followed = text.get(start + row).copied().unwrap_or(false)
            || text.iter().skip(start + row).any(|&text| text);
        if (1..=MAXIMUM_ROW).contains(&row) && followed {
            drafts
                .iter_mut()
                .skip(start)
                .take(row)
                .for_each(make_heading);
        }
        start += row.max(1);
    }
}

/// Bold lines that stand more than twice, as the names of people who speak do.
fn repeated_lines(drafts: &[Draft]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| is_bold_line(draft)) {
        *counts.entry(bold_text(draft).into_owned()).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > 2)
        .map(|(text, _)| text)
        .collect()
}

/// Whether the bold lines are somebody's questions.
fn is_interview(drafts: &[Draft]) -> bool {
    let bold = drafts.iter().filter(|draft| is_bold_line(draft));
    let (questions, others) = bold.fold((0, 0), |(questions, others), draft| {
        let asks = usize::from(is_question(bold_text(draft).trim()));
        (questions + asks, others + 1 - asks)
    });
    questions > MAXIMUM_QUESTIONS && questions > others
}

fn bold_text(draft: &Draft) -> Cow<'_, str> {
    draft
        .paragraph()
        .map(|line| plain_text(line))
        .unwrap_or_default()
}

fn is_text(draft: &Draft) -> bool {
    matches!(
        draft.block,
        Block::Paragraph(_) | Block::List(_) | Block::Quote(_) | Block::Table(_)
    )
}

/// Whether all that a paragraph says is bold, short, and no sentence.
fn is_bold_line(draft: &Draft) -> bool {
    let Some(line) = draft.paragraph() else {
        return false;
    };
    bold_content(line).is_some_and(is_heading_text)
}

/// Whether bold text is short, and no sentence.
fn is_heading_text(content: &[Inline]) -> bool {
    let text = plain_text(content);
    let text = text.trim();
    let links = content
        .iter()
        .filter(|inline| matches!(inline, Inline::Link(_)));
    let linked: usize = links
        .flat_map(Inline::children)
        .map(|link| width(&plain_text(link)))
        .sum();
    let aside = text.starts_with(['（', '(', '【', '[', '▲', '△', '图', '圖'])
        && text.ends_with(['）', ')', '】', ']']);
    let lines = content.contains(&Inline::Break);
    !text.is_empty()
        && linked * 2 < width(text)
        && !aside
        && !lines
        && !text.contains(['=', '＝'])
        && !closes_unopened(text)
        && width(text) <= MAXIMUM_BOLD
        && !ends_like_sentence(text)
        && text.chars().any(char::is_alphabetic)
}

/// What stands in the one bold inline of a line.
fn bold_content(line: &[Inline]) -> Option<&[Inline]> {
    let mut visible = line
        .iter()
        .filter(|inline| !matches!(inline, Inline::Anchor(_)));
    match (visible.next(), visible.next()) {
        (Some(Inline::Strong(content)), None) => Some(content),
        (Some(Inline::Emphasis(content)), None) => match content.as_slice() {
            [Inline::Strong(inner)] => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a text ends as sentences do: a closing quotation mark or bracket does not hide it.
fn ends_like_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| CLOSING.contains(&c));
    let numbered = text.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        && text
            .chars()
            .nth(1)
            .is_some_and(|c| matches!(c, '、' | '，' | '：'));
    let long_question = is_question(text)
        && !numbered
        && (width(text) > MAXIMUM_QUESTION || text.contains(['：', ':']));
    bare.ends_with([
        '。', '！', '!', '.', '…', '；', ';', '：', ':', '，', ',', '、',
    ]) || long_question
}

/// Whether a text ends a quotation that began before it.
fn closes_unopened(text: &str) -> bool {
    let pairs = [
        ('「', '」'),
        ('『', '』'),
        ('“', '”'),
        ('《', '》'),
        ('（', '）'),
    ];
    pairs
        .iter()
        .any(|&(opens, closes)| text.ends_with(closes) && !text.contains(opens))
}

fn is_question(text: &str) -> bool {
    let closing = |c: char| CLOSING.contains(&c);
    text.trim_end_matches(closing).ends_with(['？', '?'])
}

fn make_heading(draft: &mut Draft) {
    let Block::Paragraph(line) = &mut draft.block else {
        return;
    };
    let mut content = Vec::with_capacity(line.len());
    for inline in std::mem::take(line) {
        match inline {
            Inline::Strong(inner) => content.extend(inner),
            Inline::Emphasis(inner) => {
                content.extend(inner.into_iter().flat_map(|inline| match inline {
                    Inline::Strong(innermost) => innermost,
                    other => vec![other],
                }))
            }
            other => content.push(other),
        }
    }
    draft.block = Block::Heading(Heading {
        level: HeadingLevel::Two,
        content,
    });
    draft.mark.heading = 2;
}

/// A page that sets whole paragraphs as headings means paragraphs.
pub(in crate::clean::body) fn demote(drafts: &mut [Draft]) {
    for draft in drafts {
        if let Block::Heading(heading) = &mut draft.block
            && width(&plain_text(&heading.content)) > MAXIMUM_HEADING
        {
            draft.block = Block::Paragraph(std::mem::take(&mut heading.content));
            draft.mark.heading = 0;
        }
    }
}

/// A heading is bold already.
pub(in crate::clean::body) fn make_plain(drafts: &mut [Draft]) {
    for draft in drafts {
        if let Block::Heading(heading) = &mut draft.block
            && let [Inline::Strong(content)] = heading.content.as_mut_slice()
        {
            heading.content = std::mem::take(content);
        }
    }
}

/// Sets levels so that they begin at 2 and never go down by more than one.
pub(in crate::clean::body) fn level(drafts: &mut [Draft]) {
    let mut outline: Vec<u8> = Vec::new();
    for draft in drafts {
        let number = draft.mark.heading;
        level_block(&mut draft.block, number, &mut outline);
    }
}

fn level_block(block: &mut Block, number: u8, outline: &mut Vec<u8>) {
    match block {
        Block::Heading(heading) => {
            let number = if number == 0 {
                heading.level.number()
            } else {
                number
            };
            while outline.last().is_some_and(|&above| above >= number) {
                outline.pop();
            }
            outline.push(number);
            let depth = u8::try_from(outline.len()).unwrap_or(u8::MAX);
            heading.level = HeadingLevel::nearest(depth.saturating_add(1));
        }
        Block::Quote(blocks) => blocks
            .iter_mut()
            .for_each(|block| level_block(block, 0, outline)),
        Block::Note(note) => {
            let content = note.content.iter_mut();
            content.for_each(|block| level_block(block, 0, outline));
        }
        Block::List(list) => {
            list.items
                .iter_mut()
                .flatten()
                .for_each(|block| level_block(block, 0, outline));
        }
        Block::Table(table) => {
            let cells = table.rows.iter_mut().flatten();
            cells
                .flat_map(|cell| &mut cell.content)
                .for_each(|block| level_block(block, 0, outline));
        }
        _ => {}
    }
}

/// Whether a heading says what the title says.
pub(in crate::clean::body) fn repeats(draft: &Draft, title: &str) -> bool {
    let Block::Heading(heading) = &draft.block else {
        return false;
    };
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let title = letters(title);
    !title.is_empty() && letters(&plain_text(&heading.content)) == title
}
