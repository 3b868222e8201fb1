//! Books in EPUB: calibre's news, Offprint's own, and others.
//!
//! `package` reads what a book says of itself and in which order its documents stand, `contents` its table
//! of contents, which tells where articles begin (`targets`, `cuts`); `chapters` puts the documents
//! together (`news` those of calibre's news), by what each is (`survey`), and `notes` finds notes that stand
//! apart from their marks. `joined` and `document` make an article of documents.

mod chapters;
mod contents;
mod cuts;
mod document;
mod encryption;
mod joined;
mod news;
mod notes;
mod package;
mod paths;
mod survey;
mod targets;

use super::xhtml::{Piece, Pieces};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{
    Digest, Entry, Format, Head, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources, WrittenTime,
};
use crate::read::source::held::{Held, Weigh};
use crate::read::zip::members::{Member, Members, folder_of};
use chapters::{Chapter, Part};
use joined::Joined;
use memchr::memmem;
use package::Book;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Reads books in EPUB: each article of a news book, each chapter of another.
#[derive(Default)]
pub struct Epub {
    /// What books say of themselves.
    books: Held<Opened>,
    /// The document of which a part was read last: others are likely to be read next.
    last: Mutex<Option<Document>>,
}

/// A document's text, and what tells it from others: its book's path and its member.
struct Document {
    book: String,
    member: Member,
    text: Arc<str>,
}

static FORMAT: Format = Format {
    name: "epub",
    description: "Books in EPUB: calibre's news, Offprint's own, others; each chapter is an article",
    files: "*.epub",
    options: &["from"],
};

/// The most bytes of a document, and of the parts that tell of all documents.
const LONGEST_DOCUMENT: u64 = 16 << 20;

impl Reader for Epub {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        // The first member is the type of the file, as it is (OCF 3.3, section 4.3).
        let first = probe.first().get(..4096).unwrap_or(probe.first());
        let is_book = first.starts_with(b"PK\x03\x04")
            && (memmem::find(first, b"application/epub+zip").is_some()
                || probe.name().to_ascii_lowercase().ends_with(".epub"));
        match is_book {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        _options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let opened = match self.books.anew(source, || Opened::of(source)) {
            Ok(opened) => opened,
            Err(NotOpened(message)) => return vec![broken(source, &message)],
        };
        let book = &opened.book;
        let mut warnings = Vec::new();
        for (chapter, number) in book.chapters.iter().zip(1..) {
            let at = locator(chapter, number);
            match self.read(book, chapter, source, &at) {
                Ok(Read { entry, content }) => each(Item::new(at, entry, content)),
                Err(error) => {
                    let message = format!("the chapter can't be read: {error}");
                    warnings.push(at.placed(broken(source, &message)));
                }
            }
        }
        warnings.extend(lacking(book).map(|message| broken(source, &message)));
        if book.chapters.is_empty() && book.locked == 0 {
            warnings.push(broken(source, "the book has no chapter"));
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let changed = || at.placed(source.changed());
        let opened = self.books.of(source, || Opened::of(source));
        let opened = opened.map_err(|_| changed())?;
        let book = &opened.book;
        let position = usize::try_from(at.number.saturating_sub(1)).unwrap_or(usize::MAX);
        let chapter = book.chapters.get(position).ok_or_else(changed)?;
        if locator(chapter, at.number) != *at {
            return Err(changed());
        }
        let Read { mut entry, .. } = self
            .read(book, chapter, source, at)
            .map_err(|_| changed())?;
        entry.resources = Resources::new(PicturesOfBook::around(chapter, &opened, source)).whole();
        Ok(Loaded {
            entry,
            warnings: Vec::new(),
        })
    }
}

fn locator(chapter: &Chapter, number: u32) -> Locator {
    Locator {
        span: chapter.span,
        line: 1,
        number,
    }
}

/// What to say of chapters that are named and can't be read.
fn lacking(book: &Book) -> impl Iterator<Item = String> {
    let first = book.missing.first();
    let missing = first.map(|first| match book.missing.len() {
        1 => format!("the book lacks a chapter that it names: {first}"),
        count => format!("the book lacks {count} chapters that it names, such as {first}"),
    });
    let beyond = (book.beyond > 0).then(|| {
        format!(
            "the book has more documents than are read: {} are left out",
            book.beyond
        )
    });
    let locked = (book.locked > 0).then(|| {
        format!(
            "the book is encrypted (DRM): {} of its documents can't be read",
            book.locked
        )
    });
    let numbered = book.members.numbered;
    let repeated = (numbered > 0)
        .then(|| format!("{numbered} members are left out, since others have their names"));
    let faults = book.members.faults.iter().cloned().chain(repeated);
    let told = missing.into_iter().chain(beyond);
    told.chain(locked).chain(faults)
}

fn broken(source: &dyn Source, message: &str) -> Warning {
    Warning::new(Code::ExportBroken, message).in_file(source.path())
}

/// A book that is open.
struct Opened {
    book: Book,
    /// Its pictures by their names, once one of its chapters is read.
    pictures: OnceLock<Arc<HashMap<String, Arc<Picture>>>>,
}

/// What is wrong with a book.
struct NotOpened(String);

impl From<io::Error> for NotOpened {
    fn from(error: io::Error) -> Self {
        NotOpened(format!("the book can't be opened: {error}"))
    }
}

impl Opened {
    fn of(source: &dyn Source) -> Result<Self, NotOpened> {
        let members = Members::of(source)?;
        let book = Book::read(members, &|member| text(member, source));
        Ok(Opened {
            book: book.map_err(NotOpened)?,
            pictures: OnceLock::new(),
        })
    }

