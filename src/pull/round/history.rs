//! The history of feeds: document by document to its beginning (RFC 5005; JSON Feed, `next_url`).

use super::asking::{Answer, answer};
use crate::error::{Code, Result};
use crate::model::Address;
use crate::pull::fetch::Ask;
use crate::pull::report::FeedStatus;
use crate::pull::run::{Feed, Run};
use std::collections::HashSet;

/// The most documents of one feed's history that a run reads; the next one goes on.
const MOST_DOCUMENTS: usize = 1_000;

/// The largest of them, in bytes.
const MOST_BYTES: u64 = 64_000_000;

const ACCEPT: &str = "application/atom+xml,application/rss+xml,application/feed+json,*/*;q=0.5";

/// A document of a history that was read.
struct ReadDocument {
    /// The number of its feed.
    number: usize,
    /// The files of the feed's own document, while those of the history are gathered in their place.
    files: Vec<String>,
    /// The next document, where there is one.
    next: Option<Address>,
}

impl<'run> Run<'run> {
    /// Reads the histories of feeds, where that is wanted. After each document the next one is noted, so
    /// that a run which is interrupted goes on from there.
    pub(super) fn read_histories(&mut self, feeds: &mut [Feed<'run>]) -> Result<()> {
        if !self.settings.history {
            return Ok(());
        }
        let mut seen: HashSet<(usize, Address)> = HashSet::new();
        for _ in 0..MOST_DOCUMENTS {
            let mut next: Vec<(usize, Address)> = Vec::new();
            for (number, feed) in feeds.iter_mut().enumerate() {
                let is_read =
                    matches!(feed.report.status, FeedStatus::Read | FeedStatus::Unchanged);
                let address = feed.state.history.as_deref().and_then(Address::parse);
                let Some(address) = address.filter(|_| is_read && !feed.state.is_history_read)
                else {
                    continue;
                };
                if seen.insert((number, address.clone())) {
                    next.push((number, address));
                } else {
                    // It leads in a circle.
                    feed.state.is_history_read = true;
                    feed.state.history = None;
                }
            }
            if next.is_empty() || !self.read_documents(feeds, &next)? {
                break;
            }
        }
        Ok(())
    }

    /// Reads a document of some histories each; whether any could be had.
    fn read_documents(
        &mut self,
        feeds: &mut [Feed<'run>],
        next: &[(usize, Address)],
    ) -> Result<bool> {
        let asks = next.iter().map(|(_, address)| Ask {
            address: address.clone(),
            accept: ACCEPT,
            validators: None,
            most_bytes: MOST_BYTES,
        });
        let (content, room) = (self.content, &self.room);
        let answers = self.fetcher.run(asks.collect(), |_, result| {
            answer(result, None, content, room)
        });
        let mut works = Vec::new();
        let mut read = Vec::new();
        for ((number, address), answer) in next.iter().zip(answers) {
            let Some(feed) = feeds.get_mut(*number) else {
                continue;
            };
            let Some(Answer::Document(_, _, document)) = answer else {
                let message =
                    format!("its history can't be read on from {address}; a later run tries again");
                self.warn(Code::FeedUnavailable, &feed.report.url, message);
                continue;
            };
            let next = document.facts.earlier.as_deref();
            read.push(ReadDocument {
                number: *number,
                files: std::mem::take(&mut feed.files),
                next: next.and_then(|next| document.address.join(next)),
            });
            self.compare(*number, feed, *document, &mut works)?;
        }
        self.fetch_and_save(feeds, works)?;
        let is_any_read = !read.is_empty();
        for document in read {
            if let Some(feed) = feeds.get_mut(document.number) {
                self.note_document(feed, document);
            }
        }
        Ok(is_any_read)
    }

    /// Notes a document whose items are saved, and where the history goes on. What stands in the feed
    /// itself is asked for by its validators; its history is immutable, and its files are noted apart.
    fn note_document(&self, feed: &mut Feed<'run>, document: ReadDocument) {
        let of_history = std::mem::replace(&mut feed.files, document.files);
        feed.state.history_files.extend(of_history);
        feed.state.is_history_read = document.next.is_none();
        feed.state.history = document.next.map(|next| next.as_str().to_owned());
        self.note_on_the_way(feed);
    }
}
