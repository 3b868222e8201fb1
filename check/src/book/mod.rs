//! Books: the container, the package document, and every file that they name.

mod archive;
mod container;
mod content;
mod elements;
mod known;
mod links;
mod metadata;
mod navigation;
mod ncx;
mod package;
mod resources;
mod style;

use super::{Findings, Rule};
use archive::Archive;
use std::fs::File;
use std::io;

/// Checks a book.
///
/// # Errors
/// Where the system can't read the file.
pub(super) fn check(file: File, path: &str, findings: &mut Findings) -> io::Result<()> {
    let mut archive = match Archive::open(file)? {
        Ok(archive) => archive,
        Err(fault) => {
            findings.add(Rule::ZipUnreadable, path, None, fault);
            return Ok(());
        }
    };
    container::check(&mut archive, path, findings)?;
    let Some(root) = container::package_path(&mut archive, path, findings)? else {
        return Ok(());
    };
    let package = package::read(&mut archive, path, &root, findings)?;
    let resources = resources::check(&mut archive, path, package.as_ref(), findings)?;
    if let Some(package) = &package {
        links::check(package, &resources, path, findings);
        navigation::check(package, &resources, path, findings);
        ncx::check(package, &resources, path, findings);
    }
    Ok(())
}

/// The path of a file inside a book, as findings name it.
fn inside(book: &str, name: &str) -> String {
    format!("{book}/{name}")
}