    fn pictures(&self, source: &dyn Source) -> Arc<HashMap<String, Arc<Picture>>> {
        let pictures = || {
            let pictures = self.book.pictures().map(|member| {
                let picture = Picture {
                    encoded: source.held(member.span),
                    member: member.clone(),
                };
                (member.name.clone(), Arc::new(picture))
            });
            Arc::new(pictures.collect())
        };
        Arc::clone(self.pictures.get_or_init(pictures))
    }
}

impl Weigh for Opened {
    fn weight(&self) -> usize {
        // A name stands in the directory, in its index, and with the chapters or the pictures.
        let notes = self.book.notes.values().map(|note| note.html.len() + 200);
        600 * self.book.members.all.len() + notes.sum::<usize>()
    }
}

/// The text of a document.
fn text(member: &Member, source: &dyn Source) -> io::Result<String> {
    let bytes = member.bytes(source, LONGEST_DOCUMENT)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// An article without its pictures, and the digest of what it is made of, those included.
struct Read {
    entry: Entry,
    content: Digest,
}

impl Epub {
    fn read(
        &self,
        book: &Book,
        chapter: &Chapter,
        source: &dyn Source,
        at: &Locator,
    ) -> io::Result<Read> {
        let mut texts = Vec::new();
        for part in &chapter.parts {
            let member = book.members.named(&part.path);
            texts.push(self.part(member.ok_or(io::ErrorKind::NotFound)?, part, source)?);
        }
        let joined = Joined::of(book, chapter, texts);
        let (told, html) = document::article(&joined);
        let texts = &joined.texts;
        let mut parts: Vec<Vec<u8>> = texts
            .iter()
            .map(|text| text.html.clone().into_owned().into_bytes())
            .collect();
        parts.push(book.fingerprint().into_bytes());
        parts.push(chapter.title.clone().unwrap_or_default().into_bytes());
        parts.extend(
            shown(book, texts)
                .into_iter()
                .map(|member| member.crc.to_le_bytes().to_vec()),
        );
        let content = Digest::of_parts(parts.iter().map(Vec::as_slice));
        let time = |text: Option<&str>| WrittenTime::parse(text?.trim());
        let head = Head {
            folders: Vec::new(),
            id: Some(book.id_of(chapter)),
            title: chapter.title.clone().or(told.title),
            address: told.address,
            source: told.source.or_else(|| book.title.clone()),
            published: time(
                told.published
                    .as_deref()
                    .or(book.date.as_deref().filter(|_| !told.is_own)),
            ),
            language: told.language.or_else(|| book.language.clone()),
            authors: match told.authors.is_empty() && !told.is_own {
                true => book.authors.clone(),
                false => told.authors,
            },
            ..source.head(at)
        };
        let entry = Entry {
            head,
            body_line: 1,
            markup: Markup::Article(html),
            resources: Resources::default(),
        };
        Ok(Read { entry, content })
    }

    /// The text of a part of a document.
    fn part(&self, member: &Member, part: &Part, source: &dyn Source) -> io::Result<String> {
        if part.from == 0 && part.to == usize::MAX {
            return text(member, source);
        }
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &Document| known.book == source.path() && known.member == *member;
        let known = last()
            .as_ref()
            .filter(|known| is_it(known))
            .map(|known| Arc::clone(&known.text));
        let text = match known {
            Some(text) => text,
            None => {
                let text: Arc<str> = text(member, source)?.into();
                *last() = Some(Document {
                    book: source.path().to_owned(),
                    member: member.clone(),
                    text: Arc::clone(&text),
                });
                text
            }
        };
        part_of(&text, part).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// A part of a document behind what stands before the body.
fn part_of(text: &str, part: &Part) -> Option<String> {
    let own = text.get(part.from..part.to.min(text.len()))?;
    let body = text.find("<body").filter(|body| *body < part.from);
    let start = body.and_then(|body| Some(body + text.get(body..)?.find('>')? + 1));
    let head = start.and_then(|start| text.get(..start.min(part.from)));
    Some(format!("{}{own}", head.unwrap_or_default()))
}

/// The pictures that documents show.
fn shown<'book>(book: &'book Book, texts: &[joined::Text<'_>]) -> Vec<&'book Member> {
    let mut members = Vec::new();
    for text in texts {
        for piece in Pieces::of(&text.html) {
            let Piece::Start(tag) = piece else { continue };
            let reference = tag.value("src").or_else(|| tag.value("xlink:href"));
            let member = reference
                .and_then(|reference| book.paths.resolved(folder_of(text.path), &reference))
                .and_then(|name| book.members.named(&name));
            members.extend(member);
        }
    }
    members
}

/// The pictures around a chapter's documents.
struct PicturesOfBook {
    /// The folder of the document that names them.
    folder: String,
    path: String,
    opened: Arc<Opened>,
    pictures: Arc<HashMap<String, Arc<Picture>>>,
}

impl PicturesOfBook {
    fn around(chapter: &Chapter, opened: &Arc<Opened>, source: &dyn Source) -> Self {
        let first = chapter.parts.first().map(|part| part.path.as_str());
        PicturesOfBook {
            folder: folder_of(first.unwrap_or_default()).to_owned(),
            path: source.path().to_owned(),
            opened: Arc::clone(opened),
            pictures: opened.pictures(source),
        }
    }
}

impl ResourceLookup for PicturesOfBook {
    fn find(&self, reference: &str) -> Option<Resource> {
        let name = self.opened.book.paths.resolved(&self.folder, reference)?;
        let picture = self.pictures.get(&name)?;
        let id = format!("{}!{name} {:x}", self.path, picture.member.crc);
        Some(Resource {
            id: ResourceId::of(id.as_bytes()),
            bytes: Arc::<Picture>::clone(picture),
        })
    }
}

/// A member that is read when it is wanted.
struct Picture {
    encoded: Arc<dyn ResourceBytes>,
    member: Member,
}

impl ResourceBytes for Picture {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        // What is stored takes no more than it is, and what is compressed hardly more.
        let encoded = self.encoded.read(most.saturating_add(most / 8 + 1024))?;
        let mut bytes = Vec::new();
        self.member.decode(encoded.as_slice(), most, &mut bytes)?;
        Ok(bytes)
    }
}
