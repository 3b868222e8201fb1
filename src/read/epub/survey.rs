//! What a document, or a part of one, is: a text, a cover, a list of the others, a page of notes.

use super::contents::Spot;
use super::paths::Paths;
use crate::read::xhtml::{Piece, Pieces, Tag, local, unescaped};
use crate::read::zip::members::folder_of;

/// So much of a text is kept to compare it with titles, in bytes.
const BEGINNING: usize = 300;

/// What stands on a title page beside title and authors has no more letters.
const LITTLE: usize = 20;

/// The most marks of notes that are looked at in a document.
const MOST_MARKS: usize = 20_000;

/// Types of what stands around the texts of a book (EPUB 3 Structural Semantics Vocabulary; OPF 2.0.1,
/// section 2.6).
const BESIDE: [&str; 22] = [
    "cover",
    "titlepage",
    "title-page",
    "halftitlepage",
    "halftitle",
    "toc",
    "toc-brief",
    "landmarks",
    "page-list",
    "loa",
    "loi",
    "lot",
    "lov",
    "copyright-page",
    "copyright",
    "imprint",
    "colophon",
    "seriespage",
    "ad",
    "adcard",
    "other.ad",
    "other.copyright",
];

/// Types of pages of notes.
const NOTES: [&str; 6] = [
    "footnotes",
    "endnotes",
    "rearnotes",
    "notes",
    "doc-endnotes",
    "doc-footnotes",
];

/// Whether a type is one of what stands around the texts.
pub(super) fn is_beside(kind: &str) -> bool {
    BESIDE.contains(&kind)
}

/// Whether a type is one of pages of notes.
pub(super) fn is_notes(kind: &str) -> bool {
    NOTES.contains(&kind)
}

/// A link that looks as if it led to a note.
#[derive(Debug)]
pub(super) struct Mark {
    pub path: String,
    pub fragment: String,
    /// Whether it says so.
    pub is_told: bool,
}

/// What one look tells.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// What its root, its body and the only part of this say that they are.
    kinds: Vec<String>,
    /// How many signs it shows, and how many of them stand in links within the book.
    pub text: usize,
    linked: usize,
    links: usize,
    in_headings: usize,
    pub has_picture: bool,
    /// Its first heading, as markup.
    pub heading: Option<String>,
    /// What its head calls it, as markup.
    pub title: Option<String>,
    /// How its text begins, without entities.
    pub beginning: String,
    pub marks: Vec<Mark>,
}

impl Survey {
    /// Looks through a document or a part of it.
    pub(super) fn of(text: &str, path: &str, paths: &Paths) -> Self {
        let mut walk = Walk {
            path,
            paths,
            found: Survey::default(),
            depth: 0,
            only: None,
            is_hidden: false,
            is_title: false,
            heading: None,
            is_heading: false,
            link: None,
        };
        for piece in Pieces::of(text) {
            match piece {
                Piece::Start(tag) => walk.start(tag),
                Piece::End(name) => walk.end(local(name)),
                Piece::Text(text) | Piece::Data(text) => walk.text(text),
            }
        }
        let only = walk.only.and_then(|(_, kinds)| kinds);
        walk.found.kinds.extend(only.unwrap_or_default());
        walk.found
    }

    /// Whether it says that it is one of such a type.
    pub(super) fn says(&self, is: fn(&str) -> bool) -> bool {
        self.kinds.iter().any(|kind| is(kind))
    }

    /// Whether it shows nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.text == 0 && !self.has_picture
    }

    /// Whether it is a list of links to the other documents.
    pub(super) fn is_list(&self) -> bool {
        self.links >= 3 && self.linked * 5 >= self.text * 4
    }

    /// Whether it shows nothing but headings, or a title.
    pub(super) fn shows_only(&self, title: &str) -> bool {
        let (shown, title) = (letters(&self.beginning), letters(&unescaped(title)));
        let is_title = self.text < BEGINNING && title.contains(&shown);
        !self.has_picture && (is_title || self.in_headings == self.text)
    }

    /// Whether it shows nothing but headings, pictures and a few signs, as what stands before the place by
    /// which a text is named.
    pub(super) fn is_opening(&self) -> bool {
        self.text <= LITTLE || self.in_headings == self.text
    }

    /// Whether it shows little but such words: the title of a book and who wrote it.
    pub(super) fn shows_little_but(&self, words: &[&str]) -> bool {
        let mut shown = letters(&self.beginning);
        let (first, others) = words.split_first().unwrap_or((&"", &[]));
        let title = letters(&unescaped(first));
        let has_title = !title.is_empty() && shown.contains(&title);
        shown = shown.replacen(&title, "", 1);
        for word in others {
            shown = shown.replacen(&letters(&unescaped(word)), "", 1);
        }
        has_title && self.text < BEGINNING && shown.chars().count() <= LITTLE
    }
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

struct Walk<'walk> {
    path: &'walk str,
    paths: &'walk Paths,
    found: Survey,
    /// How many elements are open in the body.
    depth: usize,
    /// The first part of the body, whose types count if no other follows: whether it has ended, and its
    /// types.
    only: Option<(bool, Option<Vec<String>>)>,
    is_hidden: bool,
    is_title: bool,
    heading: Option<String>,
    is_heading: bool,
    link: Option<(Tag<'walk>, String)>,
}

