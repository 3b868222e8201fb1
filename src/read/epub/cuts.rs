//! Where parts of a document begin that the table of contents names.

use super::survey::is_heading;
use crate::read::xhtml::{Piece, Pieces, Tag, local};
use std::collections::{HashMap, HashSet};

/// How many open elements are looked at where one ends.
const NEAR: usize = 64;

/// Where each of some named places begins in a document, in bytes: with the blocks that show nothing
/// before it, and with the heading that stands directly before it.
pub(super) fn of(text: &str, wanted: &HashSet<&str>) -> HashMap<String, usize> {
    let mut walk = Walk {
        cuts: HashMap::new(),
        open: Vec::new(),
        heading: None,
        last: 0,
    };
    let mut pieces = Pieces::of(text);
    loop {
        let start = text.len().saturating_sub(pieces.rest_length());
        match pieces.next() {
            Some(Piece::Start(tag)) => walk.start(tag, start, wanted),
            Some(Piece::End(name)) => walk.end(name),
            Some(Piece::Text(text) | Piece::Data(text)) if !text.trim().is_empty() => walk.shown(),
            Some(Piece::Text(_) | Piece::Data(_)) => {}
            None => return walk.cuts,
        }
    }
}

struct Walk<'text> {
    cuts: HashMap<String, usize>,
    open: Vec<Open<'text>>,
    /// Where the last heading begins, while nothing has been shown behind it: whether it has ended.
    heading: Option<(usize, bool)>,
    /// The last cut.
    last: usize,
}

/// An open element.
struct Open<'text> {
    name: &'text str,
    start: usize,
    is_blank: bool,
}

impl<'text> Walk<'text> {
    fn start(&mut self, tag: Tag<'text>, start: usize, wanted: &HashSet<&str>) {
        let names = ["id", "name", "xml:id"]
            .into_iter()
            .filter_map(|name| tag.value(name));
        for name in names.filter(|name| wanted.contains(name.as_str())) {
            let place = self.place(start);
            self.last = self.last.max(place);
            self.cuts.entry(name).or_insert(place);
        }
        let name = local(tag.name);
        if name == "body" {
            self.open.clear();
            self.heading = None;
            return;
        }
        match name {
            "img" | "image" | "video" | "audio" | "hr" | "table" => self.shown(),
            _ if is_heading(name) => self.heading = Some((start, false)),
            _ => {}
        }
        if !tag.is_empty && !tag.is_void() {
            self.open.push(Open {
                name: tag.name,
                start,
                is_blank: true,
            });
        }
    }

    /// Where a part begins of which a tag within bears the name.
    fn place(&self, start: usize) -> usize {
        let blank = self.open.iter().rev().take_while(|open| open.is_blank);
        let outer = blank.map(|open| open.start).last().unwrap_or(start);
        let heading = self
            .heading
            .filter(|(heading, has_ended)| *has_ended && *heading > self.last);
        heading.map_or(outer, |(heading, _)| outer.min(heading))
    }

    fn shown(&mut self) {
        if self.heading.is_some_and(|(_, has_ended)| has_ended) {
            self.heading = None;
        }
        for open in self.open.iter_mut().rev() {
            if !open.is_blank {
                break;
            }
            open.is_blank = false;
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((_, has_ended)) = self.heading.as_mut().filter(|_| is_heading(local(name))) {
            *has_ended = true;
        }
        let near = self.open.iter().rev().take(NEAR);
        if let Some(back) = near.into_iter().position(|open| open.name == name) {
            self.open.truncate(self.open.len() - back - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_with_what_stands_around_and_directly_before_its_place() {
        let text = "<html><body><div id='w'><h1 id='a'>A</h1><p>a</p><div><p><a id='b'></a></p><h2>B</h2>\
                    <p>b</p></div><h2>C</h2><p id='c'>c</p><h1 id='d'>D</h1><h2 id='e'>E</h2></div></body></html>";
        let wanted = HashSet::from(["a", "b", "c", "d", "e", "none"]);
        let cuts = of(text, &wanted);
        let begins = |name: &str| text.get(cuts[name]..).unwrap();
        assert!(begins("a").starts_with("<div id='w'>"));
        assert!(begins("b").starts_with("<div><p><a id='b'>"));
        assert!(begins("c").starts_with("<h2>C</h2>"));
        assert!(begins("d").starts_with("<h1 id='d'>"));
        assert!(begins("e").starts_with("<h2 id='e'>"));
        assert_eq!(cuts.len(), 5);
    }
}
