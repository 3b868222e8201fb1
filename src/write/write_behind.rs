//! Long files reach the disk while they are still being written.
//!
//! A book with its pictures is some hundred megabytes, and bringing all of them to the disk at the
//! end would be a quarter of a run's time in which no core has work.

use std::fs::File;
use std::io;
use std::thread::{self, JoinHandle};

/// The bytes after which the disk is set to work again.
const STRETCH: u64 = 16 * 1024 * 1024;

/// The disk's work on one file that is being written. Shorter files than [`STRETCH`] never begin
/// it.
#[derive(Debug, Default)]
pub(super) struct WriteBehind {
    /// The bytes written since the disk was last set to work.
    waiting: u64,
    work: Option<JoinHandle<io::Result<()>>>,
}

impl WriteBehind {
    /// Notes that so many bytes were written, and sets the disk to work if it is idle and they are
    /// enough.
    ///
    /// # Errors
    /// What came of earlier work: the disk is full, or broken. The system tells of that once only.
    pub(super) fn wrote(&mut self, file: &File, bytes: usize) -> io::Result<()> {
        self.waiting += u64::try_from(bytes).unwrap_or(u64::MAX);
        let is_busy = |work: &JoinHandle<_>| !work.is_finished();
        if self.waiting < STRETCH || self.work.as_ref().is_some_and(is_busy) {
            return Ok(());
        }
        self.wait()?;
        self.waiting = 0;
        // Without a second handle or a thread, all of it is left for the end.
        self.work = file.try_clone().ok().and_then(|file| {
            let sync = move || file.sync_data();
            thread::Builder::new().spawn(sync).ok()
        });
        Ok(())
    }

    /// Waits until the disk is idle.
    ///
    /// # Errors
    /// What came of its work.
    pub(super) fn wait(&mut self) -> io::Result<()> {
        let ended = self.work.take().map(JoinHandle::join);
        ended.and_then(Result::ok).unwrap_or(Ok(()))
    }
}
