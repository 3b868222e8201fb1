//! The documents of an article as its HTML, and what they tell of it.

use super::joined::{Joined, Text};
use crate::read::xhtml::{Piece, Pieces, Tag, unescaped};

/// What Offprint's books put between the names of authors, whatever their language.
const COMMAS: [&str; 3] = [", ", "、", "، "];

/// What stands behind a comma and is no other name.
const SUFFIXES: [&str; 12] = [
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "inc", "ltd", "llc", "gmbh", "esq",
];

/// What documents tell of their article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// As markup.
    pub title: Option<String>,
    pub address: Option<String>,
    pub source: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    /// Whether Offprint wrote it, so that what it does not tell is not known.
    pub is_own: bool,
}

/// The article that some documents make.
pub(super) fn article(joined: &Joined<'_>) -> (Told, String) {
    let mut told = Told::default();
    let mut html = String::new();
    // The number of the last note, while the list is open in which it is an item.
    let mut last: Option<u32> = None;
    for text in &joined.texts {
        let number = text.note.and_then(|note| note.number);
        let goes_on = number.is_some() && number == last.map(|last| last.saturating_add(1));
        if last.is_some() && !goes_on {
            html.push_str("</ol>");
        }
        if let Some(number) = number.filter(|_| !goes_on) {
            html.push_str(&format!("<ol start=\"{number}\">"));
        }
        last = number;
        let is_single = text.note.is_some() && number.is_none();
        html.push_str(if is_single {
            "<div epub:type=\"footnote\">"
        } else {
            ""
        });
        walk(joined, text, &mut told, &mut html);
        html.push_str(if is_single { "</div>" } else { "" });
    }
    if last.is_some() {
        html.push_str("</ol>");
    }
    (told, html)
}

/// Goes through a text of an article.
fn walk(joined: &Joined<'_>, text: &Text<'_>, told: &mut Told, html: &mut String) {
    let mut walk = Walk {
        joined,
        of: text,
        told,
        html,
        skipped: None,
        field: Field::None,
        byline: Vec::new(),
        is_body: text.note.is_some(),
        is_own: false,
    };
    for piece in Pieces::of(&text.html) {
        walk.take(piece);
    }
    walk.finish();
}

/// What a text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    None,
    Title,
    /// Offprint's line of source, authors and time.
    Byline,
}

/// One way through a document.
struct Walk<'walk> {
    joined: &'walk Joined<'walk>,
    of: &'walk Text<'walk>,
    told: &'walk mut Told,
    html: &'walk mut String,
    /// An element that is no part of the text: its name, and how many of that name are open within.
    skipped: Option<(String, usize)>,
    field: Field,
    byline: Vec<String>,
    is_body: bool,
    /// Whether Offprint wrote it.
    is_own: bool,
}

impl Walk<'_> {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(name) => self.end(name),
            Piece::Text(text) => self.text(text),
            Piece::Data(text) => self.text(&text.replace('&', "&amp;").replace('<', "&lt;")),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        self.is_own |= tag.name == "section"
            && tag.has_word("class", "chapter")
            && tag.attribute("aria-label").is_some();
        self.look(tag);
        if let Some((name, depth)) = &mut self.skipped {
            *depth += usize::from(name == tag.name && !tag.is_empty);
            return;
        }
        match tag.name {
            "html" => {
                let language = tag.value("xml:lang").or_else(|| tag.value("lang"));
                let language = language.filter(|tag| tag != "und");
                self.told.language = self.told.language.take().or(language);
            }
            "title" if !self.is_body => self.field = Field::Title,
            "body" => self.is_body = true,
            _ if !self.is_body => {}
            name if is_beside(tag, self.is_own) && !tag.is_empty => {
                self.skipped = Some((name.to_owned(), 1))
            }
            _ => {
                let text = &self.joined.rewritten(self.of, tag);
                Tag { text, ..tag }.push_html(self.html);
            }
        }
    }

    /// What a tag tells, within what is no part of the text too.
    fn look(&mut self, tag: Tag<'_>) {
        let is_origin = tag.has_word("rel", "calibre-downloaded-from");
        let is_own = self.is_own && self.is_in("p") && tag.name == "a" && self.field == Field::None;
        if tag.name == "a" && (is_origin || is_own && self.told.address.is_none()) {
            self.told.address = tag.value("href").filter(|link| link.contains("://"));
        }
        if self.is_own && tag.name == "p" && tag.has_word("class", "byline") {
            self.field = Field::Byline;
        }
        if self.field == Field::Byline && tag.name == "time" {
            self.told.published = tag.value("datetime");
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.skipped
            .as_ref()
            .is_some_and(|(skipped, _)| skipped == name)
    }

    fn end(&mut self, name: &str) {
        if name == "p" || name == "title" {
            self.field = Field::None;
        }
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        if name == "body" {
            self.is_body = false;
        } else if self.is_body {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    fn text(&mut self, text: &str) {
        match self.field {
            Field::Title if self.told.title.is_none() && !text.trim().is_empty() => {
                self.told.title = Some(text.trim().to_owned());
            }
            Field::Byline if self.told.published.is_none() => {
                self.byline.push(unescaped(text).into_owned());
            }
            _ => {}
        }
        if self.is_body && self.skipped.is_none() {
            self.html.push_str(text);
        }
    }

    /// Source and authors, as Offprint writes them: "The Lighthouse · Ada Keeper and Bo Fisher · ".
    fn finish(self) {
        self.told.is_own |= self.is_own;
        let line = self.byline.concat();
        let mut parts = line
            .split(" · ")
            .map(str::trim)
            .filter(|part| !part.is_empty());
        if let Some(source) = parts.next() {
            self.told.source = Some(source.replace('&', "&amp;"));
        }
        let authors = parts.next().map(names).unwrap_or_default();
        let authors = authors.into_iter().map(|name| name.replace('&', "&amp;"));
        self.told.authors.extend(authors);
    }
}

/// The names in a line of Offprint's.
fn names(line: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let comma = COMMAS.into_iter().find(|comma| line.contains(comma));
    let comma = comma.unwrap_or(", ");
    for part in line.split(comma) {
        let plain = part.trim().to_lowercase().replace('.', "");
        match names.last_mut() {
            Some(name) if SUFFIXES.contains(&plain.as_str()) => {
                name.push_str(comma);
                name.push_str(part);
            }
            _ => names.push(part.trim().to_owned()),
        }
    }
    names
}

/// Whether an element is no part of the text: what calibre and Offprint put around it.
fn is_beside(tag: Tag<'_>, is_own: bool) -> bool {
    let has = |word: &str| tag.has_word("class", word);
    match tag.name {
        "div" => has("calibre_navbar"),
        "nav" => is_own && has("neighbours"),
        "header" => is_own,
        "p" => is_own && has("origin"),
        "head" | "script" | "style" => true,
        _ => false,
    }
}
