//! The courtesy queue: which request comes next, bounded for each host, in the order in which they
//! may begin.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// How a host is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Courtesy {
    /// Requests at once.
    pub connections: usize,
    /// The time between the beginnings of two requests.
    pub interval: Duration,
}

/// When each host may be asked again. Lasts longer than one queue.
pub type HostPauses = Mutex<HashMap<String, Instant>>;

/// The host and port by which requests are counted.
pub fn host_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Jobs that wait for their host. Many threads take from it at once.
#[derive(Debug)]
pub struct CourtesyQueue<'run, Job> {
    state: Mutex<State<Job>>,
    changed: Condvar,
    pauses: &'run HostPauses,
    /// Jobs wait no longer than this.
    end: Instant,
}

#[derive(Debug)]
struct State<Job> {
    hosts: HashMap<String, Host<Job>>,
    /// Hosts that have a job and a free place, by when it may begin; each at most once.
    ready: BinaryHeap<Reverse<(Instant, u64, String)>>,
    /// Jobs that are not finished.
    left: usize,
    /// Makes keys distinct and keeps the order of jobs that may begin at the same time.
    sequence: u64,
}

#[derive(Debug)]
struct Host<Job> {
    waiting: BTreeMap<(Instant, u64), Job>,
    courtesy: Courtesy,
    running: usize,
    /// No request begins before this.
    next: Instant,
    /// A host that wants to be left alone until then is closed: its jobs come out at once, to be
    /// given up.
    end: Instant,
    /// Its jobs come out at once.
    is_given_up: bool,
    announced: bool,
}

impl<'run, Job> CourtesyQueue<'run, Job> {
    /// An empty queue.
    pub fn new(pauses: &'run HostPauses, end: Instant) -> Self {
        CourtesyQueue {
            state: Mutex::new(State {
                hosts: HashMap::new(),
                ready: BinaryHeap::new(),
                left: 0,
                sequence: 0,
            }),
            changed: Condvar::new(),
            pauses,
            end,
        }
    }

    /// Adds a new job.
    pub fn add(&self, host: &str, courtesy: Courtesy, job: Job) {
        self.state().left += 1;
        self.put(host, courtesy, Instant::now(), job);
    }

