//! The downloads of one window of articles: a bounded pool of threads, apart from those that
//! compute.

use super::cache::{self, CacheRecord, ServerAnswer, Stored};
use super::failure::{DownloadError, Failure};
use super::formats::{Defect, Trust};
use super::incoming::Incoming;
use super::limits::Limits;
use super::processor::{BookPicture, BytesPlace, ImageProcessor};
use crate::model::{Address, Original};
use crate::net::{
    Client, Courtesy, CourtesyQueue, Deadline, FetchError, FetchEvent, HostPauses, Request,
    Response, Retry, RetryPolicy, Status, Watcher, host_key,
};
use std::collections::VecDeque;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A picture to be downloaded.
#[derive(Debug)]
pub(super) struct Job<'window> {
    /// Its place in the caller's list.
    pub number: usize,
    /// Where it may be, best first; none of these failed lately.
    pub candidates: VecDeque<Candidate<'window>>,
    /// The article's address.
    pub referer: Option<&'window Address>,
}

/// An address that a picture may be at.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'window> {
    /// The address.
    pub address: &'window Address,
    /// Whether it leads through an image proxy.
    pub proxied: bool,
    /// The number of the picture's place that it belongs to.
    pub place: usize,
    /// What the cache holds of it, out of date.
    pub held: Option<Stored>,
}

/// A picture that was downloaded.
#[derive(Clone, Debug)]
pub(super) struct Download {
    /// What feeds tell of it.
    pub original: Original,
    /// What goes into books, or why nothing does.
    pub prepared: Result<BookPicture, Failure>,
    /// Whether the bytes came from the cache after all.
    pub from_cache: bool,
    /// The number of the place that gave them.
    pub place: usize,
}

/// What came of a job.
#[derive(Debug)]
pub(super) struct JobResult<'window> {
    /// The job's number.
    pub number: usize,
    /// The picture, if there is one.
    pub download: Option<Download>,
    /// What each address that was asked in vain said.
    pub failures: Vec<(&'window Address, Failure)>,
}

/// A job under way.
#[derive(Debug)]
struct Task<'window> {
    job: Job<'window>,
    /// The number of addresses that there were.
    addresses: u32,
    /// How many of them failed.
    failed: u32,
    /// Attempts at the present address.
    attempts: u32,
    /// When the first attempt began.
    start: Option<Instant>,
    result: JobResult<'window>,
}

/// Hosts that are image proxies even where an archive's address was not unwrapped.
const PROXIES: [&str; 2] = ["images.weserv.nl", "wsrv.nl"];

/// The kinds of picture that are asked for, best first.
const ACCEPT: &str = "image/jpeg,image/png,image/gif,image/webp,image/svg+xml,image/*;q=0.5";

/// Downloads pictures.
pub(super) struct Downloads<'run> {
    /// Asks servers.
    pub client: &'run Client,
    /// Checks what comes.
    pub processor: &'run ImageProcessor,
    /// Bounds.
    pub limits: &'run Limits,
    /// When each host may be asked again.
    pub pauses: &'run HostPauses,
    /// Is told what happens.
    pub watcher: &'run Watcher<'run>,
    /// When the run's time for pictures is over.
    pub end: Instant,
}

