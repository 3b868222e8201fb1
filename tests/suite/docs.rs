//! The documentation: its links lead somewhere, its commands run, and what it shows is what comes out.

mod architecture;
mod blocks;
#[cfg(unix)]
mod commands;
mod examples;
mod links;
mod markdown;

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the book.
fn book() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    collect(&root().join("docs/src"), &mut pages);
    pages.retain(|page| !page.ends_with("SUMMARY.md"));
    pages
}

/// The documents that lie beside the source.
fn beside() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let files = fs::read_dir(root())
        .unwrap()
        .map(|file| file.unwrap().path());
    pages.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    pages.sort();
    pages
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

/// The page's name for messages.
fn name(page: &Path) -> String {
    let inside = page.strip_prefix(root()).unwrap_or(page);
    inside.to_string_lossy().into_owned()
}
