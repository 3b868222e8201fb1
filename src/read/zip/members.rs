//! What a ZIP archive holds, and its members' bytes: bounded, whatever the archive says of itself.

use super::directory::{self, Line};
use crate::read::source::reference::relative_path;
use crate::read::{Source, Span};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// The most members of an archive.
pub(crate) const MOST_MEMBERS: usize = 100_000;

/// The most bytes that one byte of an archive may stand for, in members that are not small: prose is a
/// fifth of itself, and what is less than a hundredth is made to fill memories.
const MOST_RATIO: u64 = 200;

/// Members of no more bytes may have any ratio.
const SMALL: u64 = 8 << 20;

/// A file within an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its path, with `/` between parts: relative, and without dots.
    pub name: String,
    /// Its bytes as the archive has them.
    pub span: Span,
    /// The number of its bytes, as the archive says.
    pub length: u64,
    pub crc: u32,
    method: Method,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
    /// Encrypted, or compressed by what is not known here.
    Unknown,
}

/// The members of an archive, sorted by their names.
#[derive(Debug, Default)]
pub(crate) struct Members {
    pub all: Vec<Member>,
    /// The names of those that would lead out of the archive, as they are written.
    pub left_out: Vec<String>,
    /// What is wrong with the directory, so that members are left out.
    pub faults: Vec<String>,
    /// How many are called by a number, since others have their names.
    pub numbered: usize,
    by_name: HashMap<String, usize>,
}

impl Members {
    /// Reads an archive's directory.
    ///
    /// # Errors
    /// Where it is damaged, or names too many members.
    pub(crate) fn of(source: &dyn Source) -> io::Result<Self> {
        let invalid =
            |error: zip::result::ZipError| io::Error::new(io::ErrorKind::InvalidData, error);
        let mut archive = ZipArchive::new(Seeking {
            source,
            position: 0,
        })
        .map_err(invalid)?;
        if archive.len() > MOST_MEMBERS {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it has too many members",
            ));
        }
        let directory = directory::look(source, archive.central_directory_start(), archive.len())?;
        let mut faults = directory.faults;
        let mut all = repeated(source, &directory.repeated, archive.offset(), &mut faults);
        let again: HashSet<String> = all.iter().map(|member| member.name.clone()).collect();
        let mut left_out = Vec::new();
        for index in 0..archive.len() {
            let named = archive.name_for_index(index).and_then(plain_name);
            let Ok(file) = archive.by_index_raw(index) else {
                // A damaged member is there, and can't be read.
                all.extend(named.map(Member::damaged));
                continue;
            };
            if !file.is_file() {
                continue;
            }
            let Some(name) = named else {
                left_out.push(file.name().to_owned());
                continue;
            };
            if again.contains(&name) {
                continue;
            }
            let method = match file.compression() {
                _ if file.encrypted() => Method::Unknown,
                CompressionMethod::Stored => Method::Stored,
                CompressionMethod::Deflated => Method::Deflated,
                _ => Method::Unknown,
            };
            all.push(Member {
                name,
                span: Span {
                    start: file.data_start(),
                    length: file.compressed_size(),
                },
                length: file.size(),
                crc: file.crc32(),
                method,
            });
        }
        let numbered = told_apart(&mut all, &mut faults);
        let by_name = all
            .iter()
            .map(|member| member.name.clone())
            .zip(0..)
            .collect();
        Ok(Members {
            all,
            left_out,
            faults,
            numbered,
            by_name,
        })
    }

    /// The member of a name.
    pub(crate) fn named(&self, name: &str) -> Option<&Member> {
        self.all.get(*self.by_name.get(name)?)
    }

    /// The position of the member of a name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// The members whose names several have, which the library reads as one.
fn repeated(
    source: &dyn Source,
    lines: &[Line],
    archive: u64,
    faults: &mut Vec<String>,
) -> Vec<Member> {
    let mut members = Vec::new();
    let mut lost = 0_usize;
    for line in lines {
        let Some(name) = plain_name(&line.name) else {
            continue;
        };
        let Ok(start) = line.data_start(source, archive) else {
            lost += 1;
            continue;
        };
        members.push(Member {
            name,
            span: Span {
                start,
                length: u64::from(line.packed),
            },
            length: u64::from(line.length),
            crc: line.crc,
            method: match line.method {
                _ if line.is_encrypted => Method::Unknown,
                0 => Method::Stored,
                8 => Method::Deflated,
                _ => Method::Unknown,
            },
        });
    }
    if lost > 0 {
        faults.push(format!(
            "{lost} members are left out, since others have their names"
        ));
    }
    members
}

