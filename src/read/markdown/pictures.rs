//! The pictures of a text: the one above it, those of the archive, and those that nobody can have.

use super::render::has_scheme;
use crate::error::{Code, Warning};
use crate::model::Resources;
use crate::read::front_matter::yaml::Fields;
use std::collections::BTreeSet;

/// How many lost pictures of one text are told.
const MOST_TOLD: usize = 100;

/// Puts the picture that the front matter names above the text, unless the text shows it.
pub(super) fn prepend(html: &mut String, picture: Option<&str>) {
    let Some(reference) = picture.map(|picture| picture.trim_matches(['[', ']', '"', '!'])) else {
        return;
    };
    let name = reference.rsplit('/').next().unwrap_or(reference);
    if name.is_empty() || !name.contains('.') && !has_scheme(reference) || html.contains(name) {
        return;
    }
    let source = reference
        .replace('&', "&amp;")
        .replace('"', "%22")
        .replace('<', "%3C");
    html.insert_str(0, &format!("<p><img src=\"{source}\" alt=\"\"></p>\n"));
}

/// The scheme that relative paths of pictures get.
pub(super) const OWN: &str = "file:";

/// The text with the relative paths of pictures marked as files of the archive: the article's address
/// is where it was found, not where its Markdown lies, so they are not relative to that. Whether they
/// are there changes nothing, since the text identifies an article that has no address.
pub(super) fn marked(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (start, reference) in sources(html) {
        if !reference.starts_with('/') && !has_scheme(reference) {
            out.push_str(html.get(done..start).unwrap_or_default());
            out.push_str(OWN);
            done = start;
        }
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// The text with its pictures' paths from where the front matter says that they lie: relative ones (Chirpy's
/// `media_subpath`, once `img_path`), or those from the root (Typora's `typora-root-url`).
pub(super) fn based(html: String, fields: &Fields) -> String {
    let value = |keys: &[&str]| keys.iter().find_map(|key| fields.text(key)).map(str::trim);
    let folder = value(&["media_subpath", "img_path"]);
    let root = value(&["typora-root-url"]);
    if folder.is_none() && root.is_none() {
        return html;
    }
    let slashed = |base: &str| match base.starts_with('/') || has_scheme(base) {
        true => base.trim_end_matches('/').to_owned() + "/",
        false => format!("/{}/", base.trim_end_matches('/')),
    };
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (start, reference) in sources(&html) {
        let is_from_root = reference.starts_with('/') && !reference.starts_with("//");
        let before = match (folder, root) {
            (Some(folder), _) if !reference.starts_with('/') => slashed(folder),
            (_, Some(root)) if is_from_root => root.trim_end_matches('/').to_owned(),
            _ => continue,
        };
        if !has_scheme(reference) {
            out.push_str(html.get(done..start).unwrap_or_default());
            out.push_str(
                &before
                    .replace('&', "&amp;")
                    .replace('"', "%22")
                    .replace('<', "%3C"),
            );
            done = start;
        }
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// A warning for each picture that is not there and has no words that would stand for it.
pub(super) fn lost(html: &str, resources: &Resources, path: &str, line: u32) -> Vec<Warning> {
    let names: BTreeSet<String> = sources(html)
        .filter_map(|(start, reference)| {
            let rest = html.get(start..)?.get(reference.len()..)?;
            let tag = rest.get(..rest.find('>')?)?;
            let words = tag
                .split_once("alt=\"")
                .and_then(|(_, alt)| alt.split('"').next())
                .is_some_and(|alt| says_more_than_name(alt, reference));
            let reference = reference.replace("&amp;", "&");
            let gone = !words && resources.find(&reference).is_none();
            Some(reference.strip_prefix(OWN)?.to_owned()).filter(|_| gone)
        })
        .collect();
    let warnings = names.iter().take(MOST_TOLD).map(|name| {
        let message = format!("the picture {name} is not in the archive");
        Warning::new(Code::ImageMissing, message)
            .at(path, line)
            .hint("give the folder that holds it as the input, or put it beside the text")
    });
    warnings.collect()
}

/// Whether the words for a picture are more than the name of its file: such are never shown.
fn says_more_than_name(alternative: &str, reference: &str) -> bool {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    let is_file = |ending: &&str| alternative.to_ascii_lowercase().ends_with(*ending);
    !alternative.is_empty()
        && alternative != name
        && ![".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"]
            .iter()
            .any(is_file)
}

/// The addresses of the `img` elements, with their positions.
fn sources(html: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr::memmem::find_iter(html.as_bytes(), b"<img").filter_map(move |at| {
        let tag = html.get(at..)?;
        let tag = tag.get(..tag.find('>')?)?;
        let source = tag.find(" src=\"")? + " src=\"".len();
        let length = tag.get(source..)?.find('"')?;
        let reference = tag.get(source..source + length)?;
        (!reference.is_empty()).then_some((at + source, reference))
    })
}
