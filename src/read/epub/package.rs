//! What a book says of itself: its package document (EPUB 3.3, section 5; OPF 2.0.1).

use super::chapters::{Chapter, Plan, is_beside_by_name};
use super::contents::{self, Spot};
use super::encryption;
use super::notes::Notes;
use super::paths::Paths;
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
    /// Others who took part: translators, editors.
    others: Vec<String>,
    pub language: Option<String>,
    pub date: Option<String>,
    identifier: String,
    pub chapters: Vec<Chapter>,
    /// What the spine names and the book lacks: paths, or ids that no document has.
    pub missing: Vec<String>,
    /// How many documents are more than a book may have.
    pub beyond: usize,
    /// How many of its texts nobody reads without a key.
    pub locked: usize,
    /// The notes that stand in other documents than their marks.
    pub notes: Notes,
    pub paths: Paths,
}

/// A line of the manifest.
#[derive(Debug, Default)]
pub(super) struct ManifestItem {
    pub path: String,
    kind: String,
    properties: String,
}

/// The package document, as it is read.
#[derive(Debug, Default)]
pub(super) struct Package {
    items: HashMap<String, ManifestItem>,
    /// The ids of its documents, and whether each stands in the order of reading.
    spine: Vec<(String, bool)>,
    beyond: usize,
    ncx: Option<String>,
    /// What the guide says of places, and their type, in lower case.
    pub guide: Vec<(String, Spot)>,
    /// Members that nobody reads without a key.
    pub locked: BTreeSet<String>,
    pub is_news: bool,
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
        let paths = Paths::of(&members);
        let mut book = Book::default();
        let mut package = book.read_package(&read(&path)?, folder_of(&path), &paths);
        if let Ok(encryption) = read("META-INF/encryption.xml") {
            package.locked = encryption::locked(&encryption, &paths);
        }
        let contents = package.contents_paths().into_iter().filter_map(|path| {
            let text = read(&path).ok()?;
            Some(contents::read(&text, folder_of(&path), &paths))
        });
        let contents = contents.reduce(|first, second| match first.targets.is_empty() {
            true => second,
            false => first,
        });
        book.missing = missing(&package, &members);
        book.beyond = package.beyond;
        book.locked = package
            .texts()
            .filter(|path| package.locked.contains(*path))
            .count();
        let plan = Plan {
            package: &package,
            contents: &contents.unwrap_or_default(),
            members: &members,
            paths: &paths,
            title: book.title.as_deref(),
            authors: &book.authors,
            text: &|path| read(path).ok(),
        };
        (book.chapters, book.notes) = plan.chapters();
        book.members = members;
        book.paths = paths;
        Ok(book)
    }

    fn read_package(&mut self, text: &str, folder: &str, paths: &Paths) -> Package {
        let mut package = Package::default();
        let mut open = "";
        for piece in Pieces::of(text) {
            match piece {
                Piece::Start(tag) => {
                    open = local(tag.name);
                    let role = tag.attribute("opf:role").or_else(|| tag.attribute("role"));
                    if open == "creator" && role.is_some_and(|role| role != "aut") {
                        open = "other";
                    }
                    package.add(tag, folder, paths);
                }
                Piece::End(_) => open = "",
                Piece::Text(text) => self.add(open, text),
                Piece::Data(text) => self.add(open, &text.replace('&', "&amp;")),
            }
        }
        if self.authors.is_empty() {
            self.authors = std::mem::take(&mut self.others);
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
            "other" => self.others.push(text.to_owned()),
            "language" if text != "und" => first(&mut self.language),
            "date" => first(&mut self.date),
            "identifier" if self.identifier.is_empty() => self.identifier = text.to_owned(),
            _ => {}
        }
    }

    /// What a chapter is known by, if it has no address.
    pub(super) fn id_of(&self, chapter: &Chapter) -> String {
        let first = chapter.parts.first().map(|part| part.path.as_str());
        let place = chapter.place.as_ref().map(|place| format!("!{place}"));
        let scheme = if self.identifier.contains(':') {
            ""
        } else {
            "urn:uuid:"
        };
        let (first, place) = (first.unwrap_or_default(), place.unwrap_or_default());
        format!("{scheme}{}#{first}{place}", self.identifier)
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
    fn add(&mut self, tag: Tag<'_>, folder: &str, paths: &Paths) {
        let spot = || Spot::of(&tag.value("href")?, folder, paths);
        let path = || Some(spot()?.path);
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
                let id = tag.value("idref").unwrap_or_default();
                self.spine.push((id, tag.attribute("linear") != Some("no")));
            }
            "itemref" => self.beyond += 1,
            "reference" => {
                let kind = tag.value("type").unwrap_or_default().to_ascii_lowercase();
                if self.guide.len() < contents::MOST_LANDMARKS {
                    self.guide.extend(spot().map(|spot| (kind, spot)));
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

    /// The documents of the spine, and whether each stands in the order of reading.
    pub(super) fn spine_items(&self) -> impl Iterator<Item = (&ManifestItem, bool)> {
        let spine = self.spine.iter();
        spine.filter_map(|(id, is_linear)| Some((self.items.get(id)?, *is_linear)))
    }

    /// The paths of all that may be texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.items.values().filter(|item| self.is_text(item));
        texts.map(|item| item.path.as_str())
    }

    /// Whether a document is one of the book's texts, by its type, or by its name where that is none.
    pub(super) fn is_text(&self, item: &ManifestItem) -> bool {
        let kinds = ["application/xhtml+xml", "text/html", "text/x-oeb1-document"];
        let ending = item.path.rsplit('.').next().unwrap_or_default();
        let is_html = ["xhtml", "html", "htm"]
            .iter()
            .any(|html| ending.eq_ignore_ascii_case(html));
        (is_html || kinds.contains(&item.kind.as_str())) && !item.is_contents()
    }

    /// The documents of the table of contents, the better first.
    fn contents_paths(&self) -> Vec<String> {
        let ordered = |is: &dyn Fn(&ManifestItem) -> bool| {
            let items = self.items.values().filter(|item| is(item));
            let paths: BTreeSet<&str> = items.map(|item| item.path.as_str()).collect();
            paths.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let ncx = self.ncx.as_ref().and_then(|id| self.items.get(id));
        let mut paths = ordered(&ManifestItem::is_contents);
        paths.extend(ncx.map(|item| item.path.clone()));
        paths.extend(ordered(&|item| item.kind == "application/x-dtbncx+xml"));
        paths
    }
}

impl ManifestItem {
    /// Whether it is the navigation document.
    fn is_contents(&self) -> bool {
        let mut properties = self.properties.split_ascii_whitespace();
        properties.any(|word| word == "nav")
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
                && !is_beside_by_name(&item.path)
                && members.named(&item.path).is_none();
            is_lacking.then(|| item.path.clone())
        }
    };
    let ids = package.spine.iter().map(|(id, _)| id);
    ids.filter_map(lacks).collect()
}
