//! The text of a post: of the editor of blocks, in which HTML stands between comments, or of the one
//! before, in which blank lines are paragraphs.

use super::paragraphs::with_paragraphs;
use super::shortcodes::{Context, embedded, expanded};
use memchr::memmem;

/// What comments of blocks begin with.
const OPEN: &str = "<!-- wp:";
const CLOSE: &str = "<!-- /wp:";

/// The HTML that a site shows of a text.
pub(super) fn html(text: &str, context: &Context<'_>) -> String {
    if !text.contains(OPEN) {
        return with_paragraphs(&expanded(text, context));
    }
    let mut html = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Part::Typed(text) => html.push_str(&with_paragraphs(&expanded(text, context))),
            Part::Block(text) => html.push_str(&expanded(&with_embeds(text), context)),
        }
    }
    html
}

/// A run of a text.
enum Part<'text> {
    /// What stands between blocks, or in a block of the editor before.
    Typed(&'text str),
    /// What stands in a block.
    Block(&'text str),
}

/// The runs of a text, without the comments that part them.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut typed_depth = None;
    let mut rest = text;
    while let Some(start) = comment(rest) {
        let (before, comment) = rest.split_at_checked(start).unwrap_or((rest, ""));
        parts.push(part(before, depth, typed_depth));
        let length = memmem::find(comment.as_bytes(), b"-->").map_or(comment.len(), |at| at + 3);
        let (comment, after) = comment.split_at_checked(length).unwrap_or((comment, ""));
        if comment.starts_with(CLOSE) {
            depth = depth.saturating_sub(1);
            typed_depth = typed_depth.filter(|&typed| typed <= depth);
        } else if !comment.ends_with("/-->") {
            depth += 1;
            let name = comment.strip_prefix(OPEN).unwrap_or_default();
            if name.starts_with("freeform ") || name.starts_with("classic ") {
                typed_depth = typed_depth.or(Some(depth));
            }
        }
        rest = after;
    }
    parts.push(part(rest, depth, typed_depth));
    parts
}

fn part(text: &str, depth: usize, typed_depth: Option<usize>) -> Part<'_> {
    match depth == 0 || typed_depth.is_some() {
        true => Part::Typed(text),
        false => Part::Block(text),
    }
}

/// Where the next comment of a block begins.
fn comment(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = memmem::find(text.as_bytes().get(from..)?, b"<!-- ") {
        let start = from + at;
        let rest = text.get(start..)?;
        if rest.starts_with(OPEN) || rest.starts_with(CLOSE) {
            return Some(start);
        }
        from = start + 5;
    }
    None
}

/// The blocks of films and other sites' entries hold nothing but an address.
fn with_embeds(text: &str) -> String {
    const WRAPPER: &str = "wp-block-embed__wrapper\">";
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(WRAPPER) {
        html.push_str(before);
        html.push_str(WRAPPER);
        let end = after.find('<').unwrap_or(after.len());
        let (address, after) = after.split_at_checked(end).unwrap_or((after, ""));
        match embedded(address.trim()) {
            Some(embed) => html.push_str(&embed),
            None => html.push_str(address),
        }
        rest = after;
    }
    html.push_str(rest);
    html
}