/// Sorts members by their names. Of several with one name, each but the first is called by its number too,
/// as in `lamp (2).md`, unless it is the same as the one before. Gives how many those are.
fn told_apart(all: &mut Vec<Member>, faults: &mut Vec<String>) -> usize {
    all.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    all.dedup_by(|later, earlier| {
        later.name == earlier.name && (later.crc, later.length) == (earlier.crc, earlier.length)
    });
    let mut before = String::new();
    let mut number = 1;
    let mut count_numbered = 0;
    for member in all.iter_mut() {
        if member.name == before {
            number += 1;
            member.name = numbered(&before, number);
            count_numbered += 1;
        } else {
            before.clone_from(&member.name);
            number = 1;
        }
    }
    all.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    let count = all.len();
    all.dedup_by(|later, earlier| later.name == earlier.name);
    if all.len() < count {
        let lost = count - all.len();
        faults.push(format!(
            "{lost} members are left out, since they are at the paths of others"
        ));
    }
    count_numbered
}

/// A path with a number before its ending.
fn numbered(path: &str, number: usize) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let ending = path.get(name..).and_then(|name| name.rfind('.'));
    let at = ending.map_or(path.len(), |ending| name + ending);
    let (stem, ending) = path.split_at_checked(at).unwrap_or((path, ""));
    format!("{stem} ({number}){ending}")
}

/// A member's path as it is used here. None for one that leads out of the archive, or that is of no use.
fn plain_name(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let parts: Vec<&str> = name.split('/').filter(|part| *part != ".").collect();
    let is_plain = |part: &&str| !part.is_empty() && *part != ".." && !part.contains('\0');
    let is_drive = parts.first().is_some_and(|part| part.ends_with(':'));
    (!parts.is_empty() && parts.iter().all(is_plain) && !is_drive).then(|| parts.join("/"))
}

impl Member {
    /// One of which nothing but its name can be had.
    fn damaged(name: String) -> Self {
        Member {
            name,
            span: Span {
                start: 0,
                length: 0,
            },
            length: 0,
            crc: 0,
            method: Method::Unknown,
        }
    }

    /// Where its bytes stand as they are, if they do.
    pub(crate) fn stored(&self) -> Option<Span> {
        (self.method == Method::Stored && self.length == self.span.length).then_some(self.span)
    }

    /// Copies its bytes, as the archive has them, from `encoded` to `to`.
    ///
    /// # Errors
    /// Where they are more than `most` or than the archive says, or damaged.
    pub(crate) fn decode(
        &self,
        encoded: impl Read,
        most: u64,
        to: &mut impl io::Write,
    ) -> io::Result<()> {
        let is_bomb = self.length > SMALL && self.length / MOST_RATIO > self.span.length;
        if self.length > most || is_bomb {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        match self.method {
            Method::Stored => self.copy(encoded, to),
            Method::Deflated => self.copy(DeflateDecoder::new(encoded), to),
            Method::Unknown => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn copy(&self, bytes: impl Read, to: &mut impl io::Write) -> io::Result<()> {
        let mut bytes = bytes.take(self.length.saturating_add(1));
        let mut crc = Crc::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut length = 0;
        loop {
            let count = bytes.read(&mut buffer)?;
            let read = buffer.get(..count).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            crc.update(read);
            to.write_all(read)?;
            length += count as u64;
        }
        match length == self.length && crc.sum() == self.crc {
            true => Ok(()),
            false => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// As above, or where the system refuses.
    pub(crate) fn bytes(&self, source: &dyn Source, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.decode(source.stream(self.span), most, &mut bytes)?;
        Ok(bytes)
    }
}

/// The path within an archive that a relative reference means, from a folder (empty, or a path) on.
/// None where it leads out.
pub(crate) fn resolved(folder: &str, reference: &str) -> Option<String> {
    let decoded = relative_path(reference)?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a path within an archive; empty where it lies in none.
pub(crate) fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A source that is read from a place on.
struct Seeking<'source> {
    source: &'source dyn Source,
    position: u64,
}

impl Read for Seeking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read_at(self.position, buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Seeking<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.source.length().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_of_an_archive_name_nothing() {
        for name in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "C:/a",
            "a//b",
            "..\\a",
            "",
            "a/",
            "a\0",
        ] {
            assert_eq!(plain_name(name), None, "{name:?}");
        }
        assert_eq!(plain_name("./a\\b.md").as_deref(), Some("a/b.md"));
        assert_eq!(
            resolved("OEBPS/text", "../i/%61.jpg?x#y").as_deref(),
            Some("OEBPS/i/a.jpg")
        );
        for reference in ["../../a", "/a", "https://x.example/a", "%2e%2e/%2e%2e/a"] {
            assert_eq!(resolved("text", reference), None, "{reference}");
        }
    }
}
