//! The git repository that the user stands in, as far as its files tell.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most entries of a folder of branches that are looked at.
const MOST_BRANCHES: usize = 1000;

/// A repository, seen from a folder in it.
pub struct Repository {
    /// The folder that the user stands in, relative to the repository's root; empty where it is the
    /// root.
    pub folder: PathBuf,
    /// The branch that others see first; nothing where the repository does not tell.
    pub branch: Option<String>,
    root: PathBuf,
}

impl Repository {
    /// Looks for the repository that a folder lies in.
    pub fn around(folder: &Path) -> Option<Self> {
        let here = folder.canonicalize().ok()?;
        let root = here.ancestors().find(|at| at.join(".git").exists())?;
        let places = git_folders(&root.join(".git"));
        let folder = here.strip_prefix(root).ok()?.to_owned();
        Some(Repository {
            branch: places
                .as_ref()
                .and_then(|(own, shared)| branch(own, shared)),
            root: root.to_owned(),
            folder,
        })
    }

    /// The way from where the user stands to the root: `../` for each folder between.
    pub fn way_up(&self) -> String {
        "../".repeat(self.folder.components().count())
    }

    /// Whether git leaves a folder alone that the user's folder holds.
    pub fn ignores(&self, name: &str) -> bool {
        let within = self.folder.join(name);
        let within = within.to_string_lossy();
        let names = |file: PathBuf, name: &str| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let whole = |line: &str| {
                line.trim()
                    .trim_start_matches('/')
                    .trim_end_matches('*')
                    .trim_end_matches('/')
                    == name
            };
            text.lines().any(whole)
        };
        let here = self.root.join(&self.folder).join(".gitignore");
        names(here, name) || names(self.root.join(".gitignore"), &within)
    }
}

/// The folder with the files of this working tree, and the one that all trees of the repository
/// share (gitrepository-layout(5)). `.git` is a file in a working tree beside the first and in a
/// submodule.
fn git_folders(git: &Path) -> Option<(PathBuf, PathBuf)> {
    let own = if git.is_dir() {
        git.to_owned()
    } else {
        let text = fs::read_to_string(git).ok()?;
        let named = text.strip_prefix("gitdir:")?.trim();
        git.parent()?.join(named)
    };
    let shared = fs::read_to_string(own.join("commondir"));
    let shared = shared.map_or_else(|_| own.clone(), |named| own.join(named.trim()));
    Some((own, shared))
}

/// The branch that the server shows first, else the one that is checked out.
fn branch(own: &Path, shared: &Path) -> Option<String> {
    let named = |file: PathBuf, below: &str| {
        let text = fs::read_to_string(file).ok()?;
        let branch = text.strip_prefix("ref:")?.trim().strip_prefix(below)?;
        (!branch.is_empty() && branch.len() < 250).then(|| branch.to_owned())
    };
    let server = shared.join("refs/remotes/origin/HEAD");
    named(server, "refs/remotes/origin/")
        .or_else(|| named(own.join("HEAD"), "refs/heads/"))
        .or_else(|| only_branch(shared))
}

/// The branch of a repository that has no other, where none is checked out.
fn only_branch(shared: &Path) -> Option<String> {
    let packed = fs::read_to_string(shared.join("packed-refs")).unwrap_or_default();
    ["refs/heads", "refs/remotes/origin"]
        .iter()
        .find_map(|below| {
            let mut branches = BTreeSet::new();
            add_branches(&shared.join(below), "", &mut branches);
            let packed = packed.lines().filter_map(|line| line.split_once(' '));
            let names = packed.filter_map(|(_, name)| name.strip_prefix(below)?.strip_prefix('/'));
            branches.extend(names.map(str::to_owned));
            branches.remove("HEAD");
            (branches.len() == 1)
                .then(|| branches.pop_first())
                .flatten()
        })
}

/// Adds the branches whose files stand in a folder; a slash in a name makes a folder.
fn add_branches(folder: &Path, before: &str, branches: &mut BTreeSet<String>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.take(MOST_BRANCHES) {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && name.len() < 250 => {
                add_branches(&entry.path(), &format!("{name}/"), branches);
            }
            Ok(kind) if kind.is_file() => {
                branches.insert(name);
            }
            _ => {}
        }
    }
}
