//! The downloads of one window of articles: a bounded pool of threads, apart from those that
//! compute.

mod attempt;

use super::cache::Stored;
use super::failure::{DownloadError, Failure};
use super::limits::Limits;
use super::processor::{BookPicture, ImageProcessor};
use crate::model::{Address, Original};
use crate::net::{
    Client, Courtesy, CourtesyQueue, Deadline, FetchError, FetchEvent, HostPauses, Retry,
    RetryPolicy, Watcher, host_key, on_threads,
};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

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
        on_threads(threads, work);
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
        let error = match self.ask(queue, host, &candidate, &mut task, deadline) {
            Ok(download) => return self.take(queue, &candidate, download, task),
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

    /// Asks once, unless the time is over or the host wants to be left alone.
    fn ask<'window>(
        &self,
        queue: &CourtesyQueue<'_, Task<'window>>,
        host: &str,
        candidate: &Candidate<'window>,
        task: &mut Task<'window>,
        deadline: Deadline,
    ) -> Result<Download, DownloadError> {
        if Instant::now() >= self.end {
            return Err(FetchError::time_spent().into());
        }
        if queue.is_closed(host) && !self.client.is_given_up(host) {
            return Err(FetchError::paused().into());
        }
        task.attempts += 1;
        let result = self.attempt_safely(candidate, task, deadline);
        if self.client.is_failing(host) {
            // Before it is asked again, the other hosts may show that the network is dead.
            queue.pause(host, Instant::now() + self.limits.network.backoff);
        }
        queue.treat(host, self.courtesy(candidate));
        // In the queue, the jobs of a host that was given up would wait for its pauses.
        queue.set_given_up(host, self.client.is_given_up(host));
        result
    }

    /// Ends the job with a picture. One that books can't hold stands until another address has a better.
    fn take<'window>(
        &self,
        queue: &CourtesyQueue<'_, Task<'window>>,
        candidate: &Candidate<'window>,
        mut download: Download,
        mut task: Task<'window>,
    ) -> Option<JobResult<'window>> {
        download.place = candidate.place;
        let usable = download.prepared.is_ok();
        task.result.download.get_or_insert(download.clone());
        if usable {
            task.result.download = Some(download);
            return Some(task.result);
        }
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
