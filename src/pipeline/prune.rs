//! Outputs of earlier runs that this one no longer makes: named, and removed with `--prune`.
//!
//! Only what the inventory notes as made by this publication in this folder is ever removed, and
//! only if it stands there with the very bytes that were noted. A file whose name merely looks like
//! an output's may be anybody's.

use super::inventory::{Inventory, Made, Unreadable};
use super::listing::Listing;
use super::state::{Asked, State};
use crate::config::Settings;
use crate::error::{Code, Warning};
use crate::model::ChecksumHasher;
use crate::report::Report;
use crate::write::{self, AnyWriter, OutputFolder, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Everything that the decision depends on.
pub(super) struct Pruning<'prune> {
    pub writers: &'prune [&'prune dyn AnyWriter],
    pub run: &'prune Run<'prune>,
    pub listing: &'prune Listing<'prune>,
    pub state: &'prune State,
    pub folder: &'prune OutputFolder,
    pub settings: &'prune Settings,
}

/// What stands in the place of an output that is no longer made.
enum Standing {
    /// Nothing.
    Gone,
    /// What the publication made.
    AsMade,
    /// Something else.
    Changed,
    /// A file of the input.
    Input,
}

impl Pruning<'_> {
    /// Names the outputs that are no longer made and, where that is wanted and safe, removes them.
    /// `made` holds the names of the outputs of this run, those that were kept included.
    pub fn prune(&self, made: &BTreeSet<String>, inventory: &mut Inventory, report: &mut Report) {
        let is_stale = inventory.outputs().any(|one| !made.contains(&one.name));
        let unreadable = self.unreadable(inventory, is_stale);
        let obstacle = self.obstacle(&unreadable, inventory, report);
        report.warnings.extend(self.spoilt(&unreadable));
        inventory.set_unreadable(unreadable);
        let looking_alike = self.looking_alike(made, inventory);
        let mut stale: BTreeMap<String, Vec<Made>> = BTreeMap::new();
        for output in inventory.outputs().filter(|one| !made.contains(&one.name)) {
            let outputs = stale.entry(output.name.clone()).or_default();
            outputs.push(output.clone());
        }
        let mut standing = 0;
        for (name, outputs) in stale {
            match self.standing(&name, &outputs) {
                Standing::Gone => inventory.forget(&name),
                Standing::Changed => report.warnings.push(self.changed(&name)),
                Standing::Input => report.warnings.push(self.input(&name)),
                Standing::AsMade if self.settings.prune && obstacle.is_none() => {
                    self.remove(&name, inventory, report);
                }
                Standing::AsMade => {
                    standing += 1;
                    report.warnings.push(self.stale(&name));
                }
            }
        }
        let matters = standing > 0 || !inventory.is_kept();
        let obstacle = obstacle.filter(|_| self.settings.prune && matters);
        report.warnings.extend(obstacle);
        report.warnings.extend(looking_alike);
        report.removed.sort();
    }

    /// The files and folders of the input that can't be read, and whether an earlier run could.
    /// What stands in the places of files is looked for only where something might be removed.
    fn unreadable(&self, inventory: &Inventory, is_stale: bool) -> BTreeSet<Unreadable> {
        let mut files: BTreeMap<&String, usize> = BTreeMap::new();
        for file in self.listing.refused.iter().chain(&self.listing.damaged) {
            *files.entry(file).or_default() += 1;
        }
        let empty = self.listing.inputs.empty();
        let read_before = self.read_before(&files, &empty, inventory, is_stale);
        // What earlier runs read is not known where nothing is noted: then what can't be read counts, and
        // what looks like no article does not.
        let cannot_tell = read_before.is_none() && inventory.had_earlier_run;
        let read_before = read_before.unwrap_or_default();
        // What is left out by its name alone is no worse off than before.
        let is_unread = |warning: &&Warning| warning.code != Code::ItemsLeftOut;
        let folders = self.listing.inputs.warnings.iter().filter(is_unread);
        let folders = folders.filter_map(|warning| warning.path.as_deref().map(absolute));
        let noted = |path: &String| inventory.unreadable(path).map(|one| one.was_read);
        let file = |path: &String| Unreadable {
            was_read: noted(path) == Some(true) || read_before.contains(path),
            path: path.clone(),
        };
        let refused = |path: &String| Unreadable {
            was_read: file(path).was_read || cannot_tell && noted(path).is_none(),
            path: path.clone(),
        };
        // What lies in a folder that can't be looked into is not known, so it may have been read.
        let folder = |path: String| Unreadable {
            was_read: noted(&path).unwrap_or(inventory.had_earlier_run),
            path,
        };
        // What was an article and looks like none now is known only by what it was.
        let others = self
            .unrecognised()
            .chain(&self.listing.inputs.folders)
            .chain(empty.values());
        let spoilt = others.map(file).filter(|file| file.was_read);
        let files = files.into_keys().map(refused).chain(spoilt);
        let files: BTreeSet<Unreadable> = files.collect();
        files.into_iter().chain(folders.map(folder)).collect()
    }

    /// Which of the files and folders that can't be read, or hold nothing known, an earlier run read; none
    /// where nothing is noted.
    fn read_before(
        &self,
        files: &BTreeMap<&String, usize>,
        empty: &BTreeMap<u32, String>,
        inventory: &Inventory,
        is_stale: bool,
    ) -> Option<BTreeSet<String>> {
        // Of several inputs, one may hold a file of this name that was never readable.
        let unknown = files.iter().filter(|&(file, &count)| {
            let is_new = count > 1 || inventory.unreadable(file).is_none();
            is_new && inventory.had_earlier_run
        });
        let inputs = &self.listing.inputs;
        let folders = inputs.folders.iter().filter(|_| is_stale);
        let links = inputs.others.iter().filter(|_| is_stale);
        let files: BTreeSet<&str> = unknown
            .map(|(&file, _)| file)
            .chain(self.unrecognised())
            .map(String::as_str)
            .collect();
        let own = inputs.names_of_files_named();
        self.state.read_before(&Asked {
            inputs: files
                .iter()
                .copied()
                .filter(|file| own.contains(*file))
                .collect(),
            files,
            folders: folders.map(String::as_str).collect(),
            links: links.map(|link| link.inside.as_str()).collect(),
            empty_inputs: empty
                .iter()
                .map(|(root, name)| (*root, name.as_str()))
                .collect(),
        })
    }

    fn unrecognised(&self) -> impl Iterator<Item = &String> {
        self.listing.unrecognised.iter().map(|file| &file.inside)
    }

    /// Warns of files that hold no article any more, as after a failed download.
    fn spoilt(&self, unreadable: &BTreeSet<Unreadable>) -> Vec<Warning> {
        let was_read = unreadable.iter().filter(|one| one.was_read);
        let was_read: BTreeSet<&str> = was_read.map(|one| one.path.as_str()).collect();
        let files = self.listing.unrecognised.iter();
        let spoilt = files.filter(|file| was_read.contains(file.inside.as_str()));
        let message = "an earlier run read an article here, and nothing like one stands here now";
        spoilt
            .map(|file| Warning::new(Code::HeaderMissing, message).in_file(&file.shown))
            .collect()
    }

    /// Why nothing may be removed in this run, if there is a reason.
    fn obstacle(
        &self,
        unreadable: &BTreeSet<Unreadable>,
        inventory: &Inventory,
        report: &Report,
    ) -> Option<Warning> {
        if !inventory.is_kept() {
            let message = "nothing was removed: without a folder for the image cache no run notes what it made";
            let warning = Warning::new(Code::PruneSkipped, message);
            return Some(warning.hint("name a folder for it with --image-cache DIR"));
        }
        let lost: Vec<&str> = unreadable
            .iter()
            .filter(|one| one.was_read)
            .map(|one| one.path.as_str())
            .chain(self.lost_meanwhile(report))
            .collect();
        let first = lost.first()?;
        let message = match lost.len() {
            1 => {
                format!("nothing was removed: {first} was read by an earlier run and can't be now")
            }
            count => format!(
                "nothing was removed: {first} and {} more were read by an earlier run and can't be now",
                count - 1
            ),
        };
        Some(Warning::new(Code::PruneSkipped, message))
    }

    /// Files that could be read when the run began, and not when their text was wanted.
    fn lost_meanwhile<'report>(
        &self,
        report: &'report Report,
    ) -> impl Iterator<Item = &'report str> {
        let known: BTreeSet<&Warning> = self.listing.warnings.iter().collect();
        let lost = report.warnings.iter().filter(move |warning| {
            let is_of_loss = matches!(
                warning.code,
                Code::FileUnreadable
                    | Code::ArticleFailed
                    | Code::HeaderMissing
                    | Code::ExportBroken
                    | Code::FeedBroken
            );
            is_of_loss && !known.contains(warning)
        });
        lost.filter_map(|warning| warning.path.as_deref())
    }

    /// What stands in the place of an output. Its bytes are read only where it is to be removed.
    fn standing(&self, name: &str, made: &[Made]) -> Standing {
        let path = self.folder.path().join(name);
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Standing::Gone,
            Err(_) => return Standing::Changed,
        };
        let mut of_length = made.iter().filter(|made| made.bytes == metadata.len());
        if !metadata.is_file() || of_length.clone().next().is_none() {
            return Standing::Changed;
        }
        if !self.settings.prune {
            return Standing::AsMade;
        }
        if self
            .listing
            .inputs
            .first_of(std::slice::from_ref(&path))
            .is_some()
        {
            return Standing::Input;
        }
        match checksum(&path) {
            Ok(checksum) if of_length.any(|made| made.checksum == checksum) => Standing::AsMade,
            _ => Standing::Changed,
        }
    }

    fn remove(&self, name: &str, inventory: &mut Inventory, report: &mut Report) {
        let path = self.folder.path().join(name);
        let shown = path.to_string_lossy().into_owned();
        if !self.settings.dry_run {
            if let Err(error) = fs::remove_file(&path) {
                let message = format!("is no longer made and can't be removed: {error}");
                let warning = Warning::new(Code::OutputStale, message).in_file(shown);
                report.warnings.push(warning.hint("remove it by hand"));
                return;
            }
            remove_empty(path.parent(), self.folder.path());
            inventory.forget(name);
        }
        report.removed.push(shown);
    }

    fn warning(&self, name: &str, message: &str) -> Warning {
        let path = self.folder.path().join(name);
        Warning::new(Code::OutputStale, message).in_file(path.to_string_lossy())
    }

    fn stale(&self, name: &str) -> Warning {
        self.warning(name, "is no longer made by this run")
    }

    fn changed(&self, name: &str) -> Warning {
        let message = "is no longer made by this run, and is not as it was made: left alone";
        let warning = self.warning(name, message);
        warning.hint("remove it by hand if it is not wanted")
    }

    fn input(&self, name: &str) -> Warning {
        self.warning(
            name,
            "is no longer made by this run, and is read by it: left alone",
        )
    }

    /// Files with names as outputs have, of which nobody noted that a run made them.
    fn looking_alike(&self, made: &BTreeSet<String>, inventory: &Inventory) -> Vec<Warning> {
        let mut names = Vec::new();
        collect_names(self.folder.path(), "", write::DEPTH, &mut names);
        names.retain(|name| {
            let claimed = self.writers.iter().any(|one| one.claims(name, self.run));
            claimed && !made.contains(name) && !inventory.knows(name)
        });
        names.sort();
        let message =
            "looks like an output of an earlier run, and is not noted as made by it: left alone";
        let warning = |name: &String| {
            let warning = self.warning(name, message);
            warning.hint("remove it by hand if it is one and is not wanted")
        };
        names.iter().map(warning).collect()
    }
}

