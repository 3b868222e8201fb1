//! Whether the archive has an item: by its id, its address, its text.

use super::candidate::Candidate;
use super::seed::known;
use super::text::{contained, letters};
use super::{Archive, Noted, address_digest, key_of};
use crate::model::Digest;
use std::collections::HashSet;

/// The most texts of one item that are saved: one whose text is other at every visit (a counter, an
/// advertisement) would fill the archive. One that is dated anew and wholly another is saved all the same.
pub(in crate::pull) const MOST_EDITIONS: usize = 10;

/// From which share of a text on that stands in another of the same address, both are of one article.
const SAME_ARTICLE: f64 = 0.4;

/// From which share on the texts of one id are of one article, whatever its address and title: reports
/// that are written by one pattern (weather, prices) share much.
const SAME_TEXT: f64 = 0.9;

/// What a text lacks of another at most, to say nothing new.
const NOTHING_NEW: f64 = 0.995;

/// How the archive stands to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pull) enum Standing {
    /// It is not there.
    New,
    /// It is there, in these files.
    Known(Vec<String>),
    /// These files hold other texts of it.
    Changed(Vec<String>),
}

/// Compares an item with the archive. `shared` are the addresses that several items of its document
/// have.
pub(in crate::pull) fn standing(
    archive: &Archive,
    candidate: &Candidate,
    shared: &HashSet<Digest>,
) -> Standing {
    let by_item = archive.with_item(&candidate.key.item);
    let by_address = by_address(archive, candidate, shared);
    let is_same_text = |file: &&String| {
        let key = key_of(file).filter(|key| key.item == candidate.key.item);
        let noted = archive.noted(file);
        key.is_some_and(|key| key.text == candidate.key.text)
            || noted.is_some_and(|noted| has_text(noted, candidate))
    };
    let all = || by_item.iter().chain(&by_address);
    let same: Vec<String> = all().filter(is_same_text).cloned().collect();
    if !same.is_empty() {
        return Standing::Known(same);
    }
    let of_item = of_item(archive, candidate, by_item);
    if !of_item.is_empty() {
        return of_source(&of_item, candidate);
    }
    if !by_address.is_empty() {
        let standing = at_address(archive, candidate, &by_address);
        if standing != Standing::New {
            return standing;
        }
    }
    match by_text(archive, candidate) {
        files if files.is_empty() => Standing::New,
        files => Standing::Known(files),
    }
}

fn by_address(archive: &Archive, candidate: &Candidate, shared: &HashSet<Digest>) -> Vec<String> {
    let address = candidate.address.as_ref();
    let address = address.filter(|address| !shared.contains(&address_digest(address)));
    address.map_or(Vec::new(), |address| archive.with_address(address))
}

/// Whether a file holds an item's text. A short one is told by its title too.
fn has_text(noted: &Noted, candidate: &Candidate) -> bool {
    noted.text == candidate.text.digest
        && (noted.is_telling || noted.title == candidate.title_digest)
}

/// Another text of an item that is there. Of two feeds that hold it, the one whose source it was saved
/// under says what it is now.
fn of_source(files: &[String], candidate: &Candidate) -> Standing {
    let own = |file: &String| candidate.is_own(file);
    if files.iter().any(own) {
        Standing::Changed(files.to_vec())
    } else {
        Standing::Known(files.to_vec())
    }
}

/// The files of an item's id that hold texts of it: feeds of one site may count their items from one on
/// each, and a feed may give one id to whatever is the newest.
fn of_item(archive: &Archive, candidate: &Candidate, files: Vec<String>) -> Vec<String> {
    let address = candidate.address.as_ref().map(address_digest);
    let is_nameless = address.is_none() && candidate.title.is_empty();
    let is_it = |file: &String| {
        let is_own = candidate.is_own(file);
        let noted = archive.noted(file);
        let has_address = address.is_some() && noted.is_some_and(|noted| noted.address == address);
        has_address
            || has_title(noted, candidate)
            || (is_own && is_nameless)
            || ((is_own || candidate.text.is_telling())
                && share(archive, candidate, file) >= SAME_TEXT)
    };
    files.into_iter().filter(is_it).collect()
}

