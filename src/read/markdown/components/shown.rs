//! What components are as HTML: pictures, films, boxes.

use crate::read::feed::tokens::escaped_markup;

/// Whether a component of this name shows a picture.
pub(super) fn is_picture(name: &str) -> bool {
    [
        "image",
        "img",
        "picture",
        "figure",
        "photo",
        "themedimage",
        "zoom",
    ]
    .iter()
    .any(|known| name.contains(known))
}

/// A film or a post by its number.
pub(super) fn film(name: &str, id: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if id.starts_with("http") {
        let is_film = ["youtube", "video", "vimeo", "tweet", "embed"];
        let known = is_film.iter().any(|known| name.contains(known));
        return known.then(|| format!("\n\n<{}>\n\n", id.replace(['<', '>', ' '], "")));
    }
    let before = match name {
        _ if name.contains("youtube") => "https://www.youtube.com/embed/",
        _ if name.contains("vimeo") => "https://player.vimeo.com/video/",
        _ if name.contains("tweet") || name.contains("twitter") => {
            return id
                .chars()
                .all(|c| c.is_ascii_digit())
                .then(|| format!("\n\n<https://twitter.com/i/web/status/{id}>\n\n"));
        }
        _ => return None,
    };
    let frame = format!("\n\n<iframe src=\"{before}{id}\"></iframe>\n\n");
    id.chars().all(plain).then_some(frame)
}

/// Names of parts that open when their title is touched.
const OPENING: [&str; 7] = [
    "details",
    "accordion",
    "accordionitem",
    "collapse",
    "collapsible",
    "expandable",
    "spoiler",
];

/// Names of boxes.
const BOXES: [&str; 13] = [
    "aside",
    "callout",
    "admonition",
    "note",
    "tip",
    "warning",
    "info",
    "danger",
    "caution",
    "alert",
    "important",
    "notice",
    "hint",
];

/// The beginning or the end of a box, or of a part that opens.
pub(super) fn boxed(name: &str, title: Option<&str>, closes: bool) -> Option<String> {
    let title = title.map(escaped_markup);
    if OPENING.contains(&name) {
        let title = title.unwrap_or_default();
        return Some(match closes {
            true => "\n\n</details>\n\n".to_owned(),
            false => format!("\n\n<details><summary>{title}</summary>\n\n"),
        });
    }
    BOXES.contains(&name).then(|| match closes {
        true => "\n\n</div>\n\n".to_owned(),
        false => {
            let title = title.map_or_else(String::new, |title| {
                format!("<p class=\"admonition-title\">{title}</p>")
            });
            format!("\n\n<div class=\"admonition note\">{title}\n\n")
        }
    })
}

pub(super) fn picture(source: &str, alternative: &str) -> String {
    format!(
        "<img src=\"{}\" alt=\"{}\">",
        quoted(source),
        quoted(alternative)
    )
}

/// A text as the value of an attribute.
pub(super) fn quoted(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}
