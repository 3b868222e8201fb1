//! Notes that stand in another document than the text, or in another part of it: they go with the text.

use super::chapters::Piece;
use super::paths::Paths;
use super::survey::{self, Survey, spot_of};
use crate::read::xhtml::{Piece as Markup, Pieces, local};
use std::collections::{BTreeMap, HashMap};

/// Elements that may be a note.
const BLOCKS: [&str; 8] = [
    "aside",
    "li",
    "p",
    "div",
    "section",
    "dd",
    "td",
    "blockquote",
];

/// The longest note, the longest gap to the next that belongs to it, and all notes of a book, in bytes.
const LONGEST: usize = 64 << 10;
const LONGEST_GAP: usize = 16 << 10;
const MOST_BYTES: usize = 8 << 20;

/// An element that more marks than these lead to is no note.
const MOST_NAMES: usize = 3;

/// How many open elements are looked at where one ends.
const NEAR: usize = 64;

/// Notes by the document that holds them and their name.
pub(super) type Notes = HashMap<(String, String), Note>;

/// A note.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// With the element that it is.
    pub html: String,
    /// Its number, where it is an item of a list.
    pub number: Option<u32>,
}

/// What marks say of a place.
#[derive(Debug, Default)]
struct Wanted {
    is_told: bool,
    /// The first pieces whose marks lead there.
    from: Vec<usize>,
}

/// The notes that marks in some pieces lead to in others, and how many signs of each piece they are.
pub(super) fn of(
    pieces: &[Piece],
    paths: &Paths,
    text: &dyn Fn(&str) -> Option<String>,
) -> (Notes, Vec<usize>) {
    let mut covered = vec![0; pieces.len()];
    let mut notes = Notes::new();
    let mut bytes = 0_usize;
    let places = places(pieces);
    for (path, wanted) in wanted(pieces) {
        let Some(text) = text(path) else { continue };
        let of_document = places.get(path).map_or(&[][..], Vec::as_slice);
        let found = joined(&text, found(&text, &wanted));
        for block in found {
            let Some(html) = text.get(block.start..block.end) else {
                continue;
            };
            let behind = of_document.partition_point(|(from, _)| *from <= block.start);
            let place = behind.checked_sub(1).and_then(|last| of_document.get(last));
            let place = place.map(|(_, index)| *index);
            let piece = place.and_then(|place| pieces.get(place));
            let says_so = piece.is_some_and(Piece::is_notes);
            let names = block.names.iter().filter(|name| {
                let Some(wanted) = wanted.get(name.as_str()) else {
                    return false;
                };
                let mut from = wanted.from.iter().filter(|from| Some(**from) != place);
                from.any(|from| {
                    let source = pieces.get(*from).map_or("", |piece| &piece.part.path);
                    wanted.is_told || says_so || leads_back(html, path, source, paths)
                })
            });
            let names: Vec<String> = names.cloned().collect();
            bytes = bytes.saturating_add(html.len());
            if names.is_empty() || bytes > MOST_BYTES {
                continue;
            }
            if let Some(covered) = place.and_then(|place| covered.get_mut(place)) {
                *covered += Survey::of(html, path, paths).text;
            }
            for name in names {
                let note = Note {
                    html: html.to_owned(),
                    number: block.number,
                };
                notes.entry((path.to_owned(), name)).or_insert(note);
            }
        }
    }
    (notes, covered)
}

/// The pieces of each document, with the byte that they begin with, in order.
fn places(pieces: &[Piece]) -> HashMap<&str, Vec<(usize, usize)>> {
    let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (piece, index) in pieces.iter().zip(0..) {
        let of_document = places.entry(piece.part.path.as_str()).or_default();
        of_document.push((piece.part.from, index));
    }
    places
}

/// The places that marks lead to, by their document.
fn wanted(pieces: &[Piece]) -> BTreeMap<&str, HashMap<&str, Wanted>> {
    let mut wanted: BTreeMap<&str, HashMap<&str, Wanted>> = BTreeMap::new();
    for (piece, index) in pieces.iter().zip(0..) {
        for mark in &piece.survey.marks {
            let of_document = wanted.entry(mark.path.as_str()).or_default();
            let place = of_document.entry(mark.fragment.as_str()).or_default();
            place.is_told |= mark.is_told;
            if place.from.last() != Some(&index) && place.from.len() < 4 {
                place.from.push(index);
            }
        }
    }
    wanted
}

