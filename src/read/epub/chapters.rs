//! The articles of a book: the documents and the parts of documents that each is made of.

use super::contents::Contents;
use super::news;
use super::notes::{self, Notes};
use super::package::Package;
use super::paths::Paths;
use super::survey::{self, Survey, letters};
use super::targets::{self, Beginning};
use crate::read::Span;
use crate::read::zip::members::{Members, folder_of};
use std::collections::{BTreeSet, HashMap};

/// A text that is no cover or title page, whatever is said of it, has more signs.
const LONG: usize = 4000;

/// An article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chapter {
    /// As the table of contents has it, as markup.
    pub title: Option<String>,
    pub parts: Vec<Part>,
    /// The name of the place where it begins, if that is within a document.
    pub place: Option<String>,
    /// Where the first of its documents lies in the file.
    pub span: Span,
}

/// A document, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub path: String,
    /// Bytes of its text.
    pub from: usize,
    pub to: usize,
}

impl Part {
    /// All of a document.
    pub(super) fn whole(path: &str) -> Self {
        Part {
            path: path.to_owned(),
            from: 0,
            to: usize::MAX,
        }
    }
}

/// A part of the spine that the table of contents does not part any more.
#[derive(Debug)]
pub(super) struct Piece {
    pub part: Part,
    pub survey: Survey,
    beginning: Beginning,
    span: Span,
    /// Whether it stands in the order of reading.
    is_linear: bool,
    /// Whether the book says that it is none of its texts, or that it holds notes.
    is_told_beside: bool,
    pub is_told_notes: bool,
}

/// What a book says of itself, and how it is read.
pub(super) struct Plan<'book> {
    pub package: &'book Package,
    pub contents: &'book Contents,
    pub members: &'book Members,
    pub paths: &'book Paths,
    pub title: Option<&'book str>,
    pub authors: &'book [String],
    pub text: &'book dyn Fn(&str) -> Option<String>,
}

