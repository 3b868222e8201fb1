//! Links whose label spans paragraphs, as clippers write them: `[` on a line of its own, the label, and
//! `](address)` on another, which may begin the next such link. CommonMark shows the brackets.

use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;
use std::ops::Range;

/// How many lines such a link may span.
const MOST_LINES: usize = 40;

/// What begins a link: where it stands, and the number of its line.
struct Open {
    at: Range<usize>,
    line: usize,
}

/// A link around a picture becomes one; of others the label stands for itself, and the address below it.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut open: Option<Open> = None;
    for (number, (at, line)) in positioned(text).enumerate() {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        if body == "[" && !shield.is_fixed(at) {
            open = Some(Open {
                at: at..at + line.len(),
                line: number,
            });
            continue;
        }
        let Some(begun) = &open else {
            continue;
        };
        if number - begun.line > MOST_LINES {
            open = None;
            continue;
        }
        let Some((target, length)) = target(body) else {
            continue;
        };
        let label = text.get(begun.at.end..start).unwrap_or_default().trim();
        let end = start + length;
        if is_picture(label) {
            edits.replace(begun.at.start..end, format!("[{label}]({target})\n\n"));
        } else {
            edits.remove(begun.at.clone());
            edits.replace(start..end, format!("[{}]({target})", shown(target)));
        }
        // `](address)[` begins the next.
        open = (body.len() > length).then(|| Open {
            at: end..end + 1,
            line: number,
        });
    }
}

/// The address with which a line ends a link, and the length of that end: nothing follows it but the bracket
/// of another link.
fn target(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix("](")?;
    let inside = rest.strip_suffix(')').or_else(|| rest.strip_suffix(")["))?;
    let address = inside.split_whitespace().next().unwrap_or_default();
    Some((address, 2 + inside.len() + 1))
}

/// Whether a label is one picture.
fn is_picture(label: &str) -> bool {
    let inside = label
        .strip_prefix("![")
        .and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| !inside.contains("\n\n") && inside.matches("](").count() == 1)
}

/// What a link without words shows: its address without what every address has.
fn shown(address: &str) -> String {
    let plain = address.split("://").last().unwrap_or(address);
    plain
        .trim_end_matches('/')
        .replace(['[', ']', '_', '*'], " ")
}