    /// Puts a job that was taken back, here or to another host.
    pub fn put(&self, host: &str, courtesy: Courtesy, not_before: Instant, job: Job) {
        let mut state = self.state();
        let sequence = state.number();
        if !state.hosts.contains_key(host) {
            let remembered = self.remembered();
            let next = remembered.get(host).copied().unwrap_or(not_before);
            state
                .hosts
                .insert(host.to_owned(), Host::new(courtesy, next, self.end));
        }
        if let Some(entry) = state.hosts.get_mut(host) {
            entry.waiting.insert((not_before, sequence), job);
        }
        state.announce(host);
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for a job that may begin. When time is up every job may, so that it can be given up;
    /// when all are finished there is none.
    pub fn take(&self) -> Option<(String, Job)> {
        let mut state = self.state();
        loop {
            if state.left == 0 {
                return None;
            }
            let now = Instant::now();
            let wait = match state.first_ready(now, now >= self.end) {
                First::Job(host, job) => {
                    if let Some(entry) = state.hosts.get(&host) {
                        self.remembered().insert(host.clone(), entry.next);
                    }
                    state.announce(&host);
                    return Some((host, job));
                }
                First::Later(time) => time.min(self.end).saturating_duration_since(now),
                // All jobs are under way; whoever finishes one wakes this up. The second is for safety.
                First::None => Duration::from_secs(1),
            };
            // A wait may end a little early, and a loop without a pause would keep a core busy.
            let pause = wait.max(Duration::from_millis(1));
            state = self
                .changed
                .wait_timeout(state, pause)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Gives a job's place at its host free.
    pub fn leave(&self, host: &str) {
        let mut state = self.state();
        if let Some(entry) = state.hosts.get_mut(host) {
            entry.running = entry.running.saturating_sub(1);
        }
        state.announce(host);
        drop(state);
        self.changed.notify_all();
    }

    /// Tells that a job that was taken is finished.
    pub fn finish(&self) {
        let mut state = self.state();
        state.left = state.left.saturating_sub(1);
        drop(state);
        self.changed.notify_all();
    }

    /// Leaves a host alone until a time.
    pub fn pause(&self, host: &str, until: Instant) {
        let mut state = self.state();
        if let Some(entry) = state.hosts.get_mut(host) {
            entry.next = entry.next.max(until);
            self.remembered().insert(host.to_owned(), entry.next);
        }
    }

    /// Changes how a host is treated from now on.
    pub fn treat(&self, host: &str, courtesy: Courtesy) {
        let mut state = self.state();
        let Some(entry) = state
            .hosts
            .get_mut(host)
            .filter(|entry| entry.courtesy != courtesy)
        else {
            return;
        };
        entry.courtesy = courtesy;
        state.announce(host);
        drop(state);
        self.changed.notify_all();
    }

    /// Says whether a host is waited for. Where it is not, its jobs come out at once, to be given up.
    pub fn set_given_up(&self, host: &str, is_given_up: bool) {
        let mut state = self.state();
        let Some(entry) = state.hosts.get_mut(host) else {
            return;
        };
        if entry.is_given_up == is_given_up {
            return;
        }
        entry.is_given_up = is_given_up;
        // It is listed with its former time: list it a second time. Whichever comes up first finds
        // what there is then.
        entry.announced = false;
        state.announce(host);
        drop(state);
        self.changed.notify_all();
    }

    /// Whether a host is to be left alone for the rest of the run.
    pub fn is_closed(&self, host: &str) -> bool {
        self.remembered()
            .get(host)
            .is_some_and(|next| *next >= self.end)
    }

    fn state(&self) -> MutexGuard<'_, State<Job>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remembered(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.pauses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum First<Job> {
    Job(String, Job),
    Later(Instant),
    None,
}

impl<Job> State<Job> {
    fn number(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    /// Lists a host among the ready ones if it has a job and a free place.
    fn announce(&mut self, host: &str) {
        let sequence = self.number();
        let Some(entry) = self.hosts.get_mut(host) else {
            return;
        };
        if let Some(time) = entry.begins().filter(|_| !entry.announced) {
            entry.announced = true;
            self.ready.push(Reverse((time, sequence, host.to_owned())));
        }
    }

    /// The job that may begin first, if it may now.
    fn first_ready(&mut self, now: Instant, any: bool) -> First<Job> {
        while let Some(Reverse((time, _, host))) = self.ready.pop() {
            let Some(entry) = self.hosts.get_mut(&host) else {
                continue;
            };
            entry.announced = false;
            // The host may have been paused since it was listed.
            let Some(begins) = entry.begins() else {
                continue;
            };
            if begins > now && !any {
                self.announce(&host);
                if begins != time {
                    continue;
                }
                return First::Later(begins);
            }
            if let Some((_, job)) = entry.waiting.pop_first() {
                entry.running += 1;
                entry.next = entry.next.max(now + entry.courtesy.interval);
                return First::Job(host, job);
            }
        }
        First::None
    }
}

impl<Job> Host<Job> {
    fn new(courtesy: Courtesy, next: Instant, end: Instant) -> Self {
        Host {
            waiting: BTreeMap::new(),
            courtesy,
            running: 0,
            next,
            end,
            is_given_up: false,
            announced: false,
        }
    }

    /// When the first job may begin, if there is one and a place for it.
    fn begins(&self) -> Option<Instant> {
        let ((time, _), _) = self.waiting.first_key_value()?;
        let free = self.running < self.courtesy.connections.max(1);
        let closed = self.is_given_up || self.next >= self.end;
        free.then(|| if closed { *time } else { self.next.max(*time) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Courtesy = Courtesy {
        connections: 1,
        interval: Duration::ZERO,
    };

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[test]
    fn a_busy_host_does_not_hold_up_others() {
        let pauses = HostPauses::default();
        let queue = CourtesyQueue::new(&pauses, soon());
        for (host, job) in [("a", 1), ("a", 2), ("b", 3)] {
            queue.add(host, ALONE, job);
        }
        assert_eq!(queue.take(), Some(("a".to_owned(), 1)));
        assert_eq!(queue.take(), Some(("b".to_owned(), 3)));
        queue.leave("a");
        assert_eq!(queue.take(), Some(("a".to_owned(), 2)));
        for _ in 0..3 {
            queue.finish();
        }
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn a_paused_host_waits_and_is_remembered() {
        let pauses = HostPauses::default();
        let queue = CourtesyQueue::new(&pauses, soon());
        queue.add("a", ALONE, 1);
        let _ = queue.take();
        let pause = Duration::from_millis(30);
        let until = Instant::now() + pause;
        queue.pause("a", until);
        queue.put("a", ALONE, Instant::now(), 1);
        queue.leave("a");
        assert_eq!(queue.take(), Some(("a".to_owned(), 1)));
        assert!(Instant::now() >= until);
        queue.pause("a", soon() + pause);
        assert!(CourtesyQueue::<u8>::new(&pauses, soon()).is_closed("a"));
    }

    #[test]
    fn hostile_41_a_host_is_asked_no_more_often_than_it_may() {
        let pauses = HostPauses::default();
        let courtesy = Courtesy {
            connections: 3,
            interval: Duration::from_millis(20),
        };
        // Another window's queue remembers as well.
        let begin = Instant::now();
        for window in 1..=2 {
            let queue = CourtesyQueue::new(&pauses, soon());
            (0..3).for_each(|job| queue.add("a", courtesy, job));
            while queue.take().is_some() {
                queue.finish();
            }
            assert!(begin.elapsed() >= courtesy.interval * (3 * window - 1));
        }
    }

    #[test]
    fn fault_17_a_host_that_was_given_up_is_waited_for_no_more() {
        let pauses = HostPauses::default();
        let slow = Courtesy {
            connections: 1,
            interval: Duration::from_secs(30),
        };
        let queue = CourtesyQueue::new(&pauses, soon());
        (0..3).for_each(|job| queue.add("a", slow, job));
        let begin = Instant::now();
        assert!(queue.take().is_some());
        queue.set_given_up("a", true);
        for _ in 0..2 {
            queue.leave("a");
            assert!(queue.take().is_some());
        }
        assert!(begin.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn when_time_is_up_every_job_comes_out() {
        let pauses = HostPauses::default();
        let queue = CourtesyQueue::new(&pauses, Instant::now());
        queue.put("a", ALONE, soon(), 0);
        queue.add("a", ALONE, 1);
        queue.add("a", ALONE, 2);
        assert!(queue.take().is_some());
        queue.leave("a");
        assert!(queue.take().is_some());
    }
}
