//! The documents of an article as one: links between them, names that several have, and the notes that go
//! with them.

use super::chapters::Chapter;
use super::contents::Spot;
use super::notes::Note;
use super::package::Book;
use super::survey::spot_of;
use crate::read::xhtml::{Piece, Pieces, Tag};
use crate::read::zip::members::folder_of;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// Attributes that name pictures and films.
const SOURCES: [&str; 4] = ["src", "xlink:href", "poster", "data"];

/// A text of an article.
pub(super) struct Text<'book> {
    pub path: &'book str,
    pub html: Cow<'book, str>,
    /// The note that it is.
    pub note: Option<&'book Note>,
    /// What its names are called in the article, where others have them too.
    renamed: HashMap<String, String>,
    names: HashSet<String>,
}

/// The texts of an article and its notes.
pub(super) struct Joined<'book> {
    book: &'book Book,
    pub texts: Vec<Text<'book>>,
    by_path: HashMap<&'book str, Vec<usize>>,
    folder: &'book str,
}

impl<'book> Joined<'book> {
    /// Brings together the documents of a chapter, as they are written.
    pub(super) fn of(book: &'book Book, chapter: &'book Chapter, texts: Vec<String>) -> Self {
        let mut joined = Joined {
            book,
            texts: Vec::new(),
            by_path: HashMap::new(),
            folder: folder_of(chapter.parts.first().map_or("", |part| &part.path)),
        };
        let mut names = HashSet::new();
        for (part, html) in chapter.parts.iter().zip(texts) {
            joined.add(&part.path, Cow::Owned(html), None, &mut names);
        }
        for ((path, _), note) in joined.notes() {
            joined.add(path, Cow::Borrowed(&note.html), Some(note), &mut names);
        }
        joined
    }

    fn add(
        &mut self,
        path: &'book str,
        html: Cow<'book, str>,
        note: Option<&'book Note>,
        taken: &mut HashSet<String>,
    ) {
        let index = self.texts.len();
        let mut text = Text {
            path,
            note,
            renamed: HashMap::new(),
            names: HashSet::new(),
            html: Cow::Borrowed(""),
        };
        for piece in Pieces::of(&html) {
            let Piece::Start(tag) = piece else { continue };
            let names = ["id", "name"]
                .into_iter()
                .filter_map(|name| tag.value(name));
            text.names.extend(names);
        }
        for name in &text.names {
            if !taken.insert(name.clone()) {
                let other = format!("{name}-{}", index + 1);
                text.renamed.insert(name.clone(), other);
            }
        }
        text.html = html;
        self.by_path.entry(path).or_default().push(index);
        self.texts.push(text);
    }

    /// The notes that the texts refer to, in the order of their marks.
    fn notes(&self) -> Vec<(&'book (String, String), &'book Note)> {
        let mut notes = Vec::new();
        if self.book.notes.is_empty() {
            return notes;
        }
        let mut seen = HashSet::new();
        for text in &self.texts {
            for piece in Pieces::of(&text.html) {
                let Piece::Start(tag) = piece else { continue };
                let spot = self.spot(text, tag);
                if let Some(spot) = spot.filter(|spot| self.own_name(spot).is_none()) {
                    let place = (spot.path, spot.fragment.unwrap_or_default());
                    let note = self.book.notes.get_key_value(&place);
                    notes.extend(note.filter(|(place, _)| seen.insert(*place)));
                }
            }
        }
        notes
    }

    /// Where a link leads, if that is a place within the book.
    fn spot(&self, text: &Text<'_>, tag: Tag<'_>) -> Option<Spot> {
        let reference = (tag.name == "a").then(|| tag.value("href")).flatten()?;
        let is_inner = reference.contains('#') && !reference.contains("://");
        let spot = is_inner.then(|| spot_of(&reference, text.path, &self.book.paths))?;
        spot.filter(|spot| spot.fragment.is_some())
    }

    /// What a place in the article is called there.
    fn own_name(&self, spot: &Spot) -> Option<&str> {
        let name = spot.fragment.as_ref()?;
        let texts = self.by_path.get(spot.path.as_str())?;
        let texts = texts.iter().filter_map(|&index| self.texts.get(index));
        let mut named = texts.filter_map(|text| {
            let own = text.names.get(name)?;
            Some(text.renamed.get(own).unwrap_or(own).as_str())
        });
        named.next()
    }

    /// A tag of a text as it stands in the article.
    pub(super) fn rewritten<'tag>(&self, text: &Text<'_>, tag: Tag<'tag>) -> Cow<'tag, str> {
        let mut written = Cow::Borrowed(tag.text);
        let mut set = |name: &str, value: &str| {
            let changed = Tag {
                text: &written,
                ..tag
            };
            written = Cow::Owned(changed.with(name, value));
        };
        if !text.renamed.is_empty() {
            for name in ["id", "name"] {
                let other = tag.value(name).and_then(|value| text.renamed.get(&value));
                other.into_iter().for_each(|other| set(name, other));
            }
        }
        if let Some(spot) = self.spot(text, tag) {
            let own = self.own_name(&spot).map(|own| format!("#{own}"));
            own.into_iter().for_each(|own| set("href", &own));
            let is_mark = text.note.is_none() && self.is_note(&spot);
            if is_mark && tag.attribute("epub:type").is_none() {
                let marked = written.replacen("<a", "<a epub:type=\"noteref\"", 1);
                written = Cow::Owned(marked);
            }
            return written;
        }
        if folder_of(text.path) != self.folder {
            for name in SOURCES {
                let reference = tag.value(name).filter(|value| !value.contains(':'));
                let path = reference.and_then(|reference| {
                    self.book.paths.resolved(folder_of(text.path), &reference)
                });
                let path = path.map(|path| from_folder(self.folder, &path));
                path.into_iter().for_each(|path| set(name, &path));
            }
        }
        written
    }

    /// Whether a place is a note that was brought into the article.
    fn is_note(&self, spot: &Spot) -> bool {
        let place = (spot.path.clone(), spot.fragment.clone().unwrap_or_default());
        self.book.notes.contains_key(&place)
    }
}

/// The reference that leads from a folder to a path, both within the book.
fn from_folder(folder: &str, path: &str) -> String {
    let mut reference = String::new();
    for _ in folder.split('/').filter(|part| !part.is_empty()) {
        reference.push_str("../");
    }
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | ':' => {
                let _ = write!(reference, "%{:02X}", u32::from(c));
            }
            _ => reference.push(c),
        }
    }
    reference
}
