//! Shortcodes of WordPress that programs left when they made Markdown of its posts, with their brackets
//! escaped or not: `[caption …]…[/caption]`, `\\[embed\\]…\\[/embed\\]`.

use super::lines::near;

use super::rewrite::Edits;
use super::shield::Shield;
use super::tags::hidden;
use crate::read::feed::tokens::escaped_markup;

/// The longest of them, in bytes.
const LONGEST: usize = 5_000;

const NAMES: [&str; 16] = [
    "caption",
    "wp_caption",
    "embed",
    "youtube",
    "vimeo",
    "video",
    "audio",
    "gallery",
    "code",
    "sourcecode",
    "php",
    "bash",
    "python",
    "css",
    "html",
    "xml",
];

/// A shortcode.
struct Shortcode<'text> {
    name: &'text str,
    attributes: &'text str,
    /// What stands up to its end, if it has one.
    inside: Option<&'text str>,
    length: usize,
    /// The length of its first tag.
    first: usize,
}

/// Writes what the shortcodes show.
pub(super) fn find(text: &str, shield: &Shield, edits: &mut Edits) {
    let marks = ["[/", "[gallery", "[youtube", "[video", "[audio"];
    if !marks.iter().any(|mark| text.contains(mark)) {
        return;
    }
    let mut from = 0;
    for start in memchr::memchr_iter(b'[', text.as_bytes()) {
        if start < from || shield.is_fixed(start) {
            continue;
        }
        let Some(found) = text.get(start..).and_then(shortcode) else {
            continue;
        };
        let end = start + found.length;
        let is_escaped = text
            .get(..start)
            .is_some_and(|before| before.ends_with('\\'));
        let before = start - usize::from(is_escaped);
        match (found.name, found.inside) {
            ("caption" | "wp_caption", Some(inside)) => {
                let behind = start + found.first;
                edits.replace(before..behind, "\n\n<figure>\n\n");
                caption(&found, inside, behind, end, edits);
                from = end;
            }
            (_, inside) => {
                if let Some(by) = shown(&found, inside) {
                    edits.replace(before..end, by);
                    from = end;
                }
            }
        }
    }
}

/// The words behind the picture are its caption; in older posts an attribute has them.
fn caption(found: &Shortcode<'_>, inside: &str, at: usize, end: usize, edits: &mut Edits) {
    let close = at + inside.len();
    let picture = picture_end(inside).unwrap_or_default();
    let words = inside.get(picture..).unwrap_or_default();
    if !words.trim().is_empty() {
        edits.insert(at + picture, "\n\n<figcaption>\n\n<span></span>");
        edits.replace(close..end, "\n\n</figcaption>\n\n</figure>\n\n");
        return;
    }
    let caption = attribute(found.attributes, "caption");
    let caption = caption.map_or_else(String::new, |text| {
        format!("<figcaption>{}</figcaption>", escaped_markup(text))
    });
    edits.replace(close..end, format!("\n\n{caption}</figure>\n\n"));
}

/// Where the picture of a caption ends.
fn picture_end(inside: &str) -> Option<usize> {
    let target = inside.rfind("](").and_then(|target| {
        let behind = inside.get(target..)?.find(')')?;
        Some(target + behind + 1)
    });
    let link = || inside.rfind("</a>").map(|at| at + 4);
    target
        .or_else(link)
        .or_else(|| inside.rfind('>').map(|at| at + 1))
}

/// What stands for a shortcode. None where it stays as it is.
fn shown(found: &Shortcode<'_>, inside: Option<&str>) -> Option<String> {
    let named = |name| attribute(found.attributes, name);
    match (found.name, inside) {
        ("embed" | "youtube" | "vimeo", Some(inside)) => address(inside),
        ("youtube" | "vimeo" | "embed", None) => address(found.attributes),
        ("video" | "audio", _) => ["src", "mp4", "mp3"]
            .into_iter()
            .find_map(named)
            .and_then(address),
        ("gallery", None) => Some(hidden(&format!("[gallery{}]", found.attributes))),
        ("caption" | "wp_caption" | "gallery", _) => None,
        (name, inside) => {
            let own = if name.contains("code") { "" } else { name };
            let language = named("language").or_else(|| named("lang")).unwrap_or(own);
            let code = inside?.replace("\\_", "_").replace("\\*", "*");
            let code = code.trim_matches('\n');
            Some(format!("\n\n``````{language}\n{code}\n``````\n\n"))
        }
    }
}

fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('=').trim_matches('"');
    let text = text.split(char::is_whitespace).next()?;
    let text = text.replace(['<', '>', '\\'], "");
    text.starts_with("http")
        .then(|| format!("\n\n<{text}>\n\n"))
}

/// The shortcode that a text begins with.
fn shortcode(text: &str) -> Option<Shortcode<'_>> {
    let near = near(text, LONGEST);
    let start = near.strip_prefix('[')?;
    let end = start.find(|c: char| !c.is_ascii_lowercase() && c != '_')?;
    let name = start.get(..end).filter(|name| NAMES.contains(name))?;
    let (attributes, behind) = start.get(end..)?.split_once(']')?;
    let begins = |c: char| matches!(c, ' ' | '=' | '\\');
    if attributes.contains('\n') || !(attributes.is_empty() || attributes.starts_with(begins)) {
        return None;
    }
    let attributes = attributes.trim_end_matches('\\');
    let first = near.len() - behind.len();
    let found = behind.find(&format!("[/{name}")).and_then(|at| {
        let inside = behind.get(..at)?;
        let tail = behind.get(at..)?.find(']')?;
        let inside = inside.strip_suffix('\\').unwrap_or(inside);
        Some((inside, first + at + tail + 1))
    });
    let is_link = behind.starts_with(['(', '[', ':']) && found.is_none();
    let says = found.is_some() || !attributes.is_empty() || name == "gallery";
    (says && !is_link).then(|| Shortcode {
        name,
        attributes,
        inside: found.map(|(inside, _)| inside),
        length: found.map_or(first, |(_, length)| length),
        first,
    })
}

fn attribute<'text>(attributes: &'text str, name: &str) -> Option<&'text str> {
    let (_, value) = attributes.split_once(&format!("{name}=\""))?;
    value.split('"').next().filter(|value| !value.is_empty())
}
