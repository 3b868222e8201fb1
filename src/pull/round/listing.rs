//! Reading lists: each address is fetched once.

use crate::error::{Code, Result};
use crate::model::{Address, Digest, Entry, Timestamp};
use crate::pull::archive::candidate::Candidate;
use crate::pull::archive::names::{self, Key};
use crate::pull::archive::seed;
use crate::pull::archive::text::{Fingerprint, title_digest};
use crate::pull::pages::{self, AT_ONCE, PageOutcome};
use crate::pull::report::{Counts, FeedReport, FeedStatus};
use crate::pull::run::{Run, host};
use crate::pull::state::{LinkState, Pending};
use crate::pull::subscriptions::List;
use crate::pull::subscriptions::links::Link;

/// The most attempts at an address. A page that is not there may come back: it is asked for less and
/// less often.
const MOST_ATTEMPTS: u32 = 10;

impl Run<'_> {
    /// Saves the pages of a list that the archive does not have.
    pub(in crate::pull) fn go_through_list(&mut self, list: &List) -> Result<FeedReport> {
        let mut report = FeedReport {
            name: list.path.display().to_string(),
            url: list.path.display().to_string(),
            status: FeedStatus::Unchanged,
            articles: Counts::default(),
            reason: None,
        };
        let mut state = self.store.links();
        let (now, selection) = (self.settings.now.millis(), self.selection());
        let mut wanted = Vec::new();
        for link in &list.links {
            let failed = state.get(link.address.as_str());
            let is_due = failed
                .is_none_or(|failed| failed.not_before <= now && failed.attempts < MOST_ATTEMPTS);
            let is_settled = failed.is_some_and(|one| one.settled.as_ref() == Some(&selection));
            if is_settled || self.archive.has_address(&link.address) {
                report.articles.known += 1;
            } else if is_due {
                wanted.push(link);
            }
        }
        let mut had = 0;
        for some in wanted.chunks(AT_ONCE) {
            let addresses: Vec<Address> = some.iter().map(|link| link.address.clone()).collect();
            let pages = pages::fetch(&addresses, &mut self.robots, &self.fetcher, self.content);
            for (link, page) in some.iter().zip(pages) {
                had += usize::from(self.take_link(link, page, &mut report, &mut state)?);
            }
            self.store.save_links(&state);
        }
        if had > 0 {
            report.status = FeedStatus::Read;
        } else if !wanted.is_empty() {
            report.status = FeedStatus::Failed;
            report.reason = Some("none of its pages could be had".to_owned());
        }
        Ok(report)
    }

    /// Saves the page behind a link; whether it could be had.
    fn take_link(
        &mut self,
        link: &Link,
        page: PageOutcome,
        report: &mut FeedReport,
        state: &mut LinkState,
    ) -> Result<bool> {
        let place = link.address.as_str();
        let (entry, address) = match page {
            PageOutcome::Article(entry, address) => (entry, address),
            PageOutcome::Nothing(reason)
            | PageOutcome::Instead(reason)
            | PageOutcome::Later(reason) => {
                self.note_failure(place, &reason, state);
                return Ok(false);
            }
        };
        state.remove(place);
        let mut entry = *entry;
        entry.head.tags.extend(link.tags.iter().cloned());
        let source = source(&entry, link);
        let settled = Pending {
            settled: Some(self.selection()),
            ..Pending::default()
        };
        if !self.content.wants(&entry, &source) {
            report.articles.left_out += 1;
            state.insert(place.to_owned(), settled);
            return Ok(true);
        }
        let mut candidate = candidate(link, &entry, &address, &source);
        if self.has_page(&candidate, &address) {
            report.articles.known += 1;
            state.insert(place.to_owned(), settled);
            return Ok(true);
        }
        candidate.front = self.front(&entry.head);
        let listed = candidate.appeared().or(link.time);
        let time = match listed {
            Some(time) => time,
            None => self.time_of(&candidate, &[], place),
        };
        self.save_page(&candidate, time)?;
        report.articles.saved += 1;
        Ok(true)
    }

    fn save_page(&mut self, candidate: &Candidate, time: Timestamp) -> Result<()> {
        let seed = candidate.seed(time);
        let file = self
            .archive
            .save(&candidate.source, &candidate.key, &seed)?;
        self.report.saved.push(file);
        Ok(())
    }

    fn note_failure(&mut self, place: &str, reason: &str, state: &mut LinkState) {
        let message = format!("the page can't be had: {reason}");
        self.warn_of_host(Code::PageUnavailable, place, message, reason);
        let failed: &mut Pending = state.entry(place.to_owned()).or_default();
        failed.failed(self.settings.now);
    }

    /// Whether the archive has a page under the address that it was had from, which may be another than
    /// the list's, or has its text.
    fn has_page(&self, candidate: &Candidate, page: &Address) -> bool {
        let texts = self
            .archive
            .with_text(candidate.title_digest, &candidate.text);
        self.archive.has_address(page) || (candidate.text.is_telling() && !texts.is_empty())
    }
}

/// The source of the article behind a link: what the page says, else its host.
fn source(entry: &Entry, link: &Link) -> String {
    let source = entry.head.source.clone();
    let source = source.filter(|source| !source.trim().is_empty());
    source.unwrap_or_else(|| host(&link.address))
}

/// The article behind a link. The list's title stands where the page says none.
fn candidate(link: &Link, entry: &Entry, page: &Address, source: &str) -> Candidate {
    let head = &entry.head;
    let body = seed::body(&entry.markup, head, Some(page));
    let text = Fingerprint::of(&body);
    let listed = link
        .title
        .as_deref()
        .map(|title| title.replace('&', "&amp;"));
    let title = head.title.clone().filter(|title| !title.trim().is_empty());
    let title = seed::title(&title.or(listed).unwrap_or_default());
    let title_digest = title_digest(&title);
    let content = Digest::of_parts([title_digest.as_ref(), text.digest.as_ref()]);
    Candidate {
        source: names::folder(source),
        earlier: Vec::new(),
        key: Key::new(&link.address.comparison_key(), content),
        address: Some(link.address.clone()),
        id: None,
        title,
        title_digest,
        authors: head.authors.clone(),
        front: String::new(),
        published: head.page_times.published.or(head.published),
        updated: head.page_times.updated,
        byline: None,
        body,
        text,
    }
}
