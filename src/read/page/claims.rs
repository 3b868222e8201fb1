//! Files that belong to a saved page and are none themselves, and what a file's place tells.

use super::snapshot;
use crate::read::archive::header::is_web_address;
use crate::read::{Probe, Source};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::path::Path;

/// How many folders above a file are looked at.
const MOST_LEVELS: usize = 8;

/// What a path may not hold as it stands where it is looked for as a reference.
const RESERVED: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');

/// Whether a file belongs to a page that is saved beside one of its folders, or to a snapshot.
pub(super) fn is_claimed(probe: &Probe<'_>) -> bool {
    let mut up = String::new();
    for folder in probe.folders().iter().rev().take(MOST_LEVELS) {
        // A snapshot's folder holds what names it, the folder of a page's files lies beside the page.
        if snapshot::is_folder(folder)
            && snapshot::FILES
                .iter()
                .any(|name| probe.has_neighbour(&format!("{up}{name}")))
        {
            return true;
        }
        up.push_str("../");
        if let Some(stem) = stem(folder)
            && ["html", "htm", "xhtml"].iter().any(|ending| {
                let stem = utf8_percent_encode(stem, RESERVED);
                probe.has_neighbour(&format!("{up}{stem}.{ending}"))
            })
        {
            return true;
        }
    }
    false
}

/// The name of the page whose files lie in a folder of this name: browsers add a word of their
/// language to it (`_files`, `-Dateien`, `_fichiers`, `.files`).
fn stem(folder: &str) -> Option<&str> {
    let (stem, word) = folder.rsplit_once(['_', '-', '.'])?;
    let is_word = (3..=12).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    (is_word && !stem.is_empty()).then_some(stem)
}

/// The address that a file's place stands for where a tree was saved as `wget -p` does: a folder that
/// is a host, and in it the path. Only where the page names none itself, which is known by words alone.
pub(super) fn address_of_place(source: &dyn Source, text: &str) -> Option<String> {
    if text.contains("canonical") || text.contains("og:url") {
        return None;
    }
    let mut address = String::from("https://");
    for folder in folders_from_host(source)? {
        address.push_str(folder);
        address.push('/');
    }
    let name = source.name();
    if !name.eq_ignore_ascii_case("index.html") {
        address.push_str(name);
    }
    let address = address.replace(' ', "%20");
    is_web_address(&address).then_some(address)
}

/// Whether a page lies in a tree that was saved so, which keeps the addresses of its pictures. One that
/// notes another address was put there by hand.
pub(super) fn is_in_mirror(source: &dyn Source, noted: Option<&str>) -> bool {
    let host = folders_from_host(source).and_then(|folders| folders.first().copied());
    host.is_some_and(|host| {
        noted.is_none_or(|noted| {
            let (_, rest) = noted.split_once("://").unwrap_or(("", noted));
            rest.split(['/', '?', '#']).next() == Some(host)
        })
    })
}

/// The folders that a file lies in, from the one that is a host on: the first within the input, else the
/// last on the way to the input, as it is named, so that naming a part of a tree changes no address.
fn folders_from_host(source: &dyn Source) -> Option<Vec<&str>> {
    let inner = source.folders();
    if let Some(host) = inner.iter().position(|folder| is_host(folder)) {
        return Some(inner.iter().skip(host).map(String::as_str).collect());
    }
    let (named, _) = source.path().rsplit_once('/')?;
    let all: Vec<&str> = named.split('/').collect();
    let host = all.iter().rposition(|folder| is_host(folder))?;
    let place = all.get(..=host)?.join("/");
    // A repository of a site's pages is called by its host, and what lies in it was not saved from there.
    let is_repository = Path::new(&place).join(".git").exists();
    (!is_repository).then(|| all.into_iter().skip(host).collect())
}

/// Endings of two letters that folders have more often than hosts.
const FILE_ENDINGS: [&str; 9] = ["db", "go", "gz", "hs", "js", "md", "py", "rb", "ts"];

/// Endings of hosts that are no country's (IANA's root zone; RFC 2606 and 6761, RFC 7686): not all, since a
/// folder may be called `my.notes`, `book.zip` or `john.smith`.
const HOST_ENDINGS: [&str; 64] = [
    "academy",
    "agency",
    "aero",
    "app",
    "art",
    "arpa",
    "asia",
    "biz",
    "blog",
    "cat",
    "center",
    "church",
    "city",
    "cloud",
    "club",
    "com",
    "community",
    "coop",
    "dev",
    "digital",
    "edu",
    "education",
    "example",
    "foundation",
    "fun",
    "global",
    "gov",
    "green",
    "group",
    "info",
    "institute",
    "int",
    "international",
    "invalid",
    "jobs",
    "land",
    "life",
    "live",
    "local",
    "localhost",
    "london",
    "ltd",
    "media",
    "mil",
    "mobi",
    "museum",
    "name",
    "net",
    "network",
    "news",
    "onion",
    "online",
    "org",
    "press",
    "pro",
    "pub",
    "shop",
    "site",
    "space",
    "tech",
    "tel",
    "test",
    "wiki",
    "world",
];

/// Whether a folder's name is a host, as programs write it in small letters: `www.paper.example`, not `v1.2`,
/// `page.html` or `my.notes`.
fn is_host(folder: &str) -> bool {
    let labels: Vec<&str> = folder.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let last = labels.last().copied().unwrap_or_default();
    let is_country = || {
        last.len() == 2
            && last.bytes().all(|byte| byte.is_ascii_lowercase())
            && !FILE_ENDINGS.contains(&last)
    };
    labels.len() > 1
        && labels.iter().all(is_label)
        && (is_country() || last.starts_with("xn--") || HOST_ENDINGS.contains(&last))
}
