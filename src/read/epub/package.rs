//! What a book says of itself: its package document (EPUB 3.3, section 5; OPF 2.0.1).

use super::contents;
use crate::read::Span;
use crate::read::xhtml::{Piece, Pieces, Tag, local};
use crate::read::zip::members::{Member, Members, folder_of, resolved};
use std::collections::{BTreeSet, HashMap};
use std::io;

/// The most documents of a book.
const MOST_DOCUMENTS: usize = 20_000;

/// A book.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub members: Members,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub date: Option<String>,
    identifier: String,
    pub chapters: Vec<Chapter>,
    /// What the spine names and the book lacks: paths, or ids that no document has.
    pub missing: Vec<String>,
    /// How many documents are more than a book may have.
    pub beyond: usize,
}

/// Documents that are one article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chapter {
    /// As the table of contents has it, as markup.
    pub title: Option<String>,
    /// The paths of its documents.
    pub documents: Vec<String>,
    /// Where the first of them lies in the file.
    pub span: Span,
}

/// A line of the manifest.
#[derive(Debug, Default)]
struct ManifestItem {
    path: String,
    kind: String,
    properties: String,
}

/// The package document, as it is read.
#[derive(Debug, Default)]
struct Package {
    items: HashMap<String, ManifestItem>,
    spine: Vec<String>,
    beyond: usize,
    ncx: Option<String>,
    /// Documents that are no text of the book: cover, title page, contents.
    beside: BTreeSet<String>,
    is_news: bool,
}

impl Book {
    /// Reads what stands before the chapters.
    ///
    /// # Errors
    /// What is wrong with the book.
    pub(super) fn read(
        members: Members,
        text: &dyn Fn(&Member) -> io::Result<String>,
    ) -> Result<Self, String> {
        let read = |name: &str| -> Result<String, String> {
            let member = members.named(name);
            let member = member.ok_or_else(|| format!("the book lacks {name}"))?;
            text(member).map_err(|error| format!("{name} can't be read: {error}"))
        };
        let container = read("META-INF/container.xml")?;
        let path = root_file(&container).ok_or("the book names no package document")?;
        let mut book = Book::default();
        let package = book.read_package(&read(&path)?, folder_of(&path));
        let nav = package.contents_path();
        let titles = match nav.as_deref().map(read) {
            Some(Ok(text)) => {
                contents::titles(&text, folder_of(nav.as_deref().unwrap_or_default()))
            }
            _ => HashMap::new(),
        };
        book.missing = missing(&package, &members);
        book.beyond = package.beyond;
        book.chapters = chapters(&package, &titles, &members);
        book.members = members;
        Ok(book)
    }

    fn read_package(&mut self, text: &str, folder: &str) -> Package {
        let mut package = Package::default();
        let mut open = "";
        for piece in Pieces::of(text) {
            match piece {
                Piece::Start(tag) => {
                    open = local(tag.name);
                    package.add(tag, folder);
                }
                Piece::End(_) => open = "",
                Piece::Text(text) => self.add(open, text),
                Piece::Data(text) => self.add(open, &text.replace('&', "&amp;")),
            }
        }
        if package.is_news {
            // calibre names the day of the download behind the name of the news.
            let title = self.title.take();
            self.title = title.map(|title| match title.rsplit_once(" [") {
                Some((name, _)) => name.to_owned(),
                None => title,
            });
        }
        package
    }

    fn add(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let first = |place: &mut Option<String>| {
            place.get_or_insert_with(|| text.to_owned());
        };
        match name {
            "title" => first(&mut self.title),
            // calibre names itself as the author of news.
            "creator" if text != "calibre" => self.authors.push(text.to_owned()),
            "language" if text != "und" => first(&mut self.language),
            "date" => first(&mut self.date),
            "identifier" if self.identifier.is_empty() => self.identifier = text.to_owned(),
            _ => {}
        }
    }

    /// What a chapter is known by, if it has no address.
    pub(super) fn id_of(&self, chapter: &Chapter) -> String {
        let first = chapter.documents.first().map(String::as_str);
        let scheme = if self.identifier.contains(':') {
            ""
        } else {
            "urn:uuid:"
        };
        format!("{scheme}{}#{}", self.identifier, first.unwrap_or_default())
    }

    /// What all its chapters depend on.
    pub(super) fn fingerprint(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?} {}",
            self.title, self.authors, self.language, self.date, self.identifier
        )
    }

    /// The members that may be pictures.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &Member> {
        const KINDS: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp"];
        self.members.all.iter().filter(|member| {
            let kind = member.name.rsplit_once('.').map_or("", |(_, kind)| kind);
            KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
        })
    }
}

