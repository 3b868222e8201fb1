//! Language and direction of the whole text, which its parts need not repeat.

use crate::clean::body::walk::draft::{Draft, each_line};
use crate::model::{Inline, LanguageSpan};

/// Unwraps spans that most lines of the text stand in, and those that they stand in then.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft]) {
    each_line(drafts, &mut |line| {
        if let Some(Inline::Span(span)) = line.first_mut() {
            turn_inward(span);
        }
    });
    while unwrap_common(drafts) {}
}

/// Of a direction in a direction only the inner counts, where nothing else stands in the outer.
fn turn_inward(span: &mut LanguageSpan) {
    while span.direction.is_some()
        && let [Inline::Span(inner)] = span.content.as_mut_slice()
        && inner.direction.is_some()
    {
        let language = inner.language.take().or(span.language.take());
        span.direction = inner.direction;
        span.language = language;
        span.content = std::mem::take(&mut inner.content);
    }
}

/// Unwraps one kind of spans, if most lines stand in it.
pub(in crate::clean::body) fn unwrap_common(drafts: &mut [Draft]) -> bool {
    let mut lines = 0usize;
    let mut common: Option<(LanguageSpan, usize)> = None;
    each_line(drafts, &mut |line| {
        lines += usize::from(!line.is_empty());
        if let Some(span) = whole(line) {
            match &mut common {
                Some((known, count)) if is_same(known, span) => *count += 1,
                Some((_, count)) if *count > 0 => *count -= 1,
                other => *other = Some((bare(span), 1)),
            }
        }
    });
    let Some((common, _)) = common else {
        return false;
    };
    let mut count = 0;
    each_line(drafts, &mut |line| {
        count += usize::from(whole(line).is_some_and(|span| is_same(span, &common)));
    });
    let most = count * 2 > lines;
    if most {
        each_line(drafts, &mut |line| unwrap(line, &common));
    }
    most
}

/// The span that all of a line stands in.
fn whole(line: &[Inline]) -> Option<&LanguageSpan> {
    match line {
        [Inline::Span(span)] => Some(span),
        _ => None,
    }
}

fn is_same(left: &LanguageSpan, right: &LanguageSpan) -> bool {
    left.language == right.language && left.direction == right.direction
}

fn bare(span: &LanguageSpan) -> LanguageSpan {
    LanguageSpan {
        language: span.language.clone(),
        direction: span.direction,
        content: Vec::new(),
    }
}

fn unwrap(line: &mut Vec<Inline>, common: &LanguageSpan) {
    let old = std::mem::take(line);
    for inline in old {
        match inline {
            Inline::Span(span) if is_same(&span, common) => line.extend(span.content),
            other => line.push(other),
        }
    }
}
