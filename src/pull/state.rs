//! What later runs want to know of feeds and pages: kept beside the image cache, and may vanish.
//!
//! Nothing that was saved depends on it: without it more is asked than need be, and nothing is saved
//! twice. A file for each feed, renamed into its place, so that any end of a run leaves it whole.

use super::archive::{Archive, Notes};
use super::feed::Rhythm;
use crate::model::{Address, Digest};
use crate::net::Validators;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The form of all that is kept; another one counts as none.
const VERSION: u32 = 1;

/// The notes of the archive's files, which are many: not in JSON as the rest is, but in a fifth of its
/// length.
const NOTES: &str = "archive";

/// What is known of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FeedState {
    version: u32,
    /// As subscribed to.
    pub subscribed: String,
    /// Where it is asked for now: where a permanent redirect or a page led.
    pub place: Option<String>,
    /// What its last response said.
    validators: Option<(String, Option<String>, Option<String>)>,
    /// The digest of its last document.
    pub document: Option<String>,
    /// The digest of the settings that its items were decided by.
    pub settings: String,
    /// It is not asked before this, in milliseconds since 1970.
    pub not_before: i64,
    pub rhythm: Rhythm,
    /// It answered that it is gone for ever.
    pub is_gone: bool,
    /// What was told once.
    pub told: Vec<String>,
    /// The files that hold the items of its last document.
    pub files: Vec<String>,
    /// Articles that were saved as the feed has them, since their page could not be had.
    pub pending: BTreeMap<String, Pending>,
    /// The next document of its history.
    pub history: Option<String>,
    /// Whether its history was read to the beginning.
    pub is_history_read: bool,
    /// The files that hold the items of its history.
    pub history_files: Vec<String>,
    pub title: Option<String>,
    /// The folders that its items were saved in: it may have had other names.
    pub sources: Vec<String>,
}

/// A page that was asked for in vain, and when it is asked for again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub attempts: u32,
    pub not_before: i64,
    /// It was had and is not to be saved: it is not wanted by the settings with this digest, or stands
    /// in the archive under another address.
    #[serde(default)]
    pub settled: Option<String>,
}

impl FeedState {
    pub fn validators(&self) -> Option<Validators> {
        let (address, etag, last_modified) = self.validators.clone()?;
        Some(Validators {
            address: Address::parse(&address)?,
            etag,
            last_modified,
        })
    }

    pub fn set_validators(&mut self, validators: Option<&Validators>) {
        self.validators = validators.map(|validators| {
            (
                validators.address.as_str().to_owned(),
                validators.etag.clone(),
                validators.last_modified.clone(),
            )
        });
    }

    /// Forgets what lets a feed be asked for changes only, unless the archive still holds all that its
    /// last document gave, decided by the same settings: a push may have failed, or files may have been
    /// removed, and the feed would say for ever that nothing is new.
    pub fn check(&mut self, archive: &Archive, settings: &str) {
        let stands = self.settings == settings && self.files.iter().all(|file| archive.has(file));
        if !stands {
            self.validators = None;
            self.document = None;
            self.settings = settings.to_owned();
        }
        if !self.history_files.iter().all(|file| archive.has(file)) {
            // From its beginning, which the feed's own document names.
            self.history = None;
            self.history_files = Vec::new();
            self.is_history_read = false;
            self.validators = None;
            self.document = None;
        }
    }

    /// Whether something is told for the first time.
    pub fn tells_first(&mut self, what: &str) -> bool {
        let is_first = !self.told.iter().any(|told| told == what);
        if is_first {
            self.told.push(what.to_owned());
        }
        is_first
    }
}

/// Addresses of reading lists that the archive does not hold, though they were asked for.
pub(super) type LinkState = BTreeMap<String, Pending>;

/// The folder of all states of one archive.
#[derive(Clone, Debug)]
pub(super) struct Store {
    /// None where there is no cache, or in a dry run.
    folder: Option<PathBuf>,
    is_dry: bool,
}

impl Store {
    /// The states of an archive: those of one are nothing to another.
    pub fn new(cache: Option<&Path>, archive: &Path, is_dry: bool) -> Self {
        let place = fs::canonicalize(archive).or_else(|_| std::path::absolute(archive));
        let place = place.unwrap_or_else(|_| archive.to_owned());
        let name = Digest::of(place.as_os_str().as_encoded_bytes()).to_string();
        Store {
            folder: cache.map(|cache| cache.join("pull").join(name)),
            is_dry,
        }
    }

    pub fn feed(&self, subscribed: &Address) -> FeedState {
        let state: Option<FeedState> = self.load(&feed_name(subscribed));
        state
            .filter(|state| state.version == VERSION && state.subscribed == subscribed.as_str())
            .unwrap_or_else(|| FeedState {
                version: VERSION,
                subscribed: subscribed.as_str().to_owned(),
                ..FeedState::default()
            })
    }

    pub fn save_feed(&self, subscribed: &Address, state: &FeedState) {
        self.save(&feed_name(subscribed), state);
    }

    pub fn notes(&self) -> Notes {
        let read = |folder: &PathBuf| fs::read(folder.join(NOTES)).ok();
        let bytes = self.folder.as_ref().and_then(read).unwrap_or_default();
        postcard::from_bytes(&bytes).unwrap_or_default()
    }

    pub fn save_notes(&self, notes: &Notes) {
        self.put(NOTES, |file| {
            let written = postcard::to_io(notes, file);
            written.map(drop).map_err(io::Error::other)
        });
    }

    pub fn links(&self) -> LinkState {
        self.load("links.json").unwrap_or_default()
    }

    pub fn save_links(&self, links: &LinkState) {
        self.save("links.json", links);
    }

    fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.folder.as_ref()?.join(name)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn save<T: Serialize>(&self, name: &str, value: &T) {
        let (Ok(bytes), Some(folder)) = (serde_json::to_vec(value), &self.folder) else {
            return;
        };
        if !fs::read(folder.join(name)).is_ok_and(|there| there == bytes) {
            self.put(name, |file| file.write_all(&bytes));
        }
    }

    /// Writes a file beside its place and renames it there. Best effort: what can't be kept is asked for
    /// again.
    fn put(&self, name: &str, write: impl FnOnce(&mut BufWriter<NamedTempFile>) -> io::Result<()>) {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.is_dry) else {
            return;
        };
        let place = folder.join(name);
        let parent = place.parent().unwrap_or(folder);
        let written = fs::create_dir_all(parent)
            .and_then(|()| NamedTempFile::new_in(parent))
            .and_then(|file| {
                let mut file = BufWriter::new(file);
                write(&mut file)?;
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                Ok(file.persist(&place)?)
            });
        drop(written);
    }
}

fn feed_name(subscribed: &Address) -> String {
    let digest = Digest::of(subscribed.as_str().as_bytes()).to_string();
    format!("feeds/{digest}.json")
}
