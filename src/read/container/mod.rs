//! Files within files: the members of a ZIP archive, and what gzip or Zstandard packed. Two levels deep, and bounded.
//!
//! `kinds` tells which files are containers, `listing` finds the files in them, `member` is one of these as
//! a source, `named` finds one by its name.

mod kinds;
mod listing;
mod member;
mod named;
mod zstandard;

pub use member::MemberSource;
pub use named::{parted, read_list};

use super::{FileSource, Source, warc};
use crate::error::{Code, Warning};
use crate::model::Digest;
use crate::read::source::blob::{Blob, BlobSource, MOST_IN_MEMORY, Spool};
use crate::read::source::bytes_at;
use crate::read::zip::members::{Member, Members, folder_of};
use flate2::read::MultiGzDecoder;
use kinds::{Kind, Named};
use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use zstandard::Frames;

/// The most bytes of one member.
const LONGEST_MEMBER: u64 = 2 << 30;

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
    /// The digest of what articles may be made of beside their texts.
    beside: OnceLock<Option<Digest>>,
    /// Why what it holds is not whole, where that was found out.
    fault: OnceLock<String>,
    kept: Mutex<VecDeque<(usize, Arc<Blob>)>>,
}

enum ContainerPlace {
    File(PathBuf),
    /// Standard input, or what a program holds.
    Memory(Arc<Blob>),
    /// Within another.
    Member(Arc<Container>, usize),
}

enum Content {
    Zip(Members),
    /// One file, by its name.
    Gzip(String),
    /// The same.
    Zstandard(String),
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

/// Opens a file that is a container by its name and its first bytes, or by these alone where its name
/// tells nothing; none where it is not: then it is a file like others, as is one that holds none. Books and
/// web archives are no containers in this sense, but for those that gzip packed whole.
pub fn open_container(path: &Path, shown: &str) -> Option<Opened> {
    let name = path.file_name()?.to_string_lossy();
    let open = || {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        FileSource::new(file, length, path, Path::new("")).ok()
    };
    let kind = match kinds::of_name(&name) {
        Named::Container(kind) => kind,
        Named::Other => return None,
        Named::Nothing => kinds::of_bytes(&first_bytes(path)?)?,
    };
    let place = ContainerPlace::File(path.to_owned());
    opened(&open()?, place, shown, kind, &name)
}

/// The same for bytes in memory: standard input has no name. Gives the bytes back where they are no
/// container.
///
/// # Errors
/// The bytes.
pub fn open_container_in_memory(bytes: Vec<u8>, name: &str) -> Result<Opened, Vec<u8>> {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let kind = match kinds::of_name(file_name) {
        Named::Container(kind) => Some(kind),
        Named::Other => None,
        Named::Nothing => kinds::of_bytes(&bytes),
    };
    let Some(kind) = kind else { return Err(bytes) };
    let shown = if name.is_empty() { "-" } else { name };
    let blob = Arc::new(Blob::from(bytes));
    let source = BlobSource {
        blob: Arc::clone(&blob),
        path: shown.to_owned(),
    };
    let place = ContainerPlace::Memory(Arc::clone(&blob));
    match opened(&source, place, shown, kind, file_name) {
        Some(opened) if !(opened.members.is_empty() && opened.warnings.is_empty()) => Ok(opened),
        _ => {
            drop(source);
            Err(Arc::into_inner(blob)
                .map(Blob::into_bytes)
                .unwrap_or_default())
        }
    }
}

fn first_bytes(path: &Path) -> Option<Vec<u8>> {
    let mut first = Vec::new();
    File::open(path)
        .ok()?
        .take(4)
        .read_to_end(&mut first)
        .ok()?;
    Some(first)
}

/// What a source holds; none where it is no container.
fn opened(
    source: &dyn Source,
    place: ContainerPlace,
    shown: &str,
    kind: Kind,
    name: &str,
) -> Option<Opened> {
    let mut opened = Opened::default();
    match Container::of(source, place, shown.to_owned(), kind, name) {
        Ok(container) => listing::list(&Arc::new(container?), "", 1, &mut opened),
        Err(error) => opened.warnings.push(unreadable(shown, &error)),
    }
    Some(opened)
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
            Kind::Zip if first.starts_with(b"<") && kinds::is_packed_page(name) => {
                // A page of such a name that holds no archive is one like others.
                match Members::of(source) {
                    Ok(members) => Content::Zip(members),
                    Err(_) => return Ok(None),
                }
            }
            Kind::Zip if first.starts_with(b"PK") && !kinds::is_book(first) => {
                let members = Members::of(source)?;
                let is_named = kinds::of_name(name) == Named::Container(Kind::Zip);
                if !is_named && kinds::is_document(&members) {
                    return Ok(None);
                }
                Content::Zip(members)
            }
            Kind::Gzip if first.starts_with(b"\x1F\x8B") && may_unpack(source, name) => {
                Content::Gzip(kinds::unpacked_name(name).to_owned())
            }
            Kind::Zstandard if zstandard::begins(first) => {
                Content::Zstandard(kinds::unpacked_name(name).to_owned())
            }
            _ => return Ok(None),
        };
        Ok(Some(Container {
            place,
            path,
            content,
            beside: OnceLock::new(),
            fault: OnceLock::new(),
            kept: Mutex::default(),
        }))
    }

    fn members(&self) -> &[Member] {
        match &self.content {
            Content::Zip(members) => &members.all,
            Content::Gzip(_) | Content::Zstandard(_) => &[],
        }
    }

    /// The digest of what articles may be made of beside their own files: pictures, and what a web archive
    /// tells of its pages. None where there is nothing of the kind.
    fn beside(&self) -> Option<Digest> {
        let digest = || {
            let beside = self.members().iter();
            let beside = beside.filter(|member| kinds::is_beside(&member.name));
            let known: Vec<u8> = beside
                .flat_map(|member| [member.name.as_bytes(), &member.crc.to_le_bytes()].concat())
                .collect();
            (!known.is_empty()).then(|| Digest::of(&known))
        };
        *self.beside.get_or_init(digest)
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
            ContainerPlace::Memory(blob) => Ok(Box::new(BlobSource {
                blob: Arc::clone(blob),
                path: self.path.clone(),
            })),
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

    /// A long member that stands in a file as it is, without a copy: web archives have gigabytes.
    fn stored(&self, index: usize) -> io::Result<Option<Blob>> {
        let (ContainerPlace::File(path), Some(member)) = (&self.place, self.members().get(index))
        else {
            return Ok(None);
        };
        match member.stored().filter(|span| span.length > MOST_IN_MEMORY) {
            Some(span) => Ok(Some(Blob::part_of(File::open(path)?, span))),
            None => Ok(None),
        }
    }

    fn unpacked(&self, index: usize, most: u64) -> io::Result<Blob> {
        if let Some(part) = self.stored(index)? {
            return Ok(part);
        }
        let source = self.source()?;
        let mut spool = Spool::default();
        match &self.content {
            Content::Zip(members) => {
                let member = members.all.get(index).ok_or(io::ErrorKind::NotFound)?;
                member.decode(source.stream(member.span), most, &mut spool)?;
            }
            Content::Gzip(_) => {
                let packed = MultiGzDecoder::new(source.stream(source.span()));
                self.note(unpack(packed, source.length(), most, &mut spool)?);
            }
            Content::Zstandard(_) => {
                let packed = Frames::new(source.stream(source.span()));
                self.note(unpack(packed, source.length(), most, &mut spool)?);
            }
        }
        spool.finish()
    }

    /// Notes why what it holds is not whole.
    fn note(&self, fault: Option<io::Error>) {
        if let Some(fault) = fault {
            self.fault.get_or_init(|| fault.to_string());
        }
    }
}

