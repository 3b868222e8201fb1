//! An item of a feed on its way into the archive.

use super::names::{self, Key, id_of};
use super::seed;
use super::text::{Fingerprint, title_digest};
use super::{address_digest, source_of};
use crate::model::{Address, Digest, Entry, Timestamp, WrittenTime};
use crate::pull::feed::{self, Facts};
use chrono::Datelike;
use std::collections::{HashMap, HashSet};

/// The longest title that is looked at to tell items apart, in bytes.
const LONGEST_TITLE: usize = 4096;

/// An item as it would be saved, and what identifies it.
#[derive(Clone, Debug)]
pub(in crate::pull) struct Candidate {
    /// The folder of its source.
    pub source: String,
    /// The folders that its feed was saved under before, when it had other names.
    pub earlier: Vec<String>,
    pub address: Option<Address>,
    /// Its own id beside its address, where the feed gives one.
    pub id: Option<String>,
    /// As markup, on one line.
    pub title: String,
    pub title_digest: Digest,
    pub authors: Vec<String>,
    /// What stands before the header of its file: its tags, where they are wanted.
    pub front: String,
    pub published: Option<WrittenTime>,
    pub updated: Option<WrittenTime>,
    /// As it stands in an earlier file of the article, where there is one to be kept.
    pub byline: Option<String>,
    pub body: String,
    pub text: Fingerprint,
    /// Which item and which text it is, for the name of its file.
    pub key: Key,
}

impl Candidate {
    /// The item that an entry of a feed is. Several of a feed's items may share an address, which then
    /// identifies none of them.
    pub fn of(entry: &Entry, source: &str, facts: &Facts, document: &Address) -> Self {
        let base = feed::base(facts, document);
        let address = address_of(entry, &base);
        let head = &entry.head;
        let written = head.title.as_deref().unwrap_or_default();
        let title = seed::title(
            written
                .get(..written.floor_char_boundary(LONGEST_TITLE))
                .unwrap_or_default(),
        );
        let base = address.as_ref().unwrap_or(&base);
        let body = seed::body(&entry.markup, head, Some(base));
        let text = Fingerprint::of(&body);
        let title_digest = title_digest(&title);
        let content = Digest::of_parts([title_digest.as_ref(), text.digest.as_ref()]);
        let id = head.id.clone().filter(|id| !id.trim().is_empty());
        let name = match (&id, &address) {
            (Some(id), _) => id.clone(),
            (None, Some(address)) => address.comparison_key(),
            (None, None) => format!("{source}\n{content}"),
        };
        Candidate {
            source: names::folder(source),
            earlier: Vec::new(),
            key: Key::new(&name, content),
            authors: head.authors.clone(),
            front: String::new(),
            published: head.published.or(head.written_time).filter(is_date),
            updated: head.updated.filter(is_date),
            byline: None,
            address,
            id,
            title,
            title_digest,
            body,
            text,
        }
    }

    /// Whether a file was saved of its feed, under whatever name that had.
    pub fn is_own(&self, file: &str) -> bool {
        let source = source_of(file);
        source == self.source || self.earlier.iter().any(|earlier| earlier == source)
    }

    fn name_by_address(&mut self) {
        match &self.address {
            Some(address) => self.key.item = id_of(&address.comparison_key()),
            None => self.name_by_text(),
        }
    }

    fn name_by_text(&mut self) {
        self.key.item = id_of(&format!("{}\n{}", self.source, self.key.text));
    }

    /// When it appeared, as its feed says.
    pub fn appeared(&self) -> Option<Timestamp> {
        let times = [self.published, self.updated];
        times.into_iter().flatten().find_map(seed::instant)
    }

    /// When it was last changed, as its feed says.
    pub fn changed(&self) -> Option<Timestamp> {
        let times = [self.published, self.updated];
        times.into_iter().flatten().filter_map(seed::instant).max()
    }

    /// What is written into its file.
    pub fn seed(&self, time: Timestamp) -> seed::Seed {
        seed::Seed {
            front: self.front.clone(),
            time,
            title: self.title.clone(),
            address: self.address.clone(),
            byline: self
                .byline
                .clone()
                .unwrap_or_else(|| seed::byline(&self.authors, self.published.or(self.updated))),
            body: self.body.clone(),
        }
    }

    /// Takes the text of its page in the place of the feed's, and what only the page says.
    pub fn take_page(&mut self, page: &Entry, address: &Address) {
        let head = &page.head;
        self.body = seed::body(&page.markup, head, Some(address));
        self.text = Fingerprint::of(&self.body);
        if self.title.is_empty() {
            self.title = seed::title(head.title.as_deref().unwrap_or_default());
            self.title_digest = title_digest(&self.title);
        }
        if self.authors.is_empty() {
            self.authors.clone_from(&head.authors);
        }
        if self.published.is_none() && self.updated.is_none() {
            self.published = head.page_times.published.or(head.page_times.updated);
        }
    }
}

/// Takes from the items of one document the ids that several of them have, and gives the addresses that
/// several have: neither tells which article one is. Such items are known by what is left.
pub(in crate::pull) fn tell_apart(candidates: &mut [Candidate]) -> HashSet<Digest> {
    let mut ids: HashMap<String, (Key, bool)> = HashMap::new();
    for candidate in candidates.iter() {
        let Some(id) = &candidate.id else { continue };
        let first = ids.entry(id.clone());
        let (key, is_shared) = first.or_insert_with(|| (candidate.key.clone(), false));
        // The same item may stand there twice.
        *is_shared |= key.text != candidate.key.text;
    }
    for candidate in candidates.iter_mut() {
        let shared = candidate.id.as_ref().and_then(|id| ids.get(id));
        if shared.is_some_and(|(_, is_shared)| *is_shared) {
            candidate.id = None;
            candidate.name_by_address();
        }
    }
    let mut addresses: HashMap<Digest, (Key, bool)> = HashMap::new();
    for candidate in candidates.iter() {
        let Some(address) = &candidate.address else {
            continue;
        };
        let first = addresses.entry(address_digest(address));
        let (key, is_shared) = first.or_insert_with(|| (candidate.key.clone(), false));
        let is_other = key.text != candidate.key.text
            && (key.item != candidate.key.item || candidate.id.is_none());
        *is_shared |= is_other;
    }
    addresses.retain(|_, (_, is_shared)| *is_shared);
    for candidate in candidates
        .iter_mut()
        .filter(|candidate| candidate.id.is_none())
    {
        let digest = candidate.address.as_ref().map(address_digest);
        if digest.is_some_and(|digest| addresses.contains_key(&digest)) {
            candidate.name_by_text();
        }
    }
    addresses.into_keys().collect()
}

/// Whether a time is one: programs write the beginning of their calendar where they know none.
fn is_date(time: &WrittenTime) -> bool {
    let is_zero = time
        .in_zone(chrono_tz::UTC)
        .is_some_and(|time| time.millis() == 0);
    !is_zero && time.local.year() > 1
}

/// The address of an item's page, absolute.
fn address_of(entry: &Entry, base: &Address) -> Option<Address> {
    let written = entry.head.address.as_deref()?.trim().replace("&amp;", "&");
    base.join(&written).filter(Address::is_web)
}
