//! A round over some feeds: ask, compare, fetch pages, save.

mod asking;
mod document;
mod history;
mod listing;
mod saving;

use super::archive::address_digest;
use super::archive::candidate::{Candidate, tell_apart};
use super::archive::seed;
use super::archive::standing::{MOST_EDITIONS, Standing, is_within, says_nothing_new, standing};
use super::pages;
use super::run::{Feed, Run};
use crate::error::{Code, Error, Result};
use crate::model::{Address, Digest, Head, Timestamp};
use document::Document;
use std::collections::HashSet;

pub(super) use document::Room;

/// The items whose pages are under way, so that a second feed with one of them leaves it.
#[derive(Default)]
pub(super) struct Claims(HashSet<Digest>);

impl Claims {
    /// Claims an item; whether nobody had. An id says little without a title, for feeds of one site may
    /// count their items from one on each.
    fn claim(&mut self, candidate: &Candidate) -> bool {
        let address = candidate.address.as_ref().map(address_digest);
        let title = candidate.title_digest;
        let item = Digest::of_parts([candidate.key.item.as_bytes(), title.as_ref()]);
        let is_claimed =
            self.0.contains(&item) || address.is_some_and(|address| self.0.contains(&address));
        self.0.insert(item);
        self.0.extend(address);
        !is_claimed
    }
}

/// An article whose page is wanted.
struct Work {
    /// The number of its feed in the window.
    feed: usize,
    candidate: Candidate,
    address: Address,
    /// The files that hold earlier texts of it.
    previous: Vec<String>,
    /// The file that was saved for want of the page, in an earlier run.
    pending: Option<String>,
}

impl<'run> Run<'run> {
    /// Asks the feeds of a window, saves what is new, and goes on into their histories where that is
    /// wanted.
    pub(super) fn go_through(&mut self, feeds: &mut [Feed<'run>]) -> Result<()> {
        let mut works = Vec::new();
        for (number, document) in self.ask_feeds(feeds) {
            if let Some(feed) = feeds.get_mut(number) {
                self.compare(number, feed, *document, &mut works)?;
            }
        }
        for (number, feed) in feeds.iter_mut().enumerate() {
            self.add_pending(number, feed, &mut works);
        }
        self.fetch_and_save(feeds, works)?;
        self.read_histories(feeds)
    }

    /// Compares the items of a document with the archive and saves those whose text is at hand.
    fn compare(
        &mut self,
        number: usize,
        feed: &mut Feed<'run>,
        document: Document,
        works: &mut Vec<Work>,
    ) -> Result<()> {
        let (facts, address) = (document.facts.clone(), document.address.clone());
        let items = document.items(self.content);
        let (entries, warnings) = items.map_err(Error::output(&std::env::temp_dir()))?;
        self.report.warnings.extend(warnings);
        let mut candidates = Vec::new();
        for mut entry in entries {
            let tags = &feed.subscription.tags;
            entry.head.tags.extend(tags.iter().cloned());
            if self.content.wants(&entry, &feed.source) {
                let mut candidate = Candidate::of(&entry, &feed.source, &facts, &address);
                candidate.front = self.front(&entry.head);
                candidate.earlier.clone_from(&feed.state.sources);
                candidates.push(candidate);
            } else {
                feed.report.articles.left_out += 1;
            }
        }
        let shared = tell_apart(&mut candidates);
        for candidate in candidates {
            self.compare_one(number, feed, candidate, &shared, works)?;
        }
        Ok(())
    }

    fn compare_one(
        &mut self,
        number: usize,
        feed: &mut Feed<'run>,
        candidate: Candidate,
        shared: &HashSet<Digest>,
        works: &mut Vec<Work>,
    ) -> Result<()> {
        let previous = match standing(&self.archive, &candidate, shared) {
            Standing::New => Vec::new(),
            Standing::Changed(files) if self.is_edition(&candidate, &files, feed) => files,
            Standing::Known(files) | Standing::Changed(files) => {
                feed.report.articles.known += 1;
                feed.files.extend(files);
                return Ok(());
            }
        };
        // A page that several items lead to is the article of none.
        let own = |address: &Address| !shared.contains(&address_digest(address));
        let address = candidate.address.clone().filter(own);
        let wants_page = pages::is_wanted(&candidate, self.full_text(feed));
        match address.filter(|_| wants_page) {
            None => self.save(feed, &candidate, &previous).map(drop),
            Some(address) if self.claims.claim(&candidate) => {
                works.push(Work {
                    feed: number,
                    candidate,
                    address,
                    previous,
                    pending: None,
                });
                Ok(())
            }
            Some(_) => {
                feed.report.articles.known += 1;
                Ok(())
            }
        }
    }

    /// What stands before the header of an article's file.
    fn front(&self, head: &Head) -> String {
        if self.settings.tags {
            seed::front(&head.tags)
        } else {
            String::new()
        }
    }

    /// Whether another text of an item that is there is saved beside it.
    fn is_edition(&mut self, candidate: &Candidate, files: &[String], feed: &mut Feed<'_>) -> bool {
        if !self.settings.editions || says_nothing_new(&self.archive, candidate, files) {
            return false;
        }
        let is_within = is_within(&self.archive, candidate, files);
        let told = format!("editions {}", candidate.key.item);
        if !is_within && feed.state.tells_first(&told) {
            let message = format!(
                "“{}” has {MOST_EDITIONS} texts already; later ones are not saved",
                candidate.title
            );
            self.warn(Code::EditionsMany, &feed.report.url, message);
        }
        is_within
    }

    /// When an article appeared: as its feed says, for an edition later than what it changes, and for
    /// one that nothing dates, now.
    fn time_of(&mut self, candidate: &Candidate, previous: &[String], place: &str) -> Timestamp {
        let noted = |file: &String| self.archive.noted(file)?.time;
        if let Some(last) = previous.iter().filter_map(noted).max() {
            let next = Timestamp::from_millis(last.saturating_add(1));
            let changed = candidate.changed().filter(|time| time.millis() > last);
            return changed.or(next).unwrap_or(self.settings.now);
        }
        if let Some(time) = candidate.appeared() {
            return time;
        }
        let message = format!("“{}” has no date; it is dated by this run", candidate.title);
        self.warn(Code::ItemUndated, place, message);
        self.settings.now
    }
}
