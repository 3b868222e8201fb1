//! What the peers share: finding the articles of a generated archive and taking them apart, no more
//! carefully than a quick script would.

use chrono::{DateTime, FixedOffset};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An article as it stands in its file.
pub struct Seed {
    pub millis: i64,
    pub title: String,
    pub address: String,
    pub body: String,
}

/// All files below a folder, sorted.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for item in fs::read_dir(folder)? {
            let path = item?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Splits an article's file at its header lines.
pub fn seed(text: &str) -> Option<Seed> {
    let mut lines = text.splitn(4, '\n');
    let millis = lines.next()?.strip_prefix("<!--")?.strip_suffix("-->")?;
    let (title, address) = lines.next()?.strip_prefix('[')?.split_once("](")?;
    Some(Seed {
        millis: millis.parse().ok()?,
        title: title.to_owned(),
        address: address.strip_suffix(')')?.to_owned(),
        body: lines.nth(1)?.to_owned(),
    })
}

/// The path in the mirror of a picture that a body shows through the proxy.
pub fn picture(source: &str) -> Option<&str> {
    source.strip_prefix("https://images.weserv.nl/?url=")
}

/// A time as the feed crates want it.
pub fn time(millis: i64) -> Option<DateTime<FixedOffset>> {
    Some(DateTime::from_timestamp_millis(millis)?.fixed_offset())
}