fn absolute(path: &str) -> String {
    let absolute = std::path::absolute(path);
    absolute.map_or_else(
        |_| path.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

/// The checksum of a file's bytes, in hexadecimal.
fn checksum(path: &Path) -> io::Result<String> {
    let mut hasher = ChecksumHasher::default();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finish().to_string())
}

/// Adds the names of the files in a folder, relative to it, as deep as outputs lie.
fn collect_names(folder: &Path, prefix: &str, depth: u8, names: &mut Vec<String>) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        let (Ok(kind), Some(name)) = (
            item.file_type(),
            item.file_name().to_str().map(str::to_owned),
        ) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if kind.is_file() {
            names.push(name);
        } else if kind.is_dir() && depth > 1 {
            collect_names(&item.path(), &format!("{name}/"), depth - 1, names);
        }
    }
}

/// Removes a folder and those around it, up to that of the outputs. One that still holds something stays.
fn remove_empty(folder: Option<&Path>, outputs: &Path) {
    let folders = folder.into_iter().flat_map(Path::ancestors);
    for folder in folders.take_while(|folder| *folder != outputs) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Removes temporary files that killed runs on the folder left in it. To be called only where the
/// folder's lock is held: then no run that is under way made them. Those of runs on a folder inside
/// this one, or around it, have other names, and may be in use.
pub(super) fn remove_leftovers(folder: &OutputFolder) {
    write::remove_files(folder.path(), folder.temporary_prefix());
}
