//! One attempt at one address: the request, the check of what comes, and what the cache remembers.

use super::{Candidate, Download, Downloads, Task};
use crate::images::cache::{self, CacheRecord, ServerAnswer, Stored};
use crate::images::failure::{DownloadError, Failure};
use crate::images::formats::{Defect, Trust};
use crate::images::incoming::Incoming;
use crate::images::processor::BytesPlace;
use crate::model::Address;
use crate::net::{Deadline, Request, Response, Retry, RetryPolicy, Status};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

/// The kinds of picture that are asked for, best first.
const ACCEPT: &str = "image/jpeg,image/png,image/gif,image/webp,image/svg+xml,image/*;q=0.5";

impl Downloads<'_> {
    /// Asks once. Whatever panics on the way costs this picture only.
    pub(super) fn attempt_safely(
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
    pub(super) fn held(&self, candidate: &Candidate<'_>) -> Option<Download> {
        let held = candidate.held.as_ref()?;
        Some(Download {
            original: held.original,
            prepared: self.processor.prepare_stored(held)?,
            from_cache: true,
            place: candidate.place,
        })
    }

    /// Notes in the cache that an address was asked in vain, and until when it need not be asked again.
    pub(super) fn remember_failure(&self, candidate: &Candidate<'_>, error: &DownloadError) {
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
