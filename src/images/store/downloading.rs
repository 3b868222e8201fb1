//! Pictures that neither the archive, the mirror nor the cache has are downloaded.

use super::locate::{Key, Request};
use super::state::{ImageEntry, Origin};
use super::{Failures, ImageStore, Open};
use crate::images::download::{Downloads, JobResult};
use crate::images::failure::Failure;
use crate::net::Watcher;
use std::time::Instant;

impl ImageStore {
    /// Downloads what mirror and cache lack.
    pub(super) fn download(
        &self,
        requests: &[Request<'_>],
        open: &mut Open<'_, '_>,
        watcher: &Watcher<'_>,
    ) {
        let jobs = std::mem::take(&mut open.jobs);
        let failures = &mut open.failures;
        let Some(client) = &self.client else {
            for job in jobs {
                let told = failures.entry(job.number).or_default();
                told.push(Failure::offline());
            }
            return;
        };
        if jobs.is_empty() {
            return;
        }
        let start = Instant::now();
        let spent = self.state().time_spent;
        let downloads = Downloads {
            client,
            processor: &self.processor,
            limits: &self.settings.limits,
            pauses: &self.pauses,
            watcher,
            end: start + self.settings.time_budget.saturating_sub(spent),
        };
        let done = downloads.run(jobs);
        self.state().time_spent += start.elapsed();
        for done in done {
            self.settle(requests, done, failures);
        }
    }

    /// Takes note of what came of a download.
    fn settle(&self, requests: &[Request<'_>], done: JobResult<'_>, failures: &mut Failures) {
        let Some(request) = requests.get(done.number) else {
            return;
        };
        let mut state = self.state();
        for (address, failure) in done.failures {
            state
                .failed
                .insert(Key::of_address(address), failure.clone());
            failures.entry(done.number).or_default().push(failure);
        }
        if let Some(download) = done.download {
            let known = ImageEntry {
                original: download.original,
                source: None,
                book: Some(download.prepared),
                from: if download.from_cache {
                    Origin::Cache
                } else {
                    Origin::Network
                },
                place: download.place,
            };
            state.learn(request, known);
        }
    }
}
