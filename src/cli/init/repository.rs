//! The git repository that the user stands in, as far as its files tell.

use std::fs;
use std::path::{Path, PathBuf};

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
    named(server, "refs/remotes/origin/").or_else(|| named(own.join("HEAD"), "refs/heads/"))
}
