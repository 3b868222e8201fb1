//! The downloads of one window of articles: a bounded pool of threads, apart from those that
//! compute.

use super::cache;
use super::facts::Defect;
use super::failure::Failure;
use super::fetch::{Arrived, Fetcher, Question, Reply};
use super::limits::Limits;
use super::queue::{Courtesy, Hosts, Queue};
use super::record::{Entry, Outcome, Stored};
use super::transcode::Trust;
use super::trouble::Deadline;
use super::trouble::{Again, Trouble, cut_off, no_room};
use super::watch::{Fetching, Watcher};
use super::workshop::{Place, Prepared, Workshop};
use crate::model::{Address, Original};
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
    /// What the cache holds of it, out of date.
    pub held: Option<Stored>,
}

/// A picture that was downloaded.
#[derive(Clone, Debug)]
pub(super) struct Downloaded {
    /// What feeds tell of it.
    pub original: Original,
    /// What goes into books, or why nothing does.
    pub prepared: Result<Prepared, Failure>,
    /// Whether the bytes came from the cache after all.
    pub from_cache: bool,
}

/// What came of a job.
#[derive(Debug)]
pub(super) struct Done<'window> {
    /// The job's number.
    pub number: usize,
    /// The picture, if there is one.
    pub downloaded: Option<Downloaded>,
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
    done: Done<'window>,
}

/// Hosts that are image proxies even where an archive's address was not unwrapped.
const PROXIES: [&str; 2] = ["images.weserv.nl", "wsrv.nl"];

/// Downloads pictures.
pub(super) struct Downloads<'run> {
    /// Asks servers.
    pub fetcher: &'run Fetcher,
    /// Checks what comes.
    pub workshop: &'run Workshop,
    /// Bounds.
    pub limits: &'run Limits,
    /// When each host may be asked again.
    pub hosts: &'run Hosts,
    /// Is told what happens.
    pub watcher: &'run Watcher<'run>,
    /// When the run's time for pictures is over.
    pub end: Instant,
}

