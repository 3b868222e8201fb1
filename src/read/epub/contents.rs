//! A book's table of contents: `nav` (EPUB 3.3, section 7) or NCX.

use super::paths::Paths;
use crate::read::xhtml::{Piece, Pieces, Tag, local};

/// The most lines that are read of one.
const MOST_TARGETS: usize = 100_000;

/// The most landmarks, and lines of a guide.
pub(super) const MOST_LANDMARKS: usize = 500;

/// Lines that stand deeper count as this deep.
const DEEPEST: u8 = 16;

/// What a book says of its documents.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// In their order.
    pub targets: Vec<Target>,
    /// What a landmark or the guide says of places: their type, in lower case, and where they are.
    pub landmarks: Vec<(String, Spot)>,
}

/// A line of the table of contents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// As markup.
    pub title: String,
    pub spot: Spot,
    /// 0 for those that no other holds.
    pub depth: u8,
}

/// A document, or a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub path: String,
    pub fragment: Option<String>,
}

impl Spot {
    /// What a reference of a document in a folder leads to, within the book.
    pub(super) fn of(reference: &str, folder: &str, paths: &Paths) -> Option<Self> {
        let fragment = reference.split_once('#').map(|(_, fragment)| fragment);
        let decoded = fragment.filter(|fragment| !fragment.is_empty());
        let decoded = decoded
            .map(|fragment| percent_encoding::percent_decode_str(fragment).decode_utf8_lossy());
        Some(Spot {
            path: paths.resolved(folder, reference)?,
            fragment: decoded.map(std::borrow::Cow::into_owned),
        })
    }
}

/// Reads a table of contents that lies in a folder.
pub(super) fn read(text: &str, folder: &str, paths: &Paths) -> Contents {
    let mut walk = Walk {
        folder,
        paths,
        found: Contents::default(),
        part: Part::Contents,
        depth: 0,
        link: None,
        label: String::new(),
        is_label: false,
    };
    for piece in Pieces::of(text) {
        match piece {
            Piece::Start(tag) => walk.start(tag),
            Piece::End(name) => walk.end(local(name)),
            Piece::Text(text) if walk.is_label => walk.label.push_str(text),
            Piece::Data(text) if walk.is_label => walk.label.push_str(&text.replace('&', "&amp;")),
            Piece::Text(_) | Piece::Data(_) => {}
        }
    }
    walk.found
}

/// What a list of links is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Contents,
    Landmarks,
    /// Pages, tables, figures.
    Other,
}

struct Walk<'walk> {
    folder: &'walk str,
    paths: &'walk Paths,
    found: Contents,
    part: Part,
    /// How many lists or points are open.
    depth: usize,
    /// The type and the target of the open link.
    link: Option<(String, String)>,
    label: String,
    is_label: bool,
}

impl Walk<'_> {
    fn start(&mut self, tag: Tag<'_>) {
        match local(tag.name) {
            "nav" => {
                self.depth = 0;
                self.part = match tag.attribute("epub:type") {
                    None => Part::Contents,
                    Some(_) if tag.has_word("epub:type", "toc") => Part::Contents,
                    Some(_) if tag.has_word("epub:type", "landmarks") => Part::Landmarks,
                    Some(_) => Part::Other,
                };
            }
            "pageList" | "navList" => self.part = Part::Other,
            "navPoint" | "ol" | "ul" if !tag.is_empty => self.depth += 1,
            "navLabel" => self.open(None),
            "a" => {
                let kind = tag.value("epub:type").unwrap_or_default();
                self.open(tag.value("href").map(|link| (kind, link)));
            }
            "content" => {
                let link = tag.value("src").map(|link| (String::new(), link));
                self.add(link);
            }
            _ => {}
        }
    }

    fn open(&mut self, link: Option<(String, String)>) {
        self.label.clear();
        self.is_label = true;
        self.link = link;
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => {
                let link = self.link.take();
                self.add(link);
                self.is_label = false;
            }
            "navLabel" => self.is_label = false,
            "navPoint" | "ol" | "ul" => self.depth = self.depth.saturating_sub(1),
            "nav" => self.part = Part::Other,
            _ => {}
        }
    }

    fn add(&mut self, link: Option<(String, String)>) {
        let label = self.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((kind, link)) = link else { return };
        let Some(spot) = Spot::of(&link, self.folder, self.paths) else {
            return;
        };
        match self.part {
            Part::Landmarks if self.found.landmarks.len() >= MOST_LANDMARKS => {}
            Part::Landmarks => {
                let kinds = kind.split_ascii_whitespace().map(str::to_ascii_lowercase);
                let landmarks = kinds.map(|kind| (kind, spot.clone()));
                self.found.landmarks.extend(landmarks);
            }
            Part::Contents if !label.is_empty() && self.found.targets.len() < MOST_TARGETS => {
                let depth = u8::try_from(self.depth.saturating_sub(1)).unwrap_or(DEEPEST);
                self.found.targets.push(Target {
                    title: label,
                    spot,
                    depth: depth.min(DEEPEST),
                });
            }
            Part::Contents | Part::Other => {}
        }
    }
}
