//! Checks feeds and books against what Offprint promises of its outputs, without Java or Python.
//!
//! It reads whatever stands in a folder, also what somebody else made or damaged: every length is
//! bounded, nothing recurses as deep as its input, and no bytes make it panic. It is a crate that
//! knows nothing of the one that writes, not even its XML library, for a checker would share a
//! writer's faults with its code.
//!
//! [`folder`] gives [`Finding`]s; each breaks a [`Rule`], whose code and meaning stand there.

mod book;
mod error;
mod feed;
mod finding;
mod html;
mod iri;
mod picture;
mod reference;
mod rule;
mod tag;
mod walk;
mod xml;

pub use error::Error;
pub use finding::Finding;
pub use rule::Rule;

use feed::{Facts, Feeds};
use finding::Findings;
use rayon::prelude::*;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// The most bytes of a feed or a picture that are looked at.
const FILE_LIMIT: u64 = 256_000_000;

/// What a check of a folder came to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The number of feeds, books and pictures that were looked at.
    pub checked: usize,
    /// What breaks a rule, by file and line.
    pub findings: Vec<Finding>,
}

/// Checks every feed, book and picture below a folder, or a single file.
///
/// Paths in findings are `path` and what follows below it; a file inside a book follows the book's
/// own name.
///
/// # Errors
/// [`Error::Unreadable`] where the folder can't be read; [`Error::Nothing`] where nothing in it is a
/// feed, a book or a picture.
pub fn folder(path: &Path) -> Result<Outcome, Error> {
    let files = walk::files(path)?;
    let checked: Vec<(Findings, Option<Facts>)> = files.par_iter().filter_map(check).collect();
    if checked.is_empty() {
        return Err(Error::Nothing {
            path: path.to_owned(),
        });
    }
    let count = checked.len();
    let mut feeds = Feeds::new(&files);
    let mut findings = Vec::new();
    for (found, facts) in checked {
        findings.extend(found.into_list());
        feeds.extend(facts);
    }
    findings.extend(feeds.check().into_list());
    findings.sort();
    Ok(Outcome {
        checked: count,
        findings,
    })
}

/// What a file is by its name, or else by its first bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Book,
    Picture,
    Xml,
    Json,
}

fn check(file: &walk::Found) -> Option<(Findings, Option<Facts>)> {
    let mut findings = Findings::new();
    let outcome = look_at(file, &mut findings);
    match outcome {
        Ok(None) => None,
        Ok(Some(facts)) => Some((findings, facts)),
        Err(error) => {
            let message = format!("the file can't be read: {error}");
            findings.add(Rule::FileUnreadable, &file.shown, None, message);
            Some((findings, None))
        }
    }
}

/// Nothing where the file is none of ours.
fn look_at(file: &walk::Found, findings: &mut Findings) -> std::io::Result<Option<Option<Facts>>> {
    let mut source = File::open(&file.path)?;
    let mut head = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut head)?;
    let Some(kind) = kind(&head, &file.extension) else {
        return Ok(None);
    };
    source.seek(SeekFrom::Start(0))?;
    if kind == Kind::Book {
        book::check(source, &file.shown, findings)?;
        return Ok(Some(None));
    }
    let mut bytes = Vec::new();
    source.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_LIMIT {
        let message = format!("the file has more than {FILE_LIMIT} bytes and was not looked at");
        findings.add(Rule::FileLimit, &file.shown, None, message);
        return Ok(Some(None));
    }
    Ok(match kind {
        Kind::Picture => {
            picture::check(&bytes, &file.shown, findings);
            Some(None)
        }
        Kind::Json => feed::json(&bytes, file, findings),
        Kind::Xml | Kind::Book => feed::xml(&bytes, file, findings),
    })
}

fn kind(head: &[u8], extension: &str) -> Option<Kind> {
    match extension {
        "epub" => Some(Kind::Book),
        "xml" | "rss" | "atom" | "opml" => Some(Kind::Xml),
        "json" => Some(Kind::Json),
        "jpg" | "jpeg" | "png" | "gif" | "webp" => Some(Kind::Picture),
        _ => {
            let media_type = picture::media_type(head);
            let drawn = media_type.is_some_and(|kind| kind != "image/svg+xml");
            drawn.then_some(Kind::Picture)
        }
    }
}
