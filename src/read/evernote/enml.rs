//! A note's text (ENML) as HTML. ENML is XHTML with four elements more.

use crate::read::xhtml::{Piece, Pieces, Tag};

/// The HTML of a note's text. Pictures are named `cid:` and their MD5; of other files (kind and name)
/// the names are shown.
pub(super) fn html(enml: &str, files: &[(String, String)]) -> String {
    let mut html = String::with_capacity(enml.len());
    let mut files = files.iter();
    let mut encrypted = false;
    for piece in Pieces::of(begins_at(enml)) {
        match piece {
            // What is encrypted is no text but Base64.
            Piece::Start(tag) if tag.name == "en-crypt" => encrypted = !tag.is_empty,
            Piece::End("en-crypt") => encrypted = false,
            _ if encrypted => {}
            Piece::Start(tag) => match tag.name {
                "en-media" => html.push_str(&media(tag, &mut files)),
                "en-todo" => html.push_str(match tag.attribute("checked") {
                    Some("true") => "\u{2611} ",
                    _ => "\u{2610} ",
                }),
                "en-note" => {}
                _ => tag.push_html(&mut html),
            },
            Piece::End("en-note" | "en-media" | "en-todo") => {}
            Piece::End(name) => {
                html.push_str("</");
                html.push_str(name);
                html.push('>');
            }
            Piece::Text(text) => html.push_str(text),
            Piece::Data(text) => html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
        }
    }
    html
}

/// The text behind XML's and the document type's declarations.
fn begins_at(enml: &str) -> &str {
    let note = enml.find("<en-note");
    note.and_then(|at| enml.get(at..)).unwrap_or(enml)
}

/// What stands for a picture or another file.
fn media<'files>(
    tag: Tag<'_>,
    files: &mut impl Iterator<Item = &'files (String, String)>,
) -> String {
    let kind = tag.attribute("type").unwrap_or_default();
    let hash = tag.attribute("hash").unwrap_or_default();
    if !kind.starts_with("image/") {
        let name = files.next().map_or(kind, |(_, name)| name);
        let name = name.replace('&', "&amp;").replace('<', "&lt;");
        return format!("<p>{name}</p>");
    }
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = |name: &str| {
        let value = tag.attribute(name)?;
        let is_plain = value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'%');
        is_plain.then(|| format!(" {name}=\"{value}\""))
    };
    let sizes: String = ["width", "height"].into_iter().filter_map(size).collect();
    let words = tag
        .attribute("alt")
        .unwrap_or_default()
        .replace('"', "&quot;");
    match is_hash && !hash.is_empty() {
        true => format!(
            "<img src=\"cid:{}\" alt=\"{words}\"{sizes}>",
            hash.to_ascii_lowercase()
        ),
        false => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_evernote_has_becomes_what_it_shows() {
        let enml = "<?xml version=\"1.0\"?><en-note><div/><en-todo checked=\"true\"/>a<en-todo/>b<en-crypt hint=\"x\">AAAA</en-crypt>c\
                    <en-media data-hash='q' hash=\"ABCDEF\" type=\"image/png\" width=\"10\"/><en-media type=\"application/pdf\" hash=\"1\"/></en-note>";
        let files = [("application/pdf".to_owned(), "A & B.pdf".to_owned())];
        assert_eq!(
            html(enml, &files),
            "<div></div>\u{2611} a\u{2610} bc<img src=\"cid:abcdef\" alt=\"\" width=\"10\"><p>A &amp; B.pdf</p>"
        );
    }
}