impl Downloads<'_> {
    /// Does all jobs and returns when they are done or the time is over.
    pub fn run<'window>(&self, jobs: Vec<Job<'window>>) -> Vec<JobResult<'window>> {
        let threads = self.limits.network.connections.min(jobs.len());
        let queue = CourtesyQueue::new(self.pauses, self.end);
        (self.watcher)(FetchEvent::Wanted(jobs.len() as u64));
        for job in jobs {
            if let Some(candidate) = job.candidates.front() {
                let host = host_key(candidate.address.url());
                queue.add(&host, self.courtesy(candidate), Task::new(job));
                queue.set_given_up(&host, self.client.is_given_up(&host));
            }
        }
        let done = Mutex::new(Vec::new());
        let work = || {
            while let Some((host, task)) = queue.take() {
                let finished = self.work(&queue, &host, task);
                queue.leave(&host);
                if let Some(finished) = finished {
                    (self.watcher)(FetchEvent::Settled);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(finished);
                    queue.finish();
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                // Where the system has no more threads, fewer do the work.
                let _ = thread::Builder::new().spawn_scoped(scope, work);
            }
            work();
        });
        done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one attempt and puts the job back where another is to follow.
    fn work<'window>(
        &self,
        queue: &CourtesyQueue<'_, Task<'window>>,
        host: &str,
        mut task: Task<'window>,
    ) -> Option<JobResult<'window>> {
        let Some(candidate) = task.job.candidates.front().cloned() else {
            return Some(task.result);
        };
        let start = *task.start.get_or_insert_with(Instant::now);
        // The time is shared out among the addresses, so that a slow origin leaves some to the
        // proxy.
        let deadline = Deadline {
            request: start + self.limits.network.total * (task.failed + 1) / task.addresses,
            run: self.end,
        };
        let result = if Instant::now() >= self.end {
            Err(FetchError::time_spent().into())
        } else if queue.is_closed(host) && !self.client.is_given_up(host) {
            Err(FetchError::paused().into())
        } else {
            task.attempts += 1;
            let result = self.attempt_safely(&candidate, &task, deadline);
            if self.client.is_failing(host) {
                // Before it is asked again, the other hosts may show that the network is dead.
                queue.pause(host, Instant::now() + self.limits.network.backoff);
            }
            queue.treat(host, self.courtesy(&candidate));
            // In the queue, the jobs of a host that was given up would wait for its pauses.
            queue.set_given_up(host, self.client.is_given_up(host));
            result
        };
        let error = match result {
            Ok(mut download) => {
                download.place = candidate.place;
                let usable = download.prepared.is_ok();
                task.result.download.get_or_insert(download.clone());
                if usable {
                    task.result.download = Some(download);
                    return Some(task.result);
                }
                return self.next_address(queue, task);
            }
            Err(error) => error,
        };
        if let Some(time) = self.retry_at(queue, host, &task, &error, deadline) {
            queue.put(host, self.courtesy(&candidate), time, task);
            return None;
        }
        self.remember_failure(&candidate, &error);
        // A picture that is at hand is better than none.
        if let Some(held) = self.held(&candidate) {
            task.result.download = Some(held);
            return Some(task.result);
        }
        task.result
            .failures
            .push((candidate.address, error.failure));
        self.next_address(queue, task)
    }

    /// When to ask the same address again, if at all.
    fn retry_at(
        &self,
        queue: &CourtesyQueue<'_, Task<'_>>,
        host: &str,
        task: &Task<'_>,
        error: &DownloadError,
        deadline: Deadline,
    ) -> Option<Instant> {
        let Retry::Soon(asked) = error.retry else {
            return None;
        };
        if let Some(until) = asked.and_then(|wait| Instant::now().checked_add(wait)) {
            queue.pause(host, until);
        }
        let end = deadline.request.min(deadline.run);
        RetryPolicy::new(&self.limits.network).next_attempt(task.attempts, asked, end)
    }

    /// Goes on to the next address, or ends the job where there is none.
    fn next_address<'window>(
        &self,
        queue: &CourtesyQueue<'_, Task<'window>>,
        mut task: Task<'window>,
    ) -> Option<JobResult<'window>> {
        task.job.candidates.pop_front();
        task.failed += 1;
        task.attempts = 0;
        let Some(candidate) = task.job.candidates.front() else {
            return Some(task.result);
        };
        let (host, courtesy) = (host_key(candidate.address.url()), self.courtesy(candidate));
        queue.put(&host, courtesy, Instant::now(), task);
        queue.set_given_up(&host, self.client.is_given_up(&host));
        None
    }

    /// A host that never answered is asked for one thing at a time: many that are gone, asked for
    /// several each, would take the time of a whole round of requests more.
    fn courtesy(&self, candidate: &Candidate<'_>) -> Courtesy {
        let courtesy = self.full_courtesy(candidate);
        let connections = match self.client.has_answered(&host_key(candidate.address.url())) {
            true => courtesy.connections,
            false => 1,
        };
        Courtesy {
            connections,
            ..courtesy
        }
    }

    fn full_courtesy(&self, candidate: &Candidate<'_>) -> Courtesy {
        let known = candidate
            .address
            .host()
            .is_some_and(|host| PROXIES.contains(&host));
        if candidate.proxied || known {
            Courtesy {
                connections: self.limits.connections_per_proxy,
                interval: self.limits.proxy_interval,
            }
        } else {
            Courtesy {
                connections: self.limits.network.connections_per_host,
                interval: self.limits.network.interval,
            }
        }
    }

    /// Asks once. Whatever panics on the way costs this picture only.
    fn attempt_safely(
        &self,
        candidate: &Candidate<'_>,
        task: &Task<'_>,
        deadline: Deadline,
    ) -> Result<Download, DownloadError> {
        let attempt = AssertUnwindSafe(|| self.attempt(candidate, task, deadline));
        panic::catch_unwind(attempt).unwrap_or_else(|_| {
            let failure = Failure::missing("it makes the program that downloads fail");
            Err(DownloadError::lasting(failure))
        })
    }

    /// Asks once and checks what comes.
    fn attempt(
        &self,
        candidate: &Candidate<'_>,
        task: &Task<'_>,
        deadline: Deadline,
    ) -> Result<Download, DownloadError> {
        let cache = self.processor.cache().ok_or_else(DownloadError::no_room)?;
        let mut incoming = Incoming::new(cache).map_err(|_| DownloadError::no_room())?;
        let validators = candidate.held.as_ref().and_then(|stored| {
            let address = candidate.address;
            stored.validators(address)
        });
        let request = Request {
            address: candidate.address,
            referer: task.job.referer,
            accept: ACCEPT,
            validators: validators.as_ref(),
            most_bytes: self.limits.bytes,
            packed: false,
        };
        let response = self
            .client
            .get(&request, &mut incoming, deadline, self.watcher)?;
        match response.status {
            Status::Ok => {
                let policy = RetryPolicy::new(&self.limits.network);
                let may_ask_again = policy.allows_after(task.attempts);
                self.accept(candidate.address, incoming, response, may_ask_again)
            }
            Status::NotModified => self.confirm(candidate),
            Status::Gone(number) => Err(DownloadError {
                failure: Failure::gone(format!("HTTP {number}")),
                retry: response.retry(),
            }),
            Status::Busy(number) | Status::Other(number) => Err(DownloadError {
                failure: Failure::missing(format!("HTTP {number}")),
                retry: response.retry(),
            }),
        }
    }

    /// Checks bytes that arrived, decodes them once and keeps them. A picture that lacks its end is
    /// asked for again where the server did not say how long the response is: then it may have
    /// lost the end on the way.
    fn accept(
        &self,
        address: &Address,
        incoming: Incoming,
        response: Response,
        may_ask_again: bool,
    ) -> Result<Download, DownloadError> {
        let cache = self.processor.cache().ok_or_else(DownloadError::no_room)?;
        let (file, hash) = incoming.finish();
        let bytes = fs::read(file.path()).map_err(|_| DownloadError::no_room())?;
        let found = self
            .processor
            .examine(&bytes)
            .map_err(|defect| DownloadError {
                retry: if defect == Defect::Truncated {
                    Retry::Soon(None)
                } else {
                    Retry::Later
                },
                failure: defect.failure(),
            })?;
        if found.facts.is_cut_off && !response.is_delimited && may_ask_again {
            return Err(DownloadError {
                failure: Defect::Truncated.failure(),
                retry: Retry::Soon(None),
            });
        }
        let prepared = self
            .processor
            .prepare(&found, Trust::Nothing, BytesPlace::Cache);
        let stored = Stored::new(&hash, found.original(), address, response.validators);
        if cache.keep_file(&hash, file).is_err() {
            return Err(DownloadError::no_room());
        }
        let original = stored.original;
        self.remember(address, ServerAnswer::Picture(stored), None);
        Ok(Download {
            original,
            prepared,
            from_cache: false,
            place: 0,
        })
    }

    /// What the cache holds is still right.
    fn confirm(&self, candidate: &Candidate<'_>) -> Result<Download, DownloadError> {
        let held = self.held(candidate).ok_or_else(|| DownloadError {
            failure: Defect::Truncated.failure(),
            retry: Retry::Soon(None),
        })?;
        if let Some(stored) = &candidate.held {
            self.remember(
                candidate.address,
                ServerAnswer::Picture(stored.clone()),
                None,
            );
        }
        Ok(held)
    }

    /// What the cache holds of an address, out of date.
    fn held(&self, candidate: &Candidate<'_>) -> Option<Download> {
        let held = candidate.held.as_ref()?;
        Some(Download {
            original: held.original,
            prepared: self.processor.prepare_stored(held)?,
            from_cache: true,
            place: candidate.place,
        })
    }

    fn remember_failure(&self, candidate: &Candidate<'_>, error: &DownloadError) {
        let time = match error.retry {
            Retry::NextRun => return,
            Retry::Gone => self.limits.gone,
            Retry::Soon(_) | Retry::Later => self.limits.failed,
        };
        let outcome = match &candidate.held {
            Some(held) => ServerAnswer::Picture(held.clone()),
            None => ServerAnswer::Failed(error.failure.clone()),
        };
        self.remember(candidate.address, outcome, Some(time));
    }

    fn remember(&self, address: &Address, outcome: ServerAnswer, wait: Option<Duration>) {
        let Some(cache) = self.processor.cache() else {
            return;
        };
        let now = cache::now();
        let entry = CacheRecord {
            address: address.without_fragment().to_owned(),
            asked_at: now,
            not_before: wait.map(|wait| now.saturating_add(wait.as_secs())),
            outcome,
        };
        cache.remember(address, &entry);
    }
}

impl<'window> Task<'window> {
    fn new(job: Job<'window>) -> Self {
        Task {
            addresses: u32::try_from(job.candidates.len())
                .unwrap_or(u32::MAX)
                .max(1),
            failed: 0,
            attempts: 0,
            start: None,
            result: JobResult {
                number: job.number,
                download: None,
                failures: Vec::new(),
            },
            job,
        }
    }
}
