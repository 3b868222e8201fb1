//! The archive's folder: the memory of what was saved, and the place where files are added.
//!
//! Each file tells which article it holds: by its header (address, title), its text, and, where this
//! program wrote it, by its name, which stands for the item's id and for the text that the feed had.
//! What was read of a file is noted in the cache and believed while length and time stay the same; the
//! notes may vanish at any time.

pub(super) mod candidate;
mod index;
pub(super) mod names;
pub(super) mod seed;
pub(super) mod standing;
pub(super) mod text;

use crate::error::{Error, Result};
use crate::model::{Address, Digest};
use index::Index;
use names::Key;
use seed::{Seed, known};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use text::{Fingerprint, title_digest};

/// The longest file that is looked into: what readers take as one article.
const LONGEST: u64 = 64_000_000;

/// How deep folders are gone into.
const DEEPEST: usize = 16;

/// What the names of files on their way begin with.
const TEMPORARY: &str = ".offprint-pull-";

/// What a file tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    /// Length and time of change (nanoseconds since 1970), by which the note is believed.
    stamp: (u64, u64),
    /// None where the file holds no article with a header.
    pub article: Option<Noted>,
}

/// What a file tells of its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    /// Of the address, as addresses of one page are compared.
    pub address: Option<Digest>,
    pub title: Digest,
    /// Of the text.
    pub text: Digest,
    pub is_telling: bool,
    /// Milliseconds since 1970.
    pub time: Option<i64>,
}

/// The notes of all files, by path relative to the folder.
pub(super) type Notes = BTreeMap<String, Note>;

/// The files of an archive by what identifies their articles.
#[derive(Debug, Default)]
pub(super) struct Archive {
    folder: PathBuf,
    pub notes: Notes,
    index: Index,
    /// Whether the notes are other than those of the last run.
    pub is_changed: bool,
    is_dry: bool,
}

/// The digest by which addresses of one page are one.
pub(super) fn address_digest(address: &Address) -> Digest {
    Digest::of(address.comparison_key().as_bytes())
}

/// What the files of an item are known by.
fn item_digest(item: &str) -> Digest {
    Digest::of_parts([b"item".as_slice(), item.as_bytes()])
}

/// What the files with a title and a text are known by.
fn text_digest(title: Digest, text: Digest) -> Digest {
    Digest::of_parts([title.as_ref(), text.as_ref()])
}

impl Archive {
    /// Looks through the folder, which need not be there yet.
    ///
    /// # Errors
    /// Where a folder can't be read: what stands in it would be saved a second time.
    pub fn open(folder: &Path, mut earlier: Notes, is_dry: bool) -> Result<Self> {
        let mut archive = Archive {
            folder: folder.to_owned(),
            is_dry,
            ..Archive::default()
        };
        let mut files = Vec::new();
        if folder.exists() {
            list(folder, "", 0, &mut files).map_err(Error::input(folder))?;
        }
        for (name, stamp) in files {
            let earlier = earlier.remove(&name).filter(|note| note.stamp == stamp);
            let note = match earlier {
                Some(note) => note,
                None => {
                    archive.is_changed = true;
                    let path = folder.join(&name);
                    let article = look(&path).map_err(Error::input(&path))?;
                    Note { stamp, article }
                }
            };
            archive.add(name, note);
        }
        // Files that are no longer there.
        archive.is_changed |= !earlier.is_empty();
        Ok(archive)
    }

