//! Inlines that stand side by side in the same format, once what parted them is gone, are one.

use crate::clean::body::walk::draft::{Draft, each_line};
use crate::clean::body::walk::links::children_mut;
use crate::model::{CleanText, Inline};

/// Joins neighbours in every line.
pub(in crate::clean::body) fn join(drafts: &mut [Draft]) {
    each_line(drafts, &mut join_line);
}

/// Joins neighbours in a line.
pub(in crate::clean::body) fn join_line(line: &mut Vec<Inline>) {
    if may_join(line) {
        *line = joined(std::mem::take(line));
    }
    for inline in line {
        for group in children_mut(inline) {
            join_line(group);
        }
        unwrap_script(inline);
    }
}

/// A script that is nothing but a script of the same kind is that.
fn unwrap_script(inline: &mut Inline) {
    let inner = match inline {
        Inline::Superscript(content) => match content.as_mut_slice() {
            [Inline::Superscript(inner)] => inner,
            _ => return,
        },
        Inline::Subscript(content) => match content.as_mut_slice() {
            [Inline::Subscript(inner)] => inner,
            _ => return,
        },
        _ => return,
    };
    let inner = std::mem::take(inner);
    match inline {
        Inline::Superscript(content) | Inline::Subscript(content) => *content = inner,
        _ => {}
    }
}

/// Whether anything may come together in a line: two texts that touch, or two formats. Most lines
/// have neither, and stay as they are.
fn may_join(line: &[Inline]) -> bool {
    let texts = line.iter().zip(line.iter().skip(1));
    let mut touching = texts.filter(|(text, next)| is_text(text) && is_text(next));
    touching.next().is_some() || line.iter().filter(|inline| is_format(inline)).count() > 1
}

fn joined(line: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(line.len());
    for inline in line {
        let between = if is_format(&inline) {
            split_small(&mut joined)
        } else {
            Vec::new()
        };
        if let Some((between, apart)) = add(joined.last_mut(), between, inline) {
            joined.extend(between);
            joined.push(apart);
        }
    }
    joined
}

/// Formats that reach over spaces, line breaks and places.
fn is_format(inline: &Inline) -> bool {
    matches!(
        inline,
        Inline::Strong(_)
            | Inline::Emphasis(_)
            | Inline::Struck(_)
            | Inline::Subscript(_)
            | Inline::Superscript(_)
            | Inline::Code(_)
            | Inline::Span(_)
    )
}

fn is_text(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(_))
}

/// Takes the spaces, line breaks and places off the end of a line.
fn split_small(line: &mut Vec<Inline>) -> Vec<Inline> {
    let small = |inline: &&Inline| match inline {
        Inline::Break | Inline::Anchor(_) => true,
        Inline::Text(text) => text.is_blank(),
        _ => false,
    };
    let count = line.iter().rev().take_while(small).count();
    line.split_off(line.len() - count)
}

/// Adds an inline, and what stands before it, to the one before that, or gives both back.
fn add(
    last: Option<&mut Inline>,
    between: Vec<Inline>,
    next: Inline,
) -> Option<(Vec<Inline>, Inline)> {
    let (content, more) = match (last, next) {
        (Some(Inline::Text(text)), Inline::Text(more)) => {
            *text = CleanText::new(format!("{text}{more}"));
            return None;
        }
        (Some(Inline::Code(code)), Inline::Code(more)) if between.is_empty() => {
            *code = CleanText::new(format!("{code}{more}"));
            return None;
        }
        (Some(Inline::Strong(content)), Inline::Strong(more))
        | (Some(Inline::Emphasis(content)), Inline::Emphasis(more))
        | (Some(Inline::Struck(content)), Inline::Struck(more))
        | (Some(Inline::Subscript(content)), Inline::Subscript(more))
        | (Some(Inline::Superscript(content)), Inline::Superscript(more)) => (content, more),
        (Some(Inline::Span(span)), Inline::Span(more))
            if span.language == more.language && span.direction == more.direction =>
        {
            (&mut span.content, more.content)
        }
        (_, apart) => return Some((between, apart)),
    };
    content.extend(between);
    content.extend(more);
    None
}