/// Whether a file has an item's title, which says something.
fn has_title(noted: Option<&Noted>, candidate: &Candidate) -> bool {
    !candidate.title.is_empty() && noted.is_some_and(|noted| noted.title == candidate.title_digest)
}

/// The share of an item's text that a file holds, or of the file's that the item does.
fn share(archive: &Archive, candidate: &Candidate, file: &str) -> f64 {
    let own = letters(&candidate.body);
    let text = archive.read(file).unwrap_or_default();
    let saved = known(&text).map_or(String::new(), |known| letters(known.body));
    if own.is_empty() || saved.is_empty() {
        return 0.0;
    }
    contained(&own, &saved).max(contained(&saved, &own))
}

/// Whether one more text of an item that is there may be saved.
pub(in crate::pull) fn is_within(
    archive: &Archive,
    candidate: &Candidate,
    files: &[String],
) -> bool {
    if files.len() < MOST_EDITIONS {
        return true;
    }
    let noted = |file: &String| archive.noted(file)?.time;
    let last = files.iter().filter_map(noted).max();
    let is_later = candidate.appeared().map(|time| time.millis()) > last;
    let alike = |file: &&String| share(archive, candidate, file) >= SAME_TEXT;
    is_later && files.iter().filter(alike).count() < MOST_EDITIONS
}

/// An item under another id than the file of its address has, or none. A file that another program
/// wrote has no id; its address is believed.
fn at_address(archive: &Archive, candidate: &Candidate, files: &[String]) -> Standing {
    let others: Vec<&String> = files.iter().filter(|file| key_of(file).is_none()).collect();
    if !others.is_empty() {
        return Standing::Known(others.into_iter().cloned().collect());
    }
    let is_own = |file: &String| candidate.is_own(file);
    if candidate.id.is_none() && files.iter().any(is_own) {
        return of_source(files, candidate);
    }
    // Feeds give new ids to old items; and feeds whose items all lead to one page give it to new ones.
    let title = |file: &&String| has_title(archive.noted(file), candidate);
    let mut same: Vec<String> = files.iter().filter(title).cloned().collect();
    if same.is_empty() {
        let alike = |file: &&String| share(archive, candidate, file) >= SAME_ARTICLE;
        same = files.iter().filter(alike).cloned().collect();
    }
    if same.is_empty() {
        Standing::New
    } else {
        of_source(&same, candidate)
    }
}

/// The files that hold the same title and text under another address and another id: a feed that moved.
fn by_text(archive: &Archive, candidate: &Candidate) -> Vec<String> {
    let time = candidate.appeared().map(|time| time.millis());
    let files = archive.with_text(candidate.title_digest, &candidate.text);
    let is_it = |file: &&String| {
        let is_own = candidate.is_own(file);
        let noted = archive.noted(file).and_then(|noted| noted.time);
        let is_then = time.is_some() && noted == time;
        // A short text may be said twice, at different times.
        if candidate.text.is_telling() {
            is_own || is_then
        } else {
            is_own && is_then
        }
    };
    files.iter().filter(is_it).cloned().collect()
}

/// Whether a text says nothing that the files of its item don't say already.
pub(in crate::pull) fn says_nothing_new(
    archive: &Archive,
    candidate: &Candidate,
    files: &[String],
) -> bool {
    let own = letters(&candidate.body);
    files.iter().any(|file| {
        let text = archive.read(file).unwrap_or_default();
        let saved = known(&text).map_or(String::new(), |known| letters(known.body));
        contained(&own, &saved) >= NOTHING_NEW
            && (own.len() < saved.len() || contained(&saved, &own) >= NOTHING_NEW)
    })
}
