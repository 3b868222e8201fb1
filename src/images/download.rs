//! The downloads of one window of articles: a bounded pool of threads, apart from those that
//! compute.

use super::cache::{self, Entry, Outcome, Stored};
use super::failure::Failure;
use super::fetch::{self, Again, Arrived, Deadline, Fetcher, Question, Reply, Trouble};
use super::inspect::Defect;
use super::limits::Limits;
use super::transcode::Trust;
use super::workshop::{Place, Prepared, Workshop};
use crate::model::{Address, Original};
use std::collections::VecDeque;
use std::fs;
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

/// Downloads pictures.
pub(super) struct Downloads<'run> {
    pub fetcher: &'run Fetcher,
    pub workshop: &'run Workshop,
    pub limits: &'run Limits,
    /// When the run's time for pictures is over.
    pub end: Instant,
}

impl Downloads<'_> {
    /// Does all jobs and returns when they are done or the time is over.
    pub fn run<'window>(&self, jobs: Vec<Job<'window>>) -> Vec<Done<'window>> {
        let threads = self.limits.connections.min(jobs.len());
        let queue = Mutex::new(VecDeque::from(jobs));
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let job = queue
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .pop_front();
                        let Some(job) = job else { break };
                        let result = self.work(job);
                        done.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(result);
                    }
                });
            }
        });
        done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn work<'window>(&self, mut job: Job<'window>) -> Done<'window> {
        let mut failures = Vec::new();
        let mut downloaded = None;
        while let Some(candidate) = job.candidates.pop_front() {
            match self.attempts(&candidate, job.referer) {
                Ok(found) => {
                    let usable = found.prepared.is_ok();
                    downloaded = Some(found);
                    if usable {
                        break;
                    }
                }
                Err(trouble) => failures.push((candidate.address, trouble.failure)),
            }
        }
        Done {
            number: job.number,
            downloaded,
            failures,
        }
    }

    fn attempts(
        &self,
        candidate: &Candidate<'_>,
        referer: Option<&Address>,
    ) -> Result<Downloaded, Trouble> {
        let deadline = Deadline {
            picture: Instant::now() + self.limits.total,
            run: self.end,
        };
        let mut attempt = 1;
        loop {
            let trouble = match self.attempt(candidate, referer, deadline) {
                Ok(downloaded) => return Ok(downloaded),
                Err(trouble) => trouble,
            };
            match trouble.again {
                Again::Soon(wait) if attempt < self.limits.attempts => {
                    thread::sleep(wait.unwrap_or(self.limits.backoff));
                    attempt += 1;
                }
                _ => {
                    self.remember_failure(candidate, &trouble);
                    return Err(trouble);
                }
            }
        }
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
        match self.fetcher.ask(question, deadline, cache)? {
            Reply::Bytes(arrived) => self.accept(candidate.address, arrived),
            Reply::Unchanged => self.confirm(candidate),
        }
    }

    /// Checks bytes that arrived, decodes them once and keeps them.
    fn accept(&self, address: &Address, arrived: Arrived) -> Result<Downloaded, Trouble> {
        let Some(cache) = self.workshop.cache() else {
            return Err(Trouble::budget("room"));
        };
        let bytes = fs::read(arrived.file.path()).map_err(|_| fetch::cut_off())?;
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
        Ok(Downloaded { original, prepared })
    }

    /// What the cache holds is still right.
    fn confirm(&self, candidate: &Candidate<'_>) -> Result<Downloaded, Trouble> {
        let held = candidate.held.as_ref();
        let prepared = held.and_then(|held| self.workshop.prepare_stored(held));
        let (Some(held), Some(prepared)) = (held, prepared) else {
            return Err(fetch::cut_off());
        };
        self.remember(candidate.address, Outcome::Had(held.clone()), None);
        Ok(Downloaded {
            original: held.original,
            prepared,
        })
    }

    fn remember_failure(&self, candidate: &Candidate<'_>, trouble: &Trouble) {
        let time = match trouble.again {
            Again::NextRun => return,
            Again::Gone => self.limits.gone,
            Again::Soon(_) | Again::Later => self.limits.failed,
        };
        let outcome = match &candidate.held {
            // A picture that is at hand is better than none.
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