impl<'walk> Walk<'walk> {
    fn start(&mut self, tag: Tag<'walk>) {
        match local(tag.name) {
            "html" => self.found.kinds.extend(kinds(tag)),
            "body" => {
                self.found.kinds.extend(kinds(tag));
                self.depth = 0;
                self.only = None;
            }
            "head" => self.is_hidden = true,
            "script" | "style" if !tag.is_empty => self.is_hidden = true,
            "title" if self.is_hidden => self.is_title = true,
            name => self.element(name, tag),
        }
    }

    fn element(&mut self, name: &str, tag: Tag<'walk>) {
        if self.is_hidden {
            return;
        }
        let is_part = ["section", "div", "nav", "article", "aside"].contains(&name);
        if self.depth == 0 {
            self.only = match self.only {
                None if is_part => Some((false, Some(kinds(tag).collect()))),
                _ => Some((true, None)),
            };
        }
        self.depth += usize::from(!tag.is_empty && !tag.is_void());
        self.is_heading |= is_heading(name);
        match name {
            "img" | "image" | "svg" | "video" | "audio" => self.found.has_picture = true,
            "h1" | "h2" | "h3" if self.found.heading.is_none() => {
                self.heading = Some(String::new());
            }
            "a" => self.link = Some((tag, String::new())),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "head" | "script" | "style" => self.is_hidden = false,
            "title" => self.is_title = false,
            "body" | "html" => {}
            _ => self.depth = self.depth.saturating_sub(1),
        }
        self.is_heading &= !is_heading(name);
        match name {
            "h1" | "h2" | "h3" => {
                let heading = self.heading.take();
                let heading = heading.filter(|heading| !heading.trim().is_empty());
                self.found.heading = self.found.heading.take().or(heading);
            }
            "a" => self.link_ended(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_title && self.found.title.is_none() && !text.trim().is_empty() {
            self.found.title = Some(text.trim().to_owned());
        }
        if self.is_hidden {
            return;
        }
        let signs = text.chars().filter(|c| !c.is_whitespace()).count();
        if signs == 0 {
            return;
        }
        if self.depth == 0 {
            self.only = Some((true, None));
        }
        self.found.text += signs;
        self.found.in_headings += signs * usize::from(self.is_heading);
        if self.found.beginning.len() < BEGINNING {
            self.found.beginning.push_str(&unescaped(text));
        }
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some((_, words)) = &mut self.link {
            words.push_str(text);
        }
    }

    fn link_ended(&mut self) {
        let Some((tag, words)) = self.link.take() else {
            return;
        };
        let Some(reference) = tag.value("href").filter(|link| !link.contains("://")) else {
            return;
        };
        self.found.links += 1;
        self.found.linked += words.chars().filter(|c| !c.is_whitespace()).count();
        let is_told = is_told_mark(tag);
        if self.found.marks.len() >= MOST_MARKS || !is_told && !is_sign(&words) {
            return;
        }
        let spot = spot_of(&reference, self.path, self.paths);
        if let Some((path, fragment)) = spot.and_then(|spot| Some((spot.path, spot.fragment?))) {
            self.found.marks.push(Mark {
                path,
                fragment,
                is_told,
            });
        }
    }
}

/// What a reference of a document leads to, within itself too.
pub(super) fn spot_of(reference: &str, path: &str, paths: &Paths) -> Option<Spot> {
    match reference.trim().strip_prefix('#') {
        Some(_) => {
            let spot = Spot::of(&format!("x{}", reference.trim()), "", paths)?;
            Some(Spot {
                path: path.to_owned(),
                ..spot
            })
        }
        None => Spot::of(reference, folder_of(path), paths),
    }
}

fn kinds(tag: Tag<'_>) -> impl Iterator<Item = String> {
    let words = ["epub:type", "role"].into_iter();
    let words = words.filter_map(move |name| tag.attribute(name));
    words.flat_map(|words| words.split_ascii_whitespace().map(str::to_ascii_lowercase))
}

/// Whether an element is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether a link says that it is the mark of a note.
pub(super) fn is_told_mark(tag: Tag<'_>) -> bool {
    tag.has_word("epub:type", "noteref") || tag.has_word("role", "doc-noteref")
}

/// Whether a text is one that marks of notes have: a number, a letter, asterisks and daggers.
fn is_sign(text: &str) -> bool {
    let text = unescaped(text);
    let sign = text.trim_matches(|c: char| c.is_whitespace() || "[](){}.:".contains(c));
    let all = |belongs: fn(char) -> bool| sign.chars().all(belongs);
    let length = sign.chars().count();
    (1..=4).contains(&length)
        && (all(|c| c.is_ascii_digit())
            || all(|c| "*†‡§¶‖#⁎∗".contains(c))
            || all(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩".contains(c))
            || all(|c| "ivxlc".contains(c))
            || length <= 2 && all(|c| c.is_ascii_lowercase()))
}