    /// Removes what a killed run left on its way. Only whoever holds the archive's lock may.
    pub fn remove_leftovers(&self) {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for folder in folders.filter(|item| item.path().is_dir()) {
            for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
                if file.file_name().to_string_lossy().starts_with(TEMPORARY) {
                    // Best effort: the next run tries again, and no reader looks at hidden files.
                    let _ = fs::remove_file(file.path());
                }
            }
        }
    }

    fn add(&mut self, name: String, note: Note) {
        if let Some(article) = &note.article {
            let item = key_of(&name).map(|key| item_digest(&key.item));
            let text = text_digest(article.title, article.text);
            let known_by = article.address.into_iter().chain(item).chain([text]);
            self.index.add(&name, known_by);
        }
        self.notes.insert(name, note);
    }

    pub fn has(&self, name: &str) -> bool {
        self.notes.contains_key(name)
    }

    pub fn noted(&self, name: &str) -> Option<&Noted> {
        self.notes.get(name)?.article.as_ref()
    }

    /// The files with this address, in the order of their names.
    pub fn with_address(&self, address: &Address) -> Vec<String> {
        self.index.files(&address_digest(address))
    }

    pub fn has_address(&self, address: &Address) -> bool {
        self.index.has(&address_digest(address))
    }

    /// The files of an item, by the part of their names that stands for it.
    pub fn with_item(&self, item: &str) -> Vec<String> {
        self.index.files(&item_digest(item))
    }

    /// The files with this title and text.
    pub fn with_text(&self, title: Digest, text: &Fingerprint) -> Vec<String> {
        self.index.files(&text_digest(title, text.digest))
    }

    /// The text of a file, for a closer look.
    pub fn read(&self, name: &str) -> Option<String> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Adds a file, whole or not at all, and never in the place of another; gives its name. In a dry run
    /// it is only remembered.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn save(&mut self, source: &str, key: &Key, seed: &Seed) -> Result<String> {
        let text = seed.text();
        let mut file = key.file(seed.time);
        let mut name = format!("{source}/{file}");
        let mut number = 1;
        while self.has(&name) {
            // Another item with the same digits on the same day: one in 2^48.
            number += 1;
            file = format!("{}+{number}", seed.time.datetime().format("%Y-%m-%d"));
            name = format!("{source}/{file}-{}-{}.txt", key.item, key.text);
        }
        let path = self.folder.join(&name);
        if !self.is_dry {
            write(&path, text.as_bytes()).map_err(Error::output(&path))?;
        }
        let note = Note {
            stamp: stamp(&path).unwrap_or_default(),
            article: noted(&text),
        };
        self.add(name.clone(), note);
        self.is_changed = true;
        Ok(name)
    }
}

/// The source and the key in the path of a file.
pub(super) fn key_of(name: &str) -> Option<Key> {
    let file = name.rsplit('/').next()?;
    Key::of_file(file)
}

/// The folder of a file that lies in one.
pub(super) fn source_of(name: &str) -> &str {
    name.split_once('/').map_or("", |(source, _)| source)
}

/// All files below a folder, hidden ones aside, in the order of their names' bytes.
fn list(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<(String, (u64, u64))>,
) -> io::Result<()> {
    let mut items: Vec<(String, fs::DirEntry)> = Vec::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            items.push((name, item));
        }
    }
    items.sort_by(|left, right| left.0.cmp(&right.0));
    for (name, item) in items {
        let kind = item.file_type()?;
        let path = format!("{prefix}{name}");
        if kind.is_dir() && depth < DEEPEST {
            list(&item.path(), &format!("{path}/"), depth + 1, files)?;
        } else if kind.is_file() {
            let stamp = stamp(&item.path())?;
            if stamp.0 <= LONGEST {
                files.push((path, stamp));
            }
        }
    }
    Ok(())
}

fn stamp(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::metadata(path)?;
    let time = metadata.modified()?.duration_since(UNIX_EPOCH);
    let time = time.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(0));
    Ok((metadata.len(), time))
}

fn look(path: &Path) -> io::Result<Option<Noted>> {
    let bytes = fs::read(path)?;
    Ok(noted(&String::from_utf8_lossy(&bytes)))
}

fn noted(text: &str) -> Option<Noted> {
    let known = known(text)?;
    let fingerprint = Fingerprint::of(known.body);
    Some(Noted {
        address: known.address.as_ref().map(address_digest),
        title: title_digest(known.title),
        text: fingerprint.digest,
        is_telling: fingerprint.is_telling(),
        time: known.time,
    })
}

/// Writes a file beside its place and renames it there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.as_file_mut().write_all(bytes)?;
    // Before the file gets its name: a rename may reach the disk before the bytes do.
    file.as_file().sync_data()?;
    file.persist_noclobber(path)?;
    Ok(())
}
