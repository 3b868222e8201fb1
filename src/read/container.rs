//! Files within files: the members of a ZIP archive, and what gzip packed. Two levels deep, and bounded.

use super::blob::{Blob, BlobSource, MOST_IN_MEMORY, PartOfBlob, Spool};
use super::members::{Member, Members, folder_of, resolved};
use super::source::bytes_at;
use super::{FileSource, Source, Span};
use crate::error::{Code, Warning};
use crate::model::{Digest, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources};
use flate2::read::MultiGzDecoder;
use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How many containers may lie within each other.
const MOST_LEVELS: usize = 2;

/// The most bytes of one member, and of all members of a container, as it says.
const LONGEST_MEMBER: u64 = 2 << 30;
const MOST_BYTES_OF_ALL: u64 = 16 << 30;

/// The most bytes that one packed byte of gzip may stand for, beyond the first megabytes.
const MOST_RATIO: u64 = 200;

/// Members of so many bytes are kept for the next that asks for them: others are unpacked as quickly.
const WORTH_KEEPING: u64 = 256 << 10;
const KEPT: usize = 4;

/// A file that holds files.
pub struct Container {
    place: ContainerPlace,
    /// Its path for messages.
    path: String,
    content: Content,
    kept: Mutex<VecDeque<(usize, Arc<Blob>)>>,
}

enum ContainerPlace {
    File(PathBuf),
    /// Within another.
    Member(Arc<Container>, usize),
}

enum Content {
    Zip(Members),
    /// One file, by its name.
    Gzip(String),
}

/// A file within a container.
#[derive(Clone)]
pub struct MemberPlace {
    container: Arc<Container>,
    index: usize,
    /// The path within the outermost file: `inner.zip!content/x.html`.
    name: String,
}

/// What a container holds.
#[derive(Default)]
pub struct Opened {
    /// Its files, those of containers within it too, in the order of their names.
    pub members: Vec<MemberPlace>,
    /// What can't be read.
    pub warnings: Vec<Warning>,
}

/// Opens a file that is a container by its name and its first bytes; none where it is not: then it is a
/// file like others, as is one that holds none. Books and web archives are no containers in this sense.
pub fn open_container(path: &Path, shown: &str) -> Option<Opened> {
    let name = path.file_name()?.to_string_lossy();
    let kind = kind_of(&name)?;
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let source = FileSource::new(file, length, path, Path::new("")).ok()?;
    let mut opened = Opened::default();
    let place = ContainerPlace::File(path.to_owned());
    let container = match Container::of(&source, place, shown.to_owned(), kind, &name) {
        Ok(container) => container?,
        Err(error) => {
            opened.warnings.push(unreadable(shown, &error));
            return Some(opened);
        }
    };
    list(&Arc::new(container), "", 1, &mut opened);
    Some(opened)
}

/// The kinds of containers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Gzip,
}

/// The kind that a name tells of.
fn kind_of(name: &str) -> Option<Kind> {
    let lower = name.to_ascii_lowercase();
    let is_other = [".warc.gz", ".tar.gz"]
        .iter()
        .any(|end| lower.ends_with(end));
    if lower.ends_with(".zip") {
        Some(Kind::Zip)
    } else if lower.ends_with(".gz") && lower.len() > 3 && !is_other {
        Some(Kind::Gzip)
    } else {
        None
    }
}

impl Container {
    /// A container that is read from a source. None where its bytes are of another kind.
    fn of(
        source: &dyn Source,
        place: ContainerPlace,
        path: String,
        kind: Kind,
        name: &str,
    ) -> io::Result<Option<Self>> {
        let first = &bytes_at(source, 0, 96)?;
        let content = match kind {
            Kind::Zip if first.starts_with(b"PK") && !is_book(first) => {
                Content::Zip(Members::of(source)?)
            }
            Kind::Gzip if first.starts_with(b"\x1F\x8B") && !is_web_archive(source)? => {
                let inner = name.get(..name.len().saturating_sub(3)).unwrap_or_default();
                Content::Gzip(inner.to_owned())
            }
            _ => return Ok(None),
        };
        Ok(Some(Container {
            place,
            path,
            content,
            kept: Mutex::default(),
        }))
    }

    fn members(&self) -> &[Member] {
        match &self.content {
            Content::Zip(members) => &members.all,
            Content::Gzip(_) => &[],
        }
    }

