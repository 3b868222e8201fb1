//! Asking feeds: what they answer, and what is noted of it.

use super::document::{Document, Room};
use crate::error::Code;
use crate::model::{Address, Digest, Timestamp};
use crate::net::{FetchError, Response, Status};
use crate::pull::discovery::feeds_of_page;
use crate::pull::fetch::beginning::without_noise;
use crate::pull::fetch::charset::decoded;
use crate::pull::fetch::{Ask, Fetched};
use crate::pull::report::FeedStatus;
use crate::pull::run::{Feed, Run};
use crate::pull::{Content, state::FeedState};
use std::time::Duration;

/// The largest document, in bytes: what readers take as one article.
const MOST_BYTES: u64 = 64_000_000;

/// The longest wait that a host may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

const ACCEPT: &str = "application/atom+xml,application/rss+xml,application/feed+json,\
    application/rdf+xml;q=0.9,application/xml;q=0.8,text/xml;q=0.8,*/*;q=0.5";

/// What a feed answered.
pub(super) enum Answer {
    Document(Response, String, Box<Document>),
    /// It says, or its bytes do, that nothing changed.
    Same(Response),
    /// A page, and the feeds that it names.
    Page(Response, Vec<Address>),
    Failed(Response),
    Error(FetchError),
}

impl<'run> Run<'run> {
    /// Asks the feeds that may be asked; gives the documents with something new in them, with the
    /// numbers of their feeds, in their order.
    pub(super) fn ask_feeds(&mut self, feeds: &mut [Feed<'run>]) -> Vec<(usize, Box<Document>)> {
        let now = self.settings.now.millis();
        let mut due = Vec::new();
        for (number, feed) in feeds.iter_mut().enumerate() {
            // Who names a feed wants to know whether it is back.
            if feed.state.is_gone && self.settings.names.is_empty() {
                feed.report.status = FeedStatus::Gone;
            } else if feed.state.not_before <= now {
                feed.state.is_gone = false;
                due.push((number, place_of(&feed.state, &feed.subscription.address)));
            }
        }
        let mut documents = Vec::new();
        let found = self.ask_at(feeds, due, &mut documents);
        // A page named them. What they name in their turn is not followed.
        for (number, _) in self.ask_at(feeds, found, &mut documents) {
            if let Some(feed) = feeds.get_mut(number) {
                feed.state.place = None;
                self.fail(
                    feed,
                    "it is no feed, and neither is what it names".to_owned(),
                );
            }
        }
        documents.sort_by_key(|(number, _)| *number);
        documents
    }

    /// Asks for feeds at some addresses; gives where pages say that the feeds are.
    fn ask_at(
        &mut self,
        feeds: &mut [Feed<'run>],
        places: Vec<(usize, Address)>,
        documents: &mut Vec<(usize, Box<Document>)>,
    ) -> Vec<(usize, Address)> {
        let asks = places.iter().map(|(number, address)| {
            let state = feeds.get(*number).map(|feed| &feed.state);
            Ask {
                address: address.clone(),
                accept: ACCEPT,
                validators: state.and_then(FeedState::validators),
                most_bytes: MOST_BYTES,
            }
        });
        let known = places.iter().map(|(number, _)| {
            let state = feeds.get(*number).map(|feed| &feed.state);
            state.and_then(|state| state.document.clone())
        });
        let known: Vec<Option<String>> = known.collect();
        let (content, room) = (self.content, &self.room);
        let answers = self.fetcher.run(asks.collect(), |position, result| {
            let known = known.get(position).and_then(Option::as_deref);
            answer(result, known, content, room)
        });
        let mut found = Vec::new();
        for ((number, asked), answer) in places.into_iter().zip(answers) {
            let Some((feed, answer)) = feeds.get_mut(number).zip(answer) else {
                continue;
            };
            match self.take(feed, &asked, answer) {
                Taken::Document(document) => documents.push((number, document)),
                Taken::Elsewhere(address) => found.push((number, address)),
                Taken::Nothing => {}
            }
        }
        found
    }

    /// Notes what a feed answered.
    fn take(&mut self, feed: &mut Feed<'_>, asked: &Address, answer: Answer) -> Taken {
        match answer {
            Answer::Document(response, digest, document) => {
                self.note_way(feed, &response);
                feed.state.document = Some(digest);
                self.note_facts(feed, &response, &document);
                Taken::Document(document)
            }
            Answer::Same(response) => {
                self.note_way(feed, &response);
                if response.status == Status::Ok {
                    feed.state.set_validators(response.validators.as_ref());
                }
                let (now, rhythm) = (self.settings.now, &feed.state.rhythm);
                feed.state.not_before = rhythm.not_before(now, response.max_age);
                feed.report.status = FeedStatus::Unchanged;
                Taken::Nothing
            }
            Answer::Page(response, feeds) => self.take_page(feed, asked, &response, feeds),
            Answer::Failed(response) => {
                self.take_failure(feed, &response);
                Taken::Nothing
            }
            Answer::Error(error) => {
                if let Some(wait) = self.fetcher.wait_for(asked).filter(|_| error.is_paused()) {
                    leave_alone(feed, self.settings.now, wait);
                }
                self.fail(feed, error.to_string());
                Taken::Nothing
            }
        }
    }

    /// Notes what a feed's document says of the feed.
    fn note_facts(&self, feed: &mut Feed<'_>, response: &Response, document: &Document) {
        feed.state.set_validators(response.validators.as_ref());
        let (now, facts) = (self.settings.now, &document.facts);
        feed.state.rhythm.clone_from(&facts.rhythm);
        feed.state.not_before = facts.rhythm.not_before(now, response.max_age);
        feed.state.title.clone_from(&facts.title);
        if feed.subscription.source.is_none()
            && let Some(title) = facts.title.as_deref().map(str::trim)
            && !title.is_empty()
        {
            title.clone_into(&mut feed.source);
        }
        if !feed.state.is_history_read && feed.state.history.is_none() {
            let earlier = facts.earlier.as_deref();
            let earlier = earlier.and_then(|earlier| document.address.join(earlier));
            feed.state.history = earlier.map(|address| address.as_str().to_owned());
        }
        feed.report.status = FeedStatus::Read;
    }

    /// A page stands where a feed was: the feed that it names is asked for in its stead. One that names
    /// its own address, or none, is a page for visitors.
    fn take_page(
        &mut self,
        feed: &mut Feed<'_>,
        asked: &Address,
        response: &Response,
        feeds: Vec<Address>,
    ) -> Taken {
        let other = |address: &Address| *address != response.address && address != asked;
        let was_feed = feed.state.document.is_some() && feed.state.place.is_none();
        // Where a feed stood before, a page is a fault of the server's, or asks for a password.
        match feeds.into_iter().find(other).filter(|_| !was_feed) {
            Some(address) if feed.state.place.as_deref() != Some(address.as_str()) => {
                if feed.state.tells_first(&format!("page {address}")) {
                    let message = format!("it is a page; its feed is {address}");
                    self.warn(Code::FeedMoved, &feed.report.url, message);
                }
                feed.state.place = Some(address.as_str().to_owned());
                Taken::Elsewhere(address)
            }
            _ => {
                feed.state.place = None;
                self.fail(feed, "it is no feed, and names none".to_owned());
                Taken::Nothing
            }
        }
    }

    fn take_failure(&mut self, feed: &mut Feed<'_>, response: &Response) {
        if let Some(wait) = response.retry_after {
            leave_alone(feed, self.settings.now, wait);
        }
        match response.status {
            Status::Gone(410) => {
                feed.state.is_gone = true;
                feed.report.status = FeedStatus::Gone;
                let message = "the feed is gone for ever; it is no longer asked for";
                self.warn(Code::FeedGone, &feed.report.url, message);
            }
            Status::Ok => self.fail(feed, "it is no feed".to_owned()),
            Status::NotModified => self.fail(feed, "HTTP 304".to_owned()),
            Status::Gone(number) | Status::Busy(number) | Status::Other(number) => {
                // Where a redirect led for ever may be gone, and the first place back.
                feed.state.place = None;
                self.fail(feed, format!("HTTP {number}"));
            }
        }
    }

    fn fail(&mut self, feed: &mut Feed<'_>, reason: String) {
        let message = format!("the feed can't be had: {reason}");
        self.warn_of_host(Code::FeedUnavailable, &feed.report.url, message, &reason);
        feed.report.status = FeedStatus::Failed;
        feed.report.reason = Some(reason);
    }

    /// Notes where a feed moved for ever, and tells it once.
    fn note_way(&mut self, feed: &mut Feed<'_>, response: &Response) {
        let steps = response.redirects.iter().take_while(|step| step.permanent);
        let Some(step) = steps.last() else { return };
        if step.to == feed.subscription.address {
            feed.state.place = None;
            return;
        }
        let address = step.to.as_str().to_owned();
        if feed.state.tells_first(&format!("moved {address}")) {
            let message = format!("the feed moved for ever to {address}");
            self.warn(Code::FeedMoved, &feed.report.url, message);
        }
        feed.state.place = Some(address);
    }
}

/// Notes that a feed is not to be asked for some time.
fn leave_alone(feed: &mut Feed<'_>, now: Timestamp, wait: Duration) {
    let wait = i64::try_from(wait.min(LONGEST_WAIT).as_millis()).unwrap_or_default();
    feed.state.not_before = now.millis().saturating_add(wait);
}

/// What is to be done with an answer.
enum Taken {
    Document(Box<Document>),
    Elsewhere(Address),
    Nothing,
}

/// Where a feed is asked for.
fn place_of(state: &FeedState, subscribed: &Address) -> Address {
    let place = state.place.as_deref().and_then(Address::parse);
    place.unwrap_or_else(|| subscribed.clone())
}

/// Reads what a feed answered. `known` is the digest of the document that its items were taken from.
pub(super) fn answer(
    result: Result<Fetched, FetchError>,
    known: Option<&str>,
    content: &dyn Content,
    room: &Room,
) -> Answer {
    let Fetched { response, bytes } = match result {
        Ok(fetched) => fetched,
        Err(error) => return Answer::Error(error),
    };
    match response.status {
        Status::Ok => {}
        // Some servers say so without having been asked for changes only.
        Status::NotModified | Status::Other(304) if known.is_some() => {
            return Answer::Same(response);
        }
        _ => return Answer::Failed(response),
    }
    let digest = Digest::of(&bytes).to_string();
    if known == Some(digest.as_str()) {
        return Answer::Same(response);
    }
    let text = decoded(&bytes, response.content_type.as_deref());
    let mut text: &str = &text;
    if !content.is_feed(text) {
        match without_noise(text).filter(|rest| content.is_feed(rest)) {
            Some(rest) => text = rest,
            None => {
                let feeds = feeds_of_page(text, &response.address);
                return Answer::Page(response, feeds);
            }
        }
    }
    let document = Document::new(text, response.address.clone(), content, room);
    Answer::Document(response, digest, Box::new(document))
}
