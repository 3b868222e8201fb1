//! Variables, and the tags that a text shows as they are written.

use crate::read::markdown::lines::near;
use crate::read::markdown::rewrite::Edits;
use crate::read::markdown::shield::Shield;
use memchr::memmem;
use std::ops::Range;

/// The longest variable, in bytes.
const LONGEST: usize = 300;

/// Writes what variables stand for, as far as that is known: the site's own address before a path is left
/// out, a text that is only passed through filters is shown, and what the site fills in is hidden.
pub(super) fn find(text: &str, shield: &Shield, raw: &[Range<usize>], edits: &mut Edits) {
    for start in memmem::find_iter(text.as_bytes(), b"{{") {
        let rest = text.get(start..).unwrap_or_default();
        let near = near(rest, LONGEST);
        let Some(end) = near.find("}}") else {
            continue;
        };
        let inside = near.get(2..end).unwrap_or_default();
        let range = start..start + end + 2;
        if raw.iter().any(|raw| raw.contains(&start)) || shield.is_code(start) {
            continue;
        }
        if is_site(inside.trim()) {
            if !shield.is_taken(start) || shield.is_html(start) {
                edits.remove(range);
            }
        } else if let Some(by) = escaped(inside) {
            edits.replace(range, by);
        } else if (!shield.is_taken(start) || shield.is_html(start))
            && let Some(by) = filled(inside.trim())
        {
            edits.replace(range, by);
        }
    }
    find_comments(text, shield, edits);
    find_tabs(text, edits);
}

/// The titles of Hexo's tabs stand in comments: `<!-- tab First@icon -->`.
fn find_tabs(text: &str, edits: &mut Edits) {
    if !text.contains("{% tabs") {
        return;
    }
    for start in memmem::find_iter(text.as_bytes(), b"<!-- tab ") {
        let rest = text.get(start..).unwrap_or_default();
        let Some(end) = near(rest, LONGEST).find("-->") else {
            continue;
        };
        let title = rest.get("<!-- tab ".len()..end).unwrap_or_default();
        let title = title.split('@').next().unwrap_or_default().trim();
        if !title.is_empty() {
            let title = title.replace('*', "");
            edits.replace(start..start + end + 3, format!("\n\n**{title}**\n\n"));
        }
    }
}

/// Whether a variable is the site's address or a part of it.
pub(super) fn is_site(name: &str) -> bool {
    let name = name.split('|').next().unwrap_or_default().trim();
    matches!(
        name,
        "site.baseurl" | "site.url" | "site.base_url" | "base_path" | "site.cdn" | "site.image_url"
    )
}

/// A tag of Hugo or Zola that is shown as it is written: `{{</* name */>}}`.
fn escaped(inside: &str) -> Option<String> {
    let (open, rest) = inside.split_once("/*")?;
    let (tag, close) = rest.rsplit_once("*/")?;
    let is_sign = |text: &str, sign: &str| text.is_empty() || text == sign || text == "%";
    if !is_sign(open, "<") || !is_sign(close, ">") {
        return None;
    }
    let text = format!("{{{{{open}{tag}{close}}}}}");
    Some(format!("<span>{}</span>", as_text(&text)))
}

/// What stands for a variable or a macro. None where it may be a text.
fn filled(inside: &str) -> Option<String> {
    if inside.starts_with(['<', '%', '{', '#', '/', '.']) || inside.ends_with(['>', '%']) {
        return None;
    }
    let value = inside.split('|').next().unwrap_or_default().trim();
    let quoted = ['"', '\'']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    if let Some(quoted) = quoted {
        return Some(quoted.to_owned());
    }
    let (name, rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let is_link = matches!(
        name,
        "video" | "youtube" | "tweet" | "twitter" | "bilibili" | "vimeo"
    );
    if is_link && rest.trim().starts_with("http") {
        return Some(format!("<{}>", rest.trim()));
    }
    let is_macro = matches!(
        name,
        "renderer" | "embed" | "query" | "cards" | "function" | "cloze" | "zotero-imported-file"
    );
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '-');
    let is_path = value.contains('.')
        && value.chars().all(plain)
        && !value.starts_with(|c: char| c.is_ascii_digit());
    let is_filled = is_path || (inside.contains(" | ") && value.chars().all(plain));
    (is_macro || is_filled).then(|| hidden(&format!("{{{{{inside}}}}}")))
}

/// Leaves out `{# comments #}`.
fn find_comments(text: &str, shield: &Shield, edits: &mut Edits) {
    let mut from = 0;
    for start in memmem::find_iter(text.as_bytes(), b"{# ") {
        let rest = text.get(start..).unwrap_or_default();
        let near = near(rest, 2_000);
        let Some(end) = near.find("#}").map(|end| start + end + 2) else {
            continue;
        };
        let paragraph = text
            .get(start..end)
            .is_some_and(|text| !text.contains("\n\n"));
        if start >= from && paragraph && !shield.is_code(start) {
            edits.remove(start..end);
            from = end;
        }
    }
}

/// What the site does not show as it is written: it is told as hidden.
pub(in crate::read::markdown) fn hidden(written: &str) -> String {
    format!("<span hidden>{}</span>", as_text(written))
}

/// A text in which nothing has a meaning for Markdown or HTML.
fn as_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
