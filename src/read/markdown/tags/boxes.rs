//! Pairs of tags around a box, a part that opens, a part of several behind tabs.

use super::{Place, Tag};
use crate::read::feed::tokens::escaped_markup;
use crate::read::markdown::callouts::titled;
use crate::read::markdown::containers;

/// Names of boxes that are no kinds of them.
const BOXES: [&str; 10] = [
    "notice",
    "admonition",
    "callout",
    "aside",
    "message",
    "notel",
    "noteblock",
    "box",
    "hint",
    "alert",
];

/// Names of parts that open when their title is touched.
const OPENING: [&str; 13] = [
    "details",
    "detail",
    "expand",
    "spoiler",
    "folding",
    "fold",
    "hidetoggle",
    "hideblock",
    "collapse",
    "accordion",
    "toggle",
    "expandable",
    "foldable",
];

/// Words of themes that tell how a part looks.
const LOOKS: [&str; 22] = [
    "no-icon", "simple", "modern", "flat", "disabled", "open", "closed", "default", "primary",
    "blue", "red", "green", "yellow", "orange", "purple", "cyan", "gray", "grey", "pink", "black",
    "light", "dark",
];

/// What stands at the beginning or the end of a pair. None where its name says nothing.
pub(super) fn shown(tag: &Tag<'_>, name: &str, place: &Place<'_>) -> Option<String> {
    let is_general = BOXES.contains(&name) || name == "note";
    let is_kind = containers::KINDS.contains(&name) && !is_general;
    if OPENING.contains(&name) {
        return Some(match tag.closes {
            true => "\n\n</details>\n\n".to_owned(),
            false => details(title(tag, true).as_deref()),
        });
    }
    if is_general || is_kind {
        return Some(match tag.closes {
            true => "\n\n</div>\n\n".to_owned(),
            false => start(tag, name, is_kind),
        });
    }
    if matches!(
        name,
        "tab" | "tabpane" | "code" | "timeline" | "step" | "code-tab"
    ) {
        let title = (!tag.closes).then(|| title(tag, name != "code")).flatten();
        return Some(title.map_or_else(|| "\n\n".to_owned(), |title| heading(&title)));
    }
    // Any other pair may say what it is about.
    let named = ["title", "header", "summary", "label", "caption"];
    let title = tag.named(&named).or_else(|| tag.quoted());
    let title = title.filter(|title| place.is_alone && is_words(title));
    title.filter(|_| !tag.closes).map(heading)
}

fn start(tag: &Tag<'_>, name: &str, is_kind: bool) -> String {
    let named = tag.named(&[
        "type", "style", "kind", "class", "color", "variant", "level",
    ]);
    // The first word is the kind of box, where the tag's name is none.
    let first = tag.value(0).filter(|_| tag.quoted() != tag.value(0));
    let first = first.filter(|word| !is_kind && named.is_none() && !is_look(word));
    let kind = named.or(first).filter(|_| !is_kind).unwrap_or(name);
    let kind = kind.split_whitespace().next().unwrap_or(name);
    let written = title(tag, false).or_else(|| rest_of(tag, usize::from(first.is_some())));
    let is_known = containers::KINDS.contains(&kind.to_ascii_lowercase().as_str());
    // A box that only has a colour has no title.
    let says_kind = is_kind || kind != name || tag.value(0).is_none();
    let title = written.or_else(|| titled(kind, "").filter(|_| is_known && says_kind));
    let title = title.map_or_else(String::new, |title| {
        format!(
            "<p class=\"admonition-title\">{}</p>",
            escaped_markup(title.trim())
        )
    });
    format!("\n\n<div class=\"admonition note\">{title}\n\n")
}

/// The title that a tag names; `bare` says that words without quotation marks are one too.
fn title(tag: &Tag<'_>, bare: bool) -> Option<String> {
    let named = tag.named(&[
        "title", "summary", "header", "label", "name", "heading", "caption",
    ]);
    let written = named.or_else(|| tag.quoted());
    written
        .map(str::to_owned)
        .or_else(|| rest_of(tag, 0).filter(|_| bare))
        .filter(|title| !title.trim().is_empty())
}

/// The words without a key behind so many others, but for those that tell how something looks.
fn rest_of(tag: &Tag<'_>, skipped: usize) -> Option<String> {
    let words = tag.values().skip(skipped);
    let words: Vec<&str> = words
        .filter(|word| !is_look(word) && !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn is_look(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_icon =
        lower.starts_with("fa-") || matches!(lower.as_str(), "fas" | "far" | "fab" | "fa");
    is_icon || LOOKS.contains(&lower.as_str())
}

fn details(title: Option<&str>) -> String {
    let title = title.map_or_else(String::new, |title| {
        format!("<summary>{}</summary>", escaped_markup(title.trim()))
    });
    format!("\n\n<details>{title}\n\n")
}

/// A title above a part.
fn heading(title: &str) -> String {
    format!("\n\n**{}**\n\n", title.trim().replace('*', ""))
}

/// Whether a value says something, and is no path, number or name of a class.
pub(super) fn is_words(value: &str) -> bool {
    value.chars().any(char::is_alphabetic)
        && (value.contains(' ') || !value.is_ascii() || value.starts_with(char::is_uppercase))
        && !value.starts_with(['/', '.'])
        && !value.contains("://")
}
