//! Asking many servers at once, each politely.

pub(super) mod beginning;
pub(super) mod charset;

use crate::model::Address;
use crate::net::{
    Client, Courtesy, CourtesyQueue, Deadline, FetchError, FetchEvent, HostPauses, Limits, Request,
    Response, Retry, RetryPolicy, Validators, Watcher, host_key, on_threads,
};
use beginning::unpacked;
use std::io::{Read, Seek};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::SpooledTempFile;

/// From how many bytes on a response waits in a file, and is looked at while no other such one is: of
/// those that come at once each may be as large as it may.
const LARGE: usize = 512 * 1024;

/// What to ask for.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub address: Address,
    pub accept: &'static str,
    pub validators: Option<Validators>,
    pub most_bytes: u64,
}

/// A response and its bytes, none unless its status is 200.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub response: Response,
    pub bytes: Vec<u8>,
}

/// A response, and its bytes as they came.
struct Arrived {
    response: Response,
    bytes: SpooledTempFile,
    most_bytes: u64,
}

impl Arrived {
    /// Takes the bytes into memory.
    fn fetched(mut self) -> Result<Fetched, FetchError> {
        let length = self.bytes.stream_position().and_then(|length| {
            self.bytes.rewind()?;
            Ok(usize::try_from(length).unwrap_or_default())
        });
        let mut bytes = Vec::new();
        let read = length.and_then(|length| {
            // At once: a vector that grows leaves behind what it was.
            bytes.reserve_exact(length);
            self.bytes.read_to_end(&mut bytes)
        });
        read.map_err(|error| FetchError::sink(&error))?;
        Ok(Fetched {
            response: self.response,
            bytes: unpacked(bytes, self.most_bytes),
        })
    }
}

/// Asks servers for the length of a run: one request to a host at a time, and a pause between.
pub(super) struct Fetcher<'run> {
    pub client: &'run Client,
    pub limits: &'run Limits,
    pub pauses: &'run HostPauses,
    pub watcher: &'run Watcher<'run>,
    /// When the run's time is over.
    pub end: Instant,
    /// Held by whoever looks at a large response.
    pub large: Mutex<()>,
}

struct Job {
    number: usize,
    ask: Ask,
    attempts: u32,
    start: Option<Instant>,
}

impl Fetcher<'_> {
    /// Asks for all of them and gives what `each` makes of what came of each, in their order. `each` is
    /// called as soon as one is there, so that only what it makes is held.
    pub fn run<Made: Send>(
        &self,
        asks: Vec<Ask>,
        each: impl Fn(usize, Result<Fetched, FetchError>) -> Made + Sync,
    ) -> Vec<Option<Made>> {
        let threads = self.limits.connections.min(asks.len());
        let mut made = Vec::new();
        made.resize_with(asks.len(), || None);
        let made = Mutex::new(made);
        let queue = CourtesyQueue::new(self.pauses, self.end);
        self.add_all(asks, &queue);
        let work = || {
            while let Some((host, job)) = queue.take() {
                let number = job.number;
                let result = self.attempt(&queue, &host, job);
                queue.leave(&host);
                let Some(result) = result else { continue };
                let is_large = result.as_ref().is_ok_and(|one| one.bytes.is_rolled());
                let alone = is_large.then(|| self.large.lock());
                // Computing is the pool's: threads that wait for servers hold no memory of its kind.
                let value = rayon::scope(|_| each(number, result.and_then(Arrived::fetched)));
                drop(alone);
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(place) = made.get_mut(number) {
                    *place = Some(value);
                }
                drop(made);
                (self.watcher)(FetchEvent::Settled);
                queue.finish();
            }
        };
        on_threads(threads, work);
        made.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_all(&self, asks: Vec<Ask>, queue: &CourtesyQueue<'_, Job>) {
        (self.watcher)(FetchEvent::Wanted(asks.len() as u64));
        for (number, ask) in asks.into_iter().enumerate() {
            let host = host_key(ask.address.url());
            let job = Job {
                number,
                ask,
                attempts: 0,
                start: None,
            };
            queue.add(&host, self.courtesy(), job);
            queue.set_given_up(&host, self.client.is_given_up(&host));
        }
    }

    /// How long the host of an address is still to be left alone.
    pub fn wait_for(&self, address: &Address) -> Option<Duration> {
        let pauses = self.pauses.lock().unwrap_or_else(PoisonError::into_inner);
        let until = pauses.get(&host_key(address.url()))?;
        Some(until.saturating_duration_since(Instant::now()))
    }

    fn courtesy(&self) -> Courtesy {
        Courtesy {
            connections: self.limits.connections_per_host,
            interval: self.limits.interval,
        }
    }

    /// Asks once; none where the job was put back to be asked once more.
    fn attempt(
        &self,
        queue: &CourtesyQueue<'_, Job>,
        host: &str,
        mut job: Job,
    ) -> Option<Result<Arrived, FetchError>> {
        let start = *job.start.get_or_insert_with(Instant::now);
        if start >= self.end {
            return Some(Err(FetchError::time_spent()));
        }
        if queue.is_closed(host) && !self.client.is_given_up(host) {
            return Some(Err(FetchError::paused()));
        }
        job.attempts += 1;
        let deadline = Deadline {
            request: start + self.limits.total,
            run: self.end,
        };
        let result = self.ask(&job.ask, deadline);
        queue.set_given_up(host, self.client.is_given_up(host));
        let retry = match &result {
            Ok(arrived) => arrived.response.retry(),
            Err(error) => error.retry,
        };
        let Retry::Soon(asked) = retry else {
            return Some(result);
        };
        if let Some(until) = asked.and_then(|wait| Instant::now().checked_add(wait)) {
            queue.pause(host, until);
        }
        let end = deadline.request.min(deadline.run);
        let policy = RetryPolicy::new(self.limits);
        match policy.next_attempt(job.attempts, asked, end) {
            Some(time) => {
                queue.put(host, self.courtesy(), time, job);
                None
            }
            None => Some(result),
        }
    }

    fn ask(&self, ask: &Ask, deadline: Deadline) -> Result<Arrived, FetchError> {
        let request = Request {
            address: &ask.address,
            referer: None,
            accept: ask.accept,
            validators: ask.validators.as_ref(),
            most_bytes: ask.most_bytes,
            packed: true,
        };
        let mut bytes = SpooledTempFile::new(LARGE);
        let response = self
            .client
            .get(&request, &mut bytes, deadline, self.watcher)?;
        Ok(Arrived {
            response,
            bytes,
            most_bytes: ask.most_bytes,
        })
    }
}