/// Unpacks all that some bytes stand for, unless that is too much. Where they are damaged, gives why, and leaves what
/// stands before that.
fn unpack(
    unpacked: impl Read,
    length: u64,
    most: u64,
    spool: &mut Spool,
) -> io::Result<Option<io::Error>> {
    let most = most.min(MOST_IN_MEMORY.max(length.saturating_mul(MOST_RATIO)));
    let mut unpacked = unpacked.take(most.saturating_add(1));
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    loop {
        let count = match unpacked.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if total > 0 && is_damage(&error) => return Ok(Some(error)),
            Err(error) => return Err(error),
        };
        total += count as u64;
        if total > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        spool.write_all(buffer.get(..count).unwrap_or_default())?;
    }
}

/// Whether packed bytes are at fault, and not the system.
fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
    )
}

/// Whether what gzip packed is to be unpacked. What only goes by the name of a web archive is left to that
/// reader's message.
fn may_unpack(source: &dyn Source, name: &str) -> bool {
    match warc::Packed::of(source) {
        warc::Packed::Records => false,
        warc::Packed::Whole => true,
        warc::Packed::Other => !name.to_ascii_lowercase().ends_with(".warc.gz"),
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

impl fmt::Debug for MemberPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut outer = &self.container;
        while let ContainerPlace::Member(container, _) = &outer.place {
            outer = container;
        }
        write!(formatter, "{}!{}", outer.path, self.name)
    }
}

impl MemberPlace {
    /// The file on the disk; none where it is in memory.
    pub fn file(&self) -> Option<&Path> {
        let mut container = &self.container;
        loop {
            match &container.place {
                ContainerPlace::File(path) => return Some(path),
                ContainerPlace::Memory(_) => return None,
                ContainerPlace::Member(outer, _) => container = outer,
            }
        }
    }

    /// The path within that file: `content/x.html`, `inner.zip!content/x.html`; empty where gzip or Zstandard packed
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
            Content::Gzip(name) | Content::Zstandard(name) => Some(name.as_str()),
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