impl Package {
    fn add(&mut self, tag: Tag<'_>, folder: &str) {
        let path = || resolved(folder, &tag.value("href")?);
        match local(tag.name) {
            "item" => {
                if let (Some(id), Some(path)) = (tag.value("id"), path()) {
                    let item = ManifestItem {
                        path,
                        kind: tag.value("media-type").unwrap_or_default(),
                        properties: tag.value("properties").unwrap_or_default(),
                    };
                    self.items.insert(id, item);
                }
            }
            "spine" => self.ncx = tag.value("toc"),
            "itemref" if self.spine.len() < MOST_DOCUMENTS => {
                self.spine.push(tag.value("idref").unwrap_or_default());
            }
            "itemref" => self.beyond += 1,
            "reference" => {
                let kind = tag.value("type").unwrap_or_default();
                if ["cover", "title-page", "toc", "copyright-page", "colophon"]
                    .contains(&kind.as_str())
                {
                    self.beside.extend(path());
                }
            }
            "meta" => {
                let is_type = tag.attribute("name") == Some("calibre:publication_type");
                let kind = tag.attribute("content").unwrap_or_default();
                self.is_news |= is_type && kind.starts_with("periodical");
            }
            _ => {}
        }
    }

    /// Whether a document is one of the book's texts, by its type, or by its name where that is none.
    fn is_text(&self, item: &ManifestItem) -> bool {
        let is_nav = item
            .properties
            .split_ascii_whitespace()
            .any(|word| word == "nav");
        let kinds = ["application/xhtml+xml", "text/html", "text/x-oeb1-document"];
        let ending = item.path.rsplit('.').next().unwrap_or_default();
        let is_html = ["xhtml", "html", "htm"]
            .iter()
            .any(|html| ending.eq_ignore_ascii_case(html));
        (is_html || kinds.contains(&item.kind.as_str()))
            && !is_nav
            && !self.beside.contains(&item.path)
    }

    /// The document of the table of contents.
    fn contents_path(&self) -> Option<String> {
        let nav = self.items.values().find(|item| {
            item.properties
                .split_ascii_whitespace()
                .any(|word| word == "nav")
        });
        let ncx = || self.items.get(self.ncx.as_deref()?);
        let any_ncx = || {
            self.items
                .values()
                .find(|item| item.kind == "application/x-dtbncx+xml")
        };
        nav.or_else(ncx)
            .or_else(any_ncx)
            .map(|item| item.path.clone())
    }
}

/// The package document that a container names.
fn root_file(container: &str) -> Option<String> {
    Pieces::of(container).find_map(|piece| match piece {
        Piece::Start(tag) if local(tag.name) == "rootfile" => {
            resolved("", &tag.value("full-path")?)
        }
        _ => None,
    })
}

/// What the spine names and the book lacks.
fn missing(package: &Package, members: &Members) -> Vec<String> {
    let lacks = |id: &String| match package.items.get(id) {
        None => Some(format!("the document with the id {id:?}")),
        Some(item) => {
            let is_lacking = package.is_text(item)
                && !is_beside(&item.path)
                && members.named(&item.path).is_none();
            is_lacking.then(|| item.path.clone())
        }
    };
    package.spine.iter().filter_map(lacks).collect()
}

/// The documents in their order, brought together where the table of contents names only the first.
fn chapters(
    package: &Package,
    titles: &HashMap<String, String>,
    members: &Members,
) -> Vec<Chapter> {
    let documents = package.spine.iter().filter_map(|id| package.items.get(id));
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut seen = BTreeSet::new();
    for item in documents.filter(|item| package.is_text(item)) {
        let path = &item.path;
        let Some(member) = members.named(path).filter(|_| seen.insert(path)) else {
            continue;
        };
        if package.is_news && !is_news_article(path) || is_beside(path) {
            continue;
        }
        let title = titles.get(path);
        let goes_on = |before: &Chapter| match package.is_news {
            true => before
                .documents
                .last()
                .is_some_and(|last| folder_of(last) == folder_of(path)),
            false => title.is_none() && (!titles.is_empty()) && continues(before, path),
        };
        match chapters.last_mut().filter(|before| goes_on(before)) {
            Some(before) => before.documents.push(path.clone()),
            None => chapters.push(Chapter {
                title: title.cloned(),
                documents: vec![path.clone()],
                span: member.span,
            }),
        }
    }
    chapters
}

/// Whether a document of calibre's news is an article, and no list of a section's articles.
fn is_news_article(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with("article_"))
}

/// Whether a document is one of those that Offprint and others put around the texts.
fn is_beside(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
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

/// Whether a document that no table of contents names goes on with a chapter: it lies in its folder, and
/// its name begins as that of the first.
fn continues(before: &Chapter, path: &str) -> bool {
    let Some(first) = before.documents.first() else {
        return false;
    };
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        let end = stem.find("_split_").unwrap_or(stem.len());
        stem.get(..end).unwrap_or(stem).to_owned()
    };
    folder_of(first) == folder_of(path) && stem(path).starts_with(&stem(first))
}