    /// The container's own bytes.
    fn source(&self) -> io::Result<Box<dyn Source>> {
        match &self.place {
            ContainerPlace::File(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                Ok(Box::new(FileSource::new(
                    file,
                    length,
                    path,
                    Path::new(""),
                )?))
            }
            ContainerPlace::Member(outer, index) => Ok(Box::new(BlobSource {
                blob: outer.blob(*index)?,
                path: self.path.clone(),
            })),
        }
    }

    /// A member's bytes.
    fn blob(&self, index: usize) -> io::Result<Arc<Blob>> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, blob)) = kept().iter().find(|(position, _)| *position == index) {
            return Ok(Arc::clone(blob));
        }
        let blob = Arc::new(self.unpacked(index, LONGEST_MEMBER)?);
        if blob.length >= WORTH_KEEPING {
            let mut kept = kept();
            if kept.len() == KEPT {
                kept.pop_front();
            }
            kept.push_back((index, Arc::clone(&blob)));
        }
        Ok(blob)
    }

    fn unpacked(&self, index: usize, most: u64) -> io::Result<Blob> {
        let source = self.source()?;
        let mut spool = Spool::default();
        match &self.content {
            Content::Zip(members) => {
                let member = members.all.get(index).ok_or(io::ErrorKind::NotFound)?;
                member.decode(source.stream(member.span), most, &mut spool)?;
            }
            Content::Gzip(_) => {
                let most = most.min(MOST_IN_MEMORY.max(source.length().saturating_mul(MOST_RATIO)));
                let packed = source.stream(source.span());
                let length = io::copy(
                    &mut MultiGzDecoder::new(packed).take(most.saturating_add(1)),
                    &mut spool,
                )?;
                if length > most {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
            }
        }
        spool.finish()
    }
}

/// Adds the files of a container to what is found.
fn list(container: &Arc<Container>, before: &str, level: usize, opened: &mut Opened) {
    let place = |index, name: &str| MemberPlace {
        container: Arc::clone(container),
        index,
        name: format!("{before}{name}"),
    };
    if let Content::Gzip(name) = &container.content {
        // What gzip packed goes by the name of the file that it is in.
        let mut place = place(0, "");
        place.name.truncate(before.trim_end_matches('!').len());
        return add(place, name, level, opened);
    }
    let mut total = 0_u64;
    for (member, index) in container.members().iter().zip(0..) {
        let is_hidden = member
            .name
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        total = total.saturating_add(member.length);
        if total > MOST_BYTES_OF_ALL {
            let error = io::Error::from(io::ErrorKind::FileTooLarge);
            opened.warnings.push(unreadable(&container.path, &error));
            return;
        }
        if !is_hidden {
            add(place(index, &member.name), &member.name, level, opened);
        }
    }
}

/// Adds a file, or what it holds where it is a container itself.
fn add(place: MemberPlace, name: &str, level: usize, opened: &mut Opened) {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let Some(kind) = kind_of(file_name).filter(|_| level < MOST_LEVELS) else {
        opened.members.push(place);
        return;
    };
    let shown = format!("{}!{name}", place.container.path);
    let inner = place.container.blob(place.index).and_then(|blob| {
        let source = BlobSource {
            blob,
            path: shown.clone(),
        };
        let outer = ContainerPlace::Member(Arc::clone(&place.container), place.index);
        Container::of(&source, outer, shown.clone(), kind, file_name)
    });
    match inner {
        Ok(Some(inner)) => {
            let before = match place.name.as_str() {
                "" => String::new(),
                name => format!("{name}!"),
            };
            list(&Arc::new(inner), &before, level + 1, opened);
        }
        Ok(None) => opened.members.push(place),
        Err(error) => opened.warnings.push(unreadable(&shown, &error)),
    }
}

fn unreadable(path: &str, error: &io::Error) -> Warning {
    let why = match error.kind() {
        io::ErrorKind::FileTooLarge => "it holds more than is read of one archive".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("the archive can't be unpacked: {why}");
    Warning::new(Code::ExportBroken, message).in_file(path)
}

/// Whether an archive that begins so is a book: the first member says it (OCF 3.3, section 4.3).
fn is_book(first: &[u8]) -> bool {
    memchr::memmem::find(first, b"application/epub+zip").is_some()
}

/// Whether gzip packed a web archive, whose records are found by the places of their own members.
fn is_web_archive(source: &dyn Source) -> io::Result<bool> {
    let mut first = Vec::new();
    let head = Span {
        start: 0,
        length: source.length().min(1 << 16),
    };
    let read = MultiGzDecoder::new(source.stream(head))
        .take(5)
        .read_to_end(&mut first);
    Ok(read.is_ok() && first == b"WARC/")
}

impl fmt::Debug for MemberPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}!{}", self.file().display(), self.name)
    }
}

