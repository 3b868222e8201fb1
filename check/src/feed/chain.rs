//! What feeds say of each other and of the files beside them (RFC 5005, section 4), as far as their
//! own addresses tell which address means which file.

use crate::walk::Found;
use crate::{Findings, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Rss,
    Atom,
    Json,
    Opml,
    Opds,
}

/// What one feed says.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(super) format: Format,
    /// As findings name it.
    pub(super) shown: String,
    /// From the folder that is checked, with slashes.
    pub(super) relative: String,
    pub(super) archive: bool,
    pub(super) complete: bool,
    own: Option<String>,
    current: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    /// Addresses of files that should stand beside it, with their lines.
    neighbours: Vec<(String, Option<u32>)>,
}

impl Facts {
    /// A feed that has said nothing yet.
    pub(super) fn new(file: &Found, format: Format) -> Self {
        Facts {
            shown: file.shown.clone(),
            relative: file.relative.clone(),
            ..Facts::blank(format)
        }
    }

    /// A place for the links of an entry, which tell nothing of the feed.
    pub(super) fn of_entry() -> Self {
        Facts::blank(Format::Atom)
    }

    fn blank(format: Format) -> Self {
        Facts {
            format,
            shown: String::new(),
            relative: String::new(),
            archive: false,
            complete: false,
            own: None,
            current: None,
            previous: None,
            next: None,
            neighbours: Vec::new(),
        }
    }

    /// Takes note of a link of the feed.
    pub(super) fn link(&mut self, relation: &str, address: &str) {
        let place = match relation {
            "self" => &mut self.own,
            "current" => &mut self.current,
            "prev-archive" => &mut self.previous,
            "next-archive" => &mut self.next,
            _ => return,
        };
        *place = Some(address.to_owned());
    }

    /// Takes note of a file that should stand beside the feed.
    pub(super) fn beside(&mut self, address: &str, line: Option<u32>) {
        self.neighbours.push((address.to_owned(), line));
    }

    /// The folder of outputs that the feed is in, by its own address: one that is checked, or below
    /// it.
    fn place(&self) -> Option<OutputFolder> {
        let own = decoded(self.own.as_deref()?);
        let starts = self.relative.match_indices('/').map(|(at, _)| at + 1);
        std::iter::once(0).chain(starts).find_map(|start| {
            let (folder, name) = self.relative.split_at_checked(start)?;
            let base = own.strip_suffix(name)?;
            base.ends_with('/').then(|| OutputFolder {
                base: base.to_owned(),
                folder: folder.to_owned(),
            })
        })
    }

    /// Whether it stands in a folder itself.
    fn is_in(&self, place: &OutputFolder) -> bool {
        let name = self.relative.strip_prefix(&place.folder);
        name.is_some_and(|name| !name.contains('/'))
    }
}

/// A folder of outputs.
#[derive(Clone, Debug)]
struct OutputFolder {
    /// Its address, with a final slash.
    base: String,
    /// From the folder that is checked, with a final slash; empty for that one.
    folder: String,
}

impl OutputFolder {
    /// The file that an address below the folder's own means.
    fn file(&self, address: &str) -> Option<String> {
        let decoded = decoded(address);
        let name = decoded.strip_prefix(&self.base)?;
        Some(format!("{}{name}", self.folder))
    }
}

fn decoded(address: &str) -> String {
    let bytes = percent_encoding::percent_decode_str(address);
    bytes.decode_utf8_lossy().into_owned()
}

/// The feeds of a folder.
pub(crate) struct Feeds {
    files: BTreeSet<String>,
    feeds: BTreeMap<String, Facts>,
}

impl Feeds {
    /// No feed yet among these files.
    pub(crate) fn new(files: &[Found]) -> Self {
        Feeds {
            files: files.iter().map(|file| file.relative.clone()).collect(),
            feeds: BTreeMap::new(),
        }
    }

    /// Adds what a file says.
    pub(crate) fn extend(&mut self, facts: Option<Facts>) {
        if let Some(facts) = facts {
            self.feeds.insert(facts.relative.clone(), facts);
        }
    }

    /// Holds the feeds against each other.
    pub(crate) fn check(&self) -> Findings {
        let mut findings = Findings::new();
        let places: Vec<OutputFolder> = self.feeds.values().filter_map(Facts::place).collect();
        for feed in self.feeds.values() {
            if feed.own.is_some() && feed.place().is_none() {
                let message = "its own address names another file";
                findings.add(Rule::FeedTarget, &feed.shown, None, message);
            }
            // A list of feeds has no address of its own; it lies where they do.
            let beside = || places.iter().find(|place| feed.is_in(place)).cloned();
            if let Some(place) = feed.place().or_else(beside) {
                self.check_neighbours(feed, &place, &mut findings);
                self.check_links(feed, &place, &mut findings);
            }
            if feed.complete && (feed.archive || feed.previous.is_some()) {
                let message = "it says that it is complete, and has an archive";
                findings.add(Rule::FeedChain, &feed.shown, None, message);
            }
        }
        self.check_reached(&mut findings);
        findings
    }

    fn check_neighbours(&self, feed: &Facts, place: &OutputFolder, findings: &mut Findings) {
        for (address, line) in &feed.neighbours {
            if place
                .file(address)
                .is_some_and(|file| !self.files.contains(&file))
            {
                let message = format!("{address:?} should stand beside it and does not");
                findings.add(Rule::FeedTarget, &feed.shown, *line, message);
            }
        }
    }

    fn check_links(&self, feed: &Facts, place: &OutputFolder, findings: &mut Findings) {
        let mut add = |message: String| {
            findings.add(Rule::FeedChain, &feed.shown, None, message);
        };
        if feed.archive && feed.current.is_none() && feed.own.is_some() {
            add("an archive document does not lead to the current one".to_owned());
        }
        let links = [
            ("current", &feed.current),
            ("prev-archive", &feed.previous),
            ("next-archive", &feed.next),
        ];
        for (relation, address) in links {
            let Some(file) = address.as_deref().and_then(|one| place.file(one)) else {
                continue;
            };
            let Some(other) = self.feeds.get(&file) else {
                add(format!(
                    "its {relation} leads to {file}, which is not there"
                ));
                continue;
            };
            let back = |link: &Option<String>| {
                let file = link.as_deref().and_then(|one| place.file(one));
                file.as_deref() == Some(&feed.relative)
            };
            let fits = match relation {
                "current" => !other.archive,
                "prev-archive" if feed.archive => other.archive && back(&other.next),
                "prev-archive" => other.archive && other.next.is_none(),
                _ => other.archive && back(&other.previous),
            };
            if !fits || other.format != feed.format {
                add(format!(
                    "its {relation} leads to {file}, which does not fit it"
                ));
            }
        }
    }

    /// Each archive document is reached from a current one.
    fn check_reached(&self, findings: &mut Findings) {
        let mut reached = BTreeSet::new();
        for feed in self.feeds.values().filter(|feed| !feed.archive) {
            let Some(place) = feed.place() else {
                continue;
            };
            let mut present = feed;
            while let Some(next) = present.previous.as_deref()
                && let Some(file) = place.file(next)
                && let Some(other) = self.feeds.get(&file)
                && reached.insert(file)
            {
                present = other;
            }
        }
        for feed in self.feeds.values().filter(|feed| feed.archive) {
            if feed.place().is_some() && !reached.contains(&feed.relative) {
                let message = "no current document leads to it";
                findings.add(Rule::FeedChain, &feed.shown, None, message);
            }
        }
    }
}
