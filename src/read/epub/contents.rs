//! A book's table of contents: `nav` (EPUB 3.3, section 7) or NCX.

use crate::read::xhtml::{Piece, Pieces, local};
use crate::read::zip::members::resolved;
use std::collections::HashMap;

/// What the table of contents calls each document that it names: the last of several titles, which is the
/// innermost where sections begin with their first article. As markup.
pub(super) fn titles(text: &str, folder: &str) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    let mut link: Option<String> = None;
    let mut label = String::new();
    let mut is_label = false;
    let mut is_contents = true;
    for piece in Pieces::of(text) {
        match piece {
            Piece::Start(tag) => match local(tag.name) {
                // Landmarks and lists of pages are no contents.
                "nav" => {
                    is_contents =
                        tag.has_word("epub:type", "toc") || tag.attribute("epub:type").is_none()
                }
                "pageList" | "navList" => is_contents = false,
                "navLabel" | "a" if is_contents => {
                    label.clear();
                    is_label = true;
                    link = tag.value("href");
                }
                "content" if is_contents => {
                    let source = tag.value("src");
                    add(&mut titles, folder, source.as_deref(), &label);
                }
                _ => {}
            },
            Piece::End(name) => match local(name) {
                "a" => {
                    add(&mut titles, folder, link.take().as_deref(), &label);
                    is_label = false;
                }
                "navLabel" => is_label = false,
                "nav" => is_contents = false,
                _ => {}
            },
            Piece::Text(text) if is_label => label.push_str(text),
            Piece::Data(text) if is_label => label.push_str(&text.replace('&', "&amp;")),
            Piece::Text(_) | Piece::Data(_) => {}
        }
    }
    titles
}

fn add(titles: &mut HashMap<String, String>, folder: &str, link: Option<&str>, label: &str) {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(link) = link.filter(|_| !label.is_empty()) else {
        return;
    };
    // A place within a document is a part of it, unless its beginning has no title.
    let is_part = link.contains('#');
    if let Some(path) = resolved(folder, link) {
        if is_part {
            titles.entry(path).or_insert(label);
        } else {
            titles.insert(path, label);
        }
    }
}
