//! The text of a post: of the editor of blocks, in which HTML stands between comments, or of the one
//! before, in which blank lines are paragraphs.

use super::paragraphs::with_paragraphs;
use super::shortcodes::{Context, embedded, expanded};
use memchr::memmem;

/// What comments of blocks begin with.
const OPEN: &str = "<!-- wp:";
const CLOSE: &str = "<!-- /wp:";

/// How deep blocks that several posts show may stand within each other, and how many bytes of them one text
/// may show.
const MOST_LEVELS: usize = 3;
const MOST_SHARED_BYTES: usize = 256 * 1024;

/// What a formula begins with, and how long one may be in bytes.
const FORMULA: &str = "$latex ";
const LONGEST_FORMULA: usize = 2_000;

/// The HTML that a site shows of a text.
pub(super) fn html(text: &str, context: &Context<'_>) -> String {
    with_formulas(&shown(text, context, 0))
}

/// The same of a text that stands so many levels deep in blocks that several posts show.
fn shown(text: &str, context: &Context<'_>, level: usize) -> String {
    if !text.contains(OPEN) {
        return with_paragraphs(&expanded(text, context));
    }
    let mut html = String::with_capacity(text.len());
    let mut room = MOST_SHARED_BYTES;
    for part in parts(text) {
        match part {
            Part::Shared(number) => {
                let text = context.site.shared(number).filter(|_| level < MOST_LEVELS);
                if let Some(text) = text.filter(|text| text.len() <= room) {
                    room -= text.len();
                    html.push_str(&shown(text, context, level + 1));
                }
            }
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
    /// A block of this number, which several posts show.
    Shared(u64),
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
        } else if comment.ends_with("/-->") {
            parts.extend(shared(comment).map(Part::Shared));
        } else {
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

/// The number of the block that a comment stands for: `<!-- wp:block {"ref":12} /-->`.
fn shared(comment: &str) -> Option<u64> {
    let attributes = comment.strip_prefix(OPEN)?.strip_prefix("block ")?;
    let attributes = attributes.strip_suffix("/-->")?.trim();
    let attributes: serde_json::Value = serde_json::from_str(attributes).ok()?;
    attributes.get("ref")?.as_u64()
}

/// A text whose formulas (`$latex …$`) are marked as such: Jetpack's form, with parameters of its own at
/// the end.
fn with_formulas(html: &str) -> String {
    let mut marked = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(FORMULA) {
        marked.push_str(before);
        let line = after.get(..after.floor_char_boundary(LONGEST_FORMULA));
        let end = line.and_then(|line| line.find('$'));
        let Some((formula, behind)) = end.and_then(|end| after.split_at_checked(end)) else {
            marked.push_str(FORMULA);
            rest = after;
            continue;
        };
        let ends = ["&amp;", "&#038;", "&"];
        let parameters = ["bg=", "fg=", "s="];
        let cut = ends
            .iter()
            .flat_map(|end| parameters.iter().map(move |name| format!("{end}{name}")))
            .filter_map(|mark| formula.find(&mark))
            .min();
        let formula = cut.and_then(|cut| formula.get(..cut)).unwrap_or(formula);
        marked.push_str("<span class=\"math\">\\(");
        marked.push_str(formula.trim());
        marked.push_str("\\)</span>");
        rest = behind.strip_prefix('$').unwrap_or(behind);
    }
    marked.push_str(rest);
    marked
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
