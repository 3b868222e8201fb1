//! Pages are fetched, and articles saved.

use super::Work;
use crate::error::{Code, Result};
use crate::model::{Address, Digest, Timestamp};
use crate::pull::archive::candidate::Candidate;
use crate::pull::archive::names::{Key, id_of};
use crate::pull::archive::seed;
use crate::pull::archive::text::{Fingerprint, title_digest};
use crate::pull::pages::{self, AT_ONCE, PageOutcome};
use crate::pull::run::{Feed, Run};
use crate::pull::state::Pending;

/// How often a page is asked for in later runs.
const MOST_ATTEMPTS: u32 = 6;

/// How often one in the place of which something else was shown, which mostly stays so: once that day and
/// once the next.
const FEW_ATTEMPTS: u32 = 3;

/// The pause before the first of them, in milliseconds; each further one is twice as long.
const PAUSE: i64 = 30 * 60 * 1000;

impl Pending {
    /// Notes one more attempt in vain.
    pub(super) fn failed(&mut self, now: Timestamp) {
        self.attempts += 1;
        let pause = PAUSE.saturating_mul(1 << self.attempts.min(16));
        self.not_before = now.millis().saturating_add(pause);
    }
}

impl<'run> Run<'run> {
    /// Fetches the pages and saves the articles, in their order.
    pub(super) fn fetch_and_save(
        &mut self,
        feeds: &mut [Feed<'run>],
        works: Vec<Work>,
    ) -> Result<()> {
        let mut works = works.into_iter().peekable();
        while works.peek().is_some() {
            let some: Vec<Work> = works.by_ref().take(AT_ONCE).collect();
            let addresses: Vec<Address> = some.iter().map(|work| work.address.clone()).collect();
            let pages = pages::fetch(&addresses, &mut self.robots, &self.fetcher, self.content);
            for (work, page) in some.into_iter().zip(pages) {
                if let Some(feed) = feeds.get_mut(work.feed) {
                    self.settle(feed, work, page)?;
                }
            }
        }
        Ok(())
    }

    /// Saves an article with the text of its page, or with the feed's where the page says no more.
    fn settle(&mut self, feed: &mut Feed<'run>, mut work: Work, page: PageOutcome) -> Result<()> {
        if let Some(file) = work.pending.take() {
            return self.settle_pending(feed, work, &file, page);
        }
        let full_text = self.full_text(feed);
        let is_needed = pages::is_needed(&work.candidate, full_text);
        let mut later = None;
        match page {
            PageOutcome::Article(entry, address) => {
                if pages::is_better(&work.candidate, &entry, full_text) {
                    work.candidate.take_page(&entry, &address);
                    if self.has_text(feed, &work) {
                        return Ok(());
                    }
                }
            }
            // A short text that says nothing of a page is mostly a whole one.
            PageOutcome::Nothing(_) | PageOutcome::Instead(_) | PageOutcome::Later(_)
                if !is_needed => {}
            PageOutcome::Nothing(reason) => {
                self.tell_page(&work, &reason, "the text of the feed is saved")
            }
            PageOutcome::Instead(reason) => {
                later = Some(MOST_ATTEMPTS - FEW_ATTEMPTS);
                let then = "the text of the feed is saved, and the page asked for again";
                self.tell_page(&work, &reason, then);
            }
            PageOutcome::Later(reason) => {
                later = Some(0);
                let then = "the text of the feed is saved, and the page asked for again";
                self.tell_page(&work, &reason, then);
            }
        }
        let file = self.save(feed, &work.candidate, &work.previous)?;
        if let Some(attempts) = later {
            let mut pending = Pending {
                attempts,
                ..Pending::default()
            };
            pending.failed(self.settings.now);
            feed.state.pending.insert(file, pending);
            // At once: a later run finds the article known, and would not ask for its page.
            self.note_on_the_way(feed);
        }
        Ok(())
    }

    /// Notes a feed's state while its document is not gone through: so much of it as holds for any later
    /// run, which reads the document anew.
    pub(super) fn note_on_the_way(&self, feed: &Feed<'_>) {
        let mut state = feed.state.clone();
        state.document = None;
        state.set_validators(None);
        // Where this run ends here, some of its items are not saved yet.
        state.not_before = 0;
        self.store.save_feed(&feed.subscription.address, &state);
    }

    fn tell_page(&mut self, work: &Work, reason: &str, then: &str) {
        let message = format!("the page can't be had: {reason}; {then}");
        self.warn_of_host(
            Code::PageUnavailable,
            work.address.as_str(),
            message,
            reason,
        );
    }

    /// Whether the archive has the text of a page: of an item whose summary changed and whose text did
    /// not, or of one that its feed gave another id and another address.
    fn has_text(&self, feed: &mut Feed<'_>, work: &Work) -> bool {
        let candidate = &work.candidate;
        let of_item = work.previous.iter().filter(|file| {
            let noted = self.archive.noted(file);
            noted.is_some_and(|noted| noted.text == candidate.text.digest)
        });
        let found = self
            .archive
            .with_text(candidate.title_digest, &candidate.text)
            .into_iter()
            .filter(|file| candidate.text.is_telling() && candidate.is_own(file));
        let files: Vec<String> = of_item.cloned().chain(found).collect();
        let is_known = !files.is_empty();
        feed.report.articles.known += u64::from(is_known);
        feed.files.extend(files);
        is_known
    }

    /// Saves an article; gives its file.
    pub(super) fn save(
        &mut self,
        feed: &mut Feed<'run>,
        candidate: &Candidate,
        previous: &[String],
    ) -> Result<String> {
        let time = self.time_of(candidate, previous, &feed.report.url);
        let seed = candidate.seed(time);
        let file = self
            .archive
            .save(&candidate.source, &candidate.key, &seed)?;
        let counts = &mut feed.report.articles;
        if previous.is_empty() {
            counts.saved += 1;
        } else {
            counts.editions += 1;
        }
        if !feed.state.sources.contains(&candidate.source) {
            feed.state.sources.push(candidate.source.clone());
        }
        feed.files.push(file.clone());
        self.report.saved.push(file.clone());
        Ok(file)
    }

    /// Adds the articles that an earlier run saved without their page.
    pub(super) fn add_pending(&self, number: usize, feed: &mut Feed<'run>, works: &mut Vec<Work>) {
        let now = self.settings.now.millis();
        let archive = &self.archive;
        feed.state
            .pending
            .retain(|file, pending| archive.has(file) && pending.attempts < MOST_ATTEMPTS);
        let due = feed.state.pending.iter();
        let due = due.filter(|(_, pending)| pending.not_before <= now);
        for file in due.map(|(file, _)| file.clone()) {
            let text = archive.read(&file).unwrap_or_default();
            let candidate = saved(&file, &text);
            let address = candidate.as_ref().and_then(|one| one.address.clone());
            if let Some((candidate, address)) = candidate.zip(address) {
                works.push(Work {
                    feed: number,
                    candidate,
                    address,
                    previous: vec![file.clone()],
                    pending: Some(file),
                });
            }
        }
    }

    /// Saves the page of an article that an earlier run saved without it.
    fn settle_pending(
        &mut self,
        feed: &mut Feed<'run>,
        mut work: Work,
        file: &str,
        page: PageOutcome,
    ) -> Result<()> {
        match page {
            PageOutcome::Instead(_) | PageOutcome::Later(_) => {
                let now = self.settings.now;
                feed.state
                    .pending
                    .entry(file.to_owned())
                    .or_default()
                    .failed(now);
            }
            PageOutcome::Nothing(_) => {
                feed.state.pending.remove(file);
            }
            PageOutcome::Article(entry, address) => {
                feed.state.pending.remove(file);
                let full_text = self.full_text(feed);
                if pages::is_better(&work.candidate, &entry, full_text) {
                    work.candidate.take_page(&entry, &address);
                    let text = work.candidate.text.digest;
                    let content =
                        Digest::of_parts([work.candidate.title_digest.as_ref(), text.as_ref()]);
                    let item = std::mem::take(&mut work.candidate.key.item);
                    work.candidate.key = Key {
                        item,
                        ..Key::new("", content)
                    };
                    let file = self.save(feed, &work.candidate, &work.previous)?;
                    // The feed may be unchanged, and its files those of the last document.
                    feed.state.files.push(file);
                }
            }
        }
        Ok(())
    }
}

/// An article as a file of the archive holds it.
fn saved(file: &str, text: &str) -> Option<Candidate> {
    let known = seed::known(text)?;
    let source = crate::pull::archive::source_of(file).to_owned();
    let before = text.len().checked_sub(known.body.len())?;
    let byline = text.get(..before)?.rsplit_once("\n\n")?.1.trim();
    Some(Candidate {
        key: crate::pull::archive::key_of(file).unwrap_or_else(|| Key {
            item: id_of(file),
            ..Key::new("", Digest::default())
        }),
        source,
        earlier: Vec::new(),
        address: known.address,
        id: None,
        title: known.title.to_owned(),
        title_digest: title_digest(known.title),
        authors: Vec::new(),
        front: seed::front_of(text).to_owned(),
        published: None,
        updated: None,
        byline: Some(byline.to_owned()).filter(|byline| byline.starts_with("<div>")),
        body: known.body.trim_end().to_owned(),
        text: Fingerprint::of(known.body),
    })
}