impl Downloads<'_> {
    /// Does all jobs and returns when they are done or the time is over.
    pub fn run<'window>(&self, jobs: Vec<Job<'window>>) -> Vec<Done<'window>> {
        let threads = self.limits.connections.min(jobs.len());
        let queue = Queue::new(self.hosts, self.end);
        (self.watcher)(Fetching::Wanted(jobs.len() as u64));
        for job in jobs {
            if let Some(candidate) = job.candidates.front() {
                let (host, courtesy) = (host(candidate.address), self.courtesy(candidate));
                queue.add(&host, courtesy, Task::new(job));
            }
        }
        let done = Mutex::new(Vec::new());
        let work = || {
            while let Some((host, task)) = queue.take() {
                let finished = self.work(&queue, &host, task);
                queue.leave(&host);
                if let Some(finished) = finished {
                    (self.watcher)(Fetching::Settled);
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
        queue: &Queue<'_, Task<'window>>,
        host: &str,
        mut task: Task<'window>,
    ) -> Option<Done<'window>> {
        let Some(candidate) = task.job.candidates.front().cloned() else {
            return Some(task.done);
        };
        let start = *task.start.get_or_insert_with(Instant::now);
        // The time is shared out among the addresses, so that a slow origin leaves some to the
        // proxy.
        let deadline = Deadline {
            picture: start + self.limits.total * (task.failed + 1) / task.addresses,
            run: self.end,
        };
        let result = if Instant::now() >= self.end {
            Err(Trouble::budget("time"))
        } else if queue.is_closed(host) {
            Err(Trouble::closed())
        } else {
            task.attempts += 1;
            self.attempt_safely(&candidate, task.job.referer, deadline)
        };
        let trouble = match result {
            Ok(downloaded) => {
                let usable = downloaded.prepared.is_ok();
                task.done.downloaded.get_or_insert(downloaded.clone());
                if usable {
                    task.done.downloaded = Some(downloaded);
                    return Some(task.done);
                }
                return self.next_address(queue, task);
            }
            Err(trouble) => trouble,
        };
        if let Some(time) = self.again(queue, host, &task, &trouble, deadline) {
            queue.put(host, self.courtesy(&candidate), time, task);
            return None;
        }
        self.remember_failure(&candidate, &trouble);
        // A picture that is at hand is better than none.
        if let Some(held) = self.held(&candidate) {
            task.done.downloaded = Some(held);
            return Some(task.done);
        }
        task.done
            .failures
            .push((candidate.address, trouble.failure));
        self.next_address(queue, task)
    }

    /// When to ask the same address again, if at all.
    fn again(
        &self,
        queue: &Queue<'_, Task<'_>>,
        host: &str,
        task: &Task<'_>,
        trouble: &Trouble,
        deadline: Deadline,
    ) -> Option<Instant> {
        let Again::Soon(asked) = trouble.again else {
            return None;
        };
        let now = Instant::now();
        let backoff = self.limits.backoff * 2_u32.saturating_pow(task.attempts.saturating_sub(1));
        let time = now.checked_add(asked.unwrap_or(backoff))?;
        if asked.is_some() {
            queue.pause(host, time);
        }
        (task.attempts < self.limits.attempts && time < deadline.picture.min(deadline.run))
            .then_some(time)
    }

    /// Goes on to the next address, or ends the job where there is none.
    fn next_address<'window>(
        &self,
        queue: &Queue<'_, Task<'window>>,
        mut task: Task<'window>,
    ) -> Option<Done<'window>> {
        task.job.candidates.pop_front();
        task.failed += 1;
        task.attempts = 0;
        let Some(candidate) = task.job.candidates.front() else {
            return Some(task.done);
        };
        let (host, courtesy) = (host(candidate.address), self.courtesy(candidate));
        queue.put(&host, courtesy, Instant::now(), task);
        None
    }

    fn courtesy(&self, candidate: &Candidate<'_>) -> Courtesy {
        let known = candidate
            .address
            .host()
            .is_some_and(|host| PROXIES.contains(&host));
        if candidate.proxied || known {
            Courtesy {
                places: self.limits.connections_per_proxy,
                interval: self.limits.proxy_interval,
            }
        } else {
            Courtesy {
                places: self.limits.connections_per_host,
                interval: self.limits.interval,
            }
        }
    }

    /// Asks once. Whatever panics on the way costs this picture only.
    fn attempt_safely(
        &self,
        candidate: &Candidate<'_>,
        referer: Option<&Address>,
        deadline: Deadline,
    ) -> Result<Downloaded, Trouble> {
        let attempt = AssertUnwindSafe(|| self.attempt(candidate, referer, deadline));
        panic::catch_unwind(attempt).unwrap_or_else(|_| {
            let failure = Failure::missing("it makes the program that downloads fail");
            Err(Trouble::lasting(failure))
        })
    }

    /// Asks once and checks what comes.
    fn attempt(
        &self,
        candidate: &Candidate<'_>,
        referer: Option<&Address>,
        deadline: Deadline,
    ) -> Result<Downloaded, Trouble> {
        if !self.fetcher.may_receive() {
            return Err(Trouble::budget("number of bytes"));
        }
        let Some(cache) = self.workshop.cache() else {
            return Err(Trouble::budget("room"));
        };
        let question = Question {
            address: candidate.address,
            referer,
            held: candidate.held.as_ref(),
        };
        match self.fetcher.ask(question, deadline, cache, self.watcher)? {
            Reply::Bytes(arrived) => self.accept(candidate.address, arrived),
            Reply::Unchanged => self.confirm(candidate),
        }
    }

    /// Checks bytes that arrived, decodes them once and keeps them.
    fn accept(&self, address: &Address, arrived: Arrived) -> Result<Downloaded, Trouble> {
        let Some(cache) = self.workshop.cache() else {
            return Err(Trouble::budget("room"));
        };
        let bytes = fs::read(arrived.file.path()).map_err(no_room)?;
        let found = self.workshop.examine(&bytes).map_err(|defect| Trouble {
            again: if defect == Defect::Truncated {
                Again::Soon(None)
            } else {
                Again::Later
            },
            failure: defect.failure(),
        })?;
        let prepared = self.workshop.prepare(&found, Trust::Nothing, Place::Cache);
        let stored = Stored {
            blob: arrived.hash.to_hex().to_string(),
            original: found.original(),
            etag: arrived.etag,
            last_modified: arrived.last_modified,
        };
        if cache.keep_file(&arrived.hash, arrived.file).is_err() {
            return Err(Trouble::budget("room"));
        }
        let original = stored.original;
        self.remember(address, Outcome::Had(stored), None);
        Ok(Downloaded {
            original,
            prepared,
            from_cache: false,
        })
    }

    /// What the cache holds is still right.
    fn confirm(&self, candidate: &Candidate<'_>) -> Result<Downloaded, Trouble> {
        let held = self.held(candidate).ok_or_else(cut_off)?;
        if let Some(stored) = &candidate.held {
            self.remember(candidate.address, Outcome::Had(stored.clone()), None);
        }
        Ok(held)
    }

    /// What the cache holds of an address, out of date.
    fn held(&self, candidate: &Candidate<'_>) -> Option<Downloaded> {
        let held = candidate.held.as_ref()?;
        Some(Downloaded {
            original: held.original,
            prepared: self.workshop.prepare_stored(held)?,
            from_cache: true,
        })
    }

    fn remember_failure(&self, candidate: &Candidate<'_>, trouble: &Trouble) {
        let time = match trouble.again {
            Again::NextRun => return,
            Again::Gone => self.limits.gone,
            Again::Soon(_) | Again::Later => self.limits.failed,
        };
        let outcome = match &candidate.held {
            Some(held) => Outcome::Had(held.clone()),
            None => Outcome::Failed(trouble.failure.clone()),
        };
        self.remember(candidate.address, outcome, Some(time));
    }

    fn remember(&self, address: &Address, outcome: Outcome, wait: Option<Duration>) {
        let Some(cache) = self.workshop.cache() else {
            return;
        };
        let now = cache::now();
        let entry = Entry {
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
            done: Done {
                number: job.number,
                downloaded: None,
                failures: Vec::new(),
            },
            job,
        }
    }
}

/// The host and port that downloads are counted by.
fn host(address: &Address) -> String {
    let host = address.host().unwrap_or_default();
    match address.url().port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