impl MemberPlace {
    /// The file on the disk.
    pub fn file(&self) -> &Path {
        let mut container = &self.container;
        loop {
            match &container.place {
                ContainerPlace::File(path) => return path,
                ContainerPlace::Member(outer, _) => container = outer,
            }
        }
    }

    /// The path within that file: `content/x.html`, `inner.zip!content/x.html`; empty where gzip packed
    /// it alone.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Unpacks it. `path` is what messages call it, `folders` are those that the outermost file lies in.
    ///
    /// # Errors
    /// Where it is damaged, too long, or the system refuses.
    pub fn open(&self, path: String, mut folders: Vec<String>) -> io::Result<MemberSource> {
        let own = match &self.container.content {
            Content::Zip(members) => members
                .all
                .get(self.index)
                .map(|member| member.name.as_str()),
            Content::Gzip(name) => Some(name.as_str()),
        };
        let own = own.unwrap_or_default();
        let inner = folder_of(own).split('/').filter(|part| !part.is_empty());
        folders.extend(inner.map(str::to_owned));
        Ok(MemberSource {
            blob: self.container.blob(self.index)?,
            path,
            name: own.rsplit('/').next().unwrap_or(own).to_owned(),
            folders,
            folder: folder_of(own).to_owned(),
            container: Arc::clone(&self.container),
        })
    }
}

/// A file within a container, unpacked.
pub struct MemberSource {
    blob: Arc<Blob>,
    path: String,
    name: String,
    folders: Vec<String>,
    /// The folder within the container.
    folder: String,
    container: Arc<Container>,
}

impl Source for MemberSource {
    fn path(&self) -> &str {
        &self.path
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn folders(&self) -> &[String] {
        &self.folders
    }

    fn length(&self) -> u64 {
        self.blob.length
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.blob.read_at(position, buffer)
    }

    fn in_memory(&self) -> Option<&[u8]> {
        self.blob.in_memory()
    }

    /// Of its bytes, and of the pictures in the container: a text stays as it was though one of them
    /// changes.
    fn digest(&self) -> io::Result<Digest> {
        let own = super::source::digest_of(self.length(), |position, buffer| {
            self.read_at(position, buffer)
        })?;
        let pictures = self
            .container
            .members()
            .iter()
            .filter(|member| is_picture(&member.name));
        let known: Vec<u8> = pictures
            .flat_map(|member| [member.name.as_bytes(), &member.crc.to_le_bytes()].concat())
            .collect();
        Ok(match known.is_empty() {
            true => own,
            false => Digest::of_parts([own.as_ref(), &known]),
        })
    }

    fn held(&self, span: Span) -> Arc<dyn ResourceBytes> {
        Arc::new(PartOfBlob {
            blob: Arc::clone(&self.blob),
            span,
        })
    }

    fn resources(&self) -> Resources {
        Resources::new(MembersAround {
            folder: self.folder.clone(),
            container: Arc::clone(&self.container),
        })
    }
}

fn is_picture(name: &str) -> bool {
    const KINDS: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp"];
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// The files of a container around one of them.
struct MembersAround {
    folder: String,
    container: Arc<Container>,
}

impl ResourceLookup for MembersAround {
    fn find(&self, reference: &str) -> Option<Resource> {
        let Content::Zip(members) = &self.container.content else {
            return None;
        };
        let name = resolved(&self.folder, reference)?;
        let index = members.position(&name)?;
        let member = members.all.get(index)?;
        let id = format!("{}!{name} {:x}", self.container.path, member.crc);
        Some(Resource {
            id: ResourceId::of(id.as_bytes()),
            bytes: Arc::new(MemberBytes {
                container: Arc::clone(&self.container),
                index,
            }),
        })
    }
}

/// The bytes of a member that is read when it is wanted.
struct MemberBytes {
    container: Arc<Container>,
    index: usize,
}

impl ResourceBytes for MemberBytes {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let source = self.container.source()?;
        let member = self.container.members().get(self.index);
        member
            .ok_or(io::ErrorKind::NotFound)?
            .bytes(source.as_ref(), most)
    }
}
