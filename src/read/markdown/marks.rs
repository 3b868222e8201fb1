//! The marks of note programs: `==highlights==`, `[[wikilinks]]`, `![[embeds]]`, `%%comments%%`.

use super::lines::positioned;
use super::rewrite::Edits;
use super::shield::Shield;
use memchr::memmem;

/// The longest link between double brackets, in bytes.
const LONGEST_LINK: usize = 500;

/// The longest highlight, in bytes.
const LONGEST_MARK: usize = 5_000;

/// Endings of pictures' names.
pub(super) const PICTURES: [&str; 8] = [
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp",
];

/// Leaves out `%%comments%%`, which stand apart from words.
pub(super) fn find_comments(text: &str, shield: &Shield, edits: &mut Edits) {
    let free = |at: &usize| !shield.is_taken(*at);
    let mut marks = memmem::find_iter(text.as_bytes(), b"%%").filter(free);
    while let Some(start) = marks.next() {
        let opens = text
            .get(..start)
            .is_some_and(|before| is_edge(before.chars().next_back()));
        if !opens {
            continue;
        }
        let Some(end) = marks.next().map(|end| end + 2) else {
            return;
        };
        if text
            .get(end..)
            .is_some_and(|after| is_edge(after.chars().next()))
        {
            edits.remove(start..end);
        }
    }
}

/// Leaves out the comments of MDX, `{/* … */}`.
pub(super) fn find_mdx_comments(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"{/*").filter(|at| !shield.is_fixed(*at)) {
        let length = text.get(start..).and_then(|rest| rest.find("*/}"));
        if let Some(length) = length {
            edits.remove(start..start + length + 3);
        }
    }
}

/// Lines of which CommonMark with definition lists makes other things than note programs do: `:mark:` at the
/// beginning of a line explains no term, `^id` at the end of a paragraph names its place, and text right below
/// `<aside>` is Markdown.
pub(super) fn find_odd_lines(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut lines = positioned(text).peekable();
    while let Some((at, line)) = lines.next() {
        let next = lines.peek().map_or("", |(_, next)| next.trim());
        if line.trim() == "<aside>" && !next.is_empty() && !next.starts_with('<') {
            edits.insert(at + line.len(), "\n");
        }
        let body = line.trim_start_matches([' ', '>']);
        let start = at + line.len() - body.len();
        let is_mark = body.strip_prefix(':').is_some_and(|rest| {
            !rest.starts_with([' ', '\t']) && !rest.starts_with("::") && !rest.is_empty()
        });
        if is_mark && !shield.is_fixed(start) {
            edits.insert(start, "\\");
        }
        if let Some((before, id)) = line.trim_end().rsplit_once(" ^")
            && (next.is_empty() || is_item(line) && (is_item(next) || next.starts_with('>')))
            && is_place(id)
            && !shield.is_taken(at + before.len() + 1)
        {
            edits.remove(at + before.len()..at + line.len());
        }
    }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "));
    is_numbered || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a word may be the name of a place that a note program gave: a number may be a power.
fn is_place(id: &str) -> bool {
    id.len() >= 4
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && id.chars().any(|c| c.is_ascii_alphabetic())
}

fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || c == '%')
}

/// `[[page|text]]` shows its text, `![[picture.png|300]]` the picture.
pub(super) fn find_wikilinks(text: &str, shield: &Shield, edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"[[") {
        let rest = text.get(start + 2..).unwrap_or_default();
        let near = rest
            .get(..rest.floor_char_boundary(LONGEST_LINK))
            .unwrap_or_default();
        let Some(inside) = near
            .split("]]")
            .next()
            .filter(|inside| inside.len() < near.len())
        else {
            continue;
        };
        let end = start + 2 + inside.len() + 2;
        let after = text.get(end..).unwrap_or_default();
        let plain = !inside.contains(['[', ']', '\n']) && !inside.starts_with(char::is_whitespace);
        if !plain || inside.is_empty() || after.starts_with(['(', '[']) || shield.is_taken(start) {
            continue;
        }
        let embeds = text
            .get(..start)
            .is_some_and(|before| before.ends_with('!'));
        let from = start - usize::from(embeds);
        edits.replace(from..end, wikilink(inside, embeds));
    }
}

fn wikilink(inside: &str, embeds: bool) -> String {
    let (target, alias) = inside
        .split_once('|')
        .map_or((inside, ""), |(target, alias)| {
            (target.trim_end_matches('\\'), alias.trim())
        });
    let target = target.trim();
    let path = target.split('#').next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    if embeds && PICTURES.iter().any(|ending| lower.ends_with(ending)) {
        let is_size = alias.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let alternative = if is_size { "" } else { alias };
        return format!("![{alternative}](<{}>)", path.replace(['<', '>'], ""));
    }
    if alias.is_empty() {
        target.trim_start_matches('#').replace('#', " > ")
    } else {
        alias.to_owned()
    }
}

/// `==text==` is marked.
pub(super) fn find_highlights(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut open: Option<usize> = None;
    for at in memmem::find_iter(text.as_bytes(), b"==") {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + 2..).and_then(|after| after.chars().next());
        if before == Some('=') || after == Some('=') || shield.is_taken(at) {
            continue;
        }
        let ends = |from: usize| {
            let inside = text.get(from + 2..at).unwrap_or_default();
            at - from <= LONGEST_MARK && !inside.is_empty() && !inside.contains("\n\n")
        };
        match open {
            Some(from) if ends(from) && !before.is_none_or(char::is_whitespace) => {
                edits.replace(from..from + 2, "<mark>");
                edits.replace(at..at + 2, "</mark>");
                open = None;
            }
            _ => open = after.filter(|c| !c.is_whitespace()).map(|_| at),
        }
    }
}

/// Signs of strong text that CommonMark leaves as they stand, since punctuation that no space follows
/// does not end it: `**注意：**这里`. Two of one block that enclose something are a pair.
pub(super) fn find_strong(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut open: Option<(usize, usize)> = None;
    for &(at, block) in &shield.strong {
        if shield.is_taken(at) {
            continue;
        }
        let sign = text.get(at..at + 2);
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + 2..).and_then(|after| after.chars().next());
        let closes = open.filter(|(from, in_block)| {
            *in_block == block
                && at > from + 2
                && text.get(*from..from + 2) == sign
                && !before.is_none_or(char::is_whitespace)
                && (is_wide(before) || is_wide(after))
        });
        if let Some((from, _)) = closes {
            edits.replace(from..from + 2, "<strong>");
            edits.replace(at..at + 2, "</strong>");
            open = None;
        } else {
            open = after.filter(|c| !c.is_whitespace()).map(|_| (at, block));
        }
    }
}

/// Whether a character is of a script without spaces, or its punctuation.
fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{2010}'..='\u{2027}' | '\u{2E80}'..='\u{FFEF}'))
}
