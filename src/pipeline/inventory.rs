//! What publications made in an output folder, noted from run to run until it is removed or gone.
//!
//! `--prune` removes nothing else. The inventory is a file beside the image cache, one for each
//! output folder, apart from the state: that one counts as none after a change of settings or of
//! the program, and what earlier runs made has to outlive such a change. So it is JSON, whose
//! readers pass over what they do not know.

use super::lock;
use super::state::{remove_leftovers, temporary};
use crate::config::Settings;
use crate::error::{Code, Warning};
use crate::model::{Checksum, Publication};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// What the publications of an output folder made in it.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// None where there is no folder for the image cache: then nothing is noted.
    place: Option<PathBuf>,
    own: Publisher,
    others: Vec<Publisher>,
    /// Whether an earlier run of the publication noted anything.
    pub had_earlier_run: bool,
}

/// The whole file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    publications: Vec<Publisher>,
}

/// What one publication made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Publisher {
    name: String,
    /// Empty where it follows from the name and the address of the folder, which may change.
    id: String,
    #[serde(default)]
    outputs: BTreeSet<Made>,
    #[serde(default)]
    unreadable: BTreeSet<Unreadable>,
}

/// An output as it was put into its place. A name stands twice where a run was killed between the
/// old output and the new one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Made {
    /// The name relative to the output folder, with `/` between its parts.
    pub name: String,
    /// The length in bytes.
    pub bytes: u64,
    /// The checksum of the bytes, in hexadecimal.
    pub checksum: String,
}

impl Made {
    /// An output of this name, length and checksum.
    pub fn new(name: &str, bytes: u64, checksum: Checksum) -> Self {
        Made {
            name: name.to_owned(),
            bytes,
            checksum: checksum.to_string(),
        }
    }
}

/// A file or folder of the input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Unreadable {
    /// The path: of a file inside its input, of a folder from the root of the file system.
    pub path: String,
    /// Whether an earlier run could read it, so that outputs may hold what came of it.
    pub was_read: bool,
}

impl Inventory {
    /// What earlier runs noted of the output folder; with a warning where that can't be read.
    pub fn open(settings: &Settings) -> (Self, Option<Warning>) {
        let own = Publisher::of(&settings.publication);
        let Some(place) = place(settings) else {
            let none = Inventory {
                own,
                ..Inventory::default()
            };
            return (none, None);
        };
        let (stored, warning) = match read(&place) {
            Ok(stored) => (stored, None),
            Err(error) => (Stored::default(), Some(unreadable(&place, &error))),
        };
        let mut inventory = Inventory {
            place: Some(place),
            own,
            ..Inventory::default()
        };
        for entry in stored.publications {
            if entry.is_of(&inventory.own) {
                inventory.own = entry;
                inventory.had_earlier_run = true;
            } else {
                inventory.others.push(entry);
            }
        }
        (inventory, warning)
    }

    /// Whether anything is noted from run to run.
    pub fn is_kept(&self) -> bool {
        self.place.is_some()
    }

    /// The outputs that this publication made, sorted by name.
    pub fn outputs(&self) -> impl Iterator<Item = &Made> {
        self.own.outputs.iter()
    }

    /// Whether some publication is noted as having made the output of this name.
    pub fn knows(&self, name: &str) -> bool {
        let mut entries = self.others.iter().chain([&self.own]);
        entries.any(|entry| entry.outputs.iter().any(|made| made.name == name))
    }

    /// What could not be read in the last run of the publication.
    pub fn unreadable(&self, path: &str) -> Option<&Unreadable> {
        self.own.unreadable.iter().find(|one| one.path == path)
    }

    /// Notes what can't be read in this run.
    pub fn set_unreadable(&mut self, unreadable: BTreeSet<Unreadable>) {
        self.own.unreadable = unreadable;
    }

    /// Notes an output that is about to be put into its place, beside what stands there: the run
    /// may be killed before or after that.
    pub fn announce(&mut self, made: Made) {
        self.own.outputs.insert(made);
    }

    /// Notes an output that stands in its place. It is nobody else's any longer.
    pub fn add(&mut self, made: Made) {
        for entry in self.others.iter_mut().chain([&mut self.own]) {
            entry.outputs.retain(|other| other.name != made.name);
        }
        self.own.outputs.insert(made);
    }

    /// Forgets the output of a name, which is there no more.
    pub fn forget(&mut self, name: &str) {
        self.own.outputs.retain(|made| made.name != name);
    }

    /// Puts the notes into their place; the warning where that fails.
    pub fn save(&self) -> Option<Warning> {
        let place = self.place.as_ref()?;
        let publications = self.others.iter().chain([&self.own]).cloned().collect();
        let written = write(place, &Stored { publications });
        written.err().map(|error| {
            let message = format!(
                "what this run made can't be noted in {}, so no later run removes it: {error}",
                place.display()
            );
            Warning::new(Code::StateUnwritable, message)
        })
    }
}

impl Publisher {
    /// The entry of a publication that made nothing yet.
    fn of(publication: &Publication) -> Self {
        let name = publication.name.clone();
        let base = publication.base.as_ref();
        let by_address = base.is_some_and(|base| publication.id == format!("{base}{name}"));
        let id = if by_address || publication.id == name {
            String::new()
        } else {
            publication.id.clone()
        };
        Publisher {
            name,
            id,
            ..Publisher::default()
        }
    }

    fn is_of(&self, other: &Publisher) -> bool {
        (&self.name, &self.id) == (&other.name, &other.id)
    }
}

/// The file's place: beside the state's, under the output folder's name. Workflows keep that folder
/// from run to run apart from the pictures, since it changes more often.
fn place(settings: &Settings) -> Option<PathBuf> {
    let cache = settings.images.cache.as_ref()?;
    let name = lock::name_of(&settings.out);
    Some(cache.join("state").join(format!("{name}.outputs.json")))
}

/// What is noted; nothing where there is no file.
fn read(place: &Path) -> io::Result<Stored> {
    let bytes = match fs::read(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Stored::default()),
        read => read?,
    };
    let mut stored: Stored = serde_json::from_slice(&bytes)?;
    for entry in &mut stored.publications {
        entry.outputs.retain(|made| lies_inside(&made.name));
    }
    Ok(stored)
}

/// Whether a name leads to a file in the folder that it is relative to.
fn lies_inside(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

fn unreadable(place: &Path, error: &io::Error) -> Warning {
    let message = format!(
        "what earlier runs made is noted in {}, which can't be read, so nothing of it is removed: {error}",
        place.display()
    );
    Warning::new(Code::PruneSkipped, message).hint("remove by hand what is not wanted")
}

/// Writes the notes, if they are other than those that stand there.
fn write(place: &Path, stored: &Stored) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(stored)?;
    if fs::read(place).is_ok_and(|earlier| earlier == bytes) {
        return Ok(());
    }
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".offprint-{name}-");
    remove_leftovers(folder, &prefix);
    let mut file = temporary(folder, &prefix)?;
    file.write_all(&bytes)?;
    // It is on the disk before what it announces: a file that nobody noted would stay for ever.
    file.as_file().sync_all()?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}