/// An element that bears wanted names.
struct Block {
    start: usize,
    end: usize,
    names: Vec<String>,
    /// Its number, if it is an item of a list, and that of the last item that it has.
    number: Option<u32>,
    last: u32,
    is_paragraph: bool,
}

/// The elements of a document that bear wanted names, or hold what bears them, in the document's order.
fn found(text: &str, wanted: &HashMap<&str, Wanted>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Vec<(&str, Block)> = Vec::new();
    let mut pieces = Pieces::of(text);
    loop {
        let start = text.len().saturating_sub(pieces.rest_length());
        let piece = pieces.next();
        let end = text.len().saturating_sub(pieces.rest_length());
        match piece {
            Some(Markup::Start(tag)) => {
                let names = ["id", "name"]
                    .into_iter()
                    .filter_map(|name| tag.value(name));
                let mut names: Vec<String> = names
                    .filter(|name| wanted.contains_key(name.as_str()))
                    .collect();
                names.dedup();
                let name = local(tag.name);
                let is_open = !tag.is_empty && !tag.is_void();
                if !(names.is_empty() || is_open && BLOCKS.contains(&name)) {
                    let outer = open.iter_mut().rev().take(NEAR);
                    let outer = outer.into_iter().find(|(name, _)| BLOCKS.contains(name));
                    outer
                        .into_iter()
                        .for_each(|(_, block)| block.names.append(&mut names));
                }
                if is_open {
                    let outer = open.last_mut().filter(|_| name == "li");
                    let number = outer.map(|(_, outer)| {
                        outer.last = outer.last.saturating_add(1);
                        outer.last
                    });
                    let first = tag.attribute("start").and_then(|start| start.parse().ok());
                    let block = Block {
                        start,
                        end: start,
                        names,
                        number,
                        last: first.unwrap_or(1_u32).saturating_sub(1),
                        is_paragraph: name == "p",
                    };
                    open.push((name, block));
                }
            }
            Some(Markup::End(name)) => {
                let near = open.iter().rev().take(NEAR);
                let back = near.into_iter().position(|(open, _)| *open == local(name));
                let kept = back.map_or(open.len(), |back| open.len() - back - 1);
                let closed = open.drain(kept..).map(|(_, block)| Block { end, ..block });
                blocks.extend(closed.filter(|block| {
                    (1..=MOST_NAMES).contains(&block.names.len()) && end - block.start <= LONGEST
                }));
            }
            Some(_) => {}
            None => break,
        }
    }
    blocks.sort_by_key(|block| block.start);
    blocks
}

/// The same, where a note that is a paragraph goes on up to the next.
fn joined(text: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    let starts: Vec<usize> = blocks.iter().skip(1).map(|block| block.start).collect();
    for (block, next) in blocks.iter_mut().zip(starts) {
        let gap = text.get(block.end..next).unwrap_or_default();
        let goes_on = |piece: Markup<'_>| match piece {
            Markup::Start(tag) => !matches!(
                local(tag.name),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "section" | "hr" | "body"
            ),
            Markup::End(name) => !matches!(local(name), "div" | "section" | "body"),
            Markup::Text(_) | Markup::Data(_) => true,
        };
        if block.is_paragraph && gap.len() <= LONGEST_GAP && Pieces::of(gap).all(goes_on) {
            block.end = next;
        }
    }
    blocks
}

/// Whether a link in a note leads to the document whose mark leads to it.
fn leads_back(html: &str, path: &str, source: &str, paths: &Paths) -> bool {
    Pieces::of(html).any(|piece| match piece {
        Markup::Start(tag) if tag.name == "a" => {
            let reference = tag.value("href");
            let spot = reference.and_then(|reference| spot_of(&reference, path, paths));
            spot.is_some_and(|spot| spot.path == source && spot.fragment.is_some())
        }
        _ => false,
    })
}

impl Piece {
    /// Whether it says that it holds notes.
    fn is_notes(&self) -> bool {
        self.is_told_notes || self.survey.says(survey::is_notes)
    }
}