impl Plan<'_> {
    /// The articles, and the notes that go with them.
    pub(super) fn chapters(&self) -> (Vec<Chapter>, Notes) {
        if self.package.is_news {
            return (news::chapters(self), Notes::new());
        }
        let pieces = self.pieces();
        let (notes, covered) = notes::of(&pieces, self.paths, self.text);
        let is_beside: Vec<bool> = pieces
            .iter()
            .zip(covered)
            .map(|(piece, covered)| covered * 10 > piece.survey.text * 7 || self.is_beside(piece))
            .collect();
        (self.assembled(&pieces, &is_beside), notes)
    }

    /// What the spine holds, and what only the table of contents names, cut where that says.
    fn pieces(&self) -> Vec<Piece> {
        let lines = targets::by_document(&self.contents.targets);
        let mut pieces = Vec::new();
        for (path, is_linear) in self.documents() {
            let Some(member) = self.members.named(path) else {
                continue;
            };
            let text = (self.text)(path).unwrap_or_default();
            let own = lines.get(path).map_or(&[][..], Vec::as_slice);
            let beginnings =
                targets::beginnings(&text, path, &self.contents.targets, own, self.paths);
            let ends: Vec<usize> = beginnings
                .keys()
                .skip(1)
                .copied()
                .chain([usize::MAX])
                .collect();
            for ((from, beginning), to) in beginnings.into_iter().zip(ends) {
                let part = text.get(from..to.min(text.len())).unwrap_or_default();
                pieces.push(Piece {
                    survey: Survey::of(part, path, self.paths),
                    span: member.span,
                    is_linear,
                    is_told_beside: self.is_told(path, &beginning, survey::is_beside),
                    is_told_notes: self.is_told(path, &beginning, survey::is_notes),
                    part: Part {
                        path: path.to_owned(),
                        from,
                        to,
                    },
                    beginning,
                });
            }
        }
        pieces
    }

    /// The texts in their order, and whether each stands in the order of reading.
    pub(super) fn documents(&self) -> Vec<(&str, bool)> {
        let spine = self.package.spine_items();
        let spine = spine.filter(|(item, _)| self.package.is_text(item));
        let spine = spine.map(|(item, is_linear)| (item.path.as_str(), is_linear));
        let known: BTreeSet<&str> = self.package.texts().collect();
        let targets = self.contents.targets.iter();
        let named = targets.map(|target| (target.spot.path.as_str(), true));
        let named = named.filter(|(path, _)| known.contains(path));
        let mut seen = BTreeSet::new();
        let documents = spine.chain(named);
        documents
            .filter(|(path, _)| seen.insert(*path) && !self.package.locked.contains(*path))
            .collect()
    }

    /// Whether a landmark or the guide says that a place is one of such a type.
    fn is_told(&self, path: &str, beginning: &Beginning, is: fn(&str) -> bool) -> bool {
        let told = self.contents.landmarks.iter().chain(&self.package.guide);
        told.into_iter().any(|(kind, spot)| {
            is(kind)
                && spot.path == path
                && (spot.fragment == beginning.fragment || beginning.title.is_none())
        })
    }

    /// Whether a piece is none of the book's texts.
    fn is_beside(&self, piece: &Piece) -> bool {
        let is_told = piece.is_told_beside || piece.survey.says(survey::is_beside);
        let is_named = is_beside_by_name(&piece.part.path) && piece.part.from == 0;
        (is_told || is_named) && piece.survey.text <= LONG || piece.survey.is_list()
    }

    /// The articles that the pieces make: each that the table of contents names has what follows it.
    fn assembled(&self, pieces: &[Piece], is_beside: &[bool]) -> Vec<Chapter> {
        let texts = || pieces.iter().zip(is_beside).filter(|(_, beside)| !**beside);
        let named = texts().filter(|(piece, _)| piece.beginning.title.is_some());
        let is_sparse = named.count() <= 1;
        let mut heads: HashMap<&str, usize> = HashMap::new();
        for title in texts().filter_map(|(piece, _)| piece.survey.title.as_deref()) {
            *heads.entry(title).or_default() += 1;
        }
        let mut chapters: Vec<(Chapter, bool)> = Vec::new();
        // The article that goes on, and whether the table of contents names it.
        let mut current: Option<(usize, bool)> = None;
        for (piece, is_beside) in pieces.iter().zip(is_beside) {
            if *is_beside {
                current = current.filter(|_| piece.beginning.title.is_none());
                continue;
            }
            let before = current.and_then(|(index, is_named)| {
                let chapter = &chapters.get(index)?.0;
                let goes_on = match is_named && !is_sparse {
                    true => piece.is_linear,
                    false => piece.survey.heading.is_none() && continues(chapter, piece),
                };
                (goes_on && piece.beginning.title.is_none()).then_some(index)
            });
            if let Some((chapter, shows_text)) = before.and_then(|index| chapters.get_mut(index)) {
                chapter.parts.push(piece.part.clone());
                *shows_text |= !piece.survey.is_blank();
                continue;
            }
            if piece.beginning.title.is_none() && self.is_front(piece) {
                continue;
            }
            if piece.is_linear {
                current = Some((chapters.len(), piece.beginning.title.is_some()));
            }
            let head = piece.survey.title.as_deref();
            let is_own = head.is_some_and(|head| heads.get(head) == Some(&1));
            chapters.push(self.begun(piece, is_own));
        }
        let shown = chapters.into_iter().filter(|(_, shows_text)| *shows_text);
        shown.map(|(chapter, _)| chapter).collect()
    }

    /// The article that begins with a piece, and whether it shows more than its title. A title in the head
    /// of a document counts where no other document has it.
    fn begun(&self, piece: &Piece, is_own: bool) -> (Chapter, bool) {
        let title = piece.beginning.title.clone().or_else(|| {
            let of_book = letters(self.title.unwrap_or_default());
            let head = piece.survey.title.as_deref().map(letters);
            let is_own = is_own && head.is_some_and(|head| !head.is_empty() && head != of_book);
            piece.survey.heading.clone().filter(|_| !is_own)
        });
        let is_divider = title
            .as_deref()
            .is_some_and(|title| piece.survey.shows_only(title));
        let chapter = Chapter {
            title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
            parts: vec![piece.part.clone()],
            place: piece.beginning.fragment.clone(),
            span: piece.span,
        };
        (chapter, !is_divider)
    }

    /// Whether a piece that the table of contents does not name is a cover or a title page.
    fn is_front(&self, piece: &Piece) -> bool {
        let authors = self.authors.iter().map(String::as_str);
        let words: Vec<&str> = self.title.into_iter().chain(authors).collect();
        piece.survey.text == 0 || self.title.is_some() && piece.survey.shows_little_but(&words)
    }
}

/// Whether a document is one of those that Offprint and others put around the texts.
pub(super) fn is_beside_by_name(path: &str) -> bool {
    let stem = stem(path).to_ascii_lowercase();
    [
        "cover",
        "title",
        "titlepage",
        "title_page",
        "contents",
        "colophon",
        "toc",
        "nav",
    ]
    .contains(&stem.as_str())
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// Whether a document goes on with a chapter where no table of contents tells: it lies in its folder, and
/// its name begins as that of the first.
fn continues(before: &Chapter, piece: &Piece) -> bool {
    let Some(first) = before.parts.first() else {
        return false;
    };
    let path = &piece.part.path;
    let unsplit = |path: &str| {
        let stem = stem(path);
        let end = stem.find("_split_").unwrap_or(stem.len());
        stem.get(..end).unwrap_or(stem).to_owned()
    };
    folder_of(&first.path) == folder_of(path) && unsplit(path).starts_with(&unsplit(&first.path))
}

/// What the table of contents calls each document: the innermost title of its beginning.
pub(super) fn titles(contents: &Contents) -> HashMap<&str, &str> {
    let mut titles = HashMap::new();
    for target in &contents.targets {
        let path = target.spot.path.as_str();
        match &target.spot.fragment {
            Some(_) => {
                titles.entry(path).or_insert(target.title.as_str());
            }
            None => {
                titles.insert(path, target.title.as_str());
            }
        }
    }
    titles
}
