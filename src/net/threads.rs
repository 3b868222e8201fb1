//! Threads that wait for servers.

use std::thread;

/// Does the work on so many threads at once, this one among them, and returns when all are done. Where
/// the system has no more threads, fewer do it.
pub fn on_threads(count: usize, work: impl Fn() + Sync) {
    thread::scope(|scope| {
        for _ in 1..count {
            let _ = thread::Builder::new().spawn_scoped(scope, &work);
        }
        work();
    });
}
